"""Ctrl-C keeps what is complete; starting again finishes the work."""
import fcntl
import signal
import subprocess
import time

import pytest
from archive import contents, digest, documents, exported, stories
from conftest import BYLINE

# More than Xapian writes out at a time, so that an interrupt falls between
# what is on disk and what is in memory.
MANY = 24000


def start(db):
    return subprocess.Popen(
        [BYLINE, "index", "--db", db, "-"], stdin=subprocess.PIPE,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def interrupted_at(db, signal_number, before, after):
    """Indexes standard input; the signal comes when before has been taken, but
    for what a pipe holds."""
    process = start(db)
    process.stdin.write(before)
    process.send_signal(signal_number)
    try:
        process.stdin.write(after)
        process.stdin.close()
    except BrokenPipeError:
        pass
    process.stdin = None
    out, err = process.communicate(timeout=120)
    return process.returncode, out.decode(), err.decode()


def test_an_interrupt_keeps_what_is_complete(byline, tmp_path):
    db, undisturbed = tmp_path / "db", tmp_path / "undisturbed"
    text = digest("14 November 2017", *stories(MANY))
    middle = text.index("matter number 14000\n")
    status, out, err = interrupted_at(
        db, signal.SIGINT, text[:middle].encode(), text[middle:].encode())
    assert status == 2
    assert err.startswith("byline: interrupted") and str(db) in err
    kept = documents(db)
    assert 0 < kept < MANY
    assert f" {kept} added\n" in out
    assert byline("check", "--db", db).returncode == 0

    assert byline("index", "--db", undisturbed, "-", input=text).returncode == 0
    rows = exported(byline, undisturbed)
    assert len(rows) == MANY
    assert exported(byline, db) == rows[:kept]

    again = byline("index", "--db", db, "-", input=text)
    assert again.returncode == 0
    assert f": {MANY - kept} added, {kept} unchanged\n" in again.stdout
    assert contents(byline, db) == contents(byline, undisturbed)


def test_sigterm_does_the_same(byline, tmp_path):
    db = tmp_path / "db"
    text = digest("14 November 2017", *stories(2000))
    middle = text.index("matter number 1500\n")
    status, _, err = interrupted_at(
        db, signal.SIGTERM, text[:middle].encode(), text[middle:].encode())
    assert status == 2 and "interrupted" in err
    assert 0 < documents(db) < 2000


def lock_is_held(db):
    if not (db / "flintlock").exists():  # nobody has opened it to write
        return False
    with open(db / "flintlock", "r+b") as lock:
        try:
            fcntl.lockf(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return True
    return False


def test_a_second_interrupt_ends_at_once(byline, tmp_path):
    """Also one that waits for input that never comes."""
    db = tmp_path / "db"
    done = byline("index", "--db", db, "-",
                  input=digest("14 November 2017", *stories(3)))
    assert done.returncode == 0
    process = start(db)
    while not lock_is_held(db):  # then the first interrupt is waited for
        time.sleep(0.01)
    deadline = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < deadline:
        process.send_signal(signal.SIGINT)
        time.sleep(0.02)  # two that come together count as one
    process.kill()
    process.communicate()
    assert process.returncode == -signal.SIGINT
    assert documents(db) == 3
    assert byline("check", "--db", db).returncode == 0


@pytest.mark.parametrize("builder", ["auto", "xapian"])
def test_killed_while_xapian_makes_a_database(byline, tmp_path, builder):
    """Its tables are there, empty, and its version file is not yet."""
    db = tmp_path / "db"
    db.mkdir()
    for name in ("flintlock", "v.tmp", "postlist.glass", "termlist.glass"):
        (db / name).touch()
    done = byline("index", "--db", db, "--builder", builder, "-",
                  input=digest("6 May 2016", *stories(2)))
    assert (done.returncode, done.stderr) == (0, "")
    assert len(exported(byline, db)) == 2


def test_tables_with_content_are_left_alone(byline, tmp_path):
    db = tmp_path / "db"
    db.mkdir()
    (db / "postlist.glass").write_bytes(b"of somebody")
    done = byline("index", "--db", db, "-",
                  input=digest("6 May 2016", *stories(2)))
    assert done.returncode == 2 and "no Xapian database" in done.stderr
    assert (db / "postlist.glass").read_bytes() == b"of somebody"
