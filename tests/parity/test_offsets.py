"""A token's offsets are those of the bytes it stands for: these alone, analyzed
again, give the token again. Highlights depend on it.

A base token must be all that its bytes are. Any other token, whose bytes are
those of the base token it was made from, of a hyphenated pair or of a word
without spaces, must be among those that its bytes give; a word of the lane is
a base token there, or a form of one."""

import random
from pathlib import Path

import dump
import pytest
from corpus import random_article, random_text

FIXTURES = Path(__file__).resolve().parent.parent.parent / "fixtures"
# Not text: what is inside them is, in another file, or below.
NOT_TEXT = {".gz", ".zip", ".xz", ".bz2", ".zst", ".7z", ".tar"}
BASE, WORD = dump.KINDS["base"], dump.KINDS["word"]
LANGUAGES = ("english", "sv", "de", "da", "fr", "tr", "ru", "none")


def texts():
    """All fixtures, and some that are harder."""
    paths = sorted(p for p in FIXTURES.rglob("*") if p.is_file()
                   and p.suffix not in NOT_TEXT)
    assert len(paths) > 200
    # As readers give it: what is not UTF-8 comes as U+FFFD.
    fixtures = [path.read_text(errors="replace") for path in paths]
    rng = random.Random(8)
    fixtures += [random_article(rng, 200) for _ in range(50)]
    fixtures += [random_text(rng) for _ in range(3000)]
    return [text.encode() for text in fixtures]


def slices(texts, found):
    """Each piece of text that a token stands for, and those tokens."""
    result = {}
    for text, tokens in zip(texts, found):
        for _, kind, start, end, term in tokens:
            assert start < end <= len(text)
            assert text[start] & 0xC0 != 0x80, (start, term)
            assert end == len(text) or text[end] & 0xC0 != 0x80, (end, term)
            result.setdefault(text[start:end], set()).add((kind, term))
    return result


@pytest.mark.parametrize("language", LANGUAGES)
def test_bytes_of_a_token_give_it_again(language):
    all_texts = texts()
    pieces = slices(all_texts, dump.tokens(all_texts, language))
    assert len(pieces) > 10000
    again = dump.tokens(list(pieces), language)
    for (piece, wanted), tokens in zip(pieces.items(), again):
        text = ascii(piece.decode(errors="replace"))
        kinds = {(kind, term) for _, kind, _, _, term in tokens}
        terms = {term for _, term in kinds}
        for kind, term in wanted:
            if kind == BASE:
                assert [t[2:] for t in tokens if t[1] == BASE] == [
                    (0, len(piece), term)], text
            elif kind == WORD:
                assert term in terms, (text, term)
            else:
                assert (kind, term) in kinds, (text, kind, term)
