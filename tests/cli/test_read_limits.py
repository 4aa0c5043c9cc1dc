"""What is beyond a limit of reading is told and counted, and nothing else is
lost."""
import json

import pytest

from archive import article, digest, refused


def rows(*values):
    return "".join(json.dumps(value) + "\n" for value in values).encode()


def titles(done):
    return [row["title"] for row in done.rows]


ANT = {"title": "Ant", "text": "the ferry sails"}
BEE = {"title": "Bee", "text": "the harbour is calm"}


def read(byline, path, data, *limits):
    path.write_bytes(data)
    return byline("read", *(part for limit in limits
                            for part in ("--max", limit)), path)


def test_an_article_that_is_too_long_is_left_out_alone(byline, tmp_path):
    whale = {"title": "Whale", "text": "w" * 2000}
    done = read(byline, tmp_path / "a.jsonl", rows(ANT, whale, BEE),
                "article=1K")
    assert titles(done) == ["Ant", "Bee"] and done.returncode == 2
    assert "a.jsonl:2: an article of more than 1 KiB is left out" \
        in done.stderr
    done = read(byline, tmp_path / "a.jsonl", rows(ANT, whale, BEE),
                "article=2000")
    assert (titles(done), done.returncode) == (["Ant", "Whale", "Bee"], 0)


def test_an_article_of_plain_text_as_well(byline, tmp_path):
    data = digest("14 November 2017", article("Ant told here", "Ada Marlow", "a b. " * 20),
                  article("Whale told here", "Ada Marlow", "the sea. " * 400),
                  article("Bee told here", "Ada Marlow", "c d. " * 20))
    data = data if isinstance(data, bytes) else data.encode()
    done = read(byline, tmp_path / "a.txt", data, "article=1K")
    assert titles(done) == ["Ant told here", "Bee told here"]
    assert "an article of more than 1 KiB is left out" in done.stderr


def test_a_title_is_cut_and_other_fields_are_left_out(byline, tmp_path):
    long = {"title": "é" * 600, "text": "x", "url": "http://a.example/" + "u" * 2000,
            "id": "i" * 2000, "authors": ["Ada Marlow"],
            "keywords": ["sea", "k" * 2000, "air"], "section": "s" * 2000}
    done = read(byline, tmp_path / "a.jsonl", rows(ANT, long, BEE),
                "field=1001")
    row = done.rows[1]
    assert row["title"] == "é" * 500 and row["keywords"] == ["sea", "air"]
    assert row["authors"] == ["Ada Marlow"]
    assert not row["url"] and not row["section"] and row["id"] != long["id"]
    assert done.returncode == 0 and len(done.rows) == 3
    assert "a.jsonl:2: repaired: 1 title or deck cut to 1001 bytes" \
        in done.stderr
    assert "a.jsonl:2: repaired: 4 fields of more than 1001 bytes left out" \
        in done.stderr


def listed(count):
    """An article with so many keywords, in each format that has them."""
    names = [f"k{n}" for n in range(count)]
    return {
        "a.jsonl": rows(dict(ANT, authors=names)),
        "a.rss": b"<rss version='2.0'><channel><item><title>Ant</title>"
        + "".join(f"<category>{name}</category>" for name in names).encode()
        + b"</item></channel></rss>",
        "a.html": b"<html><title>Ant</title>" + "".join(
            f"<meta property='article:tag' content='{name}'>"
            for name in names).encode() + b"<p>The ferry sails.</p>",
        "a.md": f"---\ntitle: Ant\ntags: [{', '.join(names)}]\n---\n\n"
        "The ferry sails.\n".encode(),
        "a.eml": b"From: Ada Marlow <a@example.org>\nSubject: Ant\nDate: Tue, "
        b"14 Nov 2017 10:00:00 +0000\nKeywords: " + ",\n ".join(names).encode()
        + b"\n\nThe ferry sails.\n"}


@pytest.mark.parametrize("name", listed(1))
def test_authors_and_keywords_beyond_a_thousand(byline, tmp_path, name):
    for count, told in (1000, ""), (1001, "1 author, deck or keyword beyond"), (
            1600, "600 authors, decks or keywords beyond"):
        done = read(byline, tmp_path / name, listed(count)[name])
        (row,) = done.rows
        kept = row["authors"] + row["keywords"]
        assert [v for v in kept if v[0] == "k"] == [
            f"k{n}" for n in range(1000)]
        assert (done.returncode, told in done.stderr) == (0, True)
        assert len(done.stderr.splitlines()) == bool(told), done.stderr
    assert f"{name}:1: repaired: {told} 1000 left out" in done.stderr


def test_names_again_are_not_counted(byline, tmp_path):
    done = read(byline, tmp_path / "a.jsonl", rows(
        dict(ANT, keywords=[f"k{n % 1000}" for n in range(12000)])))
    assert (len(done.rows[0]["keywords"]), done.stderr) == (1000, "")


def test_authors_of_a_feed_are_told_once(byline, tmp_path):
    for count in 1000, 1600:
        names = "".join(f"<author><name>Jan Roe{n}</name></author>"
                        for n in range(count))
        entries = "\n".join(f"<entry><title>T{n}</title><content>The ferry."
                            "</content></entry>" for n in range(3))
        done = read(byline, tmp_path / "a.atom", (
            f"<feed xmlns='http://www.w3.org/2005/Atom'>{names}\n{entries}"
            "</feed>").encode())
        assert [len(row["authors"]) for row in done.rows] == [1000] * 3
        assert ("a.atom:2: repaired: 600 authors of the feed beyond 1000 left "
                "out\n" in done.stderr) == (count > 1000)
        assert len(done.stderr.splitlines()) == (count > 1000)


def test_the_rest_of_a_file_of_too_many_articles(byline, tmp_path):
    data = rows(*({"title": f"T{n}", "text": "x"} for n in range(5)))
    done = read(byline, tmp_path / "a.jsonl", data, "articles=3")
    assert titles(done) == ["T0", "T1", "T2"] and done.returncode == 2
    assert "a.jsonl:4: more than 3 articles: the rest of the file is left " \
        "out" in done.stderr
    done = read(byline, tmp_path / "a.jsonl", data, "articles=5")
    assert (len(done.rows), done.returncode, done.stderr) == (5, 0, "")


def test_nesting(byline, tmp_path):
    deep = dict(ANT, title="Deep", x=[[[[[1]]]]])
    done = read(byline, tmp_path / "a.jsonl", rows(ANT, deep, BEE),
                "nesting=5")
    assert titles(done) == ["Ant", "Bee"]
    assert "a.jsonl:2: what is nested more than 5 levels deep is left out: " \
        'the limit "nesting"\n' in done.stderr
    done = read(byline, tmp_path / "a.jsonl", rows(ANT, deep, BEE),
                "nesting=6")
    assert titles(done) == ["Ant", "Deep", "Bee"]
    feed = (b"<rss version='2.0'><channel><item><title>Ant</title></item>"
            b"<item><a><b><c></c></b></a><title>Bee</title></item></channel>"
            b"</rss>")
    done = read(byline, tmp_path / "a.rss", feed, "nesting=5")
    assert titles(done) == ["Ant"]
    assert "a.rss:1: elements are nested too deep" in done.stderr


WORDS = "The ferry sailed at noon, and everybody at the pier was glad of it."
THREE = ["Ant is told of here", "Bee is told of here as well",
         "Cow is told of here"]


def each(form):
    """Three articles, the second with the longest title."""
    return "".join(form.format(title, words=WORDS) for title in THREE)


@pytest.mark.parametrize("name, text", [
    ("a.rss", "<rss version='2.0'><channel>" + each(
        "<item><title>{}</title><description>{words}</description></item>")
     + "</channel></rss>"),
    ("a.html", "<html><body>" + each(
        "<article><h2>{}</h2><p>{words}</p></article>\n")),
    ("a.md", each("---\ntitle: {}\n---\n\n{words}\n\n")),
    ("a.mbox", each("From ada@example.org Tue Nov 14 10:00:00 2017\nFrom: Ada "
                    "Marlow <a@example.org>\nSubject: {}\n\n{words}\n\n")),
    ("a.txt", digest("14 November 2017", *(
        article(title, "Ada Marlow", WORDS, WORDS) for title in THREE))),
], ids=lambda value: value if value[:2] == "a." else "")
def test_edges_of_articles_and_fields(byline, tmp_path, name, text):
    def told(*limits):
        done = read(byline, tmp_path / name, text.encode(), *limits)
        return titles(done), done.returncode, done.stderr

    longest = len(THREE[1])
    assert told("articles=3", f"field={longest}") == (THREE, 0, "")
    names, status, said = told("articles=2")
    assert (names, status) == (THREE[:2], 2)
    assert said.endswith(
        ": more than 2 articles: the rest of the file is left out: split it, "
        'or raise the limit "articles"\n') and said.count("\n") == 1
    names, status, said = told(f"field={longest - 1}")
    assert (names, status) == ([THREE[0], THREE[1][:-1], THREE[2]], 0)
    assert said.endswith(f": repaired: 1 title or deck cut to {longest - 1} "
                         'bytes: the limit "field"\n')
    assert said.count("\n") == 1


def in_multiparts(depth):
    """A mail whose last part lies in so many multiparts, and one beside."""
    lines = [b"From: Ada Marlow <a@example.org>", b"Subject: Ant",
             b"Date: Tue, 14 Nov 2017 10:00:00 +0000"]
    for n in range(depth):
        lines += [b"Content-Type: multipart/mixed; boundary=b%d" % n, b"",
                  b"--b%d" % n]
        if n == 0:
            lines += [b"", b"Shallow.", b"--b0"]
    return b"\n".join([*lines, b"", b"Deep.\n"])


def in_messages(depth):
    head = b"From: Ada Marlow <a@example.org>\nSubject: Ant\n"
    return (b"Date: Tue, 14 Nov 2017 10:00:00 +0000\n"
            + (head + b"Content-Type: message/rfc822\n\n") * depth
            + head + b"\nDeep.\n")


def in_digests(depth):
    head = b"From: Ada Marlow <a@example.org>\nSubject: Ant\n"
    return (b"Date: Tue, 14 Nov 2017 10:00:00 +0000\n" + b"".join(
        head + b"Content-Type: multipart/digest; boundary=b%d\n\n--b%d\n\n"
        % (n, n) for n in range(depth)) + head + b"\nDeep.\n")


LEFT_OUT = 'is nested more than 5 levels deep is left out: the limit "nesting"'


@pytest.mark.parametrize("name, make", [
    ("a.eml", in_multiparts), ("a.eml", in_messages), ("a.eml", in_digests),
    ("a.md", lambda depth: b"# Ant\n\n" + b"> " * depth + b"Deep.\n\nsea\n"),
    ("a.md", lambda depth: b"# Ant\n\n" + b"- " * depth + b"Deep.\n\nsea\n"),
], ids=["multiparts", "messages", "digests", "quotations", "lists"])
def test_nesting_of_texts(byline, tmp_path, name, make):
    for depth, limit, there in (5, 5, True), (6, 5, False), (200, 200, True):
        done = read(byline, tmp_path / name, make(depth), f"nesting={limit}")
        assert titles(done) == ["Ant"] and done.returncode == 0, done.stderr
        assert ("Deep." in done.rows[0]["text"]) == there, depth
        assert done.stderr.count(LEFT_OUT) == (not there)
        assert ('"nesting"' in done.stderr) == (not there), done.stderr
    done = read(byline, tmp_path / name, make(201))
    assert "Deep." not in done.rows[0]["text"]
    assert "more than 200 levels deep is left out" in done.stderr


@pytest.mark.parametrize("inner, told", [("mixed", 0), ("digest", 1)])
def test_nesting_beside_a_digest(byline, tmp_path, inner, told):
    """Beside it nothing but other digests is read, whatever the limit."""
    message = "From: Ada Marlow <a@example.org>\nSubject: {}\n\n{}\n"
    deep = "".join(f"Content-Type: multipart/mixed; boundary=d{n}\n\n--d{n}\n"
                   for n in range(6))
    data = ("From: l@example.org\nDate: Tue, 14 Nov 2017 10:00:00 +0000\n"
            "Content-Type: multipart/mixed; boundary=zz\n\n--zz\n"
            "Content-Type: multipart/digest; boundary=yy\n\n--yy\n\n"
            + message.format("Ant", WORDS) + "--yy--\n--zz\n" + deep
            + f"Content-Type: multipart/{inner}; boundary=xx\n\n--xx\n\n"
            + message.format("Bee", WORDS) + "--xx--\n\n--zz--\n")
    done = read(byline, tmp_path / "a.eml", data.encode(), "nesting=5")
    assert titles(done) == ["Ant"] and done.stderr.count(LEFT_OUT) == told
    done = read(byline, tmp_path / "a.eml", data.encode(), "nesting=9")
    assert titles(done) == (["Ant", "Bee"] if told else ["Ant"])


def test_html_is_read_at_any_depth(byline, tmp_path):
    """Articles stay apart, and what is beside them stays out."""
    page = "<html><body>" + "<div>" * 5000 + each(
        "<article><h2>{}</h2><p>{words}</p></article>\n")
    done = read(byline, tmp_path / "a.html", page.encode(), "nesting=3")
    assert (titles(done), done.returncode, done.stderr) == (THREE, 0, "")
    aside = f"<div class={{}}><p>Bee. {WORDS * 3}</p></div>"
    page = ("<div>" * 5000 + aside.format("sidebar")
            + f"<article><h1>Ant</h1><p>{WORDS}</p></article>"
            + aside.format("comments"))
    done = read(byline, tmp_path / "a.html", page.encode(), "nesting=3")
    (row,) = done.rows
    assert (row["title"], row["text"], done.stderr) == ("Ant", WORDS, "")


def beyond(byline, path, data):
    done = read(byline, path, data.encode())
    assert titles(done)[:1] == ["Ant"] and done.returncode == 0
    return done.stderr.replace(f"byline: {path}", "")


def test_metas_without_end(byline, tmp_path):
    """Those with two names count once."""
    for count, told in (2000, ""), (2001, ":2002: repaired: 1 meta element "
                                    "beyond 2000 left out\n"), \
            (2003, ":2002: repaired: 3 meta elements beyond 2000 left out\n"):
        for names in "name=m{0}", "name=m{0} property=p{0}":
            metas = "".join(f"<meta {names.format(n)} content=x>\n"
                            for n in range(count))
            page = f"<title>Ant</title>\n{metas}<p>The ferry.</p>"
            assert beyond(byline, tmp_path / "a.html", page) == told


def test_marks_without_end(byline, tmp_path):
    for count, told in (99_998, ""), (100_001, ":100001: repaired: 2 headings, "
                                      "names and dates beyond 100000 left "
                                      "out\n"):
        page = f"<h1>Ant</h1>\n<p>{WORDS}</p>" + "<h3>Bee</h3>\n" * count
        assert beyond(byline, tmp_path / "a.html", page) == told


@pytest.mark.parametrize("make", [
    lambda value: b"---\ntitle: Ant\nparams: {tags: [" + value + b"]}\n---\n",
    lambda value: b'{"title": "Ant", "params": {"tags": [' + value + b"]}}\n",
], ids=["yaml", "json"])
def test_nesting_of_front_matter(byline, tmp_path, make):
    data = make(b'"k", ["deep"]') + b"\nThe ferry sails.\n"
    for limit, keywords in (4, ["k", "deep"]), (3, ["k"]), (2, []):
        done = read(byline, tmp_path / "a.md", data, f"nesting={limit}")
        (row,) = done.rows
        assert row["title"] == "Ant" and row["keywords"] == keywords
        assert (f"more than {limit} levels deep is left out" in done.stderr) \
            == (limit < 4)


def test_nesting_of_front_matter_in_toml(byline, tmp_path):
    for value in b"tags = [['k'], [['deep']]]", b"[a.b.c]\nd = 1", b"a.b.c.d = 1":
        data = b"+++\ntitle = 'Ant'\n" + value + b"\n+++\n\nThe ferry sails.\n"
        done = read(byline, tmp_path / "a.md", data, "nesting=3")
        assert "lists are nested too deep: the limit \"nesting\"" in done.stderr
        done = read(byline, tmp_path / "a.md", data, "nesting=4")
        assert (titles(done), done.stderr) == (["Ant"], "")


def test_front_matter_of_too_many_values(byline, tmp_path):
    data = b"---\ntitle: Ant\nx: [" + b"1, " * 9_997 + b"%s]\n---\n\nsea\n"
    done = read(byline, tmp_path / "a.md", data % b"")
    assert (titles(done), done.stderr) == (["Ant"], "")
    done = read(byline, tmp_path / "a.md", data % b"1")
    assert titles(done) == ["Ant"] and done.returncode == 0
    assert "a.md:1: repaired: front matter of more than 10000 values: the " \
        "rest of it is left out" in done.stderr


def test_front_matter_that_is_too_long(byline, tmp_path):
    data = b"---\ntitle: Ant\nx: %s\n---\n\nsea\n" % (b"x" * (64 << 10))
    done = read(byline, tmp_path / "a.md", data)
    assert "a.md:1: repaired: front matter that has no end in 64 KiB: it is " \
        "read as text" in done.stderr


LONG_TEXT = b"The ferry sailed at noon. " * 2800


@pytest.mark.parametrize("data", [
    b"Author: Ada Marlow\n" + LONG_TEXT + b"\n",
    b"---\n\n# The pier\n\n" + LONG_TEXT.replace(b". ", b".\n\n"),
    b"---\nThe pier\n" + LONG_TEXT.replace(b". ", b".\n"),
    b"+++\n" + LONG_TEXT.replace(b". ", b".\n"),
    b"{: .no_toc }\n# The pier\n\n" + LONG_TEXT.replace(b". ", b".\n"),
    b"{ferry}\n" + LONG_TEXT.replace(b". ", b".\n"),
], ids=["header", "break", "break and text", "plusses", "kramdown", "braces"])
def test_a_long_text_is_no_front_matter(byline, tmp_path, data):
    done = read(byline, tmp_path / "a.md", data)
    assert done.rows[0]["text"].count("The ferry sailed at noon.") == 2800
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("opening", [
    b"---\n'the title': Ant\n", b"+++\n[a]\n", b"+++\na.b = 1\n",
    b'{\n"a": 1,\n', b'---json\n{"a": 1,\n', b"Title: Ant\nNote: x\n"])
def test_front_matter_of_each_kind_is_told(byline, tmp_path, opening):
    rest = b"".join(b"note: the ferry sailed at noon\n" for _ in range(2300))
    done = read(byline, tmp_path / "a.md", opening + rest)
    assert "front matter that has no end in 64 KiB" in done.stderr


def test_a_long_line_comes_in_pieces(byline, tmp_path):
    data = digest("14 November 2017", article(
        "Ant told here", "Ada Marlow", "the ferry sails. " * 100))
    data = data if isinstance(data, bytes) else data.encode()
    done = read(byline, tmp_path / "a.txt", data, "line=1K")
    (row,) = done.rows
    assert row["text"].split() == ["the", "ferry", "sails."] * 100
    assert "a line of more than 1 KiB is read in pieces: the limit " \
        '"line"\n' in done.stderr


@pytest.mark.parametrize("name, data, told", [
    ("a.jsonl", rows(ANT, {"title": "Big", "text": "b" * 200_000}, BEE),
     "a.jsonl:2: an object of more than 128 KiB is left out"),
    ("a.jsonl", rows(ANT, dict(ANT, x=[1] * 2000), BEE),
     "a.jsonl:2: an object of more than 1024 values is left out"),
    ("a.html", b"<html><title>Whale</title><p>" + b"sea " * 20_000,
     "a page of more than 64 KiB can't be read"),
    ("a.rss", b"<rss version='2.0'><channel><item><title>Ant</title></item>"
     b"<item><title>Big</title><description>" + b"sea " * 5000 +
     b"</description></item><item><title>Bee</title></item></channel></rss>",
     "an entry is left out: it has more than 16 KiB"),
    ("a.md", b"# Whale\n\n" + b"sea " * 2000, "it has more than 2 KiB"),
    ("a.eml", b"From: Ada Marlow <a@example.org>\nSubject: Ant\nDate: Tue, 14 "
     b"Nov 2017 10:00:00 +0000\n\n" + b"The ferry sails.\n" * 4000,
     "a mail of more than 32 KiB"),
], ids=["json", "values", "html", "feed", "markdown", "mail"])
def test_memory_bounds_what_is_held_whole(byline, tmp_path, name, data, told):
    done = read(byline, tmp_path / name, data, "memory=1M")
    assert told in done.stderr and 'limit "memory"' in done.stderr
    assert not {"Whale", "Big"} & set(titles(done))
    if name in ("a.jsonl", "a.rss"):
        assert titles(done) == ["Ant", "Bee"]
    done = read(byline, tmp_path / name, data)
    assert (done.returncode, done.stderr) == (0, "")


def test_notices_of_one_file_have_an_end(byline, tmp_path):
    data = rows(*({"title": f"T{n}", "text": "x", "date": "03/04/20 or so"}
                  for n in range(1500)))
    done = read(byline, tmp_path / "a.jsonl", data)
    assert len(done.rows) == 1500
    lines = done.stderr.splitlines()
    assert len(lines) == 1001 and lines[-1].endswith(
        "500 more notices left out")


def test_a_tag_with_attributes_without_end(byline, tmp_path):
    tag = b"<p" + b"".join(b" a%d=1" % n for n in range(200_000)) + b">"
    done = read(byline, tmp_path / "a.html",
                b"<html><title>Whale</title>" + tag + b"sea</p>")
    assert done.returncode == 2
    assert "too many attributes in a tag" in done.stderr


def test_a_tag_of_a_feed_as_well(byline, tmp_path):
    tag = b"<item" + b"".join(b" a%d='1'" % n for n in range(100_000)) + b">"
    done = read(byline, tmp_path / "a.rss",
                b"<rss version='2.0'><channel><item><title>Ant</title></item>"
                + tag + b"<title>Bee</title></item></channel></rss>")
    assert titles(done) == ["Ant"] and done.returncode == 2
    assert "a.rss:1: a tag of too many attributes" in done.stderr


def test_front_matter_with_brackets_without_end(byline, tmp_path):
    done = read(byline, tmp_path / "a.md",
                b"---\ntitle: Ant\nx: " + b"[" * 60_000 + b"\n---\n\nsea\n")
    assert titles(done) == ["Ant"] and done.returncode == 0
    assert "the front matter is broken (lists are nested too deep)" \
        in done.stderr


def test_another_limit_reads_a_file_again(byline, tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_bytes(rows({"title": "t" * 2000, "text": "x"}))
    db = tmp_path / "db"
    for limit, length in ("64K", 2000), ("1K", 1024), ("64K", 2000):
        done = byline("index", "--db", db, "--max", f"field={limit}", path)
        assert done.returncode == 0
        lengths = [len(row["title"]) for row in byline("export", "--db", db).rows]
        assert lengths == [length]


@pytest.mark.parametrize("limit, why", [
    ("harbour=3", "there is no limit 'harbour'"), ("articles", "from 1 to"),
    ("article=", "from 1 to"), ("article=-1", "from 1 to"),
    ("article=0", "from 1 to"), ("article=10X", "from 1 to"),
    ("article=10MB", "from 1 to"), ("nesting=201", "from 1 to 200"),
    ("line=63", "from 64 to"), ("memory=1K", "from 1048576 to"),
    ("article=99999999999999999999", "from 1 to"), ("", "there is no limit ''"),
])
def test_a_limit_that_is_none(byline, tmp_path, limit, why):
    for command in "read", "index":
        refused(byline(command, "--max", limit, tmp_path), why)
