"""byline search --facet: what is counted, and how it is printed."""
import json
import re
import socket
import subprocess

import pytest
import xapian

from archive import refused, write

FIELDS = ["author", "year", "month", "language", "source", "keyword"]
ROWS = [
    {"id": "a", "authors": ["Ada Marlow", "Bruno Keel"], "date": "2017-11-14",
     "language": "en", "keywords": ["Harbour", "strike"]},
    {"id": "b", "authors": ["Ada Marlow"], "date": "2017-11",
     "language": "en", "keywords": ["harbour", "in\ttwo", "Harbour"]},
    {"id": "c", "authors": ["Cora Lindqvist"], "date": "2017",
     "language": "de", "keywords": []},
    {"id": "d", "authors": [], "date": "2018-01-02T08:00:00",
     "language": "de", "keywords": ["Harbour", "Harbour"]},
    {"id": "e", "authors": ["Ada Marlow", "Ada Marlow"],
     "keywords": ["Ångström"]},
]
COUNTS = {
    "author": [("Ada Marlow", 3), ("Bruno Keel", 1), ("Cora Lindqvist", 1)],
    "year": [("2017", 3), ("2018", 1)],
    "month": [("2017-11", 2), ("2018-01", 1)],
    "language": [("de", 2), ("en", 2)],
    "source": [("one.jsonl", 5)],
    "keyword": [("Harbour", 3), ("harbour", 1), ("in two", 1), ("strike", 1),
                ("Ångström", 1)],
}


def archive(folder, name="one.jsonl", rows=None):
    return write(folder / name, "".join(
        json.dumps({"title": f"Matter {row['id']}", "text": "Rope. 17.", **row})
        + "\n" for row in rows or ROWS))


@pytest.fixture(scope="module")
def db(byline, tmp_path_factory):
    folder = tmp_path_factory.mktemp("facets")
    archive(folder)
    done = byline("index", "--db", "db", "--language", "none", "one.jsonl",
                  cwd=folder)
    assert done.returncode == 0, done.stderr
    return folder / "db"


def facets(byline, db, *arguments):
    where = [part for path in (db if isinstance(db, list) else [db])
             for part in ("--db", path)]
    done = byline("search", *where, "--format", "json", "--limit", 0,
                  *arguments)
    assert done.returncode in (0, 1), done.stderr
    assert done.json["total"]["exact"]
    return {name: [(one["value"], one["count"]) for one in values]
            for name, values in done.json["facets"].items()}


@pytest.mark.parametrize("field", FIELDS)
def test_a_facet_counts_each_article_once_for_each_value(byline, db, field):
    assert facets(byline, db, "--facet", field) == {field: COUNTS[field]}


def test_several_facets_are_given_in_their_order(byline, db):
    found = facets(byline, db, "--facet", "year,keyword", "--facet", "author")
    assert list(found.items()) == [(name, COUNTS[name]) for name in
                                   ("year", "keyword", "author")]
    assert facets(byline, db, "--facet", ",".join(FIELDS)) == COUNTS


def test_a_facet_counts_all_that_is_found_and_no_more(byline, db):
    found = facets(byline, db, "--facet", "author,month,keyword", "--author",
                   "Ada Marlow", "--until", "2017")
    assert found == {"author": [("Ada Marlow", 2), ("Bruno Keel", 1)],
                     "month": [("2017-11", 2)],
                     "keyword": [("Harbour", 2), ("harbour", 1),
                                 ("in two", 1), ("strike", 1)]}
    assert facets(byline, db, "--facet", "year,author", "zeppelin") == {
        "year": [], "author": []}


def test_articles_with_most_of_the_words_are_counted_once(byline, db):
    """Nothing has all of these words: what is found instead is counted."""
    found = facets(byline, db, "--facet", ",".join(FIELDS), "rope 17 zeppelin")
    assert found == COUNTS
    assert facets(byline, db, "--strict", "--facet", "author",
                  "rope 17 zeppelin") == {"author": []}


@pytest.mark.parametrize("form", ["jsonl", "tsv", "ids", "trec"])
def test_formats_that_have_no_place_for_counts_say_so(byline, db, form):
    refused(byline("search", "--db", db, "--facet", "year", "--format", form,
                   "rope"), "--facet is for", "json")


def test_the_most_frequent_are_listed(byline, db):
    found = facets(byline, db, "--facet", "author:1,keyword:2,year:0")
    assert found == {name: COUNTS[name][:limit or 99] for name, limit in
                     (("author", 1), ("keyword", 2), ("year", 0))}
    assert facets(byline, db, "--facet", "author:1", "--facet", "author:2") \
        == {"author": COUNTS["author"][:2]}


def test_ten_values_are_listed_unless_told(byline, tmp_path):
    archive(tmp_path, rows=[{"id": str(n), "keywords": [f"k{n:02}"]}
                            for n in range(12)])
    assert byline("index", "--db", tmp_path / "db",
                  tmp_path / "one.jsonl").returncode == 0
    keywords = [(f"k{n:02}", 1) for n in range(12)]
    for facet, count in (("keyword", 10), ("keyword:0", 12)):
        assert facets(byline, tmp_path / "db", "--facet", facet) == {
            "keyword": keywords[:count]}


def test_text_has_the_counts_below_the_articles(byline, db):
    done = byline("search", "--db", db, "--limit", 1, "--facet",
                  "author:2,language", "language:en")
    lines = done.stdout.splitlines()
    assert lines[0].startswith("1. Matter ") and lines[4:] == [
        "", "author", "    2  Ada Marlow", "    1  Bruno Keel", "", "language",
        "    2  en"]
    assert done.stderr == "byline: 2 articles found, 1 shown\n"


def test_text_aligns_counts_and_says_what_is_left_out(byline, tmp_path):
    archive(tmp_path, rows=[{"id": str(n), "keywords": ["rope"] if n else
                             ["knot"]} for n in range(12)])
    assert byline("index", "--db", tmp_path / "db",
                  tmp_path / "one.jsonl").returncode == 0
    for facet, lines in (("keyword", ["    11  rope", "     1  knot"]),
                         ("keyword:1", ["    11  rope", "        1 more"]),
                         ("author", ["    none"])):
        done = byline("search", "--db", tmp_path / "db", "--limit", 0,
                      "--facet", facet)
        assert done.stdout.splitlines() == [facet.split(":")[0], *lines]


@pytest.mark.parametrize("value", ["colour", "Author", "year,colour:3", "",
                                   "year,", ":3", "authors"])
def test_a_facet_that_is_none_lists_those_there_are(byline, db, value):
    refused(byline("search", "--db", db, "--facet", value, "rope"), "--facet",
            *(FIELDS if value else []), "byline help search")


@pytest.mark.parametrize("value", ["year:", "year:x", "year:-1", "year:1:2",
                                   "year:10000000", "year:99999999999999999999"])
def test_a_number_of_values_is_checked(byline, db, value):
    refused(byline("search", "--db", db, "--facet", value, "rope"), "--facet",
            "number", "byline help search")


# ---- Several databases -----------------------------------------------------

def doubled(counts):
    return {name: [(value, 2 * count) for value, count in values]
            for name, values in counts.items()}


def test_counts_of_several_databases_add_up(byline, db, tmp_path):
    archive(tmp_path)
    done = byline("index", "--db", "db", "--language", "none", "one.jsonl",
                  cwd=tmp_path)
    assert done.returncode == 0
    assert facets(byline, [db, tmp_path / "db"], "--facet",
                  ",".join(FIELDS)) == doubled(COUNTS)


@pytest.fixture
def remote(db):
    """The database behind a server of Xapian's."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port = s.getsockname()[1]
    server = subprocess.Popen(
        ["xapian-tcpsrv", "--interface", "127.0.0.1", "--port", str(port),
         str(db)], stdout=subprocess.PIPE, encoding="utf-8",
        start_new_session=True)  # it ends all of its group when it is ended
    while "Listening" not in (line := server.stdout.readline()):
        assert line, "xapian-tcpsrv does not start"
    yield f"remote:127.0.0.1:{port}"
    server.terminate()
    server.wait()


def test_a_remote_database_counts_as_well(byline, db, remote):
    every = ["--facet", ",".join(FIELDS)]
    assert facets(byline, remote, *every) == COUNTS
    assert facets(byline, [remote, db], *every) == doubled(COUNTS)
    assert facets(byline, [db, remote], "--sort", "-date", *every) \
        == doubled(COUNTS)


# ---- Databases of an earlier schema ----------------------------------------

def make_schema_2(path):
    """As byline 0.1 left them before schema 3."""
    db = xapian.WritableDatabase(str(path), xapian.DB_OPEN)
    for docid in [posting.docid for posting in db.postlist("")]:
        document = db.get_document(docid)
        document.remove_term("XSCHEMA3")
        for slot in (13, 14, 15):
            document.add_value(slot, b"")
        document.add_value(1, bytes(16))  # the version is part of the digest
        db.replace_document(docid, document)
    for key in list(db.metadata_keys("byline:file")):
        db.set_metadata(key.decode(), "")
    db.set_metadata("byline:schema", "2")
    db.close()


@pytest.fixture
def old(byline, tmp_path):
    archive(tmp_path)
    done = byline("index", "--db", "db", "--language", "none", "one.jsonl",
                  cwd=tmp_path)
    assert done.returncode == 0
    make_schema_2(tmp_path / "db")
    return tmp_path


def test_an_earlier_schema_is_searched_and_counted_as_far_as_it_goes(
        byline, old):
    found = facets(byline, old / "db", "--facet", "author,year,month", "rope")
    assert found == {name: COUNTS[name] for name in ("author", "year", "month")}


def counts_nothing(byline, *arguments):
    for field in ("language", "source", "keyword", "author,keyword"):
        yield refused(byline("search", *arguments, "--facet", field),
                      "earlier byline", "index the files again")


def test_an_earlier_schema_does_not_count_what_it_has_not(byline, old, db):
    for message in counts_nothing(byline, "--db", old / "db"):
        assert "5 articles were" in message
    for message in counts_nothing(byline, "--db", db, "--db", old / "db"):
        assert "5 articles were" in message


def test_a_mixture_does_not_count_either_until_all_is_indexed_again(
        byline, old):
    archive(old, "two.jsonl", [{"id": "f", "keywords": ["harbour"]}])
    done = byline("index", "--db", "db", "two.jsonl", cwd=old)
    assert "1 added" in done.stdout
    for message in counts_nothing(byline, "--db", old / "db"):
        assert "5 articles were" in message
    archive(old, "three.jsonl", ROWS[:4])
    done = byline("index", "--db", "db", "--language", "none", "three.jsonl",
                  cwd=old)
    assert re.search("4 (replaced|moved)", done.stdout), done.stdout
    for message in counts_nothing(byline, "--db", old / "db"):
        assert "1 article was" in message
    done = byline("index", "--db", "db", "--language", "none", "one.jsonl",
                  "two.jsonl", cwd=old)
    assert done.returncode == 0
    counted = dict(facets(byline, old / "db", "--facet", "keyword:0")["keyword"])
    assert counted == {**dict(COUNTS["keyword"]), "harbour": 2}
    again = byline("index", "--db", "db", "--language", "none", "one.jsonl",
                   cwd=old)
    assert "unchanged" in again.stdout
