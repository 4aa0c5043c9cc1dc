"""Files that are no archives, or broken: named, counted, and never in the way
of the others."""
import os
import re
import socket

import pytest

from archive import (HABIT, article, digest, exported, stories, titles,
                     titles_of, write)

GOOD = digest("14 November 2017", *stories(3))
GOOD_TITLES = sorted(titles_of(3))

NO_ARCHIVE = {
    "empty": b"",
    "blank": b"\n \t\n\n",
    "binary": bytes(range(256)) * 64,
    "utf16": "Buy milk and bread.\n".encode("utf-16"),
    "date-only": b"14 November 2017\n",
    "one-line": b"word " * 2_000_000,
}


@pytest.mark.parametrize("name", NO_ARCHIVE)
def test_a_named_file_without_articles_is_an_error(byline, tmp_path, name):
    bad = write(tmp_path / f"{name}.txt", NO_ARCHIVE[name])
    good = write(tmp_path / "good.txt", GOOD)
    db = tmp_path / "db"
    done = byline("index", "--db", db, bad, good)
    assert done.returncode == 2
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"byline: {bad}: ")
    assert "1 file could not be read\n" in done.stdout
    assert titles(byline, db) == GOOD_TITLES


@pytest.mark.parametrize("name", NO_ARCHIVE)
def test_the_same_file_in_a_folder_is_skipped(byline, tmp_path, name):
    folder, db = tmp_path / "folder", tmp_path / "db"
    bad = write(folder / f"{name}.txt", NO_ARCHIVE[name])
    write(folder / "good.txt", GOOD)
    done = byline("index", "--db", db, folder)
    assert done.returncode == 0
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"byline: {bad}: skipped: ")
    assert "1 file skipped: it holds no articles\n" in done.stdout
    assert titles(byline, db) == GOOD_TITLES


def test_nothing_at_all_is_status_1(byline, tmp_path):
    folder = tmp_path / "folder"
    write(folder / "empty.txt", b"")
    for command in (["read"], ["index", "--db", tmp_path / "db"]):
        assert byline(*command, folder).returncode == 1


def test_a_missing_file_is_named(byline, tmp_path):
    good = write(tmp_path / "good.txt", GOOD)
    db, missing = tmp_path / "db", tmp_path / "not-there.txt"
    done = byline("index", "--db", db, missing, good)
    assert done.returncode == 2
    assert f"byline: {missing}: " in done.stderr
    assert titles(byline, db) == GOOD_TITLES


# ---- What is no regular file ----------------------------------------------

def make_fifo(path):
    os.mkfifo(path)


def make_socket(path):
    """Through the folder's descriptor: a socket's path must be short."""
    folder = os.open(path.parent, os.O_RDONLY)
    with socket.socket(socket.AF_UNIX) as s:
        s.bind(f"/proc/self/fd/{folder}/{path.name}")
    os.close(folder)


@pytest.mark.parametrize("make", [make_fifo, make_socket])
def test_special_files_are_not_waited_for(byline, tmp_path, make):
    folder, db = tmp_path / "folder", tmp_path / "db"
    write(folder / "good.txt", GOOD)
    bad = folder / "a-special-one"
    make(bad)
    done = byline("index", "--db", db, folder)
    assert done.returncode == 0
    assert f"byline: {bad}: skipped: " in done.stderr
    assert titles(byline, db) == GOOD_TITLES
    named = byline("index", "--db", db, bad)
    assert named.returncode == 2
    assert f"byline: {bad}: " in named.stderr


def test_links_that_lead_in_circles_end(byline, tmp_path):
    folder, db = tmp_path / "folder", tmp_path / "db"
    write(folder / "sub/good.txt", GOOD)
    (folder / "sub/up").symlink_to(folder)
    (folder / "around").symlink_to(".")
    done = byline("index", "--db", db, folder)
    assert done.returncode == 0
    for link in ("around", "sub/up"):
        assert f"byline: {folder / link}: skipped: " in done.stderr
    assert titles(byline, db) == GOOD_TITLES


@pytest.mark.parametrize("target", ["itself", "not-there"])
def test_links_that_lead_nowhere_are_errors(byline, tmp_path, target):
    folder, db = tmp_path / "folder", tmp_path / "db"
    write(folder / "good.txt", GOOD)
    link = folder / "itself"
    link.symlink_to(target)
    done = byline("index", "--db", db, folder)
    assert done.returncode == 2
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"byline: {link}: ")
    assert titles(byline, db) == GOOD_TITLES


def test_names_that_begin_with_a_dot_are_passed_over(byline, tmp_path):
    folder = tmp_path / "folder"
    write(folder / "good.txt", GOOD)
    write(folder / ".hidden.txt", digest("14 November 2017", *stories(9)))
    write(folder / ".git/kept.txt", digest("14 November 2017", *stories(9)))
    done = byline("read", folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert sorted(row["title"] for row in done.rows) == GOOD_TITLES


def test_a_name_that_is_no_utf8_is_read(byline, tmp_path):
    path = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    with open(path, "wb") as file:
        file.write(GOOD.encode())
    db = tmp_path / "db"
    assert byline("index", "--db", db, tmp_path).returncode == 0
    assert titles(byline, db) == GOOD_TITLES
    again = byline("index", "--db", db, tmp_path)
    assert "1 file unchanged since last time\n" in again.stdout


# ---- Broken text -----------------------------------------------------------

@pytest.mark.parametrize("length", [64, 65, 245, 246, 300, 10_000, 1_000_000])
@pytest.mark.parametrize("letter", ["a", "é", "漢"])
def test_an_endless_word_costs_no_article(byline, tmp_path, length, letter):
    word = letter * (length // len(letter.encode()))
    path, db = tmp_path / "a.txt", tmp_path / "db"
    write(path, digest("14 November 2017", *stories(1), article(
        "A word without end", "Ada Marlow",
        HABIT.format(f"{word} and what follows"))))
    done = byline("index", "--db", db, path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "2 added" in done.stdout
    row = exported(byline, db)[1]
    assert word in row["text"]
    for query in ("endless OR follows", '"harbour office on tuesday"'):
        assert row["title"] in byline("search", "--db", db, query).stdout


@pytest.mark.parametrize("bad", [b"\0", b"\xff", b"\xc3", b"\xed\xa0\x80",
                                 b"\xf8\x88\x80\x80\x80", b"\xc0\xaf"])
def test_broken_bytes_are_replaced_and_counted(byline, tmp_path, bad):
    text = digest("14 November 2017", *stories(2), article(
        "A broken pen", "Bruno Keel", HABIT.format("the pen@ at last")))
    path = write(tmp_path / "a.txt", text.encode().replace(b"@", bad))
    db = tmp_path / "db"
    done = byline("index", "--db", db, path)
    assert done.returncode == 0
    assert f"byline: {path}:" in done.stderr and "repaired" in done.stderr
    assert re.search(r"^(1 broken character|[2-9] broken characters) replaced "
                     r"by U\+FFFD$", done.stdout, flags=re.M)
    assert titles(byline, db) == sorted([*titles_of(2), "A broken pen"])
    (row,) = [r for r in exported(byline, db) if r["title"] == "A broken pen"]
    assert row["text"].replace("\ufffd", "") == HABIT.format("the pen at last")
    assert "\ufffd" in row["text"]


def test_an_unclear_date_is_no_date(byline, tmp_path):
    path = write(tmp_path / "a.txt", digest("03/04/2020", *stories(2)))
    db = tmp_path / "db"
    done = byline("index", "--db", db, path)
    assert done.returncode == 0
    assert "1 date line is unclear" in done.stdout
    assert [row["date"] for row in exported(byline, db)] == [None, None]


def test_a_hostile_file_name_forges_nothing(byline, tmp_path):
    folder = tmp_path / "papers"
    name = "a\nauthor=Evil\ncaption=Faked\nurl=javascript:alert(1).txt"
    write(folder / name, digest("14 November 2017", *stories(1)))
    db = tmp_path / "db"
    assert byline("index", "--db", db, folder).returncode == 0
    row, = exported(byline, db)
    assert row["title"] == titles_of(1)[0]
    assert len(row["authors"]) == 1 and row["url"] is None
    assert byline("index", "--db", db, folder).stdout == (
        "1 file unchanged since last time\n")
