"""Snippets and titles of random articles in every script: they are pieces of
their article, apart, in whole characters, and what is marked in them is, to the
analyzer, a word of the query."""
import json
import random

import pytest

from queries import SPACED, UNSPACED

ARTICLES, QUERIES = 60, 120
SEED = 20171114


def sentence(rng):
    words = [rng.choice(SPACED if rng.random() < 0.8 else UNSPACED)
             for _ in range(rng.randint(1, 25))]
    end = rng.choice([". ", "! ", "? ", "。", "… ", " – ", "\n\n", "; "])
    return rng.choice([" ", " ", " ", ", "]).join(words) + end


def text_of(rng):
    return "".join(sentence(rng) for _ in range(rng.randint(1, 30))).strip()


def query_of(rng):
    words = [rng.choice([word for word in SPACED + UNSPACED if word != "__"])
             for _ in range(rng.randint(1, 4))]
    if rng.random() < 0.2:
        return f'"{" ".join(words)}"'
    return " ".join(words)


@pytest.fixture(scope="module")
def articles():
    rng = random.Random(SEED)
    return {f"a{n}": {"id": f"a{n}", "language": "en", "title": sentence(rng),
                      "text": text_of(rng)} for n in range(ARTICLES)}


@pytest.fixture(scope="module")
def database(byline, tmp_path_factory, articles):
    folder = tmp_path_factory.mktemp("snippets")
    (folder / "a.jsonl").write_text("".join(
        json.dumps(row, ensure_ascii=False) + "\n"
        for row in articles.values()), encoding="utf-8")
    done = byline("index", "--db", folder / "db", folder / "a.jsonl")
    assert done.returncode == 0, done.stderr
    return folder / "db"


@pytest.fixture(scope="module")
def answers(byline, database):
    rng = random.Random(SEED + 1)
    found = []
    for _ in range(QUERIES):
        query = query_of(rng)
        done = byline("search", "--db", database, "--any", "--snippets", 4,
                      "--format", "json", "--", query)
        assert done.returncode in (0, 1), (query, done.stderr)
        found += [(query, hit) for hit in done.json["hits"]]
    assert len(found) > QUERIES
    return found


@pytest.fixture(scope="module")
def stored(byline, database):
    done = byline("export", "--db", database)
    return {row["id"]: row for row in done.rows}


def flat(text):
    return " ".join(text.split("\n\n"))


def body(snippet):
    return snippet["text"].removeprefix("…").removesuffix("…")


def marks(text, spans):
    data = text.encode("utf-8")
    assert all(a[1] <= b[0] for a, b in zip(spans, spans[1:]))
    return [data[start:end].decode("utf-8") for start, end in spans]


def test_snippets_are_pieces_of_their_article_and_apart(answers, stored):
    for query, hit in answers:
        text = flat(stored[hit["id"]]["text"])
        spans = []
        for snippet in hit["snippets"]:
            piece = body(snippet).strip(" ")
            assert piece and len(snippet["text"].encode()) <= 306
            places = [i for i in range(len(text))
                      if text.startswith(piece, i)]
            assert places, (query, piece)
            if len(places) == 1:
                spans.append((places[0], places[0] + len(piece)))
        spans.sort()
        assert all(a[1] <= b[0] for a, b in zip(spans, spans[1:])), query


def terms(byline, memory, text):
    if text not in memory:
        done = byline("analyze", "--language", "en", "--format", "json", "--",
                      text)
        memory[text] = {("Z" if t["kind"] == "stem" else "") + t["term"]
                        for t in done.json["tokens"]}
    return memory[text]


def test_what_is_marked_is_a_word_of_the_query(byline, answers):
    memory, seen = {}, 0
    for query, hit in answers[::3]:
        asked = terms(byline, memory, query)
        pieces = marks(hit["title"], hit["title_highlights"])
        for snippet in hit["snippets"]:
            pieces += marks(snippet["text"], snippet["highlights"])
        for piece in pieces:
            assert terms(byline, memory, piece) & asked, (query, piece)
        seen += len(pieces)
    assert seen > 300


def test_every_match_shows_a_word_of_the_query(byline, answers):
    """In its title, if not in its text; but for phrases, which Xapian finds by
    other ways to divide them as well."""
    for query, hit in answers:
        if not query.startswith('"'):
            shown = hit["title_highlights"] or hit["snippets"][0]["highlights"]
            assert shown, (query, hit["id"])
