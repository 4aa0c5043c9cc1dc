"""Words without spaces are the same in every process, whatever it read before:
ICU's dictionaries are loaded as text calls for them, and change what stands
before them."""
import random

import dump
from conftest import SOURCE

SCRIPTS = ["ja", "km", "lo", "my", "th", "zh", "zh-Hant"]


def pieces():
    rng = random.Random(20201022)
    texts = []
    for name in SCRIPTS:
        text = (SOURCE / f"fixtures/scripts/{name}.txt").read_text("utf-8")
        for _ in range(8):
            start = rng.randrange(len(text) - 40)
            texts.append(text[start:start + 40])
    # Without a dictionary in use, ICU parts this otherwise.
    return texts + ["ージョン", "バージョン", "東京ージョン"]


def test_alone_and_after_others():
    texts = pieces()
    together = dump.tokens(texts, "none")
    assert sum(len(tokens) for tokens in together) > 1000
    backwards = dump.tokens(texts[::-1], "none")[::-1]
    assert backwards == together
    for text, tokens in zip(texts, together):
        assert dump.tokens([text], "none") == [tokens], text
