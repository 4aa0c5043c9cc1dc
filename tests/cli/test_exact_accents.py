"""--exact-accents: what a reader types with accents is found with them only,
though the database has every word without them as well."""
import json
import unicodedata

import pytest
import xapian

from archive import write

TEXTS = {
    "accents": "She sent a résumé to the café, and Łucja read it on the pier.",
    "decomposed": unicodedata.normalize(
        "NFD", "She sent a résumé to the café, and Łucja was on the pier."),
    "capitals": "RÉSUMÉ, CAFÉ, ŁUCJA: all that stood on the pier.",
    "plain": "To resume: the cafe of Lucja at the pier is open again.",
    "width": "Ｐｉｅｒ and ﬁsh and Straße.",
}


@pytest.fixture(scope="module")
def database(byline, tmp_path_factory):
    folder = tmp_path_factory.mktemp("accents")
    path = write(folder / "a.jsonl", "".join(
        json.dumps({"id": name, "title": "T", "text": text}) + "\n"
        for name, text in TEXTS.items()))
    assert byline("index", "--db", folder / "db", path).returncode == 0
    return folder / "db"


def found(byline, db, *arguments):
    done = byline("search", "--db", db, "--format", "json", "--snippets", 0,
                  *arguments)
    assert done.returncode in (0, 1), done.stderr
    return {hit["id"] for hit in done.json["hits"]}


WITH = {"accents", "decomposed", "capitals"}


@pytest.mark.parametrize("query", [
    "résumé", "Résumé", "RÉSUMÉ", unicodedata.normalize("NFD", "résumé"),
    '"résumé"', "“résumé”", "Łucja", "łucja", "café résumé", "résum*"])
def test_accents_find_accents_only(byline, database, query):
    assert found(byline, database, "--exact-accents", "--", query) == WITH
    assert found(byline, database, "--", query) >= WITH


@pytest.mark.parametrize("query", ["resume", "cafe", "lucja", "Resume"])
def test_a_word_without_accents_finds_both(byline, database, query):
    assert found(byline, database, "--exact-accents", query) == \
        found(byline, database, query) == WITH | {"plain"}


@pytest.mark.parametrize("query", ["ｐｉｅｒ", "fish", "ﬁsh", "strasse", "Straße"])
def test_width_and_ligatures_are_no_accents(byline, database, query):
    assert found(byline, database, "--exact-accents", query) == \
        found(byline, database, query)
    assert "width" in found(byline, database, query)


def test_accents_leave_out_accents_only(byline, database):
    assert found(byline, database, "--exact-accents", "--", "-résumé pier") == \
        {"plain", "width"}
    assert found(byline, database, "--", "-résumé pier") == {"width"}


def test_folded_terms_are_additional(database):
    """As another program sees it: each spelling is a term of the article that
    has it, and only the folded one is common to all."""
    db = xapian.Database(str(database))
    ids = {doc: db.get_document(doc).get_data().split(b"\nid=")[1].split(
        b"\n")[0].decode() for doc in (p.docid for p in db.postlist(""))}

    def having(term):
        return {ids[p.docid] for p in db.postlist(term)}
    assert having("résumé") == WITH
    assert having("resume") == WITH | {"plain"}
    assert having(unicodedata.normalize("NFD", "résumé")) == {"decomposed"}
    places = {term: [list(item.positer) for item in db.termlist(
        next(iter(d for d in ids if ids[d] == "accents")))
        if item.term.decode() == term] for term in ("résumé", "resume")}
    assert places["résumé"] == places["resume"] != []
    parser = xapian.QueryParser()
    for text, wanted in (("résumé", WITH), ("resume", WITH | {"plain"})):
        enquire = xapian.Enquire(db)
        enquire.set_query(parser.parse_query(text))
        assert {ids[m.docid] for m in enquire.get_mset(0, 9)} == wanted


@pytest.mark.parametrize("query, folded, exact", [
    ("résumé AND ÉCOLE", "resume AND ecole", "résumé AND école"),
    ("title:“Łódź”", 'title:"Lodz"', 'title:"Łódź"'),
    ("cafe\u0301", "cafe", "café"),
    ("ｆｕｌｌ ﬁnd x² Straße", "full find x² strasse", "full find x² strasse"),
    ("λόγος ΛΟΓΟΣ", "λογοσ λογοσ", "λόγος λογοσ"),
    ("ёлка шалом שָׁלוֹם", "елка шалом שלום", "ёлка шалом שָׁלוֹם"),
    ("plain -words*", "plain -words*", "plain -words*"),
])
def test_analyze_shows_it(byline, query, folded, exact):
    for options, wanted in (([], folded), (["--exact-accents"], exact)):
        done = byline("analyze", "--query", *options, "--", query)
        assert unicodedata.normalize("NFC", done.stdout) == \
            unicodedata.normalize("NFC", wanted + "\n")


def test_a_language_keeps_its_letters_either_way(byline):
    for options in ([], ["--exact-accents"]):
        done = byline("analyze", "--query", "--language", "sv", *options, "båt")
        assert done.stdout == "båt\n"
    done = byline("analyze", "--query", "--language", "tr", "--exact-accents",
                  "IŞIK ışık")
    assert done.stdout == "ışık ışık\n"
