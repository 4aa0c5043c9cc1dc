"""The words that a database can suggest: Xapian's spelling table, always true
to the articles, so that Omega and byline search can say "did you mean"."""
import os
import signal
import socket
import subprocess
import time
import unicodedata

import pytest
import xapian

from archive import HABIT, article, digest, stories, write
from conftest import BYLINE

DATE = "14 November 2017"
# Scripts that put no spaces between words.
SOLID = ((0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF),
         (0x3040, 0x30FF), (0x3400, 0x9FFF))


def is_word(term):
    if not 3 <= len(term) <= 40 or "A" <= term[0] <= "Z":
        return False
    return all(unicodedata.category(c)[0] in "LM" and
               not 0x300 <= ord(c) <= 0x36F and
               not any(low <= ord(c) <= high for low, high in SOLID)
               for c in term)


def spellings(db):
    database = xapian.Database(str(db))
    found = {t.term.decode("utf-8"): t.termfreq for t in database.spellings()}
    database.close()
    return found


def true_words(db):
    database = xapian.Database(str(db))
    found = {t.term.decode("utf-8"): t.termfreq for t in database.allterms()}
    database.close()
    return {term: count for term, count in found.items() if is_word(term)}


def index(byline, db, *args, **more):
    done = byline("index", "--db", db, *args, **more)
    assert done.returncode == 0, done.stderr
    assert spellings(db) == true_words(db)


@pytest.fixture
def folder(tmp_path):
    """Files made to look old: a change of a moment ago is never trusted."""
    there = tmp_path / "papers"

    def fill(name, articles):
        path = write(there / name, digest(DATE, *articles))
        os.utime(path, (1_500_000_000 + len(articles), ) * 2)
        return there
    return fill


def test_words_are_counted_by_article(byline, tmp_path):
    text = digest(DATE, article("Zebra crossing", "Ada Marlow",
                                "A zebra, a zebra and another zebra."),
                  article("Crossing closed", "Ada Marlow", HABIT.format(1)))
    index(byline, tmp_path / "db", "-", input=text)
    words = spellings(tmp_path / "db")
    assert words["zebra"] == 1
    assert words["crossing"] == 2
    assert words["marlow"] == 2


def test_which_words(byline, tmp_path):
    """Letters of scripts with spaces, composed, 3 to 40 of them."""
    text = ("ab abc x1y 2017 don't snake_case C++ " + "q" * 40 + " " +
            "r" * 41 + " Cafe\u0301 Łódź Ελλάδα Москва हिन्दी 한국어 "
            "ภาษาไทย 日本語 カタカナ")
    index(byline, tmp_path / "db", "-",
          input=digest(DATE, article("Words", "Ada Marlow", text)))
    words = spellings(tmp_path / "db")
    for word in ("abc", "q" * 40, "café", "cafe", "łódź", "ελλάδα", "москва",
                 "हिन्दी", "한국어"):
        assert words.get(word) == 1, word
    assert not any(set(word) & set("12_'+日ไカ\u0301") for word in words)
    assert "ab" not in words and "r" * 41 not in words


def test_words_follow_the_articles(byline, folder, tmp_path):
    db = tmp_path / "db"
    index(byline, db, folder("a.txt", stories(4)))
    index(byline, db, folder("b.txt", stories(6, 3)))
    both = spellings(db)
    changed = [text.replace("spring", "thaw") for text in stories(3)]
    index(byline, db, folder("a.txt", changed))
    assert "thaw" in spellings(db)
    (tmp_path / "papers/b.txt").unlink()
    index(byline, db, "--prune", tmp_path / "papers")
    assert spellings(db)["committee"] < both["committee"]
    (tmp_path / "papers/a.txt").unlink()
    index(byline, db, "--prune", tmp_path / "papers")
    assert spellings(db) == {}


def test_the_same_again_changes_nothing(byline, folder, tmp_path):
    db = tmp_path / "db"
    there = folder("a.txt", stories(5))
    index(byline, db, there)
    before = spellings(db)
    index(byline, db, there)
    index(byline, db, "-", input=digest(DATE, *stories(5)))
    assert spellings(db) == before
    byline("index", "--db", db, "--dry-run", "-",
           input=digest(DATE, *stories(9)))
    assert spellings(db) == before


def test_a_killed_run_leaves_them_true(byline, tmp_path):
    db = tmp_path / "db"
    index(byline, db, "-", input=digest(DATE, *stories(20)))
    process = subprocess.Popen([BYLINE, "index", "--db", db, "-"],
                               stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    process.stdin.write(digest(DATE, *stories(3000, 30)).encode())
    process.stdin.flush()
    time.sleep(0.2)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    # Some of what it had read may be published already.
    assert spellings(db) == true_words(db)
    index(byline, db, "-", input=digest(DATE, *stories(60)))


def test_a_database_that_has_none_gets_them(byline, tmp_path):
    """An earlier version has written it, or a server on the network."""
    db = tmp_path / "db"
    index(byline, db, "-", input=digest(DATE, *stories(20)))
    database = xapian.WritableDatabase(str(db), xapian.DB_OPEN)
    for word in list(spellings(db))[::2]:
        database.remove_spelling(word, 1000)
    database.add_spelling("nowhere")
    database.set_metadata("byline:words", "")
    database.commit()
    database.close()
    assert spellings(db) != true_words(db)
    index(byline, db, "-", input=digest(DATE, *stories(22)))


def test_what_came_through_a_server_gets_them_later(byline, tmp_path):
    db = tmp_path / "db"
    index(byline, db, "-", input=digest(DATE, *stories(5)))
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
    server = subprocess.Popen(
        ["xapian-tcpsrv", "--interface", "127.0.0.1", "--port", str(port),
         "--writable", "--one-shot", db], stdout=subprocess.PIPE, text=True)
    while "Listening" not in server.stdout.readline():
        assert server.poll() is None
    done = byline("index", "--db", f"remote:127.0.0.1:{port}", "-",
                  input=digest(DATE, *stories(5, 20)))
    assert done.returncode == 0, done.stderr
    server.communicate(timeout=60)
    assert spellings(db) != true_words(db)
    index(byline, db, "-", input=digest(DATE, *stories(1)))


def test_compact_keeps_them(byline, tmp_path):
    index(byline, tmp_path / "a", "-", input=digest(DATE, *stories(9)))
    index(byline, tmp_path / "b", "-", input=digest(DATE, *stories(9, 5)))
    done = byline("compact", "--db", tmp_path / "a", "--db", tmp_path / "b",
                  tmp_path / "both")
    assert done.returncode == 0, done.stderr
    assert spellings(tmp_path / "both") == true_words(tmp_path / "both")
    index(byline, tmp_path / "both", "-", input=digest(DATE, *stories(9, 12)))
