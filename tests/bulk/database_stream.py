"""The documents of a database that is there, as a stream."""
import xapian
from stream import Corpus, Document, add_document, encode


def of_database(path):
    """Its stream, and a corpus that knows its last docid. Documents are not
    kept: there may be many."""
    db = xapian.Database(str(path))
    out = bytearray()
    for posting in db.postlist(""):
        document = db.get_document(posting.docid)
        add_document(out, Document(
            posting.docid, document.get_data(),
            {value.num: value.value for value in document.values()},
            {term.term: (term.wdf, list(term.positer))
             for term in document.termlist()}))
    rest = Corpus(
        metadata=[(key, db.get_metadata(key)) for key in db.metadata_keys()],
        words=[(word.term, word.termfreq) for word in db.spellings()])
    return bytes(out) + encode(rest), Corpus([Document(db.get_lastdocid())])
