"""Payloads in every parameter and every field: nothing of them is code."""
import html.parser
import json
import os
import resource
import subprocess
import urllib.parse

import pytest
from lxml import etree

from conftest import BUILD
from payloads import TEXTS, articles, cases
from web_site import Site

pytest_plugins = ["web_fixtures"]

CASES = list(cases())
TAGS = set("""html head meta title link body a header p form label input button
details summary dl dt dd i b main h1 h2 h3 div ul li ol nav span article bdi time
strong mark aside section footer q""".split())
SECRETS = ["root:x:0", "database_dir", "PATH=", "OMEGA_CONFIG_FILE"]


class Look(html.parser.HTMLParser):
    """Refuses what the templates never write."""

    def handle_starttag(self, tag, attributes):
        assert tag in TAGS, tag
        for name, value in attributes:
            assert name in (
                "lang dir class id href rel type name value content charset "
                "method role for placeholder maxlength autocomplete title start "
                "datetime form aria-label aria-hidden aria-current "
                "aria-describedby").split(), (tag, name, value)
            if name == "href":
                assert value.startswith(("?", "#", "/byline/", "http://ok",
                                         "https://ok")), value
                if value.startswith("?"):
                    query = urllib.parse.parse_qs(value[1:])
                    assert set(query) <= {
                        "P", "B", "N", "START.10", "END.10", "SORT",
                        "DEFAULTOP", "MORELIKE", "like", "DB", "FMT", "page",
                        "TOPDOC", "HITSPERPAGE"}, value


@pytest.fixture(scope="module")
def hostile(byline, tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile")
    rows = "".join(json.dumps(row) + "\n" for row in articles())
    done = byline("index", "--db", folder / "db", "--format", "jsonl", "-",
                  input=rows)
    assert done.returncode in (0, 2), done.stderr
    with Site(folder / "db") as running:
        yield running


def test_there_are_three_hundred_and_more():
    assert len(CASES) >= 300 and len(dict(CASES)) == len(CASES)


@pytest.mark.parametrize("fmt", ["", "article", "json", "rss", "opensearch"])
def test_answers(hostile, fmt):
    """No case is an error of the server, slow, or says what it must not."""
    slow = []
    for name, query in CASES:
        if fmt:
            query = "&".join(p for p in query.split("&")
                             if not p.startswith("FMT=")) + f"&FMT={fmt}"
        start = hostile.seconds()
        answer = hostile.get(query, follow=False)
        if hostile.seconds() - start > 2:
            slow.append(name)
        assert answer.status in (200, 303, 400, 403, 404, 413, 414, 431), name
        assert "Set-Cookie" not in answer.headers, name
        assert len(answer.headers.get_all("Content-Type")) == 1
        text = answer.body.decode("utf-8", "replace")
        assert not any(secret in text for secret in SECRETS), name
        if answer.status == 303:
            place = answer.headers["Location"]
            assert place.startswith("?HITSPERPAGE=") and "<" not in place, name
        kind = answer.headers["Content-Type"]
        if answer.status in (400, 414, 431, 413):
            continue
        assert answer.headers["X-Content-Type-Options"] == "nosniff", name
        assert answer.headers["Content-Security-Policy"].startswith(
            "default-src 'none'"), name
        if text.startswith("Exception: "):
            assert "<" not in text, name
        elif kind.startswith("text/html"):
            Look(convert_charrefs=True).feed(text)
        elif kind.startswith("application/json"):
            json.loads(answer.body)
        elif "xml" in kind:
            etree.fromstring(answer.body)
    assert slow == []


def test_a_query_of_a_megabyte(site):
    for query in ("P=" + "a" * 2**20, "P=" + "a+" * 2**19,
                  "&".join(["P=a"] * 2**18)):
        start = site.seconds()
        try:
            answer = site.get(query)
            assert answer.status in (413, 414, 431)
        except (ConnectionError, OSError):
            pass  # refused before it was read
        assert site.seconds() - start < 2
    assert site.get(P="ferry").status == 200


def ended_children():
    """The seconds of processor time that they took."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def test_nothing_is_run_that_a_query_names(site):
    page = site.get(P="$dbsize$html{x}").text
    assert "$dbsize$html{x}" in page


@pytest.fixture
def cgi(archive, tmp_path):
    """Omega without a server that limits what is asked: the page and the
    processor time it took."""
    (tmp_path / "databases").mkdir()
    (tmp_path / "databases/default").write_text(f"auto {archive}\n")
    (tmp_path / "omega.conf").write_text(
        f"database_dir {tmp_path}/databases\nlog_dir {tmp_path}\n"
        f"cdb_dir {tmp_path}\ndefault_template articles\n"
        f"template_dir {BUILD}/share/byline/omega/templates\n")

    def run(query, method="GET"):
        start = ended_children()
        about = {"QUERY_STRING": query} if method == "GET" else {
            "CONTENT_LENGTH": str(len(query))}
        done = subprocess.run(
            ["/usr/lib/cgi-bin/omega/omega"], capture_output=True, timeout=30,
            input=query.encode(), env={
                **os.environ, "REQUEST_METHOD": method,
                "OMEGA_CONFIG_FILE": str(tmp_path / "omega.conf"), **about})
        taken = ended_children() - start
        assert done.returncode == 0
        page = done.stdout.decode().partition("\n\n")[2]
        if page.startswith("<!DOCTYPE"):
            Look(convert_charrefs=True).feed(page)
        return page, taken
    return run


LONG = ["P=" + "a" * 100000, "P=" + "ferry+" * 15000, "P=" + "a+" * 30000,
        "P=x" + "&B=Y1998" * 9000, "P=x" + "&P=ab" * 9000,
        "START.10=" + "1-" * 30000, "P=x" + "&DB=default" * 5000]


@pytest.mark.parametrize("query", LONG, ids=range(len(LONG)))
def test_what_is_too_long_for_omega_itself(cgi, query):
    for method, text in (("GET", query), ("POST", query),
                         ("POST", query + query[-10000:] * 100)):
        for fmt in ("articles", "article", "json", "rss"):
            page, taken = cgi(f"FMT={fmt}&HITSPERPAGE=1000&{text}", method)
            assert taken < 2 and len(page) < 5000
            if fmt == "articles":
                assert "This address is too long" in page


def test_the_longest_that_is_read(cgi):
    for query in ("P=" + "a+" * 4000, "P=" + "harbour+OR+" * 700 + "x",
                  "P=" + "har*+" * 1500, "P=x" + "&B=Y1998" * 50):
        page, taken = cgi("HITSPERPAGE=1000&" + query)
        assert taken < 2 and "too long" not in page


def test_long_articles(byline, tmp_path):
    """Of many short paragraphs, without a space, of nothing but marks."""
    size = 3 << 20
    texts = {"lines": "\n\n".join(["zed"] * (size // 8)),
             "quotes": "“zed” — " * (size // 16), "solid": "ab" * (size // 2),
             "marks": "e" + "\u0301" * (size // 2), "dots": ". " * (size // 2),
             "near": "tide " * (size // 5), "right": "ميناء " * (size // 11),
             "dashes": "—" * (size // 3)}
    rows = "".join(json.dumps({"id": name, "title": name, "language": "en",
                               "text": text + " " + "x " * 100 + "kelp"}) + "\n"
                   for name, text in texts.items())
    assert byline("index", "--db", tmp_path / "db", "--format", "jsonl", "-",
                  input=rows).returncode == 0
    with Site(tmp_path / "db") as site:
        def get(**parameters):
            start = site.seconds()
            answer = site.get(**parameters)
            assert site.seconds() - start < 2, parameters
            return answer.text
        for query in ("kelp", "tide OR kelp", "zed kelp", "ميناء kelp", '"x kelp"'):
            for hit in json.loads(get(FMT="json", P=query))["hits"]:
                assert "<strong>kelp</strong>" in hit["snippet"] or (
                    query != "kelp")
        for name, text in texts.items():
            page = get(FMT="article", B=f"Q{name}")
            assert page.count('<p dir="auto">') == text.count("\n\n") + 1
            hit = json.loads(get(FMT="json", B=f"Q{name}"))["hits"][0]
            assert hit["text"].startswith(text[:1000])
            assert hit["text"].count("\n\n") == text.count("\n\n")
            assert "Similar articles" in get(MORELIKE=f"Q{name}", N=f"Q{name}")


def test_hostile_articles(hostile, byline):
    rows = hostile.json(P="kelp", HITSPERPAGE="100")["hits"]
    assert len(rows) > 20
    for row in rows:
        answer = hostile.get(FMT="article", B=f"Q{row['id']}")
        Look(convert_charrefs=True).feed(answer.text)
        whole = hostile.json(B=f"Q{row['id']}")["hits"][0]
        assert whole["title"] == row["title"] and "kelp" in whole["text"]
    feed = etree.fromstring(hostile.get(FMT="rss", P="kelp",
                                        HITSPERPAGE="100").body)
    assert len(feed.findall(".//item")) == len(rows)
    outside = set()
    for row in rows:
        page = etree.HTML(hostile.get(FMT="article", B=f"Q{row['id']}").text)
        outside |= {a.get("href") for a in page.iter("a")
                    if not a.get("href").startswith(("?", "#"))}
    assert outside and all(a.startswith(("https://ok.example/",
                                         "http://ok.example/"))
                           for a in outside), outside


DOM = """
return [document.title, document.scripts.length,
  [...document.querySelectorAll('*')].filter(e => [...e.attributes].some(
    a => a.name.startsWith('on') || a.name == 'style' ||
         /^\\s*(javascript|data|vbscript):/i.test(a.value) &&
         ['href', 'src', 'action', 'formaction'].includes(a.name))).length,
  [...document.querySelectorAll('img,iframe,object,embed,base,svg,math')]
    .length]"""


def test_nothing_of_it_runs_in_a_browser(browser, hostile):
    addresses = [hostile.address(query) for _, query in CASES
                 if "FMT=json" not in query and "FMT=rss" not in query]
    addresses += [hostile.address(FMT="article", B=f"Q{row['id']}")
                  for row in hostile.json(P="kelp", HITSPERPAGE="100")["hits"]]
    addresses += [hostile.address(P="kelp", HITSPERPAGE="1000"),
                  hostile.address(P="kelp", B="XAUTHOR" + TEXTS[0])]
    for address in addresses:
        browser.driver.get(address)
        title, scripts, attributes, elements = browser.driver.execute_script(DOM)
        assert title != "owned" and [scripts, attributes, elements] == [0, 0, 0], (
            address)
        said = [m for m in browser.errors()
                if "the server responded with a status of 4" not in m]
        assert said == [], address
