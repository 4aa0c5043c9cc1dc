"""What the query side makes of what people type: QueryParser then sees the same
query, with words that are spelled otherwise. On random queries in all scripts,
and by QueryParser itself."""
import json
import random
import re
import sys
import unicodedata
from pathlib import Path

import pytest

xapian = pytest.importorskip("xapian", reason="python3-xapian is not here")
sys.path.insert(0, str(Path(__file__).parent.parent / "parity"))

import dump  # noqa: E402
from find_ids import find_ids  # noqa: E402
from queries import (SPACED, UNSPACED, Query, damaged, draw,  # noqa: E402
                     typed)

COUNT = 5000
ALL = SPACED + UNSPACED
LANGUAGES = ["none", "sv", "de", "tr", "uk"]
FLAGS = (xapian.QueryParser.FLAG_BOOLEAN | xapian.QueryParser.FLAG_PHRASE |
         xapian.QueryParser.FLAG_LOVEHATE | xapian.QueryParser.FLAG_WILDCARD |
         xapian.QueryParser.FLAG_PURE_NOT)
OMEGA = xapian.QueryParser.FLAG_DEFAULT


@pytest.fixture(scope="module")
def parse():
    """parse(text, flags): what QueryParser makes of it, or None if that is an
    error."""
    parser = xapian.QueryParser()
    parser.add_prefix("title", "S")
    parser.set_database(xapian.WritableDatabase("", xapian.DB_BACKEND_INMEMORY))
    parser.set_default_op(xapian.Query.OP_AND)

    def run(text, flags=FLAGS):
        try:
            return str(parser.parse_query(text, flags))
        except xapian.QueryParserError:
            return None
    return run


# ---- Plain text --------------------------------------------------------------

def ascii_texts():
    rng = random.Random(1)
    printable = [chr(c) for c in range(32, 127)]
    texts = ["".join(rng.choice(printable if rng.random() < 0.4 else
                                "etaoin shrdlu")
                     for _ in range(rng.randrange(1, 400)))
             for _ in range(COUNT)]
    return texts + ["".join(chr(rng.randrange(128)) for _ in range(300))
                    for _ in range(500)]


def test_lower_case_ascii_passes_byte_for_byte():
    texts = [text.lower() for text in ascii_texts()]
    for language in LANGUAGES:
        assert dump.queries(texts, language=language) == texts


def test_of_other_ascii_only_the_case_changes(parse):
    """QueryParser finds the same in it, stems aside."""
    rng = random.Random(2)
    pieces = ["AND", "OR", "NOT", "XOR", "NEAR/3", "ADJ", "Ferry", "STRIKE",
              "U.S.", "A.B.C", "title:Wall", "Title:Wall", "O'Neil", "AT&T",
              "C++", "\"The Wall\"", "(Bees", "Eels)", "-Tide", "+Tide", "x"]
    texts = ascii_texts() + [
        " ".join(rng.choice(pieces) for _ in range(rng.randrange(1, 9)))
        for _ in range(COUNT)]
    changed = dump.queries(texts, language="none")
    assert sum(a != b for a, b in zip(texts, changed)) > COUNT
    for text, query in zip(texts, changed):
        assert query.lower() == text.lower()
        assert parse(query) == parse(text)


# ---- Words -------------------------------------------------------------------

def alike(texts):
    """What a word has in common with all that it may become."""
    return [unicodedata.normalize("NFKD", text.replace("\u200b", "")).casefold()
            for text in dump.folded(texts)]


def lost_or_moved(before, after):
    """Whether the words of a query are not in another one, in order. Each is
    one word there, or several that are its parts."""
    words = iter(after)
    for word in before:
        found = ""
        while found != word:
            found += next(words, "\0")
            if not word.startswith(found):
                return True
    return next(words, None) is not None


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_is_there_in_order(language):
    queries = draw(2, COUNT, ALL, typed)
    queries += [q.set for q in draw(3, COUNT, ALL, Query)]
    made = dump.queries(queries, language=language)
    before, after = dump.base(queries), dump.base(made)
    words = sorted({w for ws in before + after for w in ws})
    common = dict(zip(words, alike([w.decode() for w in words])))
    for query, put, old, new in zip(queries, made, before, after):
        assert not lost_or_moved([common[w] for w in old],
                                 [common[w] for w in new]), (query, put)


def gaps(texts):
    """What is between the words of each text."""
    result = []
    for text, tokens in zip(texts, dump.tokens(texts, "none")):
        data, at, marks = text.encode(), 0, []
        for _, kind, start, end, _ in tokens:
            if kind == 0:
                marks.append(data[at:start].decode())
                at = end
        result.append(marks + [data[at:].decode()])
    return result


def stands_for(old, new):
    return old == new or new == unicodedata.normalize("NFKC", old) or (
        old in "“”„‟«»＂" and new in '"″')


def test_every_mark_is_there_in_order():
    queries = draw(4, COUNT, SPACED, typed)
    queries += [q.set for q in draw(5, COUNT, SPACED, Query)]
    made = dump.queries(queries)
    for query, put, old, new in zip(queries, made, gaps(queries), gaps(made)):
        assert [len(gap) for gap in old] == [len(gap) for gap in new], (
            query, put)
        assert all(map(stands_for, "".join(old), "".join(new))), (query, put)


# ---- QueryParser ---------------------------------------------------------------

@pytest.mark.parametrize("flags", [FLAGS, OMEGA], ids=["byline", "omega"])
def test_what_parsed_still_does(parse, flags):
    """But for full-width marks, which become syntax, and for what is behind a
    curly quote without a partner, which opens no phrase any more."""
    rng = random.Random(6)
    queries = draw(6, COUNT, ALL, typed)
    queries += [damaged(rng, q.plain) for q in draw(7, 2 * COUNT, ALL, Query)]
    queries = [q for q in queries if not re.search("[\uff01-\uff5e]", q)
               and parse(q, flags) is not None
               and parse(re.sub("[“”]", "″", q), flags) is not None]
    assert len(queries) > COUNT
    for query, put in zip(queries, dump.queries(queries)):
        assert parse(put, flags) is not None, (query, put)


def has_words(described):
    """Whether syntax was taken for words, as QueryParser does where it does not
    understand the rest."""
    return re.search(r"\b(and|or|not|xor|near|adj|title)@", described)


def test_what_is_well_formed_parses(parse):
    queries = draw(8, COUNT, ALL, Query)
    made = dump.queries([q.set for q in queries])
    for query, put in zip(queries, made):
        assert not has_words(parse(query.plain)), query.plain
        assert not has_words(parse(put)), (query.set, put)


def shape(described):
    """A query without its words."""
    return re.sub(r"[^\s()@]+@", "w@", described)


def test_it_is_the_same_query(parse):
    queries = [q.plain for q in draw(9, COUNT, SPACED, Query)]
    for query, put in zip(queries, dump.queries(queries)):
        assert shape(parse(query)) == shape(parse(put)), (query, put)


def test_as_typesetters_have_it(parse):
    queries = draw(10, COUNT, ALL, Query)
    plain = dump.queries([q.plain for q in queries])
    made = dump.queries([q.set for q in queries])
    for query, put, same in zip(queries, made, plain):
        assert parse(put) == parse(same), (query.set, put, same)


# ---- byline search ---------------------------------------------------------------

def indexed(byline, folder, texts, *options):
    path = folder / "a.jsonl"
    path.write_text("".join(
        json.dumps({"id": name, "title": "Untitled", "text": text}) + "\n"
        for name, text in texts.items()), encoding="utf-8")
    done = byline("index", "--db", folder / "db", *options, path)
    assert done.returncode == 0, done.stderr
    return folder / "db"


def test_search_takes_it_either_way(byline, tmp_path):
    """With a database, which words without spaces are looked up in."""
    rng = random.Random(11)
    database = indexed(byline, tmp_path, {
        str(n): " ".join(rng.sample(ALL, 20)) for n in range(50)})
    queries = draw(11, COUNT // 4, ALL, Query)
    found = find_ids(database, [q.plain for q in queries])
    made = find_ids(database, [q.set for q in queries])
    assert sum(ids != {""} for ids in found) > COUNT // 20
    for query, ids, same in zip(queries, made, found):
        assert "!" not in ids and ids == same, (query.plain, query.set)


TURKISH = "Köprünün üstünde bir ışık gördü, kâğıdını aldı ve kapıyı açtı."
CAPITALS = "KÖPRÜNÜN ÜSTÜNDE BİR IŞIK GÖRDÜ, KÂĞIDINI ALDI VE KAPIYI AÇTI."


@pytest.fixture(scope="module")
def turkish(byline, tmp_path_factory):
    return indexed(byline, tmp_path_factory.mktemp("turkish"), {
        "small": TURKISH, "capitals": CAPITALS, "title": "Bir Işık Gördü",
        "other": "Bir işik, bir isim."}, "--language", "tr")


@pytest.mark.parametrize("query, wanted", [
    ("ışık", "small capitals title"), ("IŞIK", "small capitals title"),
    ("Işık", "small capitals title"), ("isik", "small capitals title other"),
    ("ISIK", "small capitals title other"), ("işik", "capitals other"),
    ("İŞİK", "capitals other"), ("BİR IŞIK", "small capitals title"),
    ('"BİR IŞIK GÖRDÜ"', "small capitals title"),
    ('"bir ışık gördü"', "small capitals title"),
    ("KÂĞIDINI", "small capitals"), ("kâğıdını", "small capitals"),
    ("KAĞIDINI", "small capitals"), ("kagidini", "small capitals"),
    ("AÇTI", "small capitals"), ("ALDI", "small capitals"),
    (TURKISH, "small capitals"), (CAPITALS, "small capitals"),
    (f'"{TURKISH}"', "small capitals"), (f'"{CAPITALS}"', "small capitals")])
def test_turkish_capitals(turkish, query, wanted):
    """A capital I of a word is that of dotless i; what was written with it may
    have been either."""
    (found,) = find_ids(turkish, [query])
    assert found == set(wanted.split())


ALL_CAPITALS = {
    "de": ("Die Brücke über die große Straße ist gesperrt.",
           "DIE BRÜCKE ÜBER DIE GROẞE STRASSE IST GESPERRT."),
    "fr": ("L’école a été fermée à Noël.", "L’ÉCOLE A ÉTÉ FERMÉE À NOËL."),
    "ru": ("Новый район ждёт зелёный трамвай.",
           "НОВЫЙ РАЙОН ЖДЁТ ЗЕЛЁНЫЙ ТРАМВАЙ."),
    "el": ("Η Αθήνα περιμένει το πλοίο.", "Η ΑΘΗΝΑ ΠΕΡΙΜΕΝΕΙ ΤΟ ΠΛΟΙΟ."),
    "sv": ("Båten låg vid kajen på ön.", "BÅTEN LÅG VID KAJEN PÅ ÖN."),
}


@pytest.mark.parametrize("language", ALL_CAPITALS)
def test_capitals_are_no_other_words(byline, tmp_path, language):
    small, capitals = ALL_CAPITALS[language]
    database = indexed(byline, tmp_path, {"small": small, "capitals": capitals},
                       "--language", language)
    for text in (small, capitals):
        words = re.findall(r"[\w’]+", text)
        for query in [text, f'"{text}"', *words]:
            assert find_ids(database, [query]) == [{"small", "capitals"}], query
