"""Archives over several databases: they give what one database gives, to the
last digit; and what happens when one of them is away."""
import contextlib
import json
import os
import random
import re
import shutil
import signal
import socket
import subprocess

import pytest
import xapian

from archive import article, digest, refused
from conftest import SOURCE

SHARDS = 4
QUERIES = 500
FOLDERS = ["fixtures/digests", "fixtures/editions", "fixtures/ezines",
           "fixtures/json", "fixtures/mail"]


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


class Servers:
    """Writable servers of empty folders."""

    def __init__(self, folder, count=SHARDS):
        self.folder = folder
        self.ports = [free_port() for _ in range(count)]
        self.running = [None] * count
        for i in range(count):
            self.start(i)

    def start(self, i):
        process = subprocess.Popen(
            ["xapian-tcpsrv", "--writable", "--interface", "127.0.0.1",
             "--port", str(self.ports[i]), str(self.folder / f"far-{i}")],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
            start_new_session=True)
        while "Listening" not in process.stdout.readline():
            assert process.poll() is None
        self.running[i] = process

    def kill(self, i):
        process = self.running[i]
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        process.stdout.close()

    def name(self, i):
        return f"remote:127.0.0.1:{self.ports[i]}"

    def names(self):
        return ",".join(self.name(i) for i in range(len(self.ports)))


@pytest.fixture
def servers(tmp_path):
    made = Servers(tmp_path)
    yield made
    for i in range(len(made.ports)):
        made.kill(i)


@pytest.fixture(scope="module")
def one(byline, tmp_path_factory):
    path = tmp_path_factory.mktemp("one") / "one.db"
    byline("index", "--db", path, *FOLDERS, cwd=SOURCE)
    return path


@pytest.fixture(scope="module")
def one_of_two(byline, one, tmp_path_factory):
    """The same, as one of several databases, of which ties have an order that
    does not go by docids; the other one is empty."""
    folder = tmp_path_factory.mktemp("empty")
    paper, empty = folder / "paper.jsonl", folder / "empty.db"
    paper.write_text('{"title": "Nothing", "text": "Nothing of this stays."}\n')
    byline("index", "--db", empty, folder)
    paper.unlink()
    assert "1 dropped" in byline("index", "--prune", "--db", empty,
                                 folder).stdout
    return one, empty


@pytest.fixture(scope="module")
def local(byline, tmp_path_factory):
    path = tmp_path_factory.mktemp("local") / "all"
    byline("index", "--db", path, "--shards", SHARDS, *FOLDERS, cwd=SOURCE)
    return path


@pytest.fixture(scope="module")
def queries(byline, one, tmp_path_factory):
    """Words, pairs, phrases and alternatives from the fixtures' texts."""
    chance = random.Random(8)
    texts = [re.findall(r"\w{3,}", row["text"])
             for row in byline("export", "--db", one).rows]
    texts = [words for words in texts if len(words) > 12]
    path = tmp_path_factory.mktemp("queries") / "queries.tsv"
    with path.open("w", encoding="utf-8") as file:
        for n in range(QUERIES):
            words = chance.choice(texts)
            at = chance.randrange(len(words) - 2)
            text = [chance.choice(words), " ".join(chance.sample(words, 2)),
                    " ".join(chance.sample(words, 3)),
                    f'"{words[at]} {words[at + 1]}"',
                    " OR ".join(chance.sample(words, 5)),
                    f"{words[at]} NEAR {words[at + 1]}"][n % 6]
            file.write(f"{n}\t{text}\n")
    return path


def answers(byline, db, queries, *options):
    paths = db if isinstance(db, tuple) else (db,)
    done = byline("search", *(word for path in paths
                              for word in ("--db", path)),
                  "--queries", queries, "--format", "json", *options)
    assert done.returncode == 0, done.stderr
    found = {}
    for row in done.rows:
        facets = row["facets"]
        found[row["qid"]] = (
            [(hit["id"], hit["score"], hit["rank"], hit["snippets"],
              hit["source"], hit["line"]) for hit in row["hits"]],
            facets, row["relaxed"])
    return found


def test_hits_scores_and_order_are_those_of_one(byline, one_of_two, one, local,
                                                queries):
    expected = answers(byline, one_of_two, queries)
    assert len(expected) == QUERIES
    assert sum(len(hits) for hits, _, _ in expected.values()) > 1000
    assert answers(byline, local, queries) == expected
    # Of one by itself, ties are in Omega's order.
    alone = answers(byline, one, queries, "--limit", 1000)
    expected = answers(byline, one_of_two, queries, "--limit", 1000)
    for query, (hits, *rest) in expected.items():
        assert rest == list(alone[query][1:])
        assert [score for _, score, *_ in hits] == pytest.approx(
            [score for _, score, *_ in alone[query][0]], rel=1e-12)
        assert {hit[0] for hit in hits} == {hit[0] for hit in alone[query][0]}


def test_shards_that_have_segments(byline, one_of_two, queries, tmp_path):
    db = tmp_path / "grown"
    for n, folder in enumerate(FOLDERS):
        byline("index", "--db", db, *["--shards", SHARDS][:0 if n else 2],
               "--builder", "glass", folder, cwd=SOURCE)
    shards = byline("info", "--db", db, "--format", "json").json["shards"]
    assert max(shard["segments"] for shard in shards) > 1
    assert answers(byline, db, queries) == answers(byline, one_of_two, queries)


def test_also_behind_servers(byline, one_of_two, queries, servers, tmp_path):
    db = tmp_path / "far"
    done = byline("index", "--db", db, "--shards", servers.names(), *FOLDERS,
                  cwd=SOURCE)
    assert "added" in done.stdout, done.stderr
    assert answers(byline, db, queries) == answers(byline, one_of_two, queries)
    shards = byline("info", "--db", db, "--format", "json").json["shards"]
    assert [s["database"] for s in shards] == [
        servers.name(i) for i in range(SHARDS)]
    assert min(s["articles"] for s in shards) > 0
    again = byline("index", "--db", db, *FOLDERS, cwd=SOURCE)
    assert ": 0 added" in again.stdout or "added" not in again.stdout


@pytest.mark.parametrize("options", [
    ["--facet", "year,month,language:0,source:0,keyword"], ["--offset", 7], ["--limit", 1],
    ["--sort", "-date"], ["--sort", "date"], ["--sort", "author"], ["--any"],
    ["--expand"], ["--proximity"], ["--weight", "lm"]])
def test_with_options(byline, one_of_two, local, queries, tmp_path, options):
    some = tmp_path / "some.tsv"
    some.write_text("".join(queries.read_text("utf-8").splitlines(True)[::8]),
                    encoding="utf-8")
    assert answers(byline, local, some, *options) == answers(
        byline, one_of_two, some, *options)


@pytest.mark.parametrize("options", [[], ["--any"], ["--limit", 500]])
def test_wildcards_weigh_what_they_weigh_in_one(byline, one_of_two, local,
                                                tmp_path, options):
    """But for what Xapian guesses of words that stand together: some per cent
    where there are many."""
    asked = ["harb*", "fer*", "harbourm*", "stri* OR ferr*", "title:har*",
             "strike fer*", "strike -fer*", "harb* AND NOT strike",
             "author:mar* harb*", "zeppel*", "keyword:h* fer*", "sto*"]
    some = tmp_path / "some.tsv"
    some.write_text("".join(f"{n}\t{q}\n" for n, q in enumerate(asked)))
    here = answers(byline, one_of_two, some, *options)
    there = answers(byline, local, some, *options)
    assert here.keys() == there.keys() and len(here) == len(asked)
    for n, (hits, *rest) in here.items():
        other, *same = there[n]
        assert rest == same and len(hits) == len(other)
        scores = {hit[0]: hit[1] for hit in other}
        common = [hit for hit in hits if hit[0] in scores]
        assert len(common) >= 0.8 * len(hits), asked[int(n)]
        assert [hit[1] for hit in common] == pytest.approx(
            [scores[hit[0]] for hit in common], rel=0.05), asked[int(n)]


def test_too_many_words_are_refused_all_together(byline, tmp_path):
    """That each shard has fewer of them does not matter."""
    rows = "".join(json.dumps({"id": str(n), "title": "Kelp", "text":
                               " ".join(f"tide{n}x{k}" for k in range(200))})
                   + "\n" for n in range(60))
    for name, options in ("one", []), ("many", ["--shards", 30]):
        byline("index", "--db", tmp_path / name, "--format", "jsonl", *options,
               "-", input=rows)
        refused(byline("search", "--db", tmp_path / name, "tide*"),
                "stands for more than")


def test_authors_are_counted_as_one_whatever_their_spelling(byline, one,
                                                            local):
    """Each shard spells an author as its first article does."""
    here, there = (byline("search", "--db", db, "--format", "json", "--limit",
                          0, "--facet", "author:0", "the").json["facets"]
                   for db in (one, local))
    assert sorted(c["count"] for c in here["author"]) == sorted(
        c["count"] for c in there["author"])


def test_what_else_is_found_is_the_same(byline, one, local):
    ident = byline("search", "--db", one, "--format", "json", "--limit", 1,
                   "harbour").json["hits"][0]["id"]
    for command in (["similar", ident, "--format", "json"],
                    ["search", "--timeline=year", "--format", "json", "the"],
                    ["search", "harbuor", "--format", "json"],
                    ["show", ident, "--format", "json"]):
        here, there = (byline(command[0], "--db", db, *command[1:]).json
                       for db in (one, local))
        for found in here, there:
            found.pop("took_ms", None)
            for hit in found.get("hits", []):
                del hit["docid"]
        assert here == there, command
    here, there = (byline("info", "--db", db, "--format", "json").json
                   for db in (one, local))
    for key in ("articles", "dated", "first_date", "last_date", "languages"):
        assert here[key] == there[key]
    assert here["shards"] == [] and len(there["shards"]) == SHARDS


# ---- Keeping in step -------------------------------------------------------

def story(n, text="gulls"):
    return article(f"Story number {n}", "Ada Marlow", f"The {text} count {n}.")


def contents(byline, *dbs):
    rows = [row for db in dbs
            for row in byline("export", "--db", db).rows]
    return sorted((row["id"], row["text"], row["source"], row["line"])
                  for row in rows)


@pytest.fixture
def folder(tmp_path):
    path = tmp_path / "papers"
    path.mkdir()
    for n in range(6):
        (path / f"{n}.txt").write_text(digest(
            f"{n + 1} November 2017", *[story(i) for i in range(9)]))
    return path


def change(folder):
    (folder / "0.txt").write_text(digest(
        "1 November 2017", *[story(i, "terns" if i == 3 else "gulls")
                             for i in range(7)]))
    (folder / "1.txt").unlink()
    (folder / "9.txt").write_text(digest(
        "10 November 2017", *[story(i) for i in range(20)]))


def figures(done):
    return done.stdout.splitlines()[:2]


@pytest.mark.parametrize("far", [False, True])
def test_adding_replacing_and_pruning(byline, folder, servers, tmp_path, far):
    alone, spread = tmp_path / "alone", tmp_path / "spread"
    shards = servers.names() if far else SHARDS
    for _ in range(2):
        one = byline("index", "--db", alone, "--prune", folder)
        all_ = byline("index", "--db", spread, "--shards", shards, "--prune",
                      folder)
        assert (one.returncode, all_.returncode) == (0, 0), all_.stderr
        assert all_.stdout == one.stdout
        assert contents(byline, spread) == contents(byline, alone)
        change(folder) if (folder / "1.txt").exists() else None
    same = byline("index", "--db", spread, folder)
    assert same.stdout == "6 files unchanged since last time\n"
    assert byline("index", "--db", spread, "--dry-run", folder).returncode in (
        0, 2 if far else 0)


def test_the_shards_are_as_they_were_made(byline, folder, tmp_path):
    db = tmp_path / "db"
    assert byline("index", "--db", db, "--shards", 3, folder).returncode == 0
    refused(byline("index", "--db", db, "--shards", 4, folder), "3 shards")
    refused(byline("index", "--db", db / "shard-2", folder), "shard 2/3")
    plain = tmp_path / "plain"
    byline("index", "--db", plain, folder)
    refused(byline("index", "--db", plain, "--shards", 2, folder),
            "without shards")
    refused(byline("index", "--db", tmp_path / "x", "--shards",
                   f"{plain},{tmp_path / 'y'}", folder), str(plain),
            "no shard")
    for value in ("0", "1", "2000", ",", "a,,b", "one"):
        refused(byline("index", "--db", tmp_path / "z", "--shards", value,
                       folder), "shards")
    assert not (tmp_path / "z").exists()


@pytest.mark.parametrize("names,both", [
    ("s2,s2", "s2 and s2"), ("s1,./s1", "s1 and ./s1"),
    ("s1,s2,s1/", "s1 and s1/"), ("there,link", "there and link"),
    ("new,../{}/to-new", "new and ../{}/to-new"), ("new/,x,to-it", "new/ and to-it"),
    ("remote:one:4000,remote:two:4000,remote:one:4000",
     "remote:one:4000 and remote:one:4000"),
    ("db,s2", "db is the folder that names them"),
    ("s2,./db/", "./db/ is the folder that names them")])
def test_one_shard_is_named_once(byline, folder, tmp_path, names, both):
    """Whatever its names, also before it is made."""
    (tmp_path / "there").mkdir()
    for link, target in (("link", "there"), ("to-new", tmp_path / "new"),
                         ("to-it", "./to-new"), ("loop", "loop")):
        (tmp_path / link).symlink_to(target)
    before = sorted(tmp_path.iterdir())
    names, both = (text.format(tmp_path.name) for text in (names, both))
    refused(byline("index", "--db", "db", "--shards", names, folder,
                   cwd=tmp_path), both)
    assert sorted(tmp_path.iterdir()) == before


def test_every_xapian_program_finds_them(byline, folder, tmp_path):
    db = tmp_path / "db"
    byline("index", "--db", db, "--shards", 3, folder)
    done = subprocess.run(["xapian-delve", db], capture_output=True, text=True)
    assert "number of documents = 54" in done.stdout


def test_compacting_them(byline, folder, tmp_path):
    db, whole = tmp_path / "db", tmp_path / "whole"
    byline("index", "--db", db, "--shards", 3, folder)
    for arguments in ([whole], []):
        done = byline("compact", "--db", db, *arguments)
        assert done.returncode == 0, done.stderr
    assert byline("check", "--db", db).returncode == 0
    (db / "shard-2/position.glass").write_bytes(b"")
    assert byline("check", "--db", db).returncode == 2


def test_what_was_compacted_goes_on(byline, folder, tmp_path):
    db, whole = tmp_path / "db", tmp_path / "whole"
    byline("index", "--db", db, "--shards", 3, folder)
    byline("compact", "--db", db, whole)
    for path in db, whole:
        done = byline("index", "--db", path, folder)
        assert done.returncode == 0, done.stderr
    assert contents(byline, whole) == contents(byline, db)
    assert byline("index", "--db", db, folder).stdout == (
        "6 files unchanged since last time\n")


# ---- One that is away ------------------------------------------------------

def test_a_shard_that_is_away(byline, folder, servers, tmp_path):
    db = tmp_path / "db"
    byline("index", "--db", db, "--shards", servers.names(), folder)
    servers.kill(2)
    away = servers.name(2)
    refused(byline("search", "--db", db, "gulls"), away, "Connection refused")
    done = byline("search", "--db", db, "--partial", "--format", "json",
                  "gulls")
    assert done.returncode == 0 and f"not searched: {away}" in done.stderr
    assert [a["database"] for a in done.json["not_searched"]] == [away]
    assert 0 < done.json["total"]["value"] < 54
    info = byline("info", "--db", db, "--format", "json")
    assert info.returncode == 2
    assert [bool(s["away"]) for s in info.json["shards"]] == [
        False, False, True, False]
    done = byline("index", "--db", db, folder)
    refused(done, away, "the same command goes on")
    servers.start(2)
    assert "not_searched" not in byline(
        "search", "--db", db, "--partial", "--format", "json", "gulls").json


ALL_THERE = "# all of them were made"


def files_of(db):
    return {path: path.read_bytes() for path in db.rglob("*")
            if path.is_file()}


@pytest.mark.parametrize("shard", [1, 2, 3])
@pytest.mark.parametrize("options", [[], ["--dry-run"], ["--prune"],
                                     ["--shards", 3], ["--builder", "xapian"]])
def test_one_that_is_gone_is_not_made_again(byline, folder, tmp_path, shard,
                                            options):
    db, gone = tmp_path / "db", tmp_path / "gone"
    byline("index", "--db", db, "--shards", 3, folder)
    before = contents(byline, db)
    (db / f"shard-{shard}").rename(gone)
    (folder / "new.txt").write_text(digest(
        "9 May 1999", *[story(i) for i in range(20)]))
    there = files_of(db)
    said = refused(byline("index", "--db", db, *options, folder),
                   f"{db}: its shard {db}/shard-{shard} is not there",
                   "put it back", "new database")
    assert said == refused(byline("search", "--db", db, "gulls"))
    assert files_of(db) == there and not list(db.glob(".*"))
    gone.rename(db / f"shard-{shard}")
    assert contents(byline, db) == before
    done = byline("index", "--db", db, folder)
    assert done.returncode == 0 and "20 added" in done.stdout, done.stderr


@pytest.mark.parametrize("builder", ["auto", "xapian"])
def test_what_takes_its_place_is_not_it(byline, folder, tmp_path, builder):
    """An empty folder, as of a disk that is not mounted; a new database."""
    db, empty = tmp_path / "db", tmp_path / "empty"
    byline("index", "--db", db, "--shards", 3, folder)
    shard = db / "shard-2"
    shard.rename(tmp_path / "gone")
    shard.mkdir()
    options = ["--db", db, "--builder", builder, folder]
    refused(byline("index", *options), f"its shard {shard} is not there")
    assert not list(shard.iterdir())
    byline("index", "--db", empty, "--format", "jsonl", "-", input="")
    shard.rmdir()
    empty.rename(shard)
    refused(byline("index", *options), shard, "not the shard 2/3 that was made")


def test_a_server_with_another_folder(byline, folder, servers, tmp_path):
    """It makes a new database there."""
    db, far = tmp_path / "db", tmp_path / "far-2"
    byline("index", "--db", db, "--shards", servers.names(), folder)
    before = contents(byline, db)
    servers.kill(2)
    far.rename(tmp_path / "gone")
    servers.start(2)
    refused(byline("index", "--db", db, folder), servers.name(2),
            "not the shard 3/4 that was made", "put that back")
    servers.kill(2)
    shutil.rmtree(far)
    (tmp_path / "gone").rename(far)
    servers.start(2)
    assert contents(byline, db) == before
    assert byline("index", "--db", db, folder).returncode == 0


def test_that_all_were_made_is_known(byline, folder, tmp_path):
    """Also of those that were made when this was not recorded, or by byline
    compact; a run that goes on says so when it has made the rest."""
    db, spread = tmp_path / "db", tmp_path / "spread"
    stub = db / "XAPIANDB"
    byline("index", "--db", db, "--shards", 3, "--dry-run", folder)
    assert not db.exists()
    byline("index", "--db", db, "--shards", 3, folder)
    made = stub.read_text()
    assert made.splitlines()[-1] == ALL_THERE
    for missing in None, db / "shard-2":
        stub.write_text(made.replace(ALL_THERE + "\n", ""))
        if missing:
            shutil.rmtree(missing)
        assert byline("index", "--db", db, folder).returncode == 0
        assert stub.read_text() == made
    stub.write_text(made.replace(ALL_THERE + "\n", ""))
    lock = xapian.WritableDatabase(str(db / "shard-3"), xapian.DB_OPEN)
    refused(byline("index", "--db", db, folder), "writing to it")
    lock.close()
    assert stub.read_text() == made  # also by a run that fails
    byline("compact", "--db", db, "--shards", 2, spread)
    assert (spread / "XAPIANDB").read_text().splitlines()[-1] == ALL_THERE
    assert sorted(p.name for p in db.iterdir()) == [
        "XAPIANDB", "shard-1", "shard-2", "shard-3"]


@pytest.mark.parametrize("builder", ["auto", "xapian"])
def test_a_first_run_that_fails_goes_on(byline, folder, tmp_path, builder):
    """Where a shard could not be made, they are not all there."""
    db, stub = tmp_path / "db", tmp_path / "db/XAPIANDB"
    folder_of = tmp_path / "later"
    command = ["index", "--db", db, "--builder", builder, "--shards",
               f"{tmp_path}/a,{folder_of}/b,{tmp_path}/c", folder]
    for _ in range(2):
        refused(byline(*command), folder_of / "b")
        assert ALL_THERE not in stub.read_text()
    folder_of.mkdir()
    assert byline(*command).returncode == 0
    assert ALL_THERE in stub.read_text()
    assert byline(*command).stdout == "6 files unchanged since last time\n"
    shutil.rmtree(folder_of)
    refused(byline(*command), folder_of / "b", "is not there")


@pytest.mark.parametrize("rows", [0, 1])
def test_shards_without_articles_are_made(byline, tmp_path, rows):
    db, papers = tmp_path / "db", tmp_path / "papers"
    papers.mkdir()
    if rows:
        (papers / "one.jsonl").write_text('{"title": "One", "text": "gulls"}\n')
    command = ["index", "--db", db, "--shards", 5, papers]
    for _ in range(2):
        assert byline(*command).returncode == (0 if rows else 1)
        assert (db / "XAPIANDB").read_text().splitlines()[-1] == ALL_THERE
        assert all((db / f"shard-{n}/iamglass").exists() for n in range(1, 6))


def test_a_shard_that_dies_between_two_queries(byline, folder, servers,
                                               tmp_path):
    db = tmp_path / "db"
    byline("index", "--db", db, "--shards", servers.names(), folder)
    for options, count in ((["--partial"], 2), ([], 1)):
        command = byline("search", "--help").args[0]
        process = subprocess.Popen(
            [command, "search", "--db", str(db), "--queries", "-", "--format",
             "json", *options], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, text=True)
        process.stdin.write("a\tgulls\n")
        process.stdin.flush()
        first = json.loads(process.stdout.readline())
        assert first["total"]["value"] == 54 and "not_searched" not in first
        servers.kill(1)
        out, errors = process.communicate("b\tgulls\n", timeout=60)
        second = json.loads(out)
        assert servers.name(1) in errors
        if options:
            assert second["not_searched"][0]["database"] == servers.name(1)
            assert second["hits"] and process.returncode == 0
        else:
            assert servers.name(1) in second["error"]
            assert process.returncode == 2
        servers.start(1)


def test_a_server_killed_while_it_is_written_to(byline, folder, servers,
                                                tmp_path):
    db, alone = tmp_path / "db", tmp_path / "alone"
    for n in range(300):
        (folder / f"more-{n}.txt").write_text(digest(
            f"{n % 28 + 1} May {1700 + n}", *[story(i) for i in range(9)]))
    command = byline("search", "--help").args[0]
    process = subprocess.Popen(
        [command, "index", "--db", str(db), "--shards", servers.names(),
         str(folder)], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        text=True)
    while not (servers.folder / "far-3").exists():
        assert process.poll() is None
    servers.kill(3)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 2 and servers.name(3) in errors, errors
    assert "the same command goes on" in errors
    servers.start(3)
    done = byline("index", "--db", db, folder)
    assert done.returncode == 0, done.stderr
    byline("index", "--db", alone, folder)
    assert contents(byline, db) == contents(byline, alone)
