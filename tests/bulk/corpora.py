"""Made-up corpora, the same for the same seed, that like the edges of the
format: EDGES one by one, and mixtures of everything by `mixed`."""
import random

from stream import Corpus, Document

MOST = 0xFFFFFFFF
LONGEST = 245  # bytes of a term
NUMBERS = (0, 1, 126, 127, 128, 255, 256, 0x3FFF, 0x4000, 0xFFFF, 0x10000,
           0x1FFFFF, 0x200000, 0xFFFFFFF, 0x10000000)
SLOTS = NUMBERS + (2, 3, 254, 65535, 1 << 31, MOST - 1)
# Where the size of a docid in a key changes.
DOCIDS = (0x7FFF, 0x8000, 0x3FFFFF, 0x400000, 0x1FFFFFFF, 0x20000000)
BLOCKS = (2048, 4096, 8192, 8192, 8192, 16384, 32768, 65536)
LETTERS = b"aeinorst"


def word(rng, letters=LETTERS, least=1, most=9):
    return bytes(rng.choice(letters)
                 for _ in range(rng.randint(least, most)))


def noise(rng, length):
    return rng.randbytes(length)


def prose(rng, length):
    """Bytes that deflate well."""
    out = bytearray()
    while len(out) < length:
        out += word(rng) + b" "
    return bytes(out[:length])


def same_letter(rng, length):
    """As short as any when it is deflated."""
    return bytes([rng.randrange(256)]) * length


# ---- Terms, positions -------------------------------------------------------

def plain_term(rng):
    return word(rng, most=rng.choice((2, 4, 9)))


def utf8_term(rng):
    text = "".join(chr(rng.choice((rng.randint(0x21, 0x7E),
                                   rng.randint(0xA1, 0x5FF),
                                   rng.randint(0x4E00, 0x9FFF),
                                   rng.randint(0x1F300, 0x1F6FF))))
                   for _ in range(rng.randint(1, 12)))
    return text.encode()


def byte_term(rng):
    """Any bytes, NUL and 0xff among them; NUL counts twice in a key."""
    return word(rng, b"\0\0\1\x7f\x80\xfe\xff\xffab", 1, rng.choice((3, 120)))


def long_term(rng):
    """Alike up to their ends, where the room for a docid is least."""
    stem = rng.choice((b"x", b"XYZ"))
    length = rng.choice((LONGEST, LONGEST, LONGEST - 1, 200, 128, 127))
    end = word(rng, most=3)
    return (stem * LONGEST)[:length - len(end)] + end


def nested_term(rng):
    """Each a prefix of the next."""
    return b"ab" * rng.randint(1, 60) + rng.choice((b"", b"\0", b"\xff"))


TERMS = (plain_term, utf8_term, byte_term, long_term, nested_term)


def positions(rng, most):
    """Rising, each once; often with both ends of the range."""
    count = min(rng.choice((1, 1, 1, 2, 3, rng.randint(4, 40), most)), most)
    kind = rng.randrange(6)
    if kind == 0:
        first = rng.choice((0, 1, 127, MOST - count + 1))
        return list(range(first, first + count))
    if kind == 1:
        found = {0, MOST}
    elif kind == 2:
        found = {MOST - rng.randrange(1000)}
    else:
        found = set()
    top = rng.choice((100, 5000, 1 << 20, MOST))
    while len(found) < count:
        found.add(rng.randint(0, max(top, 4 * count)))
    return sorted(found)[:max(count, 1)]


def wdf(rng, count):
    kind = rng.randrange(8)
    if kind == 0:
        return 0
    if kind == 1:
        return rng.choice(NUMBERS[:10])
    return max(count, 1)


def posting(rng, most_positions=200, chance=0.7):
    found = positions(rng, most_positions) if rng.random() < chance else []
    return wdf(rng, len(found)), found


# ---- One edge each ----------------------------------------------------------

def nothing(rng):
    return Corpus(block_size=rng.choice(BLOCKS))


def no_documents(rng):
    """Metadata and words alone."""
    corpus = Corpus(block_size=rng.choice(BLOCKS))
    add_metadata(rng, corpus, 30)
    add_words(rng, corpus, 300)
    return corpus


def one_document(rng):
    docid = rng.choice((1, 1, 2, 0x7FFF, 0x8000))
    document = Document(docid)
    if rng.random() < 0.5:
        document.data = prose(rng, rng.choice((1, 18, 19, 5000)))
    if rng.random() < 0.5:
        document.values = {rng.choice(SLOTS): noise(rng, 5)}
    if rng.random() < 0.7:
        document.terms = {plain_term(rng): posting(rng)}
    return Corpus([document], block_size=rng.choice(BLOCKS))


def empty_fields(rng):
    """Documents that lack one thing or another, or everything."""
    corpus = Corpus()
    for docid in range(1, rng.randint(3, 400)):
        document = Document(docid)
        if rng.random() < 0.3:
            document.data = word(rng)
        if rng.random() < 0.3:
            document.values[rng.choice(SLOTS)] = word(rng)
        if rng.random() < 0.3:
            document.terms[plain_term(rng)] = posting(rng)
        corpus.documents.append(document)
    return corpus


def large_document(rng, terms=6000):
    """One of very many words between small ones."""
    document = Document(2, prose(rng, 20 * terms))
    for i in range(terms):
        name = b"%s%d" % (word(rng), i)
        document.terms[name] = (1, [i + 1]) if i % 7 else posting(rng, 500)
    document.terms[b"the"] = terms, list(range(1, 2 * terms, 2))
    small = {b"the": (1, [1])}
    return Corpus([Document(1, terms=small), document,
                   Document(3, terms=small)])


def largest_document(rng):
    return large_document(rng, 700000)


def long_terms(rng):
    corpus = Corpus(block_size=rng.choice((2048, 8192)))
    kinds = rng.sample((long_term, byte_term, nested_term), 2)
    docid = 0
    for _ in range(rng.randint(20, 300)):
        docid += rng.choice((1, 1, 1, 40000))
        names = {rng.choice(kinds)(rng) for _ in range(rng.randint(1, 12))}
        corpus.documents.append(Document(docid, terms={
            name: posting(rng, 20) for name in names}))
    return corpus


def counts(rng):
    """wdf and lengths at the limits of their encodings."""
    corpus = Corpus()
    vocabulary = sorted({plain_term(rng) for _ in range(40)})
    for docid in range(1, rng.randint(100, 300)):
        terms = {}
        for name in rng.sample(vocabulary, rng.randint(0, 8)):
            terms[name] = rng.choice(NUMBERS), []
        corpus.documents.append(Document(docid, terms=terms))
    return corpus


def boolean(rng):
    """Lengths of 0: no term has a wdf."""
    return Corpus([Document(docid, terms={
        plain_term(rng): (0, []) for _ in range(rng.randrange(4))})
        for docid in range(1, rng.randint(2, 200))])


def slots(rng):
    corpus = Corpus(block_size=rng.choice(BLOCKS))
    same = noise(rng, rng.choice((1, 8, 300)))
    for docid in range(1, rng.randint(2, 600)):
        values = {}
        for slot in rng.sample(SLOTS, rng.randrange(len(SLOTS))):
            kind = rng.randrange(4)
            values[slot] = (same if kind else word(rng)) + bytes(kind == 3)
        corpus.documents.append(Document(docid, values=values))
    return corpus


def long_values(rng):
    """Around the length at which a chunk is full, and beyond a block."""
    corpus = Corpus(block_size=rng.choice((2048, 8192)))
    lengths = (1, 127, 128, 1990, 1996, 1997, 1998, 1999, 2000, 2001, 9000)
    for docid in range(1, rng.randint(5, 120)):
        corpus.documents.append(Document(docid * rng.randint(1, 3) + docid * 3,
                                         values={
            slot: rng.choice((noise, prose))(rng, rng.choice(lengths))
            for slot in rng.sample((0, 1, 200), 2)}))
    corpus.documents.sort(key=lambda document: document.docid)
    return distinct(corpus)


def distinct(corpus):
    """Without the second of two documents of one docid."""
    found = {document.docid: document for document in corpus.documents}
    corpus.documents = [found[docid] for docid in sorted(found)]
    return corpus


def docids(rng, edges=DOCIDS[:4]):
    """Runs of docids across the edges of their encodings."""
    corpus = Corpus(block_size=rng.choice(BLOCKS))
    vocabulary = sorted({plain_term(rng) for _ in range(30)})
    for edge in edges:
        for docid in range(edge - rng.randint(1, 60), edge + 60):
            if rng.random() < 0.8:
                names = rng.sample(vocabulary, rng.randint(1, 9))
                corpus.documents.append(Document(
                    docid, word(rng), {rng.randrange(3): word(rng)},
                    {name: posting(rng, 5) for name in names}))
    corpus.documents.sort(key=lambda document: document.docid)
    return distinct(corpus)


def far_docids(rng):
    return docids(rng, DOCIDS)


def last_docids(rng):
    """Up to the last that there is but one."""
    return docids(rng, (0x20000000, MOST - 61))


def tiny_documents(rng, count=4000):
    """Long lists of postings: chunks of every kind."""
    corpus = Corpus()
    for docid in range(1, count + 1):
        terms = {b"all": (1, [docid % 5]), b"Q%d" % docid: (0, [])}
        if rng.random() < 0.5:
            terms[b"half"] = (rng.randint(1, 300), [])
        if rng.random() < 0.01:
            terms[b"seldom"] = (1, [rng.randrange(MOST)])
        corpus.documents.append(Document(docid, values={
            0: b"%08d" % docid, 1: b"same"}, terms=terms))
    return corpus


def very_many_documents(rng):
    return tiny_documents(rng, 120000)


def deep(rng, documents=120):
    """Long keys in small blocks: three and four levels of branches."""
    corpus = Corpus(block_size=2048)
    for docid in range(1, documents):
        terms = {}
        for _ in range(40):
            name = b"-" * 200 + word(rng, b"ab", 8, 20)
            terms[name] = posting(rng, 3)
        corpus.documents.append(Document(docid, noise(rng, 30), terms=terms))
    return corpus


def deepest(rng):
    return deep(rng, 1200)


def tags(rng):
    """Data that is cut into pieces, or nearly; deflates, or does not."""
    corpus = Corpus(block_size=rng.choice(BLOCKS))
    item = min((corpus.block_size - 19) // 4, 8191)
    for docid in range(1, rng.randint(20, 80)):
        length = rng.choice((17, 18, 19, 20, item - 12 + rng.randrange(12),
                             2 * item - 20 + rng.randrange(20),
                             rng.randrange(3 * item), rng.randrange(100000)))
        kind = rng.choice((prose, noise, noise, same_letter))
        corpus.documents.append(Document(docid, kind(rng, length)))
    return corpus


def equal_tags(rng):
    """Data of one length: leaves that are divided exactly in their middle."""
    corpus = Corpus(block_size=rng.choice((2048, 8192)))
    length = (corpus.block_size - 19) // rng.choice((4, 5, 6, 7)) - 16
    for docid in range(1, rng.randint(2, 60)):
        corpus.documents.append(Document(docid, noise(rng, length)))
    return corpus


def many_positions(rng):
    corpus = Corpus(block_size=rng.choice(BLOCKS))
    for docid in range(1, rng.randint(3, 30)):
        corpus.documents.append(Document(docid, terms={
            plain_term(rng): posting(rng, 20000, 1.0)
            for _ in range(rng.randint(1, 5))}))
    return corpus


def spellings(rng):
    corpus = Corpus(block_size=rng.choice(BLOCKS))
    add_words(rng, corpus, rng.choice((1, 20, 5000)))
    corpus.documents.append(Document(1))
    return corpus


def spelt_terms(rng):
    """Words that documents bring, and the same words besides."""
    corpus = Corpus(block_size=rng.choice(BLOCKS), terms_are_words=True)
    vocabulary = [plain_term(rng) for _ in range(rng.choice((5, 500)))]
    vocabulary += [b"Q" + word(rng), b"z" * LONGEST, b"ab\0\xff", b"~"]
    for docid in range(1, rng.randint(2, 300)):
        names = rng.choices(vocabulary, k=rng.randrange(40))
        corpus.documents.append(Document(docid, terms={
            name: (0, []) for name in names}))
    corpus.words = [(rng.choice(vocabulary), 2) for _ in range(200)]
    return corpus


def metadata(rng):
    corpus = Corpus(block_size=rng.choice(BLOCKS))
    add_metadata(rng, corpus, rng.choice((1, 20, 400)))
    corpus.documents.append(Document(1, terms={b"a": (1, [])}))
    return corpus


def add_words(rng, corpus, count):
    letters = rng.choice((b"ab", LETTERS, b"ab\xc3\xa9\xff", b"a"))
    for _ in range(count):
        name = word(rng, letters, 2, rng.choice((2, 3, 4, 5, 12, 60)))
        if rng.random() < 0.01:
            name = (name * 200)[:LONGEST]
        corpus.words.append((name, rng.choice((1, 1, 1, 2, 255, 70000))))


def add_metadata(rng, corpus, count):
    keys = [word(rng, b"ab\0\xff", 1, rng.choice((2, 9, 200)))
            for _ in range(count)]
    for _ in range(count):
        value = rng.choice((b"", b"x", word(rng), noise(rng, 40),
                            noise(rng, rng.randrange(20000))))
        corpus.metadata.append((rng.choice(keys), value))


# ---- Everything at once -----------------------------------------------------

def mixed(rng, documents=None):
    """Ordinary documents with every edge here and there."""
    corpus = Corpus(block_size=rng.choice(BLOCKS))
    kinds = rng.choices(TERMS, k=rng.randint(1, 3))
    vocabulary = [rng.choice(kinds)(rng)
                  for _ in range(rng.choice((3, 30, 300, 3000)))]
    steps = rng.choice(((1,), (1, 1, 2), (1, 100), (1, 1, 1, 5000)))
    length = rng.choice((0, 3, 30, 100))
    long, placed = rng.random() < 0.2, rng.random()
    docid = 0
    for _ in range(documents or rng.choice((1, 10, 100, 400))):
        docid += rng.choice(steps)
        document = Document(docid)
        if rng.random() < 0.8:
            document.data = rng.choice((prose, noise))(
                rng, rng.randrange(9000 if long else 200))
        for slot in rng.sample(SLOTS[:8], rng.randrange(4)):
            document.values[slot] = word(rng, most=rng.choice((1, 9, 40)))
        for _ in range(rng.randint(0, length)):
            # Zipf's law, about.
            place = int(len(vocabulary) * rng.random() ** 3)
            document.terms[vocabulary[place]] = posting(rng, 30, placed)
        corpus.documents.append(document)
    if rng.random() < 0.5:
        add_words(rng, corpus, rng.randrange(400))
    corpus.terms_are_words = rng.random() < 0.3
    if rng.random() < 0.5:
        add_metadata(rng, corpus, rng.randrange(20))
    return corpus


# Those that take moments, and the rest.
EDGES = (nothing, no_documents, one_document, empty_fields, large_document,
         long_terms, counts, boolean, slots, long_values, docids,
         tiny_documents, deep, tags, equal_tags, many_positions, spellings,
         spelt_terms, metadata)
SLOW = (largest_document, far_docids, last_docids, very_many_documents, deepest)


def make(kind, seed):
    return kind(random.Random(f"{kind.__name__} {seed}"))
