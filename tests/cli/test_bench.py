"""What readers and the analyzer are measured with is what they read."""
import itertools
import json
import sys

import pytest

from conftest import SOURCE

sys.path.insert(0, str(SOURCE / "tests/bench"))
from articles import articles  # noqa: E402
from formats import FORMATS  # noqa: E402
import texts  # noqa: E402


def test_every_article_of_an_edition_is_found_and_none_more(byline, tmp_path):
    made = list(itertools.islice(articles(seed=1), 600))
    form = next(form for form in FORMATS if form.name == "edition")
    path = tmp_path / "edition.txt"
    path.write_bytes(form.begin + b"".join(map(form.article, made)))
    done = byline("read", "--format", "edition", path)
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(row["title"], row["authors"]) for row in found] == [
        (article.title, article.authors) for article in made]


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
def test_the_made_up_articles_are_found(form, byline, tmp_path):
    made = list(itertools.islice(articles(seed=1), 60))
    path = tmp_path / "archive"
    path.write_bytes(form.begin + b"".join(map(form.article, made)) + form.end)
    how = ["--layout", form.layout] if form.layout else ["--format", form.reader]
    done = byline("read", *how, path)
    assert done.returncode == 0, done.stderr
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(found) == len(made)
    assert all(article.paragraphs[2][:20] in row["text"]
               for article, row in zip(made, found))


def test_they_are_the_same_every_time():
    again = [list(itertools.islice(articles(seed=1), 3)) for _ in range(2)]
    assert again[0] == again[1]


@pytest.mark.parametrize("language", texts.FILES)
def test_texts_are_varied_and_the_same_every_time(language):
    made, again = ["".join(itertools.islice(texts.articles(language), 40))
                   for _ in range(2)]
    assert made == again
    halves = made[:len(made) // 2], made[len(made) // 2:]
    words = [set(half.split()) for half in halves]
    assert len(words[1] - words[0]) > len(words[1]) / 5
