"""A database of segments is one for Omega: the same articles in the same order
and with the same percentages as byline search has, and those of one database
of all."""
import pytest

from conftest import DIGESTS
from omega_cgi import OURS, Omega, need_omega
from test_ranking import QUERIES


@pytest.fixture(scope="module")
def grown(byline, tmp_path_factory):
    """The fixtures' digests, a segment for each."""
    need_omega()
    db = tmp_path_factory.mktemp("grown") / "db"
    for path in sorted(DIGESTS.glob("*.txt")):
        done = byline("index", "--db", db, "--builder", "glass", path)
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


@pytest.mark.parametrize("typed", ["timetabel", "coucnil", "libary vote"])
def test_suggestions_are_of_all_segments(omega, grown, whole, typed):
    assert (omega.run(OURS, "suggestion", grown.name, P=typed)
            == omega.run(OURS, "suggestion", whole.name, P=typed) != "")
