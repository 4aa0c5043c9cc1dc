"""What an article's document says: its data, its filters and its values."""
import datetime
import re
import struct

import pytest

from conftest import SOURCE

xapian = pytest.importorskip("xapian", reason="python3-xapian is not here")

import records  # noqa: E402

SAMPLE = 500  # bytes, about: what Omega shows where it makes no snippet


@pytest.fixture(scope="module")
def articles(fixture_db, expected):
    """(expected article, its document) in every row."""
    documents = records.by_source(xapian.Database(str(fixture_db)))
    assert len(documents) == len(expected)
    return [(row, documents[row["source"], row["line"]]) for row in expected]


# ---- Data -------------------------------------------------------------------

def test_data_says_what_the_article_says(articles):
    """Every field of the contract, and none for what is not known."""
    for row, document in articles:
        data = records.fields(document)
        text = row["text"]
        wanted = {"caption": row["title"], "date": row["date"],
                  "source": row["source"], "line": str(row["line"]),
                  "size": str(len(text.encode("utf-8")))}
        if row["authors"]:
            wanted["author"] = row["authors"]
        if text:
            wanted["text"] = text.replace("\n\n", records.PARAGRAPH)
        for name, value in wanted.items():
            assert data[name] == value, (row["title"], name)
        extra = data.keys() - wanted.keys() - {"language"}
        always = {"id", "file", "modtime", "type"}
        assert extra == always | ({"sample"} if text else set()), row["title"]


def test_data_names_the_file(articles):
    for row, document in articles:
        data = records.fields(document)
        path = SOURCE / row["source"]
        assert data["file"] == str(path)
        assert data["modtime"] == str(int(path.stat().st_mtime))
        assert data["type"] == "text/plain"


def test_data_holds_nothing_that_breaks_a_line(articles):
    """Only the paragraph separator, and that only in the text."""
    for row, document in articles:
        for name, value in records.fields(document).items():
            whole = " ".join(value) if isinstance(value, list) else value
            if name == "text":
                whole = whole.replace(records.PARAGRAPH, "")
            assert records.controls(whole) == [], (row["title"], name)


def test_sample_is_a_beginning_that_ends_where_a_sentence_or_word_does(articles):
    for row, document in articles:
        sample = records.fields(document).get("sample", "")
        flat = row["text"].split()
        assert sample.split() == flat[:len(sample.split())], row["title"]
        if len(row["text"].encode("utf-8")) > SAMPLE:
            size = len(sample.encode("utf-8"))
            assert SAMPLE / 4 < size <= SAMPLE, row["title"]


# ---- Filters ----------------------------------------------------------------

def exact_author(name):
    """Omega's convention: a colon where a capital would lengthen the prefix."""
    return "XAUTHOR" + (":" if "A" <= name[0] <= "Z" or name[0] == ":" else "")\
        + name


def test_filters_are_these_and_no_others(articles):
    spelled = records.spellings(row for row, _ in articles)
    for row, document in articles:
        day = row["date"].replace("-", "")
        wanted = {"Q" + records.fields(document)["id"], "P" + row["source"],
                  "Ttext/plain", "D" + day, "M" + day[:6], "Y" + day[:4],
                  "XSTEMen", "XSCHEMA3"}
        if "language" in records.fields(document):
            wanted.add("Len")
        wanted |= {exact_author(spelled[records.author_key(name)])
                   for name in row["authors"]}
        wanted.add(f"XFILE{SOURCE / row['source']}")
        wanted |= {"XEMAIL" + address for address in
                   re.findall(r"[\w.]+@[\w.]+\w", row["text"])}
        wanted |= {"XTAG" + tag.lower() for tag in
                   re.findall(r"(?<!\w)#(\w+)", row["title"] + " " + row["text"])}
        wanted |= {"XLINK" + link for link in
                   re.findall(r"www\.[\w./?=&#-]+\w", row["text"])}
        assert records.filters(document) == wanted, row["title"]


def test_an_id_is_of_one_article(articles, fixture_db):
    database = xapian.Database(str(fixture_db))
    ids = {records.fields(document)["id"] for _, document in articles}
    assert len(ids) == len(articles)
    assert {database.get_termfreq("Q" + name) for name in ids} == {1}


def test_a_known_language_is_a_line_and_a_filter(byline, tmp_path):
    """The digests name none; the option does."""
    (tmp_path / "a.txt").write_text(
        "3 May 2019\n\nDer Hafen schläft\n\nMaren Voss\n\n\nDie Kräne standen "
        "still, und niemand wusste, wie lange es dauern würde.\n")
    for option, lines, filters in ((["--language", "de"], ["de"], {"Lde"}),
                                   ([], [], set())):
        path = tmp_path / f"{len(option)}.db"
        byline("index", "--db", path, *option, tmp_path / "a.txt")
        document = xapian.Database(str(path)).get_document(1)
        data = records.fields(document)
        assert [data[n] for n in ("language",) if n in data] == lines
        assert {t for t in records.filters(document) if t[0] == "L"} == filters


# ---- Values -----------------------------------------------------------------

def test_values(articles):
    """Slots 0, 1 and 2 as omindex fills them; those from 10 on are byline's own."""
    spelled = records.spellings(row for row, _ in articles)
    for row, document in articles:
        stamp = int((SOURCE / row["source"]).stat().st_mtime)
        size = len(row["text"].encode("utf-8"))
        slots = {value.num: value.value for value in document.values()}
        assert slots.pop(0) == struct.pack(">I", stamp)
        assert len(slots.pop(1)) == 16
        assert xapian.sortable_unserialise(slots.pop(2)) == size
        assert slots.pop(10).decode() == row["date"].replace("-", "")
        if row["authors"]:
            assert slots.pop(11).decode("utf-8") == "\t".join(
                spelled[records.author_key(name)] for name in row["authors"])
            assert slots.pop(12)
        if "language" in records.fields(document):
            assert slots.pop(13) == b"en"
        assert slots.pop(14).decode("utf-8") == row["source"]
        assert slots == {}, row["title"]


def test_a_digest_is_of_one_content(articles):
    assert len({document.get_value(1) for _, document in articles}) \
        == len(articles)


def test_the_modified_slot_is_a_time_to_omega(fixture_db):
    """Omega takes a slot for a time only if both its bounds have 4 bytes."""
    database = xapian.Database(str(fixture_db))
    low, high = database.get_value_lower_bound(0), \
        database.get_value_upper_bound(0)
    assert len(low) == len(high) == 4


def test_dates_compare_as_text(fixture_db, expected):
    """From the bounds of the slot, as a range in Omega uses them."""
    database = xapian.Database(str(fixture_db))
    days = sorted(datetime.date.fromisoformat(row["date"]) for row in expected)
    assert database.get_value_lower_bound(10).decode() == f"{days[0]:%Y%m%d}"
    assert database.get_value_upper_bound(10).decode() == f"{days[-1]:%Y%m%d}"


# Bytes would put every accent behind Z, capitals before small letters, and
# the curly apostrophe far from the straight one.
IN_ORDER = ["Asa Quist", "Åsa Rolf", "Asa Stroud", "de la Cruz", "Dean Hollis",
            "Émile Zay", "Emily Abbot", "Lukas Orr", "Łukasz Orr", "O'Neil Crane",
            "O’Neil Dray", "Öz Tarhan", "Zoe Adams", "Zoë Brandt", "Zoe Carter"]


def digest(names):
    body = ("The harbour office said nothing about it on Tuesday, and nobody "
            "asked the office again.")
    return "3 May 2019\n\n" + "\n".join(
        f"The {n} letter to the harbour office\n\n"
        + (f"By {name}\n\n\n" if name else "\n\n") + f"{body}\n"
        for n, name in enumerate(names, 1))


def test_no_date_and_no_author_have_no_value(byline, tmp_path):
    """A value made up for what is not known would be sorted and filtered by."""
    source = tmp_path / "a.txt"
    source.write_text(digest(["Asa Quist"]).split("\n\n", 1)[1])
    done = byline("index", "--db", tmp_path / "a.db", "--format", "digest", source)
    assert done.returncode == 0, done.stderr
    document = xapian.Database(str(tmp_path / "a.db")).get_document(1)
    assert records.fields(document).get("author") == ["Asa Quist"]
    assert "date" not in records.fields(document)
    assert {value.num for value in document.values()} == {0, 1, 2, 11, 12, 13,
                                                         14}
    assert {t[0] for t in records.filters(document)} == set("LQPTX")


def test_author_slot_sorts_as_people_do(byline, tmp_path):
    source = tmp_path / "a.txt"
    source.write_text(digest(reversed(IN_ORDER)), encoding="utf-8")
    byline("index", "--db", tmp_path / "a.db", source)
    database = xapian.Database(str(tmp_path / "a.db"))
    keys = {}
    for document in records.by_source(database).values():
        keys[document.get_value(11).decode("utf-8")] = document.get_value(12)
    assert sorted(keys) == sorted(IN_ORDER)
    assert sorted(IN_ORDER, key=keys.get) == IN_ORDER
