"""Two that write to one database: the second says who the first one is, or
waits for it."""
import fcntl
import json
import os
import shutil
import signal
import struct
import subprocess
import threading
import time

import pytest
import xapian

from archive import digest, documents, refused, stories, write
from conftest import BYLINE

PATIENT = "600"  # no test waits for that long: the lock is given back


@pytest.fixture
def folder(byline, tmp_path):
    write(tmp_path / "papers/a.txt", digest("14 November 2017", *stories(3)))
    return tmp_path / "papers"


@pytest.fixture
def db(byline, tmp_path, folder):
    assert byline("index", "--db", tmp_path / "db", folder).returncode == 0
    write(folder / "b.txt", digest("15 November 2017", *stories(2, 4)))
    return tmp_path / "db"


def start(*args):
    return subprocess.Popen([str(BYLINE), *map(str, args)],
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                            text=True)


def finish(process):
    out, err = process.communicate(timeout=120)
    return process.returncode, out, err


def us():
    """What a message names this process."""
    return f"process {os.getpid()} ("


def test_the_holder_is_named(byline, db, folder):
    lock = xapian.WritableDatabase(str(db), xapian.DB_OPEN)
    refused(byline("index", "--db", db, folder), db, us(), "pytest",
            "is writing to it", "try again")
    refused(byline("synonyms", "--db", db, "--clear"), db, us())
    lock.close()
    assert byline("index", "--db", db, folder).returncode == 0


def test_a_lock_of_the_older_kind(byline, db, folder):
    """One of the process, as Xapian has it where those of files are missing."""
    with open(db / "flintlock", "w+b") as file:
        fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, 1)
        refused(byline("index", "--db", db, folder), db, us())


def test_a_lock_of_a_symbolic_link(byline, db, folder, tmp_path):
    link = tmp_path / "link"
    link.symlink_to(db)
    lock = xapian.WritableDatabase(str(db), xapian.DB_OPEN)
    refused(byline("index", "--db", link, folder), link, us())
    lock.close()


def test_a_holder_that_ends_is_waited_for(db, folder):
    lock = xapian.WritableDatabase(str(db), xapian.DB_OPEN)
    process = start("index", "--db", db, "--wait", PATIENT, folder)
    said = process.stderr.readline()
    assert said.startswith(f"byline: {db}: waiting for {us()}"), said
    lock.close()
    status, out, err = finish(process)
    assert (status, err) == (0, "")
    assert "2 added" in out and documents(db) == 5


def test_one_that_is_being_made_is_waited_for(byline, folder, tmp_path):
    db, building = tmp_path / "new", tmp_path / ".new.byline-new"
    building.mkdir()
    fd = os.open(building, os.O_RDONLY)
    fcntl.flock(fd, fcntl.LOCK_EX)
    process = start("index", "--db", db, "--wait", PATIENT, folder)
    assert f"waiting for {us()}" in process.stderr.readline()
    os.close(fd)
    assert finish(process)[0] == 0
    assert documents(db) == 3


def test_synonyms_wait_as_well(byline, db):
    lock = xapian.WritableDatabase(str(db), xapian.DB_OPEN)
    refused(byline("synonyms", "--db", db, "--wait", "0.3", "--clear"), us())
    process = start("synonyms", "--db", db, "--wait", PATIENT, "--clear")
    lock.close()
    assert finish(process) == (0, "", "")


def test_compacting_waits_as_well(byline, db, tmp_path):
    lock = xapian.WritableDatabase(str(db), xapian.DB_OPEN)
    refused(byline("compact", "--db", db), db, us(), "is writing to it")
    refused(byline("compact", "--db", db, "--wait", "0.3"), db, us())
    process = start("compact", "--db", db, "--wait", PATIENT)
    with pytest.raises(subprocess.TimeoutExpired):
        process.wait(0.5)
    lock.close()
    assert finish(process) == (0, "", "")
    assert documents(db) == 3
    building = tmp_path / ".small.byline-new"
    building.mkdir()
    fd = os.open(building, os.O_RDONLY)
    fcntl.flock(fd, fcntl.LOCK_EX)
    small = tmp_path / "small"
    refused(byline("compact", "--db", db, small), small, us())
    process = start("compact", "--db", db, "--wait", PATIENT, small)
    with pytest.raises(subprocess.TimeoutExpired):
        process.wait(0.5)
    os.close(fd)
    assert finish(process) == (0, "", "")
    assert documents(small) == 3


@pytest.mark.parametrize("to", [[], ["--shards", 2]], ids=["one", "shards"])
@pytest.mark.parametrize("written", ["plain", "segments", "shard"])
def test_what_is_copied_stands_still(byline, tmp_path, written, to):
    """What is written to meanwhile may be damaged where it is copied to, and
    nothing would tell."""
    db, copy = tmp_path / "db", tmp_path / "copy"
    options = ["--shards", 2] if written == "shard" else []
    for n in range(2 if written == "segments" else 1):
        byline("index", "--db", db, "--format", "jsonl", "--builder", "glass",
               *options, "-", input=rows(n * 100, 100))
    process = subprocess.Popen(
        [BYLINE, "index", "--db", db, "--format", "jsonl", "-"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    process.stdin.write(rows(1000, 300))
    process.stdin.flush()
    while not is_locked(db / "shard-1" if written == "shard" else db):
        assert process.poll() is None
        time.sleep(.01)
    refused(byline("compact", "--db", db, *to, copy),
            f"process {process.pid} (", "is writing to it")
    assert not copy.exists() and not list(tmp_path.glob(".*"))
    patient = start("compact", "--db", db, "--wait", PATIENT, *to, copy)
    with pytest.raises(subprocess.TimeoutExpired):
        patient.wait(0.5)
    process.communicate(timeout=120)
    assert finish(patient) == (0, "", "")
    assert documents(copy) == documents(db)
    assert byline("check", "--db", copy).returncode == 0


def test_each_shard_that_is_compacted_waits(byline, folder, tmp_path):
    db = tmp_path / "shards"
    assert byline("index", "--db", db, "--shards", 2, folder).returncode == 0
    lock = xapian.WritableDatabase(str(db / "shard-2"), xapian.DB_OPEN)
    refused(byline("compact", "--db", db), db / "shard-2", us())
    process = start("compact", "--db", db, "--wait", PATIENT)
    with pytest.raises(subprocess.TimeoutExpired):
        process.wait(0.5)
    lock.close()
    assert finish(process) == (0, "", "")


@pytest.mark.parametrize("command", [
    ["index", "PAPERS"], ["compact"], ["compact", "--shards", "3", "NEW"],
    ["synonyms", "--clear"]], ids=lambda words: "-".join(words[:2]))
def test_one_time_for_all(byline, folder, tmp_path, command):
    """What the first shard was waited for is not there for the second."""
    db, places = tmp_path / "shards", {"PAPERS": folder, "NEW": tmp_path / "new"}
    assert byline("index", "--db", db, "--shards", 2, folder).returncode == 0
    held = [xapian.WritableDatabase(str(db / f"shard-{n}"), xapian.DB_OPEN)
            for n in (1, 2)]
    name, *rest = command
    process = start(name, "--db", db, "--wait", 4,
                    *[places.get(word, word) for word in rest])
    if name == "index":  # the others wait without a word
        assert "waiting for" in process.stderr.readline()
    timers = [threading.Timer(seconds, one.close)
              for seconds, one in zip((3, 6), held)]
    for timer in timers:
        timer.start()
    status, _, err = finish(process)
    for timer in timers:
        timer.join()
    assert status == 2 and "when it has finished" in err


WHOLE = struct.pack("@hhqqi", fcntl.F_WRLCK, os.SEEK_SET, 1, 1, 0)


def lock_whole(db):
    """The lock of the database as a whole, until it is closed."""
    file = open(db / "flintlock", "a+b")
    fcntl.fcntl(file, fcntl.F_OFD_SETLK, WHOLE)
    return file


def is_locked(db):
    """Without taking it, be it only for a moment."""
    with open(db / "flintlock", "a+b") as file:
        found = fcntl.fcntl(file, fcntl.F_OFD_GETLK, WHOLE)
    return struct.unpack("@hhqqi", found)[0] != fcntl.F_UNLCK


def test_one_that_comes_later_does_not_stop_the_first(byline, folder, tmp_path):
    """It has the lock of the whole for a moment only, as it gets no other."""
    db = tmp_path / "db"
    db.mkdir()
    later = lock_whole(db)
    process = start("index", "--db", db, "--builder", "xapian", folder)
    while not (db / "iamglass").exists():
        assert process.poll() is None
        time.sleep(.01)
    time.sleep(.2)
    later.close()
    status, _, err = finish(process)
    assert (status, err) == (0, "")
    assert documents(db) == 3


def test_one_time_for_one_that_is_made_and_written_to(byline, folder, tmp_path):
    db, building = tmp_path / "db", tmp_path / ".db.byline-new"
    byline("index", "--db", building, folder)
    made = os.open(building, os.O_RDONLY)
    fcntl.flock(made, fcntl.LOCK_EX)
    written = []

    def publish():
        building.rename(db)
        written.append(xapian.WritableDatabase(str(db), xapian.DB_OPEN))
        os.close(made)

    process = start("index", "--db", db, "--wait", 4, folder)
    assert "waiting for" in process.stderr.readline()
    timers = [threading.Timer(2, publish),
              threading.Timer(5, lambda: written[0].close())]
    for timer in timers:
        timer.start()
    status, _, err = finish(process)
    for timer in timers:
        timer.join()
    assert status == 2 and "when it has finished" in err


def rows(start, count):
    return "".join(json.dumps({"id": f"i{n}", "title": f"Gulls {n}",
                               "text": f"Terns {n}. " * 200}) + "\n"
                   for n in range(start, start + count))


@pytest.mark.parametrize("builder", ["auto", "xapian"])
def test_nobody_has_it_while_it_gets_segments(byline, tmp_path, builder):
    """Xapian's lock is that of the first one, which changes."""
    db = tmp_path / "db"
    byline("index", "--db", db, "--format", "jsonl", "--builder", builder, "-",
           input=rows(0, 10))
    assert not is_locked(db)
    process = subprocess.Popen(
        [BYLINE, "index", "--db", db, "--format", "jsonl", "-"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    process.stdin.write(rows(10, 1000))
    process.stdin.flush()
    while not (db / "XAPIANDB").exists():
        assert process.poll() is None
        time.sleep(.01)
    time.sleep(.2)  # what is named no more has gone
    assert is_locked(db)
    refused(byline("index", "--db", db, "--format", "jsonl", "-", input=""),
            f"process {process.pid} (", "is writing to it")
    process.communicate(timeout=120)
    assert process.returncode == 0 and not is_locked(db)


def test_nobody_has_it_while_it_becomes_one(byline, tmp_path):
    db = tmp_path / "db"
    for n in range(2):
        byline("index", "--db", db, "--format", "jsonl", "--builder", "glass",
               "-", input=rows(n * 100, 100))
    assert (db / "XAPIANDB").exists()
    process = start("compact", "--db", db)
    while not (db / "iamglass").exists():
        assert process.poll() is None
        time.sleep(.01)
    assert is_locked(db)  # its segments are still there
    assert finish(process) == (0, "", "")
    assert not is_locked(db) and not (db / "XAPIANDB").exists()


def test_waiting_ends(byline, db, folder):
    lock = xapian.WritableDatabase(str(db), xapian.DB_OPEN)
    done = byline("index", "--db", db, "--wait", "0.3", folder)
    assert done.returncode == 2 and done.stdout == ""
    first, last = done.stderr.splitlines()
    assert "waiting for" in first and "is writing to it" in last
    lock.close()


@pytest.mark.parametrize("locked", [".", "shard-1", "shard-3"])
def test_an_interrupt_ends_the_waiting(byline, db, folder, locked):
    """One that waits for a shard, too, says so at once."""
    if locked != ".":
        shutil.rmtree(db)
        (folder / "b.txt").rename(folder / "b.later")
        byline("index", "--db", db, "--shards", 3, folder / "a.txt")
        (folder / "b.later").rename(folder / "b.txt")
    lock = xapian.WritableDatabase(str(db / locked), xapian.DB_OPEN)
    process = start("index", "--db", db, "--wait", "30", folder)
    assert f"waiting for {us()}" in process.stderr.readline()
    process.send_signal(signal.SIGINT)
    status, _, err = finish(process)
    assert status == 2 and "interrupted" in err
    lock.close()
    assert documents(db) == 3


@pytest.mark.parametrize("command", ["index", "compact", "synonyms"])
@pytest.mark.parametrize("value", [
    "", "soon", "-1", "0", "1e9", "1e1", "0x10", "inf", "nan", " 1", "+1", ".",
    "..5", "1.5.", "0.0001", "86401"])
def test_seconds_are_checked(byline, command, value):
    refused(byline(command, "--wait", value, "x"), "--wait",
            f"byline help {command}")


@pytest.mark.parametrize("value", [".5", "0.5", "5.", "007", "86400"])
def test_seconds_are_plain_numbers(byline, tmp_path, value):
    refused(byline("synonyms", "--db", tmp_path / "none", "--wait", value,
                   "--clear"), "none")
