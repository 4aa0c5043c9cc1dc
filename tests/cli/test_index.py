"""byline index: what is new goes in once, what changed is replaced, and
nothing is ever lost or doubled."""
import hashlib
import shutil

import pytest
import xapian

from archive import (HABIT, article, contents, digest, documents, exported,
                     refused, stories, terms, titles, titles_of, write)
from conftest import DIGESTS, SOURCE


def index(byline, db, *paths, **options):
    done = byline("index", "--db", db, *paths, **options)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_what_is_read_is_in_the_database(byline, fixture_db, expected):
    assert documents(fixture_db) == len(expected)
    rows = exported(byline, fixture_db)
    for row in rows:
        del row["id"]
        assert row["language"] in ("en", None)
        row["language"] = None  # found out when it was indexed
    assert rows == expected


def test_the_summary_counts(byline, tmp_path, expected):
    summary = index(byline, tmp_path / "db", *sorted(DIGESTS.glob("*.txt")))
    assert summary == (f"{len(expected)} articles in 5 files: "
                       f"{len(expected)} added\n")


def test_one_is_not_counted_as_several(byline, tmp_path):
    path = write(tmp_path / "a.txt", digest("2017-11-14", *stories(1)))
    db = tmp_path / "db"
    assert index(byline, db, path) == "1 article in 1 file: 1 added\n"
    assert index(byline, db, path) == "1 file unchanged since last time\n"
    assert " (1 article has one)\n" in byline("info", "--db", db).stdout
    done = byline("search", "--db", db, "--limit", 0, "matter")
    assert done.stderr == "byline: 1 article found, 0 shown\n"


def test_quiet_says_nothing(byline, tmp_path):
    assert index(byline, tmp_path / "db", "--quiet",
                 DIGESTS / "1998-harbour.txt") == ""


def test_the_same_again_changes_nothing(byline, tmp_path, expected):
    db = tmp_path / "db"
    files = sorted(DIGESTS.glob("*.txt"))
    index(byline, db, *files)
    before = contents(byline, db)
    summary = index(byline, db, *files)
    assert summary == "5 files unchanged since last time\n"
    assert contents(byline, db) == before


def test_a_moved_file_moves_its_articles(byline, tmp_path):
    db, old, new = (tmp_path / n for n in ("db", "old.txt", "new/name.txt"))
    write(old, digest("14 November 2017", *stories(3)))
    index(byline, db, old)
    new.parent.mkdir()
    old.rename(new)
    assert ": 0 added, 3 moved\n" in index(byline, db, new)
    assert [row["source"] for row in exported(byline, db)] == [str(new)] * 3
    assert documents(db) == 3
    assert "1 file unchanged" in index(byline, db, new)


def test_articles_that_slide_down_a_file_are_moved(byline, tmp_path):
    """A new article on top of a file changes the others' lines only."""
    db, path = tmp_path / "db", tmp_path / "a.txt"
    write(path, digest("14 November 2017", *stories(3)))
    index(byline, db, path)
    new = article("Something else altogether", "Ada Marlow",
                  HABIT.format("something else"))
    write(path, digest("14 November 2017", new, *stories(3)))
    assert ": 1 added, 3 moved\n" in index(byline, db, path)
    undisturbed = tmp_path / "fresh"
    index(byline, undisturbed, path)
    assert contents(byline, db) == contents(byline, undisturbed)


def test_an_edited_article_is_replaced_alone(byline, tmp_path):
    db, path = tmp_path / "db", tmp_path / "a.txt"
    text = digest("14 November 2017", *stories(4))
    write(path, text)
    index(byline, db, path)
    before = contents(byline, db)
    write(path, text.replace("Nobody had read paper 14 ",
                             "Everybody had read paper 14 "))
    assert ": 0 added, 1 replaced, 3 unchanged\n" in index(byline, db, path)
    after = contents(byline, db)
    assert [row["id"] for row in after] == [row["id"] for row in before]
    changed = [row["title"] for row, old in zip(after, before) if row != old]
    assert changed == titles_of(1, first=2)
    assert "everybody" in terms(db)


def test_an_article_read_twice_is_there_once(byline, tmp_path):
    db, path = tmp_path / "db", tmp_path / "a.txt"
    first, second = stories(2)
    write(path, digest("14 November 2017", first, second, first))
    assert ": 2 added, 1 unchanged\n" in index(byline, db, path)
    assert titles(byline, db) == titles_of(2)
    assert "1 file unchanged" in index(byline, db, path)


def test_a_copied_file_adds_nothing(byline, tmp_path):
    db, path, copy = (tmp_path / n for n in ("db", "a.txt", "b.txt"))
    write(path, digest("14 November 2017", *stories(3)))
    shutil.copy(path, copy)
    assert ": 3 added, 3 unchanged\n" in index(byline, db, path, copy)
    assert documents(db) == 3
    assert {row["source"] for row in exported(byline, db)} == {str(path)}
    assert "2 files unchanged" in index(byline, db, path, copy)


def column(part):
    return article("Notes from the quay", "Ada Marlow", HABIT.format(part))


def texts(byline, db):
    return sorted(row["text"] for row in exported(byline, db))


PARTS = ["the weather", "the rope", "the clock"]
COLUMN = sorted(HABIT.format(part) for part in PARTS)


def test_columns_with_one_name_are_all_kept(byline, tmp_path):
    """Title, date and author are the same; each text is an article."""
    db, path = tmp_path / "db", tmp_path / "a.txt"
    write(path, digest("14 November 2017", *map(column, PARTS)))
    assert ": 3 added\n" in index(byline, db, path)
    assert texts(byline, db) == COLUMN
    assert "1 file unchanged" in index(byline, db, path)
    write(path, digest("14 November 2017", *map(column, reversed(PARTS))))
    index(byline, db, path)
    assert texts(byline, db) == COLUMN
    assert len({row["id"] for row in exported(byline, db)}) == 3


def test_columns_with_one_name_in_several_files_are_all_kept(byline, tmp_path):
    db = tmp_path / "db"
    files = [write(tmp_path / f"{n}.txt",
                   digest("14 November 2017", column(part)))
             for n, part in enumerate(PARTS)]
    assert ": 3 added\n" in index(byline, db, *files)
    for order in (files, files[::-1], files[1:], files[:1]):
        for path in order:  # or it would not be read at all
            path.write_bytes(path.read_bytes() + b"\n")
        assert f": 0 added, {len(order)} unchanged\n" in index(
            byline, db, *order)
        assert texts(byline, db) == COLUMN


def test_one_of_several_columns_is_edited(byline, tmp_path):
    db, path = tmp_path / "db", tmp_path / "a.txt"
    write(path, digest("14 November 2017", *map(column, PARTS)))
    index(byline, db, path)
    edited = [PARTS[0], "the anchor", PARTS[2]]
    write(path, digest("14 November 2017", *map(column, edited)))
    assert ": 0 added, 1 replaced, 2 unchanged\n" in index(byline, db, path)
    assert texts(byline, db) == sorted(map(HABIT.format, edited))


def test_a_language_stems_and_is_recorded(byline, tmp_path):
    db, path = tmp_path / "db", tmp_path / "a.txt"
    write(path, digest("2017-11-14", article(
        "Alte Häuser am Hafen", "Ada Marlow",
        "Die Häuser am Hafen werden in diesem Jahr für viel Geld erneuert.")))
    index(byline, db, "--language", "de", path)
    assert "Lde" in terms(db, "L")
    stem = xapian.Stem("de")("häuser").decode("utf-8")
    assert stem == "haus"
    assert f"Z{stem}" in terms(db, "Z")
    assert exported(byline, db)[0]["language"] == "de"
    found = byline("search", "--db", db, "--language", "de", "hauses")
    assert found.returncode == 0 and "Alte Häuser" in found.stdout


def test_an_unnamed_language_is_found_out(byline, fixture_db):
    assert terms(fixture_db, "L") == {"Len"}
    assert terms(fixture_db, "XSTEM") == {"XSTEMen"}
    assert "Zstrike" in terms(fixture_db, "Z")


def test_an_unknown_language_makes_no_database(byline, tmp_path):
    db = tmp_path / "db"
    done = byline("index", "--db", db, "--language", "klingon",
                  DIGESTS / "1998-harbour.txt")
    refused(done, "klingon")
    assert not db.exists()


def test_a_language_without_a_stemmer_has_the_stems_omega_asks_for(byline, tmp_path):
    db = tmp_path / "db"
    path = write(tmp_path / "a.txt", digest("2017-11-14", *stories(2)))
    index(byline, db, "--language", "cy", path)
    assert terms(db, "L") == {"Lcy"}
    assert "Zcommitte" in terms(db) and "committee" in terms(db)
    for word, status in (("committee", 0), ("committees", 1)):
        assert byline("search", "--db", db, "--language", "cy",
                      word).returncode == status


def test_byline_db_names_the_database(byline, tmp_path):
    db = tmp_path / "from-the-environment"
    path = write(tmp_path / "a.txt", digest("2017-11-14", *stories(2)))
    done = byline("index", path, env={"BYLINE_DB": str(db)}, cwd=tmp_path)
    assert (done.returncode, documents(db)) == (0, 2)
    assert not (tmp_path / "byline.db").exists()


def test_without_a_name_it_is_byline_db_in_this_folder(byline, tmp_path):
    path = write(tmp_path / "a.txt", digest("2017-11-14", *stories(2)))
    for env in ({}, {"BYLINE_DB": ""}):
        assert byline("index", path, env=env, cwd=tmp_path).returncode == 0
    assert documents(tmp_path / "byline.db") == 2


def test_only_one_database_is_written(byline, tmp_path):
    done = byline("index", "--db", tmp_path / "a", "--db", tmp_path / "b",
                  DIGESTS)
    refused(done, "--db")
    assert not list(tmp_path.iterdir())


def test_standard_input_is_indexed(byline, tmp_path):
    db = tmp_path / "db"
    index(byline, db, "-", input=digest("2017-11-14", *stories(3)))
    assert titles(byline, db) == sorted(titles_of(3))


# ---- Databases that are not byline's own ----------------------------------

def fingerprint(db):
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest()
            for p in db.iterdir() if p.name != "flintlock"}


def test_a_database_of_somebody_else_is_left_alone(byline, tmp_path):
    db = tmp_path / "db"
    theirs = xapian.WritableDatabase(str(db), xapian.DB_CREATE)
    document = xapian.Document()
    document.set_data("not an article")
    document.add_term("word")
    theirs.add_document(document)
    theirs.close()
    before = fingerprint(db)
    for command in (["index", "--db", db, DIGESTS / "1998-harbour.txt"],
                    ["search", "--db", db, "word"], ["export", "--db", db],
                    ["info", "--db", db]):
        refused(byline(*command), db, "not one of byline's")
    assert fingerprint(db) == before


def test_a_database_without_documents_is_taken(byline, tmp_path):
    db = tmp_path / "db"
    xapian.WritableDatabase(str(db), xapian.DB_CREATE).close()
    index(byline, db, DIGESTS / "1998-harbour.txt")
    assert documents(db) == 12


def test_a_folder_without_files_becomes_a_database(byline, tmp_path):
    db = tmp_path / "db"
    db.mkdir()
    index(byline, db, DIGESTS / "1998-harbour.txt")
    assert documents(db) == 12


@pytest.mark.parametrize("command", ["index", "search", "info", "export"])
def test_a_later_schema_is_refused(byline, tmp_path, command):
    db = tmp_path / "db"
    path = write(tmp_path / "a.txt", digest("2017-11-14", *stories(2)))
    index(byline, db, path)
    later = xapian.WritableDatabase(str(db), xapian.DB_OPEN)
    later.set_metadata("byline:schema", "99")
    later.close()
    before = fingerprint(db)
    arguments = {"index": [path], "search": ["matter"]}.get(command, [])
    refused(byline(command, "--db", db, *arguments), db, "99")
    assert fingerprint(db) == before


def test_the_fixtures_folder_is_indexed_with_its_notices(byline, tmp_path):
    """Without a terminal, stderr has the notices and no progress."""
    done = byline("index", "--db", tmp_path / "db", "fixtures/charsets",
                  "plugin/base", cwd=SOURCE)
    assert done.returncode == 0
    assert "\r" not in done.stderr and "\x1b" not in done.stderr
    lines = done.stderr.splitlines()
    assert lines and all(line.startswith(("byline: fixtures/",
                                          "byline: plugin/")) and
                         (": skipped: " in line or ": repaired: " in line)
                         for line in lines)
    skipped = sum(": skipped: " in line for line in lines)
    assert f"{skipped} files skipped" in done.stdout


def test_a_language_may_be_given_by_its_name(byline, tmp_path):
    """The database records the ISO code, whatever the stemmer is called."""
    digest = DIGESTS / "1998-harbour.txt"
    for name, code in (("english", "en"), ("German", None), ("german", "de"),
                       ("porter", None), ("ja", "ja")):
        db = tmp_path / name
        done = byline("index", "--db", db, "--language", name, digest)
        if name == "German":
            assert done.returncode == 2
            continue
        assert done.returncode == 0, done.stderr
        languages = byline("info", "--db", db, "--format", "json").json[
            "languages"]
        assert [c["value"] for c in languages] == ([code] if code else [])


def test_an_empty_language_is_refused(byline, tmp_path):
    done = byline("index", "--db", tmp_path / "db", "--language", "",
                  DIGESTS / "1998-harbour.txt")
    assert done.returncode == 2
    assert "language" in done.stderr
    assert not (tmp_path / "db").exists()


@pytest.mark.parametrize("language", ["de", "none", "en"])
def test_a_search_knows_the_language_of_the_database(byline, tmp_path,
                                                     language):
    """A copied sentence finds its article without a word on languages."""
    sentence = "die alten häuser am hafen werden jetzt saniert"
    path = write(tmp_path / "a.txt", digest(
        "14 November 2017", article("Neue Dächer", "Jana Dorn",
                                    f"Wie es heißt: {sentence}.")))
    db = tmp_path / "db"
    index(byline, db, "--language", language, path)
    for query in (sentence, f'"{sentence}"'):
        assert byline("search", "--db", db, query).returncode == 0, query
    assert byline("search", "--db", db, "häusern").returncode == (
        0 if language == "de" else 1)


def test_an_article_of_a_compacted_database_is_there_once_again(byline,
                                                                tmp_path):
    """Two databases with the same article make one with two documents; when
    the article is read again, one is left."""
    path = write(tmp_path / "a.txt", digest("14 November 2017", *stories(2)))
    for name in ("one", "two"):
        index(byline, tmp_path / name, path)
    both = tmp_path / "both"
    done = byline("compact", "--db", tmp_path / "one", "--db",
                  tmp_path / "two", both)
    assert done.returncode == 0, done.stderr
    assert documents(both) == 4
    text = path.read_text(encoding="utf-8")
    write(path, text.replace("upper room", "lower room"))
    index(byline, both, path)
    assert documents(both) == 2
    assert all("lower room" in row["text"] for row in exported(byline, both))


def test_many_articles_of_one_name(byline, tmp_path):
    """Letters pages: the same title and date hundreds of times."""
    letters = [article("Letters", None, f"Letter {n} is about matter {n * n}.")
               for n in range(400)]
    path = write(tmp_path / "a.txt", digest("14 November 2017", *letters))
    db = tmp_path / "db"
    index(byline, db, path)
    found = len(byline("read", path).rows)
    assert found > 300 and documents(db) == found
