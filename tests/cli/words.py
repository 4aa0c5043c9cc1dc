"""What words an article has, found without the analyzer under test."""
import re
import unicodedata

import xapian

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
STEM = xapian.Stem("en")


def fold(text):
    """Lower-case, without accents, with straight apostrophes."""
    text = unicodedata.normalize("NFD", text.replace("’", "'").lower())
    text = "".join(c for c in text if not unicodedata.combining(c))
    return text.replace("ø", "o").replace("ł", "l")


def words(text):
    return [fold(word) for word in WORD.findall(text)]


def stem(word):
    return STEM(fold(word).encode()).decode()


def fields(row):
    return [row["title"], *row["authors"], row["text"]]


def all_words(row):
    return {word for field in fields(row) for word in words(field)}


def stems(row):
    return {stem(word) for word in all_words(row)}


def has_phrase(row, phrase):
    """The words in a row; "trust" stands for "trust's" as well."""
    wanted = words(phrase)

    def same(found):
        return len(found) == len(wanted) and all(
            a == b or a == f"{b}'s" for a, b in zip(found, wanted))

    return any(same(found[i:i + len(wanted)])
               for found in map(words, fields(row))
               for i in range(len(found)))


def place(row):
    """What tells one article of the fixtures from all others."""
    return row["source"], row["line"]
