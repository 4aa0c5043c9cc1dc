"""The commands around index and search: show, export, info, analyze, compact,
check."""
import collections
import json
import os
import re
import shutil
import signal
import subprocess

import pytest
import xapian

from archive import article, digest, documents, refused, stories, write
from conftest import BYLINE, DIGESTS, SOURCE
from words import fold

KEYS = ["id", "title", "deck", "authors", "affiliation", "date", "language",
        "source", "line", "section", "keywords", "url", "text"]


@pytest.fixture(scope="module")
def rows(byline, fixture_db):
    done = byline("export", "--db", fixture_db)
    assert (done.returncode, done.stderr) == (0, "")
    return done.rows


# ---- show ------------------------------------------------------------------

def test_show_prints_an_article(byline, fixture_db, rows):
    row = next(r for r in rows if len(r["authors"]) == 2)
    done = byline("show", "--db", fixture_db, row["id"])
    assert (done.returncode, done.stderr) == (0, "")
    title, origin, ident, blank, text = done.stdout.split("\n", 4)
    assert title == row["title"]
    assert origin == (f"{' and '.join(row['authors'])} · {row['date']} · "
                      f"{row['source']}:{row['line']}")
    assert (ident, blank) == (f"id {row['id']}", "")
    assert text == row["text"] + "\n"


def test_show_gives_the_object_that_export_gives(byline, fixture_db, rows):
    for row in rows[::9]:
        done = byline("show", "--db", fixture_db, "--format", "json",
                      row["id"])
        assert done.json == row and list(done.json) == KEYS


def test_the_beginning_of_an_id_will_do(byline, fixture_db, rows):
    for length in (8, 12, 31):
        done = byline("show", "--db", fixture_db, "--format", "json",
                      rows[5]["id"][:length])
        assert done.json == rows[5]


@pytest.mark.parametrize("ident", ["0123456789abcdef", "", "x", "*", "é" * 99,
                                   "f" * 500])
def test_an_unknown_id_is_status_1(byline, fixture_db, ident):
    done = byline("show", "--db", fixture_db, ident)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("byline: no article has the id ")


def test_too_short_a_beginning_finds_nothing(byline, fixture_db, rows):
    assert byline("show", "--db", fixture_db,
                  rows[5]["id"][:7]).returncode == 1


def test_an_ambiguous_id_is_refused(byline, tmp_path):
    """Two hashes that begin alike are made by hand, as nobody can wait."""
    db = tmp_path / "db"
    path = write(tmp_path / "a.txt", digest("2017-11-14", *stories(2)))
    assert byline("index", "--db", db, path).returncode == 0
    writer = xapian.WritableDatabase(str(db), xapian.DB_OPEN)
    for docid in (1, 2):
        document = writer.get_document(docid)
        document.add_boolean_term(f"Q0123456789{docid}")
        writer.replace_document(docid, document)
    writer.close()
    refused(byline("show", "--db", db, "0123456789"), "0123456789", "several")
    assert byline("show", "--db", db, "01234567892").returncode == 0


# ---- export, info ----------------------------------------------------------

def test_export_is_what_read_prints_and_a_language(byline, fixture_db):
    files = sorted(str(p.relative_to(SOURCE)) for p in DIGESTS.glob("*.txt"))
    read = byline("read", *files, cwd=SOURCE)
    text = byline("export", "--db", fixture_db).stdout
    assert text.replace('"language":"en"', '"language":null') == read.stdout


@pytest.mark.parametrize("command", ["export", "info"])
def test_a_database_without_articles_is_status_1(byline, tmp_path, command):
    db, empty = tmp_path / "db", write(tmp_path / "folder/a.txt", b"")
    assert byline("index", "--db", db, empty.parent).returncode == 1
    assert byline(command, "--db", db).returncode == 1


def test_info_shows_segments(byline, tmp_path):
    """Of a database, of a folder of shards, and of each shard."""
    for name, options in (("one", []), ("shards", ["--shards", 2])):
        db = tmp_path / name
        for part, count in enumerate((60, 20)):
            path = write(tmp_path / f"{part}.txt",
                         digest("2017-11-14", *stories(count, 1000 * part)))
            byline("index", "--db", db, "--builder", "glass", *options, path)
        info = byline("info", "--db", db, "--format", "json").json
        parts = info["shards"] or [info]
        assert [part["segments"] for part in parts] == [2] * len(parts)
        assert info["segments"] == 2 * len(parts)
        text = byline("info", "--db", db).stdout
        assert len(re.findall(r", 2 segments\)|segments +2\n", text)) == len(
            parts), text


def spelling(name):
    """What the spellings of one name have in common."""
    return fold(name).replace(",", "").replace(".", "")


def test_info_counts(byline, fixture_db, expected):
    done = byline("info", "--db", fixture_db, "--format", "json")
    assert (done.returncode, done.stderr) == (0, "")
    info = done.json
    assert list(info) == ["articles", "average_length", "dated", "first_date",
                          "last_date", "languages", "authors", "author_total",
                          "bytes", "versions", "segments", "shards"]
    assert (info["segments"], info["shards"]) == (1, [])
    dates = [row["date"] for row in expected]
    authors = collections.Counter(
        spelling(a) for r in expected for a in r["authors"])
    assert info["articles"] == info["dated"] == len(expected)
    assert (info["first_date"], info["last_date"]) == (min(dates), max(dates))
    assert info["author_total"] == len(authors)
    top = [(a["value"], a["count"]) for a in info["authors"]]
    assert [count for _, count in top] == sorted(authors.values())[:-11:-1]
    assert all(authors[spelling(name)] == count for name, count in top)
    assert [row["value"] for row in info["languages"]] == ["en"]
    assert 0.9 * len(expected) < info["languages"][0]["count"] <= len(expected)
    assert info["average_length"] > 0
    assert info["bytes"] == sum(p.stat().st_size
                                for p in fixture_db.iterdir())
    assert xapian.version_string() in info["versions"]


def test_info_for_people_says_the_same(byline, fixture_db, expected):
    text = byline("info", "--db", fixture_db).stdout
    dates = [row["date"] for row in expected]
    assert f"articles    {len(expected)}\n" in text
    assert f"dates       {min(dates)} to {max(dates)} (" in text
    assert "most often  Zoë Hartnoll (7)\n" in text


def test_info_counts_languages(byline, tmp_path):
    db = tmp_path / "db"
    for code, number in (("de", 1), ("en", 2)):
        path = write(tmp_path / f"{code}.txt",
                     digest("2017-11-14", *stories(number, number)))
        assert byline("index", "--db", db, "--language", code,
                      path).returncode == 0
    info = byline("info", "--db", db, "--format", "json").json
    assert info["languages"] == [{"value": "en", "count": 2},
                                 {"value": "de", "count": 1}]


# ---- analyze ---------------------------------------------------------------

def tokens(byline, *arguments, **options):
    done = byline("analyze", "--format", "json", *arguments, **options)
    assert done.returncode == 0, done.stderr
    return done.json["tokens"]


def test_analyze_shows_terms_and_where_they_stand(byline):
    text = "Brigid’s café, C++ and 42,021 Łódź"
    found = tokens(byline, text)
    assert [list(t) for t in found] == [["term", "position", "start", "end",
                                         "kind"]] * len(found)
    data = text.encode()
    at = {t["term"]: data[t["start"]:t["end"]].decode() for t in found}
    for term, source in {"brigid's": "Brigid’s", "brigid": "Brigid’s",
                         "café": "café", "cafe": "café", "c++": "C++",
                         "c": "C++", "42021": "42,021",
                         "lodz": "Łódź"}.items():
        assert at[term] == source
    base = [t for t in found if t["kind"] == "base"]
    assert [t["position"] for t in base] == list(range(1, len(base) + 1))
    kinds = {t["term"]: t["kind"] for t in found if t["kind"] != "stem"}
    assert (kinds["brigid"], kinds["c"], kinds["42021"], kinds["cafe"]) == (
        "possessive", "bare", "digits", "folded")


def test_analyze_text_is_a_line_a_term(byline):
    done = byline("analyze", "two", "words")
    lines = [line.split("\t") for line in done.stdout.splitlines()]
    assert lines == [["1", "0", "3", "base", "two"],
                     ["1", "0", "3", "stem", "two"],
                     ["2", "4", "9", "base", "words"],
                     ["2", "4", "9", "stem", "word"]]


def test_analyze_reads_standard_input(byline):
    text = "Fünf Häuser\n" * 20000  # more than any buffer at once
    found = tokens(byline, "--language", "de", input=text)
    assert max(t["end"] for t in found) == len(text.encode()) - 1
    assert {"haus", "haeus"} == {t["term"] for t in found
                        if t["kind"] == "stem" and t["start"] == 6}


def test_analyze_without_stems_and_without_terms(byline):
    found = tokens(byline, "--language", "none", "running words")
    assert [(t["term"], t["kind"]) for t in found] == [
        ("running", "base"), ("words", "base")]
    done = byline("analyze", "--format", "json", "?! …")
    assert (done.returncode, done.json) == (1, {"tokens": []})
    refused(byline("analyze", "--language", "klingon", "x"), "klingon")


def test_analyze_reads_a_file(byline, tmp_path):
    path = write(tmp_path / "a text.txt", "Zwei Wörter\n")
    assert tokens(byline, "--file", path) == tokens(byline, "Zwei Wörter")
    assert tokens(byline, "--file", "-", input="one") == tokens(byline, "one")
    refused(byline("analyze", "--file", tmp_path), str(tmp_path), "directory")
    refused(byline("analyze", "--file", path.parent / "none"), "No such file")
    refused(byline("analyze", "--file", path, "words"), "not in both")
    empty = write(tmp_path / "empty", "")
    assert byline("analyze", "--file", empty).returncode == 1


def test_analyze_says_why_each_term_is_there(byline):
    text = ("Brigid’s cafe\u0301s, C++, 42,021 co-op Häuser Mueller @skerrow "
            "#Köln a.b@example.org http://example.org/Pier. 港の工事")
    found = tokens(byline, "--language", "de", text)
    whys = {(t["kind"], t["term"]) for t in found}
    assert whys >= {
        ("base", "brigid's"), ("possessive", "brigid"), ("nfc", "cafés"),
        ("folded", "cafes"), ("bare", "c"), ("digits", "42021"),
        ("solid", "coop"), ("spelled", "haeuser"), ("folded", "hauser"),
        ("stem", "haus"), ("spelled", "muller"), ("handle", "skerrow"),
        ("hashtag", "koln"), ("email", "a.b@example.org"),
        ("link", "example.org/pier"), ("word", "港"), ("word", "工事")}
    data = text.encode()
    wholes = [(t["kind"], data[t["start"]:t["end"]].decode(), t["position"])
              for t in found if t["position"] == 0]
    assert wholes == [("hashtag", "Köln", 0), ("handle", "skerrow", 0),
                      ("email", "a.b@example.org", 0),
                      ("link", "http://example.org/Pier"[7:], 0)]
    assert [t["position"] for t in found[:4]] == [0] * 4


def test_analyze_counts_words_without_spaces_by_themselves(byline):
    done = byline("analyze", "--language", "none", "#pier 港の工事 ok")
    rows = [line.split("\t") for line in done.stdout.splitlines()]
    assert [(row[0], row[3], row[4]) for row in rows] == [
        ("-", "hashtag", "pier"), ("1", "base", "pier"), ("w1", "word", "pier"),
        ("2", "base", "港の工事"), ("w2", "word", "港"), ("w3", "word", "の"),
        ("w4", "word", "工事"), ("3", "base", "ok"), ("w5", "word", "ok")]
    found = tokens(byline, "--language", "none", "港の工事")
    assert [t["position"] for t in found if t["kind"] == "word"] == [
        2 ** 27 + n for n in (1, 2, 3)]


def test_analyze_tells_the_language_that_it_finds(byline):
    for path in sorted((SOURCE / "fixtures/languages").glob("??.txt")):
        done = byline("analyze", "--language", "auto", "--file", path)
        code = {"nb": "no"}.get(path.stem, path.stem)
        assert done.stderr.startswith(
            f"byline: the language is {code} (confidence "), path
        found = byline("analyze", "--language", "auto", "--format", "json",
                       "--file", path).json
        assert (found["language"], 0.5 < found["confidence"] <= 1) == (
            code, True)
        assert found["tokens"] == tokens(byline, "--language", code, "--file",
                                         path)


def test_analyze_does_not_guess_a_language(byline):
    languages = SOURCE / "fixtures/languages"
    mixed = "\n".join((languages / name).read_text("utf-8")
                      for name in ("en.txt", "fi.txt"))
    for text in ("Die Brücke", mixed):
        done = byline("analyze", "--language", "auto", input=text)
        assert "the language is unknown (confidence 0." in done.stderr
        assert done.stdout == byline("analyze", input=text).stdout
        found = byline("analyze", "--language", "auto", "--format", "json",
                       input=text).json
        assert list(found) == ["language", "confidence", "tokens"]
        assert (found["language"], found["confidence"] < 1) == (None, True)


def test_analyze_refuses_options_that_do_not_go_together(byline):
    refused(byline("analyze", "--query", "--language", "auto", "x"), "language")
    refused(byline("analyze", "--exact-accents", "x"), "--query")
    refused(byline("analyze", "--file", "", "x"), "--file")


def test_analyze_shows_what_a_query_becomes(byline):
    for query, wanted in (('"the café" AND O’Neil', '"the cafe" AND o\'neil'),
                          ("plain +query -words*", "plain +query -words*")):
        done = byline("analyze", "--query", query)
        assert (done.returncode, done.stdout) == (0, wanted + "\n")
        done = byline("analyze", "--query", "--format", "json", query)
        assert done.json == {"query": query, "analyzed": wanted}


# ---- compact, check --------------------------------------------------------

def test_compact_makes_one_database_of_several(byline, tmp_path):
    sources = []
    for n, count in ((1, 5), (6, 3)):
        path = write(tmp_path / f"{n}.txt",
                     digest("2017-11-14", *stories(count, n)))
        sources += ["--db", tmp_path / f"{n}.db"]
        assert byline("index", *sources[-2:], path).returncode == 0
    together = tmp_path / "all.db"
    done = byline("compact", *sources, together)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert byline("check", "--db", together).stdout == "no faults found\n"
    assert documents(together) == 8
    assert sorted(byline("export", "--db", together).stdout.splitlines()) == (
        sorted(byline("export", *sources).stdout.splitlines()))
    again = byline("index", "--db", together, tmp_path / "1.txt",
                   tmp_path / "6.txt")
    assert "2 files unchanged since last time\n" in again.stdout


def test_compact_mixes_no_databases_that_are_made_otherwise(byline, tmp_path):
    """Xapian would keep what one of them says for the articles of both."""
    path = write(tmp_path / "1.txt", digest("2017-11-14", *stories(2, 1)))
    plain, ngrams = tmp_path / "plain", tmp_path / "ngrams"
    byline("index", "--db", plain, path)
    byline("index", "--db", ngrams, "--cjk-ngrams", path)
    for first, second in ((plain, ngrams), (ngrams, plain)):
        done = byline("compact", "--db", first, "--db", second,
                      tmp_path / "new")
        refused(done, second)
        assert "made with other n-grams than" in done.stderr
        assert not (tmp_path / "new").exists()
    done = byline("compact", "--db", ngrams, "--db", ngrams, tmp_path / "new")
    assert done.returncode == 0, done.stderr
    assert "CJK n-grams" in byline("info", "--db", tmp_path / "new").stdout


def test_compact_overwrites_nothing(byline, fixture_db, tmp_path):
    there = tmp_path / "there"
    shutil.copytree(fixture_db, there)
    refused(byline("compact", "--db", fixture_db, there), there)
    assert byline("check", "--db", there).returncode == 0
    letter = write(tmp_path / "letter.txt", "not a database")
    refused(byline("compact", "--db", fixture_db, letter), letter)
    assert letter.read_text() == "not a database"
    missing = tmp_path / "missing"
    refused(byline("compact", "--db", missing, tmp_path / "new"), missing)
    assert not (tmp_path / "new").exists()


def test_check_prints_xapians_report(byline, fixture_db):
    done = byline("check", "--db", fixture_db, "--verbose")
    assert done.returncode == 0
    assert "postlist" in done.stdout
    assert done.stdout.endswith("no faults found\n")


# ---- Where output goes -----------------------------------------------------

def test_a_closed_pipe_is_quiet(fixture_db):
    """More is printed than a pipe holds, and nobody reads it."""
    command = subprocess.Popen([BYLINE, "export", "--db", fixture_db],
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    json.loads(command.stdout.readline())
    command.stdout.close()
    assert command.stderr.read() == b""
    assert command.wait(timeout=60) != 0


def ignore_pipe():
    """As cron and other supervisors leave it to their programs."""
    signal.signal(signal.SIGPIPE, signal.SIG_IGN)


@pytest.mark.parametrize("arguments", [
    ["export"], ["search", "--snippets", 9, "ferry OR harbour"],
    ["search", "--format", "json", "harbour"], ["info"],
    ["read", DIGESTS / "1998-harbour.txt"],
    ["analyze", "--format", "json", "word " * 9999]], ids=lambda a: a[0])
def test_a_closed_pipe_is_quiet_where_its_signal_is_ignored(fixture_db,
                                                            arguments):
    ours, theirs = os.pipe()
    os.close(ours)
    done = subprocess.run([BYLINE, *map(str, arguments)], stdout=theirs,
                          stderr=subprocess.PIPE, preexec_fn=ignore_pipe,
                          restore_signals=False, timeout=60,
                          env={**os.environ, "BYLINE_DB": str(fixture_db)})
    os.close(theirs)
    assert done.stderr == b""
    assert done.returncode == 2


@pytest.mark.parametrize("arguments", [
    ["export"], ["info"], ["search", "harbour"], ["help", "search"],
    ["search", "--help"], ["--version"], ["analyze", "word"], ["check"],
    ["search", "--format", "json", "harbour"],
    ["read", DIGESTS / "1998-harbour.txt"]], ids=lambda a: a[0])
def test_a_full_disk_is_an_error(fixture_db, arguments):
    with open("/dev/full", "w") as full:
        done = subprocess.run([BYLINE, *arguments], stdout=full,
                              stderr=subprocess.PIPE, encoding="utf-8",
                              env={**os.environ, "BYLINE_DB": str(fixture_db)},
                              timeout=60)
    assert done.returncode == 2
    assert done.stderr == ("byline: cannot write to standard output: No space "
                           "left on device\n")


def test_why_a_large_article_can_not_be_written(byline, tmp_path):
    """It goes past the buffer, and nothing is left to be flushed."""
    path = write(tmp_path / "a.txt", digest("2017-11-14", *stories(1), article(
        "A long story", "Ada Marlow", "and so on " * 100_000)))
    assert len(byline("read", path).rows) == 2
    with open("/dev/full", "w") as full:
        done = subprocess.run([BYLINE, "read", path], stdout=full,
                              stderr=subprocess.PIPE, encoding="utf-8")
    assert done.returncode == 2
    assert done.stderr == ("byline: cannot write to standard output: No space "
                           "left on device\n")
