"""The databases and browsers of these tests, made once for all modules: each
says pytest_plugins = ["web_fixtures"]."""
import json

import pytest

from browser import Browser
from conftest import SOURCE
from web_site import Site

FOLDERS = ["digests", "digests-more", "editions", "ezines", "scripts"]


@pytest.fixture(scope="session")
def archive(byline, tmp_path_factory):
    """A database of some 350 fixture articles in 28 languages."""
    path = tmp_path_factory.mktemp("web") / "archive.db"
    names = [str(p.relative_to(SOURCE)) for folder in FOLDERS
             for p in sorted((SOURCE / "fixtures" / folder).glob("*.txt"))]
    done = byline("index", "--db", path, *names, cwd=SOURCE)
    assert done.returncode == 0, done.stderr
    return path


@pytest.fixture(scope="session")
def site(archive):
    with Site(archive) as running:
        yield running


@pytest.fixture(scope="session")
def english_site(fixture_db):
    """Of one language: Omega then stems as byline search does."""
    with Site(fixture_db) as running:
        yield running


@pytest.fixture(scope="session")
def century(byline, tmp_path_factory):
    """1,300 articles, one a month from January 1900 on, that all say "tide"."""
    path = tmp_path_factory.mktemp("century") / "db"
    rows = [{"id": f"c{n}", "title": f"Tide table number {n}",
             "authors": [["Ada Marlow", "Émile Brandt", "van Dyk"][n % 3]],
             "language": "en",
             "date": f"{1900 + n // 12}-{n % 12 + 1:02}-05",
             "text": f"The tide came in at hour {n % 24} and went out again."}
            for n in range(1300)]
    done = byline("index", "--db", path, "--format", "jsonl", "-",
                  input="".join(json.dumps(row) + "\n" for row in rows))
    assert done.returncode == 0, done.stderr
    return path


@pytest.fixture(scope="session")
def long_site(century):
    with Site(century) as running:
        yield running


@pytest.fixture(scope="session")
def chromium(tmp_path_factory):
    running = Browser(tmp_path_factory.mktemp("chromium"))
    yield running
    running.quit()


@pytest.fixture
def browser(chromium):
    """At 1280 pixels and light, with nothing in its console."""
    chromium.set_view(1280)
    chromium.errors()
    return chromium
