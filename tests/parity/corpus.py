"""Random texts of all scripts, made to trip tokenizers over."""

import unicodedata

ASCII = "abcdexyzABCDEXYZ0123456789_"
INFIX = "'&\u00b7\u05f4\u2027\u2019\u201b,.;\u037e\u0589\u060d\u07f8\u2044\ufe10\ufe13\ufe14"
ZERO = "\u200b\u200c\u200d\u2060\ufeff"
SUFFIX = "+#"
OTHER = " \n\t-/@:\"()*\u00ad\u2010\u2018\u201c\u201d\u2028\u3000\ufffd\x00\x01\x1f\x7f\uff0c\uff0e"
SPECIAL = (
    "\u0130\u0131\u00df\u1e9e\u03a3\u03c3\u03c2\u212a\u2126\ufb01\u00bd\u00b2"
    "\u2082\u2122\u2764\ufe0f\u20e3\u0301\u0308\u0e01\u0e33\u0e49\u0eb3\u304b"
    "\u3099\u30fc\uac00\u1100\u1161\u4e2d\u6587\u0915\u093f\u094d\u0660\u0661"
    "\u0966\uff21\uff10\uff3f\u13a0\uab70\u10d0\u10a0\u01c5\u01c6\u02bc\u02b0"
    "\U0001d400\U0001d7ce\U00010400\U00010428\U000111c9\U0001f600\U0001f1e6"
    "\U00020000\ua7ae\u1c90\u2c2f\u0378\u08b5\u166d\u111dc\u180e\u00aa\u2167"
)
WORDS = [
    "U.S.", "U.S.A", "U.S.-led", "P.T.O.", "e.g.", "i.e", "A.", "A.B", "A.b",
    "A.B1", "AT&T", "C++", "C#", "Disney+", "F#+#", "a++++b", "x+y", "Na+",
    "19's", "1'000", "1,000.5", "42,021", "1.2.3", "3;4", "\u0661\u060d\u0662",
    "don't", "Biden\u2019s", "l'Or\u00e9al", "@handle", "foo@bar.com",
    "www.example.org", "m\u00b2", "CO\u2082", "\u00bd", "\u2764\ufe0f",
    "co\u00adop", "ab\u200bcd", "state-of-the-art", "Z\u00fcrich",
    "Zu\u0308rich", "\u0e44\u0e17\u0e22", "\u6771\u4eac", "\u041c\u043e\u0441",
]


def random_character(rng):
    """Any scalar value, with those of the lower planes more often."""
    top = rng.choice((0x250, 0x600, 0x3000, 0x10000, 0x20000, 0x110000))
    code = rng.randrange(top)
    return "\ufffd" if 0xD800 <= code < 0xE000 else chr(code)


def random_text(rng):
    parts = []
    for _ in range(rng.randrange(1, 24)):
        kind = rng.randrange(16)
        if kind < 5:
            parts.append(rng.choice(ASCII))
        elif kind < 8:
            parts.append(rng.choice(INFIX))
        elif kind < 9:
            parts.append(rng.choice(ZERO))
        elif kind < 10:
            parts.append(rng.choice(SUFFIX))
        elif kind < 11:
            parts.append(rng.choice(OTHER))
        elif kind < 13:
            parts.append(rng.choice(SPECIAL))
        elif kind < 14:
            parts.append(rng.choice("ABCXYZ") + rng.choice((".", ".", "'", "&")))
        elif kind < 15:
            parts.append(random_character(rng))
        else:
            parts.append(rng.choice(WORDS))
    return "".join(parts)


# Running text: words of several scripts with the punctuation articles have.
VOCABULARY = (
    "the The of and Prime Minister said on Tuesday that its U.S.-led coalition "
    "AT&T C++ Disney+ 42,021 1.234.567,89 19's m\u00b2 CO\u2082 \u00bd "
    "\ufb01nance \ufdfa \u2122 \u338f x\u00b2 \u2460 \u2167 Biden\u2019s Biden's "
    "l\u2019Or\u00e9al dell\u2019Universit\u00e0 Z\u00fcrich Zu\u0308rich "
    "STRASSE Stra\u00dfe \u00c9COLE \u00c9.U. U.\u00c9. \u00d4R \u00c0ND "
    "\u0141\u00f3d\u017a \u00d8stfold \u0130stanbul \u0131\u015f\u0131k "
    "co-op Anti-Trump COVID-19 caf\u00e9-bar Donau\u00addampf ab\u200bcd "
    "O\u02bcNeil Hawai\u02bbi Vi\u1ec7t Nam \u1f08\u03b8\u1fc6\u03bd\u03b1\u03b9 "
    "\u039f\u03b4\u03cc\u03c2 \u041c\u043e\u0441\u043a\u0432\u0430 \u0451\u043b\u043a\u0430 "
    "\u0419\u043e\u0434 \u05e9\u05b8\u05c1\u05dc\u05d5\u05b9\u05dd "
    "\u0645\u064f\u062d\u064e\u0645\u0651\u064e\u062f \u0623\u062d\u0645\u062f "
    "\u0939\u093f\u0928\u094d\u0926\u0940 \u0e44\u0e17\u0e22\u0e04\u0e33 "
    "\u6771\u4eac\u90fd \u304c\u3093\u3070\u308b \u304b\u3099 \u30c7\u30fc\u30bf "
    "\uff83\uff9e\uff70\uff80 \ud55c\uad6d\uc5b4 \uff21\uff22\uff23 \uff35.\uff33. "
    "\uff32\uff06\uff24 \uff23\uff0b\uff0b \uff11\uff0c\uff12 \u0661\u0662 "
    "\u2764\ufe0f 1\ufe0f\u20e3 K.\u212a. \u13cc\u13ab\u13ef "
    "\u00e9's d'\u00e9t\u00e9 qu\u2019il \u02bbokina 3,14 \u0663\u060d\u0664 "
    "\u00b21,\u00b22 a.\u00b2 e\u0301.\u00c9.a \ufeffBOM \u00c5ngstr\u00f6m"
).split(" ")
GAPS = [" "] * 12 + [
    ", ", ". ", "; ", ": ", "? ", " \u2013 ", "\u2014", "/", "-", " \u201c",
    "\u201d ", " \u201e", "\u201c ", " \u00ab", "\u00bb ", " \u2018", "\u2019 ",
    "\u3002", "\uff0c", "\uff08", "\uff09", "\u300c", "\u300d", "\uff1a",
    "\uff0e", "\u2026 ", "\n", "\u00a0", "\u3000", ".", ",", "\uff02", "' ",
]


def random_article(rng, words):
    parts = []
    for _ in range(words):
        word = rng.choice(VOCABULARY)
        if rng.randrange(8) == 0:
            form = rng.choice(("NFC", "NFD"))
            word = unicodedata.normalize(form, word)
        parts.append(word)
        parts.append(rng.choice(GAPS))
    return "".join(parts)
