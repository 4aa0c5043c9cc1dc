"""byline index makes the same database by either builder, whatever the threads
and the memory: of all fixtures, and of real archives where there are some."""
import pytest

from conftest import SOURCE
from contents import same_contents

WAYS = [("1", "1G"), ("2", "1M"), ("5", "16M")]


def index(byline, db, builder, paths, *args):
    done = byline("index", "--db", db, "--builder", builder, *args, *paths,
                  cwd=SOURCE)
    assert done.returncode in (0, 2), done.stderr
    return done.returncode, done.stdout, done.stderr


@pytest.fixture(scope="module", params=["fixtures", "archives"])
def plain(request, byline, tmp_path_factory):
    """What is indexed, and the plain builder's database of it."""
    paths = [SOURCE / "fixtures"]
    if request.param == "archives":
        paths = [request.getfixturevalue("shared_archives")]
    db = tmp_path_factory.mktemp(request.param) / "db"
    return paths, db, index(byline, db, "xapian", paths)


@pytest.mark.parametrize("threads, memory", WAYS)
def test_both_builders_make_the_same(byline, plain, tmp_path, threads, memory):
    paths, db, said = plain
    quick = tmp_path / "db"
    assert index(byline, quick, "glass", paths, "--threads", threads,
                 "--memory", memory, "--verify") == said
    assert same_contents(db, quick) == []
    for command in (["export"], ["search", "harbour", "--facet", "author"],
                    ["search", "der", "--any", "--explain"],
                    ["search", "--count", "author:doe OR title:the"]):
        one, other = (byline(*command, "--db", path) for path in (db, quick))
        assert (one.returncode, one.stdout) == (other.returncode, other.stdout)


@pytest.mark.parametrize("options", [
    ["--language", "none"], ["--language", "german"], ["--cjk-ngrams"],
    ["--date-order", "dmy"], ["--prune"]])
def test_with_any_options(byline, tmp_path, options):
    paths = [SOURCE / "fixtures" / name
             for name in ("digests", "scripts", "editions")]
    plain, quick = tmp_path / "plain", tmp_path / "quick"
    assert (index(byline, plain, "xapian", paths, *options)
            == index(byline, quick, "glass", paths, *options))
    assert same_contents(plain, quick) == []
