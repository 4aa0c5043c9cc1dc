"""byline read on Markdown: the fixtures, and what is wrong with some."""
import pytest

import fixture

FOLDER = "markdown"
NAMES = fixture.names(FOLDER, "*.md", "*.markdown")
NOTICES = {
    "notebook.md": ['fixtures/markdown/notebook.md:30: repaired: '
                    '"03/04/2020" names no day for certain'],
    "colon.md": ["fixtures/markdown/colon.md:2: repaired: the front matter is "
                 "broken (mapping values are not allowed in this context): "
                 "read line by line"],
}


@pytest.mark.parametrize("name", NAMES)
def test_every_article_is_read_to_the_letter(byline, name):
    done = fixture.read(byline, FOLDER, name)
    assert done.returncode == 0, done.stderr
    fixture.compare(done, FOLDER, name)


@pytest.mark.parametrize("name", NAMES)
def test_what_was_repaired_is_said(byline, name):
    fixture.check_notices(fixture.read(byline, FOLDER, name),
                          NOTICES.get(name, []))


def test_aliases_do_not_multiply(byline, tmp_path):
    """The billion laughs: ten lists of ten aliases of the list before."""
    lines = ["l0: &l0 [ha, ha, ha, ha, ha, ha, ha, ha, ha, ha]"]
    for n in range(1, 10):
        lines.append(f"l{n}: &l{n} [" + ", ".join([f"*l{n - 1}"] * 10) + "]")
    path = tmp_path / "laughs.md"
    path.write_text("---\ntitle: Laughs\n" + "\n".join(lines)
                    + "\ntags: *l9\n---\n\nHa.\n", encoding="utf-8")
    done = byline("read", path, timeout=20)
    assert done.returncode == 0, done.stderr
    (row,) = done.rows
    assert (row["title"], row["text"]) == ("Laughs", "Ha.")


def test_an_article_that_is_too_long_is_left_out_alone(byline, tmp_path):
    path = tmp_path / "long.md"
    line = "It rained on the quay, and nobody minded, and it went on to rain.\n"
    path.write_text("---\ntitle: Long\n---\n\n" + line * 200_000
                    + "\n---\ntitle: Short\n---\n\nDry.\n", encoding="utf-8")
    done = byline("read", path)
    assert done.returncode == 2
    assert [row["title"] for row in done.rows] == ["Short"]
    assert "long.md:1:" in done.stderr and "2 MiB" in done.stderr


def one(byline, tmp_path, text, name="a.md"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    done = byline("read", path)
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    (row,) = done.rows
    return row


PELICAN = """Title: Ferry: saved
Date: 2021-03-04 09:15
Tags: ferry, town
Authors: Ada Marlow, John Roe
Summary: The council
    has voted

It sails on.
"""


@pytest.mark.parametrize("text,title,authors,date", [
    (PELICAN, "Ferry: saved", ["Ada Marlow", "John Roe"],
     "2021-03-04T09:15:00"),
    ('---json\n{"title": "Ferry", "author": "Ada Marlow"}\n---\nIt sails on.\n',
     "Ferry", ["Ada Marlow"], None),
    ('---toml\ntitle = "Ferry"\ndate = 2021-03-04\n---\nIt sails on.\n',
     "Ferry", [], "2021-03-04"),
    ('+++\ntitle = "Ferry"\n[taxonomies]\ntags = ["boats"]\n[extra]\nauthor = '
     '"Ada Marlow"\n+++\nIt sails on.\n', "Ferry", ["Ada Marlow"], None),
    ("# Ferry\n\n*By Ada Marlow, 4 March 2021*\n\nIt sails on.\n", "Ferry",
     ["Ada Marlow"], "2021-03-04"),
    ("Ferry\n=====\n\n**Ada Marlow** | 4 March 2021\n\nIt sails on.\n", "Ferry",
     ["Ada Marlow"], "2021-03-04"),
    ('---\ntitle: Ferry\nauthor: "[[Ada Marlow]]"\n---\nIt sails on.\n', "Ferry",
     ["Ada Marlow"], None),
    ("---\ntitle: Ferry\nauthor: [[Ada Marlow]]\n---\nIt sails on.\n", "Ferry",
     ["Ada Marlow"], None),
])
def test_heads_as_programs_and_people_write_them(byline, tmp_path, text, title,
                                                 authors, date):
    row = one(byline, tmp_path, text)
    assert (row["title"], row["authors"], row["date"], row["text"]) == (
        title, authors, date, "It sails on.")
    if text is PELICAN:
        assert row["deck"] == ["The council has voted"]


@pytest.mark.parametrize("text", [
    "Title: the one\nthat got away\n\nMore.\n",
    "Note: this is no head.\n\nMore.\n", "Title: cut off"])
def test_a_text_that_only_looks_like_a_head_is_text(byline, tmp_path, text):
    row = one(byline, tmp_path, text)
    assert row["title"] is None
    assert row["text"] == text.strip().replace("\n\n", "@").replace(
        "\n", " ").replace("@", "\n\n")


@pytest.mark.parametrize("text,wanted", [
    ("See [[Pier|the pier]], [[Lido]] and ![[map.png]]here.",
     "See the pier, Lido and here."),
    ("It sails[^1] on.\n\n[^1]: So they say.", "It sails on.\n\nSo they say."),
    ("> [!note] Mind\n> the gap", "Mind the gap"),
    (":::note Watch out\n\nMind the gap.\n\n:::", "Mind the gap."),
    ("import Tabs from '@theme/Tabs';\n\nText.", "Text."),
    ("[[{Pier]] and [[{Lido]].", "{Pier and {Lido."),
    ("Brackets [[ stay, and [sic], ![ too, [[[.",
     "Brackets [[ stay, and [sic], ![ too, [[[."),
    ("```\n:::keep\n```\n\nText.", ":::keep\n\nText."),
])
def test_marks_of_other_programs_are_no_text(byline, tmp_path, text, wanted):
    row = one(byline, tmp_path, f"---\ntitle: Ferry\n---\n{text}\n")
    assert row["text"] == wanted
