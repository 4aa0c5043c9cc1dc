"""Archives that were made to do harm: each is read in bounded memory, with a
word where something is left out, and the file behind it is read as ever."""
import resource
import subprocess

import pytest
import xapian

from archive import article, contents, digest, write
from conftest import BYLINE, run_byline
from hostile import ARCHIVES, write_archive

ROOM = 1536 << 20  # the limit "memory", and what every program needs
SECONDS = 300      # so that a slow machine does not fail; nothing is measured

FORMATS = {"authors.txt": "digest", "edition.txt": "edition",
           "rules.txt": "ezine", "contents.txt": "ezine",
           "open.json": "jsonl", "graph.json": "jsonl"}

TOLD = {
    "line.txt": "more than 64 MiB is left out",
    "body.txt": "more than 64 MiB is left out",
    "controls.txt": "more than 64 MiB is left out",
    "string.jsonl": "more than 128 MiB is left out",
    "values.jsonl": "more than 1048576 values",
    "deep.jsonl": "more than 200 levels deep",
    "deeper.jsonl": "more than 200 levels deep",
    "title.jsonl": "1 title or deck cut to 64 KiB",
    "div.html": "more than 2000000 parts or 4000000 paragraphs",
    "p.html": "more than 2000000 parts or 4000000 paragraphs",
    "attributes.html": "too many attributes in a tag",
    "large.html": "a page of more than 64 MiB",
    "entry.rss": "what follows is not read",
    "deep.rss": "elements are nested too deep",
    "attributes.rss": "a tag of too many attributes",
    "laughs.rss": "what follows is not read",
    "large.md": "it has more than 2 MiB",
    "flow.md": "the front matter is broken (lists are nested too deep)",
    "toml.md": "the front matter is broken (lists are nested too deep: ",
    "body.eml": "a mail of more than 32 MiB",
    "parts.eml": "a mail of more than 200000 headers or 20000 parts",
    "nested.eml": "a mail of more than 200000 headers or 20000 parts",
    "headers.eml": "a mail of more than 200000 headers or 20000 parts",
    "header.eml": "a mail of more than 32 MiB",
    "bomb.gz": "more than 200 times its size",
    "bomb.gz.gz": "more than 200 times its size",
    "bomb.zip": "more than 200 times its size",
    "inner.zip": "an archive in an archive in an archive",
    "same.tar": "its name is too long",
    "cut.tar": "damaged or cut off",
}


def bounded(room=ROOM):
    resource.setrlimit(resource.RLIMIT_STACK, (8 << 20, 8 << 20))
    resource.setrlimit(resource.RLIMIT_AS, (room, room))


def arguments(tmp_path, name):
    """Its path, and that of a good file behind it, or its format."""
    path = write_archive(tmp_path, name)
    form = FORMATS.get(name)
    if form:
        return path, form, ["--format", form, path]
    good = write(tmp_path / "z" / "good.txt", digest(
        "14 November 2017",
        article("The last one here", "Jan Roe", "The pier is open.")))
    return path, form, [path, good]


@pytest.mark.parametrize("name", ARCHIVES)
def test_read(tmp_path, name):
    path, form, words = arguments(tmp_path, name)
    try:
        with open(tmp_path / "out", "wb") as out:
            done = subprocess.run([BYLINE, "read", *words], stdout=out,
                                  stderr=subprocess.PIPE, timeout=SECONDS,
                                  preexec_fn=bounded, check=False)
    finally:
        path.unlink()
    said = done.stderr.decode()
    assert done.returncode in (0, 1, 2), said
    assert "memory" not in said.replace('the limit "memory"', "")
    assert TOLD.get(name, "") in said
    last = b""
    with open(tmp_path / "out", "rb") as out:
        for last in out:
            pass
    if not form:
        assert b'"The last one here"' in last


def index(tmp_path, words, room=ROOM):
    """What it said, and its database, which Xapian finds no fault with; or
    None, if there is none."""
    db = tmp_path / "db"
    done = subprocess.run(
        [BYLINE, "index", "--db", db, "--threads", "2", "--memory", "64M",
         *words], capture_output=True, timeout=SECONDS,
        preexec_fn=lambda: bounded(room), check=False)
    said = done.stderr.decode()
    assert done.returncode in (0, 1, 2), said
    assert all(line.startswith("byline: ") for line in said.splitlines())
    assert not db.exists() or xapian.Database.check(str(db)) == 0
    return done.returncode, said, db if db.exists() else None


@pytest.mark.parametrize("name", ARCHIVES)
def test_index(tmp_path, name):
    path, form, words = arguments(tmp_path, name)
    _, said, db = index(tmp_path, words)
    path.unlink()
    assert "memory" not in said.replace('the limit "memory"', "")
    assert TOLD.get(name, "") in said
    if not form:
        assert "The last one here" in {
            row["title"] for row in contents(run_byline, db)}


@pytest.mark.parametrize("name", ["authors.txt", "title.jsonl", "text.html",
                                  "bomb.gz"])
def test_index_without_memory(tmp_path, name):
    path, _, words = arguments(tmp_path, name)
    status, said, _ = index(tmp_path, words, 400 << 20)
    path.unlink()
    assert status != 2 or said.splitlines()[-1] == "byline: out of memory"
