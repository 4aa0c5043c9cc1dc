"""The passage of a result: from anywhere in the text, a sentence where one is
near, with what was looked for."""
import html
import json
import re
import urllib.parse

import pytest

from web_site import Site

FILLER = "Nobody on the quay had anything to say about the weather. "
ARTICLES = {
    "deep": FILLER * 40 + "Then, at dusk, a cormorant took the mayor’s hat. "
            + FILLER * 40,
    "apart": "The lantern went out at four. " + FILLER * 40
             + "She lit the other lantern beside the anchor and waited. "
             + FILLER * 40 + "An anchor was found.",
    "paragraphs": FILLER * 20 + "\n\n“Who paints a weathercock?” she asked.\n\n"
                  + FILLER * 20,
    "phrase": "The red barge was late, and so was the ferry. " + FILLER * 40
              + "Behind it came the barge red with rust, no red barge at all. ",
    "titled": FILLER * 3,
    "accents": FILLER * 20 + "He met her at the Café Zoë by the bridge. " + FILLER,
    "cyrillic": "Погода была прежней. " * 60 + "Маяк погас ночью в бурю. "
                + "Погода была прежней. " * 60,
    "compound": FILLER * 30 + "The sub-committee met in C++ and R&D. " + FILLER,
    "markup": FILLER * 30 + "A 5 < 6 & \"quoted\" gannet came. " + FILLER,
    "short": "A puffin.",
    "unbroken": "x" * 3000 + " kittiwake " + "y" * 3000,
    "book": FILLER * 40000 + "The gilded sextant lay in a chandlery. "
            + FILLER * 100,
}
# Of every number of bytes before what has no spaces to cut at.
SOLID = {f"solid{n}": "a" * n + "港口的渡轮在风暴中停航了" * 40 for n in range(3)}


@pytest.fixture(scope="module")
def site(byline, tmp_path_factory):
    path = tmp_path_factory.mktemp("passages") / "db"
    rows = [{"id": name, "title": "Mudlark found" if name == "titled" else name,
             "language": "ru" if name == "cyrillic" else "en", "text": text}
            for name, text in ARTICLES.items()]
    rows += [{"id": name, "title": text[:40], "language": "zh", "text": text}
             for name, text in SOLID.items()]
    done = byline("index", "--db", path, "--format", "jsonl", "-",
                  input="".join(json.dumps(row) + "\n" for row in rows))
    assert done.returncode == 0, done.stderr
    with Site(path) as running:
        yield running


def passage(site, query, name):
    page = site.get(P=query, HITSPERPAGE=10).text
    found = re.search(rf'B=Q{name}">.*?<p class="snip"[^>]*>(.*?)</p>', page,
                      re.S)
    assert found, page
    return found.group(1)


def plain(text):
    return html.unescape(re.sub(r"</?strong>", "", text))


@pytest.mark.parametrize("query, name, sentence", [
    ("cormorant", "deep",
     "Then, at dusk, a <strong>cormorant</strong> took the mayor’s hat."),
    ("anchor lantern", "apart",
     "She lit the other <strong>lantern</strong> beside the "
     "<strong>anchor</strong> and waited."),
    ("weathercocks", "paragraphs",
     "“Who paints a <strong>weathercock</strong>?” she asked."),
    ("Café Zoë", "accents",
     "He met her at the <strong>Café</strong> <strong>Zoë</strong> by the "
     "bridge."),
    ("маяк", "cyrillic", "<strong>Маяк</strong> погас ночью в бурю."),
    ("gannet", "markup",
     "A 5 &lt; 6 &amp; &quot;quoted&quot; "
     "<strong>gannet</strong> came."),
    ("puffin", "short", "A <strong>puffin</strong>."),
])
def test_a_passage_begins_with_the_sentence(site, query, name, sentence):
    assert passage(site, query, name).startswith(sentence)


def test_one_word_of_several_in_the_text(site):
    """The other is in another article."""
    assert "<strong>cormorant</strong> took" in passage(
        site, "cormorant OR puffin", "deep")


def test_a_phrase_is_shown_where_it_stands(site):
    assert "<strong>barge red</strong> with rust" in passage(
        site, '"barge red"', "phrase")


def test_words_of_the_title_only_leave_the_beginning(site):
    assert plain(passage(site, "mudlark", "titled")).startswith(
        FILLER.strip())


@pytest.mark.parametrize("query, word", [
    ("C++", "C++"), ("R&D", "R&amp;D"), ("sub-committee", "sub")])
def test_signs_in_words_are_no_patterns(site, query, word):
    assert word in passage(site, query, "compound")


def test_what_has_no_sentences_is_cut(site):
    text = passage(site, "kittiwake", "unbroken")
    assert "<strong>kittiwake</strong>" in text
    assert len(plain(text)) < 700


@pytest.mark.parametrize("query, marked", [
    ('"gilded sextant"', "<strong>gilded sextant</strong>"),
    ("“gilded sextant”", "<strong>gilded sextant</strong>"),
    ("chandl*", "<strong>chandlery</strong>"),
    ("gilded NEAR sextant", "<strong>sextant</strong>")])
def test_what_stands_deep_in_a_book(site, query, marked):
    """Two megabytes from its beginning."""
    assert marked in passage(site, query, "book")


@pytest.mark.parametrize("name", SOLID)
def test_a_cut_splits_no_character(site, name):
    title, article = f"title:{SOLID[name][:40]}", f"Q{name}"
    for asked in ({"B": "Lzh"}, {"P": title}, {"P": "风暴", "B": article},
                  {"P": "港口 渡轮", "B": article}, {"B": article},
                  {"MORELIKE": article}, {"FMT": "article", "B": article}):
        page = site.get(**asked).text
        assert "\ufffd" not in page
        for link in re.findall(r'href="(\?[^"]*)"', page):
            assert "%EF%BF%BD" not in link
            urllib.parse.unquote(html.unescape(link), errors="strict")
        for kind in ("json", "rss"):
            assert "\ufffd" not in site.get(**{**asked, "FMT": kind}).text
    for row in site.json(B="Lzh")["hits"]:
        assert SOLID[row["id"]].startswith(row["snippet"].rstrip("…"))
