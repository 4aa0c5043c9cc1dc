"""What happens to a database after it was built: changes of every kind, the
same ones to any number of databases, chosen by a seed."""
import random

import corpora
import xapian
from stream import Document

MOST_DOCIDS = 200000  # new ones stay below, so that xapian-check need not hurry


def convert(made):
    document = xapian.Document()
    document.set_data(made.data)
    for slot, value in made.values.items():
        document.add_value(slot, value)
    for term, (wdf, positions) in made.terms.items():
        document.add_term(term, wdf)
        for position in positions:
            document.add_posting(term, position, 0)
    return document


class Life:
    """Steps that depend on nothing but the seed and what was done before."""

    def __init__(self, seed, corpus):
        self.rng = random.Random(f"life {seed}")
        self.docids = {document.docid for document in corpus.documents}
        self.last = corpus.last_docid
        terms = {term for document in corpus.documents
                 for term in document.terms}
        self.terms = sorted(terms)[:5000] or [b"first"]
        self.words = sorted({word for word, _ in corpus.words})[:500]
        self.keys = sorted({key for key, _ in corpus.metadata})[:500]

    def document(self):
        rng = self.rng
        made = Document(0, rng.choice((corpora.prose, corpora.noise))(
            rng, rng.choice((0, 10, 100, 3000))))
        for _ in range(rng.choice((0, 1, 10, 60))):
            term = (rng.choice(self.terms) if rng.random() < 0.8
                    else rng.choice(corpora.TERMS)(rng))
            if len(term) + term.count(0) <= corpora.LONGEST:
                made.terms[term] = corpora.posting(rng, 20)
        for slot in rng.sample(corpora.SLOTS[:8], rng.randrange(4)):
            made.values[slot] = corpora.word(rng)
        return convert(made)

    def some_docid(self):
        return self.rng.choice(sorted(self.docids)) if self.docids else 1

    # Each gives what to do to a database.

    def add(self):
        self.last += 1
        self.docids.add(self.last)
        document = self.document()
        return lambda db: db.add_document(document)

    def replace(self):
        docid = self.some_docid()
        self.docids.add(docid)
        self.last = max(self.last, docid)
        document = self.document()
        return lambda db: db.replace_document(docid, document)

    def fill_gap(self):
        docid = self.rng.randint(1, min(self.last + 100, MOST_DOCIDS))
        self.docids.add(docid)
        self.last = max(self.last, docid)
        document = self.document()
        return lambda db: db.replace_document(docid, document)

    def touch(self):
        """A document as it is, with one term or value more or less: only what
        changed is written."""
        docid, term = self.some_docid(), self.rng.choice(self.terms)
        slot, drop = self.rng.randrange(4), self.rng.random() < 0.5
        self.docids.add(docid)
        self.last = max(self.last, docid)

        def change(db):
            try:
                document = db.get_document(docid)
            except xapian.DocNotFoundError:
                document = xapian.Document()
            if drop:
                document.add_value(slot, b"")
                first = next((t.term for t in document.termlist()), None)
                if first is not None:
                    document.remove_term(first)
            else:
                document.add_value(slot, b"%d" % docid)
                document.add_term(term, 1)
            db.replace_document(docid, document)
        return change

    def delete(self):
        docid = self.some_docid()
        if docid not in self.docids:
            return lambda db: None
        self.docids.discard(docid)
        return lambda db: db.delete_document(docid)

    def spell(self):
        rng = self.rng
        word = (rng.choice(self.words) if self.words and rng.random() < 0.7
                else corpora.word(rng, least=2))
        count = rng.choice((1, 1, 2, 1000))
        if rng.random() < 0.5:
            return lambda db: db.add_spelling(word, count)
        return lambda db: db.remove_spelling(word, count)

    def synonym(self):
        rng = self.rng
        term, other = corpora.word(rng, most=2), corpora.word(rng)
        kind = rng.randrange(4)
        if kind == 0:
            return lambda db: db.clear_synonyms(term)
        if kind == 1:
            return lambda db: db.remove_synonym(term, other)
        return lambda db: db.add_synonym(term, other)

    def note(self):
        rng = self.rng
        key = (rng.choice(self.keys) if self.keys and rng.random() < 0.7
               else corpora.word(rng))
        value = rng.choice((b"", corpora.word(rng), corpora.noise(rng, 5000)))
        return lambda db: db.set_metadata(key, value)

    def step(self):
        kinds = ((self.add, 4), (self.replace, 4), (self.touch, 4),
                 (self.delete, 4), (self.fill_gap, 2), (self.spell, 2),
                 (self.synonym, 1), (self.note, 1))
        kind, = self.rng.choices(*zip(*kinds))
        return kind()

    def live(self, databases, steps):
        """So many steps in each, and commits in between."""
        for number in range(steps):
            change = self.step()
            for db in databases:
                change(db)
            if self.rng.random() < 0.01:
                for db in databases:
                    db.commit()
        for db in databases:
            db.commit()


def near_terms(db, terms):
    """Those at positions from which counting on does not overflow: Xapian's
    phrases would not end."""
    return [term for term in terms if all(
        position < 1 << 31 for posting in db.postlist(term)
        for position in posting.positer)]


def queries(db, seed, terms):
    rng = random.Random(f"queries {seed}")
    near = near_terms(db, terms) or [b"none"]
    for _ in range(60):
        op, among = rng.choice((
            (xapian.Query.OP_OR, terms), (xapian.Query.OP_AND, terms),
            (xapian.Query.OP_AND_MAYBE, terms),
            (xapian.Query.OP_AND_NOT, terms), (xapian.Query.OP_PHRASE, near),
            (xapian.Query.OP_NEAR, near)))
        yield xapian.Query(op, [rng.choice(among)
                                for _ in range(rng.randint(1, 4))])
    for slot in (0, 1, 2, 127):
        yield xapian.Query(xapian.Query.OP_VALUE_GE, slot, b"m")
        yield xapian.Query(xapian.Query.OP_VALUE_RANGE, slot, b"a", b"n")


def scores(path, seed, terms):
    """What queries find, with the weights to the last digit (in words, as some
    are no numbers, which equal nothing)."""
    db = xapian.Database(str(path))
    found = []
    schemes = (xapian.BM25Weight(), xapian.TradWeight(), xapian.PL2Weight())
    for number, query in enumerate(queries(db, seed, terms)):
        enquire = xapian.Enquire(db)
        enquire.set_weighting_scheme(schemes[number % len(schemes)])
        enquire.set_query(query)
        matches = enquire.get_mset(0, 50, 1 << 20)
        found.append((matches.get_matches_estimated(),
                      matches.get_max_possible(),
                      [(match.docid, repr(match.weight)) for match in matches]))
    return found
