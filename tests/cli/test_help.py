"""Usage: help, versions, errors on the command line, and the man pages."""
import re
import shutil
import subprocess

import pytest
import xapian

from archive import refused
from conftest import SOURCE

COMMANDS = ["index", "search", "show", "similar", "info", "read", "analyze",
            "export", "compact", "check", "synonyms", "web", "complete"]
MAN = SOURCE / "plugin/man"
PAGES = sorted(MAN.iterdir())


def test_help_lists_every_command(byline):
    done = byline("help")
    assert (done.returncode, done.stderr) == (0, "")
    listed = re.findall(r"^  (\w+) +\w", done.stdout, flags=re.M)
    assert listed == COMMANDS
    for option in ("--help", "-h"):
        assert byline(option).stdout == done.stdout


def test_no_command_at_all_is_an_error(byline):
    done = byline()
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == byline("help").stdout


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(byline, command):
    done = byline("help", command)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"usage: byline {command} ")
    assert "Exit status:" in done.stdout
    for arguments in (["--help"], ["-h"], ["an argument", "--help"]):
        same = byline(command, *arguments)
        assert (same.returncode, same.stdout, same.stderr) == (
            0, done.stdout, "")
    assert max(map(len, done.stdout.splitlines())) < 80


def test_version_names_what_it_is_made_of(byline):
    done = byline("--version")
    assert done.returncode == 0
    project = (SOURCE / "CMakeLists.txt").read_text()
    release = re.search(r"VERSION ([\d.]+) LANGUAGES", project).group(1)
    assert re.fullmatch(
        rf"byline {re.escape(release)} \(Xapian "
        rf"{re.escape(xapian.version_string())}, ICU [\d.]+, schema \d+\)\n",
        done.stdout)


def test_unknown_commands_are_refused(byline):
    refused(byline("serach", "x"), "serach", "byline help")
    refused(byline("help", "serach"), "serach", "byline help")


@pytest.mark.parametrize("command", COMMANDS)
def test_unknown_options_are_named(byline, command):
    for option in ("--no-such-option", "-x"):
        refused(byline(command, option), option, f"byline help {command}")


@pytest.mark.parametrize("words,named", [
    (["-ferry"], "'-f'"), (["harbour", "-ferry"], "'-f'"),
    (["harbour", "-harbour"], "'-h'"), (["-éclair"], "'-?'")])
def test_a_word_with_a_dash_is_told_where_to_go(byline, words, named):
    message = refused(byline("search", *words), f"unknown option {named}",
                      "go behind --", "byline help search")
    assert "'harbour'" not in message


def test_what_may_be_several_options_is_none_of_them(byline):
    message = refused(byline("search", "--so", "date", "x"), "'--so'",
                      "--source", "--sort", "byline help search")
    assert "unknown" not in message and "--since" not in message
    refused(byline("search", "--s=3", "x"), "'--s'", "--snippets")
    refused(byline("search", "--soot=3"), "unknown option '--soot=3'")


@pytest.mark.parametrize("command", ["index", "search", "analyze"])
def test_an_empty_language_is_refused(byline, command):
    refused(byline(command, "--language", "", "x"), "--language is empty",
            f"byline help {command}")


OPTION = re.compile(r"^  --([\w-]+)( [A-Z]+)?", re.M)


@pytest.mark.parametrize("command", COMMANDS)
def test_missing_and_needless_values_are_named(byline, command):
    options = dict(OPTION.findall(byline("help", command).stdout))
    assert "help" in options
    for name, value in options.items():
        arguments = [f"--{name}"] if value else [f"--{name}=value"]
        refused(byline(command, *arguments), f"--{name}",
                f"byline help {command}")


@pytest.mark.parametrize("command", ["search", "show", "info", "analyze"])
def test_formats_are_checked(byline, command):
    refused(byline(command, "--format", "yaml", "x"), "--format", "yaml",
            f"byline help {command}")


@pytest.mark.parametrize("command", ["info", "export", "check"])
def test_arguments_too_many_are_named(byline, command):
    refused(byline(command, "surplus"), "surplus", f"byline help {command}")


@pytest.mark.parametrize("arguments", [["show"], ["show", "a", "b"],
                                       ["compact", "a", "b"]])
def test_the_number_of_arguments_is_checked(byline, arguments):
    refused(byline(*arguments), f"byline help {arguments[0]}")


def test_two_dashes_end_the_options(byline, fixture_db, tmp_path):
    assert byline("analyze", "--", "--help").stdout.endswith("\thelp\n")
    done = byline("search", "--db", fixture_db, "--count", "harbour", "--",
                  "-strike")
    without = byline("search", "--db", fixture_db, "--count",
                     "harbour NOT strike")
    assert done.stdout == without.stdout and int(done.stdout) > 0
    odd = tmp_path / "--db"
    odd.write_bytes((SOURCE / "fixtures/digests/2023-ferry.txt").read_bytes())
    assert len(byline("read", "--", "--db", cwd=tmp_path).rows) == 12


# ---- The man pages ---------------------------------------------------------

def page(name):
    return (MAN / name).read_text("utf-8")


@pytest.mark.parametrize("command", COMMANDS)
def test_a_man_page_has_the_options_of_help_and_no_others(byline, command):
    from_help = {(name, bool(value)) for name, value in
                 OPTION.findall(byline("help", command).stdout)}
    from_man = [(name, bool(value)) for name, value in re.findall(
        r"^\.It Fl -([\w-]+)( Ar \w+)?", page(f"byline-{command}.1"), re.M)]
    assert len(from_man) == len(set(from_man))
    assert set(from_man) == from_help


def test_the_overview_names_every_page():
    named = {f"{name}.{section}" for name, section in
             re.findall(r"^\.It Xr (\S+) (\d)", page("byline.1"), re.M)}
    assert named | {"byline.1"} == {path.name for path in PAGES}
    assert {f"byline-{command}.1" for command in COMMANDS} <= named


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_a_man_page_is_well_formed(path):
    text = path.read_text("utf-8")
    name, section = path.name.rsplit(".", 1)
    assert f".Dt {name.upper()} {section}\n" in text
    assert f".Sh NAME\n.Nm {name}\n.Nd " in text
    for other, number in re.findall(r"^\.(?:It )?Xr (byline\S*) (\d)", text,
                                    re.M):
        assert (MAN / f"{other}.{number}").exists(), other
    heads = re.findall(r"^\.Sh (.*)", text, re.M)
    assert set(re.findall(r"^\.Sx ([A-Z ]+?)(?: \W)?$", text, re.M)) <= set(heads)
    if not shutil.which("mandoc"):
        pytest.skip("mandoc is not installed")
    done = subprocess.run(["mandoc", "-T", "lint", "-W", "warning", path],
                          capture_output=True, encoding="utf-8")
    assert (done.returncode, done.stdout) == (0, "")


def test_the_man_pages_know_every_token_kind_and_slot():
    """What the sources make is told, under its name."""
    text = page("byline-database.5")
    types = (SOURCE / "plugin/include/byline/types.h").read_text()
    schema = (SOURCE / "plugin/index/schema.h").read_text()
    kinds = re.findall(r"BYLINE_TOKEN_(\w+)", types)
    assert len(kinds) > 10
    for kind in kinds:
        assert re.search(rf"^\.It (Li|Cm) {kind.lower()}$", text, flags=re.M)
    for prefix in re.findall(r'define PREFIX_\w+ "(\w+)"', schema):
        assert re.search(rf"^\.It Li {prefix}( |$)", text, flags=re.M), prefix
    for slot in re.findall(r"SLOT_\w+ = (\d+)", schema):
        assert re.search(rf"^\.It Li {slot}$", text, flags=re.M), slot
