"""byline read on JSON in all the shapes that people keep it in."""
import json
import random

import pytest

import fixture
from conftest import SOURCE

NAMES = fixture.names("json", "*.json", "*.jsonl")


@pytest.mark.parametrize("name", NAMES)
def test_every_article_is_read_to_the_letter(byline, name):
    done = byline("read", f"fixtures/json/{name}", cwd=SOURCE)
    assert done.returncode == 0, done.stderr
    fixture.compare(done, "json", name)


def test_dates_that_are_none_are_told(byline):
    done = byline("read", "fixtures/json/gazette.jsonl", cwd=SOURCE)
    assert [line.split(":")[2] for line in done.stderr.splitlines()] == [
        "7", "8"]
    assert "03/04/2021" in done.stderr and "1615420800" in done.stderr


def read(byline, tmp_path, data, name="a.json"):
    path = tmp_path / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return byline("read", path)


def titles(done):
    return [row["title"] for row in done.rows]


def article(n, **more):
    return json.dumps({"title": f"Title {n}", "text": f"Text {n}.", **more})


def lines_of(done):
    """The lines that notices name."""
    return [line.split(": ")[1].rsplit(":", 1)[-1]
            for line in done.stderr.splitlines()]


BROKEN = [
    '{"title": "Unclosed, "text": "x"}',
    '{"title": "Unclosed',
    '{"title": "Cut", "text": "off',
    '{"title": "Cut", "text": ',
    '{"title": "Cut", "text": ["a", {"b": [',
    '{"title": "Comma", "text": "x",}',
    '{"title": "Quotes", \'text\': "x"}',
    '{"title": "Word", "text": nothing}',
    '{"title": "Bracket", "text": ["x"}]',
    '{"title": "Escape", "text": "\\x"}',
    'title: "None"',
    ']', '}', '"', '{', '{{', '[}',
]


@pytest.mark.parametrize("broken", BROKEN)
def test_a_broken_line_costs_no_other(byline, tmp_path, broken):
    done = read(byline, tmp_path,
                f"{article(1)}\n{broken}\n{article(3)}\n{article(4)}\n")
    assert titles(done) == ["Title 1", "Title 3", "Title 4"]
    assert [row["line"] for row in done.rows] == [1, 3, 4]
    assert done.returncode == 2
    assert lines_of(done)[0] == "2"


@pytest.mark.parametrize("broken", [b for b in BROKEN if b != "]"])
@pytest.mark.parametrize("indent", ["", "  "])
def test_a_broken_element_costs_no_other(byline, tmp_path, broken, indent):
    rows = f",\n{indent}".join([article(1), broken, article(3), article(4)])
    done = read(byline, tmp_path, f"[\n{indent}{rows}\n]\n")
    assert titles(done) == ["Title 1", "Title 3", "Title 4"]
    assert done.returncode == 2


@pytest.mark.parametrize("broken", [
    '{"title": "Comma", "text": "x",}', '{"a" "b": [1, {}], "text": "x"}',
    '{"text": nothing}', '{"text": "\\x"}', "@", "{1: 2}"])
def test_a_broken_element_of_one_long_line(byline, tmp_path, broken):
    done = read(byline, tmp_path,
                f'[{article(1)},{broken},{article(3)}, {article(4)}]')
    assert titles(done) == ["Title 1", "Title 3", "Title 4"]
    assert done.returncode == 2


def test_a_broken_object_over_many_lines(byline, tmp_path):
    whole = json.dumps({"title": "Whole", "text": "x", "more": {"a": [{}]}},
                       indent=2)
    done = read(byline, tmp_path,
                "\n".join([whole, whole.replace('"x",', '"x"'), whole]))
    assert titles(done) == ["Whole", "Whole"]
    assert lines_of(done) == ["10"] and "line 13" in done.stderr


@pytest.mark.parametrize("cut", [1, 10, 25, 37])
def test_a_truncated_file_names_the_line(byline, tmp_path, cut):
    text = f"{article(1)}\n{article(2)}\n{article(3)}"
    done = read(byline, tmp_path, text[:-cut])
    assert titles(done) == ["Title 1", "Title 2"]
    assert done.returncode == 2
    assert lines_of(done) == ["3"] and "cut off" in done.stderr


def test_a_list_that_does_not_end(byline, tmp_path):
    done = read(byline, tmp_path, f'{{"articles": [{article(1)},\n{article(2)}')
    assert titles(done) == ["Title 1", "Title 2"]
    assert done.returncode == 2
    assert lines_of(done) == ["2"] and "cut off" in done.stderr


@pytest.mark.parametrize("before,after", [
    ('{"articles":[', "]}"), ('{"a":{"b":[1]},"items" : [ ', '],"c":{}}'),
    ('{"version":"https://jsonfeed.org/version/1.1","title":"T",'
     '"description":"D","items":[', "]}"),
    ('{"data":{"articles":{"edges":[', "]}}}"),
    ('{"hits":{"total":3,"hits":[', "]}}"), ("[", "]")])
def test_wrappers(byline, tmp_path, before, after):
    rows = ",\n".join(article(n) for n in (1, 2, 3))
    done = read(byline, tmp_path, before + rows + after)
    assert (done.returncode, done.stderr) == (0, "")
    assert titles(done) == ["Title 1", "Title 2", "Title 3"]
    assert [row["line"] for row in done.rows] == [1, 2, 3]


def test_an_article_may_have_a_list_of_its_own(byline, tmp_path):
    done = read(byline, tmp_path,
                article(1, items=[{"title": "No article", "text": "x"}]))
    assert titles(done) == ["Title 1"]


def test_repairs_are_counted(byline, tmp_path):
    done = read(byline, tmp_path, b"\xef\xbb\xbf"
                b'{"title": "caf\xc3\xa9 \xff", "text": "a\\u0000b \\ud800c"}\r\n'
                b'{"title": "Twice", "title": "Twice again", "text": "x", '
                b'"id": 12345678901234567890123}\r\n')
    assert done.returncode == 0
    assert [(r["title"], r["text"], r["line"]) for r in done.rows] == [
        ("café \ufffd", "a\ufffdb \ufffdc", 1), ("Twice again", "x", 2)]
    assert done.rows[1]["id"] == "12345678901234567890123"
    assert "3 broken characters replaced" in done.stderr


def test_what_is_no_article_is_counted(byline, tmp_path):
    done = read(byline, tmp_path, f'{article(1)}\n{{"x": 1}}\n12\n"s"\nnull\n')
    assert done.returncode == 0
    assert titles(done) == ["Title 1"]
    assert lines_of(done) == ["2"] and "4 values" in done.stderr


@pytest.mark.parametrize("levels", [201, 100_000])
def test_deep_nesting(byline, tmp_path, levels):
    deep = '{"title": "Deep", "text": "x", "a": ' + "[" * levels + "]" * levels
    done = read(byline, tmp_path, f"{article(1)}\n{deep}}}\n{article(3)}\n")
    assert titles(done) == ["Title 1", "Title 3"]
    assert done.returncode == 2
    assert lines_of(done) == ["2"] and "200 levels" in done.stderr


def test_deep_nesting_without_end(byline, tmp_path):
    done = read(byline, tmp_path, article(1) + "\n" + '{"text":[' * 100_000)
    assert titles(done) == ["Title 1"]
    assert done.returncode == 2


def test_html_nested_deep_in_a_body(byline, tmp_path):
    done = read(byline, tmp_path,
                json.dumps({"title": "T", "body": "<div>" * 100_000 + "end"}))
    assert (done.returncode, done.rows[0]["text"]) == (0, "end")


def test_export_is_read_back_the_same(byline, fixture_db, tmp_path):
    exported = byline("export", "--db", fixture_db)
    done = read(byline, tmp_path, exported.stdout, "export.jsonl")
    assert (done.returncode, done.stderr) == (0, "")
    mine = [{**row, "source": "", "line": 0} for row in done.rows]
    assert mine == [{**row, "source": "", "line": 0} for row in exported.rows]


@pytest.mark.parametrize("text", [
    '{"name": "left-pad", "version": "1.0", "description": "pads", '
    '"author": "A. Zed", "keywords": []}',
    '{"type": "FeatureCollection", "features": [{"properties": {}}]}',
    "[1, 2, 3]", "{}", "[]", "{not json", "[link](https://a.example) text"])
def test_other_json_in_a_folder_is_skipped(byline, tmp_path, text):
    (tmp_path / "a.json").write_text(text)
    done = byline("read", tmp_path)
    assert done.rows == []
    assert "skipped" in done.stderr


def test_pieces_of_every_size(byline, tmp_path):
    """Values lie across the ends of buffers."""
    rng = random.Random(7)
    rows = [{"title": f"T{n}", "text": "é\\\"x" * rng.randrange(40_000),
             "id": f"i{n}"} for n in range(40)]
    for indent in (None, 1):
        text = json.dumps(rows, indent=indent, ensure_ascii=False)
        done = read(byline, tmp_path, text)
        assert (done.returncode, done.stderr) == (0, "")
        assert [(r["id"], r["text"]) for r in done.rows] == [
            (r["id"], r["text"]) for r in rows]


def test_the_real_collection(byline, shared_archives):
    path = shared_archives.parent / "corpora/reuters.jsonl"
    if not path.exists():
        pytest.skip("no ../shared/corpora on this machine")
    source = [json.loads(line) for line in path.open(encoding="utf-8")]
    rows = {row["line"]: row for row in byline("read", path).rows}
    for number, wanted in enumerate(source, 1):
        if not wanted["title"] and not wanted["text"]:
            continue
        row = rows[number]
        assert row["id"] == wanted["id"]
        assert row["date"] == wanted["date"]
        assert (row["title"] or "").split() == wanted["title"].split()
        assert row["text"].split() == wanted["text"].split()


# ---- Shapes that programs write --------------------------------------------

def one(byline, tmp_path, *members):
    done = read(byline, tmp_path, json.dumps(dict(members)))
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    (row,) = done.rows
    return row


TITLE, TEXT = ("title", "Ferry"), ("text", "Words.")


@pytest.mark.parametrize("name,value,field,wanted", [
    ("published_date", "2021-03-04", "date", "2021-03-04"),
    ("dcterms:issued", "2021-03", "date", "2021-03"),
    ("post_date", "2021-03-04 09:15", "date", "2021-03-04T09:15:00"),
    ("date", 1614849300000, "date", "2021-03-04T09:15:00"),
    ("Author(s)", "Ada Marlow", "authors", ["Ada Marlow"]),
    ("author", 7, "authors", []),
    ("author", "Marlow, Ada; de la Cruz, Ana", "authors",
     ["Marlow, Ada", "de la Cruz, Ana"]),
    ("author", "Ada Marlow; John Roe", "authors",
     ["Ada Marlow", "John Roe"]),
    ("publishedBylines", [{"id": 1, "name": "Ada Marlow"}], "authors",
     ["Ada Marlow"]),
    ("_embedded", {"author": [{"id": 7, "name": "Ada Marlow"}]}, "authors",
     ["Ada Marlow"]),
    ("metadata", {"author": "Ada Marlow", "title": "Not this"}, "authors",
     ["Ada Marlow"]),
    ("auteur", "Ada Marlow", "authors", ["Ada Marlow"]),
    ("fecha", "4 de marzo de 2021", "date", "2021-03-04"),
])
def test_fields_have_the_names_that_people_give_them(byline, tmp_path, name,
                                                     value, field, wanted):
    row = one(byline, tmp_path, TITLE, TEXT, (name, value))
    assert (row["title"], row[field]) == ("Ferry", wanted)


def test_a_number_of_seconds_in_a_date_is_no_date(byline, tmp_path):
    done = read(byline, tmp_path, json.dumps({"text": "x", "date": 1614849300}))
    assert done.rows[0]["date"] is None and "1614849300" in done.stderr


@pytest.mark.parametrize("text", [
    {"type": "doc", "content": [
        {"type": "heading", "content": [{"type": "text", "text": "One"}]},
        {"type": "paragraph", "content": [
            {"type": "text", "text": "Two "},
            {"type": "text", "text": "three", "marks": [{"type": "bold"}]}]}]},
    [{"_type": "block", "children": [{"_type": "span", "text": "One"}]},
     {"_type": "block", "children": [{"_type": "span", "text": "Two "},
                                     {"_type": "span", "text": "three"}]}],
    {"nodeType": "document", "content": [
        {"nodeType": "heading-2", "content": [
            {"nodeType": "text", "value": "One"}]},
        {"nodeType": "paragraph", "content": [
            {"nodeType": "text", "value": "Two "},
            {"nodeType": "hyperlink", "data": {"uri": "x"}, "content": [
                {"nodeType": "text", "value": "three"}]}]}]},
    {"time": 1, "blocks": [
        {"type": "header", "data": {"text": "One", "level": 2}},
        {"type": "paragraph", "data": {"text": "Two <b>three</b>"}}]},
    ["One", "Two three"],
])
def test_texts_may_be_trees_of_blocks(byline, tmp_path, text):
    row = one(byline, tmp_path, TITLE, ("body", text))
    assert row["text"] == "One\n\nTwo three"


def test_an_export_of_ghost_has_its_posts_in_lists_of_lists(byline, tmp_path):
    post = {"type": "post", "html": "<p>Words.</p>"}
    done = read(byline, tmp_path, json.dumps({"db": [{
        "meta": {"version": "4.1.0", "other": [1]}, "data": {
            "tags": [{"name": "News"}],
            "posts": [{**post, "title": "Ferry", "status": "published"},
                      {**post, "title": "Pier", "status": "draft"}],
            "users": [{"name": "Ada Marlow"}]}}, {"data": {
                "posts": [{**post, "title": "Lido"}]}}], "end": {}}))
    assert (done.returncode, titles(done)) == (0, ["Ferry", "Lido"])
    assert "1 draft left out" in done.stderr


@pytest.mark.parametrize("cut", ['{"title": "Cut", "text": ',
                                 '{"title": "Cut", "text": ["a", '])
def test_a_line_that_is_cut_off_takes_no_others_with_it(byline, tmp_path, cut):
    for count in (1, 2, 3):
        lines = [article(1), cut] + [article(2 + n) for n in range(count)]
        done = read(byline, tmp_path, "\n".join(lines) + "\n")
        assert titles(done) == [f"Title {1 + n}" for n in range(count + 1)]
        assert done.returncode == 2 and lines_of(done) == ["2"]
