"""The promise "variants": an article is found however the reader writes its
words, and Omega, which knows nothing of byline, finds it wherever the written
form is among those that byline indexed.

The table is the promise written out; it was made from the rules for extra
terms (byline-database(5), "Terms"), not from what the program did.
"""
import unicodedata

import pytest

xapian = pytest.importorskip("xapian", reason="python3-xapian is not here")

NFC, NFD = "NFC", "NFD"


def nfd(text):
    return unicodedata.normalize(NFD, text)


# What stands in the article; what a reader may type for it so that any
# QueryParser finds it; and what only byline search understands, since it folds
# the query as well.
FORMS = [
    # composed, without accents, any case
    ("Zürich", ["Zürich", "zürich", "ZÜRICH", "Zurich", "zurich"],
     [nfd("Zürich"), nfd("ZÜRICH")]),
    (nfd("Zoë"), [nfd("Zoë"), "Zoë", "zoë", "ZOË", "Zoe", "zoe"],
     [nfd("ZOË")]),
    ("Málaga", ["Málaga", "malaga", "MALAGA"], [nfd("málaga"), "Màlaga"]),
    (nfd("Việt"), [nfd("Việt"), "Việt", "viet"], ["Viêt"]),
    ("Munchen", ["Munchen", "munchen"], ["München", nfd("München")]),
    # letters that do not decompose
    ("Łódź", ["Łódź", "łódź", "Lodz", "lodz"], ["Łodz", nfd("Łódź")]),
    ("Ørsted", ["Ørsted", "orsted"], []),
    ("Þórshöfn", ["Þórshöfn", "thorshofn"], [nfd("Þórshöfn")]),
    ("Æbelholt", ["Æbelholt", "Aebelholt"], []),
    ("Bœuf", ["Bœuf", "boeuf"], ["BŒUF"]),
    ("Straße", ["Straße", "strasse", "STRASSE"], ["STRAẞE"]),
    ("Đakovo", ["Đakovo", "dakovo"], []),
    ("Krasse", ["krasse", "KRASSE"], ["kraße"]),
    # possessive, with either apostrophe or none of it
    ("Biden's", ["Biden's", "Biden’s", "biden’s", "Biden", "biden"], []),
    ("Obama’s", ["Obama's", "Obama’s", "OBAMA'S", "Obama", "obama"], []),
    ("Renée’s", ["Renée’s", "Renée's", "Renée", "renee", "renee's"],
     [nfd("Renée")]),
    # elision
    ("l'Oréal", ["l'Oréal", "l’Oréal", "Oréal", "oreal", "l'oreal", "L’OREAL"],
     [nfd("Oréal")]),
    ("d’Estaing", ["d’Estaing", "d'Estaing", "Estaing", "estaing"], []),
    ("dell’Umbria", ["dell’Umbria", "dell'umbria", "Umbria"], []),
    ("D'Arcy’s", ["D'Arcy’s", "D’Arcy's", "Arcy", "arcy's"], []),
    # numbers with and without their grouping
    ("42,021", ["42,021", "42021"], []),
    ("1.234.567,89", ["1.234.567,89", "1234567,89"], []),
    ("£9,846,000", ["9,846,000", "£9,846,000", "9846000", "£9846000"], []),
    ("12,34,567", ["12,34,567", "1234567"], []),
    # signs at the end
    ("C++", ["C++", "c++", "C", "c"], []),
    ("Disney+", ["Disney+", "disney+", "Disney", "disney"], []),
    ("F#", ["F#", "f#", "F", "f"], []),
    # width, ligatures, compatibility letters
    ("Ｔａｒｎｅｔｈ", ["Ｔａｒｎｅｔｈ", "Tarneth", "tarneth"], ["ＴＡＲＮＥＴＨ"]),
    ("Pelldon", ["Pelldon", "pelldon"], ["Ｐｅｌｌｄｏｎ", "ｐｅｌｌｄｏｎ"]),
    ("ﬁnicky", ["ﬁnicky", "finicky"], []),
    ("staﬀed", ["staﬀed", "staffed"], []),
    ("oﬃces", ["oﬃces", "offices", "OFFICES"], []),
    ("muffin", ["muffin", "MUFFIN"], ["muﬃn"]),
    ("CO₂", ["CO₂", "co2", "CO2"], []),
    # characters nobody sees
    ("net\u200bworked", ["net\u200bworked", "networked"], []),
    ("\ufeffByzantium", ["byzantium", "Byzantium"], ["\ufeffByzantium"]),
    # initials
    ("U.N.", ["U.N.", "UN", "un", "U.N"], []),
    ("AT&T", ["AT&T", "at&t"], []),
    ("naïvely", ["naïvely", "naively"], [nfd("naïvely")]),
    ("Élections", ["Élections", "élections", "elections"], []),
    # other scripts whose marks are accents
    ("Αθήνα", ["Αθήνα", "αθήνα", "Αθηνα", "αθηνα"], [nfd("Αθήνα"), "ΑΘΉΝΑ"]),
    ("Ёлка", ["Ёлка", "ёлка", "елка"], [nfd("Ёлка")]),
    ("чай", ["чай", "чаи"], [nfd("чай"), "ЧАЙ"]),
    # points, marks and stretched letters
    ("مُحَمَّد", ["مُحَمَّد", "محمد"], ["مـحـمـد", "محمّد"]),
    ("كــتاب", ["كــتاب", "كتاب"], ["كتـاب"]),
    ("שָׁלוֹם", ["שָׁלוֹם", "שלום"], ["שׁלום"]),
    # Vietnamese has two marks on one letter
    ("Nguyễn", ["Nguyễn", "nguyễn", "Nguyen", "nguyen"],
     [nfd("Nguyễn"), "Nguyên"]),
    # a nukta is often left out; syllables of Hangul may be taken apart
    ("फ़िल्म", ["फ़िल्म", "फिल्म"], ["\u095eिल्म"]),
    ("\u095bमीन", ["\u095bमीन", "ज़मीन", "जमीन"], []),
    ("한국", ["한국"], [nfd("한국")]),
    (nfd("서울"), [nfd("서울"), "서울"], []),
    # Turkish letters, outside of Turkish
    ("İzmir", ["İzmir", "izmir", "Izmir"], [nfd("İzmir")]),
    ("ışık", ["ışık", "isik"], ["isık", "işik"]),
]
# A hyphenated pair may be written as one word, but not within a phrase: the
# pair takes two places, the one word takes one.
PAIRS = [("co-op", "coop"), ("Anti-Clutter", "anticlutter"),
         ("e‑bike", "ebike")]
# Every form has its stem; a word in a phrase must stand as it is written.
STEMS = [("Élections", ["élection", "election", nfd("élection")]),
         ("oﬃces", ["office"]),
         ("net\u200bworked", ["networks", "networking"]),
         ("l'Oréal", ["oréals", "oreals"]),
         ("Obama’s", ["obamas"])]


# In an article of a language: what is written, what finds it, what does not.
OWN_LETTERS = [
    ("sv", "båt", ["båt", "BÅT", nfd("båt")], ["bat", "baat"]),
    ("sv", "Ørsted", ["Ørsted", "Örsted", "örsted"], ["Orsted"]),
    ("sv", "idé", ["idé", "ide"], []),
    ("fi", "kesä", ["kesä", "KESÄ"], ["kesa"]),
    ("da", "Århus", ["Århus", "århus", "Aarhus", "aarhus"], ["Arhus"]),
    ("da", "Kjaer", ["Kjaer", "Kjær", "kjær", "Kjär"], ["Kjar"]),
    ("nb", "Bjørk", ["Bjørk", "Björk", "bjoerk"], ["Bjork"]),
    ("de", "Müller", ["Müller", "MÜLLER", "Mueller", "Muller"], []),
    ("de", "Goethe", ["Goethe", "Göthe", "Gothe"], []),
    ("es", "año", ["año", "AÑO", nfd("año")], ["ano"]),
    ("es", "también", ["también", "tambien"], []),
    ("fr", "été", ["été", "ete", "ÉTÉ"], []),
    ("tr", "ışık", ["ışık", "isik"], ["işik"]),
    ("tr", "Isparta", ["Isparta", "isparta", "ısparta"], []),
    ("tr", "çay", ["çay", "cay", "ÇAY"], []),
    ("tr", "kocaman", ["kocaman"], ["koçaman"]),
    ("ru", "район", ["район", "РАЙОН", nfd("район")], ["раион"]),
    ("ru", "ёлка", ["ёлка", "елка"], []),
    ("ru", "береза", ["берёза", "береза"], []),
    ("uk", "їжак", ["їжак", nfd("їжак")], ["іжак"]),
    ("be", "воўк", ["воўк"], ["воук"]),
]


def sentence(word):
    return (f"Somebody had painted {word} upon the shutters, and the painter "
            "never came back for the brush.")


@pytest.fixture(scope="module")
def database(byline, tmp_path_factory):
    """An article for each row, and one that has none of the words."""
    folder = tmp_path_factory.mktemp("variants")
    words = [row[0] for row in FORMS + PAIRS] + ["nothing"]
    (folder / "a.txt").write_text("3 May 2019\n\n" + "\n".join(
        f"A story about the painted shutters\n\nBy Dana Field\n\n\n"
        f"{sentence(word)}\n" for word in words), encoding="utf-8")
    done = byline("index", "--db", folder / "a.db", folder / "a.txt")
    assert done.returncode == 0, done.stderr
    rows = byline("export", "--db", folder / "a.db").rows
    assert [row["text"] for row in rows] == [sentence(w) for w in words]
    return folder / "a.db", {row["text"]: row["id"] for row in rows}


def by_byline(byline, path, query):
    done = byline("search", "--db", path, "--limit", 1000, "--snippets", 0,
                  "--format", "json", "--", query)
    assert done.returncode in (0, 1), done.stderr
    return {hit["id"] for hit in done.json["hits"]}


def by_query_parser(path, query):
    """With Omega's settings and no folding of the query."""
    parser = xapian.QueryParser()
    parser.set_stemmer(xapian.Stem("english"))
    parser.set_stemming_strategy(parser.STEM_SOME)
    parser.set_default_op(xapian.Query.OP_AND)
    database = xapian.Database(str(path))
    enquire = xapian.Enquire(database)
    enquire.set_query(parser.parse_query(
        query, parser.FLAG_PHRASE | parser.FLAG_BOOLEAN | parser.FLAG_LOVEHATE))
    return {line[3:] for match in enquire.get_mset(0, 1000)
            for line in match.document.get_data().decode().split("\n")
            if line.startswith("id=")}


def phrase(form):
    return f'"had painted {form} upon the shutters"'


def test_byline_finds_every_form(byline, database, capsys):
    """Alone and within a phrase, and nothing else with it."""
    path, ids = database
    lost, tried = [], 0
    for word, forms, folded in FORMS:
        for form in [word, *forms, *folded]:
            for query in (form, phrase(form)):
                tried += 1
                if by_byline(byline, path, query) != {ids[sentence(word)]}:
                    lost.append((word, query))
    with capsys.disabled():
        print(f"\nvariants: byline search: {tried - len(lost)} of {tried} "
              f"written forms of {len(FORMS)} words found")
    assert lost == []


def test_query_parser_finds_every_indexed_form(database, capsys):
    path, ids = database
    lost, tried = [], 0
    for word, forms, _ in FORMS:
        for form in [word, *forms]:
            for query in (form, phrase(form)):
                tried += 1
                if by_query_parser(path, query) != {ids[sentence(word)]}:
                    lost.append((word, query))
    with capsys.disabled():
        print(f"\nvariants: QueryParser: {tried - len(lost)} of {tried} "
              f"written forms of {len(FORMS)} words found")
    assert lost == []


@pytest.mark.parametrize("pair, solid", PAIRS)
def test_a_hyphenated_pair_is_found_as_one_word(byline, database, pair, solid):
    path, ids = database
    for query in (pair, phrase(pair), solid):
        assert by_byline(byline, path, query) == {ids[sentence(pair)]}, query
        assert by_query_parser(path, query) == {ids[sentence(pair)]}, query


@pytest.mark.parametrize("word, forms", STEMS)
def test_every_form_has_its_stem(byline, database, word, forms):
    path, ids = database
    for form in forms:
        assert by_byline(byline, path, form) == {ids[sentence(word)]}, form
        assert by_byline(byline, path, phrase(form)) == set(), form


@pytest.mark.parametrize("word", ["Zürcher", "42,022", "disneyland", "oneill",
                                  "1234", "Zurick", "stra"])
def test_other_words_are_other_words(byline, database, word):
    """Forgiving is not careless."""
    assert by_byline(byline, database[0], word) == set()


@pytest.mark.parametrize("language",
                         sorted({language for language, *_ in OWN_LETTERS}))
def test_letters_of_a_languages_own(byline, tmp_path, language):
    """The article is said to be in that language; the query is not."""
    rows = [row[1:] for row in OWN_LETTERS if row[0] == language]
    (tmp_path / "a.txt").write_text("3 May 2019\n\n" + "\n".join(
        f"A story about the painted shutters\n\nBy Dana Field\n\n\n"
        f"{sentence(word)}\n" for word, *_ in rows), encoding="utf-8")
    done = byline("index", "--db", tmp_path / "db", "--language", language,
                  tmp_path / "a.txt")
    assert done.returncode == 0, done.stderr
    ids = {row["text"]: row["id"]
           for row in byline("export", "--db", tmp_path / "db").rows}
    for word, found, others in rows:
        for form in [word, *found]:
            for query in (form, phrase(form)):
                assert by_byline(byline, tmp_path / "db", query) == {
                    ids[sentence(word)]}, query
        for form in others:
            assert by_byline(byline, tmp_path / "db", form) == set(), form
