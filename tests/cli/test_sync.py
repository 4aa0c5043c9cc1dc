"""A database follows its files: what is unchanged is not read, what a file has
no more is dropped, and nothing that another file still has is lost."""
import gzip
import os

import pytest
import xapian

from archive import digest, stories, write

DATE = "14 November 2017"
BUILDER = "auto"


@pytest.fixture(autouse=True, params=["auto", "glass"])
def builder(request, monkeypatch):
    """Changes go into the database itself, or what is new into segments."""
    monkeypatch.setitem(globals(), "BUILDER", request.param)


def index(byline, db, *args):
    """Indexes without a fault; returns the summary."""
    done = byline("index", "--db", db, "--builder", BUILDER, *args)
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    return done.stdout


def titles(byline, db):
    return sorted(row["title"] for row in byline("export", "--db", db).rows)


def age(*paths):
    """Makes files look old: a change of a moment ago is never trusted."""
    for path in paths:
        os.utime(path, (1_500_000_000, 1_500_000_000))


@pytest.fixture
def folder(byline, tmp_path):
    """Two files of three articles each, indexed."""
    there = tmp_path / "papers"
    for number, name in enumerate(("a.txt", "b.txt")):
        write(there / name, digest(DATE, *stories(6)[number * 3:][:3]))
        age(there / name)
    db = tmp_path / "db"
    assert ": 6 added\n" in index(byline, db, there)
    return there, db


def test_an_unchanged_file_is_not_read(byline, folder):
    there, db = folder
    # It can't be: its bytes are other ones, only size, time and inode the same.
    size = (there / "a.txt").stat().st_size
    with open(there / "a.txt", "r+b") as file:
        file.write(b"\0" * size)
    age(there / "a.txt")
    assert index(byline, db, there) == "2 files unchanged since last time\n"


def test_a_touched_file_is_told_by_its_bytes(byline, folder):
    there, db = folder
    os.utime(there / "a.txt")
    assert index(byline, db, there) == "2 files unchanged since last time\n"


def test_a_file_read_in_another_way_is_read_again(byline, folder):
    there, db = folder
    assert ", 6 replaced\n" in index(byline, db, "--language", "de", there)


def test_what_a_changed_file_has_no_more_is_dropped(byline, folder):
    there, db = folder
    before = titles(byline, db)
    write(there / "a.txt", digest(DATE, *stories(6)[:2]))
    assert ", 2 unchanged, 1 dropped\n" in index(byline, db, there)
    after = titles(byline, db)
    assert len(after) == 5 and set(after) < set(before)


def test_a_file_that_breaks_off_drops_nothing(byline, folder):
    """What could not be read to its end says nothing of what it has no more."""
    there, db = folder
    write(there / "a.txt", b"\x7fELF" + b"\0" * 5000)
    done = byline("index", "--db", db, there / "a.txt")
    assert done.returncode == 2
    assert len(titles(byline, db)) == 6


def test_a_copy_keeps_its_articles_when_the_original_changes(byline, folder):
    there, db = folder
    write(there / "copy.txt", (there / "a.txt").read_bytes())
    age(there / "copy.txt")
    assert ": 0 added, 3 unchanged\n" in index(byline, db, there)
    write(there / "a.txt", digest(DATE, *stories(6)[:1]))
    index(byline, db, there)
    rows = byline("export", "--db", db).rows
    assert len(rows) == 6
    sources = {row["title"]: os.path.basename(row["source"]) for row in rows}
    kept = sorted(name for name in sources.values() if name != "b.txt")
    assert kept == ["a.txt", "copy.txt", "copy.txt"]


def test_a_copy_keeps_an_article_as_it_was(byline, folder):
    """The original is corrected, the copy is not: both versions are there."""
    there, db = folder
    write(there / "copy.txt", (there / "a.txt").read_bytes())
    age(there / "copy.txt")
    index(byline, db, there)
    text = (there / "a.txt").read_text(encoding="utf-8")
    write(there / "a.txt", text.replace("upper room", "lower room", 1))
    index(byline, db, there)
    first = byline("export", "--db", db).rows
    assert len(first) == 7
    fresh = db.parent / "fresh"
    index(byline, fresh, there)
    second = byline("export", "--db", fresh).rows
    texts = [sorted(row["text"] for row in rows) for rows in (first, second)]
    assert texts[0] == texts[1]


def test_prune_drops_what_is_gone_and_only_with_the_option(byline, folder):
    there, db = folder
    (there / "a.txt").unlink()
    index(byline, db, there)
    assert len(titles(byline, db)) == 6
    summary = index(byline, db, "--prune", there)
    assert "3 dropped" in summary and "1 file gone\n" in summary
    assert len(titles(byline, db)) == 3
    # And it is forgotten: the file may come back.
    write(there / "a.txt", digest(DATE, *stories(6)[:3]))
    assert ": 3 added\n" in index(byline, db, there)


def test_prune_keeps_a_copy_and_names_its_place(byline, folder):
    there, db = folder
    write(there / "copy.txt", (there / "a.txt").read_bytes())
    index(byline, db, there)
    (there / "a.txt").unlink()
    index(byline, db, "--prune", there)
    rows = byline("export", "--db", db).rows
    assert len(rows) == 6
    assert {os.path.basename(row["source"]) for row in rows} == {
        "b.txt", "copy.txt"}


def test_prune_looks_only_below_the_paths(byline, folder, tmp_path):
    there, db = folder
    other = tmp_path / "papers-of-others"
    write(other / "c.txt", digest(DATE, *stories(9)[6:]))
    index(byline, db, other)
    (other / "c.txt").unlink()
    index(byline, db, "--prune", there)
    assert len(titles(byline, db)) == 9


def test_prune_does_nothing_where_the_folder_itself_is_missing(
        byline, folder, tmp_path):
    there, db = folder
    there.rename(tmp_path / "unplugged")
    done = byline("index", "--db", db, "--prune", there)
    assert done.returncode == 2 and str(there) in done.stderr
    assert len(titles(byline, db)) == 6


def test_a_dry_run_says_what_would_happen_and_changes_nothing(byline, folder):
    there, db = folder
    write(there / "a.txt", digest(DATE, *stories(6)[:2]))
    (there / "b.txt").unlink()
    before = xapian.Database(str(db)).get_revision()
    dry = index(byline, db, "--dry-run", "--prune", there)
    assert xapian.Database(str(db)).get_revision() == before
    assert len(titles(byline, db)) == 6
    wet = index(byline, db, "--prune", there)
    assert dry == "dry run, nothing is changed:\n" + wet
    assert len(titles(byline, db)) == 2


def test_a_dry_run_makes_no_database(byline, folder, tmp_path):
    there, _ = folder
    new = tmp_path / "new"
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    done = byline("index", "--db", new, "--dry-run", there,
                  env={"TMPDIR": str(scratch)})
    assert done.returncode == 0 and ": 6 added\n" in done.stdout
    assert not new.exists()
    assert list(scratch.iterdir()) == []


def test_a_dry_run_of_a_remote_database_is_refused(byline, folder):
    there, _ = folder
    done = byline("index", "--db", "remote:localhost:1", "--dry-run", there)
    assert done.returncode == 2 and "dry run" in done.stderr


def test_the_database_itself_is_not_read(byline, folder):
    there, _ = folder
    inside = there / "byline.db"
    for _ in range(2):
        done = byline("index", "--db", inside, there)
        assert (done.returncode, done.stderr) == (0, "")
    done = byline("index", "--db", inside, inside)
    assert done.returncode == 2 and "Xapian database" in done.stderr


def test_many_rounds_end_where_one_would(byline, tmp_path):
    """Files come, change, move and go; the database is in the end what a new
    one is."""
    there, db = tmp_path / "papers", tmp_path / "db"
    parts = stories(12)
    rounds = [
        {"a": parts[:3], "b": parts[3:6]},
        {"a": parts[:2], "b": parts[3:6], "c": parts[2:5]},
        {"c": parts[2:5], "d": parts[:2]},
        {"a": parts[6:9], "c": parts[4:7], "d": parts[1:2]},
        {"a": parts[6:9], "e": parts[6:12]},
    ]
    for number, files in enumerate(rounds):
        for path in list(there.glob("*.txt")) if there.exists() else []:
            if path.stem not in files:
                path.unlink()
        for name, chosen in files.items():
            write(there / f"{name}.txt", digest(DATE, *chosen))
        index(byline, db, "--prune", there)
        fresh = tmp_path / f"fresh{number}"
        index(byline, fresh, there)
        assert titles(byline, db) == titles(byline, fresh)
        for row in byline("export", "--db", db).rows:
            lines = open(row["source"], encoding="utf-8").read().splitlines()
            assert lines[row["line"] - 1] == row["title"]


def test_prune_after_a_file_was_renamed_and_cut(byline, folder):
    """Its articles moved, all but one: that one goes with the old name."""
    there, db = folder
    (there / "a.txt").unlink()
    write(there / "new.txt", digest(DATE, *stories(6)[:2]))
    assert ": 0 added, 2 moved\n" in index(byline, db, there)
    index(byline, db, "--prune", there)
    assert len(titles(byline, db)) == 5


def test_prune_after_a_file_broke_off(byline, folder):
    """A file that could not be read to its end is known all the same."""
    there, db = folder
    path = there / "c.txt.gz"
    whole = gzip.compress(digest(DATE, *stories(60)[6:]).encode("utf-8"))
    path.write_bytes(whole[:len(whole) // 2])
    assert byline("index", "--db", db, there).returncode == 2
    assert len(titles(byline, db)) > 6
    path.unlink()
    index(byline, db, "--prune", there)
    assert len(titles(byline, db)) == 6


def test_a_second_round_says_nothing_twice(byline, folder):
    """Copies are read again when the original changes; faults are not told
    again."""
    there, db = folder
    write(there / "copy.txt", (there / "a.txt").read_bytes())
    write(there / "empty.txt", b"")
    (there / "gone.txt").symlink_to("nowhere")
    byline("index", "--db", db, there)
    write(there / "a.txt", digest(DATE, *stories(6)[:1]))
    done = byline("index", "--db", db, there)
    assert done.returncode == 2
    lines = done.stderr.splitlines()
    assert len(lines) == len(set(lines)) and len(lines) >= 1
    assert len(titles(byline, db)) == 6
