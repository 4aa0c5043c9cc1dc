"""Many queries at once: byline search --queries."""
import json
import os
import random
import re
import shutil
import subprocess

import pytest

from archive import refused, write
from conftest import BYLINE

WORDS = ("ferry harbour strike council school library winter tide market bridge "
         "river budget quay island pilot boats herring meeting vote company "
         "zeppelin").split()
FORMS = ["tsv", "trec", "jsonl", "json"]


def some_queries(count, seed=5):
    chance = random.Random(seed)
    return [(f"q{n}", " OR ".join(chance.sample(WORDS, chance.randint(1, 4))))
            for n in range(count)]


def lines_of(queries):
    return "".join(f"{name}\t{text}\n" for name, text in queries)


@pytest.fixture
def queries(tmp_path):
    rows = some_queries(120)
    return rows, write(tmp_path / "queries.tsv", lines_of(rows))


def batch(byline, db, path, *arguments, **more):
    return byline("search", "--db", db, "--queries", path, *arguments, **more)


def timeless(text):
    rows = [json.loads(line) for line in text.splitlines()]
    for row in rows:
        row.pop("took_ms", None)
    return rows


def test_each_query_is_answered_as_if_it_were_alone(byline, fixture_db,
                                                    queries):
    rows, path = queries
    options = ["--limit", 5, "--sort", "-date", "--since", "2016"]
    objects = timeless(batch(byline, fixture_db, path, "--format", "json",
                             *options).stdout)
    hits = batch(byline, fixture_db, path, "--format", "jsonl", *options).rows
    assert [row["qid"] for row in objects] == [name for name, _ in rows]
    assert hits == [{"qid": row["qid"], **hit} for row in objects
                    for hit in row["hits"]]
    for (name, text), row in list(zip(rows, objects))[::9]:
        alone = byline("search", "--db", fixture_db, "--format", "json",
                       *options, text).json
        del alone["took_ms"]
        assert row == {"qid": name, **alone}
        assert list(row)[0] == "qid"


@pytest.mark.parametrize("form", FORMS)
def test_jobs_change_nothing(byline, fixture_db, queries, form):
    _, path = queries
    def run(jobs):
        done = batch(byline, fixture_db, path, "--format", form, "--jobs", jobs)
        assert (done.returncode, done.stderr) == (0, "")
        return timeless(done.stdout) if "json" in form else done.stdout
    one = run(1)
    assert one and run(3) == one and run(16) == one and run(0) == one


def test_columns_begin_with_the_name(byline, fixture_db, tmp_path):
    path = write(tmp_path / "q", "a b%\tferry\nß\tstrike\n")
    def alone(form, text):
        return byline("search", "--db", fixture_db, "--format", form,
                      text).stdout.splitlines()
    tsv = batch(byline, fixture_db, path)
    assert tsv.stdout.splitlines() == (
        [f"a b%\t{line}" for line in alone("tsv", "ferry")]
        + [f"ß\t{line}" for line in alone("tsv", "strike")])
    trec = batch(byline, fixture_db, path, "--format", "trec")
    assert trec.stdout.splitlines() == (
        ["a%20b%25" + line[1:] for line in alone("trec", "ferry")]
        + ["ß" + line[1:] for line in alone("trec", "strike")])


def test_standard_input_is_a_file_of_queries(byline, fixture_db, queries):
    rows, path = queries
    done = batch(byline, fixture_db, "-", input=lines_of(rows))
    assert done.stdout == batch(byline, fixture_db, path).stdout


def test_odd_line_ends_and_empty_lines(byline, fixture_db, tmp_path):
    plain = write(tmp_path / "a", "x\tferry\ny\tstrike\n")
    odd = write(tmp_path / "b", "\ufeffx\tferry\r\n\n\r\ny\tstrike")
    done = batch(byline, fixture_db, odd)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == batch(byline, fixture_db, plain).stdout


@pytest.mark.parametrize("jobs", [1, 4])
def test_a_wrong_query_is_reported_and_the_others_go_on(byline, fixture_db,
                                                        tmp_path, jobs):
    path = write(tmp_path / "queries", "a\tferry\nb\tOR strike\nno tab\n"
                 "\tstrike\nc\t\nd\tyear:soon\ne\tstrike\n")
    done = batch(byline, fixture_db, path, "--jobs", jobs)
    assert done.returncode == 2
    assert list(dict.fromkeys(line.split("\t")[0] for line in
                              done.stdout.splitlines())) == ["a", "e"]
    messages = done.stderr.splitlines()
    assert [m.split(": ")[1] for m in messages[:-1]] == [
        f"{path}:{line}" for line in (2, 3, 4, 5, 6)]
    assert "tab" in messages[1] and "name" in messages[2]
    assert "look for" in messages[3] and "soon" in messages[4]
    assert messages[-1] == "byline: 5 queries could not be answered"
    rows = batch(byline, fixture_db, path, "--format", "json").rows
    assert [row["qid"] for row in rows] == ["a", "b", "c", "d", "e"]
    assert ["error" in row for row in rows] == [False, True, True, True, False]
    assert list(rows[1]) == ["qid", "error"]
    assert f"{path}:2: {rows[1]['error']}" in done.stderr


def test_nothing_found_at_all_is_status_1(byline, fixture_db, tmp_path):
    path = write(tmp_path / "q", "a\tzeppelin\nb\tzeppelin OR dirigible\n")
    for form in ("tsv", "trec", "jsonl"):
        done = batch(byline, fixture_db, path, "--format", form)
        assert (done.returncode, done.stdout, done.stderr) == (1, "", "")
    done = batch(byline, fixture_db, path, "--format", "json")
    assert done.returncode == 1
    assert [row["hits"] for row in done.rows] == [[], []]
    empty = write(tmp_path / "none", "")
    done = batch(byline, fixture_db, empty)
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "")


def test_counts_of_a_batch(byline, fixture_db, queries):
    rows, path = queries
    done = batch(byline, fixture_db, path, "--count", "--jobs", 2)
    counts = [line.split("\t") for line in done.stdout.splitlines()]
    assert [name for name, _ in counts] == [name for name, _ in rows]
    for (_, text), (_, count) in list(zip(rows, counts))[::20]:
        assert byline("search", "--db", fixture_db, "--count",
                      text).stdout == f"{count}\n"


def test_a_query_may_be_empty_where_options_choose(byline, fixture_db,
                                                   tmp_path):
    path = write(tmp_path / "q", "all\t\nsome\tferry\n")
    done = batch(byline, fixture_db, path, "--count", "--since", "2016")
    counts = dict(line.split("\t") for line in done.stdout.splitlines())
    assert done.returncode == 0 and int(counts["all"]) > int(counts["some"]) > 0


def test_wrong_options_are_reported_once(byline, fixture_db, queries):
    _, path = queries
    done = batch(byline, fixture_db, path, "--author", "Nobody Whatever")
    assert (done.returncode, done.stdout) == (1, "")
    assert len(done.stderr.splitlines()) == 1
    refused(batch(byline, fixture_db, path, "--since", "someday"), "someday")
    refused(batch(byline, fixture_db, path, "ferry"), "not in both")
    refused(batch(byline, fixture_db, path, "--format", "ids"), "--format")
    refused(batch(byline, fixture_db, path, "--format", "text"), "--format")
    refused(batch(byline, fixture_db, path, "--jobs", "300"), "--jobs")
    refused(batch(byline, fixture_db, path, "--facet", "year"), "--facet")
    refused(byline("search", "--db", fixture_db, "--jobs", 2, "ferry"),
            "--jobs", "--queries")
    refused(batch(byline, fixture_db, f"{path}.no"), f"{path}.no")
    refused(batch(byline, fixture_db, path.parent), path.parent)


def test_lines_beyond_reason(byline, fixture_db, tmp_path):
    path = write(tmp_path / "q", b"a\t" + b"ferry " * 400000 + b"\n"
                 b"b\x00c\tferry\nd\tferry\xff\x00strike\ne\tferry\n")
    done = batch(byline, fixture_db, path, "--format", "json")
    assert done.returncode == 2
    assert f"{path}:1: the line is longer than 1 MiB" in done.stderr
    assert f"{path}:2: there is a NUL in the query's name" in done.stderr
    assert done.rows[-1]["qid"] == "e" and done.rows[-1]["hits"]


def test_answers_come_while_queries_are_written(fixture_db):
    """A program may talk with it over two pipes."""
    with subprocess.Popen(
            [BYLINE, "search", "--db", fixture_db, "--queries", "-", "--jobs",
             "3", "--format", "json"], stdin=subprocess.PIPE, text=True,
            stdout=subprocess.PIPE, encoding="utf-8") as process:
        for name, text in some_queries(30, seed=6):
            process.stdin.write(f"{name}\t{text}\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["qid"] == name
        process.stdin.close()
        assert process.wait(timeout=60) == 0


def test_memory_does_not_grow_with_the_queries(fixture_db, tmp_path):
    def peak(count):
        path = write(tmp_path / "q", lines_of(some_queries(100) * count))
        process = subprocess.Popen(
            [BYLINE, "search", "--db", fixture_db, "--queries", path, "--jobs",
             "4", "--limit", "50", "--format", "jsonl"],
            stdout=subprocess.DEVNULL, env={
                **os.environ, "ASAN_OPTIONS": "quarantine_size_mb=1:"
                + os.environ.get("ASAN_OPTIONS", "")})
        _, status, usage = os.wait4(process.pid, 0)
        assert status == 0
        return usage.ru_maxrss
    assert peak(40) < peak(4) * 1.5


@pytest.mark.parametrize("jobs", [1, 3])
def test_a_broken_database_is_not_asked_again_and_again(byline, fixture_db,
                                                        queries, tmp_path,
                                                        jobs):
    _, path = queries
    db = tmp_path / "db"
    shutil.copytree(fixture_db, db)
    for table in db.glob("docdata.*"):  # all leaves of its tree: level 0
        blocks = re.findall(b".{8192}", table.read_bytes(), re.S)
        assert len(blocks) > 3
        table.write_bytes(b"".join(block if block[4] else bytes(8192)
                                   for block in blocks))
    done = batch(byline, db, path, "--jobs", jobs)
    assert done.returncode == 2
    messages = done.stderr.splitlines()
    assert 3 <= len(messages) <= 2 + 5 * jobs
    assert "byline: the queries behind it are not looked for" in messages


def test_a_reader_who_leaves_ends_it(fixture_db, tmp_path):
    path = write(tmp_path / "q", lines_of(some_queries(100) * 200))
    with subprocess.Popen([BYLINE, "search", "--db", fixture_db, "--queries",
                           path, "--jobs", "3"], stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE) as process:
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(timeout=60) != 0


def test_plugins_are_there_for_every_thread(byline, tmp_path, queries):
    """A plugin that is missing is told once, before anything is looked for."""
    _, path = queries
    done = batch(byline, tmp_path / "db", path, "--jobs", 3, "--plugin",
                 tmp_path / "no.so")
    assert done.returncode == 2 and len(done.stderr.splitlines()) == 1
