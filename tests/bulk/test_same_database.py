"""What plugin/bulk builds of a stream is what Xapian builds of it, block for
block and fact for fact: the short form of tests/bulk/parity."""
import os

import pytest

pytest.importorskip("xapian", reason="python3-xapian is not here")

import corpora  # noqa: E402
import glass  # noqa: E402
import oracle  # noqa: E402
from stream import encode, number  # noqa: E402

MIXED = int(os.environ.get("BYLINE_BULK_CORPORA", "24"))


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("kind", corpora.EDGES, ids=lambda kind: kind.__name__)
def test_edges(kind, seed, tmp_path):
    assert oracle.compare_made(kind, seed, tmp_path) == []


@pytest.mark.parametrize("seed", range(MIXED))
def test_mixtures(seed, tmp_path):
    assert oracle.compare_made(corpora.mixed, seed, tmp_path) == []


@pytest.mark.parametrize("kind", [corpora.far_docids, corpora.last_docids],
                         ids=lambda kind: kind.__name__)
def test_far_docids(kind, tmp_path):
    assert oracle.compare_made(kind, 1, tmp_path) == []


@pytest.mark.parametrize("kind", [corpora.tiny_documents, corpora.deep,
                                  corpora.counts, corpora.slots, corpora.tags,
                                  corpora.spelt_terms, corpora.nothing],
                         ids=lambda kind: kind.__name__)
def test_xapian_check_finds_no_errors(kind, tmp_path):
    made = corpora.make(kind, 5)
    built = oracle.by_bulk(encode(made), tmp_path / "built", made.block_size)
    assert "No errors found" in oracle.checked(built)


def bytes_of(folder):
    """Every file, without the UUID."""
    return {path.name: path.read_bytes() for path in folder.iterdir()
            if path.name != "iamglass"} | {
                "iamglass": glass.Version(folder).same}


@pytest.mark.parametrize("kind", [corpora.mixed, corpora.tiny_documents,
                                  corpora.many_positions, corpora.slots],
                         ids=lambda kind: kind.__name__)
def test_every_way_gives_the_same_bytes(kind, tmp_path):
    """Threads, parts and runs are nobody's business."""
    made = encode(corpora.make(kind, 3))
    ways = [{}, {"threads": 1}, {"parts": 5}, {"parts": 5, "threads": 3},
            {"parts": 40, "threads": 2, "memory": 1},
            {"parts": 9, "memory": 60000}, {"parts": 100, "memory": 400000}]
    built = [bytes_of(oracle.by_bulk(made, tmp_path / str(i), **way))
             for i, way in enumerate(ways)]
    assert all(other == built[0] for other in built[1:])


def test_corpora_are_the_same_every_time():
    for kind in corpora.EDGES:
        assert encode(corpora.make(kind, 4)) == encode(corpora.make(kind, 4))
    assert encode(corpora.make(corpora.mixed, 4)) != encode(
        corpora.make(corpora.mixed, 5))


def test_corpora_reach_the_edges(tmp_path):
    """Else what is promised of them is tested nowhere."""
    deep = corpora.make(corpora.deep, 1)
    built = oracle.by_bulk(encode(deep), tmp_path / "deep", 2048)
    assert glass.Version(built).roots["position"].level == 3
    long = corpora.make(corpora.long_terms, 1)
    terms = [term for document in long.documents for term in document.terms]
    assert any(b"\0" in term for term in terms)
    assert max(map(len, terms)) == corpora.LONGEST
    wdfs = [wdf for document in corpora.make(corpora.counts, 1).documents
            for wdf, _ in document.terms.values()]
    assert {0, 126, 127, 128} <= set(wdfs)
    slots = {slot for document in corpora.make(corpora.slots, 2).documents
             for slot in document.values}
    assert {0, 127, 128, 255, 256, corpora.MOST - 1} <= slots


@pytest.mark.parametrize("broken", [
    b"X", b"D", b"D\x01\x05ab", b"D\x02\0\0\0D\x01\0\0\0", b"M\x01", b"S\x02ab",
    b"D\x01\0\0\x02\x01b\0\0\x01a\0\0", b"D\x01\0\x01\x01\0\0",
    b"D" + number(1 << 32) + b"\0\0\0", b"D\x01\0" + number((1 << 63) - 1)])
def test_what_is_no_stream_is_refused(broken, tmp_path):
    with pytest.raises(oracle.Failed, match="no stream of documents at byte"):
        oracle.by_bulk(broken, tmp_path / "built")
