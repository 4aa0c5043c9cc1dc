"""Small archives made for one test, and what a database holds of them."""
import xapian

HABIT = ("The committee met in the upper room of the harbour office on Tuesday "
         "evening and talked for two hours about {}, without coming to an end.")


def article(title, author, *paragraphs):
    """One article in the layout of a dated digest."""
    byline = f"\n{author}\n\n\n" if author else "\n\n"
    return f"{title}\n{byline}" + "\n\n".join(paragraphs) + "\n"


def digest(date, *articles):
    return f"{date}\n\n" + "\n".join(articles)


NAMES = ["Ada Marlow", "Bruno Keel", "Cora Lindqvist", "Dov Hartmann",
         "Esme Calder"]


def titles_of(count, first=1):
    return [f"The committee talks about matter number {n}"
            for n in range(first, first + count)]


def stories(count, first=1):
    """Articles that differ in everything; titles_of names them."""
    return [article(title, NAMES[n % len(NAMES)],
                    HABIT.format(f"matter number {n}"),
                    f"Nobody had read paper {n * 7} before the meeting, and it "
                    "was put off until the spring.")
            for n, title in enumerate(titles_of(count, first), first)]


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    data = text if isinstance(text, bytes) else text.encode("utf-8")
    path.write_bytes(data)
    return path


def exported(byline, db):
    """The articles of a database, which may be empty."""
    done = byline("export", "--db", db)
    assert done.returncode in (0, 1), done.stderr
    return done.rows


def titles(byline, db):
    return sorted(row["title"] for row in exported(byline, db))


def contents(byline, db):
    """All a database says of its articles, whatever their order."""
    return sorted(exported(byline, db), key=lambda row: row["id"])


def documents(db):
    with_database = xapian.Database(str(db))
    count = with_database.get_doccount()
    with_database.close()
    return count


def terms(db, prefix=""):
    database = xapian.Database(str(db))
    found = {t.term.decode("utf-8") for t in database.allterms(prefix)}
    database.close()
    return found


def refused(done, *words):
    """An error as a command line should give one: status 2, one message on
    stderr that has these words in it, nothing on stdout."""
    assert done.returncode == 2, (done.returncode, done.stdout, done.stderr)
    assert done.stdout == ""
    lines = done.stderr.splitlines()
    assert len(lines) == 1 and lines[0].startswith("byline"), done.stderr
    for word in words:
        assert str(word) in lines[0], (word, lines[0])
    return lines[0]
