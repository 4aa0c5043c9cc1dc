"""byline search: which articles a query finds, and how they are printed.

What must be found is worked out from the fixtures' expected articles."""
import re

import pytest

from archive import HABIT, article, digest, refused, stories, write
from words import all_words, has_phrase, place, stem, stems


@pytest.fixture
def found(byline, fixture_db):
    """found(query, option...): the places of all articles it finds."""
    def run(*arguments):
        done = byline("search", "--db", fixture_db, "--format", "json", "--strict",
                      "--limit", 1000, *arguments)
        assert done.returncode in (0, 1), done.stderr
        hits = done.json["hits"]
        assert done.returncode == (0 if hits else 1)
        assert done.json["total"] == {"value": len(hits), "exact": True}
        return {place(hit) for hit in hits}
    return run


@pytest.fixture
def articles(expected):
    """articles(test): the places of all articles for which it holds."""
    return lambda test: {place(row) for row in expected if test(row)}


def one(*wanted):
    return lambda row: any(stem(word) in stems(row) for word in wanted)


def every(*wanted):
    return lambda row: all(stem(word) in stems(row) for word in wanted)


QUERIES = {
    "strike": every("strike"),
    "Eels": every("eels"),
    '"Eels"': lambda row: "eels" in all_words(row),
    "strikes": every("strike"),
    "harbour strike": every("harbour", "strike"),
    "harbour AND strike": every("harbour", "strike"),
    "herring OR ballot": one("herring", "ballot"),
    "ferry NOT island": lambda row: every("ferry")(row)
    and not one("island")(row),
    "ferry -island": lambda row: every("ferry")(row)
    and not one("island")(row),
    "NOT ferry": lambda row: not one("ferry")(row),
    "ferry XOR island": lambda row: every("ferry")(row)
    != every("island")(row),
    "(herring OR ballot) AND council": lambda row: every("council")(row)
    and one("herring", "ballot")(row),
    "strik*": lambda row: any(w.startswith("strik") for w in all_words(row)),
    '"harbour strike"': lambda row: has_phrase(row, "harbour strike"),
    '"flood defences"': lambda row: has_phrase(row, "flood defences"),
    '"the harbour trust" strike': lambda row: every("strike")(row)
    and has_phrase(row, "the harbour trust"),
    '"o\'neil"': lambda row: has_phrase(row, "O'Neil"),
    "O’Neil": lambda row: has_phrase(row, "O'Neil"),
    "vagnbak": lambda row: "vagnbak" in all_words(row),
    "jurgen": lambda row: "jurgen" in all_words(row),
    "title:strike": lambda row: every("strike")({**row, "text": "",
                                                 "authors": []}),
    "author:june": lambda row: "May June" in row["authors"],
    'byline:"Søren Vagnbak"': lambda row: "Søren Vagnbak" in row["authors"],
    'herring byline:"Søren Vagnbak"': lambda row: every("herring")(row)
    and "Søren Vagnbak" in row["authors"],
    "year:2016": lambda row: row["date"].startswith("2016"),
    "month:2020-10": lambda row: row["date"].startswith("2020-10"),
    "date:2020-10-21": lambda row: row["date"] == "2020-10-21",
    "date:2016-10-25..2019-05-06":
        lambda row: "2016-10-25" <= row["date"] <= "2019-05-06",
    "date:2016..2019": lambda row: "2016" <= row["date"] < "2020",
    "date:2019-05-06..": lambda row: row["date"] >= "2019-05-06",
    "date:..2016-10-20": lambda row: row["date"] <= "2016-10-20",
    "date:2016-10..2019": lambda row: "2016-10" <= row["date"] < "2020",
    "date:..": lambda row: row["date"],
    'date:"October 2016".."6 May 2019"':
        lambda row: "2016-10" <= row["date"] <= "2019-05-06",
    'ferry (date:2016.."6 May 2019")':
        lambda row: "2016" <= row["date"] <= "2019-05-06"
        and every("ferry")(row),
    "ferry -date:2019..2023": lambda row: every("ferry")(row)
    and not "2019" <= row["date"] < "2024",
    "NOT date:2016..2019": lambda row: not "2016" <= row["date"] < "2020",
    "date:2016 date:2019..": lambda row: row["date"].startswith("2016")
    or row["date"] >= "2019",
    "date:..yesterday": lambda row: row["date"],
    "month:201610": lambda row: row["date"].startswith("2016-10"),
    "strike year:1998": lambda row: every("strike")(row)
    and row["date"].startswith("1998"),
    "source:fixtures/digests/2016-floods.txt":
        lambda row: row["source"].endswith("2016-floods.txt"),
    "source:*ferry*": lambda row: row["source"].endswith("2023-ferry.txt"),
}


@pytest.mark.parametrize("query", QUERIES)
def test_a_query_finds_what_it_says(found, articles, query):
    wanted = articles(QUERIES[query])
    assert wanted, "a query that finds nothing shows nothing"
    assert found(query) == wanted


def test_words_of_several_arguments_are_one_query(found):
    assert found("harbour", "strike") == found("harbour strike")


def test_any_of_the_words(found, articles):
    wanted = articles(one("herring", "ballot"))
    assert found("--any", "herring ballot") == wanted
    assert found("--any", "--all", "herring ballot") == articles(
        every("herring", "ballot"))


def parsed(byline, database, *arguments):
    done = byline("search", "--db", database, "--format", "json", "--limit", 1,
                  "--snippets", 0, *arguments)
    assert done.returncode in (0, 1), done.stderr
    return done.json["parsed"]


@pytest.mark.parametrize("language,query,wanted", [
    ("en", "the ferry of the harbour", "Query((Zferri@2 OR Zharbour@5))"),
    ("en", "The Ferry Of", "Query(Zferri@2)"),
    ("en", "to be or not to be",
     "Query((Zto@1 OR Zbe@2 OR Zor@3 OR Znot@4 OR Zto@5 OR Zbe@6))"),
    ("en", 'ferry "of the"', "Query((Zferri@1 OR (of@2 PHRASE 2 the@3)))"),
    ("en", "+the ferry", "Query((Zthe@1 AND_MAYBE Zferri@2))"),
    ("en", "die ferry", "Query((Zdie@1 OR Zferri@2))"),
    ("de", "die für ferry", "Query(Zferry@3)"),
    ("sv", "på ferry", "Query(Zferry@2)"),
    ("th", "the ferry", "Query((the@1 OR ferry@2))"),
    ("en", "THE FERRY AND STRIKE", "Query((Zferri@2 OR Zstrike@4))"),
    ("en", "FERRY AND STRIKE", "Query((Zferri@1 AND Zstrike@2))"),
    ("en", "the high-speed ferry",
     "Query((Zhigh@2 OR Zspeed@3 OR Zferri@4))"),
])
def test_any_of_the_words_leaves_out_stop_words(byline, fixture_db, language,
                                                query, wanted):
    """Unless there are no others, or they are asked for."""
    assert parsed(byline, fixture_db, "--any", "--language", language, "--",
                  query) == wanted


def test_all_of_the_words_are_all(byline, fixture_db):
    assert parsed(byline, fixture_db, "the ferry") == (
        "Query((Zthe@1 AND Zferri@2))")


def test_an_id_is_a_field(byline, fixture_db, found, expected):
    hit = byline("search", "--db", fixture_db, "--format", "json",
                 "herring").json["hits"][0]
    assert found(f"id:{hit['id']}") == {place(hit)}


def test_a_language_is_a_field(byline, tmp_path):
    db = tmp_path / "db"
    for code, number in (("de", 1), ("en", 2)):
        path = write(tmp_path / f"{code}.txt",
                     digest("2017-11-14", *stories(number, number)))
        assert byline("index", "--db", db, "--language", code,
                      path).returncode == 0
    for query, count in (("language:de", 1), ("language:EN", 2),
                         ("language:fr", 0)):
        done = byline("search", "--db", db, "--count", query)
        assert done.stdout == f"{count}\n"


@pytest.mark.parametrize("query,count", [
    ("anchor NEAR/3 rope", 2), ("anchor NEAR/2 rope", 1),
    ("anchor ADJ/3 rope", 1), ("rope ADJ/3 anchor", 1),
    ('"anchor rope"', 0), ("anchor rope", 3)])
def test_words_near_each_other(byline, tmp_path, query, count):
    sentences = ["He said that an anchor with no rope is of little use here.",
                 "He said that a rope and anchor are of some use at any time.",
                 "He said that a rope, which nobody wants to pay for this "
                 "year, is worth more than any anchor."]
    path = write(tmp_path / "a.txt", digest("2017-11-14", *[
        article(f"A talk about matter {n}", "Ada Marlow", text)
        for n, text in enumerate(sentences)]))
    db = tmp_path / "db"
    assert byline("index", "--db", db, path).returncode == 0
    done = byline("search", "--db", db, "--count", query)
    assert done.stdout == f"{count}\n"


def test_no_phrase_crosses_from_a_title_into_a_text(byline, tmp_path):
    path = write(tmp_path / "a.txt", digest("2017-11-14", article(
        "The council buys a rope", "Ada Marlow",
        "Anchors, said the mayor on Tuesday, were to follow next year.")))
    db = tmp_path / "db"
    assert byline("index", "--db", db, path).returncode == 0
    for query, status in (('"a rope"', 0), ('"rope anchors"', 1),
                          ('"rope ada"', 1), ('"marlow anchors"', 1)):
        assert byline("search", "--db", db, query).returncode == status


# ---- What is printed -------------------------------------------------------

def test_json_has_just_the_promised_keys(byline, fixture_db, expected):
    done = byline("search", "--db", fixture_db, "--format", "json", "--strict",
                  "--limit", 2, "--offset", 1, "ferry")
    answer = done.json
    assert list(answer) == ["query", "parsed", "corrected", "relaxed",
                            "total", "took_ms", "hits", "facets"]
    assert answer["query"] == "ferry" and "Zferri" in answer["parsed"]
    assert answer["corrected"] is None and answer["facets"] == {}
    assert answer["took_ms"] > 0
    rows = {place(row): row for row in expected}
    assert [hit["rank"] for hit in answer["hits"]] == [2, 3]
    for hit in answer["hits"]:
        assert list(hit) == ["rank", "score", "percent", "id", "docid",
                             "title", "title_highlights", "authors", "date",
                             "language", "source", "line", "snippets"]
        for key in ("title", "authors", "date"):
            assert hit[key] == rows[place(hit)][key]
        assert hit["language"] == "en"
        assert re.fullmatch("[0-9a-f]{32}", hit["id"])
        assert 0 < hit["percent"] <= 100 and hit["score"] > 0
        for snippet in hit["snippets"]:
            assert list(snippet) == ["text", "highlights"]


def test_text_is_a_few_lines_an_article(byline, fixture_db, expected):
    (row,) = [r for r in expected if r["title"] ==
              "School budget: laptops for 1,140, buckets for two roofs"]
    done = byline("search", "--db", fixture_db, "--limit", 1,
                  "title:laptops title:buckets")
    title, origin, snippet, ident = done.stdout.splitlines()
    assert title == f"1. {row['title']}"
    assert origin == ("    Winifred Adeyo-Cole, May June and Anjali Thorncroft"
                      f" · 2020-10-20 · {row['source']}:{row['line']}")
    assert snippet.startswith("    A third of the children")
    assert re.fullmatch("    id [0-9a-f]{32}", ident)
    assert done.stderr == ""


def test_more_than_is_shown_is_said(byline, fixture_db, expected):
    count = sum(map(every("ferry"), expected))
    done = byline("search", "--db", fixture_db, "--limit", 2, "ferry")
    assert done.stderr == f"byline: {count} articles found, 2 shown\n"
    assert done.stdout.count("    id ") == 2


def test_nothing_found_is_status_1(byline, fixture_db):
    done = byline("search", "--db", fixture_db, "zeppelin")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "byline: nothing found\n"
    json = byline("search", "--db", fixture_db, "--format", "json", "zeppelin")
    assert (json.returncode, json.json["hits"]) == (1, [])


def test_count_prints_a_number(byline, fixture_db, expected):
    for query in ("strike", "zeppelin"):
        count = sum(map(every(query), expected))
        done = byline("search", "--db", fixture_db, "--count", query)
        assert (done.returncode, done.stdout, done.stderr) == (
            0 if count else 1, f"{count}\n", "")


def test_count_is_exact_where_a_search_estimates(byline, tmp_path):
    """Most articles are of one day, which no estimate foresees."""
    db, counts = tmp_path / "db", {"1990-01-01": 1, "2017-11-14": 1500,
                                   "2020-12-31": 500}
    for date, count in counts.items():
        write(tmp_path / f"in/{date}.txt", digest(date, *stories(count)))
    assert byline("index", "--db", db, tmp_path / "in").returncode == 0
    days = ["--since", "2017-11-01", "--until", "2017-12-24"]
    total = byline("search", "--db", db, "--format", "json", *days).json["total"]
    assert not total["exact"] and total["value"] != 1500
    done = byline("search", "--db", db, "--count", *days)
    assert done.stdout == "1500\n"


@pytest.mark.parametrize("query", ["strike AND", "OR strike", "strike XOR",
                                   "year:soon", "month:may", "date:someday",
                                   "date:2016..someday", "date:2016-02-30",
                                   "date:2016-13", "date:2016-13..2017",
                                   "date:2017..2016", "date:2016...2017",
                                   "date:2016..2017..2018", "year:0000",
                                   "year:201", "year:2016..2017",
                                   "month:2016-13", "month:2016-00",
                                   "month:20-1610", "month:2016-1",
                                   'date:"3 weeks from now"'])
def test_a_query_that_makes_no_sense_is_an_error(byline, fixture_db, query):
    refused(byline("search", "--db", fixture_db, query))


def test_a_query_is_needed(byline, fixture_db):
    refused(byline("search", "--db", fixture_db), "byline help search")


def test_several_databases_are_searched_as_one(byline, tmp_path):
    databases = []
    for n in (1, 2):
        path = write(tmp_path / f"{n}.txt", digest(
            f"2017-11-{n:02}", article(f"Matter {n} is talked about", "Cora "
                                       "Lindqvist", HABIT.format(f"it {n}"))))
        databases += ["--db", tmp_path / f"{n}.db"]
        assert byline("index", *databases[-2:], path).returncode == 0
    done = byline("search", *databases, "--sort", "date", "--format", "json",
                  "committee")
    assert [hit["date"] for hit in done.json["hits"]] == ["2017-11-01",
                                                          "2017-11-02"]
    export = byline("export", *databases)
    assert {row["id"] for row in export.rows} == {
        hit["id"] for hit in done.json["hits"]}
    refused(byline("search", *databases, "--db", tmp_path / "none", "matter"),
            tmp_path / "none")
