"""Omega as Debian ships it finds the same articles as byline search.

Omega leaves some forty English words out of every query, and no setting of
OmegaScript can keep them in (query.cc, MyStopper); so the queries here have
none of them, but for one test. Its templates also look under S, B and F, which
adds nothing: byline's title words stand unprefixed as well.
"""
import pytest

from omega_cgi import Omega, need_omega

QUERIES = [
    # words, capitalised and not; stems
    "ferry", "Ferry", "ferries", "dockers strike", "Fishgate Library",
    "keepers hives", "islanders timetable",
    # phrases
    '"harbour trust"', '"Lammas Wall"', '"Venn & Skerrow Ferries"',
    '"fifth of our capital... for a bit"', '"nine vessels lie" strike', '"Three votes in it"',
    # operators
    "dockers OR bees", "ferry NOT strike", "ferry AND islanders",
    "council -budget", "+library vote", "(strike OR recount) votes",
    "library XOR laptops", "flood NEAR wall", "eels ADJ street",
    # accents, with and without, and apostrophes
    "Søren Vagnbak", "Soren", "søren", "Zoë Hartnoll", "zoe", "Michał",
    "Łukasz OR Michal", "O’Neil", "O'Neil", "St Osyn’s", "Osyn",
    # money, numbers, acronyms, signs
    "£42,021,000", "42,021", "42021", "€3.5bn", "£1.2m", "9,846",
    "AQAW", "V&SF", "U.N. wall", "Harbour+", "twenty-three Saturdays",
    "co-op panels", "coop panels", "4,000 knees",
]


@pytest.fixture(scope="module")
def omega(fixture_db, tmp_path_factory):
    need_omega()
    return Omega(tmp_path_factory.mktemp("omega"), fixture_db.parent)


@pytest.fixture
def search(byline, fixture_db):
    """byline search's total, and docid -> hit in the hits' order."""
    def run(*arguments):
        done = byline("search", "--db", fixture_db, "--limit", 1000,
                      "--snippets", 0, "--format", "json", *arguments)
        assert done.returncode == 0, (arguments, done.stderr)
        assert done.json["total"]["exact"]
        return (done.json["total"]["value"],
                {hit["docid"]: hit for hit in done.json["hits"]})
    return run


def titles(hits):
    return {docid: hit["title"] for docid, hit in hits.items()}


@pytest.mark.parametrize("query", QUERIES)
def test_stock_templates_find_the_same_articles(omega, search, fixture_db,
                                                query):
    total, hits = search("--", query)
    matches, docids = omega.xml(fixture_db.name, P=query)
    assert set(docids) == set(hits)
    assert matches == total
    assert omega.page(fixture_db.name, P=query) == titles(hits)


def test_any_of_the_words(omega, search, fixture_db):
    """Omega's DEFAULTOP=OR is byline's --any."""
    query = "solar herring"
    total, hits = search("--any", "--", query)
    matches, docids = omega.xml(fixture_db.name, P=query, DEFAULTOP="OR")
    assert set(docids) == set(hits)
    assert matches == total
    assert set(docids) > set(omega.xml(fixture_db.name, P="solar")[1])


def test_stopwords_only_widen(omega, search, fixture_db):
    """Omega finds what byline finds, and perhaps articles without "the"."""
    for query in ("the ferry", "what is the recount", "bees on the roof",
                  "how you vote", "from the harbour to the wall"):
        assert set(search("--", query)[1]) \
            <= set(omega.xml(fixture_db.name, P=query)[1])


# ---- Dates -------------------------------------------------------------------

RANGES = [("2019-05-03", "2019-05-06"), ("2016-10-25", "2016-10-25"),
          ("1998-01-01", "2016-12-31"), ("2020-10-21", ""), ("", "1998-09-14"),
          ("2023-10-21", "2024-01-01")]


def slot(date):
    """A date as slot 10 has it."""
    return date.replace("-", "")


@pytest.mark.parametrize("since, until", RANGES)
@pytest.mark.parametrize("query", ["", "vote OR library OR ferry OR wall"])
def test_ranges_of_the_date_slot(omega, search, fixture_db, since, until,
                                 query):
    options = ["--since", since] * bool(since) + ["--until", until] * bool(until)
    total, hits = search(*options, *(["--", query] * bool(query)))
    bounds = {"START_10": slot(since), "END_10": slot(until), "P": query}
    matches, docids = omega.xml(fixture_db.name, **bounds)
    assert set(docids) == set(hits)
    assert matches == total
    assert omega.page(fixture_db.name, **bounds) == titles(hits)


@pytest.mark.parametrize("since, until", [r for r in RANGES if all(r)])
def test_plain_start_and_end(omega, search, fixture_db, since, until):
    """Without a slot, Omega filters by the terms D, M and Y."""
    _, docids = omega.xml(fixture_db.name, START=slot(since), END=slot(until))
    assert set(docids) == set(search("--since", since, "--until", until)[1])


@pytest.mark.parametrize("term, option", [
    ("Y2019", "2019"), ("M201905", "2019-05"), ("D20190506", "2019-05-06")])
def test_filters_by_year_month_and_day(omega, search, fixture_db, term, option):
    _, docids = omega.xml(fixture_db.name, B=term)
    assert set(docids) == set(search("--since", option, "--until", option)[1])


@pytest.mark.parametrize("key, order", [("10", "-date"), ("+10", "date")])
@pytest.mark.parametrize("query", ["ferry", "council OR bees OR wall"])
def test_sorted_by_date(omega, search, fixture_db, key, order, query):
    """Articles of one day stand by relevance in both, but the stock templates
    weigh title words twice (under S too): test_ranking.py compares those."""
    _, hits = search("--sort", order, "--", query)
    _, docids = omega.xml(fixture_db.name, P=query, SORT=key)
    assert set(docids) == set(hits)
    days = [hits[docid]["date"] for docid in docids]
    assert days == [hit["date"] for hit in hits.values()]
    assert len(set(days)) > 2
