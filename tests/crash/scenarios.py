"""What is done to databases while something fails."""
import shutil
import time

import articles
import commands
import state


class Scenario:
    """A database, or none yet, and a command that changes it. The files that
    it is made from stay as they are from then on, so that any number of copies
    of the database can be brought to the same state."""

    def __init__(self, folder, name, builder="auto", shards=0):
        self.name = name
        self.folder = folder / f"{name}-{builder}-{shards}"
        self.folder.mkdir()
        self.base = self.folder / "base"  # its database before
        self.archive = articles.Archive(self.folder / "archive", name,
                                        long=name == "publish")
        self.arguments = ["--builder", builder, "--memory", "1M",
                          "--threads", "2", "--segment", "1M"]
        if shards:
            self.arguments += ["--shards", str(shards)]
        self._prepare()
        self.before = state.check(self.base)
        self._measure()

    def _prepare(self):
        self.archive.write()
        if self.name in ("build", "publish"):
            return
        self._index_base()
        if self.name in ("grow", "compact"):  # has segments already
            self.archive.add(2, 15)
            self.archive.write()
            self._index_base()
            assert all(len(state.segments(shard)) == 2
                       for shard in state.shards(self.base))
        if self.name in ("add", "grow"):
            self.archive.add(3, 20)
        if self.name in ("replace", "prune", "grow"):
            self.archive.edit()
        if self.name == "prune":
            self.archive.remove(2)
            self.arguments.append("--prune")
        self.archive.write()

    def _index_base(self):
        done = commands.run(["index", "--db", self.base, *self.arguments,
                             self.archive.folder])
        assert (done.returncode, done.stderr) == (0, ""), done.stderr

    def command(self, db):
        if self.name == "merge":
            return ["compact", "--db", self.base, db]
        if self.name == "compact":
            return ["compact", "--db", db]
        return ["index", "--db", db, *self.arguments, self.archive.folder]

    def _measure(self):
        """What is to come out of it, in how many calls and seconds."""
        db = self.place(self.folder / "undisturbed")
        log = self.folder / "log"
        done = commands.run(self.command(db),
                            env=commands.environment(log=log))
        assert (done.returncode, done.stderr) == (0, ""), done.stderr
        self.after = state.check(db)
        self.calls = commands.calls(log)
        self.size = sum(p.stat().st_size for p in db.rglob("*"))
        self.first_request = self._requests(["info", "--db", db])
        db = self.place(self.folder / "counted")
        self.requests = self._requests(self.command(db))
        db = self.place(self.folder / "timed")
        start = time.monotonic()
        done = commands.run(self.command(db))
        self.seconds = time.monotonic() - start
        assert not state.differences(state.check(db), self.after)

    def _requests(self, command):
        """How often it asks for memory."""
        count = self.folder / "requests"
        done = commands.run(command, env=commands.environment(count=count))
        assert (done.returncode, done.stderr) == (0, ""), done.stderr
        return int(count.read_text(encoding="ascii"))

    def place(self, folder):
        """A copy of the database, in a folder of its own that may fail."""
        disk = folder / commands.DISK
        disk.mkdir(parents=True, exist_ok=True)
        if self.base.exists() and self.name != "merge":
            shutil.copytree(self.base, disk / "db")
        return disk / "db"

    def assert_whole(self, db, counted=True):
        """After something has failed: a complete earlier state."""
        found = state.check(db)
        if self.name == "merge":
            assert not state.differences(state.check(self.base), self.before)
            assert not db.exists() or not state.differences(found, self.after)
            return
        state.assert_complete(found, self.before, self.after)
        if counted and all(len(state.segments(shard)) == 1
                           for shard in state.shards(db)):
            state.assert_words_counted(db)
        if self.name == "build" and db.exists():
            for name in found.articles:  # from the beginning on
                assert name in self.after.articles

    def assert_converges(self, db):
        """The same command again ends where it ends undisturbed."""
        if self.name == "merge" and db.exists():
            return
        done = commands.run(self.command(db))
        assert (done.returncode, done.stderr) == (0, ""), done.stderr
        found = state.check(db)
        assert not (lines := state.differences(found, self.after)), lines
        state.assert_words_counted(db)
        again = 0 if self.name in ("merge", "compact") else 2
        for _ in range(again):  # a plain database is made one of a segment,
            state.let_pass(db)  # and then its own files go
            done = commands.run(self.command(db))
            assert done.stdout == (f"{len(self.archive.files)} files unchanged "
                                   "since last time\n"), done.stdout
        assert not (names := state.leftovers(db)), names


# Each with the builder of new databases and segments; over so many shards.
ALL = [("build", "auto"), ("build", "xapian"), ("add", "auto"),
       ("add", "glass"), ("replace", "auto"), ("prune", "auto"),
       ("merge", "auto"), ("compact", "glass"), ("publish", "glass"),
       ("replace", "glass"), ("grow", "glass"),
       ("build", "auto", 3), ("add", "glass", 3), ("replace", "auto", 3),
       ("prune", "glass", 3), ("publish", "glass", 2), ("compact", "glass", 2)]
