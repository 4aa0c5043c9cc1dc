"""Words cut short: wildcards, and the last word of a query that somebody is
typing. Whatever stands for too much is refused, in bounded time."""
import pytest

from archive import article, digest, refused

STORIES = {
    "Harbour": "The harbour master counted gulls. #Harbourlife @harbour",
    "Harbours": "Two harbours and a harbinger. See www.example.org/news/one",
    "Hardware": "Hardware is sold here. Write to crew@example.org or #hard",
    "Cafe": "A Café by the quay, with f*ck written on its door.",
    "Links": "Links: http://example.org/news/two and #gulls",
}


@pytest.fixture(scope="module")
def db(byline, tmp_path_factory):
    path = tmp_path_factory.mktemp("wild") / "db"
    text = digest("14 November 2017", *[
        article(title + " story told", "Ada Marlow", text)
        for title, text in STORIES.items()])
    assert byline("index", "--db", path, "-", input=text).returncode == 0
    return path


@pytest.fixture
def found(byline, db):
    def run(*query):
        done = byline("search", "--db", db, "--limit", 100, "--format",
                      "json", "--strict", *query[:-1], "--", query[-1])
        assert done.returncode in (0, 1), done.stderr
        return {hit["title"].split()[0] for hit in done.json["hits"]}
    return run


@pytest.mark.parametrize("query, titles", [
    ("harb*", "Harbour Harbours"), ("Harb*", "Harbour Harbours"),
    ("HARBO*", "Harbour Harbours"), ("har* gulls", "Harbour"),
    ("ha*", "Harbour Harbours Hardware"), ("caf*", "Cafe"), ("café*", "Cafe"),
    ("cafe\u0301*", "Cafe"), ("title:har*", "Harbour Harbours Hardware"),
    ("author:mar* caf*", "Cafe"), ("har* NOT gull*", "Harbours Hardware"),
    ("zzz* OR harbour*", "Harbour Harbours"), ("zzz*", ""),
    ("+har* -hard*", "Harbour Harbours"),
    # Values of fields.
    ("hashtag:har*", "Harbour Hardware"), ("hashtag:#Harb*", "Harbour"),
    ("handle:@har*", "Harbour"), ("link:example.org/*", "Links"),
    ("link:www.example.org/news/*", "Harbours"), ("email:crew*", "Hardware"),
    ("hashtag:zzz*", ""),
    # Elsewhere it says nothing, as in a text that was copied.
    ("* harbour", "Harbour Harbours"), ("harbour * gulls", "Harbour"),
    ('"harbour* master"', "Harbour"), ('"f*ck"', "Cafe"), ("f*ck", "Cafe"),
    ("*", "Harbour Harbours Hardware Cafe Links"),
    (" ** ", "Harbour Harbours Hardware Cafe Links"),
    ("*harbour", "Harbour Harbours"), ("harbour**", "Harbour Harbours"),
])
def test_wildcards(found, query, titles):
    assert found(query) == set(titles.split())


def test_the_last_word_may_be_a_beginning(found):
    assert found("gulls har") == set()
    assert found("--prefix", "gulls har") == {"Harbour"}
    assert found("--prefix", "harbour") == {"Harbour", "Harbours"}
    assert found("--prefix", "Café wri") == {"Cafe"}
    assert found("--prefix", "wri café") == set()
    assert found("--prefix", "title:ha") == {"Harbour", "Harbours",
                                              "Hardware"}
    assert found("--prefix", "harb ") == set()
    assert found("--prefix", "ha") == {"Harbour", "Harbours", "Hardware"}


@pytest.fixture(scope="module")
def large(byline, tmp_path_factory):
    """More than 10,000 words that begin with w, and with w1."""
    path = tmp_path_factory.mktemp("large") / "db"
    text = digest("14 November 2017", *[
        article(f"Numbers {n} told", "Ada Marlow",
                " ".join(f"w{n}x{k}" for k in range(100)))
        for n in range(1000, 1210)])
    assert byline("index", "--db", path, "-", input=text).returncode == 0
    return path


@pytest.mark.parametrize("query", [
    "w*", "W*", "w1*", "told w*", "w* OR told", "told NOT w*", "w* w* w*"])
def test_too_many_words(byline, large, query):
    refused(byline("search", "--db", large, "--", query), "more than 10000",
            "write more of it", "*'")


def test_too_many_words_in_a_field(byline, tmp_path):
    text = digest("14 November 2017", *[
        article("Told " + " ".join(f"w{n}x{k}" for k in range(15)),
                "Ada Marlow", "Text.") for n in range(800)])
    byline("index", "--db", tmp_path / "db", "-", input=text)
    refused(byline("search", "--db", tmp_path / "db", "title:w*"),
            "'title:w*' stands for more than 10000")


def test_just_few_enough(byline, large):
    done = byline("search", "--db", large, "--count", "w10*")
    assert done.stdout == "100\n"


def test_a_partial_word_is_never_too_short(byline, large):
    done = byline("search", "--db", large, "--prefix", "--count", "told w")
    assert done.returncode == 0 and int(done.stdout) > 0
