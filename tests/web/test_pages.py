"""The templates, asked over HTTP: what a page says, and of what."""
import html
import json
import re

import pytest

from conftest import SOURCE
from web_site import Site

pytest_plugins = ["web_fixtures"]

QUERIES = ["ferry", "Ferry timetable", "harbour OR council", "bees roof",
           "Library Vote", '"harbour trust" OR dockers', "derby NOT flood",
           "year:2019 votes", 'byline:"Søren Vagnbak"', "title:ferry",
 "skerrow -cancelled", "Quays", "harb*"]
IN_LANGUAGES = [("th", "ครู"), ("ja", "連絡"), ("de", "Hafen"),
                ("ar", "الميناء"), ("ru", "порт"), ("el", "λιμάνι")]


def hits(page):
    """(id, title) of each article of a page, in order."""
    found = re.findall(r'<h2 dir="auto"><a href="\?FMT=article&amp;B=Q(\w+)">'
                       r"(.*?)</a></h2>", page)
    return [(name, html.unescape(re.sub(r"</?mark>", "", title)))
            for name, title in found]


def total(page):
    return int(re.search(r'role="status">(?:About )?<b>([\d,]+) article',
                         page).group(1).replace(",", ""))


def links(page, inside=""):
    """The addresses of a part of a page by their text without what is only for
    screen readers."""
    part = re.search(inside, page, re.S).group(0) if inside else page
    return {re.sub(r"<i class=\"vh\">.*?</i>|<[^>]+>", "", text).strip():
            html.unescape(href)[1:] for href, text in
            re.findall(r'<a [^>]*?href="(\?[^"]*)"[^>]*>(.*?)</a>', part, re.S)}


def facet(page, name):
    part = re.search(rf"<h3>{name}</h3>.*?</section>", page, re.S).group(0)
    return {html.unescape(value): int(count.replace(",", "")) for value, count
            in re.findall(r"<span>([^<]*?) ?(?:<i.*?</i>)?</span> <b>([\d,]+)",
                          part)}


def searcher(byline, db):
    def run(*arguments):
        return byline("search", "--db", db, "--limit", 10, "--format",
                      "json", "--strict", *arguments).json
    return run


@pytest.fixture
def search(byline, archive):
    return searcher(byline, archive)


@pytest.fixture
def english_search(byline, fixture_db):
    return searcher(byline, fixture_db)


@pytest.mark.parametrize("query", QUERIES)
def test_same_articles_in_the_same_order_as_byline_search(
        english_site, english_search, query):
    page = english_site.get(P=query).text
    mine = english_search("--", query)
    assert total(page) == mine["total"]["value"] > 0
    assert hits(page) == [(h["id"], h["title"]) for h in mine["hits"]]


@pytest.mark.parametrize("code, query", IN_LANGUAGES)
def test_other_languages(site, search, code, query):
    page = site.get(P=query).text
    mine = search("--", query)
    assert {h["id"] for h in mine["hits"]} >= set(dict(hits(page))) != set()
    assert f'<article lang="{code}">' in page and "<mark>" in page + "<mark>"
    narrowed = site.get(P=query, B=f"L{code}").text
    assert 0 < total(narrowed) <= mine["total"]["value"]


def test_orders(site, search):
    for sort, order in (("10", "-date"), ("+10", "date")):
        page = site.get(P="harbour", SORT=sort, B="Len").text
        dates = re.findall(r'<time datetime="([\d-]+)"', page)
        assert dates == sorted(dates, reverse=order == "-date")
        assert len(set(dates)) > 3


def test_a_result_says_who_when_and_what(site):
    page = site.get(P="skerrow cancelled").text
    first = re.search(r"<li><article.*?</article>", page, re.S).group(0)
    assert "Ferry to Skerrow" in html.unescape(re.sub("</?mark>", "", first))
    assert "<bdi>Søren Vagnbak</bdi>" in first
    assert '<time datetime="2016-10-20">20 October 2016</time>' in first
    assert "<strong>cancelled</strong>" in first and "2016-floods.txt" in first


def test_facets_count_everything_found(site, byline, archive):
    page = site.get(P="harbour").text
    mine = byline("search", "--db", archive, "--format", "json", "--facet",
                  "author:0,language:0,year:0", "harbour").json["facets"]
    for name in ("author", "language", "year"):
        shown = facet(page, name.title())
        known = {row["value"]: row["count"] for row in mine[name]}
        known = {{"en": "English", "de": "German"}.get(v, v): n
                 for v, n in known.items()}
        assert shown and all(known.get(v) == n for v, n in shown.items()
                             if name != "language" or v in known)
        if name == "author":
            assert sorted(shown.values(), reverse=True) == sorted(
                known.values(), reverse=True)[:10]


def test_a_facet_narrows_and_its_chip_takes_it_off(site):
    page = site.get(P="harbour").text
    name, count = max(facet(page, "Author").items(), key=lambda row: row[1])
    target = links(page, r"<h3>Author.*?</section>")
    narrowed = site.get(next(href for text, href in target.items()
                             if text.startswith(name))).text
    assert total(narrowed) == count < total(page)
    off = links(narrowed, r'<ul class="chips".*?</ul>')[f"By {name} ×"]
    assert hits(site.get(off).text) == hits(page)


def test_the_timeline_narrows_by_year_and_then_by_month(site):
    page = site.get(P="harbour").text
    years = links(page, r'<nav class="time".*?</nav>')
    narrowed = site.get(years["1998"]).text
    assert 0 < total(narrowed) < total(page)
    assert '<ol class="month">' in narrowed
    assert set(re.findall(r'datetime="(\d{4})', narrowed)) == {"1998"}
    month = links(narrowed, r'<nav class="time".*?</nav>')["Sep"]
    page = site.get(month).text
    assert set(re.findall(r'datetime="([\d-]{7})', page)) == {"1998-09"}
    assert "September 1998" in page


def test_dates_as_people_write_them(site):
    for start, end in (("2019", "2019"), ("2019-05", "2019-05"),
                       ("2019-05-03", "2019-05-06"), ("20190503", "")):
        answer = site.get(P="vote", START_10=start, END_10=end)
        found = re.findall(r'datetime="([\d-]+)"', answer.text)
        assert found and min(found) >= start[:4]
        assert not end or max(found)[:len(end)] <= end
    answer = site.get(P="vote", START_10="2019-05", B="Len", follow=False)
    assert answer.status == 303
    assert answer.headers["Location"] == (
        "?HITSPERPAGE=1000&P=vote&B=Len&START.10=201905")


@pytest.mark.parametrize("start, end, why", [
    ("soon", "", "“soon” is no day"), ("2019-13", "", "“2019-13” is no day"),
    ("", "2019-02-30", "“2019-02-30” is no day"),
    ("2020", "2019", "the wrong way round"), ("19", "", "“19” is no day")])
def test_wrong_dates_are_told(site, start, end, why):
    page = site.get(P="vote", START_10=start, END_10=end).text
    assert why in page and 'role="alert"' in page and not hits(page)
    without = links(page, r'<div class="note".*?</div>')["Search without dates"]
    assert hits(site.get(without).text) == hits(site.get(P="vote").text)


def test_a_bad_query_is_told(site):
    page = site.get(P="AND ferry").text
    assert "This query can’t be read" in page
    assert 'value="AND ferry"' in page


def test_nothing_found_says_what_can_be_done(site):
    page = site.get(P="zeppelin ferry", B="Len").text
    assert "No article matches" in page
    way = links(page, r'<div class="note".*?</div>')
    assert total(site.get(way["Search for any of the words"]).text) > 3
    assert "Any of the words" in site.get(
        way["Search for any of the words"]).text


def test_a_missing_article(site):
    for query in ("FMT=article&B=Qnone", "FMT=article", "FMT=article&B=Len",
                  "FMT=article&B=Qa&B=Qb"):
        answer = site.get(query)
        assert answer.status == 404 and "There is no such article" in answer.text


def test_did_you_mean(site):
    page = site.get(P="timetabel").text
    way = links(page, r'<p class="dym">.*?</p>')
    assert list(way) == ["timetable"]
    assert total(site.get(way["timetable"]).text) > 0


def test_similar_articles_without_the_article(site, search):
    name, title = hits(site.get(P="ferry timetable islanders").text)[0]
    page = site.get(FMT="article", B=f"Q{name}").text
    assert html.escape(title, quote=False) in page
    similar = site.get(links(page, r'<p class="next">.*?</p>')[
        "Similar articles"]).text
    assert "Similar articles" in similar and f"Like “{title}”" in (
        html.unescape(similar))
    assert len(hits(similar)) == 10 and name not in dict(hits(similar))


def test_similar_to_an_article_that_is_not_there(site):
    for query in ("MORELIKE=Qnone&N=Qnone", "P=ferry&MORELIKE=Qnone"):
        page = site.get(query + "&HITSPERPAGE=1000").text
        assert "There is no such article" in page and not hits(page)


@pytest.fixture(scope="module")
def worded(byline, tmp_path_factory):
    """One article, whose words begin as others do that are asked for."""
    path = tmp_path_factory.mktemp("worded") / "db"
    filler = "Nothing of note was said by anyone at all. " * 20
    text = (f"The policy of the category happened. {filler}The police kept a cat "
            f"that was happy. {filler}It was éalpha. {filler}Then alpha came, "
            f"hoping for c++ and 1,000 boats. {filler}")
    done = byline("index", "--db", path, "--format", "jsonl", "-",
                  input=json.dumps({"id": "w", "title": "Words", "text": text,
                                    "language": "en"}) + "\n")
    assert done.returncode == 0, done.stderr
    with Site(path) as running:
        yield running


@pytest.mark.parametrize("query, marked", [
    ("police", ["police"]), ("cat", ["cat"]), ("happiness", ["happy"]),
    ("alpha", ["alpha"]), ("hope", ["hoping"]), ("c++", ["c++"]),
    ("1,000", ["1,000"]), ("alpha hoping", ["alpha", "hoping"]),
    ("police OR zzz", ["police"]), ('"a cat"', ["a cat"])])
def test_a_passage_has_the_words(worded, query, marked):
    page = worded.get(P=query).text
    snippet = re.search(r'<p class="snip" dir="auto">(.*?)</p>', page).group(1)
    assert re.findall("<strong>(.*?)</strong>", snippet) == marked
    assert len(snippet) < 500


def test_every_article_has_its_page(site, byline, archive):
    rows = byline("export", "--db", archive).rows
    assert len(rows) > 300
    for row in rows[::17]:
        answer = site.get(FMT="article", B=f"Q{row['id']}")
        assert answer.status == 200
        body = html.unescape(re.sub(r"<[^>]+>", "", re.search(
            r'<div class="text">\n(.*?)</div>', answer.text, re.S).group(1)))
        assert body.strip().split("\n") == row["text"].split("\n\n")
        for author in row["authors"]:
            assert html.escape(author, quote=False) in answer.text


# ---- A long archive --------------------------------------------------------

def test_decades_years_and_months(long_site):
    page = long_site.get("").text
    decades = links(page, r'<nav class="time".*?</nav>')
    assert list(decades) == [f"{y}s" for y in range(1900, 2010, 10)]
    assert "1,300 articles from 1900 to 2008" in page
    page = long_site.get(decades["1950s"]).text
    assert total(page) == 120
    years = links(page, r'<nav class="time".*?</nav>')
    assert list(years) == [str(y) for y in range(1950, 1960)]
    page = long_site.get(years["1955"]).text
    assert total(page) == 12
    assert len(links(page, r'<nav class="time".*?</nav>')) == 12


def test_counts_beyond_a_thousand_are_labelled(long_site):
    page = long_site.get(P="tide").text
    assert "Counts are of the first 1,000 matches." in page
    assert sum(facet(page, "Author").values()) == 1000
    page = long_site.get(P="tide", START_10="1900", END_10="1949").text
    assert "Counts are of" not in page
    assert sum(facet(page, "Author").values()) == 600 == total(page)


def test_names_without_a_capital_ascii_letter_are_filters_too(long_site):
    page = long_site.get(P="tide", END_10="1949").text
    for name, count in facet(page, "Author").items():
        way = links(page, r"<h3>Author.*?</section>")
        narrowed = long_site.get(next(href for text, href in way.items()
                                      if text.startswith(name))).text
        assert total(narrowed) == count, name


def test_every_page_of_many(long_site):
    seen, query, pages = [], "P=tide&SORT=%2B10&HITSPERPAGE=1000", 0
    for page in (1, 2, 99, 100, 101, 130):
        text = long_site.get(
            query + (f"&page={page}" if page > 1 else "")
            + ("&TOPDOC=1000" if page > 100 else "")).text
        first = hits(text)[0][0]
        assert first == f"c{(page - 1) * 10}"
        way = links(text, r'<nav class="pages".*?</nav>')
        assert ("Previous" in way) == (page > 1)
        assert ("Next" in way) == (page < 130)
        if page < 130:
            after = long_site.get(way["Next"]).text
            assert hits(after)[0][0] == f"c{page * 10}"
            back = links(after, r'<nav class="pages".*?</nav>')["Previous"]
            assert hits(long_site.get(back).text) == hits(text)


def test_a_page_beyond_the_last(long_site):
    page = long_site.get("P=tide&HITSPERPAGE=1000&page=900").text
    assert "There is no such page" in page
    way = links(page, r'<div class="note".*?</div>')["Go to the first page"]
    assert len(hits(long_site.get(way).text)) == 10


def test_without_facets(long_site):
    """Ten hits a page: nothing is counted, and pages follow TOPDOC."""
    page = long_site.get("P=tide&HITSPERPAGE=10&SORT=%2B10").text
    assert "<h3>Author</h3>" not in page and 'class="time"' not in page
    after = links(page, r'<nav class="pages".*?</nav>')["Next"]
    assert "TOPDOC=10" in after
    assert hits(long_site.get(after).text)[0][0] == "c10"


def test_pages_stay_small(site, long_site):
    for answer in (site.get(P="harbour OR council"), long_site.get(P="tide"),
                   site.get("")):
        assert len(answer.body) < 30000
    assert len((SOURCE / "plugin/omega/style/articles.css").read_bytes()) < 20000
