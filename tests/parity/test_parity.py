"""Base terms are those of Xapian's own TermGenerator, byte for byte and
position for position."""

import os
import random

import dump
import xapian
from corpus import WORDS, random_text

STRINGS = int(os.environ.get("BYLINE_PARITY_STRINGS", "100000"))
BATCH = 10000
XAPIAN_LONGEST = 64  # TermGenerator drops longer words


def xapian_terms(generator, text):
    document = xapian.Document()
    generator.set_document(document)
    generator.set_termpos(0)
    generator.index_text(text)
    found = {}
    for entry in document.termlist():
        for position in entry.positer:
            assert position not in found
            found[position] = entry.term
    assert sorted(found) == list(range(1, len(found) + 1))
    return [found[position] for position in sorted(found)]


def check(texts):
    generator = xapian.TermGenerator()
    for text, ours in zip(texts, dump.base(texts)):
        kept = [term for term in ours if len(term) <= XAPIAN_LONGEST]
        assert kept == xapian_terms(generator, text.encode()), ascii(text)


def test_words():
    texts = WORDS + [f"{a} {b}" for a in WORDS for b in WORDS]
    texts += [a + b for a in WORDS for b in WORDS]
    check(texts)


def test_every_character():
    """Each character alone, between letters and between digits."""
    texts = []
    for code in range(1, 0x110000):
        if 0xD800 <= code < 0xE000 or 0x30000 < code < 0xE0000 or code > 0xE0200:
            continue
        if 0x4E10 < code < 0x9FA0 or 0xAC10 < code < 0xD790 or 0x20010 < code:
            continue
        texts.append("{0} a{0}b 1{0}2 1{0}b".format(chr(code)))
    check(texts)


def test_random_strings():
    rng = random.Random(20240229)
    for start in range(0, STRINGS, BATCH):
        check([random_text(rng) for _ in range(min(BATCH, STRINGS - start))])
