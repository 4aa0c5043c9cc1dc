"""Ordinary life goes on in a database that plugin/bulk has built: whatever
Xapian does to it leaves what it leaves of Xapian's own."""
import os
import pathlib
import random
import shutil
import socket
import subprocess
import time

import pytest

xapian = pytest.importorskip("xapian", reason="python3-xapian is not here")

import contents  # noqa: E402
import corpora  # noqa: E402
import life  # noqa: E402
import oracle  # noqa: E402
from stream import encode  # noqa: E402

STEPS = int(os.environ.get("BYLINE_BULK_STEPS", "1500"))
# The folder of xapian-check and others of another release of Xapian.
OTHER_XAPIAN = "BYLINE_OTHER_XAPIAN"


def pair(folder, corpus, seed):
    """Built by Xapian, and by plugin/bulk."""
    made = encode(corpus)
    way = oracle.way(random.Random(seed), len(corpus.documents))
    return (oracle.by_xapian(made, folder / "xapian", corpus.block_size),
            oracle.by_bulk(made, folder / "bulk", corpus.block_size, **way))


def writable(path):
    return xapian.WritableDatabase(str(path), xapian.DB_OPEN)


def agree(ours, theirs, seed, terms):
    assert contents.same_contents(ours, theirs) == []
    assert oracle.same_check(ours, theirs) == []
    scores = [life.scores(path, seed, terms) for path in (ours, theirs)]
    assert scores[0] == scores[1]
    assert any(matches for _, _, matches in scores[0])


KINDS = (corpora.mixed, corpora.tiny_documents, corpora.long_terms,
         corpora.docids, corpora.slots, corpora.empty_fields, corpora.spellings,
         corpora.nothing)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_changes(kind, tmp_path):
    corpus = corpora.make(kind, 11)
    theirs, ours = pair(tmp_path, corpus, 11)
    lived = life.Life(11, corpus)
    databases = [writable(theirs), writable(ours)]
    for _ in range(3):
        lived.live(databases, STEPS // 3)
        agree(ours, theirs, 11, lived.terms)
    for db in databases:
        db.close()
    agree(oracle.compacted(ours), oracle.compacted(theirs), 12, lived.terms)


def test_everything_is_deleted(tmp_path):
    """Finds every entry that a document has: what a wrong termlist leaves
    behind stays in the postings."""
    corpus = corpora.make(corpora.mixed, 21)
    theirs, ours = pair(tmp_path, corpus, 21)
    for path in theirs, ours:
        db = writable(path)
        for document in corpus.documents:
            db.delete_document(document.docid)
        db.commit()
        assert [term.term for term in db.allterms()] == []
        assert db.get_doccount() == 0
        db.close()
    assert contents.same_contents(ours, theirs) == []
    assert oracle.same_check(ours, theirs) == []


def test_appended_to_by_compaction(tmp_path):
    """Two joined into one, as segments are."""
    first, second = (corpora.make(corpora.mixed, seed) for seed in (31, 32))
    for name in "first", "second":
        (tmp_path / name).mkdir()
    pairs = (pair(tmp_path / "first", first, 31),
             pair(tmp_path / "second", second, 32))
    joined = []
    for number, name in enumerate(("theirs", "ours")):
        joined.append(tmp_path / name)
        oracle.run("xapian-compact", pairs[0][number], pairs[1][number],
                   joined[-1])
    theirs, ours = joined
    assert contents.same_contents(ours, theirs) == []
    assert oracle.same_check(ours, theirs) == []


# ---- Replication ------------------------------------------------------------

def free_port():
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return listening.getsockname()[1]


@pytest.fixture
def server(tmp_path):
    """Serves the databases of a folder to replicas."""
    port = free_port()
    # It ends its process group with itself, so that needs to be its own.
    process = subprocess.Popen(
        ["xapian-replicate-server", "-I127.0.0.1", f"-p{port}", str(tmp_path)],
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        start_new_session=True)
    for _ in range(500):
        with socket.socket() as client:
            if client.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.02)
    yield port
    process.terminate()
    process.communicate()


def replicate(port, name, replica):
    oracle.run("xapian-replicate", "-o", "-r0", "-h127.0.0.1", f"-p{port}",
               f"-m{name}", replica)


def replica_path(replica):
    """The folder that its stub names."""
    line = (replica / "XAPIANDB").read_text().split()[-1]
    return pathlib.Path(replica, line)


def test_replication(tmp_path, server, monkeypatch):
    """A replica begins with a copy and goes on with changesets."""
    monkeypatch.setenv("XAPIAN_MAX_CHANGESETS", "1000")
    corpus = corpora.make(corpora.mixed, 41)
    theirs, ours = pair(tmp_path, corpus, 41)
    lived = life.Life(41, corpus)
    replica = tmp_path / "replica"
    replicate(server, "bulk", replica)
    copied = replica_path(replica)
    assert contents.same_contents(copied, ours) == []
    for _ in range(3):
        databases = [writable(theirs), writable(ours)]
        lived.live(databases, 300)
        for db in databases:
            db.close()
        assert list(ours.glob("changes*"))
        replicate(server, "bulk", replica)
        # Not copied again: the same folder, brought up by changesets.
        assert replica_path(replica) == copied
        agree(copied, theirs, 41, lived.terms)


# ---- Another Xapian ---------------------------------------------------------

@pytest.fixture
def other_tools():
    """The path before the name of a tool."""
    folder = os.environ.get(OTHER_XAPIAN)
    if not folder:
        pytest.skip(f"{OTHER_XAPIAN} names no other Xapian's tools")
    return folder.rstrip("/") + "/"


@pytest.mark.parametrize("kind", [*KINDS, corpora.deep, corpora.tags],
                         ids=lambda kind: kind.__name__)
def test_another_xapian_checks_and_compacts_it(kind, other_tools, tmp_path):
    theirs, ours = pair(tmp_path, corpora.make(kind, 51), 51)
    assert oracle.checked(ours, other_tools) == oracle.checked(
        oracle.compacted(theirs), other_tools)
    changed = tmp_path / "changed"
    shutil.copytree(ours, changed)
    done = oracle.compacted(changed, other_tools)
    assert contents.same_contents(done, theirs) == []
