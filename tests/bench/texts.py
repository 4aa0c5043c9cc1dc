"""Texts that nobody wrote, in several languages, the same ones each time: the
paragraphs of the fixtures, over and over, each time with other words."""
import itertools
import pathlib
import random
import re
from collections import Counter

FIXTURES = pathlib.Path(__file__).resolve().parent.parent.parent / "fixtures"
FILES = {
    "en": ["digests/*.txt", "editions/anvil.txt", "editions/gasket.txt",
           "editions/lamplighter.txt", "editions/parish-pump.txt",
           "editions/quayside-worker.txt", "editions/student-gull.txt",
           "languages/en.txt", "scripts/en.txt"],
    "de": ["digests-more/tageblatt.txt", "editions/rote-flut.txt",
           "languages/de.txt", "scripts/de.txt"],
    "ja": ["digests-more/hamanatsu.txt", "scripts/ja.txt"],
    "th": ["scripts/th.txt"],
}
# What words are invented of: beginnings, vowels, and ends of syllables; and
# which letters get an accent in one word of ten, as in the fixtures.
SYLLABLES = {
    "en": ("b br c ch d dr f g gr h k l m n p pr r s st t tr v w z",
           "a e i o u ai ea ou", "n r l s nd rt m ck ng".split() + [""] * 4,
           {}),
    "de": ("b br d dr f g gr h k kl l m n p pr r s sch st t tr v w z",
           "a e i o u ei ie au", "n r l s nd rt m ck ng ch".split() +
           [""] * 5, {"a": "ä", "o": "ö", "u": "ü"}),
}
INVENTED = 40000
FREQUENT = 200  # words that stay: they make a language
ARTICLE = 3500  # bytes, about


def paragraphs(language):
    """Of the fixtures: what is long enough to be no title or name."""
    found = []
    for pattern in FILES[language]:
        for path in sorted(FIXTURES.glob(pattern)):
            text = path.read_text(encoding="utf-8")
            found += [" ".join(part.split()) for part in
                      re.split(r"\n\s*\n", text) if len(part.encode()) > 100]
    return found


def invent(rng, language):
    starts, vowels, ends, accents = SYLLABLES[language]
    starts, vowels = starts.split(), vowels.split()
    result = []
    for _ in range(INVENTED):
        word = "".join(
            rng.choice(starts) + rng.choice(vowels) + rng.choice(ends)
            for _ in range(rng.choice((2, 2, 3, 4))))
        if accents and rng.random() < .1:
            letter = rng.choice(list(accents))
            word = word.replace(letter, accents[letter], 1)
        result.append(word)
    return result


def spaced(language, rng):
    """Paragraphs in which half of the rarer words are others, which occur as
    often as words do: the n-th most frequent one about 1/n as often as the
    first."""
    stock = paragraphs(language)
    word = re.compile(r"[^\W\d_]{4,}")
    counts = Counter(word.findall(" ".join(stock).lower()))
    frequent = {w for w, _ in counts.most_common(FREQUENT)}
    rare = [w for w, _ in counts.most_common() if w not in frequent]
    vocabulary = rare + invent(rng, language)
    rng.shuffle(vocabulary)
    weights = list(itertools.accumulate(
        1 / (rank + 20) for rank in range(len(vocabulary))))
    words = iter(())

    def other(match):
        nonlocal words
        old = match[0]
        if rng.random() < .5 or old.lower() in frequent:
            return old
        new = next(words, None)
        if new is None:
            words = iter(rng.choices(vocabulary, cum_weights=weights, k=1 << 16))
            new = next(words)
        return new.capitalize() if old[0].isupper() else new

    while True:
        yield word.sub(other, rng.choice(stock))


def unspaced(language, rng):
    """Paragraphs of clauses in another order."""
    clauses = [clause for text in paragraphs(language)
               for clause in re.findall("[^。、「」“”（） ]+[。、」”）]* ?", text)]
    while True:
        yield "".join(rng.choices(clauses, k=rng.randint(6, 25)))


def articles(language):
    rng = random.Random(f"1 {language}")
    make = spaced if language in SYLLABLES else unspaced
    stream = make(language, rng)
    while True:
        parts, length = [], 0
        while length < ARTICLE:
            parts.append(next(stream))
            length += len(parts[-1].encode())
        yield "\n\n".join(parts)
