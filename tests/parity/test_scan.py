"""The scanner finds what ICU's break rules find: every token with its offsets,
and every other form of it."""

import os
import random

import dump
from corpus import WORDS, random_article, random_text

STRINGS = int(os.environ.get("BYLINE_PARITY_STRINGS", "100000"))
BATCH = 10000


def check(texts, language="english"):
    scanned = dump.run("all", texts, language)
    by_icu = dump.run("all", texts, language, "icu")
    if scanned == by_icu:
        return
    for text in texts:
        assert dump.run("all", [text], language) == dump.run(
            "all", [text], language, "icu"), ascii(text)
    raise AssertionError("texts differ only together")


def test_words():
    check([a + gap + b for a in WORDS for b in WORDS for gap in ("", " ", "-")])


def test_every_character():
    texts = []
    for code in range(1, 0x110000):
        if 0xD800 <= code < 0xE000 or 0x30000 < code < 0xE0000 or code > 0xE0200:
            continue
        texts.append("{0} a{0}b 1{0}2 1{0}b A.B{0}".format(chr(code)))
    check(texts)


def test_random_strings():
    rng = random.Random(20261125)
    for start in range(0, STRINGS, BATCH):
        check([random_text(rng) for _ in range(min(BATCH, STRINGS - start))])


def test_random_bytes():
    """Broken UTF-8 is no word character, however it is broken."""
    rng = random.Random(7)
    bytes_ = [b"a", b"B", b"9", b"'", b".", b" ", b"\x80", b"\xc3", b"\xc3\xa9",
              b"\xe2\x80", b"\xe2\x80\x99", b"\xf0\x90\x90", b"\xff", b"\0"]
    check([b"".join(rng.choices(bytes_, k=rng.randrange(1, 40)))
           for _ in range(20000)])


def test_long_texts():
    """Across the chunks that ICU is given, and words that are cut."""
    rng = random.Random(11)
    texts = [random_article(rng, 20000) for _ in range(4)]
    for length in range(225, 235):
        texts += [c * length + end for c in ("a", "\u00e9", "\u6771", "\U00010400")
                  for end in ("", "'s", "\u2019s", "++", "\u200bx", "-b")]
    check(texts)
