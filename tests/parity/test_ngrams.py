"""With n-grams wanted, Chinese, Japanese and Korean are in the index as
Xapian's FLAG_CJK_NGRAM has them, and everything else is as without.

TermGenerator has faults that its QueryParser does not share, so that it is
compared where these do not come in: behind such characters it does not see
initials, and it loses a word with an apostrophe or a character of no width
right before one. It keeps capitals of full width, which QueryParser lowers."""

import os
import random
import re

import dump
import xapian
from corpus import random_article, random_text
from test_copy_paste import FLAGS, finds, parser

STRINGS = int(os.environ.get("BYLINE_PARITY_STRINGS", "100000")) // 5
BIGRAM, CHARACTER = dump.KINDS["bigram"], dump.KINDS["character"]
NGRAM_POSITION = 1 << 28
LONGEST = 64  # of a word that TermGenerator takes
CJK = ("\u2e80-\u2eff\u3000-\u9fff\ua700-\ua71f\uac00-\ud7af\uf900-\ufaff"
       "\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0002a6df\U0002f800-\U0002fa1f")
FULL_WIDTH = {code: code + 32 for code in range(0xFF21, 0xFF3B)}
FAULTS = re.compile(
    f"[A-Z]\\.[A-Z]|['&\u00b7\u05f4\u2027\u2019\u201b\u200b-\u200d\u2060\ufeff"
    f"][{CJK}]|\\d[,.;\u037e\u0589\u060d\u07f8\u2044\ufe10\ufe13\ufe14][{CJK}]")
HAN = "\u6771\u4eac\u90fd\u306e\u5927\u962a\u6c34\u30ab\u30bf\u30fc\ud55c\uad6d\uc5b4"
EXTRA = HAN + "\uff21\uff42\uff11\uff83\uff9e\u3005\u3007\u309b\u3131\u3220\ufe33"


def mixed_text(rng):
    """Random text with many of the characters in question."""
    parts = []
    for _ in range(rng.randrange(1, 6)):
        parts.append("".join(rng.choices(EXTRA, k=rng.randrange(5))))
        parts.append(random_text(rng) if rng.randrange(2) else
                     rng.choice([" ", "abc", "C++ ", ", ", "d'\u00c9t\u00e9", "-"]))
    return "".join(parts)


def xapian_terms(generator, text):
    """The terms with positions in their order, and those without any."""
    document = xapian.Document()
    generator.set_document(document)
    generator.set_termpos(0)
    generator.index_text(text)
    placed, others = {}, set()
    for entry in document.termlist():
        positions = list(entry.positer)
        placed.update((position, entry.term) for position in positions)
        if not positions:
            others.add(entry.term)
    return [placed[position] for position in sorted(placed)], others


def our_terms(tokens):
    """The same of our lane: at a position that which is given first."""
    placed, bigrams = {}, set()
    for position, kind, _, _, term in tokens:
        if kind == BIGRAM:
            bigrams.add(term)
        elif position > NGRAM_POSITION:
            placed.setdefault(position, term)
    return [placed[position] for position in sorted(placed)], bigrams


def test_terms_are_those_of_term_generator():
    generator = xapian.TermGenerator()
    generator.set_flags(xapian.TermGenerator.FLAG_CJK_NGRAM)
    rng = random.Random(20251126)
    texts = [mixed_text(rng).translate(FULL_WIDTH) for _ in range(STRINGS)]
    compared = 0
    for text, tokens in zip(texts, dump.tokens(texts, "none", "ngrams")):
        if FAULTS.search(text) or not re.search(f"[{CJK}]", text):
            continue
        placed, bigrams = our_terms(tokens)
        wanted, others = xapian_terms(generator, text.encode())
        if not placed:  # only marks that are no word
            assert not others
            continue
        placed = [term for term in placed if len(term) <= LONGEST]
        assert (placed, bigrams) == (wanted, others), ascii(text)
        compared += 1
    assert compared > STRINGS / 4


def test_all_else_stays():
    rng = random.Random(5)
    texts = [random_article(rng, 50) for _ in range(200)]
    texts += [mixed_text(rng) for _ in range(2000)]
    for text, without, with_ in zip(texts, dump.tokens(texts, "en"),
                                    dump.tokens(texts, "en", "ngrams")):
        kept = [token for token in with_ if token[0] <= NGRAM_POSITION
                and token[1] not in (BIGRAM, CHARACTER)]
        # A piece between two such characters may have a stem of its own.
        assert [t for t in kept if t in without] == without, ascii(text)
        assert all(t[1] == dump.KINDS["stem"] for t in kept if t not in without), ascii(text)


def test_offsets():
    """A character and two of them are the bytes that they stand for."""
    rng = random.Random(6)
    texts = [mixed_text(rng).encode() for _ in range(2000)]
    for text, tokens in zip(texts, dump.tokens(texts, "none", "ngrams")):
        for _, kind, start, end, term in tokens:
            if kind in (BIGRAM, CHARACTER):
                assert text[start:end].decode().lower().encode() == term
