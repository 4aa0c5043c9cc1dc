"""Files that change while they are read, folders that refuse, full disks."""
import fcntl
import json
import os
import resource
import shutil
import signal
import subprocess
import tempfile
import pathlib

import pytest

from archive import digest, documents, stories, titles, titles_of, write
from conftest import BYLINE

PIPE_SIZE = 4096


def start(*command, full):
    """Starts the command with a small pipe as its stdout or stderr: it stands
    still when that is full, until somebody reads."""
    ends = os.pipe()
    fcntl.fcntl(ends[1], fcntl.F_SETPIPE_SZ, PIPE_SIZE)
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE,
               full: ends[1]}
    process = subprocess.Popen([BYLINE, *command], **streams)
    os.close(ends[1])
    return process, open(ends[0], "rb")


def test_a_file_that_vanishes_before_it_is_opened(byline, tmp_path):
    """Notices about files that are no archives fill the pipe and stop the
    command in the middle of the folder."""
    folder, db = tmp_path / "folder", tmp_path / "db"
    for n in range(200):
        write(folder / f"a{n:03}.bin", b"\x01\x02\x03" * 50)
    vanishing = write(folder / "v.txt", digest("2017-11-14", *stories(2)))
    write(folder / "w.txt", digest("2017-11-15", *stories(3)))
    process, stderr = start("index", "--db", db, folder, full="stderr")
    first = stderr.readline()
    assert b"skipped" in first
    vanishing.unlink()
    rest = stderr.read().decode()
    out, _ = process.communicate(timeout=60)
    assert len(rest) > PIPE_SIZE, "the pipe was never full"
    assert process.returncode == 2
    assert f"byline: {vanishing}: " in rest
    assert b"1 file could not be read\n" in out
    assert titles(byline, db) == sorted(titles_of(3))


def test_a_file_that_vanishes_while_it_is_read(byline, tmp_path):
    """What is open stays readable; nothing is lost, nothing is said."""
    path = write(tmp_path / "a.txt", digest("2017-11-14", *stories(9000)))
    process, stdout = start("read", path, full="stdout")
    first = stdout.readline()
    path.unlink()
    rows = [first, *stdout.read().splitlines()]
    _, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, b"")
    assert [json.loads(row)["title"] for row in rows] == titles_of(9000)


def test_a_file_that_is_cut_while_it_is_read(byline, tmp_path):
    path = write(tmp_path / "a.txt", digest("2017-11-14", *stories(9000)))
    whole = byline("read", path)
    process, stdout = start("read", path, full="stdout")
    first = stdout.readline()
    os.truncate(path, path.stat().st_size * 9 // 10)
    rest = stdout.read()
    _, err = process.communicate(timeout=60)
    assert process.returncode == 2
    assert err.decode().startswith(f"byline: {path}")
    rows = (first + rest).decode().splitlines()
    assert 1000 < len(rows) < 9000
    assert rows == whole.stdout.splitlines()[:len(rows)], "a cut article"


def test_a_database_that_changes_while_it_is_exported(byline, tmp_path):
    """The full pipe holds the export in the middle of the database. Pages
    that it has yet to read are gone after the second change: the articles that
    are left are given as they are then."""
    path, db = tmp_path / "a.txt", tmp_path / "db"
    write(path, digest("2017-11-14", *stories(3000)))
    assert byline("index", "--db", db, path).returncode == 0
    process, stdout = start("export", "--db", db, full="stdout")
    first = stdout.readline()
    assert json.loads(first)["title"] == titles_of(1)[0]
    for room in ("lower room", "yard", "garden"):
        text = digest("2017-11-14", *stories(3000))
        write(path, text.replace("upper room", room))
        assert ", 3000 replaced" in byline("index", "--db", db, path).stdout
    rows = stdout.read().splitlines()
    _, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, b"")
    assert [json.loads(row)["title"] for row in rows] == titles_of(3000)[1:]
    assert b"garden" in rows[-1] and b"upper room" in rows[0]


# ---- Permissions -----------------------------------------------------------

@pytest.fixture
def stranger():
    """stranger(arguments...) runs byline as somebody whom permissions bind;
    stranger.folder is a folder where that user may do anything."""
    prefix = []
    if os.geteuid() == 0:
        prefix = ["setpriv", "--reuid=65534", "--regid=65534",
                  "--clear-groups"]
        if not shutil.which("setpriv"):
            pytest.skip("root can't be refused, and setpriv is not installed")

    def run(*arguments):
        return subprocess.run(
            [*prefix, BYLINE, *map(str, arguments)], capture_output=True,
            encoding="utf-8", timeout=60)

    if run("--version").returncode != 0:
        pytest.skip("root can't be refused, and the user nobody can't run "
                    "the command where it lies")
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o777)
        run.folder = pathlib.Path(folder)
        yield run
        for root, folders, _ in os.walk(folder):
            for name in folders:
                os.chmod(os.path.join(root, name), 0o700)


def test_a_file_without_permission_is_reported(byline, stranger):
    archive = stranger.folder / "archive"
    secret = write(archive / "secret.txt", digest("2017-11-14", *stories(2)))
    write(archive / "z.txt", digest("2017-11-15", *stories(3)))
    secret.chmod(0)
    db = stranger.folder / "db"
    done = stranger("index", "--db", db, archive)
    assert done.returncode == 2
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"byline: {secret}: ")
    assert "Permission denied" in line
    assert titles(byline, db) == sorted(titles_of(3))


def test_a_folder_without_permission_is_reported(byline, stranger):
    archive = stranger.folder / "archive"
    write(archive / "secret/a.txt", digest("2017-11-14", *stories(2)))
    write(archive / "z.txt", digest("2017-11-15", *stories(3)))
    (archive / "secret").chmod(0)
    db = stranger.folder / "db"
    done = stranger("index", "--db", db, archive)
    assert done.returncode == 2
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"byline: {archive / 'secret'}: ")
    assert titles(byline, db) == sorted(titles_of(3))


def test_shards_in_a_folder_that_cannot_be_read(byline, stranger):
    path = write(stranger.folder / "a.txt", digest("2017-11-14", *stories(2)))
    dark = stranger.folder / "dark"
    dark.mkdir()
    dark.chmod(0o333)
    done = stranger("index", "--db", dark / "db", "--shards", 2, path)
    assert (done.returncode, done.stderr) == (0, "")
    assert titles(byline, dark / "db") == sorted(titles_of(2))


def test_a_lock_that_cannot_be_opened(byline, stranger):
    """Without it another program could take the database between its being
    plain and having segments."""
    path = write(stranger.folder / "a.txt", digest("2017-11-14", *stories(2)))
    db = stranger.folder / "db"
    for n in range(2):
        write(path, digest("2017-11-14", *stories(2 + n)))
        assert stranger("index", "--db", db, "--builder", "glass",
                        path).returncode == 0
    assert (db / "XAPIANDB").exists()
    write(path, digest("2017-11-14", *stories(5)))
    (db / "flintlock").unlink()
    (db / "flintlock").touch(0o600)
    if os.geteuid() != 0:
        (db / "flintlock").chmod(0)
    done = stranger("index", "--db", db, path)
    assert done.returncode == 2
    (line,) = done.stderr.splitlines()
    assert "flintlock" in line and "Permission denied" in line
    assert titles(byline, db) == sorted(titles_of(3))


def test_a_folder_that_takes_no_database(stranger):
    path = write(stranger.folder / "a.txt", digest("2017-11-14", *stories(2)))
    shut = stranger.folder / "shut"
    shut.mkdir()
    shut.chmod(0o555)
    done = stranger("index", "--db", shut / "db", path)
    assert done.returncode == 2
    (line,) = done.stderr.splitlines()
    assert str(shut / "db") in line and "Permission denied" in line


def test_a_database_that_may_only_be_read_is_searched(byline, stranger):
    path = write(stranger.folder / "a.txt", digest("2017-11-14", *stories(2)))
    db = stranger.folder / "db"
    assert byline("index", "--db", db, path).returncode == 0
    for file in db.iterdir():
        file.chmod(0o444)
    db.chmod(0o555)
    assert stranger("search", "--db", db, "matter").returncode == 0
    refused = stranger("index", "--db", db, path)
    assert refused.returncode == 2 and str(db) in refused.stderr


# ---- No room left ----------------------------------------------------------

def small_files():
    """Writing beyond this fails as on a full disk."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))


def test_a_full_disk_loses_nothing_that_was_there(byline, tmp_path):
    db = tmp_path / "db"
    first = write(tmp_path / "a.txt", digest("2017-11-14", *stories(10)))
    second = write(tmp_path / "b.txt",
                   digest("2017-11-15", *stories(3000, first=11)))
    assert byline("index", "--db", db, first).returncode == 0
    full = subprocess.run(
        [BYLINE, "index", "--db", db, second], preexec_fn=small_files,
        capture_output=True, encoding="utf-8", timeout=60)
    assert full.returncode == 2
    assert full.stderr.startswith("byline: ") and str(db) in full.stderr
    assert "File too large" in full.stderr
    assert documents(db) == 10
    assert byline("check", "--db", db).returncode == 0
    assert byline("index", "--db", db, second).returncode == 0
    assert titles(byline, db) == sorted(titles_of(3010))
