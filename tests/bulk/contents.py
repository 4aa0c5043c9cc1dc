"""What a database says through Xapian's own interface, fact by fact, and the
first fact that two databases do not share."""
import itertools

import xapian

SUGGESTIONS = 40  # words that are misspelt and looked up
SKIPS = 400  # postings from which skipping is tried too


def statistics(db):
    yield "documents", db.get_doccount()
    yield "last docid", db.get_lastdocid()
    yield "lengths", (db.get_total_length(), db.get_doclength_lower_bound(),
                      db.get_doclength_upper_bound(), db.get_avlength())
    yield "positions", db.has_positions()


def words(db):
    found = []
    for entry in db.spellings():
        found.append(entry.term)
        yield "word", (entry.term, entry.termfreq)
    step = max(1, len(found) // SUGGESTIONS)
    for word in found[::step]:
        for wrong in (word[1:], word[:-1], word + b"x", word[:1] + word[2:]):
            if wrong:
                yield "suggestion", (wrong, db.get_spelling_suggestion(wrong))


def texts(db):
    for key in db.metadata_keys():
        yield "metadata", (key, db.get_metadata(key))
    for key in db.synonym_keys():
        yield "synonyms", (key, list(db.synonyms(key)))


def documents(db, slots):
    for posting in db.postlist(""):
        docid = posting.docid
        document = db.get_document(docid)
        yield "document", docid
        yield "data", (docid, document.get_data())
        values = [(value.num, value.value) for value in document.values()]
        slots.update(slot for slot, _ in values)
        yield "values", (docid, values)
        yield "length", (docid, posting.doclength, db.get_doclength(docid),
                         db.get_unique_terms(docid), posting.wdf)
        yield "terms", (docid, [(term.term, term.wdf, term.termfreq)
                                for term in document.termlist()])


def bounds(db, slots):
    for slot in sorted(slots):
        yield "slot", (slot, db.get_value_freq(slot),
                       db.get_value_lower_bound(slot),
                       db.get_value_upper_bound(slot))
        values = [(value.docid, value.value) for value in db.valuestream(slot)]
        yield "values of slot", (slot, values)
        for docid, value in skipped([docid for docid, _ in values]):
            stream = db.valuestream(slot)
            found = stream.skip_to(docid)
            yield "skip", (slot, docid, found.docid, found.value)


def skipped(docids):
    """Some of many docids, with what stands before each."""
    if len(docids) >= SKIPS:
        for i in range(1, len(docids), len(docids) // 7):
            yield docids[i], docids[i - 1] + 1
            yield docids[i - 1] + 1, docids[i]


def terms(db):
    for entry in db.allterms():
        term = entry.term
        yield "term", (term, entry.termfreq, db.get_termfreq(term),
                       db.get_collection_freq(term),
                       db.get_wdf_upper_bound(term))
        postings = [(posting.docid, posting.wdf, list(posting.positer))
                    for posting in db.postlist(term)]
        yield "postings", (term, postings)
        for docid, _ in skipped([posting[0] for posting in postings]):
            found = db.postlist(term).skip_to(docid)
            yield "skip", (term, docid, found.docid, found.wdf,
                           list(found.positer))


def facts(path):
    """All of them. A database that can't be read ends with its error."""
    slots = set()
    try:
        db = xapian.Database(str(path))
        yield from itertools.chain(
            statistics(db), words(db), texts(db), documents(db, slots),
            bounds(db, slots), terms(db))
    except xapian.Error as error:
        yield "error", str(error)


def same_contents(one, other):
    """The first fact that differs, or nothing."""
    for a, b in itertools.zip_longest(facts(one), facts(other)):
        if a != b:
            return [narrowed(a, b)]
        if a[0] == "error":
            return [f"neither can be read: {a[1]}"]
    return []


def narrowed(a, b):
    """The difference in a few words: long lists by their first unlike items."""
    if a and b and a[0] == b[0] and isinstance(a[1], tuple):
        for x, y in zip(a[1], b[1]):
            if isinstance(x, list) and x != y:
                pair = next((p for p in itertools.zip_longest(x, y)
                             if p[0] != p[1]))
                return f"{a[0]} {cut(a[1][0])}: {cut(pair[0])}, {cut(pair[1])}"
    return f"{cut(a)}, {cut(b)}"


def cut(thing):
    text = repr(thing)
    return text if len(text) < 300 else text[:300] + "..."
