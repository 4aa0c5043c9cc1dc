"""The promise "copy-paste": words copied out of an article find that article,
quoted or not, through Xapian's own QueryParser as Omega sets it up, and
through byline search. Not nearly always: always.
"""
import concurrent.futures
import json
import os

import pytest

xapian = pytest.importorskip("xapian", reason="python3-xapian is not here")

from slices import draw, has_meaning, has_only, is_too_long  # noqa: E402

SLICES = 2000
SEED = 20171114

# What Omega's query.cc leaves out of a query (MyStopper).
OMEGA_STOPWORDS = """a about an and are as at be by en for from how i in is it of
    on or that the this to was what when where which who why will with you
    your""".split()


@pytest.fixture(scope="module")
def real_db(byline, shared_archives, tmp_path_factory):
    """A database of the real archives in the digest layout."""
    path = tmp_path_factory.mktemp("real") / "real.db"
    files = [file for pattern in ("000_*", "001_*", "debian-weekly-*")
             for file in sorted(shared_archives.glob(pattern))]
    assert files
    done = byline("index", "--db", path, "--format", "digest", *files)
    assert done.returncode == 0, done.stderr
    return path


@pytest.fixture(params=["fixtures", "real archives"])
def archive(request):
    name = "fixture_db" if request.param == "fixtures" else "real_db"
    return request.param, request.getfixturevalue(name)


def report(capsys, what, found, slices, left_out):
    with capsys.disabled():
        print(f"\ncopy-paste: {what}: {found:,} of {slices:,} slices found, "
              f"{left_out:,} left out")


# ---- Xapian's QueryParser ----------------------------------------------------

def omega_parser(stopwords, more_flags=0):
    """As Omega's parse_queries sets it up; its flag_default is these flags, and
    a template may set more.

    Without its range of sizes (size:10..20): with any range to look for,
    QueryParser refuses every word that holds two dots, and no database can
    mend that. byline search, which has a range of dates, gets round it.
    """
    parser = xapian.QueryParser()
    parser.set_stemmer(xapian.Stem("english"))
    parser.set_stemming_strategy(xapian.QueryParser.STEM_SOME)
    parser.set_default_op(xapian.Query.OP_AND)
    stopper = xapian.SimpleStopper()
    for word in stopwords:
        stopper.add(word)
    parser.set_stopper(stopper)
    flags = (parser.FLAG_PHRASE | parser.FLAG_BOOLEAN | parser.FLAG_LOVEHATE
             | more_flags)
    return lambda text: parser.parse_query(text, flags)


def is_found(database, query, name):
    """Whether the article is among the query's matches, however many."""
    enquire = xapian.Enquire(database)
    enquire.set_query(xapian.Query(xapian.Query.OP_FILTER, query,
                                   xapian.Query("Q" + name)))
    return len(enquire.get_mset(0, 1)) == 1


@pytest.mark.parametrize("stopwords", [[], OMEGA_STOPWORDS],
                         ids=["all words", "Omega's stopwords"])
@pytest.mark.parametrize("quoted", [False, True], ids=["unquoted", "quoted"])
def test_query_parser_finds_every_slice(byline, archive, quoted, stopwords,
                                        capsys):
    def leave_out(words, quoted):
        if has_meaning(words, quoted) or is_too_long(words):
            return True
        return (has_only(words, stopwords, quoted)
                and parse(" ".join(words)).empty())

    label, path = archive
    parse, database = omega_parser(stopwords), xapian.Database(str(path))
    slices, left_out = draw(byline("export", "--db", path).rows, SLICES, quoted,
                            SEED, leave_out)
    lost = [(name, text, str(parse(text))) for name, text in slices
            if not is_found(database, parse(text), name)]
    report(capsys, f"QueryParser, {label}, "
           f"{'quoted' if quoted else 'unquoted'}, "
           f"{'with' if stopwords else 'without'} stopwords",
           len(slices) - len(lost), len(slices), left_out)
    assert lost == []


# ---- byline search -----------------------------------------------------------

@pytest.mark.parametrize("quoted", [False, True], ids=["unquoted", "quoted"])
def test_byline_search_finds_every_slice(byline, archive, quoted, capsys):
    """A process for each, as many at once as there are processors."""
    label, path = archive
    slices, left_out = draw(byline("export", "--db", path).rows, SLICES, quoted,
                            SEED, has_meaning)

    def is_lost(drawn):
        name, text = drawn
        done = byline("search", "--db", path, "--limit", 1000000, "--snippets",
                      0, "--format", "json", "--", text)
        if done.returncode != 0:
            return True
        return name not in {hit["id"] for hit in json.loads(done.stdout)["hits"]}

    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        lost = [drawn for drawn, was in zip(slices, pool.map(is_lost, slices))
                if was]
    report(capsys, f"byline search, {label}, "
           f"{'quoted' if quoted else 'unquoted'}",
           len(slices) - len(lost), len(slices), left_out)
    assert lost == []
