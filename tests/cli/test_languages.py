"""Articles in many languages in one database: which language each is in, and
that a query finds the articles of each by its own rules."""
import json

import pytest
import xapian

from archive import article, digest, exported, terms, write
from conftest import SOURCE

TEXTS = {path.stem: path.read_text("utf-8").strip()
         for path in sorted((SOURCE / "fixtures/languages").glob("*.txt"))}
WITHOUT_STEMMER = {"cs", "el", "pl", "uk"}
CODES = {code: {"nb": "no"}.get(code, code) for code in TEXTS}


def lines(rows):
    return "\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + "\n"


def rows_of(texts):
    return [{"id": code, "title": f"Text {n}", "text": text}
            for n, (code, text) in enumerate(texts.items())]


@pytest.fixture(scope="module")
def database(byline, tmp_path_factory):
    folder = tmp_path_factory.mktemp("languages")
    path = write(folder / "a.jsonl", lines(rows_of(TEXTS)))
    done = byline("index", "--db", folder / "a.db", path)
    assert done.returncode == 0, done.stderr
    return folder / "a.db"


def found(byline, db, *query):
    done = byline("search", "--db", db, "--format", "json", "--limit", 100,
                  "--snippets", 0, *query)
    assert done.returncode in (0, 1), done.stderr
    return {hit["id"] for hit in done.json["hits"]}


def parsed(byline, db, *query):
    return byline("search", "--db", db, "--format", "json",
                  *query).json["parsed"]


def recorded(db):
    return xapian.Database(str(db)).get_metadata("byline:languages").decode()


def test_each_language_is_found_out(byline, database):
    assert {row["id"]: row["language"] for row in exported(byline, database)} \
        == CODES
    assert terms(database, "L") == {"L" + code for code in CODES.values()}


def test_languages_are_counted(byline, database):
    counts = byline("info", "--db", database, "--format", "json").json[
        "languages"]
    assert {row["value"]: row["count"] for row in counts} == {
        code: 1 for code in CODES.values()}
    assert recorded(database) == ", ".join(
        f"{code} 1" for code in sorted(CODES.values()))


def words_of(code):
    return [word.strip(".,:;’'()").lower() for word in TEXTS[code].split()]


@pytest.mark.parametrize("code", sorted(TEXTS.keys() - WITHOUT_STEMMER - {"en"}))
def test_a_query_has_the_stems_of_each_language(byline, database, code):
    """Of a word with an ending that no text has, but the same stem."""
    stem = xapian.Stem(CODES[code])
    everywhere = {w for c in TEXTS for w in words_of(c)}
    tried = 0
    for word in words_of(code):
        for ending in ("er", "en", "s", "ar", "as", "os", "i", "ami", "ler",
                       "ak", "a", "ий", "ами", "e"):
            form = word + ending
            if (tried < 5 and len(word) > 5 and word.isalpha()
                    and form not in everywhere and stem(form) == stem(word)
                    and xapian.Stem("en")(form) != xapian.Stem("en")(word)):
                assert code in found(byline, database, "--", form), form
                tried += 1
    assert tried > 0


def slices(code, length=4):
    words = TEXTS[code].split()
    for start in range(0, len(words) - length, 17):
        yield " ".join(words[start:start + length]).translate(
            str.maketrans("", "", '.,:;"()'))


@pytest.mark.parametrize("code", TEXTS)
def test_a_copied_slice_finds_its_article(byline, database, code):
    for text in slices(code):
        for query in (text, text.lower(), f'"{text}"'):
            assert code in found(byline, database, "--", query), query


@pytest.mark.parametrize("code", TEXTS)
def test_omega_finds_it_with_its_english_stems(database, code):
    parser = xapian.QueryParser()
    parser.set_stemmer(xapian.Stem("english"))
    parser.set_stemming_strategy(parser.STEM_SOME)
    parser.set_default_op(xapian.Query.OP_AND)
    enquire = xapian.Enquire(xapian.Database(str(database)))
    for text in slices(code):
        enquire.set_query(parser.parse_query(text.lower(), 1 | 2 | 4))
        names = [match.document.get_data() for match in enquire.get_mset(0, 50)]
        assert any(f"\nid={code}\n".encode() in name or
                   name.startswith(f"id={code}\n".encode())
                   for name in names), text


def test_nothing_else_is_found(byline, database):
    """A stem is one of its language only: French does not know hous."""
    assert found(byline, database, "bridges") == {"en"}
    assert found(byline, database, "NOT the") == TEXTS.keys() - {"en"}
    assert found(byline, database, "language:de OR language:fr") == {"de", "fr"}


def test_languages_that_ask_the_same_share_a_query(byline, database):
    assert parsed(byline, database, '"old bridge"') == \
        "Query((old@1 PHRASE 2 bridge@2))"
    assert "FILTER" in parsed(byline, database, "bridges")


def test_terms_are_explained_by_the_language_of_the_article(byline, database):
    """Each language asks for a word, but an article is of one of them."""
    rows = byline("search", "--db", database, "--any", "--explain", "--limit",
                  100, "--format", "jsonl", "text mars winter").rows
    assert len({row["language"] for row in rows}) > 10
    for row in rows:
        assert sum(term["weight"] for term in row["terms"]) \
            == pytest.approx(row["score"], rel=1e-3), row


def test_a_language_chosen_is_the_only_one(byline, database):
    assert parsed(byline, database, "--language", "de", "bridges") == \
        f"Query(Z{xapian.Stem('de')('bridges').decode()}@1)"


@pytest.mark.parametrize("code", ["de", "en", "ru"])
def test_a_database_in_one_language_is_asked_in_it(byline, tmp_path, code):
    path = write(tmp_path / "a.jsonl", lines(rows_of({code: TEXTS[code]})))
    assert byline("index", "--db", tmp_path / "db", path).returncode == 0
    for query in ("bridges", "häuser OR title:мосты", "-x y*"):
        assert parsed(byline, tmp_path / "db", "--", query) == parsed(
            byline, tmp_path / "db", "--language", code, "--", query)


def test_a_readers_own_language_comes_first(byline, tmp_path):
    rows = [{"id": "a", "title": "A", "language": "fr", "text": TEXTS["en"]},
            {"id": "b", "title": "B", "language": "nb", "text": TEXTS["nb"]},
            {"id": "c", "title": "C", "text": TEXTS["de"]}]
    path = write(tmp_path / "a.jsonl", lines(rows))
    for option, last in (([], "de"), (["--language", "auto"], "de"),
                         (["--language", "it"], "it")):
        db = tmp_path / f"db{len(option)}{last}"
        assert byline("index", "--db", db, *option, path).returncode == 0
        assert {row["id"]: row["language"] for row in exported(byline, db)} \
            == {"a": "fr", "b": "nb", "c": last}
        assert terms(db, "XSTEM") == {"XSTEMfr", "XSTEMno", "XSTEM" + last}


def test_every_stemmer_of_xapian_is_a_language(byline, tmp_path):
    """By its name and by its code; what none has is no error."""
    path = write(tmp_path / "a.jsonl", lines(rows_of({"en": TEXTS["en"]})))
    names = {n.decode() for n in xapian.Stem.get_available_languages().split()}
    assert len(names) > 25
    for name in sorted(names | {"none", "cy", "de", "nb", "nn", "no", "ja"}):
        db = tmp_path / name
        done = byline("index", "--db", db, "--language", name, path)
        assert done.returncode == 0, done.stderr
        (term,) = terms(db, "XSTEM")
        words = xapian.Stem(term[5:]) if name in names else None
        if words:
            for word in ("shopkeepers", "afraid", "ruined"):
                assert "Z" + words(word).decode() in terms(db, "Z")
        assert found(byline, db, "afraid") == {"en"}


def test_what_is_short_or_mixed_is_unknown_and_taken_for_english(byline,
                                                                 tmp_path):
    texts = {"short": "The bridges.",
             "mixed": TEXTS["en"] + " " + TEXTS["fi"], "fi": TEXTS["fi"]}
    path = write(tmp_path / "a.jsonl", lines(rows_of(texts)))
    assert byline("index", "--db", tmp_path / "db", path).returncode == 0
    assert {row["id"]: row["language"]
            for row in exported(byline, tmp_path / "db")} == {
        "short": None, "mixed": None, "fi": "fi"}
    assert recorded(tmp_path / "db") == "en 2, fi 1"
    assert found(byline, tmp_path / "db", "bridged") == {"short", "mixed"}


def test_counts_stay_right(byline, tmp_path):
    """Through articles that change their language, go and come again."""
    db, path = tmp_path / "db", tmp_path / "a.jsonl"
    steps = [({"a": "de", "b": "de", "c": "en"}, "de 2, en 1"),
             ({"a": "de", "b": "de", "c": "en"}, "de 2, en 1"),
             ({"a": "fr", "b": "de", "c": "en"}, "de 1, en 1, fr 1"),
             ({"c": "en"}, "en 1"),
             ({"c": "en", "d": "fr", "e": "fr"}, "en 1, fr 2")]
    for texts, counts in steps:
        write(path, lines(rows_of({n: TEXTS[c] for n, c in texts.items()})))
        assert byline("index", "--db", db, path).returncode == 0
        assert recorded(db) == counts
    path.unlink()
    assert byline("index", "--db", db, "--prune", tmp_path).returncode in (0, 1)
    assert recorded(db) == ""


def test_databases_side_by_side_are_asked_in_the_languages_of_all(byline,
                                                                   tmp_path):
    options = []
    for code in ("de", "sv"):
        path = write(tmp_path / f"{code}.jsonl", lines(rows_of(
            {code: TEXTS[code]})))
        options += ["--db", tmp_path / code]
        assert byline("index", "--db", tmp_path / code, path).returncode == 0
    for code, word in (("de", "pfeilern"), ("sv", "pelarnas")):
        done = byline("search", *options, "--format", "json", word)
        assert [hit["id"] for hit in done.json["hits"]] == [code]


def test_an_article_that_says_nothing_of_its_analysis_is_english(byline,
                                                                 tmp_path):
    """As another program may have written it."""
    db = tmp_path / "db"
    path = write(tmp_path / "a.jsonl", lines(rows_of(
        {"en": TEXTS["en"], "de": TEXTS["de"]})))
    assert byline("index", "--db", db, path).returncode == 0
    theirs = xapian.WritableDatabase(str(db), xapian.DB_OPEN)
    for posting in theirs.postlist("XSTEMen"):
        document = theirs.get_document(posting.docid)
        document.remove_term("XSTEMen")
        theirs.replace_document(posting.docid, document)
    theirs.close()
    assert found(byline, db, "repairing") == {"en"}
    assert found(byline, db, "pfeilern") == {"de"}


# ---- Letters of a language's own --------------------------------------------

SWEDISH = ("I går kom en {} till hamnen, och hon som styrde den sade att hon "
           "hade seglat i elva dagar utan att se något annat än vatten. Ingen "
           "hade trott att hon skulle komma fram så snart.")
ENGLISH = ("Yesterday a {} came to the harbour, and the woman who was sailing "
           "it said that she had seen nothing but water for eleven days, and "
           "nobody had thought that she would ever arrive.")


@pytest.mark.parametrize("language, query, given", [
    ("sv", "BÅT idé", "BÅT Ide"), ("en", "BÅT idé", "Bat ide")])
def test_analyze_shows_the_query_of_a_language(byline, language, query, given):
    done = byline("analyze", "--query", "--language", language, query)
    assert done.stdout.lower() == given.lower() + "\n"


@pytest.fixture(scope="module")
def letters(byline, tmp_path_factory):
    folder = tmp_path_factory.mktemp("letters")
    texts = {f"{code} {word}": text.format(word)
             for code, text in (("sv", SWEDISH), ("en", ENGLISH))
             for word in ("båt", "bat")}
    path = write(folder / "a.jsonl", lines(rows_of(texts)))
    assert byline("index", "--db", folder / "db", path).returncode == 0
    assert recorded(folder / "db") == "en 2, sv 2"
    return folder / "db"


@pytest.mark.parametrize("query, wanted", [
    ("båt", {"sv båt", "en båt", "en bat"}),
    ("BÅT", {"sv båt", "en båt", "en bat"}),
    ("ba\u030at", {"sv båt", "en båt", "en bat"}),
    ("bat", {"sv bat", "en båt", "en bat"}),
    ('"en båt"', {"sv båt"}), ('"en bat"', {"sv bat"}),
    ('"a båt"', {"en båt", "en bat"}), ('"a bat"', {"en båt", "en bat"}),
])
def test_swedish_letters_stay_apart_in_swedish_and_meet_in_english(
        byline, letters, query, wanted):
    assert found(byline, letters, "--", query) == wanted


@pytest.mark.parametrize("tag", ["de", "DE", "deu", "de-AT", "de_CH", "german"])
def test_a_language_goes_by_many_names(byline, tag):
    done = byline("analyze", "--language", tag, "--format", "json", "Häuser")
    assert done.returncode == 0, done.stderr
    assert "haus" in [token["term"] for token in done.json["tokens"]]
