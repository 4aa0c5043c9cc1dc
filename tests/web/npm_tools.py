"""axe-core and the Nu Html Checker, from npm into build/npm: once, and only
these two."""
import functools
import shutil
import subprocess

import pytest

from conftest import BUILD

FOLDER = BUILD.parent / "npm"
PACKAGES = {"axe-core": "axe.min.js", "vnu-jar": "build/dist/vnu.jar"}


@functools.cache
def install():
    """Why it failed, or None."""
    if all((FOLDER / "node_modules" / name / path).exists()
           for name, path in PACKAGES.items()):
        return None
    if not shutil.which("npm"):
        return "no npm"
    FOLDER.mkdir(parents=True, exist_ok=True)
    try:
        done = subprocess.run(
            ["npm", "install", "--prefix", str(FOLDER), "--no-audit",
             "--no-fund", "--ignore-scripts", "axe-core@4", "vnu-jar@26"],
            capture_output=True, text=True, timeout=120)
    except subprocess.TimeoutExpired:
        return "npm took too long"
    return None if done.returncode == 0 else f"npm: {done.stderr[-200:]}"


def tool(name):
    """The path of the file; skips where it can't be had."""
    why = install()
    path = FOLDER / "node_modules" / name / PACKAGES[name]
    if why or not path.exists():
        pytest.skip(f"no {name} ({why or 'not in the package'})")
    return path
