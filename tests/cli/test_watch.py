"""byline index --watch: a database that follows its folders, compared with
what an ordinary run makes of the same folders."""
import contextlib
import ctypes
import os
import pathlib
import random
import re
import shutil
import signal
import subprocess
import threading
import time

import pytest
import xapian

from archive import contents, digest, refused, stories, titles, titles_of, write
from conftest import BYLINE, run_byline

DATE = "14 November 2017"
PATIENCE = 90  # seconds for a state to come, on a machine that has much to do
DELAY = "0.05"


class Watch:
    """A running byline index --watch, its lines as they come."""

    def __init__(self, db, *args, cwd=None):
        self.db, self.lines, self.errors = db, [], []
        self.process = subprocess.Popen(
            [str(BYLINE), "index", "--db", str(db), "--watch", "--delay",
             DELAY, *map(str, args)], cwd=cwd, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, text=True)
        self.threads = [
            threading.Thread(target=self.collect, args=pair, daemon=True)
            for pair in ((self.process.stdout, self.lines),
                         (self.process.stderr, self.errors))]
        for thread in self.threads:
            thread.start()

    @staticmethod
    def collect(stream, lines):
        for line in stream:
            lines.append(line.rstrip("\n"))

    def until(self, reached, what):
        end = time.monotonic() + PATIENCE
        while not reached():
            assert self.process.poll() is None, (self.lines, self.errors)
            assert time.monotonic() < end, (what, self.lines, self.errors)
            time.sleep(0.02)

    def until_titles(self, expected):
        self.until(lambda: titles(run_byline, self.db) == sorted(expected),
                   expected)

    def until_started(self):
        self.until(lambda: any(l.startswith("watching") for l in self.lines),
                   "start")

    def end(self, number=signal.SIGTERM):
        self.process.send_signal(number)
        self.process.wait(timeout=PATIENCE)
        for thread in self.threads:
            thread.join()
        return self.process.returncode


@pytest.fixture
def start(tmp_path):
    """Starts a watch of folder into db, and sees to it that it ends."""
    running = []

    def start_one(*args, db=None, wait=True, **more):
        watch = Watch(db or tmp_path / "db", *args, **more)
        running.append(watch)
        if wait:
            watch.until_started()
        return watch

    yield start_one
    for watch in running:
        if watch.process.poll() is None:
            watch.process.kill()
            watch.process.wait()


@pytest.fixture
def folder(tmp_path):
    write(tmp_path / "papers/a.txt", digest(DATE, *stories(2)))
    return tmp_path / "papers"


def same_as_fresh(db, *paths, cwd=None):
    """The articles are those of a new database of the same folders."""
    fresh = db.parent / "fresh"
    shutil.rmtree(fresh, ignore_errors=True)
    done = run_byline("index", "--db", fresh, "--quiet", *paths, cwd=cwd)
    assert done.returncode in (0, 1), done.stderr
    return contents(run_byline, db) == contents(run_byline, fresh)


def converges(watch, *paths, cwd=None):
    watch.until(lambda: same_as_fresh(watch.db, *paths, cwd=cwd), "the same")


# ---- One change after the other ----


def test_what_comes_changes_moves_and_goes(start, folder):
    watch = start(folder)
    assert watch.lines[0].endswith(" 1 file read: 2 added")
    assert watch.lines[1] == "watching 1 folder"
    write(folder / "b.txt", digest(DATE, *stories(2, 3)))
    watch.until_titles(titles_of(4))
    write(folder / "b.txt", digest(DATE, *stories(1, 4)))
    watch.until_titles(titles_of(2) + titles_of(1, 4))
    (folder / "b.txt").rename(folder / "c.txt")
    converges(watch, folder)
    assert {r["source"] for r in contents(run_byline, watch.db)} == {
        f"{folder}/a.txt", f"{folder}/c.txt"}
    (folder / "a.txt").unlink()
    watch.until_titles(titles_of(1, 4))
    assert same_as_fresh(watch.db, folder)
    assert watch.end() == 0
    assert watch.errors == []


class Opened:
    """Whether a file is opened from now on."""

    IN_OPEN = 0x20

    def __init__(self, path):
        libc = ctypes.CDLL(None, use_errno=True)
        self.fd = libc.inotify_init1(os.O_NONBLOCK)
        assert libc.inotify_add_watch(self.fd, os.fsencode(path),
                                      self.IN_OPEN) >= 0

    def __bool__(self):
        with contextlib.suppress(BlockingIOError):
            return len(os.read(self.fd, 4096)) > 0
        return False


@pytest.mark.parametrize("options", [[], ["--shards", 3],
                                     ["--shards", 3, "--builder", "glass"]])
def test_a_batch_looks_at_what_has_changed_only(start, folder, options):
    still = write(folder / "still.txt", digest(DATE, *stories(5, 20)))
    watch = start(*options, folder)
    kept = titles_of(5, 20)
    watch.until_titles(titles_of(2) + kept)
    opened = Opened(still)
    write(folder / "b.txt", digest(DATE, *stories(9, 3)))
    watch.until_titles(titles_of(11) + kept)
    write(folder / "a.txt", digest(DATE, *stories(1)))
    watch.until_titles(titles_of(1) + titles_of(9, 3) + kept)
    write(folder / "deep/c.txt", digest(DATE, *stories(1, 2)))
    watch.until_titles(titles_of(11) + kept)
    (folder / "b.txt").unlink()
    watch.until_titles(titles_of(2) + kept)
    assert not opened
    assert same_as_fresh(watch.db, folder)
    assert watch.end() == 0
    assert watch.errors == []


def test_a_shard_that_is_gone_is_not_made_again(start, folder):
    watch = start("--shards", 3, folder)
    shard = watch.db / "shard-2"
    shard.rename(folder.parent / "gone")
    write(folder / "b.txt", digest(DATE, *stories(20, 3)))
    assert watch.process.wait(timeout=PATIENCE) == 2
    watch.threads[1].join()
    assert [line for line in watch.errors if "is not there" in line] == [
        f"byline: {watch.db}: its shard {shard} is not there; put it back, or "
        "index all files into a new database"]
    assert not shard.exists()
    (folder.parent / "gone").rename(shard)
    assert titles(run_byline, watch.db) == sorted(titles_of(2))


def test_folders_come_move_and_go(start, folder):
    watch = start(folder)
    for n in range(3):
        write(folder / f"2017/0{n}/x.txt", digest(DATE, *stories(2, 10 + n * 2)))
    watch.until_titles(titles_of(2) + titles_of(6, 10))
    (folder / "2017").rename(folder / "2018")
    converges(watch, folder)
    write(folder / "2018/01/late.txt", digest(DATE, *stories(1, 30)))
    watch.until_titles(titles_of(2) + titles_of(6, 10) + titles_of(1, 30))
    (folder / "2018/01").rename(folder.parent / "elsewhere")
    watch.until_titles(titles_of(2) + titles_of(2, 10) + titles_of(2, 14))
    write(folder.parent / "elsewhere/y.txt", digest(DATE, *stories(1, 50)))
    shutil.rmtree(folder / "2018/00")
    watch.until_titles(titles_of(2) + titles_of(2, 14))
    assert same_as_fresh(watch.db, folder)


def test_a_tree_that_is_copied_in(start, folder, tmp_path):
    for n in range(60):
        write(tmp_path / f"tree/{n % 4}/{n % 3}/{n}.txt",
              digest(DATE, *stories(1, 100 + n)))
    watch = start(folder)
    shutil.copytree(tmp_path / "tree", folder / "in/deep/tree")
    watch.until_titles(titles_of(2) + titles_of(60, 100))
    assert same_as_fresh(watch.db, folder)


def test_files_that_are_not_archives_make_no_fuss(start, folder):
    watch = start(folder)
    write(folder / ".hidden.txt", digest(DATE, *stories(1, 5)))
    write(folder / ".git/x.txt", digest(DATE, *stories(1, 6)))
    write(folder / "picture.bin", bytes(range(256)) * 20)
    write(folder / "b.txt", digest(DATE, *stories(1, 3)))
    watch.until_titles(titles_of(3))
    assert same_as_fresh(watch.db, folder)
    assert all("picture.bin" in line for line in watch.errors)


def test_a_file_that_is_being_written_is_waited_for(start, folder):
    watch = start("--delay", "3", folder)  # and at most twenty times as long
    text = digest(DATE, *stories(40, 10))
    with open(folder / "b.txt", "w", encoding="utf-8") as file:
        file.write(text[:len(text) // 2])
        file.flush()
        write(folder / "c.txt", digest(DATE, *stories(1, 3)))
        watch.until_titles(titles_of(3))
        file.write(text[len(text) // 2:])
    watch.until_titles(titles_of(3) + titles_of(40, 10))


def test_one_file_and_one_folder_are_named(start, folder, tmp_path):
    single = write(tmp_path / "single.txt", digest(DATE, *stories(1, 7)))
    watch = start(folder, single)
    watch.until_titles(titles_of(2) + titles_of(1, 7))
    write(tmp_path / "other.txt", digest(DATE, *stories(1, 9)))
    write(tmp_path / "new", digest(DATE, *stories(1, 8))).rename(single)
    watch.until_titles(titles_of(2) + titles_of(1, 8))
    write(single, digest(DATE, *stories(2, 7)))
    watch.until_titles(titles_of(2) + titles_of(2, 7))


def test_a_relative_path_and_a_database_inside(start, folder):
    db = folder / "my.db"
    watch = start(".", cwd=folder, db=db)
    write(folder / "sub/b.txt", digest(DATE, *stories(1, 3)))
    watch.until_titles(titles_of(3))
    sources = {row["source"] for row in contents(run_byline, db)}
    assert sources == {"./a.txt", "./sub/b.txt"}
    assert watch.end(signal.SIGINT) == 0
    assert len([l for l in watch.lines if " read: " in l]) == 2


def test_a_database_that_xapian_makes_inside(start, folder):
    watch = start("--builder", "xapian", ".", cwd=folder, db=folder / "my.db")
    write(folder / "b.txt", digest(DATE, *stories(1, 3)))
    watch.until_titles(titles_of(3))
    watch.end()
    assert not any("my.db" in line for line in watch.errors), watch.errors


def test_memory_does_not_grow_with_batches(start, folder):
    watch = start("--delay", "0.001", folder)

    def memory():
        status = pathlib.Path(f"/proc/{watch.process.pid}/status").read_text()
        return int(re.search(r"RssAnon:\s+(\d+) kB", status)[1])

    sizes = []
    for n in range(250):
        count = len(watch.lines)
        aside = write(folder / ".new", digest(DATE, *stories(1, 10 + n)))
        aside.rename(folder / f"{n % 7}.txt")
        watch.until(lambda: len(watch.lines) > count, "a batch")
        sizes.append(memory())
    early, late = sizes[50:150], sizes[-100:]
    assert min(late) < max(early) + 512, sizes[::20]


# ---- Layouts and links ----

LAYOUT = ("separator: '\\*{3}'\n"
          "title: 'T: (?<title>.+)'\n"
          "byline: 'A: (?<author>.+)'\n")
NOTES = ("***\nT: First note\nA: Ada Marlow\nThe ice is thin.\n"
         "***\nT: Second note\nA: Bruno Keel\nThe ice has gone.\n")
NOTE_TITLES = ["First note", "Second note"]


def test_a_changed_layout_means_its_folder_again(start, folder):
    write(folder / "own/deep/x.txt", NOTES)
    watch = start(folder)
    assert titles(run_byline, watch.db) == titles_of(2)
    write(folder / "own/.byline", LAYOUT)
    watch.until_titles(titles_of(2) + NOTE_TITLES)
    assert same_as_fresh(watch.db, folder)
    write(folder / "own/.byline", LAYOUT.replace("A: ", "B: "))
    converges(watch, folder)
    (folder / "own/.byline").unlink()
    converges(watch, folder)
    write(folder / "own/deep/x.txt.byline", LAYOUT)
    watch.until_titles(titles_of(2) + NOTE_TITLES)


def test_a_layout_above_and_one_that_is_named(start, folder, tmp_path):
    write(folder / "x.txt", NOTES)
    above = write(tmp_path / ".byline", "files: none.txt\n" + LAYOUT)
    watch = start(folder)
    write(above, LAYOUT)
    watch.until(lambda: NOTE_TITLES[0] in titles(run_byline, watch.db), "it")
    watch.end()
    named = write(tmp_path / "my.layout", "files: none.txt\n" + LAYOUT)
    watch = start("--layout", named, folder, db=tmp_path / "db2")
    assert NOTE_TITLES[0] not in titles(run_byline, watch.db)
    write(tmp_path / "new", LAYOUT).rename(named)
    watch.until(lambda: NOTE_TITLES[0] in titles(run_byline, watch.db), "it")


def test_links_are_followed(start, folder, tmp_path):
    other = tmp_path / "other"
    write(other / "o.txt", digest(DATE, *stories(1, 5)))
    single = write(tmp_path / "single.txt", digest(DATE, *stories(1, 7)))
    (folder / "folder").symlink_to(other)
    (folder / "loop").symlink_to(folder)
    watch = start(folder)
    (folder / "link.txt").symlink_to(single)
    watch.until_titles(titles_of(2) + titles_of(1, 5) + titles_of(1, 7))
    write(other / "p.txt", digest(DATE, *stories(1, 6)))
    write(single, digest(DATE, *stories(1, 8)))
    watch.until_titles(titles_of(2) + titles_of(2, 5) + titles_of(1, 8))
    assert same_as_fresh(watch.db, folder)
    # What it led to is still there, so that nothing is dropped.
    (folder / "folder").unlink()
    write(other / "q.txt", digest(DATE, *stories(1, 9)))
    write(folder / "b.txt", digest(DATE, *stories(1, 3)))
    watch.until_titles(titles_of(3) + titles_of(2, 5) + titles_of(1, 8))


def test_a_root_that_goes_and_comes_back(start, folder):
    watch = start(folder)
    folder.rename(folder.parent / "away")
    write(folder / "b.txt", digest(DATE, *stories(1, 3)))
    watch.until_titles(titles_of(1, 3))
    write(folder / "c.txt", digest(DATE, *stories(1, 4)))
    watch.until_titles(titles_of(2, 3))


# ---- Others, and endings ----


def test_nobody_else_is_kept_from_writing(start, byline, folder, tmp_path):
    watch = start(folder)
    other = write(tmp_path / "other.txt", digest(DATE, *stories(1, 5)))
    assert byline("index", "--db", watch.db, other).returncode == 0
    lock = xapian.WritableDatabase(str(watch.db), xapian.DB_OPEN)
    write(folder / "b.txt", digest(DATE, *stories(1, 3)))
    watch.until(lambda: any("waiting for process" in e for e in watch.errors),
                "the lock")
    lock.close()
    watch.until_titles(titles_of(3) + titles_of(1, 5))


def test_a_full_pass_sees_what_is_not_told(start, folder):
    watch = start("--recheck", "0.2", folder)
    aside = write(folder.parent / "b.txt", digest(DATE, *stories(1, 3)))
    os.link(aside, folder / "b.txt")
    watch.until_titles(titles_of(3))
    write(aside, digest(DATE, *stories(1, 4)))  # by its other name
    watch.until_titles(titles_of(2) + titles_of(1, 4))


def test_killed_and_started_again(start, folder):
    draw = random.Random(8)
    for round_ in range(4):
        watch = start(folder, wait=False)
        for n in range(25):
            name = folder / f"{draw.randrange(3)}/{draw.randrange(12)}.txt"
            if draw.random() < 0.3 and name.exists():
                name.unlink()
            else:
                number = 1000 * (round_ + 1) + 4 * n  # no article in two files
                write(name, digest(DATE, *stories(draw.randrange(1, 4),
                                                  number)))
        if round_ < 3:
            time.sleep(draw.random() * 0.4)
            watch.process.kill()
            watch.process.wait()
            (folder / "a.txt").unlink(missing_ok=True)
    watch.until_started()
    converges(watch, folder)
    assert watch.end() == 0
    assert run_byline("check", "--db", watch.db).returncode == 0


def test_many_at_once_converge(start, folder):
    """Made, written over, moved and removed while batches run."""
    draw = random.Random(2017)
    watch = start(folder)
    for n in range(1200):
        place = folder / f"{draw.randrange(6)}"
        name = place / f"{draw.randrange(40)}.txt"
        kind = draw.random()
        if kind < 0.6:
            write(name, digest(DATE, *stories(1, 1000 + n)))
        elif kind < 0.75 and name.exists():
            name.unlink()
        elif kind < 0.95 and name.exists():
            target = folder / f"{draw.randrange(6)}/{draw.randrange(40)}.txt"
            target.parent.mkdir(exist_ok=True)
            name.rename(target)
        elif place.exists() and kind > 0.98:
            shutil.rmtree(place)
        elif place.exists() and kind > 0.95:
            target = folder / f"moved-{draw.randrange(3)}"
            shutil.rmtree(target, ignore_errors=True)
            place.rename(target)
    converges(watch, folder)
    assert watch.end() == 0


def test_more_events_than_the_system_keeps(start, folder):
    """The watch stands still meanwhile; the queue overflows."""
    most = int(pathlib.Path(
        "/proc/sys/fs/inotify/max_queued_events").read_text())
    if most > 100_000:
        pytest.skip("the queue is too long to be filled")
    watch = start(folder)
    watch.process.send_signal(signal.SIGSTOP)
    for n in range(most // 2 + 100):
        (folder / f"x{n}").touch()
        (folder / f"x{n}").unlink()
    write(folder / "late/b.txt", digest(DATE, *stories(1, 3)))
    (folder / "a.txt").unlink()
    watch.process.send_signal(signal.SIGCONT)
    watch.until_titles(titles_of(1, 3))
    write(folder / "late/c.txt", digest(DATE, *stories(1, 4)))
    watch.until_titles(titles_of(2, 3))


def can_limit():
    done = subprocess.run(
        ["unshare", "-Ur", "sh", "-c",
         "echo 2 > /proc/sys/user/max_inotify_watches"], capture_output=True)
    return done.returncode == 0


@pytest.mark.skipif(not can_limit(), reason="no user namespaces here")
def test_the_limit_of_the_system_is_told(folder, tmp_path):
    for n in range(5):
        (folder / str(n)).mkdir()
    done = subprocess.run(
        ["unshare", "-Ur", "sh", "-c",
         'echo 2 > /proc/sys/user/max_inotify_watches; exec "$@"', "sh",
         str(BYLINE), "index", "--db", str(tmp_path / "db"), "--watch",
         str(folder)], capture_output=True, text=True, timeout=PATIENCE)
    refused(done, "only 2 folders can be watched",
            "fs.inotify.max_user_watches")


@pytest.mark.parametrize("args,words", [
    (["--watch", "-"], ["standard input"]),
    (["--watch", "--dry-run", "x"], ["--dry-run"]),
    (["--delay", "1", "x"], ["--watch"]),
    (["--watch", "--delay", "soon", "x"], ["--delay", "soon"]),
    (["--watch", "--recheck", "0", "x"], ["--recheck"])])
def test_what_makes_no_sense_is_refused(byline, tmp_path, args, words):
    refused(byline("index", "--db", tmp_path / "db", *args), *words)


def test_quiet(start, folder):
    watch = start("--quiet", folder, wait=False)
    watch.until(lambda: (watch.db / "iamglass").exists(), "a database")
    write(folder / "b.txt", digest(DATE, *stories(1, 3)))
    watch.until_titles(titles_of(3))
    assert watch.end() == 0
    assert watch.lines == [] and watch.errors == []
