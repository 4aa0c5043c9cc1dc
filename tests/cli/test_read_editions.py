"""byline read on print editions: undated papers, and what each line is."""
import json
import re
import subprocess
import sys

import pytest

from conftest import SOURCE

EDITIONS = SOURCE / "fixtures/editions"
NAMES = sorted(p.name.removesuffix(".txt") for p in EDITIONS.glob("*.txt"))
KINDS = {"date", "title", "deck", "byline", "caption", "cross-head", "body",
         "signature", "footer", "masthead", "contents", "boilerplate"}


def expectation(name):
    text = (EDITIONS / f"{name}.expected.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def explained(byline, *arguments):
    """(line, kind, score, why) of every block."""
    done = byline("read", "--explain", *arguments, cwd=SOURCE)
    assert (done.returncode, done.stderr) == (0, "")
    rows = []
    for line in done.stdout.splitlines():
        found = re.fullmatch(r"(\d+)  ([a-z-]+)  ([+-]\d+)  (.+?): (.*)", line)
        assert found and found[2] in KINDS, line
        rows.append((int(found[1]), found[2], int(found[3]), found[4]))
    return rows


@pytest.mark.parametrize("name", NAMES)
def test_every_article_is_read_to_the_letter(byline, name):
    done = byline("read", f"fixtures/editions/{name}.txt", cwd=SOURCE)
    assert (done.returncode, done.stderr) == (0, "")
    rows = done.rows
    for row in rows:
        del row["id"]
    expected = expectation(name)
    assert len(expected) >= 8
    assert [row["title"] for row in rows] == [row["title"] for row in expected]
    for row, wanted in zip(rows, expected):
        assert row == wanted


@pytest.mark.parametrize("name", NAMES)
def test_explanations_agree_with_the_articles(byline, name):
    rows = explained(byline, f"fixtures/editions/{name}.txt")
    lines = [row[0] for row in rows]
    assert lines == sorted(set(lines))
    titles = [line for line, kind, _, _ in rows if kind == "title"]
    assert titles == [row["line"] for row in expectation(name)]
    for _, kind, score, why in rows:
        if kind == "title":
            assert score == sum(map(int, re.findall(r" ([+-]\d+)", why)))


def test_every_kind_of_line_is_told_apart(byline):
    seen = set()
    for name in NAMES:
        seen |= {kind for _, kind, _, _ in
                 explained(byline, f"fixtures/editions/{name}.txt")}
    assert seen == KINDS - {"date"}


def test_digests_are_explained_too(byline):
    name = "1998-harbour"
    rows = explained(byline, f"fixtures/digests/{name}.txt")
    kinds = {kind for _, kind, _, _ in rows}
    assert {"date", "title", "byline", "caption", "cross-head",
            "body"} <= kinds
    text = (SOURCE / f"fixtures/digests/{name}.expected.jsonl").read_text()
    titles = [line for line, kind, _, _ in rows if kind == "title"]
    assert titles == [json.loads(row)["line"] for row in text.splitlines()]


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
