"""An article is found however the reader spells its words, through Xapian's
own QueryParser."""

import itertools
import unicodedata

import dump
import pytest
from test_copy_paste import FLAGS, finds, index, parser

# What is written, and what people type for it.
SPELLINGS = [
    ("Z\u00fcrich", "zurich Zurich ZURICH z\u00fcrich"),
    ("\u0141\u00f3d\u017a", "lodz \u0142\u00f3d\u017a Lodz"),
    ("Stra\u00dfe", "strasse STRASSE stra\u00dfe STRA\u1e9eE"),
    ("\u00d8stfold", "ostfold \u00f8stfold"),
    ("\u00c6on", "aeon \u00e6on"),
    ("Zurich", "Z\u00fcrich z\u00fcrich"),
    ("Biden\u2019s", "Biden Biden's Biden\u2019s biden"),
    ("Biden's", "Biden Biden's Biden\u2019s"),
    ("l\u2019Or\u00e9al", "Or\u00e9al oreal l'Or\u00e9al L'OREAL l\u2019Oreal"),
    ("42,021", "42021 42,021"),
    ("Disney+", "Disney+ Disney disney"),
    ("C++", "C++ c++ C"),
    ("co-op", "coop co-op Co-op"),
    ("caf\u00e9-bar", "cafebar caf\u00e9bar cafe bar caf\u00e9-bar"),
    ("\u039f\u03b4\u03cc\u03c2", "\u03bf\u03b4\u03bf\u03c3 \u03bf\u03b4\u03cc\u03c2"),
    ("\u0401\u043b\u043a\u0430", "\u0435\u043b\u043a\u0430 \u0451\u043b\u043a\u0430"),
    ("\ufb01nance", "finance Finance"),
    ("\uff21\uff22\uff23", "abc ABC \uff41\uff42\uff43"),
    ("abc", "\uff21\uff22\uff23"),
    ("O\u02bcNeil", "O'Neil O\u2019Neil O\u02bcNeil"),
    ("houses", "house HOUSES houses"),
    ("K\u00fcchen-Ger\u00e4te", "k\u00fcchenger\u00e4te kuchengerate"),
]


def forms(words):
    for word, form in itertools.product(words, ("NFC", "NFD")):
        yield unicodedata.normalize(form, word)


@pytest.mark.parametrize("written,typed", SPELLINGS)
def test_spellings(written, typed, tmp_path):
    articles = [f"before {form} after" for form in forms([written])]
    database, _ = index(articles, tmp_path)
    query_parser = parser(database)
    for query in dump.queries(list(forms(typed.split()))):
        parsed = query_parser.parse_query(query, FLAGS)
        for docid in range(1, len(articles) + 1):
            assert finds(database, parsed, docid), (query, str(parsed))


def test_what_is_another_word_is_not_found(tmp_path):
    database, _ = index(["\u304b\u3099 \u0e44\u0e17\u0e22 state-of-the-art"], tmp_path)
    query_parser = parser(database)
    for query in ("\u304b", "\u0e17\u0e22", "stateof", "zurich"):
        assert not finds(database, query_parser.parse_query(query, FLAGS), 1)
