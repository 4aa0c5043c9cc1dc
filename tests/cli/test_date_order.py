"""Dates of numbers only: settled by the file's others, or by --date-order."""
import pytest

from archive import refused

BODY = "The crews met at the gate on Monday and voted to stay out.\n"


def digest(*dates):
    """One article below each date line."""
    return "\n".join(f"{date}\n\nReport {i}\n\nBy Jane Doe\n\n\n{BODY}"
                     for i, date in enumerate(dates))


def dates(byline, tmp_path, text, *options):
    path = tmp_path / "numbers.txt"
    path.write_text(text, encoding="utf-8")
    done = byline("read", "--format", "digest", *options, path)
    assert done.returncode == 0, done.stderr
    return [row["date"] for row in done.rows], done.stderr


def test_a_date_of_two_days_is_unknown_and_said_so(byline, tmp_path):
    found, notes = dates(byline, tmp_path, digest("03/04/2020", "2020-04-05"))
    assert found == [None, "2020-04-05"]
    assert "03/04/2020" in notes and "no day for certain" in notes


@pytest.mark.parametrize("witness,day", [("13/04/2020", "2020-04-03"),
                                         ("04/13/2020", "2020-03-04"),
                                         ("Sunday 12/04/2020", "2020-04-03")])
def test_a_later_date_settles_the_ones_before(byline, tmp_path, witness, day):
    found, notes = dates(byline, tmp_path, digest("03/04/2020", witness))
    assert (found[0], notes) == (day, "")


def test_dates_that_contradict_each_other_settle_nothing(byline, tmp_path):
    found, notes = dates(byline, tmp_path,
                         digest("03/04/2020", "13/04/2020", "04/14/2020"))
    assert found == [None, "2020-04-13", "2020-04-14"]
    assert notes.count("no day for certain") == 1


@pytest.mark.parametrize("order,day", [("dmy", "2020-04-03"),
                                       ("mdy", "2020-03-04")])
def test_the_user_overrides_the_file(byline, tmp_path, order, day):
    text = digest("03/04/2020", "13/04/2020", "04/14/2020")
    found, notes = dates(byline, tmp_path, text, "--date-order", order)
    assert found == [day, "2020-04-13", "2020-04-14"]
    assert notes == ""


@pytest.mark.parametrize("order,day", [("dmy", "2003-02-01"),
                                       ("mdy", "2003-01-02"),
                                       ("ymd", "2001-02-03")])
def test_short_years_need_the_user(byline, tmp_path, order, day):
    found, _ = dates(byline, tmp_path, digest("01/02/03"),
                     "--date-order", order)
    assert found == [day]


def test_evidence_far_down_the_file_counts(byline, tmp_path):
    """Within 4 MiB, and from there on for what follows."""
    far = digest("03/04/2020") + "\n" + BODY * 30000 + "\n" + digest(
        "13/04/2020", "05/06/2020")
    assert 1 << 20 < len(far) < 4 << 20
    assert dates(byline, tmp_path, far)[0] == [
        "2020-04-03", "2020-04-13", "2020-06-05"]
    further = digest("03/04/2020") + "\n" + BODY * 80000 + "\n" + digest(
        "13/04/2020", *(["2020-05-01"] * 12), "05/06/2020")
    assert len(further) > 4 << 20
    found, _ = dates(byline, tmp_path, further)
    assert (found[0], found[1], found[-1]) == (None, "2020-04-13",
                                               "2020-06-05")


def test_a_name_of_two_months_waits_for_its_language(byline, tmp_path):
    """Listopad is November in Polish and October in Croatian."""
    assert dates(byline, tmp_path, digest("3 listopada 2020"))[0] == [None]
    for other, day in (("4 grudnia 2020", "2020-11-03"),
                       ("4. prosinca 2020.", "2020-10-03")):
        found, notes = dates(byline, tmp_path,
                             digest("3 listopada 2020", other))
        assert (found[0], notes) == (day, "")


def test_index_counts_what_stays_unclear(byline, tmp_path):
    path = tmp_path / "numbers.txt"
    path.write_text(digest("03/04/2020"), encoding="utf-8")
    db = tmp_path / "db"
    done = byline("index", "--db", db, path)
    assert done.returncode == 0
    assert "1 date line is unclear" in done.stdout
    assert "--date-order" in done.stdout
    again = byline("index", "--db", db, "--date-order", "dmy", path)
    assert "unclear" not in again.stdout
    (row,) = byline("export", "--db", db).rows
    assert row["date"] == "2020-04-03"


@pytest.mark.parametrize("command", ["read", "index"])
def test_an_unknown_order_is_refused(byline, tmp_path, command):
    path = tmp_path / "numbers.txt"
    path.write_text(digest("03/04/2020"), encoding="utf-8")
    db = ["--db", tmp_path / "db"] if command == "index" else []
    refused(byline(command, *db, "--date-order", "ydm", path), "dmy", "mdy",
            "ymd")


TITLES = ["Trams to be dearer", "The mill is to close", "Ferries stand still",
          "A colder winter"]
NAMES = ["Jane Doe", "Tom Roe", "Ann Poe", "Kit Moe"]


def edition(*dates):
    return "\n\n\n".join(f"{title}\n\n{name}\n\n{date}\n\n{BODY}\n{BODY}"
                         for title, name, date in zip(TITLES, NAMES, dates))


def ezine(*dates):
    rule = "=" * 60
    return "The Tarn Letter\n" + "".join(
        f"\n{rule}\n\n{title}\nby {name}\n{date}\n\n{BODY}\n{BODY}"
        for title, name, date in zip(TITLES, NAMES, dates))


@pytest.mark.parametrize("write,name", [(edition, "edition"),
                                        (ezine, "ezine")])
def test_other_plain_texts_do_the_same(byline, tmp_path, write, name):
    path = tmp_path / "numbers.txt"

    def read(text, *options):
        path.write_text(text, encoding="utf-8")
        done = byline("read", "--format", name, *options, path)
        assert [row["title"] for row in done.rows] == TITLES, done.stderr
        return [row["date"] for row in done.rows], done.stderr

    four = ["03/04/2020", "4 March 2020", "05/04/2020", "2020-04-06"]
    found, notes = read(write(*four))
    assert found == [None, "2020-03-04", None, "2020-04-06"]
    assert notes.count("no day for certain: the article has no date") == 2
    found, notes = read(write(*four), "--date-order", "mdy")
    assert found == ["2020-03-04", "2020-03-04", "2020-05-04", "2020-04-06"]
    assert notes == ""
    found, notes = read(write(*four[:3], "30/04/2020"))
    assert found == ["2020-04-03", "2020-03-04", "2020-04-05", "2020-04-30"]
    assert notes == ""
