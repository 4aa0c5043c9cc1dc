"""byline search --timeline: how many articles are of each month or year."""
import json
from collections import Counter

import pytest

from archive import refused, write
from terminal import on_terminal, without_colour


def database(byline, folder, dates):
    write(folder / "a.jsonl", "".join(
        json.dumps({"id": str(n), "title": f"Rope {n}", "text": "A rope.",
                    "keywords": ["knot"], "date": date}) + "\n"
        for n, date in enumerate(dates)))
    done = byline("index", "--db", folder / "db", folder / "a.jsonl")
    assert done.returncode == 0, done.stderr
    return folder / "db"


def rows(byline, db, *arguments, env=None):
    done = byline("search", "--db", db, *arguments, "rope", env=env)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.splitlines()


ASCII = {"LC_ALL": "C"}
MIXED = ["2017-11-14"] * 4 + ["2017-11"] * 4 + ["2018-02-01T10:00:00"] * 2 + [
    "2018", None, None, None]


@pytest.fixture(scope="module")
def mixed(byline, tmp_path_factory):
    return database(byline, tmp_path_factory.mktemp("mixed"), MIXED)


def test_months_with_empty_ones_between_and_the_rest_below(byline, mixed):
    lines = rows(byline, mixed, "--timeline", env=ASCII)
    assert lines == [
        "2017-11   8  " + "#" * 67, "2017-12   0", "2018-01   0",
        "2018-02   2  " + "#" * 17, "no month  1", "no date   3"]


def test_years_when_they_are_asked_for(byline, mixed):
    lines = rows(byline, mixed, "--timeline=year", env=ASCII)
    assert lines == ["2017     8  " + "#" * 68, "2018     3  " + "#" * 26,
                     "no date  3"]


def test_bars_are_of_eighths_of_a_column(byline, mixed):
    lines = rows(byline, mixed, "--timeline")
    assert lines[0].endswith("  " + "█" * 67)
    assert lines[3].endswith("  " + "█" * 16 + "▊")  # 16.75


@pytest.mark.parametrize("dates,months", [
    (["2017-01-01", "2019-12-31"], True),
    (["2017-01-01", "2020-01-01"], False),
    (["2017-01-01", "2019-12-31", "2018"], True),
    (["2017-02-01", "2019-12-31", "2017"], True),
    (["2017-02-01", "2020-01-31", "2017"], False),
    (["2017-12-01", "2017", "2017"], False), (["2017"], False),
    (["2017-05"], True)])
def test_months_are_chosen_when_they_are_few(byline, tmp_path, dates, months):
    db = database(byline, tmp_path, dates)
    done = byline("search", "--db", db, "--timeline", "--format", "json")
    assert list(done.json["facets"]) == ["month" if months else "year"]
    always = byline("search", "--db", db, "--timeline=month", "--format",
                    "json")
    assert list(always.json["facets"]) == ["month"]


@pytest.mark.parametrize("last,empty", [("1801", 100), ("1802", 101)])
def test_many_empty_periods_are_one_line(byline, tmp_path, last, empty):
    db = database(byline, tmp_path, ["1700", last])
    lines = rows(byline, db, "--timeline")
    if empty > 100:
        assert [line.split()[:2] for line in lines] == [
            ["1700", "1"], ["1701..1801", "0"], ["1802", "1"]]
    else:
        assert len(lines) == 102 and lines[1:-1] == [
            f"{year}  0" for year in range(1701, 1801)]


def test_a_small_number_is_seen_beside_a_large_one(byline, tmp_path):
    db = database(byline, tmp_path, ["2017"] * 500 + ["2018"])
    lines = rows(byline, db, "--timeline=year", env=ASCII)
    assert lines[1] == "2018    1  #"


def test_articles_without_any_date(byline, tmp_path):
    db = database(byline, tmp_path, [None, None])
    assert rows(byline, db, "--timeline") == ["no date  2"]


@pytest.mark.parametrize("columns", [20, 40, 80, 200])
def test_the_chart_is_as_wide_as_the_terminal(mixed, columns):
    status, shown = on_terminal("search", "--db", mixed, "--no-pager",
                                "--timeline", "rope", columns=columns)
    assert status == 0
    widths = [len(line) for line in without_colour(shown).splitlines()]
    assert max(widths) == columns


def test_json_has_the_facet_in_the_order_of_time(byline, mixed):
    done = byline("search", "--db", mixed, "--format", "json", "--timeline",
                  "--facet", "keyword", "rope")
    answer = done.json
    assert (answer["hits"], answer["total"]["value"]) == ([], len(MIXED))
    assert answer["facets"] == {
        "keyword": [{"value": "knot", "count": len(MIXED)}],
        "month": [{"value": "2017-11", "count": 8},
                  {"value": "2018-02", "count": 2}]}


def test_facets_stand_below_the_chart(byline, mixed):
    lines = rows(byline, mixed, "--timeline=year", "--facet", "keyword,year:1")
    assert lines[2:] == ["no date  3", "", "keyword", "    14  knot", "",
                         "year", "    8  2017", "       1 more"]


def test_nothing_found_has_no_chart(byline, mixed):
    done = byline("search", "--db", mixed, "--timeline", "zeppelin")
    assert (done.returncode, done.stdout) == (1, "")


def test_the_chart_counts_everything(byline, tmp_path):
    dates = [f"{1990 + n % 7}-{n % 12 + 1:02}-01" for n in range(1500)]
    db = database(byline, tmp_path, dates)
    lines = rows(byline, db, "--timeline=month")
    shown = {line.split()[0]: int(line.split()[1]) for line in lines}
    counts = Counter(date[:7] for date in dates)
    assert {name: n for name, n in shown.items() if n} == counts


@pytest.mark.parametrize("value", ["week", "", "Year", "years"])
def test_other_periods_are_refused(byline, mixed, value):
    refused(byline("search", "--db", mixed, f"--timeline={value}", "rope"),
            "--timeline", "year", "month", "byline help search")


@pytest.mark.parametrize("name", ["jsonl", "tsv", "ids", "trec"])
def test_formats_of_hits_have_no_timeline(byline, mixed, name):
    refused(byline("search", "--db", mixed, "--timeline", "--format", name,
                   "rope"), "--timeline", "json", "byline help search")


def test_a_batch_has_no_timeline(byline, mixed):
    refused(byline("search", "--db", mixed, "--timeline", "--queries", "-",
                   input="1\trope\n"), "--timeline", "--queries")
