"""Databases behind a server: one that is slow, gone, or no server at all is a
clear error within --timeout. And any number of databases at once."""
import contextlib
import os
import signal
import socket
import subprocess
import threading
import time

import pytest

from archive import article, digest, refused

READING = {"search": ["harbour"], "info": [], "export": [],
           "show": ["0123456789abcdef"]}
MUCH = 30  # seconds; a test that takes so long has hung


def make(byline, path, count=1, year=2017):
    text = digest(f"14 November {year}", *[
        article(f"Harbour story {year} {n} told", "Ada Marlow",
                f"The harbour master counted {n} gulls.")
        for n in range(count)])
    assert byline("index", "--db", path, "-", input=text).returncode == 0
    return path


@pytest.fixture
def port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@contextlib.contextmanager
def server(port, *options):
    process = subprocess.Popen(
        ["xapian-tcpsrv", "--interface", "127.0.0.1", "--port", str(port),
         *map(str, options)], stdout=subprocess.PIPE, text=True,
        start_new_session=True)
    while "Listening" not in process.stdout.readline():
        assert process.poll() is None
    try:
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        process.stdout.close()


@contextlib.contextmanager
def listener(talk):
    """A server of our own: talk gets each connection."""
    with socket.create_server(("127.0.0.1", 0)) as one:
        held = []

        def accept():
            with contextlib.suppress(OSError):
                while True:
                    connection, _ = one.accept()
                    held.append(connection)
                    talk(connection)
        threading.Thread(target=accept, daemon=True).start()
        yield f"remote:127.0.0.1:{one.getsockname()[1]}"
        for connection in held:
            connection.close()


@pytest.mark.parametrize("command", READING)
def test_nobody_listens(byline, port, command):
    db = f"remote:127.0.0.1:{port}"
    refused(byline(command, "--db", db, *READING[command], timeout=MUCH), db,
            "Connection refused", "is the server running?")


@pytest.mark.parametrize("command", READING)
def test_a_server_that_never_answers(byline, command):
    with listener(lambda connection: None) as db:
        begun = time.monotonic()
        done = byline(command, "--db", db, "--timeout", "0.2",
                      *READING[command], timeout=MUCH)
        # Not the ten seconds that are usual.
        assert time.monotonic() - begun < 9
        refused(done, db, "try again later")


def test_a_server_of_something_else(byline):
    def talk(connection):
        with contextlib.suppress(OSError):
            connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
            connection.close()
    with listener(talk) as db:
        done = byline("search", "--db", db, "--timeout", 2, "harbour",
                      timeout=MUCH)
        refused(done, db)


def test_a_server_that_hangs_up(byline):
    with listener(lambda connection: connection.close()) as db:
        refused(byline("search", "--db", db, "harbour", timeout=MUCH), db)


def through(port, enough, hang_up, sizes=None):
    """Passes on what a server answers, up to so many bytes; then it is silent,
    as if the network were gone, or hangs up. sizes gets those of its
    answers."""
    def pass_on(source, target, most, sizes=None):
        with contextlib.suppress(OSError):
            while most > 0 and (data := source.recv(min(most, 4096))):
                if sizes is not None:
                    sizes.append(len(data))
                target.sendall(data)
                most -= len(data)
            if hang_up and most == 0:
                target.shutdown(socket.SHUT_RDWR)

    def talk(connection):
        real = socket.create_connection(("127.0.0.1", port))
        for ends in ((connection, real, 1 << 40),
                     (real, connection, enough, sizes)):
            threading.Thread(target=pass_on, args=ends, daemon=True).start()
    return talk


@pytest.mark.parametrize("command, arguments", [
    ("search", ["--limit", 500, "harbour"]), ("export", [])])
def test_a_server_that_is_gone_in_the_middle(byline, tmp_path, port, command,
                                             arguments):
    db = make(byline, tmp_path / "db", 500)
    with server(port, db) as process:
        for hang_up in (False, True):
            with listener(through(port, 30_000, hang_up)) as remote:
                done = byline(command, "--db", remote, "--timeout", "0.5",
                              *arguments, timeout=MUCH)
            assert done.returncode == 2
            assert len(done.stderr.splitlines()) == 1, done.stderr
            assert done.stderr.startswith(f"byline: {remote}: ")
            assert (done.stdout == "") == (command == "search")
        with listener(through(port, 1 << 40, False)) as remote:
            done = byline(command, "--db", remote, *arguments)
            assert done.returncode == 0, done.stderr
        # The server itself is killed.
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        refused(byline(command, "--db", f"remote:127.0.0.1:{port}", *arguments),
                "is the server running?")


def test_a_server_says_once_what_a_word_cut_short_stands_for(
        byline, tmp_path, port):
    """However many words less are looked for, one after the other."""
    text = digest("14 November 2017", article(
        "Numbers told", "Ada Marlow", " ".join(f"w{n}" for n in range(9000))))
    far, near = tmp_path / "far", make(byline, tmp_path / "near")
    assert byline("index", "--db", far, "-", input=text).returncode == 0
    answered = []
    with server(port, far):
        for query in "told w", "qqqa qqqb qqqc told w":
            sizes = []
            with listener(through(port, 1 << 40, False, sizes)) as remote:
                done = byline("search", "--db", near, "--db", remote,
                              "--prefix", "--format", "json", query)
            assert done.json["total"]["value"] == 1, done.stderr
            answered.append(sum(sizes))
    assert answered[1] < 2 * answered[0]


def test_a_slow_server_among_others(byline, tmp_path):
    db = make(byline, tmp_path / "db")
    with listener(lambda connection: None) as remote:
        refused(byline("search", "--db", db, "--db", remote, "--timeout",
                       "0.2", "harbour", timeout=MUCH), remote)


@pytest.mark.parametrize("value", ["0", "", "x", "-1", "1e9", "5s", "nan",
                                   "inf", "0x"])
@pytest.mark.parametrize("command", READING)
def test_a_timeout_is_a_number_of_seconds(byline, command, value):
    refused(byline(command, "--timeout", value, *READING[command]),
            "--timeout takes seconds")


# ---- Any number ------------------------------------------------------------

def named(*paths):
    return [word for path in paths for word in ("--db", path)]


def test_a_hundred_databases(byline, tmp_path):
    first = make(byline, tmp_path / "db0")
    paths = [first] + [make(byline, tmp_path / f"db{n}", 1, 1900 + n)
                       for n in range(1, 100)]
    done = byline("search", *named(*paths), "--count", "harbour")
    assert (done.returncode, done.stdout) == (0, "100\n")
    assert len(byline("export", *named(*paths)).rows) == 100
    assert byline("info", "--format", "json",
                  *named(*paths)).json["articles"] == 100
    ident = byline("export", "--db", paths[77]).rows[0]["id"]
    assert byline("show", "--format", "json", *named(*paths),
                  ident).json["id"] == ident
    done = byline("compact", *named(*paths), tmp_path / "all")
    assert done.returncode == 0, done.stderr
    assert byline("search", "--db", tmp_path / "all", "--count",
                  "harbour").stdout == "100\n"


def test_more_than_files_may_be_open(byline, tmp_path):
    """The usual limit of 1024 files is raised where that is allowed."""
    db = make(byline, tmp_path / "db", 2)
    done = byline("search", *named(*[db] * 600), "--count", "harbour")
    assert (done.returncode, done.stdout) == (0, "1200\n"), done.stderr


def test_stubs_folders_and_servers_together(byline, tmp_path, port):
    plain = make(byline, tmp_path / "plain", 2, 2001)
    in_stub = make(byline, tmp_path / "a", 3, 2002)
    also = make(byline, tmp_path / "b", 4, 2003)
    (tmp_path / "stub").write_text(f"auto {in_stub}\nauto {also}\n")
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "XAPIANDB").write_text("auto ../plain\n")
    far = make(byline, tmp_path / "far", 5, 2004)
    with server(port, far):
        remote = f"remote:127.0.0.1:{port}"
        for paths, count in (([tmp_path / "stub"], 7), ([folder], 2),
                             ([plain, tmp_path / "stub", remote], 14),
                             ([folder, folder], 4), ([plain, plain], 4)):
            done = byline("search", *named(*paths), "--count", "harbour")
            assert (done.returncode, done.stdout) == (0, f"{count}\n"), paths
            assert len(byline("export", *named(*paths)).rows) == count


def test_the_one_that_is_missing_is_named(byline, tmp_path):
    db = make(byline, tmp_path / "db")
    gone = tmp_path / "gone"
    for paths in ([db, gone, db], [gone, db], [db, db, gone]):
        done = byline("search", *named(*paths), "harbour")
        refused(done, f"{gone}: ", "no such database")
    (tmp_path / "stub").write_text(f"auto {db}\nauto {gone}\n")
    refused(byline("search", *named(db, tmp_path / "stub"), "harbour"),
            str(tmp_path / "stub"))


# ---- What a remote database can't do -------------------------------------------

@pytest.mark.parametrize("options,words", [
    (["--recency", "100"], "recency"), (["--sort", "date"], "newest first only"),
    (["--sort", "author"], "newest first only")])
def test_what_a_server_cannot_do_is_said(byline, tmp_path, port, options, words):
    path = make(byline, tmp_path / "db", 3)
    with server(port, path):
        refused(byline("search", "--db", f"remote:127.0.0.1:{port}", *options,
                       "harbour", timeout=MUCH), "remote databases", words)


@pytest.mark.parametrize("options", [
    ["--expand"], ["--explain"], ["--proximity"], ["--weight", "lm"],
    ["--facet", "author"], ["--sort", "-date"], ["harbour", "zeppelin"]])
def test_what_a_server_can_do_is_the_same(byline, tmp_path, port, options):
    path = make(byline, tmp_path / "db", 3)
    arguments = ["--format", "json", *options, "harbour", "gulls"]
    here = byline("search", "--db", path, *arguments).json
    with server(port, path):
        there = byline("search", "--db", f"remote:127.0.0.1:{port}", *arguments,
                       timeout=MUCH).json
    for found in here, there:
        del found["took_ms"], found["corrected"]
        found["parsed"] = None
    assert there == here and len(here["hits"]) == 3
