"""Xapian's own TermGenerator says what words a document must have, and where.

QueryParser makes the same tokens of a query, so a phrase matches only if each
word stands where TermGenerator would have put it. Byline adds further forms of
a word (without accents, say); they may stand only where a word does.
"""
import unicodedata

import pytest

xapian = pytest.importorskip("xapian", reason="python3-xapian is not here")

import records  # noqa: E402

GAP = 100  # positions between fields: no phrase crosses them
TITLE_WDF = 3  # a title's word in a plain search
# TermGenerator drops longer words without counting them, and so breaks the
# phrases around them. Byline cuts them: a term has 245 bytes, and the longest
# prefix must fit before it (byline-database(5)).
LONGEST = 229


@pytest.fixture(scope="module")
def articles(fixture_db, expected):
    """(expected article, its document) in every row."""
    documents = records.by_source(xapian.Database(str(fixture_db)))
    assert len(documents) == len(expected)
    return [(row, documents[row["source"], row["line"]]) for row in expected]


def shorten(text):
    """text with every run of word characters cut to what a term can hold."""
    out, size = [], 0
    for c in text:
        word = unicodedata.category(c)[0] in "LMN" or c == "_"
        size = size + len(c.encode("utf-8")) if word else 0
        if size <= LONGEST:
            out.append(c)
    return "".join(out)


def generate(fields, stemmer=None):
    """What TermGenerator makes of (text, prefix, wdf) after each other."""
    generator = xapian.TermGenerator()
    generator.set_max_word_length(LONGEST)
    document = xapian.Document()
    generator.set_document(document)
    if stemmer:
        generator.set_stemmer(stemmer)
        generator.set_stemming_strategy(xapian.TermGenerator.STEM_SOME)
    for number, (text, prefix, wdf) in enumerate(fields):
        if number > 0:
            generator.increase_termpos(GAP)
        generator.index_text(shorten(text), wdf, prefix)
    return document


def fields_under(row, prefix):
    """What stands under a prefix, with what comes before it: the same word has
    the same position unprefixed and under its field's prefix."""
    title = [(row["title"], "", TITLE_WDF)]
    decks = [(deck, "", 1) for deck in row["deck"]]
    if prefix == "S":
        return [(row["title"], "S", 1)]
    authors = [(name, prefix, 1) for name in row["authors"]]
    if prefix == "A":
        return title + decks + authors
    return title + decks + authors + [(row["text"], "", 1)] * bool(row["text"])


def missing(document, reference, prefix):
    """The reference's words under prefix that the document has not at their
    places, or with less weight."""
    found = records.words(document, prefix)
    for word, (wdf, positions) in records.words(reference, prefix).items():
        its_wdf, places = found.get(word, (0, []))
        if its_wdf < wdf or not set(positions) <= set(places):
            yield word


# Where articles with words without spaces stand a second time.
WORD_POSITION = 1 << 27


def strays(document, reference, prefix):
    """The document's words under prefix at places where no word should be."""
    places = {p for _, positions in records.words(reference, prefix).values()
              for p in positions}
    for word, (wdf, positions) in records.words(document, prefix).items():
        positions = {p for p in positions if p < WORD_POSITION}
        if wdf < 1 or not positions <= places:
            yield word


@pytest.mark.parametrize("prefix", ["", "S", "A"])
def test_words_stand_where_term_generator_puts_them(articles, prefix):
    for row, document in articles:
        reference = generate(fields_under(row, prefix))
        assert list(missing(document, reference, prefix)) == [], row["title"]
        assert list(strays(document, reference, prefix)) == [], row["title"]


def test_fixtures_have_words_that_term_generator_would_drop(expected):
    """Else the promise about them would be tested nowhere above."""
    assert any(shorten(row["text"]) != row["text"] for row in expected)


def test_title_words_weigh_more_in_a_plain_search(articles):
    for row, document in articles:
        words = records.words(document)
        for word in records.words(generate([(row["title"], "", 1)])):
            assert words[word][0] >= TITLE_WDF, (row["title"], word)


PLAIN = {
    "title": "Ferry crews meet the harbour board about winter sailings",
    "deck": [], "authors": ["Dana Field", "Ted Oakes"],
    "text": "The crews of the ferry met the board on Tuesday, in room 14. They "
            "asked for 3.5 hours of rest between sailings, as the U.N. rules "
            "say.\n\nThe board, which met again later, said that sailing in "
            "winter was sailing in winter; R&D had nothing to add."}


@pytest.mark.parametrize("prefix", ["", "S", "A", "Z", "ZS", "ZA"])
def test_plain_text_gives_no_term_of_our_own(byline, tmp_path, prefix):
    """Word for word, position for position, count for count."""
    source = tmp_path / "a.txt"
    source.write_text(f"3 May 2019\n\n{PLAIN['title']}\n\nBy "
                      f"{' and '.join(PLAIN['authors'])}\n\n\n{PLAIN['text']}\n")
    done = byline("index", "--db", tmp_path / "a.db", source)
    assert done.returncode == 0, done.stderr
    document = xapian.Database(str(tmp_path / "a.db")).get_document(1)
    reference = generate(fields_under(PLAIN, prefix.removeprefix("Z")),
                         xapian.Stem("en"))
    assert records.words(document, prefix) == records.words(reference, prefix)
    assert records.words(document, prefix)


@pytest.mark.parametrize("prefix", ["", "S", "A"])
def test_stems_are_xapians(articles, prefix):
    """Every word has its stem, every stem is of a word; without positions, as
    Xapian's query parser expects them."""
    stemmer = xapian.Stem("en")
    for row, document in articles:
        stems = records.words(document, "Z" + prefix)
        reference = generate(fields_under(row, prefix), stemmer)
        for stem, (wdf, _) in records.words(reference, "Z" + prefix).items():
            assert stems.get(stem, (0,))[0] >= wdf, (row["title"], stem)
        words = records.words(document, prefix)
        possible = {stemmer(word).decode("utf-8") for word in words}
        assert stems.keys() <= possible, row["title"]
        assert not any(positions for _, positions in stems.values())


def test_no_word_is_empty_or_too_long(articles):
    for row, document in articles:
        for item in document.termlist():
            assert 1 <= len(item.term) <= 245, row["title"]
