"""Databases that are missing, locked or damaged: said clearly, status 2."""
import os
import shutil

import pytest
import xapian

from archive import digest, documents, refused, stories, write

READING = {"search": ["harbour"], "info": [], "export": [],
           "show": ["0123456789abcdef"]}


def archive(tmp_path):
    return write(tmp_path / "a.txt", digest("2017-11-14", *stories(3)))


def arguments(command, tmp_path):
    return [archive(tmp_path)] if command == "index" else READING[command]


@pytest.mark.parametrize("command", [*READING, "check"])
def test_a_missing_database_is_named(byline, tmp_path, command):
    db = tmp_path / "nowhere"
    refused(byline(command, "--db", db, *READING.get(command, [])), db,
            "no such database")
    assert not db.exists()


def test_a_database_in_a_missing_folder_is_not_made(byline, tmp_path):
    db = tmp_path / "missing/db"
    refused(byline("index", "--db", db, archive(tmp_path)), db,
            "No such file or directory")
    assert not db.parent.exists()


@pytest.mark.parametrize("command", [*READING, "index"])
@pytest.mark.parametrize("content", [b"", b"I am a letter, not a database.\n"])
def test_a_file_is_no_database(byline, tmp_path, command, content):
    db = write(tmp_path / "letter.txt", content)
    refused(byline(command, "--db", db, *arguments(command, tmp_path)), db)
    assert db.read_bytes() == content


@pytest.mark.parametrize("command", READING)
def test_an_empty_folder_is_no_database(byline, tmp_path, command):
    db = tmp_path / "db"
    db.mkdir()
    refused(byline(command, "--db", db, *READING[command]), db)


def test_a_locked_database_is_not_waited_for(byline, tmp_path):
    db, path = tmp_path / "db", archive(tmp_path)
    assert byline("index", "--db", db, path).returncode == 0
    lock = xapian.WritableDatabase(str(db), xapian.DB_OPEN)
    other = write(tmp_path / "b.txt", digest("2017-11-15", *stories(2, 4)))
    refused(byline("index", "--db", db, other), db, f"process {os.getpid()} (",
            "is writing to it", "try again")
    assert byline("search", "--db", db, "matter").returncode == 0
    lock.close()
    assert byline("index", "--db", db, other).returncode == 0
    assert documents(db) == 5


def cut(db, name, size):
    path = db / name
    assert path.stat().st_size > size
    os.truncate(path, size)


DAMAGE = {
    "version file cut": lambda db: cut(db, "iamglass", 10),
    "version file empty": lambda db: cut(db, "iamglass", 0),
    "version file gone": lambda db: (db / "iamglass").unlink(),
    "postings empty": lambda db: cut(db, "postlist.glass", 0),
    "postings cut": lambda db: cut(db, "postlist.glass", 100),
    "postings gone": lambda db: (db / "postlist.glass").unlink(),
    "documents overwritten": lambda db: (db / "docdata.glass").write_bytes(
        b"\xa5" * (db / "docdata.glass").stat().st_size),
}


@pytest.fixture
def damaged(fixture_db, tmp_path, request):
    db = tmp_path / "db"
    shutil.copytree(fixture_db, db)
    DAMAGE[request.param](db)
    return db


@pytest.mark.parametrize("command", [*READING, "index"])
@pytest.mark.parametrize("damaged", [d for d in DAMAGE if "doc" not in d],
                         indirect=True)
def test_a_damaged_database_is_refused(byline, tmp_path, damaged, command):
    done = byline(command, "--db", damaged, *arguments(command, tmp_path))
    refused(done, damaged)


@pytest.mark.parametrize("command", ["search", "export"])
@pytest.mark.parametrize("damaged", ["documents overwritten"], indirect=True)
def test_articles_that_can_not_be_read_are_an_error(byline, damaged, command):
    refused(byline(command, "--db", damaged, *READING[command]), damaged)


@pytest.mark.parametrize("damaged", DAMAGE, indirect=True)
def test_check_finds_the_damage(byline, damaged):
    refused(byline("check", "--db", damaged), damaged)


@pytest.mark.parametrize("command,arguments", [
    ("compact", ["new.db"]), ("check", []), ("check", ["--verbose"])])
def test_what_needs_the_files_says_so_of_a_remote_database(
        byline, tmp_path, command, arguments):
    """Nobody needs to listen there: it is refused before."""
    refused(byline(command, "--db", "remote:localhost:1", *arguments,
                   cwd=tmp_path), "remote:localhost:1: a remote database",
            "on the machine where the database is")
    refused(byline(command, "--db", "remote:nowhere", *arguments,
                   cwd=tmp_path), "remote:nowhere: not an address")
    assert list(tmp_path.iterdir()) == []
