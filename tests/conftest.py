"""What all tests of the real programs share.

BYLINE_BUILD_DIR names the build (ctest sets it); nothing here depends on the
folder above the source being there: tests that need it skip, and say so.
"""
import json
import os
import pathlib
import subprocess

import pytest

SOURCE = pathlib.Path(__file__).resolve().parent.parent
BUILD = pathlib.Path(
    os.environ.get("BYLINE_BUILD_DIR", SOURCE / "build/release")).resolve()
BYLINE = BUILD / "plugin/byline"
DIGESTS = SOURCE / "fixtures/digests"
SHARED = SOURCE.parent / "shared"


class Result(subprocess.CompletedProcess):
    """A finished command; its output as text and as JSON."""

    @property
    def json(self):
        return json.loads(self.stdout)

    @property
    def rows(self):
        return [json.loads(line) for line in self.stdout.splitlines()]


def run_byline(*args, input=None, cwd=None, env=None, timeout=120, text=True):
    """Runs the command as a user would; never raises for its exit status."""
    environment = {**os.environ, "LC_ALL": "C.UTF-8", "TERM": "dumb"}
    environment.pop("BYLINE_DB", None)
    environment.update(env or {})
    done = subprocess.run(
        [str(BYLINE), *map(str, args)], input=input, cwd=cwd, env=environment,
        timeout=timeout, capture_output=True, text=text,
        encoding="utf-8" if text else None)
    return Result(done.args, done.returncode, done.stdout, done.stderr)


@pytest.fixture(scope="session")
def byline():
    """The command: byline("search", "--db", path, ...) -> Result."""
    assert BYLINE.exists(), f"{BYLINE} is not built; run tests/run"
    return run_byline


@pytest.fixture(scope="session")
def expected():
    """Every fixture article, as written down beside the digests."""
    rows = []
    for path in sorted(DIGESTS.glob("*.expected.jsonl")):
        rows += [json.loads(line)
                 for line in path.read_text(encoding="utf-8").splitlines()]
    assert len(rows) >= 40
    return rows


@pytest.fixture(scope="session")
def fixture_db(byline, tmp_path_factory):
    """A database of all fixture digests, indexed from the source's root so
    that an article's source is its path there. Not to be written to."""
    path = tmp_path_factory.mktemp("fixtures") / "all.db"
    names = sorted(str(p.relative_to(SOURCE)) for p in DIGESTS.glob("*.txt"))
    done = byline("index", "--db", path, *names, cwd=SOURCE)
    assert done.returncode == 0, done.stderr
    return path


@pytest.fixture(scope="session")
def shared_archives():
    """The real archives, where the machine has them."""
    if not (SHARED / "archives/gold.jsonl").exists():
        pytest.skip("no ../shared/archives on this machine")
    return SHARED / "archives"
