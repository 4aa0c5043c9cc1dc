"""Documents as the stream that build_stream reads (stream.h)."""
import dataclasses


@dataclasses.dataclass
class Document:
    docid: int
    data: bytes = b""
    values: dict = dataclasses.field(default_factory=dict)  # slot: bytes
    # term: (wdf, rising positions)
    terms: dict = dataclasses.field(default_factory=dict)


@dataclasses.dataclass
class Corpus:
    documents: list = dataclasses.field(default_factory=list)
    metadata: list = dataclasses.field(default_factory=list)  # (key, value)
    words: list = dataclasses.field(default_factory=list)  # (word, frequency)
    terms_are_words: bool = False  # those that begin with a small letter
    block_size: int = 8192

    @property
    def last_docid(self):
        return self.documents[-1].docid if self.documents else 0


def number(value):
    out = bytearray()
    while value >= 0x80:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


SMALL = [number(value) for value in range(1 << 14)]


def add_number(out, value):
    out += SMALL[value] if value < len(SMALL) else number(value)


def add_string(out, text):
    add_number(out, len(text))
    out += text


def add_document(out, document):
    out += b"D"
    add_number(out, document.docid)
    add_string(out, document.data)
    add_number(out, len(document.values))
    for slot in sorted(document.values):
        add_number(out, slot)
        add_string(out, document.values[slot])
    add_number(out, len(document.terms))
    for term in sorted(document.terms):
        wdf, positions = document.terms[term]
        add_string(out, term)
        add_number(out, wdf)
        add_number(out, len(positions))
        last = 0
        for position in positions:
            add_number(out, position - last)
            last = position


def encode(corpus):
    out = bytearray()
    for document in corpus.documents:
        add_document(out, document)
    for key, value in corpus.metadata:
        out += b"M"
        add_string(out, key)
        add_string(out, value)
    for word, frequency in corpus.words:
        out += b"S"
        add_string(out, word)
        add_number(out, frequency)
    if corpus.terms_are_words:
        out += b"W"
    return bytes(out)
