"""byline compact --shards: other shards of the same articles, and archives
that go on there."""
import json
import os
import resource
import shutil
import signal
import subprocess
import time

import pytest
import xapian

from archive import refused
from conftest import BYLINE, SOURCE
from test_shards import (FOLDERS, Servers, answers, change, contents, folder,
                         free_port, local, one, one_of_two, queries, story)

SHARDS = 8


def ids(byline, db):
    """Of each shard of a folder."""
    shards = byline("info", "--db", db, "--format", "json").json["shards"]
    return [sorted(row["id"] for row in
                   byline("export", "--db", shard["database"]).rows)
            for shard in shards]


def spread(byline, db, shards, to):
    done = byline("compact", "--db", db, "--shards", shards, to)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert byline("check", "--db", to).returncode == 0
    assert not list(to.parent.glob(".*"))


@pytest.fixture(scope="module")
def eight(byline, local, tmp_path_factory):
    path = tmp_path_factory.mktemp("eight") / "all"
    spread(byline, local, SHARDS, path)
    return path


@pytest.fixture(scope="module")
def fresh(byline, tmp_path_factory):
    """Indexed into eight."""
    path = tmp_path_factory.mktemp("fresh") / "all"
    byline("index", "--db", path, "--shards", SHARDS, *FOLDERS, cwd=SOURCE)
    return path


def test_every_article_is_where_indexing_puts_it(byline, one, eight, fresh):
    assert ids(byline, eight) == ids(byline, fresh)
    assert contents(byline, eight) == contents(byline, one)


def test_hits_and_scores_are_those_of_one(byline, one_of_two, eight, queries):
    assert answers(byline, eight, queries) == answers(byline, one_of_two,
                                                      queries)


def test_what_else_it_has(byline, eight, fresh):
    for command in (["search", "harbuor"], ["complete", "author", ""]):
        here, there = (byline(command[0], "--db", db, *command[1:])
                       for db in (eight, fresh))
        assert (here.stdout, here.stderr) == (there.stdout, there.stderr)
    for n in range(SHARDS):
        here, there = (xapian.Database(str(db / f"shard-{n + 1}"))
                       for db in (eight, fresh))
        assert [(s.term, s.termfreq) for s in here.spellings()] == [
            (s.term, s.termfreq) for s in there.spellings()]
        # Spellings are those of a larger shard; a file that one shard was to
        # read again all read again.
        here, there = ({key: b"" if b":XFILE" in key else db.get_metadata(key)
                        for key in db.metadata_keys() if b":author:" not in key}
                       for db in (here, there))
        assert here == there


@pytest.mark.parametrize("source", ["one", "four", "eight", "segments"])
@pytest.mark.parametrize("shards", [3, 16])
def test_any_number_of_any_number(byline, folder, tmp_path, source, shards):
    db, new, other = tmp_path / "db", tmp_path / "new", tmp_path / "other"
    options = {"four": ["--shards", 4], "eight": ["--shards", 8],
               "segments": ["--shards", 2]}.get(source, [])
    assert byline("index", "--db", db, *options, folder).returncode == 0
    if source == "segments":
        (folder / "more.jsonl").write_text("".join(
            json.dumps({"id": f"m{n}", "title": f"More {n}", "text":
                        f"Terns {n}. " * 5000}) + "\n" for n in range(80)))
        assert byline("index", "--db", db, "--segment", "1M",
                      folder).returncode == 0
        assert list(db.glob("shard-*/segment-*"))
    spread(byline, db, shards, new)
    byline("index", "--db", other, "--shards", shards, folder)
    assert ids(byline, new) == ids(byline, other)
    for path in db, new, other:
        assert "unchanged since last time" in byline("index", "--db", path,
                                                     folder).stdout
    change(folder)
    told = [byline("index", "--db", path, "--prune", folder).stdout
            for path in (db, new, other)]
    assert told[0] == told[1] == told[2]
    assert contents(byline, new) == contents(byline, db)


def test_articles_of_one_kind_stay_together(byline, folder, tmp_path):
    """Of the same date, title and author; their files may go."""
    db, new = tmp_path / "db", tmp_path / "new"
    same = [story(1, f"gulls of day {n}") for n in range(40)]
    (folder / "same.txt").write_text("3 May 2017\n\n" + "\n\n".join(same) + "\n")
    byline("index", "--db", db, "--shards", 2, folder)
    spread(byline, db, 16, new)
    before = contents(byline, new)
    assert before == contents(byline, db)
    kinds = [n for n, found in enumerate(ids(byline, new)) if len(found) >= 40]
    assert len(kinds) == 1
    text = (folder / "same.txt").read_text()
    (folder / "same.txt").write_text(text + "\n\n" + story(2) + "\n")
    done = byline("index", "--db", new, folder)
    assert ": 1 added, 40 unchanged" in done.stdout, done.stdout
    assert len(contents(byline, new)) == len(before) + 1


def test_ids_that_look_as_if_they_were_made(byline, tmp_path):
    rows = "".join(json.dumps({"id": f"{n * 0x9e3779b97f4a7c15:032x}",
                               "title": "Tide", "text": "Kelp."}) + "\n"
                   for n in range(1, 40))
    for name, options in (("a", []), ("b", ["--shards", 5])):
        byline("index", "--db", tmp_path / name, "--format", "jsonl", *options,
               "-", input=rows)
    spread(byline, tmp_path / "a", 5, tmp_path / "c")
    assert ids(byline, tmp_path / "c") == ids(byline, tmp_path / "b")


def lose(database, name):
    """The record of a file and its articles, as a run that this shard has not
    survived; how many articles."""
    shard = xapian.WritableDatabase(str(database), xapian.DB_OPEN)
    key = next(key for key in shard.metadata_keys("byline:XFILE")
               if key.endswith(name.encode()))
    shard.set_metadata(key, "")
    gone = [posting.docid for posting in shard.postlist(key[len("byline:"):])]
    assert gone
    for docid in gone:
        shard.delete_document(docid)
    shard.close()
    return len(gone)


def archive(byline, place, name, *options):
    """A folder of its own, with a database beside it."""
    folder = place / f"{name}-files"
    folder.mkdir()
    for n in range(4):
        (folder / f"{name}{n}.jsonl").write_text("".join(json.dumps(
            {"id": f"{name}-{n}-{k}", "title": f"{name} {n} {k}",
             "text": f"Gulls of {name} {k}."}) + "\n" for k in range(12)))
    byline("index", "--db", place / name, *options, folder)
    return folder


TO = pytest.mark.parametrize("to", [[], ["--shards", 6]], ids=["one", "six"])


@TO
@pytest.mark.parametrize("shard", [1, 2, 3])
def test_a_file_that_not_all_shards_have_read_is_read_again(
        byline, folder, tmp_path, shard, to):
    db, whole = tmp_path / "db", tmp_path / "whole"
    byline("index", "--db", db, "--shards", 3, folder)
    gone = lose(db / f"shard-{shard}", "/4.txt")
    before = contents(byline, db)
    done = byline("compact", "--db", db, *to, whole)
    assert done.returncode == 0, done.stderr
    assert contents(byline, whole) == before
    done = byline("index", "--db", whole, folder)
    assert f": {gone} added" in done.stdout
    assert "5 files unchanged" in done.stdout


@TO
@pytest.mark.parametrize("order", ["plain first", "shards first",
                                   "two archives"])
def test_an_archive_knows_nothing_of_anothers_files(byline, tmp_path, order,
                                                    to):
    a = archive(byline, tmp_path, "a", "--shards", 3)
    b = archive(byline, tmp_path, "b",
                *(["--shards", 2] if order == "two archives" else []))
    gone = lose(tmp_path / "a" / "shard-1", "/a2.jsonl")
    names = ["b", "a"] if order == "plain first" else ["a", "b"]
    done = byline("compact", *(word for name in names
                               for word in ("--db", tmp_path / name)), *to,
                  tmp_path / "all")
    assert done.returncode == 0, done.stderr
    done = byline("index", "--db", tmp_path / "all", a, b)
    assert f": {gone} added" in done.stdout, done.stdout
    assert "7 files unchanged" in done.stdout
    assert len(contents(byline, tmp_path / "all")) == 2 * 4 * 12


@TO
def test_two_archives_that_know_the_same_files(byline, tmp_path, to):
    """One of them as it is, the other as it was."""
    files = archive(byline, tmp_path, "a", "--shards", 2)
    byline("index", "--db", tmp_path / "b", "--shards", 2, files)
    changed = files / "a1.jsonl"
    changed.write_text(changed.read_text().replace("a-1-", "new-"))
    byline("index", "--db", tmp_path / "b", files)
    byline("compact", "--db", tmp_path / "a", "--db", tmp_path / "b", *to,
           tmp_path / "all")
    done = byline("index", "--db", tmp_path / "all", files)
    assert "3 files unchanged" in done.stdout, done.stdout
    found = {row["id"] for row in
             byline("export", "--db", tmp_path / "all").rows}
    assert len(found) == 4 * 12 and "new-3" in found and "a-1-3" not in found


@pytest.mark.parametrize("given", ["1 2", "2 1 3", "3 1"])
def test_only_some_shards(byline, tmp_path, given):
    """What the others have is read again."""
    files = archive(byline, tmp_path, "a", "--shards", 3)
    db, new = tmp_path / "a", tmp_path / "new"
    byline("compact", *(word for number in given.split() for word in
                        ("--db", db / f"shard-{number}")), "--shards", 2, new)
    done = byline("index", "--db", new, files)
    assert ("4 files unchanged" in done.stdout) == (given == "2 1 3")
    assert contents(byline, new) == contents(byline, db)


@pytest.fixture
def servers(tmp_path):
    made = Servers(tmp_path, SHARDS)
    yield made
    for i in range(SHARDS):
        made.kill(i)


def test_each_machine_for_itself(byline, one_of_two, local, queries, servers,
                                 tmp_path):
    """As fixtures/README.md says how ten grow to twenty."""
    for k in range(4):
        new = tmp_path / f"machine-{k}"
        spread(byline, local / f"shard-{k + 1}", SHARDS, new)
        for place in k, k + 4:
            servers.kill(place)
            shutil.rmtree(servers.folder / f"far-{place}")
            (new / f"shard-{place + 1}").rename(
                servers.folder / f"far-{place}")
            servers.start(place)
    db = tmp_path / "far"
    done = byline("index", "--db", db, "--shards", servers.names(), *FOLDERS,
                  cwd=SOURCE)
    assert "added" not in done.stdout and "unchanged since" in done.stdout
    assert answers(byline, db, queries) == answers(byline, one_of_two, queries)
    (tmp_path / "empty").mkdir()
    byline("index", "--db", tmp_path / "again", "--shards", servers.names(),
           tmp_path / "empty")
    assert ids(byline, tmp_path / "again") == ids(byline, db)
    near = tmp_path / "near"
    spread(byline, db, 3, near)
    assert contents(byline, near) == contents(byline, local)


def test_what_a_killed_run_has_left(byline, folder, tmp_path):
    db, new = tmp_path / "db", tmp_path / "new"
    byline("index", "--db", db, folder)
    spread(byline, db, 3, tmp_path / "other")
    left = tmp_path / ".new.byline-new"
    (tmp_path / "other").rename(left)
    (left / "shard-3").rename(left / "shard-3.loose")
    spread(byline, db, 2, new)
    assert contents(byline, new) == contents(byline, db)


def test_nobody_writes_to_them_meanwhile(byline, folder, tmp_path):
    db, new = tmp_path / "db", tmp_path / "new"
    byline("index", "--db", db, "--shards", 2, folder)
    other = xapian.WritableDatabase(str(db / "shard-2"), xapian.DB_OPEN)
    refused(byline("compact", "--db", db, "--shards", 4, new), "writing to it")
    other.close()
    assert not new.exists()
    spread(byline, db, 4, new)


def stopped_at(process, path):
    """Once there is something there."""
    while not path.exists():
        assert process.poll() is None
        time.sleep(.002)
    process.send_signal(signal.SIGSTOP)


@pytest.mark.parametrize("commits", [1, 4])
def test_another_machine_writes_meanwhile(byline, folder, tmp_path, commits):
    """Of so many commits Xapian keeps none of what was."""
    near, new = tmp_path / "near", tmp_path / "new"
    (folder / "many.jsonl").write_text("".join(json.dumps(
        {"id": f"m{n}", "title": f"Many {n}", "text": f"Terns {n}. " * 100})
        + "\n" for n in range(1500)))
    server = Servers(tmp_path, 1)
    byline("index", "--db", near, tmp_path / "nothing")
    for db in near, server.folder / "far-0":
        byline("index", "--db", db, folder)
    process = subprocess.Popen(
        [BYLINE, "compact", "--db", near, "--db", server.name(0), "--shards",
         "2", new], stderr=subprocess.PIPE, text=True)
    stopped_at(process, tmp_path / ".new.byline-new/shard-1.loose/iamglass")
    far = xapian.WritableDatabase(str(server.folder / "far-0"), xapian.DB_OPEN)
    for n in range(commits):
        far.set_metadata("other", str(n))
        for docid in range(5, 1500):
            far.replace_document(docid, xapian.Document())
        far.commit()
    far.close()
    process.send_signal(signal.SIGCONT)
    _, told = process.communicate()
    server.kill(0)
    assert process.returncode == 2
    assert told.startswith(f"byline: {server.name(0)}: was written to meanwhile"
                           ), told
    assert not new.exists() and not list(tmp_path.glob(".new*"))


def test_what_could_be_written_to_must_be_locked(byline, folder, tmp_path):
    """Not only where another program has the lock."""
    db, new = tmp_path / "db", tmp_path / "new"
    byline("index", "--db", db, "--shards", 2, folder)
    lock = db / "shard-2" / "flintlock"
    lock.mkdir()
    refused(byline("compact", "--db", db, "--shards", 4, new), "shard-2",
            "lock")
    assert not new.exists()


def test_from_a_medium_that_can_only_be_read(byline, folder, tmp_path):
    db, new, disk = tmp_path / "db", tmp_path / "new", tmp_path / "disk"
    byline("index", "--db", db, "--shards", 2, folder)
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "tmpfs", disk],
                      capture_output=True).returncode:
        pytest.skip("nothing can be mounted here")
    try:
        shutil.copytree(db, disk / "db")
        subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
        spread(byline, disk / "db", 4, new)
        assert contents(byline, new) == contents(byline, db)
    finally:
        subprocess.run(["umount", disk], check=True)


@pytest.mark.parametrize("stub", ["file", "folder"])
def test_from_what_a_stub_names(byline, folder, tmp_path, stub):
    """Byline has no lock on it; nobody writes to this."""
    db, new = tmp_path / "db", tmp_path / "new"
    byline("index", "--db", db, folder)
    port = free_port()
    server = subprocess.Popen(
        ["xapian-tcpsrv", "--interface", "127.0.0.1", "--port", str(port), db],
        stdout=subprocess.PIPE, text=True)
    while "Listening" not in server.stdout.readline():
        assert server.poll() is None
    path = tmp_path / "stub"
    if stub == "folder":
        path.mkdir()
    (path / "XAPIANDB" if stub == "folder" else path).write_text(
        f"remote 127.0.0.1:{port}\n")
    try:
        spread(byline, path, 2, new)
    finally:
        server.kill()
        server.communicate()
    assert contents(byline, new) == contents(byline, db)


def test_one_that_is_named_twice(byline, folder, tmp_path):
    """Also by another name: its lock is taken once."""
    db, link, new = tmp_path / "db", tmp_path / "link", tmp_path / "new"
    byline("index", "--db", db, "--shards", 2, folder)
    link.symlink_to(db)
    done = byline("compact", "--db", db, "--db", link, "--db", db, "--shards",
                  3, new)
    assert (done.returncode, done.stderr) == (0, "")
    assert contents(byline, new) == [row for row in contents(byline, db)
                                     for _ in range(3)]


@pytest.fixture
def of_another(byline, folder, tmp_path):
    """A database of another user's, in which nobody has taken a lock yet."""
    if os.geteuid() != 0:
        pytest.skip("only root may give files away")
    db = tmp_path / "theirs"
    for n in range(2):
        (folder / "more.jsonl").write_text("".join(json.dumps(
            {"id": f"m{i}", "title": f"More {i}", "text": f"Terns {i}. " * 9000}
            ) + "\n" for i in range(60 + n * 20)))
        byline("index", "--db", db, "--builder", "glass", folder)
    assert (db / "XAPIANDB").read_text().count("glass segment-") > 1
    for path in [db, *db.rglob("*")]:
        if path.name == "flintlock":
            path.unlink()
        else:
            os.chown(path, 65534, 65534)
    return db


@pytest.mark.parametrize("to", [[], ["--shards", 2]], ids=["one", "shards"])
def test_no_lock_of_ours_is_left_in_anothers_folder(byline, of_another,
                                                    tmp_path, to):
    """They could not take it any more."""
    new = tmp_path / "new"
    assert byline("compact", "--db", of_another, *to, new).returncode == 0
    assert contents(byline, new) == contents(byline, of_another)
    assert not list(of_another.rglob("flintlock"))


def test_what_is_compacted_meanwhile_has_changed(byline, of_another, tmp_path):
    new = tmp_path / "new"
    process = subprocess.Popen(
        [BYLINE, "compact", "--db", of_another, "--shards", "2", new],
        stderr=subprocess.PIPE, text=True)
    stopped_at(process, tmp_path / ".new.byline-new/shard-1.loose/iamglass")
    assert byline("compact", "--db", of_another).returncode == 0
    process.send_signal(signal.SIGCONT)
    _, told = process.communicate()
    assert process.returncode == 2
    assert told.startswith(f"byline: {of_another}: was written to meanwhile")
    assert not new.exists() and not list(tmp_path.glob(".new*"))


def test_many_shards_take_many_files(byline, folder, tmp_path):
    db, new = tmp_path / "db", tmp_path / "new"

    def few_files():
        resource.setrlimit(resource.RLIMIT_NOFILE, (200, 5000))

    for command in (["index", "--db", db, "--shards", 60, folder],
                    ["index", "--db", db, "--builder", "xapian",
                     "--format", "jsonl", "-"],
                    ["search", "--db", db, "--limit", 99, "gulls"],
                    ["compact", "--db", db, "--shards", 50, new]):
        done = subprocess.run([BYLINE, *map(str, command)], text=True,
                              input='{"title": "Gulls", "text": "Gulls."}\n',
                              capture_output=True, preexec_fn=few_files)
        assert done.returncode == 0, done.stderr[:200]


def test_refusals(byline, folder, tmp_path):
    db, new = tmp_path / "db", tmp_path / "new"
    byline("index", "--db", db, folder)
    for number in ("0", "1", "1001"):
        refused(byline("compact", "--db", db, "--shards", number, new),
                "from 2 to 1000 shards")
    refused(byline("compact", "--db", db, "--shards", "x", new), "--shards")
    refused(byline("compact", "--db", db, "--shards", 2), "destination")
    refused(byline("compact", "--db", db, "--shards", 2, db), "taken already")
    plain = tmp_path / "plain"
    xapian.WritableDatabase(str(plain), xapian.DB_CREATE).close()
    assert byline("compact", "--db", plain, "--shards", 2,
                  new).returncode == 2
    grams = tmp_path / "grams"
    byline("index", "--db", grams, "--cjk-ngrams", folder)
    refused(byline("compact", "--db", db, "--db", grams, "--shards", 2, new),
            "n-grams")
    assert not new.exists() and not list(tmp_path.glob(".*"))


def test_every_xapian_program_finds_them(eight):
    done = subprocess.run(["xapian-delve", eight], capture_output=True,
                          text=True)
    assert "number of documents = 496" in done.stdout
