"""What goes to a terminal, and what must never reach one."""
import json
import os
import re
import threading
import time
import urllib.parse
import zipfile

import pytest
import xapian

from archive import HABIT, article, digest, stories, write
from terminal import on_terminal, squeezed, without_colour

CONTROLS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f]")
TURNS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
ODD = f"kites{TURNS}\x7f\x80\x85\x9b\u2028\u2029!"


@pytest.mark.parametrize("arguments", [
    ["search", "harbour strike"], ["search", "--snippets", 3, "ferry"]])
def test_colour_adds_nothing_but_colour(byline, fixture_db, arguments):
    plain = byline(*arguments, "--db", fixture_db).stdout
    status, coloured = on_terminal(*arguments, "--db", fixture_db)
    assert status == 0
    assert "\x1b[" in coloured and "\x1b" not in plain
    assert squeezed(without_colour(coloured)) == squeezed(plain)


def test_marked_words_are_coloured(byline, fixture_db):
    _, coloured = on_terminal("search", "--db", fixture_db, "herring")
    pieces = re.findall("\x1b\\[1;31m([^\x1b]*)\x1b\\[0m", coloured)
    assert pieces and {p.lower() for p in pieces} == {"herring"}


@pytest.mark.parametrize("env", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_colour_can_be_switched_off(byline, fixture_db, env):
    plain = byline("search", "--db", fixture_db, "herring").stdout
    status, shown = on_terminal("search", "--db", fixture_db, "herring",
                                env=env)
    assert (status, squeezed(shown)) == (0, squeezed(plain))


def test_json_is_never_coloured(byline, fixture_db):
    _, text = on_terminal("export", "--db", fixture_db)
    assert text == byline("export", "--db", fixture_db).stdout


def test_progress_is_shown_and_wiped_on_a_terminal(tmp_path):
    path = write(tmp_path / "a.txt", digest("2017-11-14", *stories(50)))
    status, shown = on_terminal("index", "--db", tmp_path / "db", path,
                                stream="stderr")
    assert status == 0
    assert shown.startswith("\r") and " articles" in shown
    assert shown.endswith("\r\x1b[K")


def some_folder(folder):
    """Enough for progress to be shown more than once."""
    stories_ = stories(200)
    for i in range(20):
        write(folder / f"{i:03}.txt", digest(f"20{i:02}-11-14", *stories_))
    return folder


def test_progress_tells_files_articles_speed_and_time_left(tmp_path):
    folder = some_folder(tmp_path / "in")
    status, shown = on_terminal("index", "--db", tmp_path / "db", folder,
                                stream="stderr", pause=1.2)
    assert status == 0
    lines = [line for line in re.split("\r|\x1b\\[K", shown) if line]
    told = [re.fullmatch(r"(\d+) files, (\d+) articles, ([\d.]+) MB, "
                         r"([\d.]+) MB/s(?:, (?:(\d+):)?(\d+):(\d\d) left)?",
                         line)
            for line in lines if not line.startswith("counting: ")]
    assert told and all(told), lines
    assert any(match[6] for match in told)  # some minutes and seconds
    for column in (1, 2):
        numbers = [int(match[column]) for match in told]
        assert numbers == sorted(numbers) and numbers[-1] > 0


def test_progress_of_standard_input_knows_no_end(tmp_path):
    """Its text comes slowly: it need not be much for progress to be shown."""
    text = digest("2017-11-14", *stories(200))
    text = text if isinstance(text, bytes) else text.encode()
    source, sink = os.pipe()

    def feed():
        with os.fdopen(sink, "wb", buffering=0) as pipe:
            for i in range(10):
                pipe.write(text[len(text) * i // 10:len(text) * (i + 1) // 10])
                time.sleep(0.15)

    feeder = threading.Thread(target=feed)
    feeder.start()
    with os.fdopen(source, "rb") as stdin:
        status, shown = on_terminal("index", "--db", tmp_path / "db", "-",
                                    stream="stderr", stdin=stdin)
    feeder.join()
    assert status == 0 and " MB/s" in shown
    assert " left" not in shown and "counting" not in shown


def test_a_notice_is_not_written_into_the_line_of_progress(tmp_path):
    folder = tmp_path / "in"
    for name in "abc":
        write(folder / f"{name}.txt", digest("2017-11-14", *stories(200)))
        write(folder / f"{name}-broken.jsonl", b'{"title": "x", "text": "y"\n')
    _, shown = on_terminal("index", "--db", tmp_path / "db", folder,
                           stream="stderr")
    notices = [at.start() for at in re.finditer("byline: ", shown)]
    assert len(notices) == 3
    for at in notices:
        assert shown[:at].endswith(("\x1b[K", "\n"))


def test_nothing_is_told_of_progress_without_a_terminal(byline, tmp_path):
    done = byline("index", "--db", tmp_path / "db",
                  some_folder(tmp_path / "in"))
    assert done.returncode == 0 and done.stderr == ""


# ---- Control characters from strangers -------------------------------------

@pytest.fixture(scope="module")
def hostile(byline, tmp_path_factory):
    """A digest and a file name that try to speak to a terminal."""
    folder = tmp_path_factory.mktemp("hostile")
    path = write(folder / "a\x1b]0;owned\x07.txt", digest(
        "14 November 2017", article(
            "A title\x1b[31m in red\x07 letters", "Ada\x9b Marlow",
            HABIT.format("the bell\x07 and\x1b[2J the\x9b2J screen"))))
    done = byline("index", "--db", folder / "db", path)
    assert done.returncode == 0
    return folder


def test_articles_reach_a_terminal_clean(byline, hostile):
    db = hostile / "db"
    for arguments in (["search", "screen"], ["search", "title"], ["info"],
                      ["export"]):
        done = byline(*arguments, "--db", db)
        assert done.returncode == 0 and "Marlow" in done.stdout
        assert not CONTROLS.search(done.stdout)
    (row,) = byline("export", "--db", db).rows
    shown = byline("show", "--db", db, row["id"])
    assert "screen" in shown.stdout and not CONTROLS.search(shown.stdout)
    assert all(not CONTROLS.search(str(value).replace("\n", ""))
               for value in row.values())


def test_data_from_another_program_reaches_a_terminal_clean(byline, tmp_path):
    """A database can be written by anybody."""
    db = tmp_path / "db"
    path = write(tmp_path / "a.txt", digest("2017-11-14", *stories(1)))
    assert byline("index", "--db", db, path).returncode == 0
    (row,) = byline("export", "--db", db).rows
    theirs = xapian.WritableDatabase(str(db), xapian.DB_OPEN)
    document = theirs.get_document(1)
    data = document.get_data().replace(b"committee", b"com\x1b[31mmittee")
    assert b"\x1b" in data
    document.set_data(data)
    theirs.replace_document(1, document)
    theirs.close()
    for arguments in (["search", "matter"], ["show", row["id"]]):
        done = byline(*arguments, "--db", db)
        assert done.returncode == 0
        assert not CONTROLS.search(done.stdout)


def test_messages_reach_a_terminal_clean(byline, hostile, tmp_path):
    evil = "\x1b[31m\x9b2J"
    for arguments in (["read", tmp_path / f"no{evil}.txt"],
                      ["search", "--db", hostile / "db", "--author", evil],
                      ["search", "--db", hostile / "db", "--sort", evil],
                      ["search", "--db", tmp_path / evil, "x"],
                      ["search", "--db", hostile / "db", f"{evil} AND"],
                      ["show", "--db", hostile / "db", evil * 4],
                      [evil], ["search", f"--{evil}"],
                      ["index", "--db", tmp_path / "db", "--language", evil,
                       hostile]):
        done = byline(*arguments)
        assert done.returncode in (1, 2) and done.stderr
        assert not CONTROLS.search(done.stderr), arguments


def test_notices_reach_a_terminal_clean(byline, hostile):
    write(hostile / "b\x1b[31m\x9b.txt", b"")
    done = byline("read", hostile)
    assert done.stderr and not CONTROLS.search(done.stderr)


# ---- Names -----------------------------------------------------------------

EIGHT_BIT = "\udc9b31mraw\udc85"  # C1 as bytes that are no UTF-8


@pytest.fixture(scope="module")
def raw(byline, tmp_path_factory):
    folder = tmp_path_factory.mktemp("raw")
    write(folder / f"{EIGHT_BIT}.txt", digest("14 November 2017", *stories(1)))
    write(folder / f"{EIGHT_BIT}.jsonl", b"{bad\n")
    with zipfile.ZipFile(folder / "a.zip", "w") as archive:
        archive.writestr("x31mraw.jsonl", "{bad\n")
    path = folder / "a.zip"
    path.write_bytes(path.read_bytes().replace(b"x31mraw", b"\x9b31mraw"))
    path.rename(folder / f"{EIGHT_BIT}.zip")
    done = byline("index", "--db", folder / f"{EIGHT_BIT}.db", folder,
                  text=False)
    assert b"1 added" in done.stdout
    return folder


def is_text(*streams):
    """That it is UTF-8 without controls."""
    for stream in streams:
        assert not CONTROLS.search(stream.decode("utf-8"))
    return True


def test_names_that_are_no_text_reach_a_terminal_clean(byline, raw):
    db = raw / f"{EIGHT_BIT}.db"
    for arguments in (["read", raw], ["read", raw / f"{EIGHT_BIT}.none"],
                      ["search", "--db", db, "matter"],
                      ["search", "--db", db, "--explain", "matter"],
                      ["search", "--db", db, "--facet", "source", "matter"],
                      ["search", "--db", db, "--format", "json", "matter"],
                      ["info", "--db", db], ["info", "--db", db, "--db", db],
                      ["export", "--db", db],
                      ["search", "--db", db, f"x{EIGHT_BIT}"],
                      ["search", f"--{EIGHT_BIT}"], [EIGHT_BIT],
                      ["read", "--explain", raw]):
        done = byline(*arguments, text=False)
        assert done.stdout + done.stderr
        assert is_text(done.stdout, done.stderr), arguments
    done = byline("read", raw, text=False)
    assert b"?31mraw?.zip" in done.stderr and b"31mraw.jsonl" in done.stderr


@pytest.mark.parametrize("name", [
    "a/" * 1015, "\u00e9\u6e2f/" * 335, "x" + "\u00e9\u6e2f/" * 335],
    ids=["letters", "marks", "more"])
def test_a_message_is_whole_however_long_a_name_is(byline, tmp_path, name):
    def said(member):
        path = tmp_path / "hide.zip"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(member, "{bad\n")
        (line,) = byline("read", path).stderr.splitlines()
        before, found, message = line.partition(member)
        assert found and before == f"byline: {path}/"
        return message
    assert said(f"{name}x.jsonl") == said("x.jsonl") != ""


# ---- Data for programs -----------------------------------------------------

def rewritten(db, change):
    """A database can be written by anybody: its one document's data."""
    theirs = xapian.WritableDatabase(str(db), xapian.DB_OPEN)
    document = theirs.get_document(1)
    data = document.get_data()
    assert (changed := change(data)) != data
    document.set_data(changed)
    theirs.replace_document(1, document)
    theirs.close()


@pytest.fixture(scope="module")
def odd(byline, tmp_path_factory):
    """An article of which every value has all that acts on a terminal."""
    db = tmp_path_factory.mktemp("odd") / "db"
    row = {"id": "kite", "title": "kites HERE", "authors": ["HERE Doe"],
           "text": "HERE kites. And so on."}
    assert byline("index", "--db", db, "-", "--format", "jsonl",
                  input=json.dumps(row)).returncode == 0
    rewritten(db, lambda data: data.replace(b"HERE", ODD.encode()))
    return db


@pytest.mark.parametrize("arguments", [
    ["export"], ["show", "--format", "json", "kite"],
    ["search", "--format", "json", "kites"],
    ["search", "--format", "jsonl", "kites"],
    ["search", "--queries", "-", "--format", "json"]])
def test_json_escapes_what_acts_on_a_terminal(byline, odd, arguments):
    done = byline(*arguments, "--db", odd, input="q\tkites\n")
    assert done.returncode == 0, done.stderr
    assert not re.search(f"[\x7f-\x9f\u2028\u2029{TURNS}]", done.stdout)
    assert "\\u202e" in done.stdout and "\\u009b" in done.stdout
    row = done.json
    title = (row["hits"][0] if "hits" in row else row)["title"]
    assert title == f"kites {ODD}"  # nothing is lost
    if "-" not in arguments:
        assert on_terminal(*arguments, "--db", odd)[1].count("\\u202e") == (
            done.stdout.count("\\u202e"))


def test_what_is_read_is_escaped_too(byline, tmp_path):
    path = write(tmp_path / "a.jsonl", json.dumps(
        {"title": f"kites {TURNS}", "text": "An ebb."}))
    done = byline("read", path)
    assert not re.search(f"[{TURNS}]", done.stdout)
    assert done.json["title"] == f"kites {TURNS}"


STRANGE = "\x1b]0;x\x07" + ODD
ACTS = f"[\x00-\x08\x0b-\x1f\x7f-\x9f{TURNS}]"


@pytest.fixture(scope="module")
def strange(byline, tmp_path_factory):
    """An article of which every value, its id too, is from another program."""
    db = tmp_path_factory.mktemp("strange") / "db"
    row = {"id": "kiteHERE", "title": "kites HERE", "authors": ["HERE Doe"],
           "text": "An ebb."}
    assert byline("index", "--db", db, "-", "--format", "jsonl",
                  input=json.dumps(row)).returncode == 0
    rewritten(db, lambda data: data.replace(b"HERE", STRANGE.encode() + b"\x9b"))
    return db


@pytest.mark.parametrize("arguments", [
    ["--format", "tsv", "ebb"], ["--format", "ids", "ebb"],
    ["--format", "trec", "ebb"], ["ebb"], ["--queries", None],
    ["--queries", None, "--format", "trec"], ["--queries", None, "--count"]])
def test_rows_reach_a_terminal_clean(strange, tmp_path, arguments):
    queries = write(tmp_path / "q.tsv", f"q{TURNS}\x1b[31m\tebb\n")
    status, text = on_terminal("search", "--db", strange, *[
        word or queries for word in arguments])
    assert status == 0 and text
    assert not re.search(ACTS, without_colour(text))


def test_rows_are_exact_elsewhere(byline, strange):
    def rows(*arguments):
        return byline("search", "--db", strange, *arguments, "ebb",
                      text=False).stdout
    ident = b"kite" + STRANGE.encode() + b"\x9b"
    assert rows("--format", "ids") == ident + b"\n"
    assert rows("--format", "ids", "-0") == ident + b"\0"
    word = rows("--format", "trec").split(b" ")[2]
    assert urllib.parse.unquote_to_bytes(word) == ident
    assert not re.search(ACTS, word.decode())
    assert TURNS.encode() in rows("--format", "tsv")


def test_synonyms_reach_a_terminal_clean(byline, strange):
    text = (f"# {TURNS}\x1b[31m\x9b\r\ncar,\tautomo\u202ebile\n"
            "d\x1b[2Jog, hund\r\n")
    done = byline("synonyms", "--db", strange, "-", input=text.encode(),
                  text=False)
    assert (done.returncode, done.stderr) == (0, b"")
    done = byline("synonyms", "--db", strange, "--list", text=False)
    assert done.stdout == text.encode()
    status, shown = on_terminal("synonyms", "--db", strange, "--list")
    assert (status, shown.replace("\r", "")) == (
        0, "# ??????????[31m?\ncar,\tautomo?bile\nd?[2Jog, hund\n")


def test_an_analyzed_query_reaches_a_terminal_clean(byline):
    query = f"ferry\x1b[31m {TURNS} strike"
    status, shown = on_terminal("analyze", "--query", query)
    assert status == 0 and "ferry" in shown
    assert not re.search(ACTS, shown)
    done = byline("analyze", "--query", query)
    assert re.search(ACTS, done.stdout)
