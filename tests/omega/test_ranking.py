"""Omega with templates that say no more than byline search does: the same
articles in the same order, and the fields of byline's query language.

Both rank by BM25 with byline's parameters, which Omega takes from a template.
A plain query is in lower case: Omega stems no word with a capital.
Omega's stopwords can't be turned off
(query.cc, MyStopper), so the queries have none.
"""
import random
import re

import pytest

from conftest import DIGESTS
from omega_cgi import Omega, need_omega

QUERIES = [
    "ferry", "ferry timetable", "strike harbour", "bees roof", "library vote",
    "waiting list", "recount votes", "solar panels", "flood wall minister",
    "council OR budget OR school", "eels OR herring OR smokehouse",
    '"harbour trust" OR dockers', "derby NOT flood", "søren vagnbak ferry",
    "zoë wall", "£42,021", "aqaw strike", "co-op", "st osyn’s waiting",
    "skerrow -cancelled", "(tide OR ballot) tarnmouth",
]


@pytest.fixture(scope="module")
def omega(fixture_db, tmp_path_factory):
    need_omega()
    return Omega(tmp_path_factory.mktemp("omega"), fixture_db.parent)


@pytest.fixture
def search(byline, fixture_db):
    """byline search's hits as Omega's templates of the test print them."""
    def run(*arguments, db=fixture_db):
        hits = of(*arguments, db=db)
        assert hits
        return hits

    def of(*arguments, db=fixture_db):
        done = byline("search", "--db", db, "--limit", 1000, "--snippets", 0,
                      "--format", "json", *arguments)
        assert done.returncode in (0, 1), done.stderr
        return [(hit["docid"], hit["percent"], hit["id"])
                for hit in done.json["hits"]]
    run.of = of
    return run


@pytest.mark.parametrize("query", QUERIES)
def test_same_order_and_percentages(omega, search, fixture_db, query):
    assert omega.ours("ranked", fixture_db.name, P=query) == search("--", query)


STOP_WORDS = set(  # Omega leaves out other ones, and shorter
    "about above after again against because before being below between could "
    "doing during further having herself himself itself myself other ought "
    "ourselves should their theirs themselves there these those through under "
    "until where which while would yourself yourselves".split())


def plain_queries(count):
    """Words of the articles, in lower case, up to four of them."""
    rng = random.Random(3)
    words = sorted({word for path in DIGESTS.glob("*.txt") for word in
                    re.findall(r"\b[a-z]{5,}\b", path.read_text("utf-8"))} -
                   STOP_WORDS)
    return [" ".join(rng.sample(words, rng.randrange(1, 5)))
            for _ in range(count)]


@pytest.mark.parametrize("option, operator", [("--all", "and"), ("--any", "or")])
def test_plain_queries_are_the_same(omega, search, fixture_db, option, operator):
    found = 0
    for query in plain_queries(60):
        theirs = omega.ours("ranked", fixture_db.name, P=query,
                            DEFAULTOP=operator)
        done = search.of(option, "--strict", "--", query)
        assert theirs == done, query
        found += len(theirs) > 2
    assert found > (3 if option == "--all" else 40)


def test_queries_have_something_to_rank(search):
    """An order of one hit says nothing."""
    counts = [len(search("--", query)) for query in QUERIES]
    assert sum(count > 2 for count in counts) > len(QUERIES) / 2


@pytest.mark.parametrize("key, order", [("10", "-date"), ("+10", "date")])
@pytest.mark.parametrize("query", ["ferry", "council OR bees OR wall"])
def test_same_order_by_date(omega, search, fixture_db, key, order, query):
    """Articles of one day by relevance, then as they were indexed."""
    found = omega.ours("ranked", fixture_db.name, P=query, SORT=key)
    assert found == search("--sort", order, "--", query)


# ---- Dates that are not known ---------------------------------------------------

def article(title):
    return (f"{title}\n\nBy Dana Field\n\n\nThe gulls over the harbour were "
            f"counted again, and the count was entered as {title.lower()}.\n")


@pytest.fixture(scope="module")
def half_dated(byline, fixture_db, tmp_path_factory):
    """A database of four articles with a date and two without."""
    folder = tmp_path_factory.mktemp("half")
    (folder / "dated.txt").write_text("".join(
        f"{day} May 2019\n\n" + article(f"Gulls counted on day {day}") + "\n"
        for day in (4, 2, 3, 1)))
    (folder / "undated.txt").write_text(
        article("Gulls of some day") + "\n" + article("Gulls of another day"))
    done = byline("index", "--db", folder / "half.db", "--format", "digest",
                  folder / "dated.txt", folder / "undated.txt")
    assert done.returncode == 0, done.stderr
    rows = byline("export", "--db", folder / "half.db").rows
    assert [row["date"] for row in rows].count(None) == 2
    return folder / "half.db", {row["id"]: row["date"] for row in rows}


def test_unknown_dates_in_an_order_by_date(search, half_dated, tmp_path):
    """Newest first, both put them last. Oldest first, Omega puts them before
    all (an empty value is the least); byline has them last there too."""
    need_omega()
    path, dates = half_dated
    omega = Omega(tmp_path, path.parent)
    down = omega.ours("ranked", path.name, P="gulls", SORT="10")
    assert down == search("--sort", "-date", "--", "gulls", db=path)
    assert [dates[name] for _, _, name in down] == [
        "2019-05-04", "2019-05-03", "2019-05-02", "2019-05-01", None, None]
    up = omega.ours("ranked", path.name, P="gulls", SORT="+10")
    assert up[2:] + up[:2] == search("--sort", "date", "--", "gulls", db=path)
    assert [dates[name] for _, _, name in up] == [
        None, None, "2019-05-01", "2019-05-02", "2019-05-03", "2019-05-04"]


def test_unknown_dates_are_in_no_range(search, half_dated, tmp_path):
    need_omega()
    path, dates = half_dated
    omega = Omega(tmp_path, path.parent)
    found = omega.ours("ranked", path.name, START_10="19000101",
                       END_10="29991231")
    assert {name for _, _, name in found} == {n for n in dates if dates[n]}
    mine = search("--since", "1900", "--until", "2999", db=path)
    assert {name for _, _, name in mine} == {name for _, _, name in found}


def test_years_alone_are_in_their_ranges(byline, search, tmp_path):
    """Where all dates are years, a value must not look like a binary time."""
    need_omega()
    source = tmp_path / "years.txt"
    source.write_text("".join(f"{year}\n\n" + article(f"Gulls of {year}") + "\n"
                              for year in (1998, 2003, 2016)))
    path = tmp_path / "years.db"
    done = byline("index", "--db", path, source)
    assert done.returncode == 0, done.stderr
    omega = Omega(tmp_path, tmp_path)
    for since, until, count in ((1997, 1999, 1), (1900, 2030, 3),
                                (2003, 2016, 2)):
        theirs = omega.ours("ranked", path.name, START_10=f"{since}0101",
                            END_10=f"{until}1231")
        mine = search("--since", str(since), "--until", str(until), db=path)
        ids = sorted(name for _, _, name in mine)
        assert sorted(name for _, _, name in theirs) == ids
        assert len(ids) == count


# ---- Fields ------------------------------------------------------------------

@pytest.mark.parametrize("query", [
    "author:vagnbak", "author:Søren", "author:soren", "author:thorncroft list",
    'author:"may june"', "author:oneil OR author:o'neil",
    "title:ferry", "title:waiting knees", 'title:"school budget"',
    "year:2019 votes", "month:202010 library", "author:hartnoll year:2016",
    "source:fixtures/digests/2023-ferry.txt strike",
    'byline:"Søren Vagnbak"', 'byline:"Dana Field" pictures OR picture',
])
def test_fields_mean_the_same(omega, search, fixture_db, query):
    found = omega.ours("fields", fixture_db.name, P=query)
    assert [hit[0] for hit in found] == [hit[0] for hit in search("--", query)]


@pytest.mark.parametrize("name", ["Søren Vagnbak", "Callum Brae",
                                  "Iñigo Barrenzuela", "Pieter van der Meer"])
def test_exact_author_as_a_filter(omega, search, fixture_db, name):
    """B=XAUTHOR:NAME, as a link of a facet has it."""
    found = omega.ours("ranked", fixture_db.name, B=f"XAUTHOR:{name}")
    assert {hit[0] for hit in found} == {hit[0] for hit in
                                         search("--author", name)}


@pytest.mark.parametrize("spellings", [
    ["Maeve O'Neil", "Maeve O\u2019Neil"],
    ["Harold Pinnock Jr.", "Harold Pinnock, Jr."]])
def test_spellings_of_an_author_are_one_term(omega, search, fixture_db,
                                             spellings):
    """The first that the database got is that of all; byline takes any."""
    alone = [omega.ours("ranked", fixture_db.name, B=f"XAUTHOR:{name}")
             for name in spellings]
    assert sorted(map(bool, alone)) == [False, True]
    found = {h[2] for hits in alone for h in hits}
    for name in spellings:
        assert {h[2] for h in search("--author", name)} == found


def test_an_article_by_its_id(omega, search, fixture_db):
    for _, _, name in search("--", "recount"):
        found = omega.ours("fields", fixture_db.name, P=f"id:{name}")
        assert [hit[2] for hit in found] == [name]
