"""byline index of a new database: two builders, one result; and where the
faster one can't or must not be used."""
import fcntl
import json
import os

import pytest

from archive import (article, digest, documents, exported, refused, stories,
                     titles, titles_of, write)
from conftest import DIGESTS

DATE = "14 November 2017"
WAYS = [("glass", "1"), ("glass", "2"), ("glass", "5"), ("auto", "2")]


def building(db):
    return db.parent / f".{db.name}.byline-new"


def index(byline, db, *args, **options):
    done = byline("index", "--db", db, *args, **options)
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    assert not building(db).exists()
    return done.stdout


def write_archive(folder):
    """Files with copies of each other's articles, repetitions, several states
    of one article, and what can't be indexed."""
    same = stories(12)
    write(folder / "a.txt", digest(DATE, *same[:6], same[2], same[2]))
    write(folder / "b.txt", digest(DATE, same[1], *same[4:9], same[4]))
    write(folder / "c.txt", digest(
        DATE, article(titles_of(1)[0], "Bruno Keel", "Another text of it."),
        same[9]))
    rows = [{"id": "one", "title": "A title", "text": "What it said first."},
            {"id": "two", "title": "Another title", "text": "Words of it.",
             "authors": ["Zoë Hartnoll", "ZOE HARTNOLL"]},
            {"id": "one", "title": "A title", "text": "What it says now."},
            {"id": "two", "title": "Another title", "text": "Words of it.",
             "authors": ["Zoë Hartnoll", "ZOE HARTNOLL"]},
            {"id": "three", "title": "A day that is none", "date": "tomorrow",
             "text": "It is said."},
            {"title": "Der Hafen", "date": "2020-01-02", "language": "de",
             "text": "Der Hafen war am Abend voll, und die Leute sagten, dass "
                     "es nicht mehr lange so gehen werde."},
            {"title": "Der Hafen", "date": "2020-01-02",
             "text": "Der Hafen war am Abend voll, und die Leute sagten, dass "
                     "es nicht mehr lange so gehen werde."}]
    lines = [json.dumps(row, ensure_ascii=False) for row in rows]
    write(folder / "d.jsonl", "\n".join(lines) + "\n")
    write(folder / "e.jsonl", "\n".join(
        [lines[1].replace("Words", "Other words"), lines[2], lines[5]]) + "\n")
    write(folder / "f.jsonl", lines[0] + "\n")
    return folder


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    return write_archive(tmp_path_factory.mktemp("archive"))


def outcome(byline, db, *args, **options):
    """What a person sees of it."""
    done = byline("index", "--db", db, *args, **options)
    return (done.returncode, done.stdout, done.stderr,
            exported(byline, db), byline("info", "--db", db).stdout)


def without_size(result):
    """Also without how many segments there are: what is in them counts."""
    *rest, info = result
    return (*rest, [line for line in info.splitlines()
                    if not line.startswith(("size", "segments"))])


def in_any_order(result):
    """Segments give their articles by turns."""
    *rest, articles, info = result
    return (*rest, sorted(articles, key=lambda row: row["id"]), info)


@pytest.mark.parametrize("builder, threads", WAYS)
def test_both_builders_give_the_same(byline, archive, tmp_path, builder,
                                     threads):
    plain = outcome(byline, tmp_path / "plain", "--builder", "xapian", archive)
    quick = outcome(byline, tmp_path / "quick", "--builder", builder,
                    "--threads", threads, "--memory", "16M", "--verify",
                    archive)
    assert "replaced" in plain[1] and "unchanged" in plain[1]
    assert without_size(quick) == without_size(plain)


def test_files_named_twice(byline, archive, tmp_path):
    """The second time one is as it was, or must be read again, as an article
    of it could not be indexed, or it may have lost one meanwhile."""
    names = ["a.txt", "d.jsonl", "a.txt", "f.jsonl", "d.jsonl", "c.txt", "."]
    plain, quick = (
        in_any_order(outcome(byline, tmp_path / name, "--builder", name, *names,
                             cwd=archive)) for name in ("xapian", "glass"))
    assert without_size(quick) == without_size(plain)


def test_what_comes_later_goes_on_from_there(byline, archive, tmp_path):
    results = []
    for name in ("xapian", "glass"):
        folder = tmp_path / name
        folder.mkdir()
        for path in archive.iterdir():
            write(folder / path.name, path.read_bytes())
        db = tmp_path / f"{name}.db"
        byline("index", "--db", db, "--builder", name, ".", cwd=folder)
        (folder / "b.txt").unlink()
        write(folder / "c.txt", digest(DATE, *stories(3, first=40)))
        results.append(without_size(
            outcome(byline, db, "--prune", ".", cwd=folder)))
    assert results[0] == results[1]
    assert "1 file gone" in results[0][1]


def folder_size(db):
    return sum(path.stat().st_size for path in db.iterdir())


def test_compressed(byline, archive, tmp_path):
    """Smaller from the beginning, and the same when both are compacted."""
    results, sizes, compacted = [], [], []
    for name, options in ("stored", []), ("deflated", ["--compress"]):
        db = tmp_path / name
        results.append(outcome(byline, db, "--builder", "glass", "--verify",
                               *options, archive))
        sizes.append(folder_size(db))
        byline("compact", "--db", db, tmp_path / f"{name}.compact")
        compacted.append(folder_size(tmp_path / f"{name}.compact"))
    assert without_size(results[0]) == without_size(results[1])
    assert sizes[1] < sizes[0] and compacted[0] == compacted[1] <= sizes[1]


def test_standard_input(byline, tmp_path):
    text = digest(DATE, *stories(4), stories(1)[0])
    results = [without_size(outcome(
        byline, tmp_path / name, "--builder", name, "-", input=text))
        for name in ("xapian", "glass")]
    assert results[0] == results[1] and "4 added" in results[0][1]


def test_an_empty_database(byline, tmp_path):
    write(tmp_path / "notes.txt", "No archive.\n")
    for name in ("xapian", "glass"):
        db = tmp_path / name
        done = byline("index", "--db", db, "--builder", name,
                      tmp_path / "notes.txt")
        assert done.returncode == 2 and documents(db) == 0
        index(byline, db, "--quiet", DIGESTS)


# ---- Where it is not used ----


def test_glass_is_for_this_machine(byline, archive):
    refused(byline("index", "--db", "remote:localhost:1", "--builder", "glass",
                   archive / "b.txt"), "on this machine")


@pytest.mark.parametrize("option, value, words", [
    ("--builder", "lucene", ["auto, glass or xapian", "lucene"]),
    ("--threads", "many", ["--threads takes a number"]),
    ("--threads", "65", ["from 0 to 64"]),
    ("--memory", "1K", ["at least 1M"]),
    ("--memory", "64MB", ["at least 1M", "64MB"]),
    ("--memory", "-64M", ["at least 1M"]),
    ("--memory", "99999999999999G", ["at least 1M"]),
    ("--memory", "", ["at least 1M"]),
])
def test_options_that_are_wrong(byline, tmp_path, option, value, words):
    refused(byline("index", "--db", tmp_path / "db", option, value, DIGESTS),
            *words)
    assert list(tmp_path.iterdir()) == []


def test_an_empty_folder_becomes_the_database(byline, tmp_path):
    db = tmp_path / "db"
    db.mkdir()
    db.chmod(0o2751)
    index(byline, db, "--builder", "glass", DIGESTS)
    assert db.stat().st_mode & 0o7777 == 0o2751
    assert documents(db) > 40


def notice_of(done, db):
    """Of the plain builder's, that there is one and only one line of."""
    lines = done.stderr.splitlines()
    assert done.returncode == 0 and len(lines) == 1, done.stderr
    assert lines[0].startswith(f"byline: {db}: built by Xapian"), lines[0]
    return lines[0]


def not_here(byline, db):
    """Auto builds by Xapian and says why; glass does nothing."""
    refused(byline("index", "--db", db, "--builder", "glass", DIGESTS))
    notice = notice_of(byline("index", "--db", db, DIGESTS), db)
    assert documents(db) > 40
    return notice


def test_a_folder_that_cannot_be_made(byline, tmp_path):
    db = tmp_path / "db"
    building(db).write_text("a file of somebody's")
    assert "cannot open" in not_here(byline, db)
    assert building(db).read_text() == "a file of somebody's"


def test_a_link_in_its_place_is_not_followed(byline, tmp_path):
    db, other = tmp_path / "db", tmp_path / "other"
    other.mkdir()
    write(other / "letter.txt", "Keep me.")
    building(db).symlink_to(other)
    not_here(byline, db)
    assert (other / "letter.txt").read_text() == "Keep me."


def test_a_folder_that_is_not_ours_to_clear(byline, tmp_path):
    db = tmp_path / "db"
    write(building(db) / "letters/one.txt", "Keep me.")
    not_here(byline, db)
    assert (building(db) / "letters/one.txt").read_text() == "Keep me."


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
def test_an_empty_folder_of_somebody_else(byline, tmp_path):
    db = tmp_path / "db"
    db.mkdir()
    os.chown(db, 1234, 1234)
    assert "another user" in not_here(byline, db)
    assert db.stat().st_uid == 1234


def test_a_name_that_is_too_long_to_be_built_beside(byline, tmp_path):
    assert "cannot make a folder" in not_here(byline, tmp_path / ("d" * 250))


# ---- Others, and what they left ----


def left_over(db):
    folder = building(db)
    write(folder / "postlist.glass", b"\0" * 8192)
    write(folder / "iamglass", b"\x0f\x0dXapian Glass")
    return folder


@pytest.mark.parametrize("builder", ["auto", "glass", "xapian"])
def test_what_a_killed_run_left_is_removed(byline, tmp_path, builder):
    db = tmp_path / "db"
    left_over(db)
    index(byline, db, "--builder", builder, DIGESTS)
    left_over(db)  # and where there is a database now
    if builder != "glass":
        index(byline, db, "--builder", builder, DIGESTS)


@pytest.mark.parametrize("builder", ["auto", "glass"])
def test_two_cannot_make_one_database(byline, tmp_path, builder):
    db = tmp_path / "db"
    folder = left_over(db)
    fd = os.open(folder, os.O_RDONLY)
    fcntl.flock(fd, fcntl.LOCK_EX)
    refused(byline("index", "--db", db, "--builder", builder, DIGESTS), db,
            f"process {os.getpid()} (", "is writing to it", "try again")
    assert sorted(p.name for p in folder.iterdir()) == ["iamglass",
                                                        "postlist.glass"]
    os.close(fd)
    index(byline, db, "--builder", builder, DIGESTS)


def test_paths_of_all_kinds(byline, tmp_path):
    (tmp_path / "inside").mkdir()
    names = ["db1", "./db2", "inside/db3", "inside/../db4", "db5//",
             str(tmp_path / "db6")]
    for name in names:
        done = byline("index", "--db", name, "--builder", "glass", DIGESTS,
                      cwd=tmp_path)
        assert (done.returncode, done.stderr) == (0, ""), name
        assert documents(tmp_path / name) > 40
    assert not list(tmp_path.rglob(".*"))


def test_a_folder_is_missing(byline, tmp_path):
    for builder in ("auto", "glass", "xapian"):
        done = byline("index", "--db", tmp_path / "no/db", "--builder",
                      builder, DIGESTS)
        refused(done, tmp_path / "no")
