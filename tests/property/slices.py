"""Pieces of articles as somebody copies them: some words out of a paragraph."""
import itertools
import random
import re
import unicodedata

WORDS_MAX = 8
TERM_MAX = 245  # bytes, Xapian's limit
OPERATORS = {"AND", "OR", "NOT", "XOR", "NEAR", "ADJ"}
FIELDS = ("title", "author", "byline", "date", "year", "month", "language",
          "source", "keyword", "id")
FIELD = re.compile(r"\W*(%s):[^\s)]" % "|".join(FIELDS))
# QueryParser takes "-" for NOT behind a space or bracket, if something follows.
HATE = re.compile(r"\(*-[^-+]")
NEAR = re.compile(r"(NEAR|ADJ)/[0-9]+$")
DOUBLE_QUOTES = re.compile("[\"\u201c\u201d]")


def paragraphs(row):
    """The title and the text's paragraphs, as lists of words."""
    texts = [row["title"] or "", *row["text"].split("\n\n")]
    return [words for words in map(str.split, texts) if words]


def is_wordly(c):
    """Whether Xapian takes a character for part of a word."""
    category = unicodedata.category(c)
    return category[0] in "LMN" or category == "Pc"


def runs(text):
    return ["".join(run) for wordly, run in itertools.groupby(text, is_wordly)
            if wordly]


def has_meaning(words, quoted):
    """Whether QueryParser takes a word for an operator, a NOT or a field: then
    the slice asks for something else than its words. In quotes none is, unless
    a quote in the slice ends them. Nothing else is left out: brackets, quotes,
    +, *, ~, apostrophes and hyphens must do no harm."""
    if quoted and not DOUBLE_QUOTES.search(" ".join(words)):
        return False
    return any(re.sub(r"^\W+|\W+$", "", word) in OPERATORS
               or NEAR.match(word) or HATE.match(word) or FIELD.match(word)
               for word in words)


def is_too_long(words):
    """Whether a run of word characters is longer than a term of Xapian's may
    be: a sentence in Thai, say. No index can hold what QueryParser asks for
    then; byline search can, which cuts the words of a query as those of an
    article."""
    return any(len(run.encode("utf-8")) > TERM_MAX
               for run in runs(" ".join(words)))


def has_only(words, stopwords, quoted):
    """Whether perhaps nothing is left to look for without stopwords. In quotes
    Xapian leaves none out."""
    if quoted and not DOUBLE_QUOTES.search(" ".join(words)):
        return False
    return all(run in stopwords for run in runs(" ".join(words).lower()))


def draw(rows, count, quoted, seed, leave_out):
    """count slices as (id, query), and how many were left out for what
    leave_out says of their words."""
    rng = random.Random(seed)
    sources = [(row["id"], words) for row in rows for words in paragraphs(row)]
    weights = list(itertools.accumulate(len(words) for _, words in sources))
    drawn, left_out = [], 0
    while len(drawn) < count:
        name, words = rng.choices(sources, cum_weights=weights)[0]
        start = rng.randrange(len(words))
        piece = words[start:start + rng.randint(1, WORDS_MAX)]
        text = " ".join(piece)
        if not runs(text):
            continue  # nothing to look for
        if leave_out(piece, quoted):
            left_out += 1
            continue
        drawn.append((name, f'"{text}"' if quoted else text))
    return drawn, left_out
