"""byline read on e-zines and newsletters, and what each line of them is."""
import json
import re
import textwrap

import pytest

from conftest import SOURCE

EZINES = SOURCE / "fixtures/ezines"
NAMES = sorted(p.name.removesuffix(".txt") for p in EZINES.glob("*.txt"))
KINDS = {"title", "deck", "byline", "date", "body", "masthead", "contents",
         "boilerplate"}


def expectation(name):
    text = (EZINES / f"{name}.expected.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def explained(byline, path):
    """(line, kind, score, why) of every line or run of lines."""
    done = byline("read", "--explain", path, cwd=SOURCE)
    assert (done.returncode, done.stderr) == (0, "")
    rows = []
    for line in done.stdout.splitlines():
        found = re.fullmatch(r"(\d+)  ([a-z-]+)  ([+-]\d+)  (.+?): (.*)", line)
        assert found and found[2] in KINDS, line
        rows.append((int(found[1]), found[2], int(found[3]), found[4]))
    return rows


@pytest.mark.parametrize("name", NAMES)
def test_every_article_is_read_to_the_letter(byline, name):
    done = byline("read", f"fixtures/ezines/{name}.txt", cwd=SOURCE)
    assert (done.returncode, done.stderr) == (0, "")
    rows = done.rows
    for row in rows:
        del row["id"]
    expected = expectation(name)
    assert len(expected) >= 4
    assert [row["title"] for row in rows] == [row["title"] for row in expected]
    for row, wanted in zip(rows, expected):
        assert row == wanted


@pytest.mark.parametrize("name", NAMES)
def test_explanations_agree_with_the_articles(byline, name):
    rows = explained(byline, f"fixtures/ezines/{name}.txt")
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
                 explained(byline, f"fixtures/ezines/{name}.txt")}
    assert seen == KINDS


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_do_not_matter(byline, tmp_path, name, end):
    text = (EZINES / f"{name}.txt").read_bytes().decode()
    path = tmp_path / f"{name}.txt"
    path.write_bytes(
        text.replace("\r\n", "\n").replace("\n", end).encode())
    rows = byline("read", path).rows
    assert [(row["line"], row["authors"], row["text"]) for row in rows] == [
        (row["line"], row["authors"], row["text"])
        for row in expectation(name)]


@pytest.mark.parametrize("reader, name", [("digest", "digests/1998-harbour"),
                                          ("digest", "digests/2023-ferry"),
                                          ("edition", "editions/parish-pump"),
                                          ("edition", "editions/student-gull")])
def test_wrapping_alone_makes_no_ezine(byline, tmp_path, reader, name):
    text = (SOURCE / f"fixtures/{name}.txt").read_text(encoding="utf-8-sig")
    path = tmp_path / "wrapped.txt"
    path.write_text("\n".join(textwrap.fill(line, 70)
                              for line in text.split("\n")), encoding="utf-8")
    rows = byline("read", path).rows
    assert rows and rows == byline("read", "--format", reader, path).rows


@pytest.mark.parametrize("path", ["CMakeLists.txt", "LICENSE", "README.md",
                                  "plugin/read/ezine_head.c",
                                  "tests/conftest.py",
                                  "plugin/man/byline-formats.5"])
def test_other_texts_are_no_ezines(byline, path):
    done = byline("read", "--explain", path, cwd=SOURCE)
    assert "title  " not in done.stdout
