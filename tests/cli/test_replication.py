"""Copies of shards on other machines, by xapian-replicate, as
fixtures/README.md describes them."""
import pathlib
import re
import socket
import subprocess
import time

import pytest

from archive import contents, digest, stories, write
from test_shards import Servers, free_port

DATE = "14 November 2017"


@pytest.fixture
def source(tmp_path):
    """A port where copies of the databases in tmp_path are given out."""
    port = free_port()
    process = subprocess.Popen(
        ["xapian-replicate-server", "-I127.0.0.1", f"-p{port}", str(tmp_path)],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        start_new_session=True)  # it ends its whole group
    for _ in range(500):
        with socket.socket() as client:
            if client.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(.02)
    yield port
    process.terminate()
    process.wait()


def replicate(port, name, copy):
    """How many whole copies and how many changesets came."""
    done = subprocess.run(
        ["xapian-replicate", "-v", "-o", "-r0", "-h127.0.0.1", f"-p{port}",
         f"-m{name}", str(copy)], capture_output=True, text=True)
    told = re.search(r"(\d+) copies, (\d+) changesets", done.stdout)
    assert done.returncode == 0 and told, done
    return tuple(map(int, told.groups()))


def index(byline, db, *args):
    done = byline("index", "--db", db, *args)
    assert (done.returncode, done.stderr) == (0, ""), done.stderr


def test_a_shard_behind_a_server_is_followed(byline, tmp_path, source,
                                             monkeypatch):
    """What comes in goes to its copy alone."""
    monkeypatch.setenv("XAPIAN_MAX_CHANGESETS", "100")
    servers = Servers(tmp_path, 2)
    try:
        db, papers = tmp_path / "db", tmp_path / "papers"
        write(papers / "1.txt", digest(DATE, *stories(200)))
        index(byline, db, "--shards", servers.names(), papers)
        assert replicate(source, "far-0", tmp_path / "copy")[0] == 1
        for number in (2, 3):
            write(papers / f"{number}.txt",
                  digest(DATE, *stories(20, 1000 * number)))
            index(byline, db, papers)
            copies, changesets = replicate(source, "far-0", tmp_path / "copy")
            assert copies == 0 and changesets > 0
        assert contents(byline, tmp_path / "copy") == contents(
            byline, servers.name(0))
    finally:
        for number in range(2):
            servers.kill(number)


def test_a_shard_with_segments_is_copied_whole(byline, tmp_path, source):
    db, copy = tmp_path / "far", tmp_path / "copy"
    for number in (1, 2):
        write(tmp_path / "papers" / f"{number}.txt",
              digest(DATE, *stories(200 // number, 1000 * number)))
        index(byline, db, "--builder", "glass", tmp_path / "papers")
    assert (db / "XAPIANDB").read_text().count("glass segment-") == 2
    refused = subprocess.run(
        ["xapian-replicate", "-o", "-r0", "-h127.0.0.1", f"-p{source}", "-mfar",
         str(copy)], capture_output=True)
    assert refused.returncode != 0
    assert byline("compact", "--db", db).returncode == 0
    assert replicate(source, "far", tmp_path / "other") == (1, 0)
    line = (tmp_path / "other/XAPIANDB").read_text().split()[-1]
    assert contents(byline, pathlib.Path(tmp_path, "other", line)) == contents(
        byline, db)
