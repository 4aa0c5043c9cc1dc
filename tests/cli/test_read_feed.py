"""byline read on feeds: the fixtures, and what is wrong with some."""
import pytest

import fixture
from archive import write

FOLDER = "feeds"
NAMES = fixture.names(FOLDER, "*.rss", "*.atom", "*.rdf", "*.xml")
NOTICES = {
    "tarnmouth.rss": ['tarnmouth.rss:35: repaired: "Tue, 31 Nov 2020 '
                      '18:05:00 +0100" names no day'],
    "cut-off.rss": ["cut-off.rss:4: Opening and ending tag mismatch"],
}


@pytest.mark.parametrize("name", NAMES)
def test_every_article_is_read_to_the_letter(byline, name):
    done = fixture.read(byline, FOLDER, name)
    assert done.returncode == (2 if name.startswith("cut") else 0), done.stderr
    fixture.compare(done, FOLDER, name)


@pytest.mark.parametrize("name", NAMES)
def test_what_is_wrong_is_said(byline, name):
    fixture.check_notices(fixture.read(byline, FOLDER, name),
                          NOTICES.get(name, []))


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


def in_cdata(path, text, count):
    with path.open("w", encoding="utf-8") as out:
        out.write('<rss version="2.0"><channel><item><title>First</title>'
                  "</item>\n<item><title>Long</title><description><![CDATA[")
        for _ in range(100):
            out.write(text * (count // 100))
        out.write("]]></description></item>\n<item><title>Last</title></item>"
                  "</channel></rss>")
    return path


@pytest.mark.parametrize("text", ["<p>It rained & nobody [[minded]] it.</p>",
                                  "It rained on the quay.\n"])
def test_a_long_text_in_cdata_is_read(byline, tmp_path, text):
    count = 12_000_000 // len(text) // 100 * 100
    done = byline("read", in_cdata(tmp_path / "cdata.rss", text, count))
    assert (done.returncode, done.stderr) == (0, "")
    assert [row["title"] for row in done.rows] == ["First", "Long", "Last"]
    assert done.rows[1]["text"].count("rained") == count


def test_an_entry_too_long_in_cdata_is_left_out_alone(byline, tmp_path):
    done = byline("read", in_cdata(tmp_path / "cdata.rss",
                                   "<p>It rained on the quay.</p>", 800_000))
    assert [row["title"] for row in done.rows] == ["First", "Last"]
    assert "cdata.rss:2: an entry is left out: it has more than 16 MiB" \
        in done.stderr


@pytest.mark.parametrize("begin, end", [("<!--", "-->"), ("<?x ", "?>"),
                                        ('<img alt="', '"/>')])
def test_a_tag_too_long_is_told(byline, tmp_path, begin, end):
    path = write(tmp_path / "tag.rss",
                 '<rss version="2.0"><channel><item><title>First</title></item>'
                 "\n<item><title>Long</title><description>" + begin +
                 "It rained on the quay. " * 500_000 + end +
                 "</description></item></channel></rss>")
    done = byline("read", path)
    assert done.returncode == 2
    assert [row["title"] for row in done.rows] == ["First"]
    assert "tag.rss:2: a tag or comment of more than 8 MiB can't be read: " \
        "what follows is not read" in done.stderr


def test_other_xml_is_no_feed(byline, tmp_path):
    path = write(tmp_path / "page.xml", "<page><item>No</item></page>")
    assert byline("read", path).returncode == 2
    done = byline("read", "--format", "feed", path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "page.xml:1: no feed" in done.stderr


# ---- Exports of blogs ------------------------------------------------------

def wordpress(*items):
    return ('<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" '
            'xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" '
            'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
            'xmlns:dc="http://purl.org/dc/elements/1.1/" '
            'xmlns:wp="http://wordpress.org/export/1.2/"><channel>'
            "<title>The Tarnmouth Post</title><wp:author><wp:author_id>1"
            "</wp:author_id><wp:author_login>ada</wp:author_login>"
            "<wp:author_display_name><![CDATA[Ada Marlow]]>"
            "</wp:author_display_name></wp:author>" + "".join(items) +
            "</channel></rss>")


def post(title, text="Words.", kind="post", status="publish"):
    return (f"<item><title>{title}</title><dc:creator>ada</dc:creator>"
            f"<content:encoded><![CDATA[{text}]]></content:encoded>"
            f"<excerpt:encoded><![CDATA[In short.]]></excerpt:encoded>"
            f"<wp:status>{status}</wp:status><wp:post_type>{kind}"
            "</wp:post_type><wp:comment><wp:comment_author>Bob Grumble"
            "</wp:comment_author><wp:comment_content>No!</wp:comment_content>"
            "</wp:comment></item>")


def test_an_export_of_more_authors_than_are_kept(byline, tmp_path):
    for count, told in (999, ""), (1001, "2 authors of the export beyond 1000: "
                                   "articles have their logins"):
        users = "".join(
            f"<wp:author><wp:author_login>u{n}</wp:author_login>"
            f"<wp:author_display_name>Jan Roe {n}</wp:author_display_name>"
            "</wp:author>\n" for n in range(count))
        path = write(tmp_path / "a.xml", wordpress(users, *(
            post("T").replace(">ada<", f">u{n}<") for n in (998, count - 1))))
        done = byline("read", path)
        assert done.rows[0]["authors"] == ["Jan Roe 998"]
        assert done.returncode == 0 and told in done.stderr
        assert len(done.stderr.splitlines()) == bool(told)
    assert done.rows[1]["authors"] == ["u1000"]


def test_an_export_of_wordpress_has_articles_among_other_things(byline,
                                                                tmp_path):
    path = write(tmp_path / "export.xml", wordpress(
        post("Ferry"), post("About", kind="page"),
        post("photo", kind="attachment", status="inherit"),
        post("Home", kind="nav_menu_item"), post("Styles", kind="wp_template"),
        post("Unfinished", status="draft"), post("Gone", status="trash")))
    done = byline("read", path)
    assert done.returncode == 0
    assert [row["title"] for row in done.rows] == ["Ferry", "About"]
    assert done.rows[0]["authors"] == ["Ada Marlow"]
    assert done.rows[0]["deck"] == ["In short."]
    assert "export.xml:1: skipped: 5 entries left out" in done.stderr


@pytest.mark.parametrize("text,wanted", [
    ("First of <b>all</b>.\n\nSecond.\nStill.\n \n\nThird.",
     "First of all.\n\nSecond. Still.\n\nThird."),
    ('One.\n\n[caption id="a" width="3"]<img src="x.jpg" /> A boat[/caption]\n'
     'Two [sic].\n\n[gallery ids="1,2"]', "One.\n\nA boat\n\nTwo [sic]."),
    ("<!-- wp:paragraph -->\n<p>One,\n\ntwo.</p>\n<!-- /wp:paragraph -->\n\n"
     "<!-- wp:paragraph -->\n<p>Three.</p>\n<!-- /wp:paragraph -->",
     "One, two.\n\nThree."),
])
def test_the_text_of_wordpress_has_its_paragraphs(byline, tmp_path, text,
                                                  wanted):
    path = write(tmp_path / "export.xml", wordpress(post("Ferry", text)))
    (row,) = byline("read", path).rows
    assert row["text"] == wanted


def blogger(kind, title, more=""):
    return (f"<entry><id>{title}</id><title>{title}</title><category scheme="
            "'http://schemas.google.com/g/2005#kind' term="
            f"'http://schemas.google.com/blogger/2008/kind#{kind}'/>"
            f"<category scheme='http://www.blogger.com/atom/ns#' term='boats'/>"
            f"<content type='html'>Words.</content>{more}</entry>")


def test_an_export_of_blogger_has_articles_among_other_things(byline,
                                                              tmp_path):
    path = write(tmp_path / "blog.xml", (
        "<feed xmlns='http://www.w3.org/2005/Atom' "
        "xmlns:app='http://purl.org/atom/app#' "
        "xmlns:blogger='http://schemas.google.com/blogger/2018'>"
        + blogger("template", "Template") + blogger("settings", "Name")
        + blogger("post", "Ferry") + blogger("comment", "No!")
        + blogger("post", "Unfinished",
                  "<app:control><app:draft>yes</app:draft></app:control>")
        + blogger("page", "About", "<app:control><app:draft>no</app:draft>"
                  "</app:control>")
        + "<entry><title>New</title><blogger:type>POST</blogger:type>"
        "<blogger:status>LIVE</blogger:status></entry>"
        "<entry><title>New no</title><blogger:type>COMMENT</blogger:type>"
        "<blogger:status>LIVE</blogger:status></entry></feed>"))
    done = byline("read", path)
    assert [row["title"] for row in done.rows] == ["Ferry", "About", "New"]
    assert done.rows[0]["keywords"] == ["boats"]
    assert "5 entries left out" in done.stderr
