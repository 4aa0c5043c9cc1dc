"""byline read on mail: the fixtures, and what is wrong with some."""
import pytest

import fixture
from conftest import SOURCE

FOLDER = "mail"
NAMES = fixture.names(FOLDER, "*.mbox", "*.eml")
NOTICES = {
    "broken.mbox": [
        'broken.mbox:1: repaired: "sometime on Tuesday" names no day',
        "broken.mbox:10: repaired: 1 fault in the structure of mails",
    ],
}


def read(byline, name):
    return byline("read", f"fixtures/{FOLDER}/{name}", cwd=SOURCE)


@pytest.mark.parametrize("name", NAMES)
def test_every_article_is_read_to_the_letter(byline, name):
    done = read(byline, name)
    assert done.returncode == 0, done.stderr
    fixture.compare(done, FOLDER, name)


@pytest.mark.parametrize("name", NAMES)
def test_what_was_repaired_is_said(byline, name):
    said = read(byline, name).stderr.splitlines()
    wanted = NOTICES.get(name, [])
    assert len(said) == len(wanted), said
    for line, want in zip(said, wanted):
        assert want in line


def test_a_folder_of_single_mails(byline, tmp_path):
    for n in range(3):
        (tmp_path / f"{n}.eml").write_text(
            f"From: Ann Poe <a@example.org>\nSubject: Tide {n}\n"
            f"Date: Tue, 20 Oct 2020 18:0{n}:00 +0000\n\nHigh water.\n",
            encoding="utf-8")
    rows = byline("read", tmp_path).rows
    assert [row["title"] for row in rows] == ["Tide 0", "Tide 1", "Tide 2"]
    assert all(row["text"] == "High water." for row in rows)


def test_a_huge_attachment_costs_the_mail_nothing(byline, tmp_path):
    path = tmp_path / "picture.mbox"
    with path.open("w", encoding="ascii") as out:
        out.write("From a@b Tue Oct 20 18:05:00 2020\nFrom: Ann Poe <a@b>\n"
                  "Subject: A picture\nMIME-Version: 1.0\nContent-Type: "
                  "multipart/mixed; boundary=x\n\n--x\n\nLook.\n--x\n"
                  "Content-Type: image/jpeg\nContent-Transfer-Encoding: "
                  "base64\n\n")
        for _ in range(600_000):
            out.write("QUJD" * 19 + "\n")
        out.write("--x--\n\nFrom a@b Tue Oct 20 18:06:00 2020\n"
                  "From: Tom Roe <a@b>\nSubject: And then\n\nWords.\n")
    done = byline("read", path)
    assert done.returncode == 0, done.stderr
    assert [(row["title"], row["text"]) for row in done.rows] == [
        ("A picture", "Look."), ("And then", "Words.")]
    assert "picture.mbox:1: repaired: a mail of more than 32 MiB" in done.stderr
