"""byline index of a new database while the disk fails, or the process ends, at
any moment: there is the whole database, or none, and the next run makes it."""
import json
import os
import pathlib
import random
import shutil
import signal
import subprocess

import pytest
import xapian

import state
from articles import make_articles, write_rows
from commands import DISK, calls as calls_of, environment, run
from conftest import BYLINE

ARTICLES = 220
MOMENTS = 10  # of each kind of fault


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    """Two files, the second with copies and other states of articles that the
    first has: those are changes to a database that is being built."""
    folder = tmp_path_factory.mktemp("archive")
    first = make_articles(1, ARTICLES)
    second = first[10:20] + [{**first[30], "text": "Another text."}]
    write_rows(folder / "a.jsonl", first)
    write_rows(folder / "b.jsonl", second + make_articles(2, 50))
    return folder


def index(archive, db, *args, fault=None, log=None, builder="auto", **options):
    # Memory for a fraction of it: several sorted runs are written.
    return run(["index", "--db", db, "--builder", builder, "--threads", "2",
                "--memory", "1M", *args, archive],
               env=environment(fault, log, folder=".byline-new"), **options)


def contents(db):
    """Every document with all its terms and positions, and the metadata but for
    the records of files."""
    database = xapian.Database(str(db))
    documents = [
        (posting.docid, document.get_data(),
         [(t.term, t.wdf, list(t.positer)) for t in document.termlist()],
         [(v.num, v.value) for v in document.values()])
        for posting in database.postlist("")
        for document in [database.get_document(posting.docid)]]
    metadata = [(key, database.get_metadata(key))
                for key in database.metadata_keys()]
    words = [(t.term, t.termfreq) for t in database.spellings()]
    database.close()
    return documents, metadata, words


@pytest.fixture(scope="module")
def whole(archive, tmp_path_factory):
    """What there must be, by the plain builder."""
    db = tmp_path_factory.mktemp("whole") / "db"
    done = index(archive, db, builder="xapian")
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    return contents(db)


@pytest.fixture(scope="module")
def calls(archive, whole, tmp_path_factory):
    """How often a build opens, writes, syncs, makes or renames something."""
    folder = tmp_path_factory.mktemp("calls")
    done = index(archive, folder / "db", log=folder / "log")
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    assert contents(folder / "db") == whole
    found = calls_of(folder / "log")
    assert sum("/runs-" in path for _, _, path in found) > 6
    return len(found)


def moments(calls, seed):
    """The first calls, the last ones, and some between."""
    rng = random.Random(seed)
    between = rng.sample(range(4, calls - 6), MOMENTS - 9)
    return [1, 2, 3, *sorted(between), *range(calls - 5, calls + 1)]


def check(db):
    """None, or one that Xapian finds nothing wrong with."""
    if not db.exists():
        return None
    assert xapian.Database.check(str(db)) == 0
    return contents(db)


def next_run(archive, db, whole):
    done = index(archive, db)
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    assert contents(db) == whole
    assert [p.name for p in db.parent.iterdir()] == [db.name]


@pytest.mark.parametrize("number", range(MOMENTS))
@pytest.mark.parametrize("action", ["ENOSPC", "EIO"])
def test_a_disk_that_fails(archive, whole, calls, tmp_path, action, number):
    db = tmp_path / "db"
    moment = moments(calls, action)[number]
    done = index(archive, db, fault=f"{action}:{moment}")
    found = check(db)
    lines = done.stderr.splitlines()
    if done.returncode == 0:
        # Only before anything was built: Xapian did it, and that is said.
        assert found == whole
        assert len(lines) == 1 and "built by Xapian" in lines[0], done.stderr
    else:
        assert done.returncode == 2 and done.stdout == ""
        assert len(lines) == 1 and lines[0].startswith("byline: ")
        # Xapian ends the process where it has no room to write its tables.
        within = action == "ENOSPC" and "ended within Xapian" in lines[0]
        assert within or any(words in lines[0] for words in (
            "No space left", "Input/output error", "not made")), lines[0]
        assert found in (None, whole)
    if "ended within" not in done.stderr:  # else the next run sees to that
        assert not (tmp_path / ".db.byline-new").exists(), lines
    next_run(archive, db, whole)


@pytest.mark.parametrize("number", range(MOMENTS))
def test_a_write_that_is_short_goes_on(archive, whole, calls, tmp_path, number):
    db = tmp_path / "db"
    done = index(archive, db, fault=f"SHORT:{moments(calls, 'SHORT')[number]}")
    assert (done.returncode, done.stderr) == (0, "")
    assert contents(db) == whole


@pytest.mark.parametrize("number", range(MOMENTS))
def test_a_process_that_is_killed(archive, whole, calls, tmp_path, number):
    db = tmp_path / "db"
    done = index(archive, db, fault=f"KILL:{moments(calls, 'KILL')[number]}")
    assert done.returncode == -signal.SIGKILL
    assert check(db) in (None, whole)
    next_run(archive, db, whole)


@pytest.mark.parametrize("number", range(MOMENTS))
def test_an_interrupt_keeps_what_is_complete(archive, whole, calls, tmp_path,
                                             number):
    db = tmp_path / "db"
    done = index(archive, db, fault=f"INT:{moments(calls, 'INT')[number]}")
    found = check(db)
    if done.returncode == 0:  # all had been read
        assert found == whole
    else:
        assert done.returncode == 2
        assert "interrupted: the articles so far are in" in done.stderr
        assert found is not None and len(found[0]) <= len(whole[0])
        for document, wanted in zip(found[0], whole[0]):
            assert document[0] == wanted[0]
    assert not (tmp_path / ".db.byline-new").exists()
    next_run(archive, db, whole)


@pytest.fixture(scope="module")
def first(archive, tmp_path_factory):
    """A file alone, of which all is written by the builder, and none by Xapian
    afterwards; what there must be of it, and the number of calls."""
    folder = tmp_path_factory.mktemp("first")
    one, db = archive / "a.jsonl", folder / "db"
    done = index(one, db, log=folder / "log")
    assert done.returncode == 0
    return one, contents(db), len(calls_of(folder / "log"))


def test_what_is_not_right_is_built_again(first, tmp_path):
    """A bit is wrong somewhere: --verify sees it, or it was never used."""
    archive, whole, calls = first
    again = 0
    for moment in range(calls // 4, calls - 4, calls // 10):
        db = tmp_path / f"db{moment}"
        done = index(archive, db, "--verify", fault=f"FLIP:{moment}")
        assert done.returncode == 0, done.stderr
        assert contents(db) == whole, moment
        assert done.stdout.startswith(f"{ARTICLES} articles in 1 file: "
                                      f"{ARTICLES} added"), done.stdout
        if done.stderr:
            assert "what was built is not right, and is built again" in (
                done.stderr) and "please report this" in done.stderr
            again += 1
    assert again > 2
    assert not list(tmp_path.glob(".*"))


def test_what_cannot_be_read_twice(first, tmp_path):
    archive, _, calls = first
    outcomes = []
    for moment in range(calls // 2, calls - 4, calls // 8):
        with open(archive, "rb") as text:
            done = index("-", tmp_path / f"db{moment}", "--verify",
                         fault=f"FLIP:{moment}", stdin=text)
        outcomes.append(done.returncode)
        if done.returncode:
            assert "index again with --builder xapian" in done.stderr
            assert "please report this" in done.stderr
            assert not (tmp_path / f"db{moment}").exists()
    assert 2 in outcomes
    assert not list(tmp_path.glob(".*"))


# ---- Shards ----


COMMANDS = (["search", "a"], ["export"], ["check"], ["compact"],
            ["synonyms", "--list"], ["synonyms", "--clear"])


def test_shards_that_are_not_all_there(archive, tmp_path):
    """Their names are known before: it is said what to do."""
    whole, db, log = tmp_path / "whole", tmp_path / DISK / "db", tmp_path / "log"
    db.parent.mkdir()
    command = ["--shards", "3", "--threads", "2", archive]
    assert run(["index", "--db", whole, *command]).returncode == 0
    assert run(["index", "--db", db, *command],
               env=environment(log=log)).returncode == 0
    named = [number + 1 for number, what, path in calls_of(log)
             if what == "rename" and not path.endswith("v.tmp")]
    # The stub, its folder, each shard, and that these are all.
    assert len(named) == 6
    missing = 0
    for moment in named:
        shutil.rmtree(db)
        run(["index", "--db", db, *command],
            env=environment(f"KILL:{moment}"))
        shards = [state.is_there(db / f"shard-{n}") for n in (1, 2, 3)]
        named_only = db.exists() and not all(shards)
        for name, *words in COMMANDS if named_only else ():
            missing += 1
            done = run([name, "--db", "db", *words], cwd=db.parent)
            assert done.returncode == 2 and done.stdout == ""
            assert done.stderr == (
                f"byline: db: its shard db/shard-{shards.index(False) + 1} "
                "is not there; if byline index was stopped while it made the "
                "database, index the same files again\n")
        done = run(["index", "--db", db, *command])
        assert (done.returncode, done.stderr) == (0, ""), done.stderr
        assert not state.differences(state.check(db), state.check(whole))
        assert "# all" in (db / "XAPIANDB").read_text()
        assert not state.leftovers(db)
    assert missing >= len(COMMANDS)


# ---- Real disks ----


@pytest.fixture
def small_disk(tmp_path):
    """A file system of 3 MB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(folder)],
        capture_output=True, text=True, check=False)
    if mounted.returncode != 0:
        pytest.skip(f"nothing can be mounted here: {mounted.stderr.strip()}")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


@pytest.mark.parametrize("builder", ["auto", "glass"])
def test_a_disk_that_is_full(archive, small_disk, builder):
    done = index(archive, small_disk / "db", builder=builder)
    assert done.returncode == 2 and "No space left" in done.stderr
    assert list(small_disk.iterdir()) == []


def test_a_disk_that_is_read_only(archive, small_disk):
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    done = index(archive, small_disk / "db")
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1 and str(small_disk) in done.stderr


@pytest.mark.skipif(os.geteuid() != 0, reason="only root becomes somebody else")
def test_a_folder_that_is_not_to_be_written_to(tmp_path):
    """Where the database's own folder may be written to, Xapian does it."""
    open_to_all = pathlib.Path("/tmp") / f"byline-crash-{os.getpid()}"
    archive, closed = open_to_all / "archive", open_to_all / "closed"
    try:
        for folder in (archive, closed, closed / "db"):
            folder.mkdir(parents=True)
        (archive / "a.jsonl").write_text(
            json.dumps(make_articles(3, 1)[0]) + "\n")
        os.chown(closed / "db", 65534, 65534)
        able = subprocess.run([str(BYLINE), "--version"], user=65534,
                              group=65534, capture_output=True, check=False)
        if able.returncode != 0:
            pytest.skip("nobody but root can run the program here")
        done = index(archive, closed / "db", user=65534, group=65534)
        assert done.returncode == 0 and "built by Xapian" in done.stderr
        assert "Permission denied" in done.stderr
        done = index(archive, closed / "other", user=65534, group=65534)
        assert done.returncode == 2 and str(closed) in done.stderr
        assert len(done.stderr.splitlines()) == 1
        assert [p.name for p in closed.iterdir()] == ["db"]
    finally:
        subprocess.run(["rm", "-r", str(open_to_all)], check=True)
