"""Omega's did-you-mean works on our databases, and says what byline says."""
import pytest

from omega_cgi import OURS, Omega, need_omega


@pytest.mark.parametrize("typed", ["timetabel", "herbour", "coucnil", "dokcers",
                                   "smokehuose", "libary vote", "ferry"])
def test_omega_suggests_the_same(byline, fixture_db, tmp_path, typed):
    need_omega()
    omega = Omega(tmp_path, fixture_db.parent)
    theirs = omega.run(OURS, "suggestion", fixture_db.name, P=typed)
    mine = byline("search", "--db", fixture_db, "--format", "json",
                  typed).json["corrected"]
    assert (mine or "") == theirs
    assert bool(mine) == (typed != "ferry")
