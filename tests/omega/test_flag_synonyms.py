"""Omega finds the synonyms of our databases by itself."""
import sys
from pathlib import Path

from omega_cgi import OURS, Omega, need_omega

sys.path.insert(0, str(Path(__file__).parent.parent / "cli"))

from archive import article, digest  # noqa: E402


def test_omega_looks_for_synonyms(byline, tmp_path):
    need_omega()
    db = tmp_path / "db"
    text = digest("14 November 2017", *[
        article(f"Story {n}", "Ada Marlow", text) for n, text in enumerate(
            ["Cars on the quay.", "An automobile.", "New York.", "NYC."])])
    assert byline("index", "--db", db, "-", input=text).returncode == 0
    done = byline("synonyms", "--db", db, "-",
                  input="car, automobile\nnew york => nyc\n")
    assert done.returncode == 0, done.stderr
    omega = Omega(tmp_path, tmp_path)
    for query, count in (("car", 2), ("automobiles", 2), ("new york", 2),
                         ("nyc", 1)):
        hits = omega.run(OURS, "synonyms", "db", P=query).split()
        assert len(hits) == count, query
        done = byline("search", "--db", db, "--count", query)
        assert done.stdout == f"{count}\n"
