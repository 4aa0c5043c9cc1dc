"""byline read on Markdown: the fixtures, and what is wrong with some."""
import pytest

import fixture
from conftest import SOURCE

FOLDER = "markdown"
NAMES = fixture.names(FOLDER, "*.md", "*.markdown")
NOTICES = {
    "notebook.md": ['fixtures/markdown/notebook.md:30: repaired: '
                    '"03/04/2020" names no day for certain'],
    "colon.md": ["fixtures/markdown/colon.md:2: repaired: the front matter is "
                 "broken (mapping values are not allowed in this context): "
                 "read line by line"],
}


def read(byline, name):
    return byline("read", f"fixtures/{FOLDER}/{name}", cwd=SOURCE)


@pytest.mark.parametrize("name", NAMES)
def test_every_article_is_read_to_the_letter(byline, name):
    done = read(byline, name)
    assert done.returncode == 0, done.stderr
    fixture.compare(done, FOLDER, name)


@pytest.mark.parametrize("name", NAMES)
def test_what_was_repaired_is_said(byline, name):
    said = read(byline, name).stderr.splitlines()
    wanted = NOTICES.get(name, [])
    assert len(said) == len(wanted), said
    for line, want in zip(said, wanted):
        assert want in line


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
