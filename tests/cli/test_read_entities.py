"""byline read on plain text made of web pages: its HTML entities."""
import html
import json
import re

import pytest

from conftest import SOURCE

FOLDERS = ["digests", "digests-more", "editions"]
PATHS = [p for f in FOLDERS for p in sorted((SOURCE / "fixtures" / f).glob("*.txt"))]


def as_page(text):
    return html.escape(text).encode("ascii", "xmlcharrefreplace")


def many(page):
    return len(re.findall(rb"\w&#?\w+;|&#?\w+;\w", page)) >= 5


PAGES = [p for p in PATHS if many(as_page(p.read_text(encoding="utf-8")))]


def test_most_fixtures_are_used():
    assert len(PAGES) * 2 > len(PATHS)


@pytest.mark.parametrize("path", PAGES, ids=lambda p: p.stem)
def test_a_text_and_its_page_have_the_same_articles(byline, tmp_path, path):
    page = as_page(path.read_text(encoding="utf-8"))
    (tmp_path / path.name).write_bytes(page)
    done = byline("read", path.name, cwd=tmp_path)
    assert done.returncode == 0
    assert "HTML entities decoded" in done.stderr
    expected = [json.loads(line) for line in path.with_suffix(".expected.jsonl")
                .read_text(encoding="utf-8").splitlines()]
    rows = done.rows
    for row in rows + expected:
        row.pop("id", None)
        del row["source"]
    assert rows == expected
