"""byline read on mail: the fixtures, and what is wrong with some."""
import pytest

import fixture
from archive import write

FOLDER = "mail"
NAMES = fixture.names(FOLDER, "*.mbox", "*.eml")
NOTICES = {
    "broken.mbox": [
        'broken.mbox:1: repaired: "sometime on Tuesday" names no day',
        "broken.mbox:10: repaired: 1 fault in the structure of mails",
    ],
}


@pytest.mark.parametrize("name", NAMES)
def test_every_article_is_read_to_the_letter(byline, name):
    done = fixture.read(byline, FOLDER, name)
    assert done.returncode == 0, done.stderr
    fixture.compare(done, FOLDER, name)


@pytest.mark.parametrize("name", NAMES)
def test_what_was_repaired_is_said(byline, name):
    fixture.check_notices(fixture.read(byline, FOLDER, name),
                          NOTICES.get(name, []))


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


# ---- Digests in plain text, and signed mails --------------------------------

DIGEST = """From: harbour-request@lists.example
Subject: Harbour Digest, Vol 12, Issue 3
Date: Fri, 05 Mar 2021 12:00:00 +0000
Message-ID: <mailman.1@lists.example>
Content-Type: text/plain; charset="utf-8"

Send Harbour mailing list submissions to harbour@lists.example

Today's Topics:

   1. Ferry saved (Ada Marlow)

----------------------------------------------------------------------

Message: 1
Date: Thu, 4 Mar 2021 09:15:00 +0000
From: Ada Marlow <ada@post.example>
Subject: [Harbour] Ferry saved
Message-ID: <1@post.example>

The ferry – it sails on.

------------------------------

Message: 2
Date: Fri, 5 Mar 2021 09:15:00 +0000
From: Bob Grumble <bob@post.example>
Subject: Re: [Harbour] Ferry saved

So they say:
-----------------------------
and no more.

------------------------------

Subject: Digest Footer

_______________________________________________
Harbour mailing list

------------------------------

End of Harbour Digest, Vol 12, Issue 3
**************************************
"""


def test_the_messages_of_a_plain_digest_are_articles(byline, tmp_path):
    path = write(tmp_path / "digest.eml", DIGEST)
    done = byline("read", path)
    assert (done.returncode, done.stderr) == (0, "")
    assert [(row["title"], row["authors"], row["date"], row["line"],
             row["text"]) for row in done.rows] == [
        ("[Harbour] Ferry saved", ["Ada Marlow"], "2021-03-04T09:15:00", 15,
         "The ferry – it sails on."),
        ("Re: [Harbour] Ferry saved", ["Bob Grumble"], "2021-03-05T09:15:00",
         25, "So they say: ----------------------------- and no more.")]


def test_a_mail_with_rules_is_no_digest(byline, tmp_path):
    path = write(tmp_path / "a.eml", DIGEST.replace("From: Ada", "Ada").replace(
        "From: Bob", "Bob"))
    (row,) = byline("read", path).rows
    assert row["title"] == "Harbour Digest, Vol 12, Issue 3"


def test_what_pgp_puts_around_a_text_is_none_of_it(byline, tmp_path):
    path = write(tmp_path / "a.eml", """From: Ada Marlow <ada@post.example>
Subject: Ferry
Date: Thu, 4 Mar 2021 09:15:00 +0000

-----BEGIN PGP SIGNED MESSAGE-----
Hash: SHA256

The ferry sails on.

- --
Ada
-----BEGIN PGP SIGNATURE-----

iQEzBAEBCAAdFiEE
-----END PGP SIGNATURE-----

And a footer.
""")
    (row,) = byline("read", path).rows
    assert row["text"] == "The ferry sails on.\n\n-- Ada\n\nAnd a footer."
