"""Whatever is copied from an article, quoted or not, finds it through Xapian's
own QueryParser, at the positions its words were indexed at."""

import random

import dump
import xapian
from corpus import random_article, random_text

ARTICLES = 300
SLICES = 60
BASE, STEM = dump.KINDS["base"], dump.KINDS["stem"]
FLAGS = (
    xapian.QueryParser.FLAG_PHRASE
    | xapian.QueryParser.FLAG_BOOLEAN
    | xapian.QueryParser.FLAG_LOVEHATE
)
LANGUAGE = "en"


def index(texts, path):
    database = xapian.WritableDatabase(
        str(path), xapian.DB_CREATE_OR_OVERWRITE | xapian.DB_NO_SYNC
    )
    spans = []
    for text, tokens in zip(texts, dump.tokens(texts, LANGUAGE)):
        document = xapian.Document()
        for position, kind, _, _, term in tokens:
            if kind == STEM:
                document.add_term(b"Z" + term)
            else:
                document.add_posting(term, position)
        database.add_document(document)
        spans.append([token[2:4] for token in tokens if token[1] == BASE])
    database.commit()
    return database, spans


def parser(database):
    result = xapian.QueryParser()
    result.set_database(database)
    result.set_stemmer(xapian.Stem(LANGUAGE))
    result.set_stemming_strategy(xapian.QueryParser.STEM_SOME)
    result.set_default_op(xapian.Query.OP_AND)
    return result


def finds(database, query, docid):
    enquire = xapian.Enquire(database)
    enquire.set_query(query)
    enquire.set_docid_order(xapian.Enquire.ASCENDING)
    matches = enquire.get_mset(0, database.get_doccount())
    return any(match.docid == docid for match in matches)


def check(texts, slices, path):
    """slices: (docid, text) pairs."""
    database, _ = index(texts, path)
    query_parser = parser(database)
    wanted = [docid for docid, _ in slices for _ in range(2)]
    typed = [form for _, text in slices for form in (text, f'"{text}"')]
    for docid, text, given in zip(wanted, typed, dump.queries(typed)):
        query = query_parser.parse_query(given, FLAGS)
        if not query.empty():
            assert finds(database, query, docid), (text, given, str(query))


def test_slices_at_spaces(tmp_path):
    rng = random.Random(1)
    texts = [random_article(rng, 60) for _ in range(ARTICLES)]
    slices = []
    for docid, text in enumerate(texts, 1):
        words = text.split(" ")
        for _ in range(SLICES):
            start = rng.randrange(len(words))
            end = start + 1 + rng.randrange(8)
            slices.append((docid, " ".join(words[start:end])))
    check(texts, slices, tmp_path)


def test_slices_at_tokens(tmp_path):
    rng = random.Random(2)
    texts = [random_article(rng, 60) for _ in range(ARTICLES)]
    _, spans = index(texts, tmp_path / "spans")
    slices = []
    for docid, (text, tokens) in enumerate(zip(texts, spans), 1):
        data = text.encode()
        for _ in range(SLICES):
            first = rng.randrange(len(tokens))
            last = min(first + rng.randrange(8), len(tokens) - 1)
            piece = data[tokens[first][0] : tokens[last][1]]
            slices.append((docid, piece.decode()))
    check(texts, slices, tmp_path)


def test_long_words(tmp_path):
    words = ["a" * n for n in (228, 229, 230, 245, 246, 300, 20000)]
    words += ["\u0e01" * n for n in (76, 77, 100, 1000)]
    words += ["\u00e9" * n + "x" for n in (113, 114, 115, 200)]
    words += ["1," * n + "1" for n in (113, 114, 115, 200)]
    words += ["A." * n + "B" for n in (227, 228, 229, 300)]
    words += ["b" * 227 + "++", "b" * 228 + "++", "b" * 230 + "++"]
    texts = [f"before {word} after" for word in words]
    check(texts, [(i, text) for i, text in enumerate(texts, 1)], tmp_path)


WORD_POSITION = 1 << 27


def typed_words(tokens):
    """The positions of its words: those of the dictionaries, if it has any."""
    positions = {token[0] for token in tokens}
    return {p for p in positions if p > WORD_POSITION} or positions


def test_nothing_is_lost():
    """QueryParser sees as many words as were typed, in their order."""
    rng = random.Random(3)
    texts = [random_article(rng, 30) for _ in range(2000)]
    given = dump.queries(texts)
    typed = map(typed_words, dump.tokens(texts, "none"))
    for text, query, before, after in zip(texts, given, typed, dump.base(given)):
        assert len(before) == len(after), (text, query)


def test_slices_of_noise(tmp_path):
    """Random characters, without those that mean something in a query."""
    rng = random.Random(4)
    meaning = dict.fromkeys(map(ord, '"()+-:\uff0b\uff0d\uff1a'), "x")
    texts = [
        " ".join(random_text(rng).translate(meaning) for _ in range(12))
        for _ in range(ARTICLES)
    ]
    slices = []
    for docid, text in enumerate(texts, 1):
        words = text.split(" ")
        for _ in range(SLICES):
            start = rng.randrange(len(words))
            end = start + 1 + rng.randrange(4)
            slices.append((docid, " ".join(words[start:end])))
    check(texts, slices, tmp_path)
