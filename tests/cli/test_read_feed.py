"""byline read on feeds: the fixtures, and what is wrong with some."""
import pytest

import fixture
from archive import write
from conftest import SOURCE

FOLDER = "feeds"
NAMES = fixture.names(FOLDER, "*.rss", "*.atom", "*.rdf", "*.xml")
NOTICES = {
    "tarnmouth.rss": ['tarnmouth.rss:35: repaired: "Tue, 31 Nov 2020 '
                      '18:05:00 +0100" names no day'],
    "cut-off.rss": ["cut-off.rss:4: Opening and ending tag mismatch"],
}


def read(byline, name):
    return byline("read", f"fixtures/{FOLDER}/{name}", cwd=SOURCE)


@pytest.mark.parametrize("name", NAMES)
def test_every_article_is_read_to_the_letter(byline, name):
    done = read(byline, name)
    assert done.returncode == (2 if name.startswith("cut") else 0), done.stderr
    fixture.compare(done, FOLDER, name)


@pytest.mark.parametrize("name", NAMES)
def test_what_is_wrong_is_said(byline, name):
    said = read(byline, name).stderr.splitlines()
    wanted = NOTICES.get(name, [])
    assert len(said) == len(wanted), said
    for line, want in zip(said, wanted):
        assert want in line


def rss(item, doctype=""):
    return (f'<?xml version="1.0"?>{doctype}<rss version="2.0"><channel>'
            f"<item><title>First</title><description>Words.</description>"
            f"</item><item><title>{item}</title></item></channel></rss>")


def test_entities_do_not_multiply(byline, tmp_path):
    laughs = "".join(
        f'<!ENTITY l{n} "{"ha" if n == 0 else f"&l{n - 1};" * 10}">'
        for n in range(10))
    path = write(tmp_path / "laughs.rss",
                 rss("&l9;", f"<!DOCTYPE rss [{laughs}]>"))
    done = byline("read", path, timeout=20)
    assert done.returncode == 2
    assert [row["title"] for row in done.rows] == ["First"]
    assert "laughs.rss:1: Entity 'l9' not defined" in done.stderr


def test_no_other_file_is_read(byline, tmp_path):
    secret = write(tmp_path / "secret", "the harbour master's password")
    write(tmp_path / "feed/other.dtd", '<!ENTITY other "from elsewhere">')
    path = write(tmp_path / "feed/thief.rss", rss(
        "Mine &secret; &other; &more;",
        f'<!DOCTYPE rss SYSTEM "other.dtd" [<!ENTITY secret SYSTEM "{secret}">'
        f'<!ENTITY % more SYSTEM "other.dtd"> %more;]>'))
    done = byline("read", path)
    assert [row["title"] for row in done.rows] == ["First", "Mine"]
    assert "password" not in done.stdout and "elsewhere" not in done.stdout


def test_an_entry_that_is_too_long_is_left_out_alone(byline, tmp_path):
    path = tmp_path / "long.rss"
    with path.open("w", encoding="utf-8") as out:
        out.write('<rss version="2.0"><channel>\n<item><title>Long</title>'
                  "<description>")
        for _ in range(40):
            out.write("It rained on the quay, and nobody minded.\n" * 10_000)
        out.write("</description></item>\n<item><title>Short</title></item>"
                  "</channel></rss>")
    done = byline("read", path)
    assert done.returncode == 2
    assert [row["title"] for row in done.rows] == ["Short"]
    assert "long.rss:2: an entry is left out: it has more than 16 MiB" \
        in done.stderr


def test_other_xml_is_no_feed(byline, tmp_path):
    path = write(tmp_path / "page.xml", "<page><item>No</item></page>")
    assert byline("read", path).returncode == 2
    done = byline("read", "--format", "feed", path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "page.xml:1: no feed" in done.stderr
