"""byline read on e-zines and newsletters, and what each line of them is."""
import textwrap

import pytest

import fixture
from conftest import SOURCE

FOLDER = "ezines"
NAMES = fixture.names(FOLDER, "*.txt")
KINDS = {"title", "deck", "byline", "date", "body", "masthead", "contents",
         "boilerplate"}


@pytest.mark.parametrize("name", NAMES)
def test_every_article_is_read_to_the_letter(byline, name):
    done = fixture.read(byline, FOLDER, name)
    assert (done.returncode, done.stderr) == (0, "")
    assert len(done.rows) >= 4
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
    assert seen == KINDS


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_do_not_matter(byline, tmp_path, name, end):
    text = (SOURCE / "fixtures" / FOLDER / name).read_bytes().decode()
    path = tmp_path / name
    path.write_bytes(
        text.replace("\r\n", "\n").replace("\n", end).encode())
    rows = byline("read", path).rows
    assert [(row["line"], row["authors"], row["text"]) for row in rows] == [
        (row["line"], row["authors"], row["text"])
        for row in fixture.expectation(FOLDER, name)]


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
