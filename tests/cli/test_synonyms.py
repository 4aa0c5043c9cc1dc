"""byline synonyms: words that stand for others, kept with the database."""
import shutil
import subprocess

import pytest
import xapian

from archive import article, digest, refused
from conftest import BYLINE

TITLES = {
    "car": "A car was parked on the quay.",
    "cars": "Two cars were parked there.",
    "automobile": "An automobile turned over.",
    "vehicle": "The motor vehicle was towed away.",
    "motor": "The vehicle had no motor.",
    "tv": "The keeper watches tv at night.",
    "television": "He mended his television.",
    "cafe": "They met in the Café Zénith.",
    "york": "She left New York by boat.",
    "nyc": "There are gulls in NYC too.",
    "wagen": "Der Wagen stand am Hafen.",
    "wagens": "Die Farbe des Wagens war grün.",
}


@pytest.fixture
def db(byline, tmp_path):
    path = tmp_path / "db"
    for language in ("en", "de"):
        text = digest("14 November 2017", *[
            article(name.upper() + " story", "Ada Marlow", text)
            for name, text in TITLES.items()
            if (language == "de") == name.startswith("wagen")])
        done = byline("index", "--db", path, "--language", language, "-",
                      input=text.replace(" STORY", ""))
        assert done.returncode == 0, done.stderr
    return path


def found(byline, db, *query):
    done = byline("search", "--db", db, "--limit", 100, "--format", "json",
                  "--", *query)
    assert done.returncode in (0, 1), done.stderr
    return {hit["title"].split()[0].lower() for hit in done.json["hits"]}


def teach(byline, db, text):
    done = byline("synonyms", "--db", db, "-", input=text)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_each_stands_for_all(byline, db):
    teach(byline, db, "car, automobile, motor vehicle\n")
    wanted = {"car", "cars", "automobile", "vehicle"}
    for query in ("car", "Cars", "automobiles", "~car",
                  "car OR gulls NOT gulls"):
        assert found(byline, db, query) == wanted, query
    # As a query the two words need not stand together.
    assert found(byline, db, "motor vehicle") == wanted | {"motor"}
    assert found(byline, db, "car parked") == {"car", "cars"}
    assert found(byline, db, "motor") == {"vehicle", "motor"}


def test_not_in_quotes_fields_or_where_they_are_not_wanted(byline, db):
    teach(byline, db, "car, automobile\n")
    assert found(byline, db, '"car"') == {"car"}
    assert found(byline, db, "title:car") == {"car", "cars"}
    assert found(byline, db, "car NEAR/3 parked") == {"car"}
    def count(*words):
        return byline("search", "--db", db, "--no-synonyms", "--count",
                      *words).stdout.strip()
    assert count("car") == "2"
    assert count("~car") == "3"


def test_one_way(byline, db):
    teach(byline, db, "tv, telly => television  \r\n")
    assert found(byline, db, "tv") == {"tv", "television"}
    assert found(byline, db, "telly") == {"television"}
    assert found(byline, db, "television") == {"television"}


def test_phrases_and_accents(byline, db):
    teach(byline, db, "new york => nyc\ncafé zénith, tv\n")
    assert found(byline, db, "new york") == {"york", "nyc"}
    assert found(byline, db, "New York boat") == {"york"}
    assert found(byline, db, "cafe zenith") == {"cafe", "tv"}
    assert found(byline, db, "Café Zénith") == {"cafe", "tv"}
    assert found(byline, db, "tv") == {"cafe", "tv"}


def test_in_each_language_of_the_database(byline, db):
    teach(byline, db, "car => Wagen\n")
    assert found(byline, db, "cars") == {"car", "cars", "wagen", "wagens"}


def test_a_new_set_replaces_the_old(byline, db):
    text = "# Words\n\ncar, automobile\n"
    teach(byline, db, text)
    done = byline("synonyms", "--db", db, "--list")
    assert (done.returncode, done.stdout) == (0, text)
    teach(byline, db, "tv, television")
    assert byline("synonyms", "--db", db, "--list").stdout == (
        "tv, television\n")
    assert found(byline, db, "car") == {"car", "cars"}
    assert found(byline, db, "tv") == {"tv", "television"}
    done = byline("synonyms", "--db", db, "--clear")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert found(byline, db, "tv") == {"tv"}
    done = byline("synonyms", "--db", db, "--list")
    assert (done.returncode, done.stdout) == (1, "")


def test_compact_keeps_them(byline, db, tmp_path):
    teach(byline, db, "car, automobile\n")
    done = byline("compact", "--db", db, tmp_path / "small")
    assert done.returncode == 0, done.stderr
    assert "automobile" in found(byline, tmp_path / "small", "car")
    assert byline("synonyms", "--db", tmp_path / "small",
                  "--list").stdout == "car, automobile\n"


def test_a_language_that_is_new_gets_them(byline, db):
    teach(byline, db, "car => bilar\n")
    assert found(byline, db, "car") == {"car", "cars"}
    text = digest("14 November 2018", article(
        "BILEN", "Ada Marlow", "Bilen stod i hamnen, men bilarna var borta."))
    done = byline("index", "--db", db, "--language", "sv", "-", input=text)
    assert done.returncode == 0, done.stderr
    assert found(byline, db, "car") == {"car", "cars", "bilen"}
    assert byline("synonyms", "--db", db, "--list").stdout == "car => bilar\n"


def test_compact_joins_those_of_several(byline, db, tmp_path):
    other, both = tmp_path / "other", tmp_path / "both"
    byline("index", "--db", other, "-", input=digest(
        "14 November 2018", article("WAGON", "Ada Marlow", "A wagon rolled.")))
    teach(byline, db, "car, wagon")
    teach(byline, other, "tv, television\n")
    for paths, text in (([db, other], "car, wagon\ntv, television\n"),
                        ([other, db], "tv, television\ncar, wagon\n"),
                        ([db, db], "car, wagon\n")):
        named = [word for path in paths for word in ("--db", path)]
        done = byline("compact", *named, both)
        assert done.returncode == 0, done.stderr
        assert byline("synonyms", "--db", both, "--list").stdout == text
        if other in paths:
            assert found(byline, both, "car") == {"car", "cars", "wagon"}
            assert found(byline, both, "tv") == {"tv", "television"}
        shutil.rmtree(both)


def test_words_of_several_databases(byline, db, tmp_path):
    other = tmp_path / "other"
    byline("index", "--db", other, "-", input=digest(
        "14 November 2018", article("WAGON", "Ada Marlow", "A wagon rolled.")))
    teach(byline, db, "car, wagon\n")
    done = byline("search", "--db", other, "--db", db, "--count", "car")
    assert done.stdout == "3\n"


@pytest.fixture
def spread(byline, db, tmp_path):
    path = tmp_path / "spread"
    assert byline("compact", "--db", db, "--shards", 3, path).returncode == 0
    return path


def test_each_shard_gets_them(byline, spread):
    shards = [spread / f"shard-{n}" for n in (1, 2, 3)]
    teach(byline, spread, "car, automobile, motor vehicle\n")
    wanted = {"car", "cars", "automobile", "vehicle"}
    assert found(byline, spread, "car") == wanted
    assert byline("synonyms", "--db", spread, "--list").stdout == (
        "car, automobile, motor vehicle\n")
    for shard in shards:
        assert byline("synonyms", "--db", shard, "--list").stdout
    assert set().union(*(found(byline, shard, "car")
                         for shard in shards)) == wanted
    teach(byline, spread, "tv, television\n")
    assert found(byline, spread, "car") == {"car", "cars"}
    assert found(byline, spread, "television") == {"tv", "television"}
    assert byline("synonyms", "--db", spread, "--clear").returncode == 0
    for path in spread, *shards:
        assert byline("synonyms", "--db", path, "--list").returncode == 1
    assert found(byline, spread, "television") == {"television"}


def test_all_shards_or_none(byline, spread):
    teach(byline, spread, "car, automobile\n")
    before = found(byline, spread, "car")
    refused(byline("synonyms", "--db", spread, "-", input="tv, telly\n!, a\n"),
            "standard input:2:")
    other = xapian.WritableDatabase(str(spread / "shard-3"), xapian.DB_OPEN)
    refused(byline("synonyms", "--db", spread, "-", input="tv, television\n"),
            "writing to it")
    other.close()
    assert found(byline, spread, "car") == before
    assert found(byline, spread, "television") == {"television"}
    assert byline("synonyms", "--db", spread / "shard-1",
                  "--list").stdout == "car, automobile\n"


def test_shards_that_become_others_keep_them(byline, spread, tmp_path):
    teach(byline, spread, "car, automobile\n")
    wanted = found(byline, spread, "car")
    for options in ([], ["--shards", 2], ["--shards", 7]):
        path = tmp_path / f"new{len(options)}{options[-1:]}"
        byline("compact", "--db", spread, *options, path)
        assert found(byline, path, "car") == wanted
        assert byline("synonyms", "--db", path,
                      "--list").stdout == "car, automobile\n"


def test_remote_databases_have_none(byline, db, tmp_path):
    refused(byline("synonyms", "--db", "remote:127.0.0.1:1", "-",
                   input="car, automobile\n"), "servers have no synonyms")


@pytest.mark.parametrize("text, line, why", [
    ("car\n", 1, "alone"), ("# ok\n\ncar, \n", 3, "missing"),
    ("a, b\n, c", 2, "missing"), ("a => b => c", 1, "two =>"),
    ("car =>", 1, "missing"), ("=> car", 1, "missing"),
    ("car, !!!", 1, "no word"), ("car, 自動車", 1, "without spaces"),
    ("car, a b c d e f g h i", 1, "8 words"),
    ("car, " + "x" * 230, 1, "200 bytes"),
    ("car, " + "y" * 90 + " " + "z" * 90 + " w" * 20, 1, "words"),
    (", ".join(f"w{n}" for n in range(101)), 1, "100 words"),
])
def test_a_wrong_line_changes_nothing(byline, db, tmp_path, text, line, why):
    teach(byline, db, "car, automobile\n")
    path = tmp_path / "words.txt"
    path.write_text(text, encoding="utf-8")
    refused(byline("synonyms", "--db", db, path), f"words.txt:{line}: ", why)
    assert found(byline, db, "car") == {"car", "cars", "automobile"}
    assert byline("synonyms", "--db", db, "--list").stdout == (
        "car, automobile\n")


def test_other_mistakes(byline, db, tmp_path):
    refused(byline("synonyms", "--db", db), "name one file")
    refused(byline("synonyms", "--db", db, "--list", "x"), "no file")
    refused(byline("synonyms", "--db", db, "--list", "--clear"), "exclude")
    refused(byline("synonyms", "--db", db, tmp_path / "none"), "none")
    refused(byline("synonyms", "--db", db, tmp_path), str(tmp_path))
    refused(byline("synonyms", "--db", tmp_path / "none", "-", input="a, b"),
            "none")
    refused(byline("synonyms", "--db", db, "--db", db, "--list"), "one")
    (tmp_path / "bad").write_bytes(b"car, \xff\n")
    refused(byline("synonyms", "--db", db, tmp_path / "bad"), "bad:1: not UTF-8")


def test_a_database_that_is_being_written(byline, db):
    writer = subprocess.Popen([BYLINE, "index", "--db", db, "-"],
                              stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    writer.stdin.write(digest("14 November 2019", article(
        "LATER", "Ada Marlow", "Later.")).encode() * 2000)
    writer.stdin.flush()
    try:
        refused(byline("synonyms", "--db", db, "-", input="car, tv"), str(db))
    finally:
        writer.communicate()


def test_a_byte_order_mark_is_no_word(byline, db):
    teach(byline, db, "\ufeffcar, automobile")
    assert "automobile" in found(byline, db, "car")
