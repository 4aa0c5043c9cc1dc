"""Reading is a shared object of its own, which only what reads has to load."""
import os
import shutil
import subprocess

import pytest

from conftest import BUILD, DIGESTS, Result

MAIL = ("From: Ida Holm <ida@example.org>\n"
        "Date: Tue, 3 Mar 2020 08:00:00 +0000\n"
        "Subject: The ferry\n\nIt left at noon.\n")
# What only readers of some format need.
READERS = ["reading.so", "libgmime-3", "libglib-2", "libxml2", "libarchive",
           "libcmark", "libyaml"]
STRANGER = """
#include <stdint.h>
struct { uint32_t version; const char *release; } table = {VERSION, RELEASE};
const void *byline_read_library(void) { return &table; }
"""


@pytest.fixture
def prefix(tmp_path):
    path = tmp_path / "usr"
    subprocess.run([shutil.which("cmake"), "--install", BUILD, "--prefix",
                    path], check=True, stdout=subprocess.DEVNULL)
    return path


@pytest.fixture
def installed(prefix, tmp_path):
    """The installed command, run in a folder with one mail."""
    (tmp_path / "one.eml").write_text(MAIL)

    def run(*args):
        done = subprocess.run(
            [prefix / "bin/byline", *map(str, args)], cwd=tmp_path,
            env={**os.environ, "LC_ALL": "C.UTF-8"}, timeout=120,
            capture_output=True, text=True)
        return Result(done.args, done.returncode, done.stdout, done.stderr)
    return run


def loaded(done):
    return [name for name in READERS if name in done.stderr]


def test_a_search_loads_nothing_that_only_readers_need(byline, fixture_db):
    watched = {"LD_DEBUG": "files"}
    for command in (["search", "harbour"], ["info"], ["show", "--help"]):
        done = byline(*command, env={**watched, "BYLINE_DB": str(fixture_db)})
        assert done.returncode == 0
        assert "libxapian" in done.stderr
        assert loaded(done) == []
    done = byline("read", next(DIGESTS.glob("*.txt")), env=watched)
    assert done.returncode == 0 and done.rows
    assert loaded(done) == READERS


def test_an_installed_command_finds_it(installed):
    done = installed("read", "one.eml")
    assert done.returncode == 0, done.stderr
    assert [row["title"] for row in done.rows] == ["The ferry"]


def test_without_it_only_reading_fails(prefix, installed, fixture_db, tmp_path):
    path = next(prefix.rglob("reading.so"))
    assert path.parent.name.startswith("byline-")
    path.rename(tmp_path / "elsewhere.so")
    for command in (["read", "one.eml"],
                    ["index", "--db", "new.db", "one.eml"],
                    ["index", "--db", "new.db", "--dry-run", "one.eml"]):
        done = installed(*command)
        assert done.returncode == 2, done.stderr
        assert (f"{path.parent.name}/{path.name}: cannot be loaded, and "
                "nothing can be read without it: cannot open") in done.stderr
        assert done.stdout == ""
    assert not (tmp_path / "new.db").exists()
    done = installed("search", "--db", fixture_db, "--format", "json", "harbour")
    assert done.returncode == 0 and done.json["hits"]


@pytest.mark.parametrize("version,release", [(1, "0.0.9"), (0, "0.1.0")])
def test_one_of_another_release_is_refused(prefix, installed, tmp_path, version,
                                           release):
    path = next(prefix.rglob("reading.so"))
    source = tmp_path / "stranger.c"
    source.write_text(STRANGER)
    subprocess.run(
        ["cc", "-shared", "-fPIC", f"-DVERSION={version}",
         f'-DRELEASE="{release}"', source, "-o", path], check=True)
    done = installed("read", "one.eml")
    assert done.returncode == 2
    assert f"{path.parent.name}/{path.name}: of another release" in done.stderr
