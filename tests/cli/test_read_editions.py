"""byline read on print editions: undated papers, and what each line is."""
import subprocess
import sys

import pytest

import fixture
from conftest import SOURCE

FOLDER = "editions"
NAMES = fixture.names(FOLDER, "*.txt")
KINDS = {"date", "title", "deck", "byline", "caption", "cross-head", "body",
         "signature", "footer", "masthead", "contents", "boilerplate"}


@pytest.mark.parametrize("name", NAMES)
def test_every_article_is_read_to_the_letter(byline, name):
    done = fixture.read(byline, FOLDER, name)
    assert (done.returncode, done.stderr) == (0, "")
    assert len(done.rows) >= 8
    fixture.compare(done, FOLDER, name)


@pytest.mark.parametrize("name", NAMES)
def test_explanations_agree_with_the_articles(byline, name):
    rows = fixture.explained(byline, FOLDER, name, KINDS)
    fixture.compare_explained(rows, FOLDER, name)


def test_every_kind_of_line_is_told_apart(byline):
    seen = set()
    for name in NAMES:
        rows = fixture.explained(byline, FOLDER, name, KINDS)
        seen |= {kind for _, kind, _, _ in rows}
    assert seen == KINDS - {"date"}


def test_digests_are_explained_too(byline):
    name = "1998-harbour.txt"
    rows = fixture.explained(byline, "digests", name, KINDS)
    kinds = {kind for _, kind, _, _ in rows}
    assert {"date", "title", "byline", "caption", "cross-head",
            "body"} <= kinds
    fixture.compare_explained(rows, "digests", name)


def test_explaining_prints_no_article(byline, tmp_path):
    path = tmp_path / "none.txt"
    path.write_text("One line and nothing else to speak of.\n")
    done = byline("read", "--explain", "--format", "edition", path)
    assert done.returncode == 2
    assert done.stdout.startswith("1  masthead  ")
    assert "no article found" in done.stderr


@pytest.mark.parametrize("path", ["CMakeLists.txt",
                                  "LICENSE", "plugin/read/edition.c",
                                  "tests/conftest.py"])
def test_other_texts_are_no_editions(byline, path):
    done = byline("read", path, cwd=SOURCE)
    assert (done.returncode, done.stdout) == (2, "")
    assert "no reader knows this file" in done.stderr


def test_a_real_edition_is_read_right(shared_archives, byline, tmp_path):
    (path,) = shared_archives.glob("002_*.txt")
    output = tmp_path / "read.jsonl"
    output.write_text(byline("read", path).stdout, encoding="utf-8")
    table = subprocess.run(
        [sys.executable, shared_archives / "score.py",
         shared_archives / "gold.jsonl", output],
        check=True, capture_output=True, text=True, encoding="utf-8").stdout
    head, *rows = [line.split("\t") for line in table.splitlines()]
    (row,) = [row for row in rows if row[0].startswith("002_")]
    figures = dict(zip(head[3:], map(float, row[3:])))
    assert figures["dates"] == 1
    assert all(value >= 0.95 for value in figures.values()), figures
