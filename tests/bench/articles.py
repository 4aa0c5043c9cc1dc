"""Articles that nobody wrote: any number of them, the same ones each time.

The words are invented, but for the small ones that every text is full of, and
occur as often as words do: the n-th most frequent one about 1/n as often as the
first."""
import datetime
import itertools
import random
from dataclasses import dataclass

SMALL = (
    "the of and to a in that is was for it on with as he be at by had not are "
    "but from have they his which one were all we when there been who will no "
    "more if out so said what up its about than them can only other new some "
    "could time these two may then do first any my now over years most after"
).split()
FIRST = (
    "Ada Bruno Cora Dov Esme Farid Greta Hugo Ines Jonas Kofi Lena Mirko Nadia "
    "Otis Petra Quentin Rosa Søren Tess Ulla Viktor Wanda Xavier Yusuf Zoë"
).split()
LAST = (
    "Marlow Keel Lindqvist Hartmann Calder Okafor Brandt Pellew Vagnbak Tolley "
    "Skeet Marchetti Farraday Quillfeather Poole O’Neil Rask Sandoval Thorne "
    "Ueda Varga Whitlock Ystad Zeller Marchmont Brae"
).split()
FIGURES = "412 2017 1,200 £1.2m 40,000 16 7.30 1979 23% 11-12 3 52 £42,000".split()
GROUPS = "branch council federation society committee club".split()


def invent(rng, count):
    """That many different words of two to four syllables, one in thirty of
    them with an accent."""
    starts = "b br c ch d dr f g gr h k l m n p pr r s st t tr v w z".split()
    vowels = "a e i o u ai ea ou".split()
    ends = ["", "", "n", "r", "l", "s", "nd", "rt", "m", "ck", "ng"]
    words = {}
    while len(words) < count:
        word = "".join(
            rng.choice(starts) + rng.choice(vowels) + rng.choice(ends)
            for _ in range(rng.choice((2, 2, 3, 4))))
        words[word.replace("a", "à") if rng.random() < 1 / 30 else word] = None
    return list(words)


@dataclass
class Article:
    number: int
    title: str
    deck: str
    authors: list
    affiliation: str
    date: datetime.date
    section: str
    paragraphs: list


class Writer:
    """Writes one article after another; seed decides which."""

    def __init__(self, seed):
        self.rng = random.Random(seed)
        invented = invent(self.rng, 30000)
        self.towns = [word.capitalize() for word in invented[:400]]
        rare = invented + FIGURES * 40 + self.towns
        self.rng.shuffle(rare)
        self.vocabulary = SMALL + rare
        weights = [1 / (rank + 2.7) for rank in range(len(self.vocabulary))]
        self.weights = list(itertools.accumulate(weights))
        self.stock = []

    def words(self, count):
        if len(self.stock) < count:
            self.stock += self.rng.choices(
                self.vocabulary, cum_weights=self.weights, k=1 << 14)
        taken = self.stock[-count:]
        del self.stock[-count:]
        return taken

    def sentence(self):
        words = self.words(self.rng.randrange(6, 30))
        words[0] = words[0].capitalize()
        if len(words) > 12:
            words[len(words) // 2] += ","
        text = " ".join(words) + "."
        return f"“{text[:-1]},” she said." if self.rng.random() < .08 else text

    def paragraph(self):
        return " ".join(
            self.sentence() for _ in range(self.rng.choice((1, 2, 2, 3, 4))))

    def name(self):
        return f"{self.rng.choice(FIRST)} {self.rng.choice(LAST)}"

    def article(self, number):
        rng = self.rng
        start = datetime.date(1950, 1, 1)
        return Article(
            number,
            title=" ".join(self.words(rng.randrange(4, 10))).capitalize(),
            deck=" ".join(self.words(rng.randrange(8, 14))).capitalize(),
            authors=[self.name()] if rng.random() < .8
            else [self.name(), self.name()],
            affiliation=f"{rng.choice(self.towns)} {rng.choice(GROUPS)}",
            date=start + datetime.timedelta(days=number // 12),
            section=rng.choice(self.towns),
            paragraphs=[self.paragraph() for _ in range(rng.randrange(5, 20))])


def articles(seed):
    writer = Writer(seed)
    return (writer.article(number) for number in itertools.count(1))
