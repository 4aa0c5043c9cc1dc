"""Queries that ask for too much: whatever they are made of, they end in
bounded time and memory, with an answer or one clear message."""
import resource
import subprocess

import pytest

from archive import article, digest, refused
from conftest import BYLINE

MEMORY = 512 << 20
SECONDS = 60  # so that a slow machine does not fail; nothing is measured


@pytest.fixture(scope="module")
def db(byline, tmp_path_factory):
    path = tmp_path_factory.mktemp("limits") / "db"
    text = digest("14 November 2017", *[
        article(f"Story {n} told", "Ada Marlow",
                "The price of oil " + " ".join(
                    f"w{(n * 37 + k) % 3000}" for k in range(200)))
        for n in range(300)])
    assert byline("index", "--db", path, "-", input=text).returncode == 0
    return path


@pytest.fixture
def ask(db):
    """As much stack as is usual, and not much memory."""
    def limit():
        resource.setrlimit(resource.RLIMIT_STACK, (8 << 20, 8 << 20))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))

    def run(*words, counted=True):
        return subprocess.run(
            [BYLINE, "search", "--db", db, *["--count"] * counted, *words],
            capture_output=True, text=True, timeout=SECONDS, preexec_fn=limit)
    return run


@pytest.mark.parametrize("words, why", [
    (["oil"] * 100_000, "more than 3000 words"),
    (["--any", *(f"w{n}" for n in range(100_000))], "more than 3000 words"),
    (["--", "(" * 10_000 + "oil" + ")" * 10_000], "more than 100 brackets"),
    (["--", "(oil AND " * 1000 + "oil" + ")" * 1000], "more than 100 brackets"),
    (["--", "（" * 10_000 + "oil"], "more than 100 brackets"),
    (["--", "(" * 100_000], "more than 100 brackets"),
    (["oil", *["NEAR", "price"] * 20_000], "more than 3000 words"),
    (["oil", *["OR", "price"] * 20_000], "more than 3000 words"),
    (["NOT"] * 20_000, "more than 3000 words"),
    (["w*"] * 21, "more than 20 wildcards"),
    (["source:*"] * 201, "more than 200 fields"),
    (["--", ",".join(["oil"] * 30_000)], "more than 3000 words"),
    (["--", "日本。" * 8_000], "more than 3000 words"),
    (["+" * 100_000] * 11, "more than 1 MB"),
], ids=lambda value: value if isinstance(value, str) else "")
def test_refused(ask, words, why):
    refused(ask(*words), why)


@pytest.mark.parametrize("words, found", [
    (["oil"] * 3000, 300), (["--any", *["oil"] * 3000], 300),
    (["--any", *(f"w{n}" for n in range(3000))], 300),
    (["--", "(" * 100 + "oil" + ")" * 100], 300),
    (["--", "(oil AND " * 100 + "price" + ")" * 100], 300),
    (["--", "(oil OR " * 100 + "price" + ")" * 100], 300),
    (["--", "oil" + " NOT w5000" * 1499], 300),
    (["--", "oil" + " XOR price" * 1499], 0),
    (["oil", *["NEAR", "price"] * 1499], None),
    (["price", *["ADJ", "oil"] * 1499], None),
    (["--", '"' * 100_000], 0), (["--", '"oil" ' * 3000], 300),
    (["--", '"oil '* 3000], 300),
    (["--", '"' + "oil " * 3000 + '"'], 0), (["--", "oil." * 3000], 0),
    (["--", "oil-" * 3000], 0), (["--", ")" * 100_000 + "oil"], 300),
    (["--", "+" * 100_000 + "oil"], None), (["--", "~" * 100_000], 0),
    (["--", "-" * 100_000 + "oil"], None), (["--", "*" * 100_000], 300),
    (["--", ":" * 100_000 + "oil"], None), (["--", "." * 100_000], 0),
    (["w*"] * 20, 300), (["--any", *["w*"] * 20], 300),
    (["source:*"] * 200, 300), (["author:marlow"] * 200, 300),
    (["date:2017..2018"] * 200, 300), (["--", "日本" * 20_000], 0),
    (["--", "กา" * 20_000], 0), (["--", "x" * 120_000], 0),
    (["--", "e" + "\u0301" * 40_000], 0),
])
def test_answered(ask, words, found):
    done = ask(*words)
    if found is None:
        assert done.returncode in (0, 1, 2)
        assert done.returncode != 2 or len(done.stderr.splitlines()) == 1
    else:
        assert (done.returncode, done.stdout) == (
            0 if found else 1, f"{found}\n"), done.stderr


@pytest.mark.parametrize("words", [3000, 190, 21, 9])
def test_words_that_no_article_has(ask, words):
    """The query without some of them is tried only while that may help."""
    done = ask("--limit", "1", *(f"zeppelin{n}x" for n in range(words)),
               counted=False)
    assert (done.returncode, done.stdout) == (1, ""), done.stderr
    assert done.stderr == "byline: nothing found\n"
