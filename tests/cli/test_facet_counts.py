"""Totals and facets against a plain count over byline export, for generated
queries with filters."""
import concurrent.futures
import json
import random
import re
from collections import Counter

import pytest
import xapian

from archive import write
from words import fold

QUERIES = 500
FIELDS = ["author", "year", "month", "language", "source", "keyword"]
# Words that no two of which have a stem in common, in any of the languages.
WORDS = ["tarnok", "brevil", "quandar", "molvish", "serpane", "hudrik",
         "lomfet", "pagwell"]
LANGUAGES = ["en", "de", "fr", None]
AUTHORS = ["Ada Marlow", "Bruno Keel", "Zoë Brandt", "Zoe Brandt",
           "Élodie Vance", "cora lindqvist", "Cora Lindqvist", "Dov O’Brae",
           "Dov O'Brae", "Anna Marlow"]
KEYWORDS = ["Harbour", "harbour", "ferry tickets", "a\ttab", "Ångström",
            "naïve", "1920s", "C++", "x" * 300]


def date(rng):
    year, month, day = (rng.randint(2014, 2019), rng.randint(1, 12),
                        rng.randint(1, 28))
    return rng.choice([None, f"{year}", f"{year}-{month:02}",
                       *[f"{year}-{month:02}-{day:02}"] * 4,
                       f"{year}-{month:02}-{day:02}T08:00:00"])


def row(rng, number):
    return {"id": f"{number:04}", "title": f"{rng.choice(WORDS)} {number}",
            "text": " ".join(rng.choices(WORDS[:rng.randint(1, 8)], k=6)),
            "authors": rng.choices(AUTHORS, k=rng.choice([0, 1, 1, 1, 2, 3])),
            "keywords": rng.choices(KEYWORDS, k=rng.choice([0, 0, 1, 2, 5])),
            "date": date(rng), "language": rng.choice(LANGUAGES)}


@pytest.fixture(scope="module")
def archive(byline, tmp_path_factory):
    """Two databases, the options that name them both, and all their rows."""
    folder = tmp_path_factory.mktemp("counts")
    rng = random.Random(7)
    rows = [row(rng, number) for number in range(400)]
    for n, name in enumerate(["a/one.jsonl", "a/two.jsonl", "b/three.jsonl"]):
        write(folder / name, "".join(json.dumps(r) + "\n" for r in rows[n::3]))
    for name in "ab":
        done = byline("index", "--db", f"{name}.db", "--language", "none", name,
                      cwd=folder)
        assert done.returncode == 0, done.stderr
    databases = ["--db", folder / "a.db", "--db", folder / "b.db"]
    exported = byline("export", *databases).rows
    assert len(exported) == 400
    return databases, exported


def test_the_words_have_nothing_in_common():
    stems = [{xapian.Stem(code or "none")(word) for code in LANGUAGES}
             for word in WORDS]
    assert len(set.union(*stems)) == sum(map(len, stems))


# ---- Queries, and what they ask --------------------------------------------

def digits(date):
    return re.sub(r"\D", "", date).ljust(8, "0") if date else ""


def span(rng):
    """Text for since and until, either of which may be empty, and a test."""
    since, until = sorted(f"{rng.randint(2013, 2020)}" + rng.choice(
        ["", f"-{rng.randint(1, 12):02}", f"-{rng.randint(1, 12):02}-15"])
        for _ in range(2))
    if since[:4] == until[:4]:
        since = until = since[:4]
    since, until = rng.choice([(since, until), (since, ""), ("", until)])
    low, high = (re.sub(r"\D", "", end) for end in (since, until))
    return since, until, lambda r: bool(r["date"]) and (
        digits(r["date"]) >= low and
        (not high or digits(r["date"])[:len(high)] <= high))


def has(word):
    return lambda r: word in r["title"].split() + r["text"].split()


def words(rng):
    a, b, c = rng.sample(WORDS, 3)
    return rng.choice([
        (a, has(a)), (f"{a} {b}", lambda r: has(a)(r) and has(b)(r)),
        (f"({a} OR {b})", lambda r: has(a)(r) or has(b)(r)),
        (f"({a} NOT {b})", lambda r: has(a)(r) and not has(b)(r)),
        (f"({a.upper()} XOR {b})", lambda r: has(a)(r) != has(b)(r)),
        (f"({a} XOR {b} XOR {c})",
         lambda r: (has(a)(r) + has(b)(r) + has(c)(r)) % 2)])


def by(name):
    return lambda r: fold(name) in map(fold, r["authors"])


def field_filter(rng, field):
    """A field of the query, and what it stands for."""
    if field == "date":
        since, until, test = span(rng)
        return f"date:{since}..{until}", test
    if field == "year":
        year = f"{rng.randint(2013, 2020)}"
        return f"year:{year}", lambda r: (r["date"] or "").startswith(year)
    if field == "month":
        month = f"{rng.randint(2014, 2019)}-{rng.randint(1, 12):02}"
        return f"month:{month}", lambda r: (r["date"] or "").startswith(month)
    if field == "language":
        code = rng.choice(["en", "de", "fr", "sv"])
        return f"language:{code}", lambda r: r["language"] == code
    if field == "keyword":
        keyword = rng.choice(KEYWORDS).replace("\t", " ")
        return f'keyword:"{keyword}"', lambda r: keyword in r["keywords"]
    if field == "source":
        path = rng.choice(["a/one.jsonl", "b/three.jsonl"])
        return f"source:{path}", lambda r: r["source"] == path
    name = rng.choice(AUTHORS)
    return f'byline:"{rng.choice([name, name.upper()])}"', by(name)


def option(rng, name):
    if name == "--author":
        author = rng.choice(AUTHORS)
        return [name, fold(author)], by(author)
    if name == "--source":
        return [name, "a/*"], lambda r: r["source"].startswith("a/")
    since, until, test = span(rng)
    return [part for part in (f"--since={since}", f"--until={until}")
            if part[-1] != "="], test


def query(rng):
    """Arguments of byline search, and the tests that an article must pass."""
    text, tests, arguments = [], [], []
    if worded := rng.random() < 0.6:
        word, test = words(rng)
        text, tests = [word], [test]
    for field in rng.sample(["date", "year", "month", "language", "keyword",
                             "source", "byline"], rng.choice([0, 0, 1, 1, 2])):
        part, test = field_filter(rng, field)
        if worded and rng.random() < 0.3:
            part, test = f"-{part}", lambda r, test=test: not test(r)
        text.append(part)
        tests.append(test)
    for name in rng.sample(["--author", "--source", "--since"],
                           rng.choice([0, 0, 1, 2])):
        part, test = option(rng, name)
        arguments += part
        tests.append(test)
    return [*arguments, "--", " ".join(text)], tests


# ---- Counting --------------------------------------------------------------

def values(row, field):
    date = row["date"] or ""
    return {"author": {fold(name) for name in row["authors"]},
            "year": {date[:4]}, "month": {date[:7]} if len(date) > 4 else set(),
            "language": {row["language"]}, "source": {row["source"]},
            "keyword": set(row["keywords"])}[field] - {"", None}


def check(byline, databases, rows, number):
    rng = random.Random(number)
    arguments, tests = query(rng)
    limits = {field: rng.choice([0, 1, 3, 10]) for field in FIELDS}
    facets = ",".join(f"{field}:{limit}" for field, limit in limits.items())
    done = byline("search", *databases, "--strict", "--format", "json",
                  "--limit", 0, "--facet", facets, *arguments)
    assert done.returncode in (0, 1), (arguments, done.stderr)
    found = [r for r in rows if all(test(r) for test in tests)]
    assert done.json["total"] == {"value": len(found), "exact": True}, arguments
    for field, limit in limits.items():
        counts = Counter(v for r in found for v in values(r, field))
        shown = [(v["value"], v["count"]) for v in done.json["facets"][field]]
        assert shown == sorted(shown, key=lambda v: (-v[1], v[0].encode())), (
            arguments, field)
        assert len(shown) == min(limit or len(counts), len(counts)), arguments
        if shown:  # none of those left out has more
            assert [n for _, n in counts.most_common(len(shown))] == [
                n for _, n in shown], (arguments, field)
        key = fold if field == "author" else str
        spelled = {name for r in rows for name in r["authors"]}
        assert field != "author" or all(v in spelled for v, _ in shown)
        assert all(counts[key(v)] == n for v, n in shown), (arguments, field)
    return len(found) > 0


def test_totals_and_facets_are_those_of_a_plain_count(byline, archive):
    databases, rows = archive
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        hits = list(pool.map(
            lambda n: check(byline, databases, rows, n), range(QUERIES)))
    assert sum(hits) > QUERIES / 2, "queries that find nothing show nothing"
