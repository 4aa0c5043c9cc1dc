"""Unicode's own test files, from Debian's package unicode-data.

Base tokens are Xapian's, so they differ from Unicode's words: each difference
must be of a class that is written down here, with its reason, and each class
must still be needed.
"""

import bz2
import collections
import unicodedata
from pathlib import Path

import dump
import pytest

DATA = Path("/usr/share/unicode")
BASE, STEM = dump.KINDS["base"], dump.KINDS["stem"]


def properties(name):
    """Character: value, of a file of the database."""
    result = {}
    for line in (DATA / name).read_text().splitlines():
        fields = line.split("#")[0].split(";")
        if len(fields) > 1:
            first, *last = fields[0].strip().split("..")
            for code in range(int(first, 16), int((last or [first])[0], 16) + 1):
                result[chr(code)] = fields[1].strip()
    return result


def break_tests(name):
    """(text, where it may be broken) of each line."""
    result = []
    for line in (DATA / "auxiliary" / name).read_text().splitlines():
        text, borders = "", set()
        for part in line.split("#")[0].split():
            if part == "\u00f7":
                borders.add(len(text))
            elif part != "\u00d7":
                text += chr(int(part, 16))
        if text:
            result.append((text, borders))
    assert len(result) > 500
    return result


def base_tokens(texts):
    """[start, end) in characters of each base token of each text."""
    result = []
    for text, tokens in zip(texts, dump.tokens(texts, "none")):
        index = {len(text[:i].encode()): i for i in range(len(text) + 1)}
        result.append([(index[start], index[end])
                       for _, kind, start, end, _ in tokens if kind == BASE])
    return result


def hexed(text):
    return " ".join(f"{ord(c):04X}" for c in text)


def report(capsys, what, differences):
    counted = collections.Counter(differences)
    with capsys.disabled():
        print(f"\nparity: {what}: {sum(counted.values()):,} differences, all "
              f"of {len(counted)} known classes")


# Python's own may be older than the tests.
CATEGORY = properties("extracted/DerivedGeneralCategory.txt")


def is_mark(c):
    return CATEGORY.get(c, "Cn")[0] == "M"


def is_word(c):
    return CATEGORY.get(c, "Cn")[0] in "LMN" or CATEGORY.get(c) == "Pc"


# ---- Words -------------------------------------------------------------------

WORD = properties("auxiliary/WordBreakProperty.txt")
INVISIBLE = {"Format", "ZWJ"}
LETTERS = {"ALetter", "Hebrew_Letter"}


class Place:
    """A place in a text that is a border for one and not for the other."""

    def __init__(self, text, at, joined):
        self.joined = joined  # by us; else split by us
        self.left, self.right = text[at - 1], text[at]
        self.rest = text[at + 1:at + 2]
        self.before = text[at - 2:at - 1]
        # What the marks at the left are on; they are stray if on no letter.
        self.base = text[:at].rstrip("".join(filter(is_mark, text)))[-1:]
        self.stray = is_mark(self.left) and not is_word(self.base)
        self.pair = WORD.get(self.left), WORD.get(self.right)


def is_passed_over(before, c, behind):
    """Whether only Unicode passes over a character of no width."""
    joins = c in "\u200b\u200c\u200d\u2060\ufeff"
    return (WORD.get(c) in INVISIBLE
            and not (joins and is_word(before) and is_word(behind)))


# Name, reason, and whether a place is of the class.
WORD_CLASSES = [
    ("marks", "To Xapian a mark is a letter, which may begin a word and may "
     "stand behind an apostrophe; Unicode counts it to what is before it.",
     lambda p: p.stray
     or (p.joined and p.right == "'" and is_mark(p.rest))
     or (not p.joined and is_mark(p.right) and not is_word(p.left))),
    ("kana", "Xapian takes kana and ideographs for letters as any others; the "
     "words in them are in the lane of words.",
     lambda p: p.joined and "Katakana" in (*p.pair, WORD.get(p.base))),
    ("apostrophes", "For Xapian an apostrophe joins letters and digits, "
     "underscores and kana; for Unicode letters, or digits.",
     lambda p: p.joined and "Single_Quote" in p.pair),
    ("digits with apostrophes", "1'000 is one word for Unicode and two for "
     "Xapian, where an apostrophe does not join digits.",
     lambda p: not p.joined and set(p.pair) == {"Numeric", "Single_Quote"}),
    ("invisible characters", "Unicode passes over characters of no width; for "
     "Xapian U+200B to U+200D, U+2060 and U+FEFF join two words, others, as the "
     "soft hyphen, part them, and none belongs to the end of a word.",
     lambda p: not p.joined and (
         is_passed_over(p.before, p.left, p.right)
         or is_passed_over(p.left, p.right, p.rest))),
    ("invisible characters behind punctuation", "What joins two words for "
     "Xapian stands between them alone.",
     lambda p: not p.joined and p.right in "',.:" and (
         WORD.get(p.rest) in INVISIBLE or is_mark(p.rest))),
    ("colons", "A colon joins letters for Unicode, as in Swedish k:a; it parts "
     "words for Xapian, whose queries have it behind the name of a field.",
     lambda p: not p.joined and ":" in (p.left, p.right)),
    ("Hebrew marks", "Unicode joins Hebrew letters with a straight double "
     "quote, and a single one to the end of a word; Xapian only knows the marks "
     "of Hebrew, geresh and gershayim.",
     lambda p: not p.joined and (
         '"' in (p.left, p.right) and "Hebrew_Letter" in p.pair
         or p.right == "'" and p.pair[0] in ("Hebrew_Letter", "Extend"))),
]


def word_differences():
    cases = break_tests("WordBreakTest.txt")
    for (text, borders), tokens in zip(
            cases, base_tokens([text for text, _ in cases])):
        ours = {at for token in tokens for at in token}
        inside = {at for start, end in tokens for at in range(start + 1, end)}
        for at in range(1, len(text)):
            if at in borders and at in inside:
                yield text, Place(text, at, True)
            if at not in borders and at in ours:
                yield text, Place(text, at, False)
        for at, c in enumerate(text):
            if WORD.get(c) in LETTERS | {"Numeric", "Katakana", "ExtendNumLet"}:
                assert any(start <= at < end for start, end in tokens), (
                    "a word that we have not: " + hexed(text))


def test_words(capsys):
    found = []
    for text, place in word_differences():
        names = [name for name, _, fits in WORD_CLASSES if fits(place)]
        assert names, (hexed(text), hexed(place.left + place.right))
        found.append(names[0])
    assert set(found) == {name for name, *_ in WORD_CLASSES}
    report(capsys, "WordBreakTest", found)


# ---- Characters --------------------------------------------------------------

GRAPHEME = properties("auxiliary/GraphemeBreakProperty.txt")

# Where a base token begins or ends within what a reader takes for a character.
# Snippets mark the whole character all the same.
GRAPHEME_CLASSES = [
    ("marks without a letter", "A mark behind a space, a symbol or an emoji is a "
     "word of its own to Xapian.",
     lambda left, right, starts: starts and is_mark(right)),
    ("joiners behind a word", "Xapian drops a joiner between two letters, and "
     "leaves one behind a word outside.",
     lambda left, right, starts: not starts and right == "\u200d"),
    ("skin tones behind a word", "The mark of an emoji's skin is no letter.",
     lambda left, right, starts: not starts
     and 0x1F3FB <= ord(right) <= 0x1F3FF),
    ("marks before a number", "Arabic has signs that span the digits behind "
     "them; they are no letters.",
     lambda left, right, starts: starts and GRAPHEME.get(left) == "Prepend"),
]


def test_characters():
    """Where texts may be cut is where Unicode says."""
    cases = break_tests("GraphemeBreakTest.txt")
    for (text, borders), ours in zip(
            cases, dump.borders([text for text, _ in cases])):
        assert ours == {len(text[:at].encode()) for at in borders}, hexed(text)


def test_words_are_of_whole_characters(capsys):
    found = []
    cases = break_tests("GraphemeBreakTest.txt")
    for (text, borders), tokens in zip(
            cases, base_tokens([text for text, _ in cases])):
        for token in tokens:
            for at in set(token) - borders:
                names = [name for name, _, fits in GRAPHEME_CLASSES
                         if fits(text[at - 1], text[at], at == token[0])]
                assert names, hexed(text)
                found.append(names[0])
    assert set(found) == {name for name, *_ in GRAPHEME_CLASSES}
    report(capsys, "GraphemeBreakTest", found)


# ---- Equivalent spellings ----------------------------------------------------

AGE = properties("DerivedAge.txt")


def normalization_tests():
    """(as it is, NFC, NFD, NFKC, NFKD) of each line."""
    rows = []
    with bz2.open(DATA / "NormalizationTest.txt.bz2", "rt") as lines:
        for line in lines:
            if line[0] not in "@#":
                rows.append([
                    "".join(chr(int(code, 16)) for code in field.split())
                    for field in line.split(";")[:5]])
    assert len(rows) > 15000
    return rows


@pytest.fixture(scope="module")
def rows():
    return normalization_tests()


def columns(rows, count):
    return [[row[i] for row in rows] for i in range(count)]


def test_equivalent_texts_fold_to_one(rows):
    for row, *folded in zip(rows, *map(dump.folded, columns(rows, 3))):
        assert len(set(folded)) == 1, hexed(row[0])


def test_folding_twice_is_folding_once(rows):
    for column in columns(rows, 5):
        once = dump.folded(column)
        assert dump.folded(once) == once


def is_kept(c):
    """Whether a compatibility form is not folded: FOLD_KEPT in fold.h."""
    return c in "\u0e33\u0eb3" or "\u3131" <= c <= "\u318e"


def test_compatible_texts_fold_to_one(rows):
    kept = 0
    for row, *folded in zip(rows, *map(dump.folded, columns(rows, 5))):
        if len(set(folded)) > 1:
            assert any(map(is_kept, "".join(row[:3]))), hexed(row[0])
            kept += 1
    assert kept > 0


# Where an equivalent spelling may ask for words that an article has not.
SPELLING_CLASSES = [
    ("decomposed symbols", "A symbol, as the sign for not equal, is no word; "
     "decomposed it holds a mark, which is one to Xapian.",
     lambda row: any(
         CATEGORY.get(c, "Cn")[0] in "SP"
         and is_mark(unicodedata.normalize("NFD", c)[-1])
         for c in unicodedata.normalize("NFC", row[0]) + row[0])),
    ("young marks", "Xapian knows the marks of Unicode 9; a younger one parts a "
     "word, and elsewhere when the marks are put in their order.",
     lambda row: any(
         is_mark(c) and float(AGE[c]) > 9 for c in row[0])),
]


def test_equivalent_spellings_find_each_other(rows, capsys):
    found = []
    queries = [dump.base(dump.queries(column)) for column in columns(rows, 3)]
    articles = [
        [{term for _, kind, _, _, term in tokens if kind != STEM}
         for tokens in dump.tokens(column, "none")]
        for column in columns(rows, 3)]
    for number, row in enumerate(rows):
        if all(set(query[number]) <= article[number]
               for query in queries for article in articles):
            continue
        names = [name for name, _, fits in SPELLING_CLASSES if fits(row)]
        assert names, " / ".join(map(hexed, row[:3]))
        found.append(names[0])
    assert set(found) == {name for name, *_ in SPELLING_CLASSES}
    report(capsys, "NormalizationTest", found)
