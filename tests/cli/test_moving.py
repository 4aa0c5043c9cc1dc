"""Articles that go from file to file, or from one place in a file to another:
whatever happens on the way, in the end there is what the files have, once."""
import json
import os
import signal
import subprocess
import time

import pytest

from archive import contents
from conftest import BYLINE


def row(name, text=None, **other):
    return {"id": name, "title": name, "text": text or f"About {name}.", **other}


def put(path, *rows):
    """As if it had been written a while ago: its time of change counts."""
    path.write_text("".join(json.dumps(r) + "\n" for r in rows))
    seconds = time.time() - 100
    os.utime(path, (seconds, seconds))
    return path


def texts(byline, db):
    return sorted(row["text"] for row in byline("export", "--db", db).rows)


def ids(byline, db):
    return {r["text"]: r["id"] for r in byline("export", "--db", db).rows}


def index(byline, db, *args, status=0, **options):
    done = byline("index", "--db", db, *args, **options)
    assert done.returncode == status, done
    return done.stdout


@pytest.fixture
def fresh(byline, tmp_path):
    """What an index of these files has."""
    def make(*paths):
        index(byline, tmp_path / "fresh", *paths)
        return contents(byline, tmp_path / "fresh")
    return make


def test_one_of_two_with_its_id_belongs_to_another_file(byline, tmp_path,
                                                        fresh):
    """In databases that overlap and were compacted: the one that is replaced by
    the other is read again in its file."""
    first, second = tmp_path / "1.jsonl", tmp_path / "2.jsonl"
    db, one, two = (tmp_path / name for name in ("db", "one", "two"))
    put(second, row("x"))
    put(first, row("x"), row("y"))
    index(byline, one, second)
    index(byline, two, first)
    byline("compact", "--db", one, "--db", two, db)
    put(first, row("x"), row("y"), row("q"))
    index(byline, db, first, second)
    put(first, row("q"))
    index(byline, db, first, second)
    assert contents(byline, db) == fresh(first, second)


def test_what_cannot_be_written_leaves_nothing_behind(byline, tmp_path, fresh):
    """Where the article came from, it is no more."""
    first, second, db = (tmp_path / name for name in
                         ("1.jsonl", "2.jsonl", "db"))
    larger = ["--max", "article=200M", "--max", "memory=2G"]
    put(first, row("x"), row("y"))
    index(byline, db, *larger, first)
    put(first, row("y"))
    put(second, row("x", "b c " * (106 << 18)))
    told = index(byline, db, *larger, first, second, status=2)
    assert "1 dropped" in told and "1 not written" in told
    assert texts(byline, db) == ["About y."]
    put(second, row("q"))
    index(byline, db, *larger, first, second)
    assert contents(byline, db) == fresh(first, second)


def test_a_file_named_twice_in_a_run_that_is_stopped(byline, tmp_path):
    path, db = tmp_path / "1.jsonl", tmp_path / "db"
    put(path, row("x"), row("y"))
    index(byline, db, path)
    path.write_text(json.dumps(row("y")) + "\n")  # a moment ago
    process = subprocess.Popen(
        [str(BYLINE), "index", "--db", str(db), "--format", "jsonl", str(path),
         str(path), "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL, text=True)
    process.stdin.write(json.dumps(row("z")) + "\n" * 9)
    process.stdin.flush()
    time.sleep(.5)
    process.send_signal(signal.SIGINT)
    told, _ = process.communicate()
    assert "dropped" not in told
    index(byline, db, "--format", "jsonl", path)
    index(byline, db, "--format", "jsonl", path)
    assert "About x." not in texts(byline, db)


NEWS = [{"title": "News", "date": "2020-01-01", "text": f"The {n} text."}
        for n in ("first", "second")]


def test_the_same_behind_one_that_has_gone(byline, tmp_path, fresh):
    """Ids that are made count articles alike but for their texts."""
    first, second, db = (tmp_path / name for name in
                         ("1.jsonl", "2.jsonl", "db"))
    put(first, *NEWS)
    index(byline, db, first)
    put(first, NEWS[1])
    put(second, NEWS[1])
    index(byline, db, first, second)
    assert texts(byline, db) == ["The second text."]
    put(first, NEWS[1], row("q"))
    index(byline, db, first, second)
    assert texts(byline, db) == ["About q.", "The second text."]


def test_an_article_between_others_that_have_gone(byline, tmp_path):
    """It stays the same one."""
    path, db = tmp_path / "1.jsonl", tmp_path / "db"
    news = [{**NEWS[0], "text": f"Text {n}."} for n in range(5)]
    put(path, *news)
    index(byline, db, path)
    before = ids(byline, db)
    for kept in ([0, 1, 2, 4], [2, 4], [2], [2, 4], [4, 2]):
        put(path, *(news[n] for n in kept), row(f"other{len(kept)}"))
        index(byline, db, path)
        rows = [r for r in byline("export", "--db", db).rows
                if r["title"] == "News"]
        assert sorted(r["text"] for r in rows) == [f"Text {n}."
                                                   for n in sorted(kept)]
        assert all(r["id"] == before[r["text"]] for r in rows
                   if r["text"] == "Text 2.")


def test_back_in_the_file_that_a_copy_came_from(byline, tmp_path):
    """And the copy goes: the file has it again, though it was always said to
    come from there."""
    folder, db = tmp_path / "papers", tmp_path / "db"
    folder.mkdir()
    first, second = put(folder / "1.jsonl", row("x")), folder / "2.jsonl"
    put(second, row("x"), row("y"))
    index(byline, db, folder)
    put(first, row("q"))
    second.unlink()
    index(byline, db, folder)
    put(first, row("x"))
    index(byline, db, "--prune", folder)
    assert texts(byline, db) == ["About x."]


def test_an_id_is_not_taken_while_another_file_has_it(byline, tmp_path):
    """The other file may not be read in this run, or after it was stopped."""
    first, second, db = (tmp_path / name for name in
                         ("1.jsonl", "2.jsonl", "db"))
    put(first, NEWS[0])
    put(second, NEWS[0])
    index(byline, db, first, second)
    before = ids(byline, db)
    put(first, NEWS[1])
    index(byline, db, first)
    assert texts(byline, db) == sorted(r["text"] for r in NEWS)
    index(byline, db, first, second)
    after = ids(byline, db)
    assert after.keys() == {r["text"] for r in NEWS}
    assert after.items() >= before.items()


def test_an_id_goes_with_the_text_to_another_file(byline, tmp_path):
    first, second, db = (tmp_path / name for name in
                         ("1.jsonl", "2.jsonl", "db"))
    put(first, *NEWS)
    index(byline, db, first)
    before = ids(byline, db)
    put(first, row("q"))
    put(second, {**NEWS[0], "text": "The third text."}, NEWS[1])
    index(byline, db, first, second)
    after = ids(byline, db)
    assert after["The second text."] == before["The second text."]
    assert after["The third text."] == before["The first text."]


def test_the_last_file_says_how_an_article_is(byline, tmp_path):
    """Of several that have it in different states, as saved feeds do; and when
    nothing has changed there is nothing to do."""
    first, second, third, db = (tmp_path / name for name in
                                ("1.jsonl", "2.jsonl", "3.jsonl", "db"))

    def settles_on(text, *paths):
        index(byline, db, *paths)
        for _ in range(2):
            assert text in texts(byline, db)
            told = index(byline, db, *paths)
            assert told == f"{len(paths)} files unchanged since last time\n"

    put(first, row("x", "One."), row("y"))
    put(second, row("x", "Two."))
    put(third, row("x", "Three."), row("z"))
    settles_on("Three.", first, second, third)
    put(first, row("x", "First."), row("y"))
    settles_on("Three.", first, second, third)
    put(third, row("z"))
    settles_on("Two.", first, second, third)
    second.unlink()
    index(byline, db, "--prune", tmp_path)
    assert texts(byline, db) == ["About y.", "About z.", "First."]
    settles_on("First.", first, third)


def test_another_file_keeps_what_is_written_anew(byline, tmp_path):
    """It is not read, as it is not named; and the first has it no more."""
    first, second, db = (tmp_path / name for name in
                         ("1.jsonl", "2.jsonl", "db"))
    for written_anew in ([row("q"), row("x")], [row("x", "Another text.")]):
        put(first, row("x"))
        put(second, row("x"))
        index(byline, db, first, second)
        put(first, *written_anew)
        index(byline, db, first)
        put(first, row("q"))
        index(byline, db, first)
        assert len(texts(byline, db)) == 2
        index(byline, db, first, second)
        assert texts(byline, db) == ["About q.", "About x."]


def test_ids_stay_with_one_put_before(byline, tmp_path):
    """And an article that is edited in its place keeps its id."""
    path, db = tmp_path / "1.jsonl", tmp_path / "db"
    news = [{**NEWS[0], "text": f"Text {n}."} for n in range(5)]
    put(path, *news[1:])
    index(byline, db, path)
    before = ids(byline, db)
    put(path, *news)
    assert "1 added" in index(byline, db, path)
    after = ids(byline, db)
    assert after.items() > before.items()
    news[2] = {**news[2], "text": "Another text."}
    put(path, *news)
    assert index(byline, db, path) == (
        "5 articles in 1 file: 0 added, 1 replaced, 4 unchanged\n")
    found = ids(byline, db)
    assert found["Another text."] == after["Text 2."]
    assert {t: found[t] for t in after if t != "Text 2."} == {
        t: after[t] for t in after if t != "Text 2."}


def test_a_file_changes_before_it_is_read_again(byline, tmp_path):
    """As one with another state of an article is, when all has been read: what
    it had stays until the next run."""
    path, db = tmp_path / "1.jsonl", tmp_path / "db"
    put(path, NEWS[0])
    index(byline, db, path)
    put(path, NEWS[1])
    process = subprocess.Popen(
        [str(BYLINE), "index", "--db", str(db), "--format", "jsonl", str(path),
         "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    process.stdin.write(json.dumps(row("z")) + "\n" * 9)
    process.stdin.flush()
    time.sleep(.5)
    put(path, NEWS[1], row("q"))
    process.communicate()
    assert process.returncode == 0
    assert {"The first text.", "About z."} <= set(texts(byline, db))
    index(byline, db, path)
    assert texts(byline, db) == ["About q.", "About z.", "The second text."]


def test_what_is_read_twice_counts_once(byline, tmp_path):
    first, second, db = (tmp_path / name for name in
                         ("1.jsonl", "2.jsonl", "db"))
    put(first, NEWS[0], row("k"))
    index(byline, db, first)
    put(first, NEWS[1], row("k"))
    put(second, NEWS[1])
    told = index(byline, db, first, first, second)
    assert told == ("3 articles in 2 files: 0 added, 1 replaced, 2 unchanged\n"
                    "1 file unchanged since last time\n")
    assert texts(byline, db) == ["About k.", "The second text."]


def test_the_same_behind_many_that_have_gone(byline, tmp_path):
    first, second, db = (tmp_path / name for name in
                         ("1.jsonl", "2.jsonl", "db"))
    news = [{**NEWS[0], "text": f"Text {n}."} for n in range(10)]
    put(first, *news)
    index(byline, db, first)
    put(first, news[9])
    index(byline, db, first)
    put(second, news[9])
    assert index(byline, db, second).startswith(
        "1 article in 1 file: 0 added, 1 unchanged")
    assert texts(byline, db) == ["Text 9."]
