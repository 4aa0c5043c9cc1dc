"""byline search: in which order, and why; byline similar."""
import datetime
import json
import math

import pytest

from archive import refused, write

ROWS = [
    {"id": "ferry-1", "title": "The ferry strike", "date": "2020-01-01",
     "text": "The ferry crews are on strike. The harbour is quiet."},
    {"id": "ferry-2", "title": "Timetables", "date": "2024-06-01",
     "text": "A ferry leaves at nine. The strike is over, crews say."},
    {"id": "crews", "title": "Crews", "date": "2019",
     "text": "Crews of the harbour met the pilots and the crews of tugs."},
    {"id": "bees-1", "title": "Bees on the roof", "date": "2021-05-05",
     "text": "The library keeps bees, and the bees keep the library warm."},
    {"id": "bees-2", "title": "Honey", "date": None,
     "text": "Honey from the roof of the library: bees have made it."},
    {"id": "wall", "title": "The wall", "date": "2021-05-06",
     "text": "The sea wall of the harbour leaks. High water, high speed."},
    {"id": "fast", "title": "A high-speed ferry", "date": "2022-02-02",
     "text": "It crosses the bay in an hour."},
] + [{"id": f"filler-{n}", "title": f"Matter {n}", "date": "2018-03-03",
      "text": f"The committee talked about matter {n} and went home."}
     for n in range(20)]


@pytest.fixture(scope="module")
def db(byline, tmp_path_factory):
    folder = tmp_path_factory.mktemp("ranking")
    source = write(folder / "rows.jsonl",
                   "".join(json.dumps(row) + "\n" for row in ROWS))
    done = byline("index", "--db", folder / "db", "--language", "en", source)
    assert done.returncode == 0, done.stderr
    return folder / "db"


@pytest.fixture
def search(byline, db):
    def run(*arguments, command="search"):
        done = byline(command, "--db", db, "--format", "json", "--limit", 100,
                      *arguments)
        assert done.returncode in (0, 1), done.stderr
        return done.json
    return run


def ids(results):
    return [hit["id"] for hit in results["hits"]]


# ---- Weights -----------------------------------------------------------------

def bm25(tf, length, average, documents, frequency, k1=1.6, b=0.5):
    """Xapian's BM25Weight, of a term that the query has once."""
    idf = math.log((documents - frequency + 0.5) / (frequency + 0.5))
    normal = max(length / average, 0.5)
    return idf * tf * (k1 + 1) / (k1 * ((1 - b) + b * normal) + tf)


@pytest.mark.parametrize("options,parameters", [
    ([], (1.6, 0.5)), (["--weight", "bm25"], (1.6, 0.5)),
    (["--weight", "bm25:1.2,0.75"], (1.2, 0.75)),
    (["--weight", "bm25:0.9,0.4"], (0.9, 0.4))])
def test_bm25_is_what_the_manual_says(search, db, options, parameters):
    import xapian
    database = xapian.Database(str(db))
    term = "Zharbour"
    scores = {}
    for posting in database.postlist(term):
        data = database.get_document(posting.docid).get_data().decode()
        name = dict(line.split("=", 1) for line in data.splitlines())["id"]
        scores[name] = bm25(
            posting.wdf, database.get_doclength(posting.docid),
            database.get_avlength(), database.get_doccount(),
            database.get_termfreq(term), *parameters)
    database.close()
    hits = search(*options, "harbour")["hits"]
    assert len(hits) == len(scores) == 3
    for hit in hits:
        assert hit["score"] == pytest.approx(scores[hit["id"]], rel=1e-6)


def test_repeated_words_count_as_often(search):
    """k3 is high: Xapian's own would let the second count for little."""
    once, twice = (search("--any", query)["hits"][0]["score"]
                   for query in ("harbour", "harbour harbour"))
    assert twice == pytest.approx(2 * once, rel=0.01)


@pytest.mark.parametrize("scheme", ["bm25+", "bm25+:1,0.3", "lm", "tfidf"])
def test_other_weights_find_the_same_articles(search, scheme):
    found = search("--weight", scheme, "--any", "ferry harbour")
    assert sorted(ids(found)) == sorted(ids(search("--any", "ferry harbour")))
    scores = [hit["score"] for hit in found["hits"]]
    assert scores == sorted(scores, reverse=True) and scores[0] > 0


def test_bool_weighs_nothing(search):
    found = search("--weight", "bool", "--any", "ferry harbour")
    docids = [hit["docid"] for hit in found["hits"]]
    assert docids == sorted(docids) and len(docids) == 5
    assert {hit["score"] for hit in found["hits"]} == {0}


@pytest.mark.parametrize("value", ["", "okapi", "bm25:", "bm25:1", "bm25:1,2",
                                   "bm25:-1,0.5", "bm25:nan,0.5", "lm:1,0.5",
                                   "bm25:1,0.5,3", "bm25: 1,0.5", "BM25"])
def test_bad_weights_are_refused(byline, value):
    refused(byline("search", "--weight", value, "x"), "--weight", "bm25:K1,B")


@pytest.mark.parametrize("k1", ["1e308", "1001"])
def test_parameters_beyond_reason_are_refused(byline, db, k1):
    refused(byline("search", "--db", db, "--weight", f"bm25:{k1},1", "ferry"),
            "k1 from 0 to 1000")


# ---- Recency -----------------------------------------------------------------

def test_recency_prefers_new_articles(search):
    words = ["--any", "harbour"]
    assert ids(search(*words))[0] != "wall"
    new = search("--recency", "1000", *words)
    assert ids(new)[0] == "wall"
    assert sorted(ids(new)) == sorted(ids(search(*words)))


def test_recency_halves_with_each_half_life(search):
    """The rest of a score is the date's: as much as the best match's, halved
    for each half-life."""
    plain = {hit["id"]: hit["score"] for hit in search("ferry")["hits"]}
    days = 700
    found = search("--recency", str(days), "ferry")["hits"]
    assert len(found) == 3
    for hit in found:
        date = datetime.date.fromisoformat(hit["date"])
        age = (datetime.datetime.now(datetime.timezone.utc).date() - date).days
        wanted = max(plain.values()) * 0.5 ** (age / days)
        # in steps of an eighth of a half-life
        assert 0.9 * wanted <= hit["score"] - plain[hit["id"]] <= 1.1 * wanted


def test_recency_alone_orders_by_date(search):
    found = search("--recency", "100", "--since", "2019")["hits"]
    dates = [hit["date"] for hit in found]
    assert dates[0] == "2024-06-01"


def test_an_article_without_a_date_gets_nothing(search):
    plain = {hit["id"]: hit["score"] for hit in search("library")["hits"]}
    found = {hit["id"]: hit["score"]
             for hit in search("--recency", "1000", "library")["hits"]}
    assert found["bees-2"] == pytest.approx(plain["bees-2"])
    assert found["bees-1"] > plain["bees-1"]


@pytest.mark.parametrize("value", ["", "0", "-3", "soon", "1e999", "3 weeks"])
def test_bad_half_lives_are_refused(byline, value):
    refused(byline("search", "--recency", value, "x"), "--recency",
            "number of days")


# ---- Expansion and proximity ---------------------------------------------------

def test_expansion_finds_what_first_matches_are_about(search):
    words = ["--any", "honey"]
    assert ids(search(*words)) == ["bees-2"]
    found = search("--expand", *words)
    assert ids(found)[:2] == ["bees-2", "bees-1"]
    assert "Zbee" in found["parsed"]


def test_expansion_of_all_words_changes_the_order_alone(search):
    plain, wide = search("ferry"), search("--expand", "ferry")
    assert sorted(ids(plain)) == sorted(ids(wide))
    assert plain["parsed"] != wide["parsed"]


def test_expansion_keeps_to_filters(search):
    found = search("--expand", "--any", "--since", "2021-05-06", "bees roof")
    assert "bees-1" not in ids(found)


@pytest.mark.parametrize("options", [["year:2021"], ["--weight", "bool", "bees"],
                                     ["--any", "--weight", "bool", "bees"]])
def test_expansion_learns_nothing_where_nothing_is_weighed(search, options):
    plain, wide = search(*options), search("--expand", *options)
    assert ids(plain) and wide["hits"] == plain["hits"]
    assert wide["parsed"] == plain["parsed"]


@pytest.mark.parametrize("query", ["zzzunknown", ""])
def test_expansion_of_nothing_is_nothing(search, query):
    plain = search("--any", "--since", "1900", query)
    wide = search("--any", "--expand", "--since", "1900", query)
    assert ids(plain) == ids(wide)


def test_proximity_prefers_neighbours(search):
    """wall has the words next to each other once more."""
    plain = {hit["id"]: hit["score"] for hit in search("sea wall")["hits"]}
    near = {hit["id"]: hit["score"]
            for hit in search("--proximity", "sea wall")["hits"]}
    assert plain.keys() == near.keys() == {"wall"}
    assert near["wall"] == pytest.approx(1.1 * plain["wall"], rel=0.05)


@pytest.mark.parametrize("query", ["ferry OR wall", '"sea wall"', "sea -ferry",
                                   "title:wall sea", "ferry", "the of"])
def test_proximity_leaves_other_queries_alone(search, query):
    plain, near = (search(*options, "--", query)
                   for options in ([], ["--proximity"]))
    assert near["parsed"] == plain["parsed"]


# ---- Most of the words ---------------------------------------------------------

def test_most_words_where_none_has_all(byline, db, search):
    found = search("ferry strike harbour zeppelin")
    assert found["relaxed"] and ids(found) == ["ferry-1"]
    found = search("ferry strike zeppelin submarine")
    assert found["relaxed"] and ids(found) == ["ferry-1", "ferry-2"]
    done = byline("search", "--db", db, "ferry zeppelin")
    assert done.returncode == 0
    assert "nothing has all of these words" in done.stderr


def test_strict_finds_nothing_instead(byline, db, search):
    found = search("--strict", "ferry zeppelin")
    assert not found["relaxed"] and ids(found) == []
    for options in (["--count"], ["--format", "ids"], ["--format", "tsv"],
                    ["--format", "trec"], ["--format", "jsonl"]):
        done = byline("search", "--db", db, *options, "ferry zeppelin")
        assert done.returncode == 1
        assert done.stdout == ("0\n" if options == ["--count"] else "")


@pytest.mark.parametrize("query,wanted", [
    ("ferry zeppelin -timetables", {"ferry-1", "fast"}),
    ("ferry zeppelin year:2024", {"ferry-2"}),
    ("title:ferry title:zeppelin", {"ferry-1", "fast"}),
    ('"sea wall" zeppelin', {"wall"}),
    ("ferry AND zeppelin", {"ferry-1", "ferry-2", "fast"}),
    ("the of zeppelin", set()), ("zeppelin", set()), ("zeppelin airship", set()),
    ("ferry NOT ferry", set()), ("zeppelin OR airship", set()),
])
def test_what_may_be_missing(search, query, wanted):
    found = search("--", query)
    assert set(ids(found)) == wanted
    assert found["relaxed"] == bool(wanted)


def test_filters_stay_where_words_may_be_missing(search):
    found = search("--since", "2022", "ferry strike harbour zeppelin")
    assert found["relaxed"] and ids(found) == ["ferry-2"]


def test_all_words_come_first(search):
    found = search("ferry strike")
    assert not found["relaxed"] and set(ids(found)) == {"ferry-1", "ferry-2"}


def test_many_words_of_which_most_are_missing(search):
    query = "ferry strike " + " ".join(f"zeppelin{n}" for n in range(60))
    found = search(query)
    assert found["relaxed"] and ids(found)[0] in ("ferry-1", "ferry-2")


# ---- Explanations --------------------------------------------------------------

@pytest.mark.parametrize("arguments", [
    ["--any", "ferry harbour"], ["ferry strike"], ["title:ferry crews"],
    ["--any", "ferry ferry harbour"], ["--expand", "--any", "honey"],
    ["--weight", "lm", "--any", "ferry wall"], ["ferr* strike"],
    ["--weight", "tfidf", "ferry"], ["--recency", "500", "ferry"],
    ["--proximity", "sea wall"], ["ferry strike zeppelin submarine"],
    ["ferry OR (strike AND zeppelin)"], ["ferry year:2020"]])
def test_terms_add_up_to_the_score(search, arguments):
    found = search("--explain", *arguments)
    assert found["hits"]
    for hit in found["hits"]:
        weights = [term["weight"] for term in hit["terms"]]
        assert sum(weights) == pytest.approx(hit["score"], rel=1e-3)
        assert weights == sorted(weights, reverse=True)


def test_terms_are_told_only_when_asked_for(search):
    assert all("terms" not in hit for hit in search("ferry")["hits"])


def test_explanations_for_people(byline, db):
    done = byline("search", "--db", db, "--explain", "ferry strike")
    assert done.stdout.startswith("Query((Zferri@1 AND Zstrike@2))\n\n1. ")
    assert "    score " in done.stdout and "Zferri " in done.stdout


@pytest.mark.parametrize("query,parsed", [
    ("year:2021", "Query(0 * Y2021)\n\n1. "),
    ("zeppelin", "Query(Zzeppelin@1)\n")])
def test_the_query_is_explained_whatever_it_finds(byline, db, query, parsed):
    done = byline("search", "--db", db, "--explain", query)
    assert done.stdout.startswith(parsed)


@pytest.mark.parametrize("form", ["tsv", "ids", "trec"])
def test_formats_that_can_explain_nothing_say_so(byline, db, form):
    refused(byline("search", "--db", db, "--explain", "--format", form, "x"),
            "--explain is for", "json")


# ---- Articles like one ---------------------------------------------------------

def test_similar_articles_without_the_article(search):
    found = ids(search("bees-1", command="similar"))
    assert found[0] == "bees-2" and "bees-1" not in found
    found = ids(search("ferry-1", command="similar"))
    assert found[0] == "ferry-2" and "ferry-1" not in found


def test_similar_articles_can_be_narrowed(search):
    found = ids(search("ferry-1", "strike", command="similar"))
    assert found == ["ferry-2"]
    found = ids(search("ferry-1", "--since", "2022-01-01", "--until", "2022",
                       command="similar"))
    assert found == ["fast"]


def test_similar_takes_the_beginning_of_an_id(byline, db):
    done = byline("similar", "--db", db, "--format", "ids", "filler-1")
    assert "filler-1\n" not in done.stdout  # the whole id, though others begin so
    done = byline("similar", "--db", db, "nothing-like-it")
    assert done.returncode == 1 and "nothing-like-it" in done.stderr
    refused(byline("similar", "--db", db), "give an id")


@pytest.mark.parametrize("format", ["text", "json", "jsonl", "tsv", "trec"])
def test_similar_has_the_formats_of_search(byline, db, format):
    done = byline("similar", "--db", db, "--format", format, "bees-1")
    assert done.returncode == 0 and "bees-2" in done.stdout
