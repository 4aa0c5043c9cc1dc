"""The pager that longer output goes through on a terminal."""
import os
import shutil
import stat

import pytest

from terminal import on_terminal, squeezed, without_colour


@pytest.fixture
def pager(tmp_path):
    """A program that writes down how it was started, and passes its input."""
    path = tmp_path / "my-pager"
    path.write_text(f'#!/bin/sh\necho "LESS=$LESS" >{tmp_path}/started\n'
                    f'echo "<$*>"\ncat\necho "</>"\n')
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


def run(fixture_db, *arguments, stream="stdout", **env):
    return on_terminal(*arguments, "--db", fixture_db, stream=stream, env=env)


def test_search_and_show_go_through_the_pager(byline, fixture_db, pager):
    ident = byline("search", "--db", fixture_db, "--format", "ids",
                   "--limit", 1, "ferry").stdout.strip()
    for arguments in (["search", "ferry"], ["show", ident],
                      ["search", "--format", "tsv", "ferry"]):
        _, direct = run(fixture_db, *arguments)
        status, paged = run(fixture_db, *arguments, PAGER=str(pager))
        assert (status, paged) == (0, f"<>\n{direct}</>\n")
        assert ident in without_colour(paged)


def test_the_pager_is_named_as_by_git(fixture_db, pager):
    def through(**env):
        return run(fixture_db, "search", "ferry", **env)[1]
    assert through(BYLINE_PAGER=str(pager), PAGER="false").startswith("<>\n")
    assert through(BYLINE_PAGER=f"{pager} 'a  b' c").startswith("<a  b c>\n")
    for none in ("", "cat"):
        assert through(BYLINE_PAGER=none, PAGER=str(pager)).startswith("1. ")
    assert through(PAGER="").startswith("1. ")


def test_less_gets_its_options_unless_it_has_some(fixture_db, pager, tmp_path):
    os.environ.pop("LESS", None)
    run(fixture_db, "search", "ferry", PAGER=str(pager))
    assert (tmp_path / "started").read_text() == "LESS=FRX\n"
    run(fixture_db, "search", "ferry", PAGER=str(pager), LESS="S")
    assert (tmp_path / "started").read_text() == "LESS=S\n"


@pytest.mark.parametrize("arguments, env", [
    (["search", "--no-pager", "ferry"], {}),
    (["search", "--count", "ferry"], {}), (["info"], {}),
    (["search", "zeppelin"], {}), (["search", "ferry"], {"TERM": "dumb"})])
def test_no_pager_is_started(fixture_db, pager, tmp_path, arguments, env):
    run(fixture_db, *arguments, PAGER=str(pager), **env)
    assert not (tmp_path / "started").exists()


def test_a_pipe_has_no_pager(byline, fixture_db, pager, tmp_path):
    byline("search", "--db", fixture_db, "ferry",
           env={"PAGER": str(pager), "TERM": "xterm"})
    run(fixture_db, "search", "ferry", stream="stderr", PAGER=str(pager))
    assert not (tmp_path / "started").exists()


@pytest.mark.parametrize("program", ["true", "head -1", "false", "exit 7"])
@pytest.mark.parametrize("form", ["text", "json", "tsv"])
def test_a_pager_that_quits_changes_no_status(fixture_db, program, form):
    status, text = run(fixture_db, "search", "--any", "--limit", "60",
                       "--snippets", "9", "--format", form,
                       "the a of in to ferry harbour", PAGER=program)
    assert status == 0
    assert len(text.splitlines()) == (program == "head -1")


def test_without_the_pager_there_is_the_output(fixture_db):
    _, direct = run(fixture_db, "search", "ferry")
    status, text = run(fixture_db, "search", "ferry", PAGER="no-such-pager")
    assert (status, text) == (0, direct)
    status, message = run(fixture_db, "search", "ferry", PAGER="/",
                          stream="stderr")
    assert status == 0


def test_messages_are_in_the_pager_too(fixture_db, pager):
    """Else they would stand anywhere on its screen."""
    status, text = on_terminal("search", "--db", fixture_db, "--limit", 1,
                               "ferry", stream="both",
                               env={"PAGER": str(pager)})
    assert status == 0
    assert text.startswith("<>\n") and text.endswith(" found, 1 shown\n</>\n")


def test_less_itself_lets_short_output_through(byline, fixture_db):
    if not shutil.which("less"):
        pytest.skip("less is not installed")
    plain = byline("search", "--db", fixture_db, "--limit", 1, "herring")
    status, text = on_terminal("search", "--db", fixture_db, "--limit", 1,
                               "herring", columns=100, env={"PAGER": "less"})
    assert status == 0
    assert squeezed(plain.stdout) in squeezed(without_colour(text))
