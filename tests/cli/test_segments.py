"""A database that grows by segments: one folder for everybody, whatever is in
it, and nothing is missing or twice at any time."""
import json
import os
import shutil
import subprocess
import threading
import time

import pytest
import xapian

from conftest import BYLINE
from archive import HABIT, contents, digest, documents, refused, stories, write

DATE = "14 November 2017"


def index(byline, db, *args, builder="glass"):
    done = byline("index", "--db", db, "--builder", builder, *args)
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    return done.stdout


def segments(db):
    if (db / "iamglass").exists():
        return []
    lines = (db / "XAPIANDB").read_text().splitlines()
    return [line.removeprefix("glass ") for line in lines if line[0] != "#"]


def languages(db):
    return xapian.Database(str(db)).get_metadata("byline:languages").decode()


def languages_counted(db):
    """Each article has a term for its language's stems."""
    prefix = "XSTEM"
    return ", ".join(
        f"{t.term.decode().removeprefix(prefix)} {t.termfreq}"
        for t in xapian.Database(str(db)).allterms(prefix))


def clean(db):
    """Nothing is in the folder that is not named."""
    there = {path.name for path in db.iterdir()} - {"flintlock"}
    named = set(segments(db))
    return there == named | {"XAPIANDB"} if named else "XAPIANDB" not in there


def let_pass(db, seconds=-5):
    """As if some time had passed since anything was done to it; or, with a time
    to come, as if it had just been done."""
    for path in (db, *db.glob("segment-*")):
        os.utime(path, (time.time() + seconds,) * 2)


def check(db):
    for name in segments(db) or ["."]:
        subprocess.run(["xapian-check", db / name], check=True,
                       capture_output=True)


def wait_for(condition, seconds=60):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(.02)


def file_of(folder, number, count=40):
    """So many articles of their own."""
    return write(folder / f"{number}.txt",
                 digest(DATE, *stories(count, 1 + 1000 * number)))


@pytest.fixture
def grown(byline, tmp_path):
    """Four segments, by four runs; the last three are too small to merge."""
    db = tmp_path / "db"
    for number, count in enumerate((400, 180, 80, 30)):
        index(byline, db, file_of(tmp_path / "papers", number, count))
    assert len(segments(db)) == 4
    return db


@pytest.fixture
def whole(byline, tmp_path, grown):
    """The same articles in one database."""
    db = tmp_path / "whole"
    index(byline, db, tmp_path / "papers")
    assert segments(db) == []
    return db


def test_every_xapian_front_end_opens_it(grown, whole):
    database = xapian.Database(str(grown))
    assert database.get_doccount() == documents(whole) == 690
    done = subprocess.run(["xapian-delve", grown], capture_output=True,
                          text=True, check=True)
    assert "number of documents = 690" in done.stdout
    check(grown)


def test_it_holds_and_finds_what_one_database_does(byline, grown, whole):
    assert contents(byline, grown) == contents(byline, whole)
    for query in ("committee", "matter 1007", "harbour \"paper 7\"",
                  "author:keel spring", "commitee"):
        found = []
        for db in (grown, whole):
            done = byline("search", "--db", db, "--format", "json", "--limit",
                          "1000", query)
            assert done.returncode in (0, 1), done.stderr
            found.append(sorted((round(hit["score"], 9), hit["id"])
                                for hit in done.json["hits"]))
        assert found[0] == found[1], query


def test_check_looks_at_every_segment(byline, grown):
    assert byline("check", "--db", grown).stdout == "no faults found\n"
    bad = grown / segments(grown)[2] / "postlist.glass"
    data = bytearray(bad.read_bytes())
    data[8192 + 200:8192 + 4000] = bytes(3800)
    bad.write_bytes(data)
    assert byline("check", "--db", grown).returncode == 2


def test_the_few_go_the_plain_way(byline, tmp_path):
    db, folder = tmp_path / "db", tmp_path / "papers"
    index(byline, db, file_of(folder, 0), builder="auto")
    index(byline, db, file_of(folder, 1), builder="auto")
    assert segments(db) == [] and documents(db) == 80


def test_much_goes_to_a_segment(byline, tmp_path):
    db, folder = tmp_path / "db", tmp_path / "papers"
    index(byline, db, file_of(folder, 0), builder="auto")
    index(byline, db, file_of(folder, 1, 1500), builder="auto")
    assert len(segments(db)) == 1 or len(segments(db)) == 2
    assert documents(db) == 1540
    again = index(byline, db, folder, builder="auto")
    assert again == "2 files unchanged since last time\n"
    check(db)


def test_segments_are_merged_so_that_they_stay_few(byline, tmp_path):
    db, folder = tmp_path / "db", tmp_path / "papers"
    counts = []
    for number in range(24):
        index(byline, db, file_of(folder, number, 12))
        counts.append(len(segments(db)))
        assert documents(db) == 12 * (number + 1)
    assert 1 < max(counts) <= 6
    let_pass(db)
    index(byline, db, folder)  # with nothing to do but to sweep
    assert clean(db)
    check(db)


def test_what_is_no_longer_named_is_swept(byline, grown):
    shutil.copytree(grown / "segment-1", grown / "segment-77")
    write(grown / ".segment-78.byline-new/v.tmp", "half a")
    write(grown / ".segment-78.byline-new/runs-x7Hq2z", "half a")
    write(grown / "segment-77/v.tmp", "half a")
    write(grown / "XAPIANDB.new", "glass nowhere\n")
    write(grown / "notes.txt", "Not ours.\n")
    let_pass(grown)
    byline("index", "--db", grown, grown / "notes.txt")
    (grown / "notes.txt").unlink()
    assert clean(grown) and documents(grown) == 690


def test_who_is_just_opening_it_finds_what_was_there(byline, tmp_path):
    """Any Xapian program first reads what there is, and then opens it."""
    db, folder = tmp_path / "db", tmp_path / "papers"
    index(byline, db, file_of(folder, 0))
    for number in (1, 2):
        let_pass(db, 60)
        index(byline, db, file_of(folder, number))
        assert (db / "XAPIANDB").exists() and (db / "postlist.glass").exists()
    let_pass(db)
    before = segments(db)
    index(byline, db, folder)
    assert clean(db)
    started = time.time()
    index(byline, db, file_of(folder, 3, 500))
    assert segments(db)[0] not in before
    assert all((db / name).stat().st_mtime > started - 1 for name in before)
    let_pass(db, 60)
    index(byline, db, folder)
    assert all((db / name / "postlist.glass").exists() for name in before)
    for name in before:  # whatever else there is to do
        os.utime(db / name, (started - 5,) * 2)
    index(byline, db, folder)
    assert not any((db / name).exists() for name in before)


def test_xapians_builder_adds_to_the_newest_segment(byline, tmp_path, grown):
    before = segments(grown)
    index(byline, grown, file_of(tmp_path / "more", 9, 5), builder="xapian")
    assert segments(grown) == before and documents(grown) == 695
    assert documents(grown / before[-1]) == 35


def test_compact_in_place_makes_a_plain_database(byline, grown, whole):
    before = contents(byline, grown)
    done = byline("compact", "--db", grown)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert segments(grown) == [] and clean(grown)
    assert contents(byline, grown) == before == contents(byline, whole)
    check(grown)


def test_compact_in_place_of_a_plain_database(byline, whole):
    before = contents(byline, whole)
    assert byline("compact", "--db", whole).returncode == 0
    assert segments(whole) == [] and clean(whole)
    assert contents(byline, whole) == before
    check(whole)


def test_compact_to_a_destination(byline, tmp_path, grown):
    assert byline("compact", "--db", grown, tmp_path / "flat").returncode == 0
    assert contents(byline, tmp_path / "flat") == contents(byline, grown)
    refused(byline("compact", "--db", grown, "--db", tmp_path / "flat"),
            "destination")


def test_the_lock_is_one_for_all_segments(byline, tmp_path, grown):
    writer = xapian.WritableDatabase(str(grown / segments(grown)[0]))
    more = file_of(tmp_path / "more", 9, 5)
    refused(byline("index", "--db", grown, more), "writing")
    refused(byline("compact", "--db", grown), "writing")
    writer.close()
    index(byline, grown, more)


def test_a_stub_that_somebody_made_stays_as_it_is(byline, tmp_path, whole):
    stub = tmp_path / "mine"
    write(stub / "XAPIANDB", "auto ../whole\n")
    index(byline, stub, file_of(tmp_path / "more", 9, 5), builder="auto")
    assert (stub / "XAPIANDB").read_text() == "auto ../whole\n"
    assert documents(whole) == 695
    refused(byline("compact", "--db", stub), "XAPIANDB")


def test_readers_miss_nothing_while_it_grows(byline, tmp_path):
    db, folder = tmp_path / "db", tmp_path / "papers"
    index(byline, db, file_of(folder, 0, 60))
    ended, bad = threading.Event(), []

    def read():
        seen = 0
        while not ended.is_set():
            done = byline("search", "--db", db, "--count", "committee")
            found = int(done.stdout or -1)
            if done.returncode != 0 or done.stderr or found < seen:
                bad.append((seen, done))
            seen = found

    reader = threading.Thread(target=read)
    reader.start()
    try:
        for number in range(1, 13):
            index(byline, db, file_of(folder, number, 10))
        byline("compact", "--db", db)
    finally:
        ended.set()
        reader.join()
    assert bad == [] and documents(db) == 180


def rows(*numbers):
    return "".join(json.dumps({"id": f"i{n}", "title": f"Gulls {n}",
                               "text": f"Number{n}. " + "Terns. " * 60}) + "\n"
                   for n in numbers)


@pytest.mark.parametrize("options", [[], ["--segment", "1M"]],
                         ids=["split", "segments"])
@pytest.mark.parametrize("ends", ["well", "killed"])
def test_what_moves_is_missing_at_no_moment(byline, tmp_path, options, ends):
    """From a file that is read before much else to one that is read behind."""
    first, last = tmp_path / "first.jsonl", tmp_path / "last.jsonl"
    dbs = [tmp_path / "db", tmp_path / "whole"]
    for db in dbs:
        write(first, rows(1, 2, 3))
        write(last, rows(8, 9))
        index(byline, db, first, last)
    write(first, rows(2))  # 1 goes to the other, 3 nowhere
    write(last, rows(8, 9, 1))
    command = ["--db", dbs[0], "--builder", "auto", "--format", "jsonl",
               *options, first, "-", last]
    process = subprocess.Popen(
        [str(BYLINE), "index", *map(str, command)], text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    process.stdin.write(rows(*range(1000, 9000)))
    process.stdin.flush()
    wait_for((dbs[0] / "XAPIANDB").exists)

    def found():
        return [byline("search", "--db", dbs[0], "--count", f"number{n}"
                       ).stdout.strip() for n in (1, 2, 3, 8)]

    assert found() == ["1", "1", "1", "1"]
    if ends == "killed":
        process.kill()
        process.communicate()
        assert found() == ["1", "1", "1", "1"]
        done = byline("index", *command, input=rows(*range(1000, 9000)))
        assert done.returncode == 0
    else:
        told, _ = process.communicate()
        assert "8000 added, 2 moved, 2 unchanged, 1 dropped" in told
    assert found() == ["1", "1", "0", "1"]
    byline("index", "--db", dbs[1], "--format", "jsonl", first, "-", last,
           input=rows(*range(1000, 9000)))
    assert contents(byline, dbs[0]) == contents(byline, dbs[1])
    assert byline("index", "--db", dbs[0], "--format", "jsonl", first, last
                  ).stdout == "2 files unchanged since last time\n"
    check(dbs[0])


def test_much_is_published_on_the_way(byline, tmp_path):
    """--segment: what was read before an interruption is there."""
    folder, db = tmp_path / "papers", tmp_path / "db"
    for number in range(8):
        file_of(folder, 2 * number, 2000)  # 600 KB
    done = subprocess.Popen(
        [BYLINE, "index", "--db", db, "--segment", "1M", folder, "-"],
        stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
    wait_for(lambda: db.exists() and documents(db) >= 8000)
    done.kill()
    done.wait()
    assert 8000 <= documents(db) < 16000
    index(byline, db, folder, "--segment", "1M")
    assert documents(db) == 16000
    assert (index(byline, db, folder)
            == "8 files unchanged since last time\n")
    whole = tmp_path / "whole"
    index(byline, whole, folder)
    assert contents(byline, db) == contents(byline, whole)
    check(db)


def test_languages_are_those_of_all_segments(byline, tmp_path):
    """Also once they are merged: Xapian keeps metadata of any of them."""
    folder = tmp_path / "papers"
    german = ("Der Ausschuss hat am Dienstag im oberen Zimmer des Hafenamtes "
              "getagt und zwei Stunden lang über Papier {} gesprochen, ohne zu "
              "einem Ende zu kommen, und niemand hatte es vorher gelesen.")
    for number in range(6):
        rows = [{"id": f"{number}-{n}", "title": f"Papier {n}",
                 "text": german.format(n) if number % 2 else
                 HABIT.format(f"paper {n}")} for n in range(20 + number)]
        write(folder / f"{number}.jsonl",
              "".join(json.dumps(row) + "\n" for row in rows))
    db, whole = tmp_path / "db", tmp_path / "whole"
    index(byline, whole, folder)
    for path in sorted(folder.iterdir()):
        index(byline, db, path)
        assert languages(db) == languages_counted(db)
    byline("compact", "--db", db)
    assert languages(db) == languages(whole) == languages_counted(db)
