"""Small changes to a database of two segments, stopped at any of their calls:
nothing that a file has is missing then, nor after what comes next."""
import json
import os
import shutil
import signal
import subprocess
import time

import pytest

import state
from articles import make_articles, write_rows
from conftest import BYLINE
from commands import DISK, calls, environment, generator, run, tell, times

BUILDERS = pytest.mark.parametrize("builder", ["auto", "glass", "xapian"])


def named(name, text=None):
    return {"id": name, "title": name, "text": text or f"About {name}."}


def alike(n):
    return {"title": "News", "date": "2020-01-01", "text": f"Text {n}."}


class Papers:
    def __init__(self, folder):
        self.folder, self.written = folder / "papers", 0
        self.base, self.db = folder / DISK / "base", folder / DISK / "db"
        self.folder.mkdir()
        self.base.parent.mkdir()
        self.put("0", *make_articles(5, 300))

    def put(self, name, *rows):
        """Each time at another time."""
        path = self.folder / f"{name}.jsonl"
        write_rows(path, rows)
        self.written += 1
        os.utime(path, (1_700_000_000 + self.written,) * 2)
        return path

    def make_base(self, **files):
        """In two segments, of which these files' is the smaller one."""
        self.index("--builder", "glass", self.folder, db=self.base)
        for name, rows in files.items():
            self.put(name, *rows)
        self.index("--builder", "glass", self.folder, db=self.base)
        assert len(state.segments(self.base)) == 2

    def begin(self):
        shutil.rmtree(self.db, ignore_errors=True)
        shutil.copytree(self.base, self.db)

    def index(self, *words, db=None, status=0, **fault):
        done = run(["index", "--db", db or self.db, "--threads", "1", *words],
                   env=environment(**fault))
        assert done.returncode == status, done
        return done.stdout

    def texts(self):
        done = run(["export", "--db", self.db])
        assert done.returncode == 0, done
        return {json.loads(line)["text"] for line in done.stdout.splitlines()}


@pytest.fixture
def papers(tmp_path):
    return Papers(tmp_path)


def moments(papers, chance, *words):
    """Calls at which a run is to be killed."""
    log = papers.folder.parent / "log"
    papers.begin()
    papers.index(*words, log=log)
    made = calls(log)
    log.unlink()
    near = {n + more for n, what, _ in made if what == "rename"
            for more in (-1, 0, 1) if n + more <= len(made)}
    return sorted(near | {chance.randrange(1, len(made))
                          for _ in range(times(6))})


def nothing_is_missing(papers, chosen, command):
    """Of what there is before and behind an undisturbed run."""
    wanted = papers.texts()
    assert {"Text 0.", "Text 2."} <= wanted
    for moment in chosen:
        papers.begin()
        papers.index(*command, fault=f"KILL:{moment}", status=-9)
        assert {"Text 0.", "About z."} <= papers.texts(), moment
        papers.index(*command)
        assert papers.texts() == wanted


@BUILDERS
def test_one_is_put_before_another_like_it(papers, builder, request):
    """Their ids are counted, and the first has that of the second now."""
    papers.make_base(a=[alike(0)], b=[named("z")])
    papers.put("a", alike(2), alike(0))
    command = ["--builder", builder, papers.folder]
    chosen = moments(papers, generator("before another", builder), *command)
    nothing_is_missing(papers, chosen, command)
    tell(request, f"put before another: {len(chosen)}")


@BUILDERS
def test_one_goes_to_a_file_that_is_read_later(papers, builder, request):
    """And one like it takes its place."""
    papers.make_base(a=[alike(0)], b=[named("z")], c=[named("c")])
    papers.put("a", alike(2))
    papers.put("b", named("z"), *make_articles(7, 30))
    papers.put("c", named("c"), alike(0))
    command = ["--builder", builder, "--segment", "1M", papers.folder]
    chosen = moments(papers, generator("later", builder), *command)
    nothing_is_missing(papers, chosen, command)
    tell(request, f"gone to a later file: {len(chosen)}")


@BUILDERS
def test_another_file_has_it_on(papers, builder, request):
    """The one that changes it loses it then, and only that one was named."""
    papers.make_base(a=[named("x")], b=[named("x"), named("y")])
    first = papers.put("a", named("x", "Another state of it."))
    command = ["--builder", builder, first]
    chosen = moments(papers, generator("another file", builder), *command)
    for moment in chosen:
        papers.put("a", named("x", "Another state of it."))
        papers.begin()
        papers.index(*command, fault=f"KILL:{moment}", status=-9)
        papers.index(*command)
        papers.put("a", named("q"))
        papers.index("--prune", papers.folder)
        found = papers.texts()
        assert {"About x.", "About y.", "About q."} <= found, moment
        assert "Another state of it." not in found
    tell(request, f"of another file: {len(chosen)}")


def test_merged_segments_stay_for_a_moment(papers):
    """Also where the disk takes long to make the new names durable."""
    log = papers.folder.parent / "log"
    papers.make_base(a=[named("x")])
    papers.put("b", *make_articles(8, 400))
    command = ["--builder", "glass", papers.folder]
    papers.begin()
    papers.index(*command, log=log)
    publications = [n for n, what, path in calls(log)
                    if what == "rename" and "XAPIANDB" in path]
    assert len(publications) > 1 and len(state.segments(papers.db)) == 1
    papers.begin()
    process = subprocess.Popen(
        [str(BYLINE), "index", "--db", str(papers.db), "--threads", "1",
         *map(str, command)], stdout=subprocess.DEVNULL,
        env=environment(f"STOP:{publications[-1]}"))
    os.waitpid(process.pid, os.WUNTRACED)
    before = state.segments(papers.db)
    time.sleep(1.5)
    process.send_signal(signal.SIGCONT)
    assert process.wait() == 0
    papers.index(*command)
    assert len(before) > 1 and all(segment.exists() for segment in before)
    state.let_pass(papers.db)
    papers.index(*command)
    assert not any(segment.exists() for segment in before)
