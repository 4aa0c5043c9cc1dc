"""Layouts that were taught: profiles, where they hold, and what is wrong with
them."""
import gzip
import io
import os
import re
import tarfile

import pytest

import fixture
from archive import refused, titles, write
from conftest import SOURCE

STARS = ("separator: '\\*{3}'\n"
         "title: 'T: (?<title>.+)'\n"
         "byline: 'A: (?<author>.+)'\n")
NOTES = ("***\nT: First note\nA: Ada Marlow\nThe ice is thin.\n"
         "***\nT: Second note\nA: Bruno Keel\nThe ice has gone.\n")
OTHER = ("title: '## (?<title>.+)'\n")
DIGEST = ("20 October 2020\n\nDockers walk out\n\nJane Doe\n\n\n"
          "The crews met at the gate on Monday and voted to stay out.\n")

TAUGHT = [("press/cuttings.txt", None), ("wochenblatt.txt", None),
          ("saltings-diary.txt", "saltings-diary.layout")]


def read(byline, *args, **kwargs):
    return byline("read", *args, **kwargs)


def found(done):
    return [row["title"] for row in done.rows]


@pytest.mark.parametrize("name,layout", TAUGHT)
def test_every_article_is_read_to_the_letter(byline, name, layout):
    option = ["--layout", f"fixtures/taught/{layout}"] if layout else []
    done = read(byline, *option, f"fixtures/taught/{name}", cwd=SOURCE)
    assert done.returncode == 0
    fixture.compare(done, "taught", name)


@pytest.mark.parametrize("name,layout", TAUGHT)
def test_no_heuristic_gets_them_right(byline, tmp_path, name, layout):
    """Else they would show nothing."""
    text = (SOURCE / "fixtures/taught" / name).read_bytes()
    done = read(byline, write(tmp_path / "alone.txt", text))
    wanted = [(row["title"], row["authors"], row["text"])
              for row in fixture.expectation("taught", name)]
    assert [(row["title"], row["authors"], row["text"])
            for row in done.rows] != wanted


def test_what_is_unclear_is_told_and_left_out(byline):
    done = read(byline, "fixtures/taught/press/cuttings.txt", cwd=SOURCE)
    told = done.stderr.splitlines()
    assert len(told) == 3
    assert ":63: repaired: \"February 30, 2018\" names no day" in told[0]
    assert ":63: repaired: the article has no title" in told[1]
    assert ":74: repaired: \"Winter 2017\" names no day" in told[2]


def test_explain_says_which_pattern_took_which_line(byline):
    done = read(byline, "--explain", "fixtures/taught/wochenblatt.txt",
                cwd=SOURCE)
    rows = [re.fullmatch(r"(\d+)  ([a-z-]+)  \+0  (.+?): (.*)", line).groups()
            for line in done.stdout.splitlines()]
    numbers = [int(row[0]) for row in rows]
    assert numbers == sorted(set(numbers))
    profile = "fixtures/taught/wochenblatt.txt.byline"
    lines = (SOURCE / profile).read_text(encoding="utf-8").splitlines()
    for _, what, why, _ in rows:
        place = re.fullmatch(rf"the pattern in {re.escape(profile)}:(\d+)", why)
        if place and what != "skipped":
            assert lines[int(place[1]) - 1].startswith(f"{what}: ")
    kinds = [row[1] for row in rows]
    assert kinds.count("title") == 3 and kinds.count("footer") == 2
    assert kinds.count("skipped") == 2 and kinds.count("masthead") == 2


def test_keywords_beyond_a_thousand_are_told(byline, tmp_path):
    write(tmp_path / ".byline", STARS + "deck: 'K: (?<keywords>.+)'\n")
    lines = "".join("K: " + ", ".join(f"k{n}" for n in range(at, at + 400))
                    + "\n" for at in (0, 400, 800))
    write(tmp_path / "a.txt", NOTES.replace("T: Second note\n",
                                            "T: Second note\n" + lines))
    done = read(byline, tmp_path)
    assert [len(row["keywords"]) for row in done.rows] == [0, 1000]
    assert done.returncode == 0 and done.stderr.endswith(
        "a.txt:6: repaired: 200 authors, decks or keywords beyond 1000 left "
        "out\n")


# ---- Where a profile holds ----

def test_a_profile_holds_for_its_folder_and_those_below(byline, tmp_path):
    write(tmp_path / ".byline", STARS)
    write(tmp_path / "a.txt", NOTES)
    write(tmp_path / "deep/er/b.txt", NOTES.replace("note", "entry"))
    done = read(byline, tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert found(done) == ["First note", "Second note", "First entry",
                           "Second entry"]
    # Also from there, and by a name without a folder.
    done = read(byline, "b.txt", cwd=tmp_path / "deep/er")
    assert found(done) == ["First entry", "Second entry"]


def test_the_nearest_profile_holds_alone(byline, tmp_path):
    write(tmp_path / ".byline", STARS)
    write(tmp_path / "a/.byline", OTHER)
    write(tmp_path / "a/b.txt", "## Hash\nText of it.\n***\nT: No title\n")
    write(tmp_path / "c/.byline", "[]\n")
    write(tmp_path / "c/d.txt", DIGEST)
    done = read(byline, tmp_path)
    assert found(done) == ["Hash", "Dockers walk out"]
    assert done.rows[0]["text"] == "Text of it. *** T: No title"


def test_a_profile_for_one_file(byline, tmp_path):
    write(tmp_path / ".byline", OTHER)
    write(tmp_path / "a.txt", NOTES)
    write(tmp_path / "a.txt.byline", STARS)
    write(tmp_path / "b.txt", "## Hash\nText of it.\n")
    done = read(byline, tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert found(done) == ["First note", "Second note", "Hash"]


def test_profiles_are_told_apart_by_the_names_of_files(byline, tmp_path):
    write(tmp_path / ".byline",
          f"- files: [\"notes-*\", '?.log']\n"
          + "".join(f"  {line}\n" for line in STARS.splitlines())
          + "- files: hash.txt\n  " + OTHER)
    write(tmp_path / "notes-1.txt", NOTES)
    write(tmp_path / "é.log", NOTES.replace("note", "log"))
    write(tmp_path / "hash.txt", "## Hash\nText of it.\n")
    write(tmp_path / "zz.txt", DIGEST)
    done = read(byline, tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert found(done) == ["Hash", "First note", "Second note",
                           "Dockers walk out", "First log", "Second log"]


def test_other_formats_are_left_alone_unless_named(byline, tmp_path):
    page = ("<html><head><title>A page of its own</title></head><body>"
            "<p>The crews met at the gate on Monday.</p></body></html>\n")
    write(tmp_path / "a.html", page)
    write(tmp_path / ".byline", "title: '<html>.*'\n")
    assert found(read(byline, tmp_path)) == ["A page of its own"]
    write(tmp_path / ".byline", "files: '*.html'\ntitle: '<html>.*'\n")
    assert found(read(byline, tmp_path)) == [page.strip()]


def test_a_format_goes_before_a_profile(byline, tmp_path):
    write(tmp_path / ".byline", "title: '.*gate.*'\n")
    path = write(tmp_path / "a.txt", DIGEST)
    assert found(read(byline, "--format", "digest", path)) == [
        "Dockers walk out"]


def test_packed_files_and_members(byline, tmp_path):
    write(tmp_path / ".byline", f"files: '*.txt'\n{STARS}")
    write(tmp_path / "a.txt.gz", gzip.compress(NOTES.encode()))
    with tarfile.open(tmp_path / "b.tar", "w") as tar:
        for name, text in (("x/c.txt", NOTES.replace("note", "member")),
                           ("x/.byline", OTHER)):
            info = tarfile.TarInfo(name)
            info.size = len(text)
            tar.addfile(info, io.BytesIO(text.encode()))
    done = read(byline, tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert found(done) == ["First note", "Second note", "First member",
                           "Second member"]


def test_other_character_sets(byline, tmp_path):
    write(tmp_path / ".byline", "title: 'Überschrift: (?<title>.+)'\n")
    path = write(tmp_path / "a.txt", "Überschrift: Der große Fluß\nText für "
                 "alle, die über die Brücke müssen, zu früh und zu spät.\n"
                 .encode("windows-1252"))
    done = read(byline, "--charset", "windows-1252", path)
    assert found(done) == ["Der große Fluß"]


def test_the_option_goes_before_what_lies_beside(byline, tmp_path):
    write(tmp_path / ".byline", "titel: broken\n")
    layout = write(tmp_path / "my.layout", STARS)
    path = write(tmp_path / "a.txt", NOTES)
    done = read(byline, "--layout", layout, path)
    assert (done.returncode, done.stderr) == (0, "")
    assert found(done) == ["First note", "Second note"]
    write(layout, "files: a.txt\n" + STARS)
    done = read(byline, "--layout", layout, "-", input=NOTES)
    assert found(done) == ["First note", "Second note"]


def test_standard_input_lies_nowhere(byline, tmp_path):
    write(tmp_path / ".byline", "titel: broken\n")
    assert found(read(byline, "-", input=DIGEST, cwd=tmp_path)) == [
        "Dockers walk out"]


# ---- What is wrong with a profile ----

WRONG = [
    ("titel: 'x'\n", 1, "unknown key \"titel\""),
    ("title: 'x'\n# more\nbyline: '(x'\n", 3, "a parenthesis has no partner"),
    ("title: '(?<autor>x)'\n", 1, "there is no group \"autor\""),
    ("title: x\ntitle: y\n", 2, "it is there twice"),
    ("title: x\ndate-order: dym\n", 2, "it is dmy, mdy or ymd"),
    ("title: x\nlanguage: klingonisch\n", 2, "no such language"),
    ("title: x\nurl: 'https://a.example/{slug}'\n", 2, "title-slug"),
    ("title: x\nurl: 'https://a.example/{date}'\n", 2, "one article"),
    ("title: x\nurl: '/{number}'\n", 2, "http:// or https://"),
    ("byline: 'By (?<author>.+)'\n", 1, "where articles begin"),
    ("title: x\nwrapped-titles: perhaps\n", 2, "it is yes or no"),
    ("title: x\nfield: 'LENGTH: .*'\n", 2, "it needs a named group"),
    ("title: x\nfiles: a/b.txt\n", 2, "without its folder"),
    ("title: x\nsection:\n", 2, "write a text"),
    ("title: [x, [y]]\n", 1, "'quotes'"),
    ("title: HEADLINE: x\n", 1, "not YAML"),
    ("title: x\n---\ntitle: y\n", 3, "make a list"),
    ("just words\n", 1, "key: value"),
    (b"title: '\xff'\n", 1, "not YAML"),
    ("title: '" + "x" * 1001 + "'\n", 1, "1 to 1000 bytes"),
    ("#" * 70000, None, "64 KiB"),
]


@pytest.mark.parametrize("text,line,words", WRONG,
                         ids=[words for _, _, words in WRONG])
def test_what_is_wrong_stops_the_option(byline, tmp_path, text, line, words):
    layout = write(tmp_path / "my.layout", text)
    path = write(tmp_path / "a.txt", NOTES)
    place = f"{layout}:{line}:" if line else layout
    refused(read(byline, "--layout", layout, path), place, words)
    refused(byline("index", "--db", tmp_path / "db", "--layout", layout, path),
            place, words)
    assert not (tmp_path / "db").exists() or titles(
        byline, tmp_path / "db") == []


@pytest.mark.parametrize("text,line,words", WRONG[:3])
def test_what_is_wrong_beside_is_told_of_the_files(byline, tmp_path, text,
                                                   line, words):
    """They are not read by guessing; what is no plain text is read."""
    write(tmp_path / ".byline", text)
    write(tmp_path / "a.txt", DIGEST)
    write(tmp_path / "b.jsonl", '{"title": "Of its own", "text": "So it is."}\n')
    done = read(byline, tmp_path)
    assert done.returncode == 2
    assert found(done) == ["Of its own"]
    (told,) = done.stderr.splitlines()
    assert told.startswith(f"byline: {tmp_path}/a.txt: {tmp_path}/.byline:{line}"
                           ":")
    assert words in told
    done = byline("index", "--db", tmp_path / "db", tmp_path)
    assert done.returncode == 2
    assert "1 file could not be read\n" in done.stdout


def test_a_layout_that_is_not_there(byline, tmp_path):
    refused(read(byline, "--layout", tmp_path / "none", tmp_path),
            f"{tmp_path}/none: no such profile")
    refused(read(byline, "--layout", "", tmp_path), "--layout is empty")


def test_a_layout_and_a_format_exclude_each_other(byline, tmp_path):
    layout = write(tmp_path / "my.layout", STARS)
    refused(read(byline, "--layout", layout, "--format", "digest", tmp_path),
            "either the layout or the format digest")


def test_no_pipe_is_waited_for(byline, tmp_path):
    os.mkfifo(tmp_path / ".byline")
    write(tmp_path / "a.txt", DIGEST)
    done = read(byline, tmp_path, timeout=20)
    assert done.returncode == 2 and "not a regular file" in done.stderr


def test_a_pattern_that_runs_out_is_told_once(byline, tmp_path):
    layout = write(tmp_path / "my.layout",
                   "title: 'T: (?<title>.+)'\nskip: '(([a-z])+.)+[A-Z]x'\n")
    line = "a" * 60 + "\n"
    path = write(tmp_path / "a.txt",
                 "T: First\nText of it.\nT: Second\n" + line * 50 + "T: Third\n")
    done = read(byline, "--layout", layout, path, timeout=60)
    assert done.returncode == 2
    (told,) = done.stderr.splitlines()
    assert f"a.txt:4: the pattern in {layout}:2 takes too long" in told
    # Nothing is read in another way than the profile says.
    assert found(done) in (["First"], [])


def test_patterns_that_are_slow_in_every_line_run_out_together(byline,
                                                               tmp_path):
    """No line takes too long by itself; a long file of them would."""
    layout = write(tmp_path / "my.layout",
                   "title: 'T: (?<title>.+)'\nskip: '(([a-z])+.)+[A-Z]x'\n")
    path = write(tmp_path / "a.txt", "T: First\n" + ("a" * 22 + "\n") * 20000)
    done = read(byline, "--layout", layout, path, timeout=60)
    assert done.returncode == 2
    (told,) = done.stderr.splitlines()
    assert f"the pattern in {layout}:2 takes too long" in told


def test_a_file_that_a_layout_does_not_fit(byline, tmp_path):
    write(tmp_path / ".byline", STARS)
    done = read(byline, write(tmp_path / "a.txt", "Some words.\n"))
    assert (done.returncode, done.stdout) == (2, "")
    assert "no article found by the layout in" in done.stderr


# ---- In step ----

def test_a_changed_profile_reads_its_files_again(byline, tmp_path):
    db, there = tmp_path / "db", tmp_path / "there"
    write(there / "a.txt", NOTES)
    write(there / ".byline", STARS)
    os.utime(there / "a.txt", (1_500_000_000, 1_500_000_000))

    def index(*args):
        done = byline("index", "--db", db, *args, there)
        assert (done.returncode, done.stderr) == (0, "")
        return done.stdout

    assert ": 2 added\n" in index()
    assert index() == "1 file unchanged since last time\n"
    write(there / ".byline", STARS + "section: Notes\n")
    assert "2 replaced\n" in index()
    assert index() == "1 file unchanged since last time\n"
    # A nearer one, the option, and none.
    write(there / "a.txt.byline", "title: 'T: Second.*'\n")
    assert "1 added" in index() and titles(byline, db) == ["T: Second note"]
    layout = write(tmp_path / "my.layout", STARS)
    assert "2 added" in index("--layout", layout)
    assert index("--layout", layout) == "1 file unchanged since last time\n"
    write(layout, STARS + "section: Notes\n")
    assert "2 replaced\n" in index("--layout", layout)


def test_a_profile_that_breaks_loses_nothing(byline, tmp_path):
    db, there = tmp_path / "db", tmp_path / "there"
    write(there / "a.txt", NOTES)
    write(there / ".byline", STARS)
    byline("index", "--db", db, there)
    write(there / ".byline", "titel: x\n")
    done = byline("index", "--db", db, "--prune", there)
    assert done.returncode == 2
    assert titles(byline, db) == ["First note", "Second note"]


def test_the_example_of_the_man_page(byline, tmp_path):
    page = (SOURCE / "plugin/man/byline-layout.5").read_text(encoding="utf-8")
    text, profile = re.findall(r"\.Bd -literal.*\n((?:.*\n)*?)\.Ed", page)[:2]
    layout = write(tmp_path / "my.layout", profile.replace("\\e", "\\"))
    done = read(byline, "--layout", layout, write(tmp_path / "a.txt", text))
    assert (done.returncode, done.stderr) == (0, "")
    (row,) = done.rows
    assert row == {
        **row, "title": "Ferrymen vote to strike", "authors": ["Oriel Bastow"],
        "affiliation": "Shipping Correspondent", "date": "2017-11-14",
        "section": "NEWS", "language": "en",
        "text": "The crew of the island ferry voted last night ..."}


def test_the_example_of_the_readme(byline, tmp_path):
    page = (SOURCE / "README.md").read_text(encoding="utf-8")
    (profile,) = re.findall(r"```yaml\n(.*?)```", page, re.S)
    layout = write(tmp_path / "my.layout", profile)
    path = write(tmp_path / "a.txt", "Ice on the haven | Ada Marlow\n"
                 "[20 October 2020]\nIt is thin.\nSection: Nature\n* * *\n"
                 "Thaw | Bruno Keel\nIt has gone.\n")
    done = read(byline, "--layout", layout, path)
    assert (done.returncode, done.stderr) == (0, "")
    assert [(row["title"], row["authors"], row["date"], row["section"],
             row["text"]) for row in done.rows] == [
        ("Ice on the haven", ["Ada Marlow"], "2020-10-20", "Nature",
         "It is thin."), ("Thaw", ["Bruno Keel"], None, None, "It has gone.")]


def test_every_plain_text_can_be_taught(byline, tmp_path):
    """Whichever reader would take it."""
    layout = write(tmp_path / "my.layout", "title: '.*'\n")
    texts = [path for folder in ("digests", "editions", "ezines")
             for path in (SOURCE / "fixtures" / folder).glob("*.txt")]
    assert len(texts) >= 8
    for path in texts:
        done = read(byline, "--layout", layout, path)
        assert done.rows, path
        assert all(row["text"] == "" for row in done.rows), path
