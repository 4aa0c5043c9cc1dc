"""Completion: byline complete, and the scripts for the shells that ask it."""
import json
import os
import re
import shutil
import subprocess

import pytest

from archive import article, digest, refused, write
from conftest import BYLINE, SOURCE
from test_help import COMMANDS, OPTION

SCRIPTS = SOURCE / "plugin/completion"
NAMES = ["Søren Vagnbak", "Sofía Reyes-Ortiz", "SOREN HALE", "Ada Marlow",
         "Adá Keel", "Jean-Paul O’Neil", "山田花子"]


@pytest.fixture(scope="module")
def db(byline, tmp_path_factory):
    folder = tmp_path_factory.mktemp("complete")
    rows = [{"id": f"a{n}", "title": f"Kelp {n}", "authors": [name],
             "language": "en" if n % 2 else "sv", "date": "2020-01-01",
             "text": "Kelp drifts ashore."} for n, name in enumerate(NAMES)]
    write(folder / "a.jsonl", "".join(json.dumps(r) + "\n" for r in rows))
    done = byline("index", "--db", folder / "db", folder / "a.jsonl")
    assert done.returncode == 0, done.stderr
    return folder / "db"


def complete(byline, *words, **more):
    done = byline("complete", "--", *words, **more)
    assert done.stderr == ""
    found = [line.split("\t")[0] for line in done.stdout.splitlines()]
    assert done.returncode == (0 if found else 1)
    return found


# ---- What may follow -------------------------------------------------------

def test_commands_are_completed(byline):
    assert complete(byline, "") == COMMANDS + ["help"]
    assert complete(byline, "co") == ["compact", "complete"]
    assert complete(byline, "help", "co") == ["compact", "complete"]
    assert complete(byline, "help", "") == COMMANDS
    assert complete(byline, "--v") == ["--version"]
    assert complete(byline, "serach", "") == []
    lines = byline("complete", "--", "sea").stdout
    assert lines == "search\tfinds articles, the best first\n"


@pytest.mark.parametrize("command", COMMANDS)
def test_options_are_those_of_help(byline, command):
    text = byline("help", command).stdout
    wanted = [f"--{name}" for name, _ in OPTION.findall(text)]
    assert complete(byline, command, "--") == wanted
    assert complete(byline, command, "-") == wanted
    for line in byline("complete", "--", command, "--").stdout.splitlines():
        name, summary = line.split("\t")
        assert 3 < len(summary) < 64 and summary.split()[0].strip(",") in text
        assert not re.search(r"[\s,(]$|  ", summary), name


def choices_of(message):
    """Those that an error lists: "--sort is a, b or c, not 'x'"."""
    listed = re.search(r"--[\w-]+ (?:is|takes) (.*), not '", message).group(1)
    return re.split(r", (?:or )?| or | and ",
                    re.sub(r"\b(?:of )?a ", "", listed))


@pytest.mark.parametrize("command, option", [
    ("search", "format"), ("show", "format"), ("info", "format"),
    ("analyze", "format"), ("similar", "format"), ("search", "sort"), ("search", "color"),
    ("show", "color"), ("search", "facet"), ("search", "timeline")])
def test_values_are_those_that_the_command_takes(byline, command, option):
    message = refused(byline(command, f"--{option}=nonsense", "x"))
    values = [value.split("=")[1] for value in
              complete(byline, command, f"--{option}=")]
    assert values == choices_of(message) and len(values) > 1
    for value in values:
        assert f"--{option}={value}" in complete(byline, command,
                                                 f"--{option}={value}")


@pytest.mark.parametrize("command", COMMANDS)
def test_every_choice_is_completed(byline, command):
    """By what help calls the values; others are anything, or a database's."""
    for name, value in OPTION.findall(byline("help", command).stdout):
        found = complete(byline, command, f"--{name}", "")
        if value.strip() in ("FILE", "DB"):
            assert found == [":files"], name
        elif value.strip() in ("FORMAT", "ORDER", "WHEN", "SCHEME", "PERIOD"):
            assert len(found) > 1, name


@pytest.mark.parametrize("command", ["index", "read"])
def test_values_of_reading_are_those_that_it_takes(byline, tmp_path, command):
    path = write(tmp_path / "a.txt", "Some text.\n")
    database = ["--db", tmp_path / "db"] if command == "index" else []
    def message(option):
        return byline(command, *database, option, "nonsense", path).stderr
    formats = complete(byline, command, "--format", "")
    assert formats[0] == "auto" and "digest" in formats
    listed = message("--format").split("formats are ")[1]
    assert formats == re.findall(r"\w+", listed)
    for order in complete(byline, command, "--date-order", ""):
        assert order in message("--date-order")


def test_similar_has_the_values_of_search(byline, db):
    for option in ("color", "weight", "facet", "sort"):
        values = complete(byline, "search", f"--{option}", "")
        assert values and complete(byline, "similar", f"--{option}",
                                   "") == values
    assert complete(byline, "similar", "--db", db, "--author", "marl") == [
        "Ada Marlow"]


def test_every_weight_is_taken(byline, db):
    for weight in complete(byline, "search", "--weight", ""):
        done = byline("search", "--db", db, "--weight", weight, "kelp")
        assert (done.returncode, done.stdout.count("id ")) == (0, len(NAMES))


def test_a_list_is_completed_behind_its_comma(byline):
    assert complete(byline, "search", "--facet", "year,mo") == ["year,month"]
    assert complete(byline, "search", "--facet=year,a") == [
        "--facet=year,author"]


def test_a_file_is_left_to_the_shell(byline):
    for words in (["index", ""], ["read", "x"], ["search", "--queries", ""],
                  ["search", "--db", "x"], ["index", "--layout=x"],
                  ["index", "--", "-x"], ["compact", ""]):
        assert complete(byline, *words) == [":files"]


def test_nothing_follows_where_anything_may(byline):
    for words in (["search", ""], ["search", "--since", ""],
                  ["search", "--", "--s"], ["search", "--limit=", ],
                  ["search", "--any=x"], ["search", "--nonsense", ""],
                  ["search", "--nonsense=x"], ["analyze", "x"]):
        assert complete(byline, *words) == []


def test_an_option_without_a_value_takes_none(byline):
    assert "--sort" in complete(byline, "search", "--any", "--so")
    assert complete(byline, "search", "--sort", "--so") == []
    assert complete(byline, "search", "--sort=date", "--so") == [
        "--source", "--sort"]


def test_its_own_command_line_is_checked(byline):
    refused(byline("complete"), "byline help complete")
    refused(byline("complete", "--limit", "x", "--", "s"), "--limit")


# ---- Authors and other values of a database --------------------------------

@pytest.mark.parametrize("begun, names", [
    ("sør", ["SOREN HALE", "Søren Vagnbak"]),
    ("sor", ["SOREN HALE", "Søren Vagnbak"]), ("SOFÍA", ["Sofía Reyes-Ortiz"]),
    ("ada", ["Adá Keel", "Ada Marlow"]), ("ada m", ["Ada Marlow"]),
    ("Ada  M", ["Ada Marlow"]), ("jean paul o'n", ["Jean-Paul O’Neil"]),
    ("山", ["山田花子"]), ("nobody", []),
    ("vagn", ["Søren Vagnbak"]), ("ortiz", ["Sofía Reyes-Ortiz"]),
    ("agn", [])])
def test_authors_are_completed(byline, db, begun, names):
    found = complete(byline, "search", "--db", db, "--author", begun)
    assert sorted(name.lower() for name in found) == sorted(
        name.lower() for name in names)
    assert complete(byline, "search", f"--db={db}", f"--author={begun}") == [
        f"--author={name}" for name in found]
    for name in found:
        assert byline("search", "--db", db, "--author", name,
                      "--count").stdout != "0\n"


def test_all_authors_are_given_in_order(byline, db):
    found = complete(byline, "search", "--db", db, "--author", "")
    assert len(found) == len(NAMES)
    assert found == complete(byline, "search", "--author", "",
                             env={"BYLINE_DB": str(db)})
    done = byline("complete", "--limit", "2", "--", "search", "--db", db,
                  "--author", "")
    assert done.stdout.splitlines() == found[:2]
    done = byline("complete", "--limit", "0", "--", "search", "--db", db,
                  "--author", "")
    assert done.stdout.splitlines() == found


def test_several_databases_have_an_author_once(byline, db, tmp_path):
    path = write(tmp_path / "a.txt", digest("2020-01-01", *(
        article(f"A title of {n}", name, "Some text that is long enough.")
        for n, name in enumerate(["Soren Vagnbak", "Solveig Aas"]))))
    assert byline("index", "--db", tmp_path / "b", path).returncode == 0
    found = complete(byline, "search", "--db", db, "--db", tmp_path / "b",
                     "--author", "so")
    assert [name.lower() for name in found] == [
        "sofía reyes-ortiz", "solveig aas", "soren hale", "søren vagnbak"]


def test_an_author_who_has_gone_is_not_offered(byline, tmp_path):
    path = tmp_path / "in" / "a.txt"
    two = [article(f"A title of {n}", f"{n} Marlow", "Some text that is long.")
           for n in ("Ada", "Bea")]
    write(path, digest("2020-01-01", *two))
    byline("index", "--db", tmp_path / "db", path)
    write(path, digest("2020-01-01", two[0]))
    byline("index", "--db", tmp_path / "db", path)
    assert complete(byline, "search", "--db", tmp_path / "db", "--author",
                    "") == ["Ada Marlow"]


def test_languages_and_sources_are_completed(byline, db):
    assert complete(byline, "search", "--db", db, "--language", "") == [
        "en", "sv"]
    assert complete(byline, "search", "--db", db, "--source", "/") == [
        str(db.parent / "a.jsonl")]
    assert complete(byline, "index", "--db", db, "--language", "") == []


def test_what_would_harm_a_terminal_is_not_offered(byline, tmp_path):
    rows = [{"title": f"T{n}", "authors": [name], "text": "Some text."}
            for n, name in enumerate(["Mal\u202elory", "Mallory Fine"])]
    path = write(tmp_path / "a.jsonl",
                 "".join(json.dumps(row) + "\n" for row in rows))
    byline("index", "--db", tmp_path / "db", path)
    assert complete(byline, "search", "--db", tmp_path / "db", "--author",
                    "mal") == ["Mallory Fine"]


def test_without_a_database_there_is_silence(byline, tmp_path):
    for db in (tmp_path / "none", SOURCE / "README.md"):
        assert complete(byline, "search", "--db", db, "--author", "a") == []


# ---- The shells ------------------------------------------------------------

def shell(name, script, *arguments):
    if not shutil.which(name):
        pytest.skip(f"{name} is not installed")
    done = subprocess.run(
        [*([name, "--norc"] if name == "bash" else [name]), "-c", script,
         *map(str, arguments)], capture_output=True, encoding="utf-8",
        env={**os.environ, "LC_ALL": "C.UTF-8", "HOME": "/nonexistent",
             "PATH": f"{BYLINE.parent}:{os.environ['PATH']}"}, timeout=60)
    return done.stdout.splitlines(), done.stderr


BASH = """
[[ $1 ]] && source "$1"
source "$2"; shift 2
COMP_WORDS=(byline "$@") COMP_CWORD=$# COMP_LINE="byline $*"
COMP_LINE=${COMP_LINE// = /=}
COMP_POINT=${#COMP_LINE} COMP_TYPE=9 COMP_KEY=9
_byline 2>/dev/null
printf '%s\\n' "${COMPREPLY[@]}"
"""
BASH_COMPLETION = "/usr/share/bash-completion/bash_completion"


def bash(*words, library=""):
    if library and not os.path.exists(library):
        pytest.skip("bash-completion is not installed")
    found, errors = shell("bash", BASH, "bash", library,
                          SCRIPTS / "byline.bash", *words)
    assert errors == ""
    return [line for line in found if line.strip()]


@pytest.mark.parametrize("library", ["", BASH_COMPLETION])
def test_bash(byline, db, tmp_path, library):
    assert bash("sea", library=library) == ["search"]
    assert bash("search", "--so", library=library) == ["--source", "--sort"]
    assert bash("search", "--sort", "d", library=library) == ["date"]
    assert bash("search", "--db", db, "--author", "ada",
                library=library) == complete(byline, "search", "--db", db,
                                             "--author", "ada")
    for typed in ('"ada m', "'ada m", "ada\\ m", "marl"):
        assert bash("search", "--db", db, "--author", typed,
                    library=library) == ["Ada Marlow"]
    write(tmp_path / "some file.txt", "x")
    assert bash("index", tmp_path / "so", library=library) == [
        str(tmp_path / "some file.txt")]


@pytest.mark.parametrize("library", ["", BASH_COMPLETION])
def test_bash_parts_words_at_equals_signs(db, library):
    """As readline gives them: --sort = d."""
    def run(*words):
        return bash(*words, library=library)
    assert run("search", "--sort", "=", "d") == ["date"]
    assert run("search", "--db", "=", db, "--author", "=", "marl") == [
        "Ada Marlow"]


ZSH = """
source=$1; shift
compadd() { while [[ $1 != -- ]]; do shift; done; shift; print -rl -- "$@" }
compset() { true }
_files() { print FILES }
complete_it() { source $source }
words=(byline "$@") CURRENT=$(( $# + 1 )) PREFIX=${@[-1]}
complete_it
"""


def test_zsh(byline, db):
    def zsh(*words):
        found, errors = shell("zsh", ZSH, "zsh", SCRIPTS / "_byline", *words)
        assert errors == ""
        return found
    assert zsh("sea") == ["search"]
    assert zsh("search", "--so") == ["--source", "--sort"]
    assert zsh("search", "--sort=d") == ["--sort=date"]
    for typed in ("'ada m", "ada\\ m", "marl"):
        assert zsh("search", "--db", db, "--author", typed) == ["Ada Marlow"]
    assert zsh("index", "x") == ["FILES"]
    assert zsh("search", "x") == []


def test_fish(byline, db, tmp_path):
    def fish(line):
        found, errors = shell(
            "fish", f"source {SCRIPTS}/byline.fish; complete -C '{line}'")
        assert errors == ""
        return found
    assert fish("byline sea") == ["search\tfinds articles, the best first"]
    assert {line.split("\t")[0] for line in fish("byline search --so")} == {
        "--source", "--sort"}
    assert fish("byline search --sort=d") == ["--sort=date"]
    for typed in ("ada m", "marl"):
        assert fish(f"byline search --db {db} --author \"{typed}") == [
            "Ada Marlow"]
    write(tmp_path / "file.txt", "x")
    assert fish(f"byline index {tmp_path}/fi") == [f"{tmp_path}/file.txt"]
