"""The oracle can fail: one thing changed in a database that plugin/bulk has
built is seen, by the comparison of blocks always, and by Xapian's own interface
where that shows it at all."""
import shutil

import pytest

pytest.importorskip("xapian", reason="python3-xapian is not here")

import blocks  # noqa: E402
import contents  # noqa: E402
import oracle  # noqa: E402
from edit import Editor  # noqa: E402
from stream import Corpus, Document, encode  # noqa: E402

DOCUMENTS = 1500
DOCID = b"\x00\x07"  # of document 7, as a key
LAST = b"\0"  # behind a term in a key, when a docid follows


def corpus():
    made = Corpus(metadata=[(b"key", b"metadata of some length")],
                  words=[(b"harbour", 3), (b"harbours", 1), (b"ferry", 2)])
    for docid in range(1, DOCUMENTS + 1):
        made.documents.append(Document(
            docid, b"data of document %d" % docid,
            {0: b"%05d" % docid, 5: b"same"},
            {b"all": (1, [docid]), b"some%d" % (docid % 50): (2, [3, 9, 27]),
             b"word": (0, [])}))
    return made


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """By plugin/bulk, uncompressed so that tags can be changed, and by Xapian,
    compacted."""
    folder = tmp_path_factory.mktemp("mutations")
    made = encode(corpus())
    reference = oracle.compacted(oracle.by_xapian(made, folder / "xapian"))
    ours = oracle.by_bulk(made, folder / "bulk", compression=0)
    return ours, reference


def tag(table, key, at, value):
    return lambda edit: edit.change_tag(table, key, at, value)


def chunk(term, which):
    """The key of a chunk of a term."""
    return lambda edit: [key for key in edit.keys("postlist")
                         if key == term or key.startswith(term + LAST)][which]


def of_chunk(term, which, at, value):
    find = chunk(term, which)
    return lambda edit: edit.change_tag("postlist", find(edit), at, value)


def statistic(name, step=1):
    return lambda edit: edit.add_to_statistic(name, step)


def slots_used(tag):
    return lambda edit: edit.set_tag("termlist", DOCID + LAST, tag)


def key(table, old, new):
    return lambda edit: edit.set_key(table, old, new)


def later_separator(table):
    return lambda edit: edit.raise_separator(table)


# Where things stand in the tags: the head of a term's first chunk is its
# frequencies and first docid, whether it is the last chunk, and how far it goes.
ALL_HEAD = 2 + 2 + 1  # 1500, 1500, 1 - 1
SOME = b"some7"  # 30 documents, 60 times, first in document 7

SEEN = {
    "a letter in a termlist": tag("termlist", DOCID, 4, ord("k")),
    "a wdf in a termlist": tag("termlist", DOCID, -1, 1),
    "the number of terms in a termlist": tag("termlist", DOCID, 1, 2),
    "the slots used": slots_used(bytes([0, 5])),
    "one slot less": slots_used(bytes([0])),
    "a letter of data": tag("docdata", DOCID, 3, ord("e")),
    "the docid of data": key("docdata", b"\x05\xdc", b"\x05\xdd"),
    "a letter of a term": key("postlist", b"word", b"worc"),
    "a term's frequency": tag("postlist", SOME, 0, 31),
    "a term's collection frequency": tag("postlist", SOME, 1, 61),
    "a term's first docid": tag("postlist", SOME, 2, 7),
    "a wdf among postings": tag("postlist", SOME, -1, 1),
    "a docid among postings": tag("postlist", SOME, -2, 48),
    "a first chunk that is the last": of_chunk(b"all", 0, ALL_HEAD, ord("1")),
    "a last chunk that is none": of_chunk(b"all", -1, 0, ord("0")),
    "the docid of a chunk": lambda edit: edit.set_key(
        "postlist", chunk(b"all", 1)(edit), chunk(b"all", 1)(edit)[:-1] + b"\xff"),
    "the length of a document": of_chunk(b"\0\xe0", 0, -1, 4),
    "a position": tag("position", SOME + LAST + DOCID, -1, 0),
    "the last position": tag("position", SOME + LAST + DOCID, 0, 28),
    "the document of a position": key(
        "position", SOME + LAST + DOCID, SOME + LAST + b"\x00\x08"),
    "a value": tag("postlist", b"\0\xd8\x00\x00\x01", 3, ord("9")),
    "the frequency of a slot": tag("postlist", b"\0\xd0", 0, 1),
    "the least of a slot": tag("postlist", b"\0\xd0", 4, ord("2")),
    "the greatest of a slot": tag("postlist", b"\0\xd0", -1, ord("9")),
    "metadata": tag("postlist", b"\0\xc0key", 0, ord("M")),
    "the frequency of a spelling": tag("spelling", b"Wharbour", 0, 4),
    "a separator between postings": later_separator("postlist"),
    "a separator between termlists": later_separator("termlist"),
    "a separator between data": later_separator("docdata"),
    "a separator between positions": later_separator("position"),
    "the number of documents": statistic("documents"),
    "the last docid": statistic("last docid less documents"),
    "the least length": statistic("least length", -1),
    "the greatest length": statistic("most length less most wdf"),
    "the total length": statistic("total length"),
}
# Nobody is told of these, but an update or a search may stumble over them.
UNSEEN = {
    "the length in a termlist": tag("termlist", DOCID, 0, 4),
    "a word of a spelling's fragment": tag("spelling", b"Hfe", -1, ord("t")),
    "the greatest wdf": statistic("most wdf"),
    "the greatest frequency of a spelling": statistic("most of a spelling"),
    "the oldest changeset": statistic("oldest changeset"),
    "how far a chunk goes": of_chunk(b"all", 1, 1, 1),
    "a position of no posting": key(
        "position", SOME + LAST + DOCID, SOME + LAST + b"\x00\x06"),
    "the revision of a block": lambda edit: edit.set_head("docdata", 3, 0),
    "the free bytes of a block": lambda edit: edit.set_head("termlist", 8, 255),
}


def mutated(built, change, folder):
    copy = folder / "mutated"
    shutil.copytree(built[0], copy)
    change(Editor(copy))
    return copy


@pytest.mark.parametrize("name", {**SEEN, **UNSEEN})
def test_blocks_show_it(name, built, tmp_path):
    copy = mutated(built, {**SEEN, **UNSEEN}[name], tmp_path)
    as_built = blocks.same_blocks(copy, built[0])
    assert len(as_built) >= 1
    entries = blocks.same_entries(copy, built[1])
    if "revision" not in name:
        assert len(entries) >= 1, as_built


@pytest.mark.parametrize("name", SEEN)
def test_xapian_shows_it(name, built, tmp_path):
    copy = mutated(built, SEEN[name], tmp_path)
    assert len(contents.same_contents(copy, built[1])) == 1


def test_unchanged_nothing_is_seen(built):
    ours, reference = built
    assert blocks.same_entries(ours, reference) == []
    assert contents.same_contents(ours, reference) == []
    assert blocks.same_blocks(oracle.compacted(ours), reference) == []


def test_the_editor_changes_what_it_is_told_and_no_more(built, tmp_path):
    copy = tmp_path / "edited"
    shutil.copytree(built[0], copy)
    edit = Editor(copy)
    before = edit.tag("docdata", DOCID)
    edit.set_tag("docdata", DOCID, b"another text")
    assert len(blocks.same_entries(copy, built[1])) == 1
    edit.set_tag("docdata", DOCID, before)
    assert blocks.same_entries(copy, built[1]) == []
