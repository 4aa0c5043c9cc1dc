"""A file that was changed, read by a run that was killed, and is as it was
before again: what the run has published of it goes."""
import os
import shutil

import pytest

import state
from articles import make_articles, write_rows
from commands import DISK, calls, environment, generator, run, tell, times


def put(path, rows):
    """At one time, so that only what is in it tells one state from another."""
    write_rows(path, rows)
    os.utime(path, (1_700_000_000, 1_700_000_000))


@pytest.mark.parametrize("builder,parts", [
    ("auto", 1), ("glass", 1), ("xapian", 1), ("glass", 2), ("xapian", 2)])
def test_a_file_that_is_as_it_was(tmp_path, builder, parts, request):
    base, db, folder = (tmp_path / DISK / name
                        for name in ("base", "db", "papers"))
    folder.mkdir(parents=True)
    rows = make_articles(3, 400)
    command = ["--builder", builder, "--threads", "1", folder]
    if parts == 2:  # it is the larger one, so that they stay two
        put(folder / "0.jsonl", make_articles(5, 500))
        assert run(["index", "--db", base, *command]).returncode == 0
    put(folder / "a.jsonl", rows[:3])
    put(folder / "b.jsonl", rows[3:9])
    grown = ["--builder", "glass", folder] if parts == 2 else command
    assert run(["index", "--db", base, *grown]).returncode == 0
    assert len(state.segments(base)) == parts
    # Spellings of authors stay when their articles go.
    whole = state.check(base)._replace(metadata={})
    more = [{**rows[3], "text": "It was another one."}, *rows[10:]]

    def changed(fault=None, log=None):
        put(folder / "b.jsonl", more)
        shutil.rmtree(db, ignore_errors=True)
        shutil.copytree(base, db)
        return run(["index", "--db", db, *command],
                   env=environment(fault, log))

    log = tmp_path / "log"
    assert changed(log=log).returncode == 0
    made = calls(log)
    moments = {n + 1 for n, what, _ in made if what == "rename"}
    chance = generator("back again", builder)
    moments |= {chance.randrange(1, len(made)) for _ in range(times(10))}
    for moment in sorted(moments):
        changed(f"KILL:{moment}")
        put(folder / "b.jsonl", rows[3:9])
        done = run(["index", "--db", db, *command])
        assert (done.returncode, done.stderr) == (0, ""), done.stderr
        found = state.check(db)._replace(metadata={})
        assert not state.differences(found, whole), moment
    tell(request, f"files that are as they were: {len(moments)}")
