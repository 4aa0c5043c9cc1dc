"""What queries become: tests/golden/parsed.txt, of every operator, field,
wildcard, synonym and error."""
import json

import pytest

from archive import write
from conftest import SOURCE

GOLDEN = SOURCE / "tests/golden/parsed.txt"
ROWS = [
    {"id": "ferry-1", "title": "The ferry strike", "date": "2017-11-14",
     "authors": ["Ada Marlow"], "keywords": ["wall", "sea wall"],
     "text": "Harbour crews are on strike. #Harbour @gull https://example.com/ "
             "A@b.org Ferries wait."},
    {"id": "ferry-2", "title": "Boats and ships", "date": "2018-02-01",
     "authors": ["Bruno Keel", "Ada Keel"], "language": "en",
     "text": "The sea wall of the harbours leaks; a vessel waits, harbingers "
             "of a flood."},
]
SYNONYMS = "boat, ship, vessel\nsea wall => dyke\n"


def make(byline, folder):
    """The database that the queries are parsed for."""
    source = write(folder / "rows.jsonl",
                   "".join(json.dumps(row) + "\n" for row in ROWS))
    words = write(folder / "synonyms.txt", SYNONYMS)
    for arguments in (["index", "--language", "en", "--db", folder / "db",
                       source.name], ["synonyms", "--db", folder / "db", words]):
        done = byline(*arguments, cwd=folder)
        assert done.returncode == 0, done.stderr
    return folder / "db"


def cases():
    option = None
    lines = iter(GOLDEN.read_text("utf-8").splitlines()[3:])
    for line in lines:
        if line.startswith("## "):
            option = line.removeprefix("## ")
        elif not line.startswith("# "):
            yield option, line, next(lines).removeprefix("\t")


@pytest.fixture(scope="module")
def db(byline, tmp_path_factory):
    return make(byline, tmp_path_factory.mktemp("parsed"))


@pytest.mark.parametrize("option,query,wanted", cases())
def test_a_query_becomes_what_is_written_down(byline, db, option, query,
                                              wanted):
    done = byline("search", "--db", db, "--format", "json", "--limit", 0,
                  "--snippets", 0, "--strict", option, "--", query)
    if wanted.startswith("error: "):
        assert done.stdout == ""
        assert done.stderr == f"byline: {wanted.removeprefix('error: ')}\n"
    else:
        assert done.json["parsed"] == wanted


def test_the_table_is_large():
    found = [query for _, query, _ in cases()]
    assert len(found) >= 150 and len(found) == len(set(cases()))
