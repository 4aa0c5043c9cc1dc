"""What the README shows is what happens."""
import os
import re
import subprocess

import pytest

from conftest import BUILD, BYLINE, DIGESTS, SOURCE

README = (SOURCE / "README.md").read_text(encoding="utf-8")


def blocks(kind):
    return re.findall(rf"^```{kind}\n(.*?)^```$", README, flags=re.M | re.S)


def test_the_tour_prints_what_it_says(byline, tmp_path):
    env = {**os.environ, "BYLINE_DB": str(tmp_path / "db"),
           "PATH": f"{BYLINE.parent.resolve()}:{os.environ['PATH']}"}
    tour = "".join(blocks("console"))
    steps = re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", tour, flags=re.M)
    assert len(steps) > 5
    for command, output in steps:
        done = subprocess.run(
            ["bash", "-c", command], cwd=SOURCE, env=env, timeout=60,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8")
        assert done.stdout == output, command


def test_the_c_program_builds_and_searches(tmp_path):
    (source,) = blocks("c")
    path = tmp_path / "example.c"
    path.write_text(source, encoding="utf-8")
    sanitize = ["-fsanitize=address,undefined"] if "asan" in BUILD.name else []
    library = BUILD.resolve() / "plugin"
    program = tmp_path / "example"
    subprocess.run(
        ["gcc", "-std=c11", "-Wall", "-Wextra", "-Wpedantic", "-Werror",
         *sanitize, f"-I{SOURCE}/plugin/include", path, "-o", program,
         f"-L{library}", "-lbyline", f"-Wl,-rpath,{library}"], check=True)
    done = subprocess.run(
        [program, tmp_path / "db", DIGESTS / "1998-harbour.txt",
         "title:herring"], capture_output=True, encoding="utf-8", timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "1. Where have all the herring gone?\n"
    wrong = subprocess.run([program, tmp_path / "db", DIGESTS, "strike AND"],
                           capture_output=True, encoding="utf-8", timeout=60)
    assert wrong.returncode == 1 and "AND" in wrong.stderr


@pytest.mark.parametrize("name", ["fixtures/quickstart", "tests/run",
                                  "tests/fuzz/run", "tests/bench/read",
                                  "tests/bench/search", "tests/bench/rank",
                                  "tests/bench/omega",
                                  "fixtures/screenshots/make"])
def test_the_commands_it_names_are_there(name):
    assert name in README
    assert os.access(SOURCE / name, os.X_OK)


def test_it_names_every_preset_and_folder():
    presets = re.findall(r'"name": "(\w+)"', (
        SOURCE / "CMakePresets.json").read_text())
    assert presets
    for preset in set(presets) - {"base"}:
        assert re.search(rf"`{preset}`|--preset {preset}", README), preset
    for folder in (SOURCE / "plugin").iterdir():
        if folder.is_dir() and list(folder.rglob("*.[ch]")):
            assert re.search(rf"^  {folder.name}/ ", README, flags=re.M)


def test_the_release_is_in_the_changelog():
    release = re.search(r"VERSION ([\d.]+) LANGUAGES", (
        SOURCE / "CMakeLists.txt").read_text()).group(1)
    assert release in (SOURCE / "CHANGELOG.md").read_text(encoding="utf-8")
