"""Dated digests in other layouts than fixtures/digests has."""
import json

import pytest

from conftest import SOURCE

FOLDER = SOURCE / "fixtures/digests-more"
NAMES = sorted(p.name.removesuffix(".txt") for p in FOLDER.glob("*.txt"))


@pytest.mark.parametrize("name", NAMES)
def test_every_article_is_read_to_the_letter(byline, name):
    done = byline("read", f"fixtures/digests-more/{name}.txt", cwd=SOURCE)
    assert done.returncode == 0
    rows = done.rows
    for row in rows:
        del row["id"]
    text = (FOLDER / f"{name}.expected.jsonl").read_text(encoding="utf-8")
    expected = [json.loads(line) for line in text.splitlines()]
    assert [row["title"] for row in rows] == [row["title"] for row in expected]
    for row, wanted in zip(rows, expected):
        assert row == wanted


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_said_but_of_a_table_of_contents(byline, name):
    done = byline("read", FOLDER / f"{name}.txt")
    notices = done.stderr.splitlines()
    assert len(notices) == (name == "issue-4112")
    assert all("lines before the first article" in line for line in notices)


def test_there_are_layouts():
    assert len(NAMES) >= 6
