"""A filter in a shared object of its own, built with pkg-config against an
installed libbyline, and used by the installed command."""
import json
import os
import pathlib
import shutil
import subprocess

import pytest
import xapian

from conftest import BUILD, Result

HERE = pathlib.Path(__file__).resolve().parent
TEXT = "The boat left at noon. Nobody on the quay saw it leave."


@pytest.fixture(scope="session")
def prefix(tmp_path_factory):
    path = tmp_path_factory.mktemp("prefix")
    cmake = shutil.which("cmake")
    subprocess.run([cmake, "--install", BUILD, "--prefix", path], check=True,
                   stdout=subprocess.DEVNULL)
    return path


@pytest.fixture(scope="session")
def build(prefix, tmp_path_factory):
    """build("synonyms") -> the path of synonyms.so."""
    folder = tmp_path_factory.mktemp("plugins")
    pc = next(prefix.rglob("byline.pc"))

    def make(source, *definitions):
        flags = subprocess.run(
            ["pkg-config", f"--define-variable=prefix={prefix}", "--cflags",
             "--libs", "byline"], check=True, capture_output=True, text=True,
            env={**os.environ, "PKG_CONFIG_PATH": str(pc.parent)}
        ).stdout.split()
        path = folder / ("-".join([source, *definitions]) + ".so")
        subprocess.run(
            ["cc", "-std=c11", "-D_XOPEN_SOURCE=700", "-Wall", "-Wextra",
             "-Werror", "-shared", "-fPIC",
             *(f"-D{name}" for name in definitions), HERE / f"{source}.c",
             "-o", path, *flags], check=True)
        return path
    return make


@pytest.fixture
def installed(prefix):
    """The installed command."""
    library = next(prefix.rglob("libbyline.so")).parent

    def run(*args, cwd=None, input=None):
        done = subprocess.run(
            [str(prefix / "bin/byline"), *map(str, args)], cwd=cwd, input=input,
            env={**os.environ, "LC_ALL": "C.UTF-8",
                 "LD_LIBRARY_PATH": str(library)},
            timeout=120, capture_output=True, text=True)
        return Result(done.args, done.returncode, done.stdout, done.stderr)
    return run


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "words.txt").write_text("ferry boat ship\nquay pier\n")
    (tmp_path / "one.jsonl").write_text(json.dumps(
        {"title": "Noon", "text": TEXT, "language": "en"}) + "\n")
    return tmp_path


def test_an_article_is_found_by_a_synonym(build, installed, folder):
    plugin = build("synonyms")
    done = installed("index", "--db", "f.db", "--plugin", plugin, "--filter",
                     "synonyms=words.txt", "one.jsonl", cwd=folder)
    assert done.returncode == 0, done.stderr
    for query in ("ferry", "ferries", "ship AND pier", '"the ferry left at"',
                  "boat"):
        found = installed("search", "--db", "f.db", query, cwd=folder)
        assert found.returncode == 0, (query, found.stderr)
    assert installed("search", "--db", "f.db", "lorry",
                     cwd=folder).returncode == 1


def test_every_front_end_finds_it(build, installed, folder):
    installed("index", "--db", "f.db", "--plugin", build("synonyms"),
              "--filter", "synonyms=words.txt", "one.jsonl", cwd=folder)
    database = xapian.Database(str(folder / "f.db"))
    parser = xapian.QueryParser()
    parser.set_stemmer(xapian.Stem("english"))
    parser.set_stemming_strategy(xapian.QueryParser.STEM_SOME)
    for text in ("ferry", "ferries", '"ferry left"', "pier"):
        enquire = xapian.Enquire(database)
        enquire.set_query(parser.parse_query(text))
        assert enquire.get_mset(0, 10).size() == 1, text


def test_the_word_that_a_synonym_stands_for_is_highlighted(build, installed,
                                                           folder):
    plugin = build("synonyms")
    installed("index", "--db", "f.db", "--plugin", plugin, "--filter",
              "synonyms=words.txt", "one.jsonl", cwd=folder)
    done = installed("search", "--db", "f.db", "--plugin", plugin, "--format",
                     "json", "ferry", cwd=folder)
    snippet = done.json["hits"][0]["snippets"][0]
    marked = [snippet["text"][start:end]
              for start, end in snippet["highlights"]]
    assert marked == ["boat"]


def test_a_search_needs_no_filter(build, installed, folder):
    plugin = build("synonyms")
    installed("index", "--db", "f.db", "--plugin", plugin, "--filter",
              "synonyms=words.txt", "one.jsonl", cwd=folder)
    (folder / "words.txt").unlink()
    done = installed("search", "--db", "f.db", "--plugin", plugin, "ferry",
                     cwd=folder)
    assert done.returncode == 0, done.stderr


def test_a_database_keeps_to_its_filters(build, installed, folder):
    plugin = build("synonyms")
    index = ["index", "--db", "f.db"]
    installed(*index, "--plugin", plugin, "--filter", "synonyms=words.txt",
              "one.jsonl", cwd=folder)
    two = folder / "two.jsonl"
    two.write_text('{"title": "Dusk", "text": "A ship came in."}\n')
    done = installed(*index, two, cwd=folder)
    assert done.returncode == 2
    assert "no filter is named 'synonyms'; load the plugin that has it" in (
        done.stderr)
    done = installed(*index, "--plugin", plugin, "--filter",
                     "synonyms=other.txt", two, cwd=folder)
    assert done.returncode == 2 and "other.txt: cannot be opened" in done.stderr
    shutil.copy(folder / "words.txt", folder / "other.txt")
    done = installed(*index, "--plugin", plugin, "--filter",
                     "synonyms=other.txt", two, cwd=folder)
    assert done.returncode == 2
    assert "f.db: its articles went through other filters (synonyms=words.txt)" in (
        done.stderr)
    assert installed(*index, "--plugin", plugin, two, cwd=folder).returncode == 0
    assert installed("search", "--db", "f.db", "--count", "ferry",
                     cwd=folder).stdout == "2\n"


def test_a_database_without_filters_stays_so(build, installed, folder):
    installed("index", "--db", "p.db", "one.jsonl", cwd=folder)
    done = installed("index", "--db", "p.db", "--plugin", build("synonyms"),
                     "--filter", "synonyms=words.txt", "one.jsonl", cwd=folder)
    assert done.returncode == 2
    assert "p.db: its articles went through no filter" in done.stderr


def test_analyze_shows_what_a_filter_adds(build, installed, folder):
    done = installed("analyze", "--plugin", build("synonyms"), "--filter",
                     "synonyms=words.txt", "--format", "json", "Ferries",
                     "ferry", cwd=folder)
    tokens = [(t["position"], t["start"], t["end"], t["kind"], t["term"])
              for t in done.json["tokens"] if t["position"] == 2]
    assert sorted(tokens) == sorted([
        (2, 8, 13, "base", "ferry"), (2, 8, 13, "stem", "ferri"),
        (2, 8, 13, "filter", "boat"), (2, 8, 13, "stem", "boat"),
        (2, 8, 13, "filter", "ship"), (2, 8, 13, "stem", "ship")])


def test_filters_see_what_those_before_them_added(build, installed, folder):
    (folder / "more.txt").write_text("ship vessel\n")
    done = installed(
        "analyze", "--plugin", build("synonyms"), "--filter",
        "synonyms=words.txt", "--filter", "synonyms=more.txt", "--language",
        "none", "--format", "json", "boat", cwd=folder)
    assert [t["term"] for t in done.json["tokens"]] == [
        "boat", "ferry", "ship", "vessel"]


@pytest.mark.parametrize("definition,said", [
    ("OLD", "a filter for version 99 of the interface"),
    ("NAMELESS", "a filter's name must be lower-case letters"),
    ("TWICE", "there is a filter named broken already"),
    ("NO_INIT", "no plugin of byline: it has no function byline_plugin_init"),
])
def test_a_wrong_plugin_is_refused(build, installed, definition, said):
    path = build("broken", definition)
    done = installed("analyze", "--plugin", path, "word")
    assert done.returncode == 2 and done.stdout == ""
    assert f"{path}: " in done.stderr and said in done.stderr


@pytest.mark.parametrize("definition,said", [
    ("MOVES", "filter broken: 'added' is not where the token is"),
    ("BEFORE", "filter broken: 'added' is not where the token is"),
    ("CAPITAL", "filter broken: 'Added' is no word"),
    ("SPACES", "filter broken: 'two words' is no word"),
    ("BYTES", "filter broken: a term is not UTF-8"),
    ("EMPTY", "filter broken: '' is no word"),
    ("FAILS", "filter broken: out of ideas"),
])
def test_a_wrong_filter_stops_with_its_name(build, installed, folder,
                                            definition, said):
    plugin = build("broken", definition)
    done = installed("analyze", "--plugin", plugin, "--filter", "broken", "word")
    assert done.returncode == 2 and said in done.stderr
    done = installed("index", "--db", "b.db", "--plugin", plugin, "--filter",
                     "broken", "one.jsonl", cwd=folder)
    assert done.returncode == 2 and said in done.stderr


def test_a_filter_that_refuses_its_arguments(build, installed, folder):
    done = installed("index", "--db", "b.db", "--plugin", build("broken"),
                     "--filter", "broken=no", "one.jsonl", cwd=folder)
    assert done.returncode == 2
    assert "filter broken: I was told not to" in done.stderr
    assert not (folder / "b.db").exists()


@pytest.mark.parametrize("name,said", [
    ("missing.so", "missing.so: cannot be loaded: "),
    ("words.txt", "words.txt: cannot be loaded: "),
])
def test_what_is_no_shared_object(installed, folder, name, said):
    done = installed("read", "--plugin", name, "one.jsonl", cwd=folder)
    assert done.returncode == 2 and said in done.stderr


def test_a_filter_that_nobody_knows(installed, folder):
    done = installed("index", "--db", "b.db", "--filter", "nobody", "one.jsonl",
                     cwd=folder)
    assert done.returncode == 2
    assert "no filter is named 'nobody'; load the plugin that has it" in (
        done.stderr)
    assert not (folder / "b.db").exists()


def test_filters_are_not_for_queries(build, installed, folder):
    done = installed("analyze", "--plugin", build("synonyms"), "--filter",
                     "synonyms=words.txt", "--query", "ferry", cwd=folder)
    assert done.returncode == 2 and "filters are not for queries" in done.stderr
