"""A database of segments, or a folder of shards, is one for Omega: the same
articles in the same order and with the same percentages as byline search has,
and those of one database of all."""
import pytest

from conftest import DIGESTS
from omega_cgi import OURS, Omega, need_omega
from test_ranking import QUERIES


@pytest.fixture(scope="module", params=["segments", "shards", "both"])
def grown(byline, tmp_path_factory, request):
    """The fixtures' digests, a segment for each."""
    need_omega()
    db = tmp_path_factory.mktemp("grown") / "db"
    options = ["--builder", "glass"]
    if request.param != "segments":
        options += ["--shards", 3]
    paths = sorted(DIGESTS.glob("*.txt"))
    for part in [paths] if request.param == "shards" else [[p] for p in paths]:
        done = byline("index", "--db", db, *options, *part)
        assert done.returncode == 0, done.stderr
    assert (db / "XAPIANDB").exists()
    return db


@pytest.fixture(scope="module")
def whole(byline, grown):
    db = grown.parent / "whole"
    assert byline("index", "--db", db,
                  *sorted(DIGESTS.glob("*.txt"))).returncode == 0
    return db


@pytest.fixture(scope="module")
def omega(grown, tmp_path_factory):
    return Omega(tmp_path_factory.mktemp("omega"), grown.parent)


@pytest.mark.parametrize("query", QUERIES)
def test_same_order_and_percentages(byline, omega, grown, whole, query):
    theirs = omega.ours("ranked", grown.name, P=query)
    done = byline("search", "--db", grown, "--limit", 1000, "--snippets", 0,
                  "--format", "json", "--", query)
    assert theirs == [(hit["docid"], hit["percent"], hit["id"])
                      for hit in done.json["hits"]]
    one = omega.ours("ranked", whole.name, P=query)
    assert sorted(hit[1:] for hit in theirs) == sorted(hit[1:] for hit in one)


# Over many databases Xapian passes over what few of them have.
@pytest.mark.parametrize("grown", ["segments"], indirect=True)
@pytest.mark.parametrize("typed", ["timetabel", "coucnil", "libary vote"])
def test_suggestions_are_of_all_segments(omega, grown, whole, typed):
    assert (omega.run(OURS, "suggestion", grown.name, P=typed)
            == omega.run(OURS, "suggestion", whole.name, P=typed) != "")
