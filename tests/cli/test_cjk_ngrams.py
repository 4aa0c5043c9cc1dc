"""byline index --cjk-ngrams: of a new database, which keeps to it."""
import json

import pytest

xapian = pytest.importorskip("xapian", reason="python3-xapian is not here")

TOKYO = "\u6771\u4eac\u6e2f\u306e\u5de5\u4e8b"  # 東京港の工事


@pytest.fixture
def index(byline, tmp_path):
    def run(name, text, *options):
        path = tmp_path / f"{name}.jsonl"
        path.write_text(json.dumps({"id": name, "title": "One", "text": text}))
        return byline("index", "--db", tmp_path / "db", *options, path)
    return run


def terms(path, docid):
    database = xapian.Database(str(path))
    return {entry.term.decode(): (entry.wdf, list(entry.positer))
            for entry in database.get_document(docid).termlist()}


def test_characters_and_bigrams(index, tmp_path):
    assert index("a", f"Port {TOKYO}.", "--cjk-ngrams").returncode == 0
    found = terms(tmp_path / "db", 1)
    start = found["\u6771"][1][-1]
    assert start > 1 << 28
    for number, character in enumerate(TOKYO):
        assert start + number in found[character][1], character
    for pair in zip(TOKYO, TOKYO[1:]):
        assert "".join(pair) in found
    assert found["\u4eac\u6e2f"] == (1, [])  # of no dictionary: a bigram only
    # the words of other scripts stand there too, and count once
    assert start - 1 in found["port"][1] and found["port"][0] == 1
    # base terms and words are what they were
    assert 1 << 27 < found["\u6e2f"][1][0] < 1 << 28
    assert found[TOKYO][0] == 1


def test_a_database_keeps_to_it(index, byline, tmp_path):
    assert index("a", "Nothing to see.", "--cjk-ngrams").returncode == 0
    assert index("b", TOKYO).returncode == 0
    assert "\u4eac\u6e2f" in terms(tmp_path / "db", 2)
    assert index("c", TOKYO, "--cjk-ngrams").returncode == 0
    info = byline("info", "--db", tmp_path / "db")
    assert ", CJK n-grams" in info.stdout


def test_articles_without_are_not_mixed(index, byline, tmp_path):
    assert index("a", TOKYO).returncode == 0
    assert "\u4eac\u6e2f" not in terms(tmp_path / "db", 1)
    done = index("b", TOKYO, "--cjk-ngrams")
    assert done.returncode == 2
    assert "its articles have no n-grams" in done.stderr
    assert str(tmp_path / "db") in done.stderr
    assert xapian.Database(str(tmp_path / "db")).get_doccount() == 1
    assert "n-grams" not in byline("info", "--db", tmp_path / "db").stdout


def test_a_dry_run_records_nothing(index, tmp_path):
    done = index("a", TOKYO, "--cjk-ngrams", "--dry-run")
    assert done.returncode == 0 and not (tmp_path / "db").exists()
    assert index("a", TOKYO).returncode == 0
    assert "\u4eac\u6e2f" not in terms(tmp_path / "db", 1)
