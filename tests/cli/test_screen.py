"""Text for people on a terminal: wrapped, measured, coloured, harmless."""
import json
import re
import unicodedata

import pytest

from archive import refused, write
from terminal import on_terminal, squeezed, without_colour

ISOLATES = "\u2068\u2069"
URL = "https://www.example.org/tide/tables?port=tarnmouth&year=2021"
ROWS = [
    {"id": "ja", "title": "港の工事が遅れ、漁協は補償を求めて県庁へ向かう",
     "authors": ["山田花子"],
     "text": "港の工事が遅れている。漁業協同組合は県庁を訪れ、補償を求める"
             "要望書を提出した。工事は昨年の台風で中断し、再開の見通しは立って"
             "いないという。船が出せなければ生活ができない。"},
    {"id": "ar", "title": "إضراب عمال الميناء يدخل أسبوعه الثاني",
     "authors": ["ليلى حداد", "Ada Marlow"],
     "text": "دخل إضراب عمال الميناء أسبوعه الثاني من دون أن تلوح في الأفق أي "
             "تسوية بين النقابة (ABC Harbour) وإدارة الميناء في المدينة."},
    {"id": "th", "title": "ท่าเรือปิดหนึ่งสัปดาห์เพราะพายุ", "authors": [],
     "text": "ท่าเรือปิดหนึ่งสัปดาห์เพราะพายุ เรือต้องรออยู่นอกเขื่อนกันคลื่น "
             "ผู้จัดการท่าเรือกล่าวว่างานจะเริ่มใหม่ในวันอาทิตย์หากลมอ่อนลง"},
    {"id": "emoji", "title": "Kites 🎉 and 👩‍👩‍👧‍👦 from 🇳🇴", "authors":
     ["Ada Marlow"],
     "text": "Kites 🎉🎉🎉 drew families 👩‍👩‍👧‍👦 along the coast and visitors from 🇳🇴 "
             "and 🇸🇪 with ☂️ umbrellas and ❤️ hearts 👍🏽 for cafe\u0301s of "
             "Zu\u0308rich until the harbour lights went out one by one."},
    {"id": "evil", "title": "Kites \u202egnp.exe \u2066open", "authors":
     ["Mal\u202elory"], "text": "Kites have \u202d an override in the text."},
    {"id": "url", "title": "Kites ahead", "authors": ["Dov Hartmann"],
     "text": f"Kites are measured by the tables that everybody finds at {URL} "
             "or at the end of the northern quay, where they hang."},
    {"id": "long", "title": "Kites without end", "authors": [],
     "text": "Kites " + "loooong" * 40 + " end."}]


@pytest.fixture(scope="module")
def db(byline, tmp_path_factory):
    folder = tmp_path_factory.mktemp("screen")
    write(folder / "a.jsonl", "".join(json.dumps(row) + "\n" for row in ROWS))
    done = byline("index", "--db", folder / "db", folder / "a.jsonl")
    assert done.returncode == 0, done.stderr
    return folder / "db"


def shown(db, columns, *arguments, env=None):
    status, text = on_terminal("search", "--db", db, "--snippets", 3,
                               *arguments, columns=columns, env=env)
    assert status == 0
    return without_colour(text)


def cells(text):
    """Columns, counted apart from the program: by clusters that the test's
    texts are made of."""
    text = re.sub("👩‍👩‍👧‍👦|👍🏽|🇳🇴|🇸🇪|☂️|❤️", "宽", text)
    return sum(0 if unicodedata.category(c) in ("Mn", "Me", "Cf") else
               2 if unicodedata.east_asian_width(c) in "WF" else 1
               for c in text)


def without_isolates(text):
    return re.sub(f"[{ISOLATES}]", "", text)


@pytest.mark.parametrize("columns", [20, 41, 60, 61, 80, 100, 200])
def test_no_line_is_wider_than_the_terminal(db, columns):
    text = shown(db, columns, "--source", "*")
    assert text.count("id ") >= len(ROWS)
    for line in text.splitlines():
        assert cells(line) <= min(columns, 100), line


@pytest.mark.parametrize("columns", [20, 60, 200])
def test_wrapping_changes_only_spaces(byline, db, columns):
    plain = byline("search", "--db", db, "--snippets", 3, "kites NOT exe")
    assert squeezed(shown(db, columns, "kites NOT exe")) == (
        squeezed(plain.stdout))


def test_lines_are_filled(db):
    """A word goes to the next line only where it does not fit."""
    for columns in (40, 60, 90):
        lines = shown(db, columns, "kites measured").splitlines()
        body = [i for i, line in enumerate(lines) if line.startswith("    ")]
        for i in body[:-1]:
            if not lines[i + 1].startswith("    ") or re.search(
                    "·|jsonl", lines[i]):
                continue
            word = lines[i + 1].split()[0]
            if word != "id" and word not in URL:
                assert cells(lines[i]) + 1 + cells(word) > columns


def test_a_pipe_is_not_wrapped(byline, db):
    done = byline("search", "--db", db, "kites measured")
    assert [line for line in done.stdout.splitlines() if URL in line]
    assert max(map(len, done.stdout.splitlines())) > 100


def test_an_address_stays_whole_where_it_fits(db):
    for columns in (70, 80, 100):
        assert URL in shown(db, columns, "kites measured")


def test_the_terminal_knows_its_width_better_than_columns(db):
    env = {"COLUMNS": "50"}
    wide = shown(db, 90, "kites measured", env=env)
    assert wide == shown(db, 90, "kites measured")
    assert shown(db, 0, "kites measured", env=env) == (
        shown(db, 50, "kites measured"))
    for odd in ("", "0", "x", "-5"):
        assert shown(db, 0, "kites measured", env={"COLUMNS": odd}) == (
            shown(db, 80, "kites measured"))


def test_what_is_written_from_right_to_left_is_isolated(byline, db):
    text = shown(db, 50, "id:ar")
    lines = text.splitlines()
    for line in lines:
        depth = 0
        for c in line:
            depth += (c == "\u2068") - (c == "\u2069")
            assert depth in (0, 1)
            if unicodedata.bidirectional(c) in ("R", "AL"):
                assert depth == 1, line
        assert depth == 0
    origin = next(line for line in lines if "Marlow" in line)
    assert "\u2068ليلى حداد\u2069 and Ada Marlow" in origin
    plain = byline("search", "--db", db, "id:ar").stdout
    assert not set(ISOLATES) & set(plain)
    assert squeezed(without_isolates(shown(db, 50, "id:ar"))) == (
        squeezed(plain))
    assert not set(ISOLATES) & set(shown(db, 50, "id:url"))


def test_what_turns_the_direction_never_reaches_a_terminal(byline, db):
    text = shown(db, 80, "id:evil")
    assert "Kites gnp.exe open" in text and "Mallory" in text
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", text)
    json_title = byline("search", "--db", db, "--format", "json",
                        "id:evil").json["hits"][0]["title"]
    assert "\u202e" in json_title  # nothing is lost for programs


def test_nor_does_it_by_other_ways(byline, db):
    evil = "Mal\u202elory \u2067x"
    for arguments in (["search", "--facet", "author", "kites"], ["info"],
                      ["search", "--author", evil, "kites"],
                      ["search", "--since", evil], ["show", evil],
                      ["search", "--sort", evil, "x"], [evil]):
        database = [] if arguments == [evil] else ["--db", db]
        done = byline(*arguments, *database)
        if not {"show", "--facet"} & set(arguments):
            assert "Mal?" in done.stdout + done.stderr
        for text in (done.stdout, done.stderr,
                     on_terminal(*arguments, *database, stream="both")[1]):
            if "--facet" not in arguments or text is not done.stdout:
                assert not re.search("[\u202a-\u202e\u2066\u2067]", text)


def test_a_match_over_two_lines_is_marked_in_both(db):
    _, text = on_terminal("search", "--db", db, '"everybody finds at"',
                          columns=66)
    assert "\x1b" not in without_colour(text)
    for line in text.splitlines():
        starts = re.findall("\x1b\\[([0-9;]*)m", line)
        if starts:
            assert starts[-1] == "0", line  # nothing is open at a line's end


@pytest.mark.parametrize("when, tty, env, coloured", [
    ("auto", True, {}, True), ("auto", True, {"NO_COLOR": "1"}, False),
    ("always", True, {"NO_COLOR": "1"}, True), ("never", True, {}, False),
    ("always", False, {}, True), ("auto", False, {}, False)])
def test_colour_is_chosen(byline, db, when, tty, env, coloured):
    for command in (["search", "kites"], ["show", "url"]):
        arguments = [*command, "--db", db, "--color", when]
        text = (on_terminal(*arguments, env=env)[1] if tty
                else byline(*arguments, env=env).stdout)
        assert ("\x1b[1m" in text) == coloured
        assert ("\x1b[1;31m" in text) == (coloured and "search" in command)


def test_a_colour_must_be_known(byline, db):
    for command in ("search", "show"):
        refused(byline(command, "--db", db, "--color", "green", "url"),
                "--color", "green", f"byline help {command}")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_an_article_is_shown_wrapped(byline, db, row):
    plain = byline("show", "--db", db, row["id"]).stdout
    assert row["text"] in plain
    for columns in (20, 60, 200):
        status, text = on_terminal("show", "--db", db, row["id"],
                                   columns=columns)
        text = without_colour(text)
        assert status == 0
        assert all(cells(line) <= min(columns, 100)
                   for line in text.splitlines())
        if row["id"] != "evil":
            assert squeezed(without_isolates(text)) == squeezed(plain)
