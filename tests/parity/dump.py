"""Texts through the program dump_tokens."""

import re
import subprocess

from conftest import BUILD, SOURCE

# The number of each kind of token, as the public header counts them.
KINDS = {name.lower(): number for number, name in enumerate(re.findall(
    r"^  BYLINE_TOKEN_(\w+)",
    (SOURCE / "plugin/include/byline/types.h").read_text(), re.M))}


def program():
    return BUILD / "tests/parity/dump_tokens"


def run(mode, texts, language="none", *options):
    pieces = []
    for text in texts:
        data = text if isinstance(text, bytes) else text.encode()
        pieces.append(b"%d\n" % len(data) + data)
    done = subprocess.run(
        [program(), mode, language, *options], input=b"".join(pieces),
        stdout=subprocess.PIPE, check=True,
    )
    return done.stdout


def base(texts):
    """The base terms of each text, in the order of their positions."""
    lines = run("base", texts).split(b"\n")[:-1]
    assert len(lines) == len(texts)
    return [line.split() if line else [] for line in lines]


def tokens(texts, language, *options):
    """(position, kind, start, end, term) of each token of each text."""
    result = [[]]
    for line in run("all", texts, language, *options).split(b"\n")[:-1]:
        if line:
            *numbers, term = line.split(b" ", 4)
            result[-1].append((*map(int, numbers), term))
        else:
            result.append([])
    assert len(result) == len(texts) + 1
    return result[:-1]


def borders(texts):
    """The bytes at which each text's characters begin and end."""
    lines = run("chars", texts).split(b"\n")[:-1]
    assert len(lines) == len(texts)
    return [set(map(int, line.split())) for line in lines]


def queries(texts, mode="query", language="none"):
    output = run(mode, texts, language)
    result = []
    at = 0
    while at < len(output):
        end = output.index(b"\n", at)
        length = int(output[at:end])
        result.append(output[end + 1 : end + 1 + length].decode())
        at = end + 1 + length
    assert len(result) == len(texts)
    return result


def folded(texts):
    return queries(texts, "fold")
