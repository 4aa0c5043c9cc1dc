"""What byline search prints for programs."""
import csv
import io
import json
import re
import struct
import subprocess

import pytest

from archive import refused, write
from conftest import BYLINE

ODD = [{"id": "a b%c", "title": "Tide\ttables\nand \u2028 more", "authors":
        ["Ada Marlow", "Dov\tHartmann"], "date": "2020-03-01"},
       {"id": "ü/2", "title": "Tide mills", "authors": [], "date": None}]
LIKE = [{"id": f"like-{n:03}", "title": f"Kelp {n}", "authors": ["Ada Marlow"],
         "date": f"2020-01-{n % 28 + 1:02}", "text": "Kelp drifts ashore here."}
        for n in range(60)]


LIVE = ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://x.example";A1)',
        "=cmd|'/C calc'!A0", "\t=1+1", "\r\n=1+1", " =1+1", "\u00a0=1", "\u3000=1",
        "\u2028=1", "\x85=1", "＝1+1", "＋1", "－1", "＠x", "'=1", "''=1", "' '+1",
        '"=1+1"', '"to the end', '"', '""', "=", "-", "'tis the season"]
TAME = ["1+1=2", "“No ferry”", "– and so on", 'a"b', "it's -1 out"]


@pytest.fixture(scope="module")
def strangers(byline, tmp_path_factory):
    """Every value of an article is one that a spreadsheet would calculate."""
    rows = [{"id": f"{text}{n}", "title": f"{text} ebb", "authors":
             [f"{text} Marlow", f"{text} Hartmann"], "text": "An ebb."}
            for n, text in enumerate(LIVE + TAME)]
    path = tmp_path_factory.mktemp("strangers") / "db"
    done = byline("index", "--db", path, "--format", "jsonl", "-",
                  input="".join(json.dumps(row) + "\n" for row in rows))
    assert done.returncode == 0, done.stderr
    return path


@pytest.fixture(scope="module")
def db(byline, tmp_path_factory):
    """Articles with odd ids and values, and sixty that weigh the same."""
    folder = tmp_path_factory.mktemp("formats")
    rows = [{"text": "About the tide in the harbour.", **row} for row in ODD]
    write(folder / "a.jsonl",
          "".join(json.dumps(row) + "\n" for row in rows + LIKE))
    done = byline("index", "--db", folder / "db", folder / "a.jsonl")
    assert done.returncode == 0, done.stderr
    return folder / "db"


def search(byline, db, form, *arguments):
    done = byline("search", "--db", db, "--format", form, *arguments)
    assert (done.returncode, done.stderr) == (0, "")
    return done


def hits(byline, db, *arguments):
    return search(byline, db, "json", *arguments).json["hits"]


def single(number):
    """The number as a C float has it."""
    return struct.unpack("f", struct.pack("f", float(number)))[0]


def falls(scores):
    numbers = [single(score) for score in scores]
    return all(a > b for a, b in zip(numbers, numbers[1:]))


@pytest.mark.parametrize("arguments", [["ferry"], ["--any", "harbour strike"],
                                       ["--since", "2020", "--sort", "date"]])
def test_jsonl_is_the_hits_of_json(byline, fixture_db, arguments):
    done = search(byline, fixture_db, "jsonl", *arguments)
    assert done.rows == hits(byline, fixture_db, *arguments)


def test_tsv_has_six_columns(byline, fixture_db):
    lines = search(byline, fixture_db, "tsv", "ferry").stdout.split("\n")
    assert lines.pop() == ""
    rows = hits(byline, fixture_db, "ferry")
    assert len(lines) == len(rows)
    for line, row in zip(lines, rows):
        rank, score, ident, date, authors, title = line.split("\t")
        assert (int(rank), ident, date, authors, title) == (
            row["rank"], row["id"], row["date"], "; ".join(row["authors"]),
            row["title"])
        assert float(score) == pytest.approx(row["score"], rel=1e-6)


def test_tsv_has_nothing_that_parts_lines_or_columns(byline, db):
    done = search(byline, db, "tsv", "tide")
    lines = done.stdout.splitlines()
    assert len(lines) == 2
    table = {line.split("\t")[2]: line.split("\t")[3:] for line in lines}
    assert table["ü/2"] == ["", "", "Tide mills"]
    date, authors, title = table["a b%c"]
    assert (date, authors) == ("2020-03-01", "Ada Marlow; Dov Hartmann")
    assert title.split() == ["Tide", "tables", "and", "more"]


def test_no_cell_of_tsv_is_a_formula(byline, strangers):
    """Nor does one go on over its end where it is read as CSV."""
    done = search(byline, strangers, "tsv", "--limit", 100, "ebb")
    table = list(csv.reader(io.StringIO(done.stdout, newline=""), "excel-tab"))
    assert table == [line.split("\t") for line in done.stdout[:-1].split("\n")]
    marked = 0
    for _, _, *cells in table:
        assert not any(re.match(r"\s*[=+@\"＝＋－＠-]", cell) for cell in cells)
        marked += cells[3].startswith("'")
    assert (marked, len(table)) == (len(LIVE), len(LIVE + TAME))


def test_tsv_reads_back(byline, strangers):
    def spaces(text):
        return re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]", " ", text)
    lines = search(byline, strangers, "tsv", "--limit", 100,
                   "ebb").stdout[:-1].split("\n")
    rows = hits(byline, strangers, "--limit", 100, "ebb")
    assert len(lines) == len(rows) == len(LIVE + TAME)
    for line, row in zip(lines, rows):
        cells = [cell.removeprefix("'") for cell in line.split("\t")[2:]]
        assert cells == [spaces(row["id"]), "", spaces("; ".join(row["authors"])),
                         spaces(row["title"])]


def test_a_run_has_the_columns_of_trec(byline, db):
    rows = [line.split(" ") for line in
            search(byline, db, "trec", "tide").stdout.splitlines()]
    assert all(len(row) == 6 for row in rows)
    assert {(row[0], row[1], row[5]) for row in rows} == {("1", "Q0", "byline")}
    assert [row[3] for row in rows] == ["1", "2"]
    assert {row[2] for row in rows} == {"a%20b%25c", "ü/2"}


@pytest.mark.parametrize("arguments", [
    ["kelp"], ["--any", "kelp tide"], ["kelp", "--sort", "-date"],
    ["--since", "2020"]])
def test_a_run_sorts_back_into_its_order(byline, db, arguments):
    """Also where all weigh the same, and read as single floats."""
    run = [line.split() for line in search(
        byline, db, "trec", "--limit", 100, *arguments).stdout.splitlines()]
    assert len(run) >= 60
    assert falls(row[4] for row in run)
    rows = hits(byline, db, "--limit", 100, *arguments)
    assert [row[2] for row in run if "%" not in row[2]] == [
        row["id"] for row in rows if "%" not in row["id"]]


def test_tsv_sorts_back_by_score_but_tells_it_truly(byline, db):
    def column(*arguments):
        lines = search(byline, db, "tsv", "--limit", 100, "--any",
                       *arguments).stdout.splitlines()
        return [line.split("\t")[1] for line in lines]
    scores = [row["score"] for row in hits(byline, db, "--limit", 100, "--any",
                                           "kelp tide")]
    assert len(set(scores)) < len(scores)
    assert falls(column("kelp tide"))
    assert [float(s) for s in column("kelp tide")] == pytest.approx(
        scores, rel=1e-4)
    dated = hits(byline, db, "--limit", 100, "--any", "--sort", "date",
                 "kelp tide")
    assert [float(s) for s in column("--sort", "date", "kelp tide")] == (
        pytest.approx([row["score"] for row in dated], rel=1e-6))


def test_ids_are_ids(byline, fixture_db):
    done = search(byline, fixture_db, "ids", "ferry")
    ids = [row["id"] for row in hits(byline, fixture_db, "ferry")]
    assert done.stdout == "".join(f"{ident}\n" for ident in ids)
    for option in ("-0", "--null"):
        done = search(byline, fixture_db, "ids", option, "ferry")
        assert done.stdout == "".join(f"{ident}\0" for ident in ids)


def test_ids_can_be_piped_into_show(byline, db):
    found = subprocess.run([BYLINE, "search", "--db", db, "--format", "ids",
                            "-0", "tide"], stdout=subprocess.PIPE, check=True)
    shown = subprocess.run(
        ["xargs", "-0", "-n1", BYLINE, "show", "--db", db], check=True,
        input=found.stdout, stdout=subprocess.PIPE).stdout.decode("utf-8")
    assert "Tide mills\n" in shown and "id a b%c\n" in shown


def test_ids_with_a_nul_are_for_ids(byline, fixture_db):
    for form in ("text", "json", "tsv"):
        refused(byline("search", "--db", fixture_db, "-0", "--format", form,
                       "ferry"), "--null", "ids")
    refused(byline("search", "--db", fixture_db, "-0x", "ferry"), "'-0'")


@pytest.mark.parametrize("form", ["jsonl", "tsv", "ids", "trec"])
def test_nothing_found_prints_nothing(byline, fixture_db, form):
    done = byline("search", "--db", fixture_db, "--format", form, "zeppelin")
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "")


def test_formats_are_named_in_the_error(byline, fixture_db):
    message = refused(byline("search", "--db", fixture_db, "--format", "xml",
                             "ferry"), "xml")
    help_text = byline("help", "search").stdout
    for form in re.findall(r"text|jsonl|json|tsv|ids|trec", message):
        assert form in help_text


def test_what_is_not_as_asked_is_said_before_the_articles(byline, fixture_db):
    def run(*arguments):
        return byline("search", "--db", fixture_db, *arguments)
    done = run("ferry herring council zeppelin")
    assert done.returncode == 0 and done.stdout.startswith("1. ")
    assert done.stderr.startswith("byline: nothing has all of these words; "
                                  "showing articles with most of them\n")
    done = run("--format", "json", "ferry herring council zeppelin")
    assert (done.json["relaxed"], done.stderr) == (True, "")
    done = run("harbuor")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == ("byline: did you mean: harbour\n"
                           "byline: nothing found\n")
    done = run("--format", "json", "harbuor")
    assert (done.json["corrected"], done.stderr) == ("harbour", "")
