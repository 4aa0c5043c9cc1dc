"""byline search: options that narrow, order and page what is found."""
import datetime
import json

import pytest
import xapian

from archive import HABIT, article, digest, refused, write
from words import fold, place


@pytest.fixture
def hits(byline, fixture_db):
    def run(*arguments):
        done = byline("search", "--db", fixture_db, "--format", "json",
                      "--limit", 1000, *arguments)
        assert done.returncode == 0, done.stderr
        return done.json["hits"]
    return run


def places(rows, test):
    return {place(row) for row in rows if test(row)}


def names_found(hits, *arguments):
    return {place(hit) for hit in hits(*arguments)}


# ---- Authors ---------------------------------------------------------------

@pytest.mark.parametrize("name", [
    "Maeve O'Neil", "Maeve O’Neil", "maeve o'neil", "Søren Vagnbak",
    "soren vagnbak", "SØREN VAGNBAK", "Zoe\u0308 Hartnoll", "zoe hartnoll",
    "Michal Wierzbin", "Renee Marchmont", "Jurgen Ostermoor",
    "Tomas de la Cruz"])
def test_an_author_in_any_spelling(hits, expected, name):
    """One person, however case, accents and apostrophes are written."""
    wanted = places(expected, lambda row: any(
        fold(author) == fold(name) for author in row["authors"]))
    assert wanted
    assert names_found(hits, "--author", name) == wanted


@pytest.mark.parametrize("part", ["thorncroft", "Vagnbak", "adeyo",
                                  "de la Cruz", "maeve", "O'Neil", "pinnock"])
def test_a_part_of_a_name_that_is_unique(hits, expected, part):
    """Harold Pinnock has a comma before his Jr. once; he is one person."""
    wanted = places(expected, lambda row: fold(part) in
                    fold(" ".join(row["authors"])))
    assert names_found(hits, "--author", part) == wanted


def test_a_part_is_whole_words(byline, fixture_db):
    done = byline("search", "--db", fixture_db, "--author", "vagn")
    assert (done.returncode, done.stdout) == (1, "")


def test_several_candidates_are_listed(byline, tmp_path):
    path = write(tmp_path / "a.txt", digest("2017-11-14", *[
        article(f"Matter {n} is talked about", f"{name} Marlow",
                HABIT.format(n))
        for n, name in enumerate(["Ada", "Bruno", "Cora"])]))
    db = tmp_path / "db"
    assert byline("index", "--db", db, path).returncode == 0
    refused(byline("search", "--db", db, "--author", "marlow"), "Ada Marlow",
            "Bruno Marlow", "Cora Marlow")
    whole = byline("search", "--db", db, "--author", "Ada Marlow", "--count")
    assert whole.stdout == "1\n"


def test_an_unknown_author_is_nothing_found(byline, fixture_db):
    done = byline("search", "--db", fixture_db, "--author", "Nobody At All")
    assert (done.returncode, done.stdout) == (1, "")
    assert "Nobody At All" in done.stderr


def test_articles_by_any_of_several_authors(hits, expected):
    wanted = places(expected, lambda row: {"May June", "Dana Field"} &
                    set(row["authors"]))
    assert names_found(hits, "--author", "May June", "--author",
                       "Dana Field") == wanted


def test_an_author_narrows_a_query(hits, expected):
    found = names_found(hits, "--author", "May June", "strike OR budget")
    assert found and found < names_found(hits, "--author", "May June")


# ---- Dates -----------------------------------------------------------------

SINCE = {"2019": "2019-01-01", "2020-10": "2020-10-01",
         "2020-10-21": "2020-10-21", "21 October 2020": "2020-10-21",
         "October 21, 2020": "2020-10-21", "Wednesday, 21 Oct 2020":
         "2020-10-21", "October 2020": "2020-10-01", "1900": "1900-01-01"}
UNTIL = {"2016": "2016-12-31", "2016-10": "2016-10-31",
         "2016-10-20": "2016-10-20", "20 October 2016": "2016-10-20",
         "Oct 20, 2016": "2016-10-20", "October 2016": "2016-10-31",
         "2100": "2100-12-31"}


@pytest.mark.parametrize("text", SINCE)
def test_since(hits, expected, text):
    assert names_found(hits, "--since", text) == places(
        expected, lambda row: row["date"] >= SINCE[text])


@pytest.mark.parametrize("text", UNTIL)
def test_until(hits, expected, text):
    assert names_found(hits, "--until", text) == places(
        expected, lambda row: row["date"] <= UNTIL[text])


def test_since_and_until_are_both_included(hits, expected):
    for day in ("2019-05-06", "2019-05", "2019"):
        assert names_found(hits, "--since", day, "--until", day) == places(
            expected, lambda row: row["date"].startswith(day))


# ---- Dates counted from today ----------------------------------------------

@pytest.fixture(scope="module")
def recent(byline, tmp_path_factory):
    """An article of each day from 70 days ago to tomorrow."""
    folder = tmp_path_factory.mktemp("recent")
    today = datetime.date.today()
    days = [today - datetime.timedelta(n) for n in range(-1, 71)]
    write(folder / "a.jsonl", "".join(
        json.dumps({"id": str(day), "title": "Rope", "text": "A rope.",
                    "date": str(day)}) + "\n"
        for day in days))
    assert byline("index", "--db", folder / "db",
                  folder / "a.jsonl").returncode == 0
    return folder / "db", today


DISTANCES = {"today": 0, "Yesterday": 1, "3 weeks ago": 21, "10 days ago": 10,
             "a day ago": 1, "one  week AGO": 7, "0 days ago": 0,
             "two-weeks-ago": 14}


@pytest.mark.parametrize("text", DISTANCES)
def test_dates_are_counted_from_today(byline, recent, text):
    db, today = recent
    day = today - datetime.timedelta(DISTANCES[text])
    for arguments, test in (
            (["--since", text], lambda d: d >= day),
            (["--until", text], lambda d: d <= day),
            ([f'date:"{text}"'], lambda d: d == day),
            ([f'date:"{text}"..'], lambda d: d >= day),
            ([f'date:.."{text}"'], lambda d: d <= day)):
        found = {hit["id"] for hit in
                 order(byline, db, "--limit", 100, *arguments)}
        assert datetime.date.today() == today, "midnight: run it again"
        assert found == {str(d) for d in (today - datetime.timedelta(n)
                                          for n in range(-1, 71)) if test(d)}


def test_days_are_those_of_the_place(byline, recent):
    """Somewhere on Earth it is another day."""
    db, _ = recent
    counts = set()
    for zone in ("UTC+12", "UTC-14"):
        done = byline("search", "--db", db, "--count", "--since", "today",
                      env={"TZ": zone})
        counts.add(done.stdout)
    assert len(counts) == 2


@pytest.mark.parametrize("option", ["--since", "--until"])
@pytest.mark.parametrize("text", [
    "ago", "3 ago", "weeks ago", "3 weeks", "-3 weeks ago", "3 weekss ago",
    "3 days ago today", "9000 years ago", "99999999 days ago", "1.5 days ago",
    "99999999999999999999 days ago", "next week", "today 3", "yesterdays"])
def test_what_is_no_distance_is_refused(byline, fixture_db, option, text):
    refused(byline("search", "--db", fixture_db, f"{option}={text}"),
            f"'{text}'", "YYYY-MM-DD", "today", "'3 weeks ago'")


@pytest.mark.parametrize("option", ["--since", "--until"])
@pytest.mark.parametrize("text", ["soon", "03/04/2020", "2019-02-30",
                                  "2019-13", "Monday, 21 October 2020", "99"])
def test_what_is_no_date_is_refused(byline, fixture_db, option, text):
    """An unclear or impossible date finds nothing silently otherwise."""
    refused(byline("search", "--db", fixture_db, option, text), f"'{text}'",
            "YYYY-MM-DD")


@pytest.mark.parametrize("option", ["--since", "--until", "--source"])
def test_an_empty_value_is_a_mistake(byline, fixture_db, option):
    """An unset variable of a script must not find everything."""
    refused(byline("search", "--db", fixture_db, option, "", "the"), option,
            "byline help search")


def test_an_empty_span_is_refused(byline, fixture_db):
    refused(byline("search", "--db", fixture_db, "--since", "2020", "--until",
                   "2019"), "2020", "2019")


# ---- Sources ---------------------------------------------------------------

@pytest.mark.parametrize("pattern,names", [
    ("fixtures/digests/2016-floods.txt", ["2016-floods"]),
    ("*2016*", ["2016-floods"]),
    ("fixtures/digests/20??-*.txt", ["2016-floods", "2019-recount",
                                     "2020-library", "2023-ferry"])])
def test_sources(hits, expected, pattern, names):
    wanted = {f"fixtures/digests/{name}.txt" for name in names}
    assert names_found(hits, "--source", pattern) == places(
        expected, lambda row: row["source"] in wanted)


def test_no_such_source_is_nothing_found(byline, fixture_db):
    for source in ("elsewhere.txt", "*elsewhere*"):
        assert byline("search", "--db", fixture_db, "--source",
                      source).returncode == 1


SPELLINGS = ["Conor O'Brae", "Conor O’Brae", "CONOR O'BRAE", "Conór O'Brae"]


@pytest.fixture(scope="module")
def spelled(byline, tmp_path_factory):
    """One author in four spellings, indexed in a session each."""
    folder = tmp_path_factory.mktemp("spelled")
    for n, author in enumerate(SPELLINGS):
        write(folder / f"archive/{n}.txt", digest(
            "14 November 2017", article(f"Matter {n} is talked about", author,
                                        HABIT.format("rope"))))
        done = byline("index", "--db", folder / "db", folder / "archive")
        assert done.returncode == 0, done.stderr
    return folder / "db"


def test_terms_and_values_have_one_spelling_of_an_author(byline, spelled):
    info = byline("info", "--db", spelled, "--format", "json").json
    assert info["authors"] == [{"value": "Conor O'Brae", "count": 4}]
    db = xapian.Database(str(spelled))
    assert [t.term for t in db.allterms("XAUTHOR")] == [
        b"XAUTHOR:Conor O'Brae"]
    assert {db.get_document(i).get_value(11) for i in range(1, 5)} == {
        b"Conor O'Brae"}


@pytest.mark.parametrize("name", SPELLINGS)
def test_an_article_keeps_its_spelling(byline, spelled, name):
    hits = order(byline, spelled, "--author", name)
    assert sorted(hit["authors"][0] for hit in hits) == sorted([
        "Conor O'Brae", "Conor O’Brae", "Conor O'Brae", "Conór O'Brae"])


# ---- Order and pages -------------------------------------------------------

@pytest.fixture(scope="module")
def mixed(byline, tmp_path_factory):
    """Articles with and without dates and authors; names beyond ASCII."""
    folder = tmp_path_factory.mktemp("mixed")
    rows = [("14 November 2017", "Zoë Hartnoll"), ("3 May 1901", "Ada Marlow"),
            ("03/04/2020", "Øyvind Dahl"), ("31 December 2031", None),
            ("1 January 1700", "Bruno Keel"), ("04/05/2020", "Álvaro Benítez")]
    for n, (date, author) in enumerate(rows):
        write(folder / f"archive/{n}.txt", digest(
            date, article(f"Matter {n} is talked about", author,
                          HABIT.format("rope " * (n + 1)))))
    done = byline("index", "--db", folder / "db", folder / "archive")
    assert done.returncode == 0 and "2 date lines are unclear" in done.stdout
    return folder / "db"


def order(byline, db, *arguments):
    done = byline("search", "--db", db, "--format", "json", *arguments)
    assert done.returncode == 0, done.stderr
    return done.json["hits"]


def test_sort_by_date_puts_unknown_dates_last(byline, mixed):
    dates = [hit["date"] for hit in order(byline, mixed, "--sort", "date",
                                          "rope")]
    assert dates == ["1700-01-01", "1901-05-03", "2017-11-14", "2031-12-31",
                     None, None]
    newest = [hit["date"] for hit in order(byline, mixed, "--sort", "-date",
                                           "rope")]
    assert newest == dates[3::-1] + [None, None]


def test_sort_by_author_is_that_of_a_library(byline, mixed):
    authors = [hit["authors"] for hit in order(byline, mixed, "--sort",
                                               "author", "rope")]
    assert authors == [["Ada Marlow"], ["Álvaro Benítez"], ["Bruno Keel"],
                       ["Øyvind Dahl"], ["Zoë Hartnoll"], []]


NAMES = ["Zorn", "Ängel", "Åsa", "Aagard", "Anders", "Öberg", "Oberon", None,
         "Čapek", "Cyril", "Chalupa", "Hus"]


@pytest.fixture(scope="module")
def names(byline, tmp_path_factory):
    folder = tmp_path_factory.mktemp("names")
    write(folder / "a.jsonl", "".join(json.dumps(
        {"id": str(n), "title": f"Rope {n}", "text": "A rope.",
         "authors": [name, "Aaron Adams"] if name else []}) + "\n"
        for n, name in enumerate(NAMES)))
    assert byline("index", "--db", folder / "db",
                  folder / "a.jsonl").returncode == 0
    return folder / "db"


ROOT = ["Aagard", "Anders", "Ängel", "Åsa", "Čapek", "Chalupa", "Cyril", "Hus",
        "Öberg", "Oberon", "Zorn", None]
IN_LOCALES = {
    "C": ROOT, "POSIX": ROOT, "C.UTF-8": ROOT, "en_GB.UTF-8": ROOT,
    "de_DE.UTF-8": ROOT, "fr": ROOT,
    "sv_SE.UTF-8": ["Aagard", "Anders", "Čapek", "Chalupa", "Cyril", "Hus",
                    "Oberon", "Zorn", "Åsa", "Ängel", "Öberg", None],
    "da_DK": ["Anders", "Čapek", "Chalupa", "Cyril", "Hus", "Oberon", "Zorn",
              "Ängel", "Öberg", "Aagard", "Åsa", None],
    "cs": ["Aagard", "Anders", "Ängel", "Åsa", "Cyril", "Čapek", "Hus",
           "Chalupa", "Öberg", "Oberon", "Zorn", None],
}


def authors_in_order(byline, db, env):
    done = byline("search", "--db", db, "--sort", "author", "--format", "json",
                  "--limit", 100, "rope", env=env)
    assert done.returncode == 0, done.stderr
    return [hit["authors"][0] if hit["authors"] else None
            for hit in done.json["hits"]]


@pytest.mark.parametrize("locale", IN_LOCALES)
def test_authors_come_in_the_order_of_the_locale(byline, names, locale):
    """Installed or not: it is ICU that knows the order."""
    wanted = IN_LOCALES[locale]
    assert authors_in_order(byline, names, {"LC_ALL": locale}) == wanted
    assert authors_in_order(byline, names, {
        "LC_ALL": "", "LC_COLLATE": locale, "LANG": "tr_TR"}) == wanted
    assert authors_in_order(byline, names, {
        "LC_ALL": "", "LC_COLLATE": "", "LANG": locale}) == wanted


def test_a_locale_that_is_none_is_refused(byline, names):
    refused(byline("search", "--db", names, "--sort", "author", "rope",
                   env={"LC_ALL": "xqq_ZZ"}), "'xqq_ZZ'", "locale")
    assert byline("search", "--db", names, "rope",
                  env={"LC_ALL": "xqq_ZZ"}).returncode == 0


@pytest.mark.parametrize("locale", ["C", "sv_SE"])
def test_articles_of_one_author_are_ordered_by_relevance(byline, tmp_path,
                                                         locale):
    texts = ["rope", "rope rope rope", "rope rope", "rope"]
    write(tmp_path / "a.jsonl", "".join(json.dumps(
        {"id": str(n), "title": "Matter", "authors": ["Åsa"],
         "text": text + " knot" * (6 - len(text.split()))}) + "\n"
        for n, text in enumerate(texts)))
    assert byline("index", "--db", tmp_path / "db",
                  tmp_path / "a.jsonl").returncode == 0
    done = byline("search", "--db", tmp_path / "db", "--sort", "author",
                  "--format", "ids", "rope", env={"LC_ALL": locale})
    assert done.stdout.split() == ["1", "2", "0", "3"]


def test_equal_dates_are_ordered_by_relevance(byline, fixture_db):
    hits = order(byline, fixture_db, "--sort", "date", "--limit", 100, "ferry")
    for one, next_one in zip(hits, hits[1:]):
        assert (one["date"], -one["score"]) <= (next_one["date"],
                                                -next_one["score"])


def test_relevance_is_the_default(byline, fixture_db):
    hits = order(byline, fixture_db, "--limit", 100, "ferry")
    scores = [hit["score"] for hit in hits]
    assert scores == sorted(scores, reverse=True) and scores[0] > scores[-1]
    assert hits == order(byline, fixture_db, "--limit", 100, "--sort",
                         "relevance", "ferry")


def test_without_a_date_no_span_holds_an_article(byline, mixed):
    for span in (["--since", "0001"], ["--until", "9999"]):
        hits = order(byline, mixed, *span)
        assert all(hit["date"] for hit in hits) and len(hits) == 4


def test_pages_add_up(byline, fixture_db):
    whole = order(byline, fixture_db, "--limit", 100, "the")
    assert len(whole) > 20
    pages = []
    for offset in range(0, len(whole) + 7, 7):
        pages += order(byline, fixture_db, "--limit", 7, "--offset", offset,
                       "the")
    assert pages == whole
    assert [hit["rank"] for hit in pages] == list(range(1, len(whole) + 1))


def test_ten_are_shown_unless_told(byline, fixture_db):
    assert len(order(byline, fixture_db, "the")) == 10
    assert order(byline, fixture_db, "--limit", 0, "the") == []


@pytest.mark.parametrize("option", ["--limit", "--offset", "--snippets"])
@pytest.mark.parametrize("value", ["-1", "ten", "", "1.5", "99999999999"])
def test_numbers_are_checked(byline, fixture_db, option, value):
    refused(byline("search", "--db", fixture_db, option, value, "the"), option,
            "byline help search")


def test_an_unknown_order_is_refused(byline, fixture_db):
    refused(byline("search", "--db", fixture_db, "--sort", "size", "the"),
            "--sort", "size", "byline help search")


def test_options_alone_choose(hits, expected):
    assert names_found(hits, "--since", "1900") == places(
        expected, lambda row: True)
