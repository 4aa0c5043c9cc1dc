"""byline index --watch, killed at random moments while its files change, and
started again: it then brings the database to where an undisturbed run ends."""
import json
import re
import shutil
import subprocess
import time

import pytest

import state
from commands import (DISK, environment, generator, run, tell, times)
from conftest import BYLINE
from editor import Editor, state_of

PATIENCE = 90  # seconds for a state to come, on a machine that has much to do
MODIFIED = 0  # the slot of a file's time

@pytest.fixture(scope="module")
def counts(request):
    found = {}
    yield found
    tell(request, *(f"{what}: {count}" for what, count in found.items()))


class Watch:
    """The command, while it runs."""

    def __init__(self, command, fault=None):
        self.process = subprocess.Popen(
            [str(BYLINE), *map(str, command), "--watch", "--delay", "0.02"],
            env=environment(fault), stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE, encoding="utf-8")

    def runs(self):
        return self.process.poll() is None

    def end(self, kill=False):
        """Its status, and what it said of errors."""
        if kill:
            self.process.kill()
        else:
            self.process.terminate()
        errors = self.process.communicate(timeout=PATIENCE)[1]
        return self.process.returncode, errors


def until_in_step(watch, command, editor):
    """As everybody can see it: nothing is to be done."""
    wanted = ("dry run, nothing is changed:\n"
              f"{len(editor.files)} files unchanged since last time\n")
    end = time.monotonic() + PATIENCE
    while (done := run([*command, "--dry-run", "--prune"])).stdout != wanted:
        assert watch.runs(), watch.process.communicate()
        assert time.monotonic() < end, done
        time.sleep(0.02)


def assert_whole(db, editor, there):
    """Nothing is damaged, twice, or in part. there: it has been in step."""
    found = state.check(db)
    if not all(map(state.is_there, state.shards(db))):
        assert not there  # it, or one of its shards, is not made yet
        return
    done = run(["export", "--db", db])
    assert (done.returncode, done.stderr) == (0 if done.stdout else 1, "")
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(rows) == len(found.articles)
    assert {state_of(row) for row in rows} <= editor.written
    if there:
        assert editor.always <= {row["id"] for row in rows}


def timeless(found):
    """An article that did not change keeps the time of its file as it was; how
    an author is spelled stays known when no articles are left."""
    metadata = {(shard, key): value for (shard, key), value in
                found.metadata.items() if not key.startswith(b"byline:author:")}
    return found._replace(metadata=metadata, articles={
        name: article._replace(
            data=re.sub(rb"\nmodtime=\d+", b"", article.data),
            values=tuple(v for v in article.values if v[0] != MODIFIED))
        for name, article in found.articles.items()})


def assert_as_undisturbed(db, command, editor):
    fresh = db.parent.parent / "fresh"
    shutil.rmtree(fresh, ignore_errors=True)
    done = run(["index", "--db", fresh, *command[3:]])
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    found, wanted = timeless(state.check(db)), timeless(state.check(fresh))
    assert not (lines := state.differences(found, wanted)), lines
    state.assert_words_counted(db)
    assert len(editor.files) * len(state.shards(db)) == len(found.records)


def change_for_a_while(watch, editor, rng):
    for _ in range(rng.randrange(2, 40)):
        if not watch.runs():
            break
        editor.change()
        time.sleep(rng.choice([0, 0.001, 0.03, 0.06]))


@pytest.mark.parametrize("builder,shards", [
    ("auto", None), ("glass", None), ("xapian", None), ("auto", 3),
    ("glass", 3)])
def test_killed_while_files_change(tmp_path, builder, shards, counts):
    rng = generator("watch", builder, shards)
    editor = Editor(tmp_path / "archive", rng)
    db = tmp_path / DISK / "db"
    db.parent.mkdir()
    command = ["index", "--db", db, "--builder", builder, "--memory", "1M",
               "--threads", "2", "--segment", "1M",
               *(["--shards", shards] if shards else []), editor.folder]
    there = False
    for n in range(times(3)):
        fault = rng.choice([f"KILL:{rng.randrange(1, 150)}",
                            f"TEAR:{rng.randrange(1, 150)}", None])
        watch = Watch(command, fault)
        change_for_a_while(watch, editor, rng)
        time.sleep(rng.uniform(0, 0.1))
        print(n, fault, watch.end(kill=True))
        assert watch.process.returncode == -9
        counts["watch killed"] = counts.get("watch killed", 0) + 1
        assert_whole(db, editor, there)
        for _ in range(rng.randrange(4)):
            editor.change()  # while nobody sees it
        watch = Watch(command)
        if n % 2 == 0:
            change_for_a_while(watch, editor, rng)
        until_in_step(watch, command, editor)
        assert watch.end()[0] == 0
        there = True
        assert_as_undisturbed(db, command, editor)
        for _ in range(2):
            state.let_pass(db)
            assert run(command).returncode == 0
        assert not (names := state.leftovers(db)), names
