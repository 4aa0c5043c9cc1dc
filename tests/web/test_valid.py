"""HTML, JSON, RSS and OpenSearch are what their standards say."""
import json
import re
import shutil
import subprocess
import urllib.parse

import pytest
from lxml import etree

from npm_tools import tool
from test_access import KINDS

pytest_plugins = ["web_fixtures"]


@pytest.fixture(scope="module")
def pages(site, long_site, tmp_path_factory):
    """A file of each kind of page."""
    folder = tmp_path_factory.mktemp("pages")
    def write(name, answer):
        (folder / f"{name}.html").write_bytes(answer.body)
    for name, query in KINDS.items():
        write(name.replace(" ", "-"), site.get(query))
    for n, hit in enumerate(site.json(P="harbour OR council OR ferry",
                                      HITSPERPAGE="40")["hits"]):
        write(f"article-{n}", site.get(FMT="article", B=f"Q{hit['id']}"))
    write("first-long", long_site.get(""))
    write("long", long_site.get(P="tide"))
    return sorted(folder.iterdir())


def test_html_by_the_nu_checker(pages):
    if not shutil.which("java"):
        pytest.skip("no java")
    done = subprocess.run(
        ["java", "-jar", str(tool("vnu-jar")), "--errors-only",
         *map(str, pages)], capture_output=True, text=True, timeout=120)
    assert (done.returncode, done.stderr.strip()) == (0, "")


def test_html_by_tidy(pages):
    if not shutil.which("tidy"):
        pytest.skip("no tidy")
    for page in pages:
        done = subprocess.run(["tidy", "-q", "-e", "-utf8", str(page)],
                              capture_output=True, text=True)
        # An attribute of ARIA 1.1 that this tidy does not know.
        assert [line for line in done.stderr.splitlines()
                if "aria-current" not in line] == [], page.name


def test_json_of_every_article(site, byline, archive):
    rows = byline("export", "--db", archive).rows
    assert len(rows) > 300
    for row in rows:
        answer = site.json(B=f"Q{row['id']}")
        assert answer["total"] == {"value": 1, "exact": True}
        hit = answer["hits"][0]
        for name in ("id", "title", "authors", "deck", "date", "language",
                     "section", "keywords", "source", "line", "url"):
            assert hit[name] == row[name], (name, row["id"])
        assert (hit["text"] or "") == row["text"]


def test_json_of_errors(site):
    for query, word in (("START.10=x", "YYYY"), ("SORT=3", "SORT"),
                        ("P=AND", "expression"), ("MORELIKE=7", "MORELIKE")):
        answer = site.get("FMT=json&" + query)
        assert answer.status == 400
        assert word in json.loads(answer.text)["error"]


RSS = """<element name="rss" xmlns="http://relaxng.org/ns/structure/1.0"
 xmlns:dc="http://purl.org/dc/elements/1.1/"
 datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes">
 <attribute name="version"><value>2.0</value></attribute>
 <element name="channel"><element name="title"><text/></element>
  <element name="link"><data type="anyURI"/></element>
  <element name="description"><text/></element>
  <zeroOrMore><element name="item">
   <element name="title"><text/></element>
   <element name="link"><data type="anyURI"/></element>
   <element name="guid"><attribute name="isPermaLink"><value>false</value>
    </attribute><text/></element>
   <optional><element name="pubDate"><data type="string"><param name="pattern"
    >\\d\\d [A-Z][a-z]{2} \\d{4} 00:00:00 GMT</param></data></element></optional>
   <zeroOrMore><element name="dc:creator"><text/></element></zeroOrMore>
   <optional><element name="dc:language"><data type="language"/></element>
   </optional>
   <element name="description"><text/></element>
  </element></zeroOrMore></element></element>"""

OPENSEARCH = """<element name="OpenSearchDescription"
 xmlns="http://relaxng.org/ns/structure/1.0"
 ns="http://a9.com/-/spec/opensearch/1.1/"
 datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes">
 <element name="ShortName"><data type="string"><param name="maxLength">16</param>
 </data></element>
 <element name="Description"><data type="string"><param name="maxLength">1024
 </param></data></element>
 <oneOrMore><element name="Url"><attribute name="type"/>
  <attribute name="rel"><value>results</value></attribute>
  <attribute name="template"><data type="string"><param name="pattern"
   >https?://.*\\{searchTerms\\}.*</param></data></attribute></element></oneOrMore>
 <element name="Query"><attribute name="role"><value>example</value></attribute>
  <attribute name="searchTerms"/></element>
 <element name="InputEncoding"><value>UTF-8</value></element>
 <element name="OutputEncoding"><value>UTF-8</value></element></element>"""


def conforms(schema, body):
    check = etree.RelaxNG(etree.fromstring(schema))
    tree = etree.fromstring(body)
    assert check.validate(tree), check.error_log
    return tree


@pytest.mark.parametrize("query", ["P=ferry&SORT=10", "P=harbour+OR+council",
                                   "B=Lar", "P=zzz", "P=AND", "START.10=x",
                                   "P=%26%3C%22%27&B=Len"])
def test_rss(site, query):
    feed = conforms(RSS, site.get("FMT=rss&" + query).body)
    for item in feed.iter("item"):
        query = urllib.parse.urlsplit(item.findtext("link")).query
        page = site.get(query).text
        assert item.findtext("title") in re.sub("&#?\\w+;", "", page) or (
            "<h1" in page)


def test_a_feed_has_the_hits_of_its_page(site):
    feed = etree.fromstring(site.get(FMT="rss", P="ferry", SORT="10").body)
    assert [item.findtext("guid") for item in feed.iter("item")] == [
        hit["id"] for hit in site.json(P="ferry", SORT="10")["hits"]]


def test_opensearch(site):
    tree = conforms(OPENSEARCH, site.get("FMT=opensearch").body)
    for url in tree.iter("{http://a9.com/-/spec/opensearch/1.1/}Url"):
        query = urllib.parse.urlsplit(
            url.get("template").replace("{searchTerms}", "ferry")).query
        answer = site.get(query)
        assert answer.status == 200
        assert url.get("type") in answer.headers["Content-Type"]
        assert "ferry" in answer.text.lower()
