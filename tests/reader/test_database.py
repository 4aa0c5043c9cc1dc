"""A database of byline's is a Xapian database like any other: Xapian's own
tools check, count and compact it, and nothing of an article is lost in it."""
import json
import shutil
import subprocess

import pytest

from conftest import DIGESTS, SOURCE

xapian = pytest.importorskip("xapian", reason="python3-xapian is not here")

import records  # noqa: E402

# What the database must say about itself, for a later byline to trust it.
METADATA = {"byline:schema", "byline:analyzer", "byline:xapian", "byline:icu",
            "byline:version", "byline:languages", "byline:words"}


def tool(name, *args):
    if not shutil.which(name):
        pytest.skip(f"{name} (xapian-tools) is not here")
    return subprocess.run([name, *map(str, args)], capture_output=True,
                          text=True, timeout=120)


def without_id(rows):
    """The digests name no language: it was found out."""
    assert {row["language"] for row in rows} == {"en", None}
    return [{**{k: v for k, v in row.items() if k != "id"}, "language": None}
            for row in rows]


def search(byline, path, query):
    done = byline("search", "--db", path, "--format", "json", "--limit", 100,
                  "--", query)
    assert done.returncode == 0, done.stderr
    return [(hit["id"], hit["score"]) for hit in done.json["hits"]]


def test_xapian_check_finds_no_fault(fixture_db):
    done = tool("xapian-check", fixture_db)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "No errors found" in done.stdout


def test_xapian_itself_finds_no_fault(fixture_db):
    assert xapian.Database.check(str(fixture_db), 0) == 0


def test_delve_counts_the_documents(fixture_db, expected):
    done = tool("xapian-delve", fixture_db)
    assert f"number of documents = {len(expected)}\n" in done.stdout
    assert f"highest document id ever used = {len(expected)}\n" in done.stdout


def test_delve_shows_an_article_by_its_words(fixture_db):
    """Somebody who debugs looks for a word's documents."""
    done = tool("xapian-delve", "-t", "lovelock", "-d", fixture_db)
    assert "caption=Obituary: Hester Lovelock, keeper of the Skerrow Light" \
        in done.stdout


def test_metadata_says_what_wrote_it(fixture_db, expected):
    database = xapian.Database(str(fixture_db))
    found = {key.decode(): database.get_metadata(key).decode()
             for key in database.metadata_keys()}
    files = {key for key in found if key.startswith("byline:XFILE")}
    assert files == {f"byline:XFILE{path}" for path in DIGESTS.glob("*.txt")}
    authors = {key for key in found if key.startswith("byline:author:")}
    assert sorted(found[key] for key in authors) == sorted(
        records.spellings(expected).values())
    assert found.keys() - files - authors == METADATA
    assert found["byline:schema"] == "3"
    assert found["byline:languages"] == f"en {database.get_doccount()}"
    assert found["byline:xapian"].split(".")[0] == \
        xapian.version_string().split(".")[0]
    assert all(found.values())


def test_a_new_database_has_a_uuid_of_its_own(byline, tmp_path):
    """Xapian's caches and replication tell databases apart by it."""
    source = "fixtures/digests/2023-ferry.txt"
    for name in ("a", "b"):
        byline("index", "--db", tmp_path / name, source, cwd=SOURCE)
    uuids = {xapian.Database(str(tmp_path / n)).get_uuid() for n in "ab"}
    assert len(uuids) == 2


@pytest.mark.parametrize("option", [[], ["--multipass"], ["--single-file"]])
def test_a_copy_of_xapian_compact_answers_the_same(byline, fixture_db,
                                                   tmp_path, option):
    copy = tmp_path / "copy.db"
    done = tool("xapian-compact", *option, fixture_db, copy)
    assert done.returncode == 0, done.stderr
    for query in ("ferry", '"harbour trust"', "Søren", "strike OR bees",
                  "author:vagnbak OR pinnock", "date:2019..2020 council"):
        assert search(byline, copy, query) == search(byline, fixture_db, query)


def test_databases_of_single_files_compact_into_one(byline, expected, tmp_path):
    """xapian-compact is how Xapian's users join shards."""
    parts = []
    for name in sorted({row["source"] for row in expected}):
        parts.append(tmp_path / f"{len(parts)}.db")
        byline("index", "--db", parts[-1], name, cwd=SOURCE)
    done = tool("xapian-compact", *parts, tmp_path / "all.db")
    assert done.returncode == 0, done.stderr
    rows = byline("export", "--db", tmp_path / "all.db").rows
    assert without_id(rows) == expected


def test_export_gives_every_article_as_expected(byline, fixture_db, expected):
    rows = byline("export", "--db", fixture_db).rows
    assert without_id(rows) == expected


def test_export_equals_read(byline, fixture_db, expected):
    """To the byte, but for the language: what read shows is what index puts
    in."""
    names = sorted({row["source"] for row in expected})
    read = byline("read", *names, cwd=SOURCE)
    assert read.returncode == 0, read.stderr
    text = byline("export", "--db", fixture_db).stdout
    assert text.replace('"language":"en"', '"language":null') == read.stdout


def test_expected_rows_compare_whole(byline, fixture_db, expected):
    """Every key of an exported article but the id is compared above."""
    row = json.loads(byline("export", "--db", fixture_db).stdout.split("\n")[0])
    assert row.keys() == expected[0].keys() | {"id"}
