"""Compressed files and archives: each member is a file of its own; what is
broken or hostile is named and never in the way."""
import bz2
import gzip
import io
import lzma
import os
import resource
import shutil
import struct
import subprocess
import tarfile
import zipfile
import zlib

import pytest

from archive import digest, exported, stories, titles, titles_of, write
from conftest import BYLINE

GOOD = digest("14 November 2017", *stories(3)).encode()
GOOD_TITLES = titles_of(3)
MORE = digest("15 November 2017", *stories(2, 10)).encode()
MORE_TITLES = titles_of(2, 10)


def zstd(data):
    if not shutil.which("zstd"):
        pytest.skip("zstd is not installed")
    return subprocess.run(["zstd", "-c"], input=data, check=True,
                          capture_output=True).stdout


PACK = {"gz": gzip.compress, "bz2": bz2.compress, "xz": lzma.compress,
        "zst": zstd}


def tar(*members, format=tarfile.PAX_FORMAT):
    """members: (name, bytes) or a TarInfo."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=format) as archive:
        for member in members:
            if isinstance(member, tarfile.TarInfo):
                archive.addfile(member)
                continue
            info = tarfile.TarInfo(member[0])
            info.size = len(member[1])
            info.mtime = 1_500_000_000
            archive.addfile(info, io.BytesIO(member[1]))
    return out.getvalue()


def packed_zip(*members, method=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return out.getvalue()


def found(done):
    return [(row["source"], row["title"]) for row in done.rows]


def pairs(source, names):
    return [(str(source), name) for name in names]


# ---- What is read ----------------------------------------------------------

@pytest.mark.parametrize("kind", PACK)
def test_a_compressed_file_keeps_its_path(byline, tmp_path, kind):
    path = write(tmp_path / f"a.txt.{kind}", PACK[kind](GOOD))
    done = byline("read", path)
    assert (done.returncode, done.stderr) == (0, "")
    assert found(done) == pairs(path, GOOD_TITLES)
    plain = byline("read", write(tmp_path / "a.txt", GOOD))
    assert [row["id"] for row in done.rows] == [
        row["id"] for row in plain.rows]


@pytest.mark.parametrize("kind", ["", *PACK])
@pytest.mark.parametrize("format", [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT,
                                    tarfile.PAX_FORMAT])
def test_members_of_a_tar(byline, tmp_path, kind, format):
    data = tar(("one/a.txt", GOOD), ("./two/b.txt", MORE), format=format)
    path = write(tmp_path / "a.tar", PACK[kind](data) if kind else data)
    done = byline("read", path)
    assert (done.returncode, done.stderr) == (0, "")
    assert found(done) == [*pairs(f"{path}/one/a.txt", GOOD_TITLES),
                           *pairs(f"{path}/two/b.txt", MORE_TITLES)]


@pytest.mark.parametrize("method", [
    zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2,
    zipfile.ZIP_LZMA])
def test_members_of_a_zip(byline, tmp_path, method):
    path = write(tmp_path / "a.zip", packed_zip(
        ("one/a.txt", GOOD), ("b.txt", MORE), method=method))
    done = byline("read", path)
    assert (done.returncode, done.stderr) == (0, "")
    assert found(done) == [*pairs(f"{path}/one/a.txt", GOOD_TITLES),
                           *pairs(f"{path}/b.txt", MORE_TITLES)]


def test_content_decides_not_the_name(byline, tmp_path):
    for name in ("plain.gz", "plain.zip", "plain.tar"):
        path = write(tmp_path / name, GOOD)
        assert found(byline("read", path)) == pairs(path, GOOD_TITLES)
    path = write(tmp_path / "zipped.txt", packed_zip(("a", GOOD)))
    assert found(byline("read", path)) == pairs(f"{path}/a", GOOD_TITLES)


@pytest.mark.parametrize("data", [gzip.compress(GOOD), tar(("a", GOOD)),
                                  packed_zip(("a", GOOD))])
def test_standard_input(byline, tmp_path, data):
    done = subprocess.run([str(BYLINE), "read", "-"], input=data,
                          capture_output=True)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.count(b"\n") == 3
    assert (b'"source":"-/a"' in done.stdout) == (data[:2] != b"\x1f\x8b")


def test_several_gzip_streams_are_one_file(byline, tmp_path):
    cut = len(GOOD) // 2
    path = write(tmp_path / "a.gz", gzip.compress(GOOD[:cut])
                 + gzip.compress(GOOD[cut:]))
    assert found(byline("read", path)) == pairs(path, GOOD_TITLES)


@pytest.mark.parametrize("name", ["æther/über.txt", "東京.txt", "a b&c.txt"])
@pytest.mark.parametrize("locale", ["C", "C.UTF-8"])
def test_names_do_not_depend_on_the_locale(byline, tmp_path, name, locale):
    for make in (packed_zip, tar):
        path = write(tmp_path / "a", make((name, GOOD)))
        done = byline("read", path, env={"LC_ALL": locale})
        assert (done.returncode, done.stderr) == (0, "")
        assert found(done) == pairs(f"{path}/{name}", GOOD_TITLES)


def test_character_sets_inside(byline, tmp_path):
    text = GOOD.decode().replace("committee", "comité–réuni")
    path = write(tmp_path / "a.zip", packed_zip(
        ("a.txt", text.encode("cp1252")), ("b.txt", text.encode("utf-16"))))
    done = byline("read", path)
    assert len(done.rows) == 6
    assert all("comité–réuni" in row["text"] for row in done.rows)
    assert f"byline: {path}/a.txt: repaired: read as windows-1252" in done.stderr


# ---- What is passed over, as in a folder -----------------------------------

def test_members_that_are_no_archives_are_skipped(byline, tmp_path):
    data = [("a.txt", GOOD), ("empty.txt", b""), ("note", b"Buy milk.\n"),
            ("picture", bytes(range(256)) * 9), (".hidden", GOOD),
            ("__MACOSX/._a.txt", GOOD), ("z.txt", MORE)]
    for make in (tar, packed_zip):
        path = write(tmp_path / "a", make(*data))
        done = byline("read", path)
        assert done.returncode == 0
        assert found(done) == [*pairs(f"{path}/a.txt", GOOD_TITLES),
                               *pairs(f"{path}/z.txt", MORE_TITLES)]
        lines = done.stderr.splitlines()
        assert len(lines) == 3
        for line, name in zip(lines, ("empty.txt", "note", "picture")):
            assert line.startswith(f"byline: {path}/{name}: skipped: ")


def test_a_container_without_articles(byline, tmp_path):
    path = write(tmp_path / "a.zip", packed_zip(("note", b"Buy milk.\n")))
    assert byline("read", path).returncode == 1
    empty = write(tmp_path / "empty.zip", packed_zip())
    done = byline("read", empty)
    assert (done.returncode, done.stdout) == (1, "")
    packed = write(tmp_path / "note.gz", gzip.compress(b"Buy milk.\n"))
    assert byline("read", packed).returncode == 2
    nothing = write(tmp_path / "nothing.gz", gzip.compress(b""))
    assert "the file is empty" in byline("read", nothing).stderr


def special(kind, name, target=""):
    info = tarfile.TarInfo(name)
    info.type = kind
    info.linkname = target
    return info


def test_what_is_no_file_in_a_tar(byline, tmp_path):
    path = write(tmp_path / "a.tar", tar(
        special(tarfile.DIRTYPE, "good.txt"), ("good.txt/in.txt", GOOD),
        ("folder/", MORE), ("last.txt", MORE),
        special(tarfile.SYMTYPE, "link", "/etc/passwd"),
        special(tarfile.LNKTYPE, "hard", "good.txt"),
        special(tarfile.FIFOTYPE, "pipe"),
        special(tarfile.CHRTYPE, "device")))
    done = byline("read", path)
    assert done.returncode == 0
    assert found(done) == [*pairs(f"{path}/good.txt/in.txt", GOOD_TITLES),
                           *pairs(f"{path}/last.txt", MORE_TITLES)]
    assert [line.split(": ")[1:3] for line in done.stderr.splitlines()] == [
        [f"{path}/{name}", "skipped"]
        for name in ("link", "hard", "pipe", "device")]


def test_office_documents_are_no_archives(byline, tmp_path):
    for name, data in (("mimetype", "application/vnd.oasis.opendocument.text"),
                       ("[Content_Types].xml", "<Types/>")):
        path = write(tmp_path / "a.docx", packed_zip(
            (name, data), ("content.xml", "<a/>"), method=zipfile.ZIP_STORED))
        done = byline("read", tmp_path)
        assert done.stderr == (f"byline: {path}: skipped: an office document: "
                               "save it as text or HTML first\n")


# ---- Containers in containers ----------------------------------------------

def test_one_container_in_another(byline, tmp_path):
    inner = tar(("c.txt", MORE))
    path = write(tmp_path / "a.tar", tar(
        ("a.txt.gz", gzip.compress(GOOD)), ("b.tar.xz", lzma.compress(inner)),
        ("c.zip", packed_zip(("d.txt", GOOD)))))
    done = byline("read", path)
    assert (done.returncode, done.stderr) == (0, "")
    assert found(done) == [*pairs(f"{path}/a.txt.gz", GOOD_TITLES),
                           *pairs(f"{path}/b.tar.xz/c.txt", MORE_TITLES),
                           *pairs(f"{path}/c.zip/d.txt", GOOD_TITLES)]


def test_but_not_a_third(byline, tmp_path):
    deep = gzip.compress(gzip.compress(gzip.compress(GOOD)))
    path = write(tmp_path / "a.tar.gz", gzip.compress(tar(
        ("a/b.tar", tar(("c.gz", gzip.compress(GOOD)), ("d.txt", MORE))))))
    done = byline("read", path)
    assert done.returncode == 0
    assert found(done) == pairs(f"{path}/a/b.tar/d.txt", MORE_TITLES)
    assert done.stderr == (
        f"byline: {path}/a/b.tar/c.gz: skipped: an archive in an archive in an "
        "archive: unpack it first\n")
    path = write(tmp_path / "deep.gz", deep)
    done = byline("read", path)
    assert done.returncode == 2 and "unpack it first" in done.stderr


# ---- What is broken --------------------------------------------------------

def test_a_gzip_file_that_is_cut_off(byline, tmp_path):
    text = digest("14 November 2017", *stories(3000)).encode()
    data = gzip.compress(text)
    path = write(tmp_path / "a.gz", data[:len(data) // 2])
    good = write(tmp_path / "good.txt", MORE)
    done = byline("read", path, good)
    assert done.returncode == 2
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"byline: {path}: damaged or cut off: ")
    titles_found = [title for _, title in found(done)]
    before = titles_found[:-len(MORE_TITLES)]
    assert before == titles_of(len(before)) and len(before) > 1000
    assert titles_found[-2:] == MORE_TITLES


def test_a_short_gzip_file_that_is_cut_off(byline, tmp_path):
    """Smaller than anything that is read ahead."""
    text = digest("14 November 2017", *stories(40)).encode()
    data = gzip.compress(text, 0)
    path = write(tmp_path / "a.gz", data[:-3000])
    done = byline("read", path)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    before = [title for _, title in found(done)]
    assert before == titles_of(len(before)) and len(before) > 25


@pytest.mark.parametrize("kind", ["gz", "bz2", "xz", "zst"])
def test_a_magic_number_alone(byline, tmp_path, kind):
    data = PACK[kind](GOOD)
    path = write(tmp_path / f"fake.{kind}", data[:12] + b"This is no data.\n")
    write(tmp_path / "good.txt", MORE)
    done = byline("read", tmp_path)
    assert done.returncode == 2
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"byline: {path}: ")
    assert [title for _, title in found(done)] == MORE_TITLES


def test_a_broken_member_costs_no_other(byline, tmp_path):
    data = packed_zip(("a.txt", GOOD), ("b.txt", MORE), ("c.txt", GOOD),
                      method=zipfile.ZIP_STORED)
    at = data.index(MORE) + len(MORE) - 30
    path = write(tmp_path / "a.zip", data[:at] + b"#" + data[at + 1:])
    done = byline("read", path)
    assert done.returncode == 2
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"byline: {path}/b.txt: damaged or cut off: ")
    sources = {source for source, _ in found(done)}
    assert {f"{path}/a.txt", f"{path}/c.txt"} <= sources


def encrypt(data):
    """Sets the flag of the member's two headers that says encrypted."""
    data = bytearray(data)
    for mark, offset in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        at = data.index(mark)
        data[at + offset] |= 1
    return bytes(data)


def test_an_encrypted_member_is_named(byline, tmp_path):
    path = write(tmp_path / "a.zip", encrypt(packed_zip(
        ("secret.txt", GOOD), ("open.txt", MORE))))
    done = byline("read", path)
    assert done.returncode == 2
    assert done.stderr == (
        f"byline: {path}/secret.txt: encrypted: decrypt it first\n")
    assert found(done) == pairs(f"{path}/open.txt", MORE_TITLES)


def test_a_tar_that_is_cut_off(byline, tmp_path):
    data = tar(("a.txt", GOOD), ("b.txt", MORE * 50))
    path = write(tmp_path / "a.tar", data[:len(data) // 2])
    done = byline("read", path)
    assert done.returncode == 2
    assert f"byline: {path}/b.txt: damaged or cut off: " in done.stderr
    assert found(done)[:3] == pairs(f"{path}/a.txt", GOOD_TITLES)


# ---- What is hostile -------------------------------------------------------

def contents(folder):
    return sorted(str(p.relative_to(folder)) for p in folder.rglob("*"))


@pytest.mark.parametrize("name", ["../out.txt", "a/../../out.txt",
                                  "/tmp/byline-out.txt", "//out.txt"])
def test_names_that_lead_out_are_names_only(byline, tmp_path, name):
    write(tmp_path / "out.txt", "mine\n")
    inside = tmp_path / "in"
    for make in (tar, packed_zip):
        path = write(inside / "a.archive", make((name, GOOD), ("b", MORE)))
        before = contents(tmp_path)
        db = tmp_path / "x.db"
        done = byline("read", path, cwd=inside)
        assert (done.returncode, done.stderr) == (0, "")
        assert found(done) == [*pairs(f"{path}/{name}", GOOD_TITLES),
                               *pairs(f"{path}/b", MORE_TITLES)]
        assert byline("index", "--db", db, path).returncode == 0
        shutil.rmtree(db)
        assert contents(tmp_path) == before
        assert (tmp_path / "out.txt").read_text() == "mine\n"
        assert not os.path.exists("/tmp/byline-out.txt")


def bomb(head, size):
    """A gzip stream of head and a line without end, which is the same packed
    piece again and again."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(head) + packer.flush(zlib.Z_FULL_FLUSH)
    line, check = b"x" * (1 << 20), zlib.crc32(head)
    packed += (packer.compress(line) + packer.flush(zlib.Z_FULL_FLUSH)) * (
        size >> 20) + packer.flush()
    for _ in range(size >> 20):
        check = zlib.crc32(line, check)
    return b"\x1f\x8b\x08" + bytes(7) + packed + struct.pack(
        "<II", check, (len(head) + size) % (1 << 32))


def limited():
    resource.setrlimit(resource.RLIMIT_AS, (1 << 29, 1 << 29))


def read_limited(path):
    """With half a gigabyte of address space."""
    return subprocess.run([str(BYLINE), "read", str(path)], timeout=60,
                          capture_output=True, text=True, preexec_fn=limited)


def skip_with_sanitizers():
    if "asan" in str(BYLINE):
        pytest.skip("sanitizers need more address space")


def test_a_gzip_bomb_is_left(tmp_path):
    skip_with_sanitizers()
    path = write(tmp_path / "a.gz", bomb(GOOD, 1 << 30))
    done = read_limited(path)
    assert done.returncode == 2
    assert "more than 200 times its size" in done.stderr


def test_a_bomb_in_a_member_that_is_skipped(byline, tmp_path):
    """Nobody reads the member, but what follows it is behind it."""
    skip_with_sanitizers()
    info = tarfile.TarInfo("long")
    info.size = 1 << 30
    first = tar(("a.txt", GOOD))[:512 + (len(GOOD) + 511) // 512 * 512]
    path = write(tmp_path / "a.tar.gz",
                 bomb(first + info.tobuf(), info.size))
    done = read_limited(path)
    assert done.returncode == 2
    assert done.stdout.count("\n") == 3
    assert f"byline: {path}: more than 200 times its size" in done.stderr


def test_a_bomb_of_many_small_ones(tmp_path):
    """Each of them is too small to be one, all together are not."""
    skip_with_sanitizers()
    small = bomb(GOOD, 20 << 20)
    path = write(tmp_path / "a.zip", packed_zip(
        *[(f"{n}.gz", small) for n in range(40)]))
    done = read_limited(path)
    assert done.returncode == 2
    assert f"byline: {path}: more than 200 times its size" in done.stderr


def test_text_that_packs_well_is_no_bomb(byline, tmp_path):
    """Up to 64 MiB anything goes."""
    text = digest("14 November 2017", *[stories(1)[0]] * 1000).encode()
    data = lzma.compress(text)
    assert len(text) > 200 * len(data)
    path = write(tmp_path / "a.xz", data)
    assert len(byline("read", path).rows) == 1000


def with_limits(byline, path, *limits):
    done = byline("read", *(part for limit in limits
                            for part in ("--max", limit)), path)
    return [title for _, title in found(done)], done.stderr, done.returncode


LINES = b"".join(b'{"title": "T%d", "text": "%s"}\n' % (n, b"ferry " * 20)
                 for n in range(1000, 2000))
SIZE = len(LINES) // 1000


@pytest.mark.parametrize("kind", ["gz", "bz2", "tar.gz", "gz.gz", "zip"])
def test_what_is_unpacked_up_to_the_limit_is_read(byline, tmp_path, kind):
    inner = gzip.compress(LINES)
    path = write(tmp_path / f"a.{kind}", {
        "gz": inner, "bz2": bz2.compress(LINES), "gz.gz": gzip.compress(inner),
        "tar.gz": gzip.compress(tar(("a", LINES), ("b", MORE))),
        "zip": packed_zip(("a", LINES), ("b", MORE))}[kind])
    past = len(inner) if kind == "gz.gz" else 0
    limit = past + 300 * SIZE + 10
    names, told, status = with_limits(byline, path, f"unpacked={limit}")
    assert names == [f"T{n}" for n in range(1000, 1300)] and status == 2
    assert f"more than {limit} bytes come out of it: unpack it and read the " \
        'folder, or raise the limit "unpacked"' in told
    assert "damaged" not in told
    whole = past + len(LINES) + (len(MORE) if kind in ("tar.gz", "zip") else 0)
    names, told, status = with_limits(byline, path, f"unpacked={whole}")
    assert (len(names) >= 1000, told, status) == (True, "", 0)
    names, told, status = with_limits(byline, path, f"unpacked={whole - 1}")
    assert status == 2 and 'the limit "unpacked"' in told


@pytest.mark.parametrize("kind", ["gz", "zip.gz", "gz.bz2", "tar.gz.zip"])
def test_the_limit_is_told_of_what_it_left_too_little_of(byline, tmp_path,
                                                         kind):
    inner = gzip.compress(tar(("a", GOOD), ("b", MORE)))
    path = write(tmp_path / f"a.{kind}", {
        "gz": gzip.compress(GOOD), "gz.bz2": bz2.compress(gzip.compress(GOOD)),
        "zip.gz": gzip.compress(packed_zip(("a", GOOD), ("b", MORE))),
        "tar.gz.zip": packed_zip(("in", inner), ("c", MORE))}[kind])
    for limit in 1, 3, 30, 60:
        _, told, status = with_limits(byline, path, f"unpacked={limit}")
        assert status == 2 and told
        for line in told.splitlines():
            assert f"more than {limit} bytes come out of it" in line


def test_a_limit_in_round_words(byline, tmp_path):
    path = write(tmp_path / "a.gz", gzip.compress(LINES))
    names, told, _ = with_limits(byline, path, "unpacked=100K")
    assert len(names) == (100 << 10) // SIZE
    assert f"{path}: more than 100 KiB come out of it" in told


def test_another_ratio(byline, tmp_path):
    """It counts from 64 MiB on; this packs to about a thousandth."""
    path = write(tmp_path / "a.gz", bomb(GOOD, 65 << 20))
    _, told, _ = with_limits(byline, path, "ratio=3000")
    assert "times its size" not in told
    _, told, status = with_limits(byline, path, "ratio=10")
    assert status == 2 and (
        "more than 10 times its size comes out of it: if it is no bomb, "
        'unpack it and read the folder, or raise the limit "ratio"') in told
    path = write(tmp_path / "b.gz", bomb(GOOD, 63 << 20))
    _, told, _ = with_limits(byline, path, "ratio=1")
    assert "times its size" not in told


@pytest.mark.parametrize("make", [tar, packed_zip])
def test_more_members_than_may_be(byline, tmp_path, make):
    path = write(tmp_path / "a", make(("a", GOOD), ("b", MORE), ("c", GOOD)))
    names, told, status = with_limits(byline, path, "members=2")
    assert (names, status) == ([*GOOD_TITLES, *MORE_TITLES], 2)
    assert told == (f"byline: {path}: more than 2 members: unpack it and read "
                    'the folder, or raise the limit "members"\n')
    _, told, status = with_limits(byline, path, "members=3")
    assert (told, status) == ("", 0)


def test_a_name_without_end(byline, tmp_path):
    path = write(tmp_path / "a.tar", tar(("n" * 5000, GOOD), ("b", MORE)))
    done = byline("read", path)
    assert done.returncode == 2
    (line,) = done.stderr.splitlines()
    assert "nnn...: its name is too long" in line and len(line) < 300
    assert found(done) == pairs(f"{path}/b", MORE_TITLES)


# ---- In a database ---------------------------------------------------------

def test_the_same_archive_again_changes_nothing(byline, tmp_path):
    path = write(tmp_path / "a.tar", tar(("a.txt", GOOD), ("b.txt", MORE)))
    db = tmp_path / "db"
    done = byline("index", "--db", db, "a.tar", cwd=tmp_path)
    assert "5 articles in 2 files: 5 added\n" in done.stdout
    done = byline("index", "--db", db, path)
    assert done.stdout == "1 file unchanged since last time\n"
    changed = tar(("a.txt", GOOD.replace(b"two hours", b"three hours")),
                  ("b.txt", MORE))
    write(path, changed)
    done = byline("index", "--db", db, "a.tar", cwd=tmp_path)
    assert "0 added, 3 replaced, 2 unchanged" in done.stdout
    assert titles(byline, db) == sorted([*GOOD_TITLES, *MORE_TITLES])
    assert {row["source"] for row in exported(byline, db)} == {
        "a.tar/a.txt", "a.tar/b.txt"}
