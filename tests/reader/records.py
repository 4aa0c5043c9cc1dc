"""What python3-xapian, which knows nothing of byline, reads in a database."""
import unicodedata

# What Omega and byline know a data line by; any other name is a surprise.
NAMES = {"url", "caption", "deck", "author", "affiliation", "date", "language",
         "section", "keywords", "id", "source", "line", "file", "type",
         "modtime", "size", "sample", "text"}
LISTS = {"deck", "author", "keywords"}
PARAGRAPH = "\u2029"


def fields(document):
    """The data's lines: name -> value, or name -> list."""
    data = document.get_data().decode("utf-8")
    assert data.endswith("\n")
    found = {}
    for line in data[:-1].split("\n"):
        name, equals, value = line.partition("=")
        assert equals, f"a line without '=' hides the one after it: {line!r}"
        assert name in NAMES, line
        if name in LISTS:
            found.setdefault(name, []).append(value)
        else:
            assert name not in found, f"{name} stands twice"
            found[name] = value
    return found


def controls(text):
    """Characters that would break a line for some reader of it."""
    return [c for c in text if unicodedata.category(c) in ("Cc", "Zl", "Zp")]


def by_source(database):
    """(source, line) -> document, for every document."""
    found = {}
    for posting in database.postlist(""):
        document = database.get_document(posting.docid)
        data = fields(document)
        found[data["source"], int(data["line"])] = document
    return found


def words(document, prefix=""):
    """Word -> (wdf, positions) of the terms under a prefix. What follows a
    prefix is a word unless it begins with a capital: that is a longer prefix."""
    found = {}
    for item in document.termlist():
        term = item.term.decode("utf-8")
        word = term[len(prefix):]
        if term.startswith(prefix) and not "A" <= word[:1] <= "Z":
            found[word] = item.wdf, list(item.positer)
    return found


def filters(document):
    """The boolean terms: all that are no words, stems or their prefixes."""
    return {item.term.decode("utf-8") for item in document.termlist()
            if item.wdf == 0}


def author_key(name):
    """What the spellings of one author's name have in common."""
    letters = [c for c in unicodedata.normalize("NFKD", name).casefold()
               if not unicodedata.combining(c) and c not in "'\u2018\u2019"]
    return " ".join("".join(
        " " if unicodedata.category(c)[0] == "P" else c
        for c in letters).split())


def spellings(rows):
    """The first spelling of each author, as terms and values have it."""
    first = {}
    for row in rows:
        for name in row["authors"]:
            first.setdefault(author_key(name), name)
    return first
