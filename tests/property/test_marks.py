"""Marks that stand in running text do a copied slice no harm, though some mean
something to QueryParser elsewhere. Random slices rarely hold them."""
import pytest

# "date:" and its kind before a word, a "-" before one, and the operators in
# capitals are the only things that may not be copied as they are.
SLICES = [
    "a start... a small one", "wait...what then", "said:... nothing", "so .. far",
    "10..20 people", "(sic) they wrote", "both) ends (open", "*starred words*",
    "half*starred words", "~roughly ten boats", "+44 and more", "plus + plus",
    "\u201chalf a quotation", "half a quotation\u201d ended", "\u201ea word\u201c so",
    "\u00abun mot\u00bb dit", "\u2018single\u2019 marks", "the \"straight ones\" too",
    "one \"straight one", "wind/rain and sleet", "up\\down again", "C:\\boats sank",
    "https://example.org/a?b=c#d read", "date: not known", "title : none given",
    "[brackets] and {braces}", "^caret over it", "100% sure of it", "Venn & co",
    "-- dashes -- between", "the R&D/Q&A desk", "ferry@example.org wrote",
    "#flood came first", "@skerrow came second", "NEARLY at ANDOVER", "x^2 = 4",
    "and or not near", "half-time; full-time", "who? me! never", "$5 <b>bold</b>",
    "U.S.-led talks", "a.m. ferries", "it's the crews' rota", "50,000.75 metres",
    "see id, year and month", "a language: spoken", "wild | card", "`tick` and tock",
    "end of it.", "\u2026and so on\u2026", "caf\u00e9\u2014bar", "\u00bd a mile",
    # words about as long as a term may be, and longer
    "u" * 229 + " long", "v" * 230 + " long", "w" * 246 + " long",
    "\u0e01" * 81 + " long", "\u0e02" * 82 + " long", "\u0e03" * 1000 + " long",
]


@pytest.fixture(scope="module")
def database(byline, tmp_path_factory):
    """An article for each slice: title and author the same in all."""
    folder = tmp_path_factory.mktemp("marks")
    (folder / "a.txt").write_text("3 May 2019\n\n" + "\n".join(
        "Leaves out of the harbour master's notebook\n\nBy Dana Field\n\n\n"
        f"On page {n} he had put down {text} beside a drawing of a gull.\n"
        for n, text in enumerate(SLICES, 100)), encoding="utf-8")
    done = byline("index", "--db", folder / "a.db", folder / "a.txt")
    assert done.returncode == 0, done.stderr
    rows = byline("export", "--db", folder / "a.db").rows
    assert len(rows) == len(SLICES)
    return folder / "a.db", [row["id"] for row in rows]


@pytest.mark.parametrize("number, text", enumerate(SLICES))
def test_slice_finds_its_article(byline, database, number, text):
    """With the words around it as well, so that it is one of many words."""
    path, ids = database
    for slice_ in (text, f"put down {text}", f"{text} beside a"):
        queries = [slice_]
        if '"' not in slice_:
            queries.append(f'"{slice_}"')
        for query in queries:
            done = byline("search", "--db", path, "--limit", 1000, "--snippets",
                          0, "--format", "json", "--", query)
            assert done.returncode == 0, (query, done.stderr)
            found = {hit["id"] for hit in done.json["hits"]}
            assert ids[number] in found, (query, done.json["parsed"])
