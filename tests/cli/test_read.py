"""byline read: the articles a careful reader finds, and nothing else."""
import collections
import json
import re
import subprocess
import sys

import pytest

from archive import refused
from conftest import DIGESTS, SOURCE

NAMES = sorted(p.name.removesuffix(".txt") for p in DIGESTS.glob("*.txt"))
KEYS = ["id", "title", "deck", "authors", "affiliation", "date", "language",
        "source", "line", "section", "keywords", "url", "text"]


def expectation(name):
    text = (DIGESTS / f"{name}.expected.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def read_fixture(byline, name):
    done = byline("read", f"fixtures/digests/{name}.txt", cwd=SOURCE)
    assert (done.returncode, done.stderr) == (0, "")
    return done.rows


@pytest.mark.parametrize("name", NAMES)
def test_every_article_is_read_to_the_letter(byline, name):
    rows = read_fixture(byline, name)
    for row in rows:
        del row["id"]  # a hash; looked at below
    expected = expectation(name)
    assert [row["title"] for row in rows] == [row["title"] for row in expected]
    for row, wanted in zip(rows, expected):
        assert row == wanted


@pytest.mark.parametrize("name", NAMES)
def test_keys_stand_in_their_order(byline, name):
    for row in read_fixture(byline, name):
        assert list(row) == KEYS


def test_ids_are_unique_hashes(byline):
    rows = [row for name in NAMES for row in read_fixture(byline, name)]
    assert all(re.fullmatch("[0-9a-f]{32}", row["id"]) for row in rows)
    assert len({row["id"] for row in rows}) == len(rows)


def test_two_parts_of_a_column_are_two_articles(byline):
    """Same title, date and author: only the texts differ."""
    groups = collections.defaultdict(list)
    for row in read_fixture(byline, "1998-harbour"):
        key = (row["title"], row["date"], tuple(row["authors"]))
        groups[key].append(row)
    (twins,) = [rows for rows in groups.values() if len(rows) > 1]
    assert len({row["id"] for row in twins}) == len(twins) == 2


def test_ids_do_not_depend_on_where_a_file_lies(byline, tmp_path):
    name = NAMES[0]
    copy = tmp_path / "elsewhere.txt"
    copy.write_bytes((DIGESTS / f"{name}.txt").read_bytes())
    there = byline("read", copy).rows
    here = read_fixture(byline, name)
    assert [row["id"] for row in there] == [row["id"] for row in here]


def test_a_folder_is_its_files_in_the_order_of_their_names(byline, tmp_path):
    """What is no archive is skipped, and said."""
    for name in NAMES:
        text = (DIGESTS / f"{name}.txt").read_bytes()
        (tmp_path / f"{name}.txt").write_bytes(text)
    (tmp_path / "2017-package.json").write_text('{"name": "left-pad"}')
    done = byline("read", tmp_path)
    assert done.returncode == 0
    sources = [row["source"] for row in done.rows]
    assert list(dict.fromkeys(sources)) == [
        str(tmp_path / f"{name}.txt") for name in NAMES]
    (skipped,) = done.stderr.splitlines()
    assert "skipped" in skipped and "2017-package.json" in skipped


def test_standard_input_is_read_like_a_file(byline):
    name = NAMES[0]
    text = (DIGESTS / f"{name}.txt").read_text(encoding="utf-8")
    done = byline("read", "-", input=text)
    assert (done.returncode, done.stderr) == (0, "")
    for row, wanted in zip(done.rows, expectation(name), strict=True):
        assert {**row, "source": wanted["source"]} == {**wanted,
                                                       "id": row["id"]}
        assert row["source"] == "-"


def test_a_format_can_be_named(byline):
    path = DIGESTS / f"{NAMES[0]}.txt"
    plain = byline("read", path)
    for name in ("auto", "digest"):
        named = byline("read", "--format", name, path)
        assert (named.returncode, named.stdout) == (0, plain.stdout)


def test_an_unknown_format_is_refused(byline):
    refused(byline("read", "--format", "papyrus", DIGESTS), "papyrus")


def test_no_paths_is_an_error(byline):
    refused(byline("read"), "byline help read")


def score(shared_archives, byline, tmp_path):
    """The figures of score.py, file by file. 002 is no dated digest."""
    files = [path for start in ("000_", "001_", "debian-weekly")
             for path in shared_archives.glob(f"{start}*.txt")]
    done = byline("read", *files)
    assert done.returncode == 0, done.stderr
    output = tmp_path / "read.jsonl"
    output.write_text(done.stdout, encoding="utf-8")
    table = subprocess.run(
        [sys.executable, shared_archives / "score.py",
         shared_archives / "gold.jsonl", output],
        check=True, capture_output=True, text=True, encoding="utf-8").stdout
    head, *rows = [line.split("\t") for line in table.splitlines()]
    return {row[0]: dict(zip(head[3:], map(float, row[3:]))) for row in rows}


@pytest.mark.parametrize("start,least", [("000_", 1.0), ("001_", 1.0),
                                         ("debian-weekly", 0.99)])
def test_real_digests_are_read_right(shared_archives, byline, tmp_path, start,
                                     least):
    figures = score(shared_archives, byline, tmp_path)
    (row,) = [row for name, row in figures.items() if name.startswith(start)]
    assert all(value >= least for value in row.values()), row
