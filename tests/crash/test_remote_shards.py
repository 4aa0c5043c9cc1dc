"""An archive spread over three servers, of which one is killed at a random
moment while they are written to, or the program that writes to them; with the
servers there, the same command ends where it ends undisturbed."""
import shutil
import threading
import time

import pytest

import articles
import state
from commands import (DISK, calls, environment, generator, run, stopped_after,
                      tell, times)
from servers import Server, free_port

COUNT = 3


@pytest.fixture(scope="module")
def counts(request):
    found = {}
    yield found
    tell(request, *(f"{what}: {count}" for what, count in found.items()))


class Spread:
    """Databases behind servers, in a folder, and a stub that names these."""

    def __init__(self, folder, ports):
        self.folder, self.ports = folder, ports
        self.servers = [None] * len(ports)
        (folder / DISK).mkdir(parents=True, exist_ok=True)
        self.db = folder / "db"  # names the servers
        self.near = folder / "near"  # names their databases, for a look
        self.near.mkdir(exist_ok=True)
        lines = [f"auto {self.place(i)}\n" for i in range(len(ports))]
        (self.near / "XAPIANDB").write_text("# shards\n" + "".join(lines))

    def place(self, i):
        return self.folder / DISK / f"far-{i}"

    def start(self, i, fault=None, log=None):
        self.servers[i] = Server(self.place(i), self.ports[i], fault, log)

    def __enter__(self):
        for i, server in enumerate(self.servers):
            if not server:
                self.start(i)
        return self

    def __exit__(self, *_):
        for i in range(len(self.servers)):
            self.kill(i)

    def kill(self, i):
        if self.servers[i]:
            self.servers[i].kill()
        self.servers[i] = None

    def command(self, archive):
        names = ",".join(f"remote:127.0.0.1:{port}" for port in self.ports)
        return ["index", "--db", self.db, "--shards", names, "--prune",
                "--wait", "60", archive.folder]

    def state(self):
        """What is written from afar leaves the words for spelling alone."""
        return state.check(self.near)._replace(words={})


class Scene:
    """An archive, databases of an earlier state of it, and how the command that
    brings them to this one ends, and in how long."""

    def __init__(self, folder, ports, build):
        self.ports = ports
        self.archive = articles.Archive(folder / "archive", str(build), files=9)
        self.base = Spread(folder / "base", ports)
        self.archive.write()
        if not build:
            self._index(self.base)
            self.archive.add(4, 20)
            self.archive.edit()
            self.archive.remove(2)
            self.archive.write()
        with self.base:
            pass  # Xapian does not go on with a database it has half made
        self.before = self.base.state()
        undisturbed = self.copy(folder / "undisturbed")
        self.log = folder / "log"
        undisturbed.start(0, log=self.log)
        self.calls = []
        start = time.monotonic()
        self._index(undisturbed)
        self.seconds = time.monotonic() - start
        self.calls = calls(self.log)
        self.after = undisturbed.state()
        assert len(self.after.articles) > 100

    def _index(self, spread):
        with spread:
            done = run(spread.command(self.archive))
        assert (done.returncode, done.stderr) == (0, ""), done.stderr

    def copy(self, folder):
        shutil.copytree(self.base.folder, folder)
        return Spread(folder, self.ports)


def disturb(spread, scene, kind, rng):
    """Runs the command, and kills something; what was killed, if anything."""
    command = spread.command(scene.archive)
    victim = rng.randrange(COUNT)
    if kind == "call":
        spread.start(victim, f"KILL:{rng.choice(scene.calls)[0]}")
    with spread:
        if kind == "program":
            stopped_after(command, rng.uniform(0, scene.seconds))
            return "programs"
        timer = threading.Timer(rng.uniform(0, scene.seconds * 1.2),
                                spread.kill, [victim])
        if kind == "time":
            timer.start()
        done = run(command)
        if kind == "time":
            timer.join()
    print(kind, victim, done)
    assert done.returncode in (0, 2)
    if done.returncode == 0:
        return None
    assert len(done.stderr.splitlines()) == 1
    assert f"127.0.0.1:{scene.ports[victim]}" in done.stderr
    assert "the same command goes on from there" in done.stderr
    return "servers"


@pytest.mark.parametrize("build", [True, False], ids=["build", "change"])
def test_killed(tmp_path, build, counts):
    rng = generator("remote shards", build)
    scene = Scene(tmp_path, [free_port() for _ in range(COUNT)], build)
    for n in range(times(6)):
        spread = scene.copy(tmp_path / f"{n}")
        killed = disturb(spread, scene, ("call", "time", "program")[n % 3], rng)
        if killed:
            what = f"{killed} of remote shards killed"
            counts[what] = counts.get(what, 0) + 1
        state.assert_complete(spread.state(), scene.before, scene.after)
        with spread:
            done = run(spread.command(scene.archive))
            assert (done.returncode, done.stderr) == (0, ""), done.stderr
            again = run(spread.command(scene.archive))
        assert not (lines := state.differences(spread.state(), scene.after)
                    ), lines
        assert again.stdout == (f"{len(scene.archive.files)} files unchanged "
                                "since last time\n")
        shutil.rmtree(spread.folder)
