"""What is published is on the disk: files and folders are synced before the
rename that gives them their name, and the folder of that name after it. A
machine that loses power may else have the name without what it names."""
import pathlib

import pytest

import scenarios
from articles import make_articles, write_rows
from commands import DISK, calls, environment, run


class Disk:
    """What would be lost with the power, by the calls so far."""

    def __init__(self):
        self.loose = set()  # files and folders that are not as they were synced
        self.renamed = []
        self.faults = []

    def follow(self, calls):
        for _, what, name in calls:
            path = pathlib.Path(name)
            if what == "sync":
                self.loose.discard(path)
            elif what == "rename":
                self._rename(path)
            elif what in ("write", "truncate"):
                if not name.endswith(" (deleted)"):
                    self.loose.add(path)
            else:  # an entry of the folder comes or goes
                self.loose.discard(path)
                self.loose.add(path.parent)
                if what == "mkdir":
                    self.loose.add(path)

    def _rename(self, path):
        """Of the new database, of a segment, or of a small file in the folder
        of which it is: what that names is on the disk before, too."""
        lost = {p for p in self.loose if p == path or path in p.parents}
        if path.name == "XAPIANDB.new":
            lost |= self.loose & {path.parent}
        self.faults += [f"{p} as {path} was renamed" for p in lost]
        self.renamed.append(path.name)
        self.loose -= lost | {path}
        self.loose.add(path.parent)


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    """The second file has articles of the first, and changes of such."""
    folder = tmp_path_factory.mktemp("archive")
    first = make_articles(1, 60)
    write_rows(folder / "a.jsonl", first)
    write_rows(folder / "b.jsonl", first[10:20] + make_articles(2, 60) +
               [{**first[30], "text": "Another text."}])
    return folder


@pytest.fixture
def ready(archive, tmp_path):
    """Two databases with synonyms of their own, and one of two shards, beside
    the folder in which something is to be made."""
    (tmp_path / DISK).mkdir()
    for name, options in (("one", []), ("two", []), ("spread",
                                                     ["--shards", "2"])):
        db = tmp_path / name
        done = run(["index", "--db", db, *options, archive])
        assert (done.returncode, done.stderr) == (0, "")
        words = tmp_path / f"{name}.txt"
        words.write_text(f"{name}, gull, tern\n")
        assert run(["synonyms", "--db", db, words]).returncode == 0
    return tmp_path


COMMANDS = {
    "compacted": ["compact", "--db", "one"],
    "of-two": ["compact", "--db", "one", "--db", "two"],
    "of-shards": ["compact", "--db", "spread"],
    "shards": ["compact", "--db", "one", "--shards", "3"],
    "shards-of-several": ["compact", "--db", "one", "--db", "spread",
                          "--shards", "3"],
    "indexed": ["index"],
    "indexed-and-changed": ["index", "--prune"],
    "indexed-into-shards": ["index", "--shards", "3"],
}


@pytest.mark.parametrize("name", COMMANDS)
def test_a_new_database(archive, ready, name):
    command, *options = COMMANDS[name]
    new, log = ready / DISK / "new", ready / "log"
    place = ["--db", new, archive] if command == "index" else [new]
    done = run([command, *options, *place], env=environment(log=log), cwd=ready)
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    disk = Disk()
    disk.follow(calls(log))
    assert not disk.faults
    published = [p for p in disk.renamed if p.endswith(".byline-new")]
    assert len(published) == (4 if "into-shards" in name else 1)
    assert new.parent not in disk.loose and new not in disk.loose


@pytest.mark.parametrize("scenario", [
    ("publish",), ("add", "glass"), ("grow", "glass"), ("grow", "glass", 2),
    ("compact", "glass")], ids=lambda words: "-".join(map(str, words)))
def test_segments(tmp_path, scenario):
    """Added, merged, and made one database again."""
    disk = Disk()
    disk.follow(scenarios.Scenario(tmp_path, *scenario).calls)
    assert not disk.faults
    assert "XAPIANDB.new" in disk.renamed
