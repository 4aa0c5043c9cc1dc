"""byline read on pages of HTML."""
import pytest

import fixture
from conftest import SOURCE

NAMES = fixture.names("html", "*.html")


@pytest.mark.parametrize("name", NAMES)
def test_every_article_is_read_to_the_letter(byline, name):
    done = byline("read", f"fixtures/html/{name}", cwd=SOURCE)
    assert (done.returncode, done.stderr) == (0, "")
    fixture.compare(done, "html", name)


def read(byline, tmp_path, data, *more):
    path = tmp_path / "a.html"
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return byline("read", *more, path)


def one(byline, tmp_path, *parts):
    done = read(byline, tmp_path, "<!doctype html><html>" + "".join(parts))
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    (row,) = done.rows
    return row


LONG = ("The pier was closed for the whole of the winter, and nobody could say "
        "when it would be open again, or why it had been closed.")


def test_a_heading_shows_where_the_title_ends(byline, tmp_path):
    row = one(byline, tmp_path, "<title>Pier - closed - Courier</title>",
              f"<h2>Pier - closed</h2><p>{LONG}</p>")
    assert row["title"] == "Pier - closed"


@pytest.mark.parametrize("title,site,wanted", [
    ("Pier closed | Courier", "", "Pier closed"),
    ("Pier closed &raquo; Courier", "", "Pier closed"),
    ("Pier closed - for good", "", "Pier closed - for good"),
    ("Pier closed - Courier", "Courier", "Pier closed"),
    ("Pier &mdash; closed &mdash; Courier", "Courier", "Pier — closed"),
    ("Courier | A much longer title than the name of any site", "",
     "Courier | A much longer title than the name of any site"),
])
def test_the_name_of_the_site_is_no_title(byline, tmp_path, title, site,
                                          wanted):
    row = one(byline, tmp_path, "<head><title>", title, "</title>",
              f'<meta property="og:site_name" content="{site}">', "</head>",
              f"<p>{LONG}</p>")
    assert (row["title"], row["text"]) == (wanted, LONG)


@pytest.mark.parametrize("html,wanted", [
    ('<time datetime="2020-10-20">today</time>', "2020-10-20"),
    ("<p><time>20 October 2020</time></p>", "2020-10-20"),
    ('<time datetime="2020-10-20">a</time><time datetime="2020-10-21">b</time>',
     None),
    ('<time class="updated" datetime="2020-10-20">a</time>', None),
    ('<time class="published" datetime="2020-10-20">a</time>'
     '<time datetime="2020-10-21">b</time>', "2020-10-20"),
    ('<meta name="DC.date.issued" content="2020-10-20">', "2020-10-20"),
    (f'<p>{LONG}</p><p>On <time datetime="2020-10-20">Tuesday</time> all was '
     'over.</p>', None),
])
def test_a_date_is_stated_or_absent(byline, tmp_path, html, wanted):
    row = one(byline, tmp_path, f"<h1>Pier</h1>{html}<p>{LONG}</p>")
    assert row["date"] == wanted


@pytest.mark.parametrize("html,wanted", [
    ('<meta name="author" content="Jane Doe and John Roe">',
     ["Jane Doe", "John Roe"]),
    ('<meta property="article:author" content="https://a.example/jane">', []),
    ('<p>By <a rel="author" href="/jane">Jane Doe</a></p>', ["Jane Doe"]),
    ('<p class="byline">By Jane Doe</p>', ["Jane Doe"]),
    ('<p class="byline">Posted in News</p>', []),
    ("<p>By Jane Doe</p>", ["Jane Doe"]),
    ("<p>Jane Doe</p>", []),
    (f'<p>{LONG}</p><div class="comments"><b class="author">Jane Doe</b></div>',
     []),
])
def test_an_author_is_stated_or_absent(byline, tmp_path, html, wanted):
    row = one(byline, tmp_path, f"<h1>Pier</h1>{html}<p>{LONG}</p>")
    assert row["authors"] == wanted
    if html.startswith("<p") and wanted:
        assert row["text"] == LONG


def test_a_page_that_is_one_form(byline, tmp_path):
    row = one(byline, tmp_path, "<body><form><h1>Pier</h1>",
              f"<p>{LONG}</p><p>{LONG}</p></form></body>")
    assert (row["title"], row["text"]) == ("Pier", f"{LONG}\n\n{LONG}")


def test_classes_that_deceive(byline, tmp_path):
    row = one(byline, tmp_path, '<body class="nav-open"><h1>Pier</h1>',
              '<div class="no-sidebar related-to-nothing">',
              f"<p>{LONG}</p><p>{LONG}</p></div></body>")
    assert row["text"] == f"{LONG}\n\n{LONG}"


def test_the_text_may_be_in_the_data_alone(byline, tmp_path):
    row = one(byline, tmp_path, '<script type="application/ld+json">'
              '[{"@type": "NewsArticle", "headline": "Pier &amp; sea", '
              f'"articleBody": "{LONG}"}}]</script><p>Please wait</p>')
    assert (row["title"], row["text"]) == ("Pier & sea", LONG)


def test_broken_data_is_no_data(byline, tmp_path):
    row = one(byline, tmp_path, "<h1>Pier</h1>",
              '<script type="application/ld+json">{"@type": "NewsArticle", '
              f'"headline": </script><p>{LONG}</p>')
    assert (row["title"], row["text"]) == ("Pier", LONG)


def test_related_cards_are_no_articles(byline, tmp_path):
    row = one(byline, tmp_path, f"<article><h1>Pier</h1><p>{LONG}</p></article>",
              '<section class="related"><article><h2>One</h2><p>Card.</p>'
              "</article><article><h2>Two</h2><p>Card.</p></article></section>")
    assert (row["title"], row["text"]) == ("Pier", LONG)


def test_an_empty_page_is_told(byline, tmp_path):
    done = read(byline, tmp_path, "<html><body><nav>Home</nav></body></html>")
    assert (done.returncode, done.rows) == (2, [])
    assert "no article found" in done.stderr


def test_broken_bytes_are_counted(byline, tmp_path):
    """Among more that are UTF-8: else it would be another character set."""
    whole = "façade naïve résumé — señor Übung"
    done = read(byline, tmp_path, b"<html><h1>caf\xe9</h1><p>a\0b "
                + whole.encode("utf-8") + b"</p>")
    assert done.returncode == 0
    assert (done.rows[0]["title"], done.rows[0]["text"]) == (
        "caf\ufffd", f"a\ufffdb {whole}")
    assert "2 broken" in done.stderr


def test_fifty_megabytes_in_one_line(byline, tmp_path):
    count = 50_000_000 // (len(LONG) + 7)
    done = read(byline, tmp_path,
                "<html><h1>Pier</h1><div>" + f"<p>{LONG}</p>" * count)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.rows[0]["text"].count("\n\n") == count - 1


def test_a_page_too_large_is_told(byline, tmp_path):
    done = read(byline, tmp_path,
                "<html><h1>Pier</h1><p>" + "word " * (65 << 20 >> 2))
    assert (done.returncode, done.rows) == (2, [])
    assert "64 MiB" in done.stderr


@pytest.mark.parametrize("tag", ["div", "b", "article", "table><tr><td", "p"])
def test_deep_nesting(byline, tmp_path, tag):
    done = read(byline, tmp_path,
                f"<html><h1>Pier</h1>{f'<{tag}>' * 100_000}{LONG}")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.rows[0]["text"] == LONG


def test_what_would_take_hours_is_told(byline, tmp_path):
    done = read(byline, tmp_path, "<html>" + "<b>" * 1_000_000 +
                "</i>" * 1_000_000)
    assert (done.returncode, done.rows) == (2, [])
    assert "nested too deep" in done.stderr


# ---- Pages as programs write them ------------------------------------------

MORE = ("The council had looked for somebody to mend it since March, and found "
        "that all who could were busy with the sea wall, which was worse.")


def graph(*objects):
    inner = ",".join(objects)
    return ('<script type="application/ld+json">{"@context":'
            f'"https://schema.org","@graph":[{inner}]}}</script>')


def test_the_author_of_a_graph_may_stand_elsewhere_in_it(byline, tmp_path):
    row = one(byline, tmp_path, "<title>Pier</title>", graph(
        '{"@type":"Article","headline":"Pier closed",'
        '"author":{"@id":"#ada"},"publisher":{"@id":"#courier"}}',
        '{"@type":"Organization","@id":"#courier","name":"Courier"}',
        '{"@type":"Person","@id":"#ada","name":"Ada Marlow"}'), f"<p>{LONG}</p>")
    assert row["authors"] == ["Ada Marlow"]


@pytest.mark.parametrize("kind,wanted", [("Organization", []),
                                         ("Person", ["Ada Marlow"])])
def test_a_publisher_is_no_author_unless_a_person(byline, tmp_path, kind,
                                                  wanted):
    who = f'{{"@type":"{kind}","name":"Ada Marlow"}}'
    row = one(byline, tmp_path, "<title>Pier</title>", graph(
        f'{{"@type":"Article","headline":"Pier closed","author":[{who}],'
        f'"publisher":{who}}}'), f"<p>{LONG}</p>")
    assert row["authors"] == wanted


def test_a_site_that_names_itself_as_author_names_none(byline, tmp_path):
    row = one(byline, tmp_path, '<head><meta name="author" content="Courier">',
              '<meta property="og:site_name" content="Courier"></head>',
              f"<h1>Pier</h1><p>{LONG}</p>")
    assert row["authors"] == []


def test_comments_are_no_text_however_long(byline, tmp_path):
    comment = f'<article class="comment-body"><p>No! {LONG} {MORE}</p></article>'
    row = one(byline, tmp_path, '<article class="post"><h1>Pier</h1>',
              f'<p>{LONG}</p></article><div id="comments" class="comments-area">',
              f"<h2>3 thoughts</h2>{comment * 3}</div>")
    assert (row["title"], row["text"]) == ("Pier", LONG)


def test_a_wiki_page_has_no_contents_and_no_notes(byline, tmp_path):
    row = one(
        byline, tmp_path, '<body><div id="content"><h1>Pier</h1>',
        '<div id="siteSub">From Wiki</div><a class="mw-jump-link" href="#n">Jump'
        f'</a><div><div id="toc"><h2>Contents</h2>1 What now</div><p>{LONG}'
        '<sup class="reference"><a href="#1">[1]</a></sup></p><h2>What now<span '
        'class="mw-editsection">[<a href="e">edit</a>]</span></h2>',
        f'<p>{MORE}</p><div class="printfooter">Retrieved from "here"</div>',
        '<div id="catlinks"><a href="c">Piers</a></div></div></div>')
    assert row["text"] == f"{LONG}\n\nWhat now\n\n{MORE}"


def test_what_only_programs_read_is_no_text(byline, tmp_path):
    row = one(byline, tmp_path, f"<h1>Pier</h1><p>{LONG}"
              '<span class="screen-reader-text"> (opens elsewhere)</span>'
              '<span style="display:none">x</span></p><amp-ad><p>Buy!</p></amp-ad>'
              f"<p>{MORE}</p>")
    assert row["text"] == f"{LONG}\n\n{MORE}"


@pytest.mark.parametrize("html,authors,date", [
    ('<p class="byline">By Ada Marlow, 4 March 2021</p>', ["Ada Marlow"],
     "2021-03-04"),
    ('<p class="byline">Ada Marlow | March 4, 2021</p>', ["Ada Marlow"],
     "2021-03-04"),
    ('<p class="byline">4 March 2021 by Ada Marlow</p>', ["Ada Marlow"],
     "2021-03-04"),
    ("<p>By Ada Marlow on March 4, 2021</p>", ["Ada Marlow"], "2021-03-04"),
    ('<div class="node__submitted">Submitted by <span>Ada Marlow</span> on '
     "<span>Thu, 4 March 2021 - 09:15</span></div>", ["Ada Marlow"],
     "2021-03-04T09:15:00"),
    ('<span rel="schema:author"><a property="schema:name">Ada Marlow</a></span>'
     '<span property="schema:dateCreated" content="2021-03-04T09:15:00+00:00">x'
     "</span>", ["Ada Marlow"], "2021-03-04T09:15:00"),
    ('<div class="date-posts"><span class="post-date">4 March 2021</span></div>',
     [], "2021-03-04"),
    ('<p class="date">٤ مارس ٢٠٢١</p>', [], "2021-03-04"),
    ('<p class="date-modified">4 March 2021</p>', [], None),
    ('<p class="event-date">4 March 2021</p>', [], None),
    ('<p class="date">2 hours ago</p>', [], None),
    ('<p class="date">4 March 2021</p><p class="date">5 March 2021</p>', [],
     None),
    ('<abbr class="published" title="2021-03-04T09:15:00Z">09:15</abbr>', [],
     "2021-03-04T09:15:00"),
])
def test_lines_that_say_who_and_when(byline, tmp_path, html, authors, date):
    row = one(byline, tmp_path, f"<h1>Pier</h1>{html}<p>{LONG}</p><p>{MORE}</p>")
    assert (row["authors"], row["date"]) == (authors, date)
    assert row["text"].endswith(f"{LONG}\n\n{MORE}")


def test_links_to_other_pages_behind_the_text_are_none_of_it(byline, tmp_path):
    more = '<h2>Read more</h2><ul><li><a href="a">Herring</a></li></ul>'
    row = one(byline, tmp_path, f"<main><h1>Pier</h1><p>{LONG}</p><h2>Why</h2>"
              f"<p>{MORE}</p>{more}</main>")
    assert row["text"] == f"{LONG}\n\nWhy\n\n{MORE}"


def test_the_columns_of_a_layout_do_not_run_together(byline, tmp_path):
    row = one(byline, tmp_path, "<title>Pier closed</title><table><tr><td>"
              '<a href="n">News</a><br><a href="s">Sport</a><br></td><td><b>Pier'
              f"</b><br>A first look<p>{LONG}<p>{MORE}</td></tr></table>")
    assert row["text"] == f"Pier A first look\n\n{LONG}\n\n{MORE}"


def test_full_width_signs_part_a_title_from_the_site(byline, tmp_path):
    row = one(byline, tmp_path, '<meta charset="utf-8">'
              "<title>渡し船つづく：港新聞</title><h1>渡し船つづく</h1>"
              f"<p>{LONG}</p>")
    assert row["title"] == "渡し船つづく"


@pytest.mark.parametrize("html,why", [
    ('<frameset cols="1,*"><frame src="a"><noframes><body>No frames.</body>'
     "</noframes></frameset>", "frames"),
    ("<ul>" + "".join(f'<li><a href="{n}">A story of boats, part {n}</a></li>'
                      for n in range(40)) + "</ul>", "list of links")])
def test_a_page_that_only_leads_to_others_is_no_article(byline, tmp_path, html,
                                                        why):
    done = read(byline, tmp_path, f"<html><title>Courier</title>{html}</html>")
    assert (done.returncode, done.stdout) == (1, "")
    assert "skipped" in done.stderr and why in done.stderr
