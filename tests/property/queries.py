"""Random queries: what people type, in every script, with all that means
something to QueryParser; and the same query as typesetters would have it."""
import random
import re

SPACED = (
    "ferry harbour Resume NATO U.S. AT&T C++ 42,021 x2 don't it's co-op "
    "résumé Zürich École ÉCOLE İstanbul ışık IŞIK Łódź STRAẞE Straße Bjørk "
    "l’Oréal Brigid’s rock‛n zu\u0308rich E\u0301COLE ﬁnance ½ x² CO₂ Ⅷ "
    "ａｂｃ Ａｂｃ ＡＢＣ １２ Αθήνα ΑΘΉΝΑ λόγος ёлка Москва РАЙОН й и\u0306 "
    "שָׁלוֹם צה״ל כתאב كــتاب مُحَمَّد १२ हिन्दी फ़िल्म தமிழ் বাংলা ქართული "
    "Հայերեն አማርኛ 한국 서울\u1112\u1161\u11ab ᏣᎳᎩ ꭰ Việt NGUYỄN 𝐁𝐨𝐥𝐝 𐐀𐐨 "
    "ab\u200bcd soft\u00adhyphen naïve_case __ É.U. U.É.").split()
UNSPACED = (
    "ภาษาไทย กรุงเทพมหานคร ນະຄອນຫຼວງ ភាសាខ្មែរ မြန်မာစာ 東京都 港の工事 ひらがな "
    "カタカナ 中华人民共和国 新聞 がぎ か\u3099ぎ ﾊﾝｶｸ 2017年 AB株式会社 国C++ ไทยU.S.").split()
OPERATORS = ["AND", "OR", "NOT", "XOR"]
MARKS = [", ", ". ", " – ", "… ", "! ", "? ", " / ", "; ", "—", "。", "、", "・",
         " & ", "؟ ", "। ", "-", " ‘", "’ ", "」", "「", "\u00a0", "\u2009", "\n"]
# What stands for the marks that QueryParser knows, as typesetters have it.
PAIRS = [("“", "”"), ("„", "“"), ("„", "”"), ("«", "»"), ("”", "”"),
         ("＂", "＂")]


def wide(text):
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c
                   for c in text)


class Query:
    """plain: as QueryParser's documentation writes it; set: as typesetters
    would. Both ask for the same."""

    def __init__(self, rng, words):
        self.rng, self.words = rng, words
        self.plain = self.set = ""
        self.clauses(rng.randint(1, 4), 0)

    def add(self, plain, typeset=None):
        self.plain += plain
        self.set += plain if typeset is None else typeset

    def either(self, text):
        self.add(text, wide(text) if self.rng.random() < 0.5 else text)

    def space(self):
        self.add(" ", self.rng.choice([" ", " ", "\u3000"]))

    def word(self):
        self.add(self.rng.choice(self.words))

    def phrase(self):
        opened, closed = self.rng.choice(PAIRS + [('"', '"')])
        self.add('"', opened)
        for n in range(self.rng.randint(1, 4)):
            if n:
                self.add(" ")
            self.word()
        self.add('"', closed)

    def clause(self, depth, loves, near):
        kind = self.rng.randrange(10)
        if kind < 4:
            self.word()
        elif kind < 6:
            self.phrase()
        elif kind < 7 and depth < 2:
            narrow = self.rng.random() < 0.5
            self.add("(", "(" if narrow else "（")
            self.clauses(self.rng.randint(1, 3), depth + 1)
            self.add(")", ")" if narrow else "）")
        elif kind < 8 and loves:
            self.either(self.rng.choice(loves))
            self.word()
        elif kind < 9:
            self.either("title")
            self.either(":")
            self.rng.choice([self.word, self.phrase])()
        elif not near:
            self.word()
        else:
            one = [w for w in self.words if not re.search("[.\u00ad-]", w)]
            self.add(self.rng.choice(one))
            self.space()
            self.either(self.rng.choice(["NEAR", "ADJ", "NEAR/3"]))
            self.space()
            self.add(self.rng.choice(one))

    def clauses(self, count, depth):
        # No operator may join + and -, no word stand beside NEAR's two.
        loves = "+-" if self.rng.random() < 0.3 else ""
        joined = not loves and self.rng.random() < 0.5
        for n in range(count):
            if n:
                self.space()
                if joined or (not loves and self.rng.random() < 0.4):
                    self.either(self.rng.choice(OPERATORS))
                    self.space()
            self.clause(depth, loves if n else loves[:1], joined)


def typed(rng, words):
    """Words with marks between them: nothing that was meant as syntax, but some
    that may be."""
    parts = []
    for _ in range(rng.randint(1, 7)):
        parts += [rng.choice(words),
                  rng.choice(MARKS + [" "] * 20 + ['"', " (", ") ", "*", " -",
                                                   " +", ":", " AND ", "“", "”",
                                                   " «", "» ", "＂", "（", "）"])]
    return "".join(parts)


def damaged(rng, text):
    """The query with some characters lost, doubled or in another place."""
    characters = list(text)
    for _ in range(rng.randint(1, 3)):
        at = rng.randrange(len(characters) + 1)
        other = rng.choice(characters) if characters else "x"
        characters[at:at + rng.randrange(2)] = [other] * rng.randrange(3)
    return "".join(characters)


def draw(seed, count, words, make):
    rng = random.Random(seed)
    return [make(rng, words) for _ in range(count)]
