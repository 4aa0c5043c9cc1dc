"""Reading needs no network and writes nothing; indexing writes into its
database and nowhere else. A filter of the kernel's ends the program at the
first call that is not allowed."""
import ctypes
import os
import platform
import signal
import struct
import subprocess

import pytest

from conftest import BYLINE
from hostile import write_archive

# open, creat, mkdir, unlink, rename, link, symlink, truncate, chmod and their
# kin, by number
CALLS = {
    "x86_64": {"socket": [41], "openat": 257, "open": 2,
               "change": [85, 83, 258, 84, 87, 263, 82, 264, 316, 86, 265, 88,
                          266, 76, 90, 268, 133, 259]},
    "aarch64": {"socket": [198], "openat": 56, "open": None,
                "change": [34, 35, 38, 276, 37, 36, 45, 53, 33]},
}.get(platform.machine())

pytestmark = pytest.mark.skipif(
    not CALLS, reason="the numbers of calls of this machine are not known")

KILL, ALLOW = 0x80000000, 0x7fff0000
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
LOAD, EQUAL, ANY, RETURN = 0x20, 0x15, 0x45, 0x06


def instruction(code, value, yes=0, no=0):
    return struct.pack("HBBI", code, yes, no, value)


def filter_of(calls, writing):
    """Kills at one of these calls, and at an open for writing."""
    load = instruction(LOAD, 0)
    program = load
    for number in calls:
        program += instruction(EQUAL, number, 0, 1) + \
            instruction(RETURN, KILL)
    for number, place in ([] if writing else
                          [(CALLS["openat"], 2), (CALLS["open"], 1)]):
        if number is not None:
            program += instruction(EQUAL, number, 0, 4) + \
                instruction(LOAD, 16 + 8 * place) + \
                instruction(ANY, WRITING, 0, 1) + \
                instruction(RETURN, KILL) + instruction(RETURN, ALLOW)
    return program + instruction(RETURN, ALLOW)


def confine(program):
    libc = ctypes.CDLL(None, use_errno=True)
    code = ctypes.create_string_buffer(program, len(program))

    class Program(ctypes.Structure):
        _fields_ = [("length", ctypes.c_ushort), ("code", ctypes.c_void_p)]
    whole = Program(len(program) // 8, ctypes.addressof(code))

    def apply():
        if libc.prctl(38, 1, 0, 0, 0) or \
                libc.prctl(22, 2, ctypes.byref(whole), 0, 0):
            os._exit(77)
    apply.code = code  # which whole only points to
    return apply


def run(words, calls, writing, **more):
    done = subprocess.run(words, capture_output=True, check=False,
                          preexec_fn=confine(filter_of(calls, writing)),
                          **more)
    if done.returncode == 77:
        pytest.skip("the kernel takes no filter of calls")
    return done


SOME = ["outside.rss", "laughs.rss", "same.tar", "inner.zip", "data.html",
        "messages.eml", "anchors.md", "tiny.txt"]


@pytest.fixture(scope="module")
def archives(tmp_path_factory):
    folder = tmp_path_factory.mktemp("archives")
    for name in SOME:
        write_archive(folder, name)
    (folder / "linked.html").write_text(
        "<html><head><title>Ferry</title><base href='http://127.0.0.1:9/'>"
        "<link rel=stylesheet href='http://127.0.0.1:9/a.css'></head><body>"
        "<img src='http://127.0.0.1:9/a.png'><p>The ferry sails again today, "
        "said the harbour master, and all were glad.</p></body></html>")
    return folder


def test_the_filter_ends_what_is_not_allowed(tmp_path):
    forbidden = CALLS["socket"] + CALLS["change"]
    for code in ("import socket; socket.socket()",
                 f"open({str(tmp_path / 'x')!r}, 'w')",
                 f"import os; os.mkdir({str(tmp_path / 'y')!r})"):
        done = run(["/usr/bin/python3", "-B", "-c", code], forbidden, False)
        assert done.returncode == -signal.SIGSYS, code
    assert list(tmp_path.iterdir()) == []


def test_reading_has_no_network_and_writes_nothing(archives):
    done = run([BYLINE, "read", archives], CALLS["socket"] + CALLS["change"],
               False)
    assert done.returncode in (0, 2), done.stderr
    assert b"Ferry" in done.stdout and b"root:" not in done.stdout


def listing(folder):
    return {str(path.relative_to(folder)): path.stat().st_mtime_ns
            for path in folder.rglob("*") if not path.is_dir()}


@pytest.mark.parametrize("again", [False, True], ids=["new", "existing"])
def test_indexing_writes_into_its_database_alone(archives, tmp_path, again):
    for name in "home", "tmp", "cwd", "place":
        (tmp_path / name).mkdir()
    env = dict(os.environ, HOME=str(tmp_path / "home"),
               TMPDIR=str(tmp_path / "tmp"))
    words = [BYLINE, "index", "--db", tmp_path / "place" / "db", archives]
    before = listing(archives)
    for _ in range(1 + again):
        done = run(words, CALLS["socket"], True, env=env,
                   cwd=tmp_path / "cwd")
        assert done.returncode in (0, 2), done.stderr
        (archives / "more.jsonl").write_text(
            '{"title":"More","text":"ferry"}\n' if again else "")
    (archives / "more.jsonl").unlink()
    assert listing(archives) == before
    assert [p.name for p in (tmp_path / "place").iterdir()] == ["db"]
    for name in "home", "tmp", "cwd":
        assert list((tmp_path / name).iterdir()) == []
    assert not os.path.exists("/etc/x.txt")
