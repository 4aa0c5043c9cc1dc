"""Snippets: passages of the article with the query's words marked, by byte
offsets into the snippet's UTF-8."""
import re

import pytest
import xapian

from archive import HABIT, article, digest, write
from words import WORD, fold, place, stem, words

QUERIES = ["strike", "striking ferries", "flood defence", "o'neil", "noel",
           "council's budget", "the harbour", '"harbour trust"',
           '"the harbour trust" strike', "title:ferry island",
           "bee* hive*", "herring OR 42021 OR wall",
           "eels -council", "Søren OR Straße OR Noël OR 42,021"]


def search(byline, db, *arguments):
    done = byline("search", "--db", db, "--format", "json", "--limit", 100,
                  *arguments)
    assert done.returncode in (0, 1), done.stderr
    return done.json["hits"]


def marked(snippet):
    """The highlighted pieces; fails if one cuts a character in two."""
    data = snippet["text"].encode("utf-8")
    pieces = []
    last = 0
    for start, end in snippet["highlights"]:
        assert last <= start < end <= len(data)
        pieces.append(data[start:end].decode("utf-8"))
        data[:start].decode("utf-8")
        last = end
    return pieces


def flat(text):
    return " ".join(text.split())


@pytest.mark.parametrize("query", QUERIES)
def test_snippets_are_passages_of_their_article(byline, fixture_db, expected,
                                                query):
    texts = {place(row): flat(row["text"]) for row in expected}
    hits = search(byline, fixture_db, "--snippets", 3, "--any", query)
    assert hits
    for hit in hits:
        assert len(hit["snippets"]) <= 3
        for snippet in hit["snippets"]:
            marked(snippet)
            assert "\n" not in snippet["text"]
            passage = snippet["text"].removeprefix("…").removesuffix("…")
            whole_words = rf"(?<!\w){re.escape(flat(passage))}(?!\w)"
            assert re.search(whole_words, texts[place(hit)]), passage


@pytest.mark.parametrize("query", ["strike", "striking", "ferries", "flooded",
                                   "islanders", "votes"])
def test_every_form_of_a_word_is_marked_and_nothing_else(byline, fixture_db,
                                                         query):
    """By Xapian's own stemmer, word by word over the snippet."""
    seen = 0
    for hit in search(byline, fixture_db, "--snippets", 3, query):
        for snippet in hit["snippets"]:
            data = snippet["text"].encode("utf-8")
            found = [list(span) for span in snippet["highlights"]]
            wanted = []
            for match in WORD.finditer(snippet["text"]):
                if stem(match.group()) == stem(query):
                    start = len(snippet["text"][:match.start()].encode())
                    end = start + len(match.group().encode())
                    wanted.append([start, end])
            assert found == wanted, data.decode()
            seen += len(found)
    assert seen > 3


@pytest.fixture(scope="module")
def forms(byline, tmp_path_factory):
    """Words in other spellings than anybody will type."""
    folder = tmp_path_factory.mktemp("forms")
    sentence = ("In the evening {} was talked about again at some length, and "
                "everybody in the room had another opinion of what it meant.")
    path = write(folder / "a.txt", digest("14 November 2017", *[
        article(f"An evening of words, part {n}", "Ada Marlow",
                sentence.format(text))
        for n, text in enumerate(FORMS)]))
    done = byline("index", "--db", folder / "db", path)
    assert (done.returncode, done.stderr) == (0, "")
    return folder / "db"


FORMS = {  # what stands in the article: what is asked for, what is marked
    "the café by the quay": ("cafe", ["café"]),
    "the fiance\u0301 by the wall": ('fiancé "by the wall"', None),
    "Brigid’s lamp": ("brigid", ["Brigid’s"]),
    "Maeve O’Reilly": ("o'reilly", ["O’Reilly"]),
    "the number 42,021": ("42021", ["42,021"]),
    "an 𝔘𝔫𝔦𝔠𝔬𝔡𝔢 lamp 🏮 of emoji": ("emoji", ["emoji"]),
    "the long co-operation": ("co-operation", None),
    "the smörgåsbord": ("smorgasbord", ["smörgåsbord"]),
    "a word like Łódź": ("lodz", ["Łódź"]),
}


@pytest.mark.parametrize("text", FORMS)
def test_other_spellings_are_marked(byline, forms, text):
    query, wanted = FORMS[text]
    (hit,) = search(byline, forms, query)
    (snippet,) = hit["snippets"]
    pieces = marked(snippet)
    assert pieces
    if wanted is not None:
        assert pieces == wanted
    else:
        found = words(" ".join(pieces))
        assert set(words(query.replace('"', ""))) == set(found)


@pytest.fixture
def two_languages(byline, tmp_path):
    db = tmp_path / "db"
    for code, title, text in [
            ("de", "Noch eine Sitzung im Hafen",
             "Der Ausschuss hat alle Rechnungen der Werft gelesen."),
            ("en", "Another meeting at the port",
             "The committee met and read what a Rechnung of a yard says.")]:
        path = write(tmp_path / f"{code}.txt", digest(
            "2017-11-14", article(title, "Ada Marlow", text)))
        assert byline("index", "--db", db, "--language", code,
                      path).returncode == 0
    return db


def test_an_article_is_marked_by_its_own_language(byline, two_languages):
    """Only German knows that Rechnungen are one Rechnung and more."""
    hits = search(byline, two_languages, "--language", "en", "rechnung")
    assert {hit["language"]: marked(hit["snippets"][0]) for hit in hits} == {
        "de": ["Rechnungen"], "en": ["Rechnung"]}


@pytest.mark.parametrize("language", [b"klingon", b"x" * 99])
def test_of_an_unknown_language_are_the_querys_stems(byline, two_languages, language):
    """Any program can write a database."""
    theirs = xapian.WritableDatabase(str(two_languages), xapian.DB_OPEN)
    document = theirs.get_document(1)
    data = document.get_data().replace(b"language=de", b"language=" + language)
    assert language in data
    document.set_data(data)
    theirs.replace_document(1, document)
    theirs.close()
    (hit,) = search(byline, two_languages, "ausschuss")
    assert hit["language"] == language.decode()
    assert marked(hit["snippets"][0]) == ["Ausschuss"]


def test_a_phrase_is_marked(byline, fixture_db, expected):
    hits = search(byline, fixture_db, '"harbour trust"')
    assert hits
    for hit in hits:
        pieces = [fold(piece) for piece in marked(hit["snippets"][0])]
        assert {"harbour", "trust"} <= {stem(p) for p in pieces} | set(pieces)


def test_the_best_passage_has_all_words(byline, tmp_path):
    """One word stands everywhere; all of them stand together once."""
    filler = [HABIT.format(f"the anchor, for the {n}th time")
              for n in range(40)]
    filler[30] = HABIT.format("the rope of the anchor of the dredger")
    path = write(tmp_path / "a.txt", digest("14 November 2017", article(
        "A long evening", "Ada Marlow", *filler)))
    db = tmp_path / "db"
    assert byline("index", "--db", db, path).returncode == 0
    (hit,) = search(byline, db, "anchor dredger rope")
    pieces = marked(hit["snippets"][0])
    assert {"anchor", "dredger", "rope"} <= set(pieces)


def test_the_number_of_snippets(byline, fixture_db):
    assert all(hit["snippets"] == []
               for hit in search(byline, fixture_db, "--snippets", 0, "ferry"))
    counts = {len(hit["snippets"])
              for hit in search(byline, fixture_db, "--snippets", 3, "ferry")}
    assert max(counts) in (2, 3) and min(counts) >= 1


def test_snippets_of_one_article_do_not_overlap(byline, fixture_db, expected):
    texts = {place(row): flat(row["text"]) for row in expected}
    several = 0
    for hit in search(byline, fixture_db, "--snippets", 3, "the harbour"):
        text = texts[place(hit)]
        spans = []
        for snippet in hit["snippets"]:
            passage = flat(snippet["text"].strip("…"))
            start = text.index(passage)
            spans.append((start, start + len(passage)))
        spans.sort()
        several += len(spans) > 1
        assert all(a[1] <= b[0] for a, b in zip(spans, spans[1:]))
    assert several


def test_an_article_without_a_text_has_no_snippet(byline, fixture_db,
                                                  expected):
    empty = {row["title"] for row in expected if not row["text"]}
    hits = search(byline, fixture_db, "--author", "Dana Field")
    assert {hit["title"] for hit in hits} == empty
    assert all(hit["snippets"] == [] for hit in hits)


def test_without_words_the_beginning_is_shown(byline, fixture_db, expected):
    texts = {place(row): flat(row["text"]) for row in expected}
    for hit in search(byline, fixture_db, "--author", "Callum Brae"):
        (snippet,) = hit["snippets"]
        assert snippet["highlights"] == []
        assert texts[place(hit)].startswith(snippet["text"].rstrip("…"))


def test_text_marks_nothing_without_a_terminal(byline, fixture_db):
    done = byline("search", "--db", fixture_db, "strike")
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f]", done.stdout)


# ---- Titles ---------------------------------------------------------------

def title_marks(hit):
    data = (hit["title"] or "").encode("utf-8")
    spans = hit["title_highlights"]
    assert all(0 <= start < end <= len(data) for start, end in spans)
    assert all(a[1] <= b[0] for a, b in zip(spans, spans[1:]))
    return [data[start:end].decode("utf-8") for start, end in spans]


@pytest.fixture(scope="module")
def titles(byline, tmp_path_factory):
    folder = tmp_path_factory.mktemp("titles")
    text = HABIT.format("the strike of the ferries")
    path = write(folder / "a.txt", digest(
        "14 November 2017",
        article("Ferries’ crews strike a café chord", "Ada Marlow", text),
        article("Nothing to do with boats", "Ada Marlow", text),
        article("The chord that the crews heard", "Ferry Strike", text)))
    done = byline("index", "--db", folder / "db", path)
    assert (done.returncode, done.stderr) == (0, "")
    return folder / "db"


@pytest.mark.parametrize("query, wanted", [
    ("strike", {"Ferries’ crews strike a café chord": ["strike"],
                "Nothing to do with boats": [],
                "The chord that the crews heard": []}),
    ("title:cafe", {"Ferries’ crews strike a café chord": ["café"]}),
    ("title:strikes ferry",
     {"Ferries’ crews strike a café chord": ["Ferries", "strike"]}),
    ('title:"crews strike"',
     {"Ferries’ crews strike a café chord": ["crews", "strike"]}),
    ("author:ferry chord", {"The chord that the crews heard": ["chord"]}),
    ("language:en title:boat", {"Nothing to do with boats": ["boats"]}),
])
def test_words_of_titles_are_marked(byline, titles, query, wanted):
    hits = search(byline, titles, query)
    assert {hit["title"]: title_marks(hit) for hit in hits} == wanted


def test_a_word_asked_for_in_titles_is_not_marked_in_texts(byline, titles):
    (hit,) = search(byline, titles, "title:strike")
    assert title_marks(hit) == ["strike"]
    assert hit["snippets"][0]["highlights"] == []


def test_without_snippets_nothing_is_marked(byline, titles):
    hits = search(byline, titles, "--snippets", 0, "strike")
    assert hits and all(hit["title_highlights"] == [] for hit in hits)


# ---- Phrases --------------------------------------------------------------

@pytest.fixture(scope="module")
def phrases(byline, tmp_path_factory):
    folder = tmp_path_factory.mktemp("phrases")
    path = write(folder / "a.txt", digest(
        "14 November 2017",
        article("The Harbour Trust, and a harbour without trust", "Ada Marlow",
                "Nobody in the harbour had any trust in the boats. That the "
                "harbour trust would buy another one was not believed. Trust, "
                "at the harbour, is earned.")))
    done = byline("index", "--db", folder / "db", path)
    assert (done.returncode, done.stderr) == (0, "")
    return folder / "db"


@pytest.mark.parametrize("query, text, title", [
    ('"harbour trust"', ["harbour", "trust"], ["Harbour", "Trust"]),
    ('“harbour trust”', ["harbour", "trust"], ["Harbour", "Trust"]),
    ('"the harbour trust would" boat',
     ["boats", "the", "harbour", "trust", "would"], []),
    ('"harbour trust" trust', ["trust", "harbour", "trust", "Trust"],
     ["Harbour", "Trust", "trust"]),
    ('"harbour trust" OR harbour',
     ["harbour", "harbour", "trust", "harbour"],
     ["Harbour", "Trust", "harbour"]),
    ('"trust"', ["trust", "trust", "Trust"], ["Trust", "trust"]),
    ('title:"harbour trust"', [], ["Harbour", "Trust"]),
    ('title:"harbour trust" boat', ["boats"], ["Harbour", "Trust"]),
    ('title:"harbour trust" trust', ["trust", "trust", "Trust"],
     ["Harbour", "Trust", "trust"]),
    ('"would buy" title:"harbour trust"', ["would", "buy"],
     ["Harbour", "Trust"]),
    ('byline:"Ada Marlow" "harbour trust"', ["harbour", "trust"],
     ["Harbour", "Trust"]),
])
def test_a_phrase_is_marked_where_it_stands(byline, phrases, query, text,
                                            title):
    (hit,) = search(byline, phrases, query)
    assert marked(hit["snippets"][0]) == text
    assert title_marks(hit) == title


# ---- Queries that were changed --------------------------------------------

def test_words_that_a_query_is_expanded_by_are_not_marked(byline, fixture_db):
    plain = search(byline, fixture_db, "--any", "ferry timetable")
    more = search(byline, fixture_db, "--any", "--expand", "ferry timetable")
    assert len(more) > len(plain)
    own = {hit["id"] for hit in plain}
    found = {stem(word) for hit in more if hit["id"] in own
             for snippet in hit["snippets"] for word in marked(snippet)}
    assert found == {stem("ferry"), stem("timetable")}
    others = [hit for hit in more if hit["id"] not in own]
    assert any(marked(hit["snippets"][0]) for hit in others)


def test_articles_like_one_show_why(byline, fixture_db, expected):
    (hit,) = search(byline, fixture_db, "--limit", 1, "ferry timetable")
    done = byline("similar", "--db", fixture_db, "--format", "json", hit["id"])
    assert done.returncode == 0, done.stderr
    assert all(snippet["highlights"] for like in done.json["hits"]
               for snippet in like["snippets"])
