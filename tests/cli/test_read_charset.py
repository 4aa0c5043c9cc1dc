"""Text in any character set comes out as the same articles."""
import json

import pytest

from archive import HABIT, article, digest, refused, stories, titles_of, write
from conftest import SOURCE

FOLDER = SOURCE / "fixtures/charsets"
FILES = sorted(p.name for p in FOLDER.glob("*.txt"))
KEYS = ["title", "deck", "authors", "affiliation", "date", "section",
        "keywords", "url", "line", "text"]
CERTAIN = ("utf-8", "utf-16le", "utf-16be", "utf-16-unmarked", "utf-32le",
           "utf-32be")


def wanted(name):
    path = FOLDER / f"{name.split('.')[0]}.expected.jsonl"
    return [json.loads(line) for line in
            path.read_text(encoding="utf-8").splitlines()]


def only(keys, rows):
    return [{key: row[key] for key in keys} for row in rows]


@pytest.mark.parametrize("name", FILES)
def test_every_character_set_gives_the_same_articles(byline, name):
    done = byline("read", f"fixtures/charsets/{name}", cwd=SOURCE)
    assert done.returncode == 0
    assert only(KEYS, done.rows) == only(KEYS, wanted(name))
    if name.split(".")[1] in CERTAIN:
        assert done.stderr == ""
    else:
        (line,) = done.stderr.splitlines()
        assert "repaired: read as " in line and "decoded" not in line


# What Python calls the sets that are told apart only by their names.
NAMED = {"cp866": "russian", "koi8-u": "russian", "cp850": "french",
         "macintosh": "french", "iso-8859-15": "french", "cp852": "polish",
 "tis-620": "english", "gbk": "chinese",
         "gb2312": "chinese", "big5-hkscs": "taiwanese", "windows-31j":
         "japanese", "iso-2022-kr": "korean", "latin1": "french"}
PYTHON = {"macintosh": "mac_roman", "windows-31j": "cp932", "big5-hkscs":
          "big5hkscs", "tis-620": "ascii", "latin1": "cp1252"}


@pytest.mark.parametrize("name", NAMED)
def test_a_character_set_can_be_named(byline, tmp_path, name):
    text = (FOLDER / f"{NAMED[name]}.utf-8.txt").read_text(encoding="utf-8")
    if name == "tis-620":
        text = text.encode("ascii", "ignore").decode()
    path = write(tmp_path / "a.txt", text.encode(PYTHON.get(name, name)))
    done = byline("read", "--charset", name, path)
    assert (done.returncode, done.stderr) == (0, "")
    plain = write(tmp_path / "plain.txt", text)
    assert only(KEYS, done.rows) == only(KEYS, byline("read", plain).rows)


@pytest.mark.parametrize("command", ["read", "index"])
def test_an_unknown_character_set_is_refused(byline, tmp_path, command):
    path = write(tmp_path / "a.txt", digest("14 November 2017", *stories(1)))
    options = ["--db", tmp_path / "db"] if command == "index" else []
    refused(byline(command, *options, "--charset", "klingon", path), "klingon",
            "windows-1252")


def test_a_byte_order_mark_comes_before_the_name(byline):
    done = byline("read", "--charset", "koi8-r",
                  FOLDER / "english.utf-16le.txt")
    assert only(KEYS, done.rows) == only(KEYS, wanted("english"))


def test_auto_is_as_no_name(byline):
    path = FOLDER / "russian.koi8-r.txt"
    assert byline("read", "--charset", "auto", path).stdout == byline(
        "read", path).stdout


# ---- Mixtures --------------------------------------------------------------

def long_digest(*last, first=1):
    """About 200 KB of ASCII before the last articles."""
    return digest("14 November 2017", *stories(700, first), *last)


LATE = article("The café reopens", "Zoë Brontëson", HABIT.format(
    "naïve façades and the café’s £2 coffee – once more"))


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_a_late_first_accent_decides(byline, tmp_path, encoding):
    path = write(tmp_path / "a.txt", long_digest(LATE).encode(encoding))
    assert path.stat().st_size > 3 * 65536
    done = byline("read", path)
    assert done.returncode == 0
    row = done.rows[-1]
    assert (row["title"], row["authors"]) == ("The café reopens",
                                              ["Zoë Brontëson"])
    assert "the café’s £2 coffee – once" in row["text"]
    assert len(done.rows) == 701
    assert ("windows-1252" in done.stderr) == (encoding == "cp1252")


@pytest.mark.parametrize("cut", range(0, 4))
def test_a_first_accent_at_the_edge_of_a_block(byline, tmp_path, cut):
    """Every block that is read may begin or end with it."""
    text = long_digest(LATE).encode("cp1252")
    at = text.index(b"The caf\xe9")
    for edge in (65536, 131072):
        filler = b"x" * ((edge - at - 7 - cut) % 65536)
        head, rest = text.split(b"\n\n", 1)
        path = write(tmp_path / "a.txt", head + b"\n\n" + article(
            "One more", "Ada Marlow", filler.decode()).encode() + b"\n" + rest)
        done = byline("read", path)
        assert [row["title"] for row in done.rows[-2:]] == [
            titles_of(700)[-1], "The café reopens"]


def test_one_broken_byte_makes_no_other_character_set(byline, tmp_path):
    text = long_digest(*[LATE] * 4000).encode()
    assert len(text) > 1_000_000
    for at in (text.index("café".encode()), len(text) // 2):
        path = write(tmp_path / "a.txt", text[:at] + b"\xff" + text[at:])
        done = byline("read", path)
        assert done.returncode == 0
        assert "1 broken UTF-8 sequence" in done.stderr
        assert "read as" not in done.stderr
        assert done.rows[-1]["title"] == "The café reopens"


def test_a_broken_byte_at_the_start_does_not_outweigh_what_follows(
        byline, tmp_path):
    path = write(tmp_path / "a.txt",
                 digest("14 November 2017", article(
                     "A pen@", "Bruno Keel", HABIT.format("pens")),
                     LATE).encode().replace(b"@", b"\xe9"))
    done = byline("read", path)
    assert [row["title"] for row in done.rows] == ["A pen\ufffd",
                                                   "The café reopens"]


def test_what_can_not_be_decoded_is_counted(byline, tmp_path):
    text = (FOLDER / "japanese.utf-8.txt").read_text(encoding="utf-8")
    data = text.encode("shift_jis")
    at = data.index("市役所".encode("shift_jis"))
    path = write(tmp_path / "a.txt", data[:at] + b"\xff\xff" + data[at:])
    db = tmp_path / "db"
    done = byline("index", "--db", db, path)
    assert done.returncode == 0
    (line,) = done.stderr.splitlines()
    assert line.endswith("repaired: read as Shift_JIS, by its letters; 2 "
                         "characters could not be decoded")
    assert "2 broken characters replaced by U+FFFD\n" in done.stdout
    text = byline("export", "--db", db).rows
    assert sum(row["text"].count("\ufffd") for row in text) == 2


def test_too_little_to_tell_is_said(byline, tmp_path):
    """Nobody knows what one strange byte means: it is not made a letter."""
    path = write(tmp_path / "a.txt", digest("14 November 2017", article(
        "Old bread", "Ada Marlow", "It cost 2@ or 3.")).encode().replace(
            b"@", b"\x90"))
    done = byline("read", path)
    assert done.returncode == 0
    assert "character set is unclear" in done.stderr
    assert done.rows[0]["text"] == "It cost 2\ufffd or 3."


WRONG = {"cp850": "french", "mac_roman": "french", "cp866": "russian",
         "cp437": "french", "cp874": None}
THAI = "ห้องสมุดเล็ก ๆ ข้างท่าเรือเปิดอีกครั้งเมื่อวันอังคารหลังจากปิดไปสองปี"


@pytest.mark.parametrize("encoding", WRONG)
def test_a_set_that_is_not_known_is_not_taken_for_another(byline, tmp_path,
                                                          encoding):
    language = WRONG[encoding]
    text = ((FOLDER / f"{language}.utf-8.txt").read_text(encoding="utf-8")
            if language else digest("14 November 2017", article(
                "The library", "Ada Marlow", *[THAI] * 5)))
    path = write(tmp_path / "a.txt", text.encode(encoding))
    done = byline("read", path)
    assert "read as " not in done.stderr.replace("read as UTF-8", "")
    assert "character set is unclear" in done.stderr
    assert "\ufffd" in done.stdout


def test_two_files_of_a_folder_are_apart(byline, tmp_path):
    for name in ("russian.koi8-r.txt", "greek.windows-1253.txt",
                 "english.utf-8.txt"):
        write(tmp_path / name, (FOLDER / name).read_bytes())
    done = byline("read", tmp_path)
    titles = [row["title"] for row in done.rows]
    assert titles == [row["title"] for name in ("english", "greek", "russian")
                      for row in wanted(name)]


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("language", sorted({name.split(".")[0]
                                             for name in FILES}))
def test_utf_16_without_a_mark_is_known_in_every_script(byline, tmp_path,
                                                        language, codec):
    text = (FOLDER / f"{language}.utf-8.txt").read_text(encoding="utf-8")
    path = write(tmp_path / "a.txt", text.lstrip("\ufeff").encode(codec))
    done = byline("read", path)
    assert (done.returncode, done.stderr) == (0, "")
    assert only(KEYS, done.rows) == only(KEYS, wanted(f"{language}.utf-8.txt"))


def test_numbers_of_two_bytes_are_no_text(byline, tmp_path):
    path = write(tmp_path / "a.txt", b"".join(
        (n * 7 % 4000).to_bytes(2, "little") for n in range(4000)))
    assert refused(byline("read", path), "binary file")
