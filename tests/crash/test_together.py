"""Several programs at one database at once: indexers, of which one at a time
writes, and searches all the while, which see no error; and servers that are
killed and started again."""
import concurrent.futures
import json
import os
import signal
import subprocess
import threading

import pytest
import xapian

import articles
import scenarios
import state
from commands import environment, generator, run, stopped_after, tell, times
from conftest import BYLINE
from servers import Server, free_port


@pytest.fixture(scope="module")
def counts(request):
    """How often something happened, told at the end."""
    found = {}
    yield found
    tell(request, *(f"{what}: {count}" for what, count in found.items()))


# ---- Indexers ----


@pytest.mark.parametrize("builder", ["auto", "glass"])
def test_indexers_side_by_side(tmp_path, builder, counts):
    """Each has files of its own; those that wait lose nothing."""
    db = tmp_path / "db"
    archives = [articles.Archive(tmp_path / f"archive{n}", n, files=2)
                for n in range(4)]
    for n, archive in enumerate(archives):
        for name, rows in list(archive.files.items()):
            archive.files[f"{n}-{name}"] = [
                {**row, "id": f"{n}-{row['id']}"} for row in rows]
            del archive.files[name]
        archive.write()
    with concurrent.futures.ThreadPoolExecutor() as pool:
        done = list(pool.map(
            lambda archive: run(["index", "--db", db, "--wait", "100",
                                 "--builder", builder, archive.folder]),
            archives))
    for one in done:
        assert one.returncode == 0
        assert all("waiting for process" in line
                   for line in one.stderr.splitlines()), one.stderr
    counts[f"indexers side by side, {builder}"] = 4
    found = state.check(db)
    state.assert_words_counted(db)
    one = tmp_path / "one"
    for archive in archives:
        assert run(["index", "--db", one, archive.folder]).returncode == 0
    assert not (lines := state.differences(
        found._replace(metadata={}), state.check(one)._replace(metadata={}))
               ), lines


@pytest.mark.parametrize("first,second", [
    (["--shards", "3"], ["--shards", "2"]),
    (["--shards", "3"], []),
    (["--shards", "3"], ["--builder", "xapian"]),
    (["--shards", "3", "--wait", "100"], ["--shards", "3", "--wait", "100"]),
], ids=lambda words: "".join(words) or "plain")
def test_two_make_it_at_once(tmp_path, first, second):
    """Whoever is told that articles were added finds them; the other one is
    told why not, and nothing is in the way of the next."""
    for name in "ab":
        (tmp_path / f"{name}.jsonl").write_text("".join(json.dumps(
            {"id": f"{name}{n}", "title": f"Gulls {n}", "text": f"Side{name}."}
            ) + "\n" for n in range(60)))
    for attempt in range(times(8)):
        db = tmp_path / f"db{attempt}"
        with concurrent.futures.ThreadPoolExecutor() as pool:
            done = list(pool.map(lambda job: run(
                ["index", "--db", db, *job[1], tmp_path / f"{job[0]}.jsonl"]),
                (("a", first), ("b", second))))
        assert 0 in [one.returncode for one in done]
        if "--wait" in first:
            assert [one.returncode for one in done] == [0, 0]
        for name, one in zip("ab", done):
            if one.returncode != 0:
                assert one.returncode == 2 and any(word in one.stderr for word in (
                    "writing to it", "meanwhile", "not these",
                    "a database without shards", "is making")), one.stderr
                again = run(["index", "--db", db, tmp_path / f"{name}.jsonl"])
                assert again.returncode == 0, (one, again)
            assert run(["search", "--db", db, "--count", f"side{name}"]
                       ).stdout == "60\n", done


class Published:
    """byline index, stopped where it has given a new database its name before
    all is read, and not opened it again yet."""

    def __init__(self, folder, *arguments):
        archive = articles.Archive(folder / "archive", 1, long=True)
        archive.write()
        command = [str(BYLINE), "index", "--db", "db", "--segment", "1M",
                   "--threads", "1", *arguments, archive.folder]
        first, second, log = (folder / n for n in ("first", "second", "log"))
        for path in first, second:
            path.mkdir()
        subprocess.run(command, cwd=first, check=True, capture_output=True,
                       env=environment(log=log, folder="db"))
        lines = log.read_text().splitlines()
        renamed = next(n for n, line in enumerate(lines, 1) if " rename " in line
                       and line.endswith("/.db.byline-new"))
        self.db, self.undisturbed = second / "db", first / "db"
        self.process = subprocess.Popen(
            command, cwd=second, stdout=subprocess.PIPE, text=True,
            stderr=subprocess.PIPE,
            env=environment(f"STOP:{renamed + 1}", folder="db"))
        _, status = os.waitpid(self.process.pid, os.WUNTRACED)
        assert os.WIFSTOPPED(status) and self.db.exists()

    def go_on(self):
        self.process.send_signal(signal.SIGCONT)

    def ended(self):
        _, told = self.process.communicate(timeout=60)
        return self.process.returncode, told


def test_nobody_comes_before_a_new_one_is_gone_on_with(tmp_path):
    """Its lock goes with it."""
    early = Published(tmp_path)
    late = run(["index", "--db", early.db, "-"], input="{}")
    early.go_on()
    assert early.ended() == (0, "")
    assert late.returncode == 2
    assert f"process {early.process.pid} (" in late.stderr
    assert not state.differences(state.check(early.db),
                                 state.check(early.undisturbed))


@pytest.mark.parametrize("wait", [[], ["--wait", "60"]], ids=["not", "wait"])
def test_another_program_comes_before_a_new_one_is_gone_on_with(tmp_path, wait):
    """It has Xapian's lock only; it is who is named, not byline itself."""
    early = Published(tmp_path, *wait)
    other = xapian.WritableDatabase(str(early.db), xapian.DB_OPEN)
    early.go_on()
    if wait:
        first = early.process.stderr.readline()
        other.close()
        assert f"waiting for process {os.getpid()} (" in first
        assert early.ended() == (0, "")
        assert not state.differences(state.check(early.db),
                                     state.check(early.undisturbed))
    else:
        code, told = early.ended()
        other.close()
        assert code == 2 and f": process {os.getpid()} (" in told, told


# ---- Readers ----


class Readers:
    """Searches, of this program and of Xapian's own library, until told to
    stop: they show what was there from the beginning."""

    def __init__(self, db, always):
        self.db, self.always = db, always
        self.searches, self.errors = 0, []
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=f)
                         for f in (self._search, self._search, self._export)]

    def __enter__(self):
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def _run(self, command, seen):
        done = run(command)
        self.searches += 1
        missing = self.always - set(seen(done)) if not done.returncode else ()
        if done.returncode or missing:
            self.errors.append((command, done.returncode, done.stderr,
                                sorted(missing)[:3]))

    def _search(self):
        while not self._stop.is_set():
            self._run(["search", "--db", self.db, "--limit", "9999",
                       "--format", "ids", "--snippets", "0", "matter"],
                      lambda done: done.stdout.split())

    def _export(self):
        while not self._stop.is_set():
            self._run(["export", "--db", self.db],
                      lambda done: [json.loads(line)["id"] for line in
                                    done.stdout.splitlines()])


@pytest.mark.parametrize("builder", ["auto", "glass"])
def test_readers_all_the_while(tmp_path, builder, counts):
    """While articles are added, replaced and dropped, segments made and
    merged, and indexers killed."""
    rng = generator("readers", builder)
    archive = articles.Archive(tmp_path / "archive", "readers", files=4)
    archive.write()
    always = articles.Archive(tmp_path / "always", "always", files=3)
    always.files = {f"always-{name}": [{**row, "id": f"a{row['id']}"}
                                       for row in rows]
                    for name, rows in always.files.items()
                    if name.endswith("jsonl")}
    always.write()
    db = tmp_path / "db"
    assert run(["index", "--db", db, always.folder]).returncode == 0
    command = ["index", "--db", db, "--builder", builder, "--prune",
               archive.folder]
    ids = {row["id"] for rows in always.files.values() for row in rows}
    with Readers(db, ids) as readers:
        for n in range(times(5)):
            if n % 3 == 2:
                done = run(["compact", "--db", db])
                assert (done.returncode, done.stderr) == (0, "")
                continue
            stopped_after(command, rng.uniform(0, 0.3))
            done = run(command)
            assert (done.returncode, done.stderr) == (0, "")
            archive.edit()
            archive.files = {name.replace("renamed", f"was{n}"): rows
                             for name, rows in archive.files.items()}
            archive.add(1, 20)
            archive.write()
    assert not readers.errors, readers.errors[:3]
    assert readers.searches > 10
    counts[f"searches meanwhile, {builder}"] = readers.searches


# ---- Servers ----


def test_a_server_that_is_killed(tmp_path, counts):
    """By its Nth call, or at any time; the command then says so, and does the
    work when the server is there again."""
    rng = generator("server")
    scenario = scenarios.Scenario(tmp_path, "replace", "xapian")
    for n in range(times(14)):
        db = scenario.place(tmp_path / f"{n}")
        port = free_port()
        fault = f"KILL:{rng.choice(scenario.calls)[0]}" if n % 2 else None
        server = Server(db, port, fault)
        command = ["index", "--db", f"remote:127.0.0.1:{port}",
                   scenario.archive.folder]
        timer = threading.Timer(rng.uniform(0, scenario.seconds * 2),
                                server.kill)
        if not fault:
            timer.start()
        done = run(command)
        print(n, fault, done)
        assert done.returncode in (0, 2)
        if done.returncode:
            assert len(done.stderr.splitlines()) == 1
            assert done.stderr.startswith("byline: ")
        if fault:
            server.kill()
        else:
            timer.join()
        if done.returncode:
            counts["servers killed"] = counts.get("servers killed", 0) + 1
        # What is written from afar leaves the words for spelling alone.
        scenario.assert_whole(db, counted=False)
        server = Server(db, port)
        try:
            done = run(command)
            assert (done.returncode, done.stderr) == (0, ""), done.stderr
        finally:
            server.kill()
        found = state.check(db)
        wanted = scenario.after
        assert not (lines := state.differences(
            found._replace(metadata={}, words={}),
            wanted._replace(metadata={}, words={}))), lines
