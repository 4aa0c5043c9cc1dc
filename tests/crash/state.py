"""What a database holds, by Xapian's own library; and whether that is right."""
import collections
import os
import pathlib
import time

import xapian

# A document but for what files have it, and these.
Article = collections.namedtuple("Article", "data terms values files")
State = collections.namedtuple("State", "articles records metadata words")

NOTHING = State({}, {}, {}, {})
GLASS = {"docdata.glass", "postlist.glass", "termlist.glass", "position.glass",
         "spelling.glass", "synonym.glass", "iamglass", "flintlock"}


def _stub(db):
    """The lines of a database's stub, or none."""
    stub = pathlib.Path(db) / "XAPIANDB"
    if (pathlib.Path(db) / "iamglass").exists() or not stub.exists():
        return []
    return stub.read_text(encoding="utf-8").splitlines()


def _places(db, lines):
    return [pathlib.Path(db) / line.split(maxsplit=1)[1]
            for line in lines if line and not line.startswith("#")]


def shards(db):
    """The databases that one is spread over; itself, if it is not."""
    lines = _stub(db)
    if not lines or "shards" not in lines[0]:
        return [pathlib.Path(db)]
    return _places(db, lines)


def segments(db):
    """The glass databases that a database is made of, but for shards."""
    return _places(db, _stub(db)) or [pathlib.Path(db)]


def _article(document):
    terms = [(t.term, t.wdf, tuple(t.positer)) for t in document.termlist()]
    files = frozenset(t[0] for t in terms if t[0].startswith(b"XFILE"))
    ids = [t[0] for t in terms if t[0].startswith(b"Q")]
    assert len(ids) == 1, (document.get_docid(), ids)
    return ids[0], Article(
        document.get_data(), tuple(t for t in terms if t[0] not in files),
        tuple((v.num, v.value) for v in document.values()), files)


def _record(text):
    """Of a file that is gone it says only that it was there: what else it says
    depends on who took its articles first."""
    path = text.split(b" ", 7)[7]
    return text if os.path.exists(path) else b"gone " + path


def _read(db):
    """All of one that is not spread. Nothing is twice."""
    database = xapian.Database(str(db))
    articles = {}
    for posting in database.postlist(""):
        name, article = _article(database.get_document(posting.docid))
        assert name not in articles, f"{name} is there twice"
        articles[name] = article
    assert len(articles) == database.get_doccount()
    metadata = {key: database.get_metadata(key)
                for key in database.metadata_keys()}
    records = {key: _record(metadata.pop(key)) for key in list(metadata)
               if key.startswith(b"byline:XFILE")}
    words = {t.term: t.termfreq for t in database.spellings()}
    database.close()
    return State(articles, records, metadata, words)


def read(db):
    """All of it. What belongs to a shard is by its name and its own."""
    found = State({}, {}, {}, {})
    for shard in shards(db):
        if not is_there(shard):
            continue  # or a folder in which Xapian began to make one
        name = shard.name if shard != pathlib.Path(db) else ""
        one = _read(shard)
        twice = found.articles.keys() & one.articles.keys()
        assert not twice, f"in two shards: {sorted(twice)[:5]}"
        found.articles.update(one.articles)
        for all_, own in zip(found[1:], one[1:]):
            all_.update({(name, key): value for key, value in own.items()})
    return found


def assert_words_counted(db):
    """The words for spelling are as frequent as the articles have them."""
    for shard in shards(db):
        if is_there(shard):
            _assert_words_counted(shard)


def _assert_words_counted(db):
    database = xapian.Database(str(db))
    for word in database.spellings():
        count = database.get_termfreq(word.term)
        assert count == word.termfreq, (
            f"{word.term} is in {count} articles, and {word.termfreq} times "
            "among the words for spelling")
    database.close()


def is_there(db):
    return any((pathlib.Path(db) / name).exists()
               for name in ("iamglass", "XAPIANDB"))


def check(db):
    """The state of what is there: none, or what Xapian finds no fault with."""
    for shard in shards(db):
        if is_there(shard):
            for segment in segments(shard):
                assert xapian.Database.check(str(segment)) == 0, segment
    return read(db)


def assert_complete(found, before, after):
    """Every article is whole, as before or as after the change; none that
    belongs to both is missing, none is there that belongs to neither."""
    for name, article in found.articles.items():
        states = [s.articles[name] for s in (before, after)
                  if name in s.articles]
        assert states, f"{name} belongs to nothing"
        assert article[:3] in [state[:3] for state in states], (
            f"{name} is not whole")
        assert article.files <= frozenset().union(*[s.files for s in states])
    missing = (before.articles.keys() & after.articles.keys() -
               found.articles.keys())
    assert not missing, f"missing: {sorted(missing)[:5]}"


def differences(found, wanted):
    """Between two states, as few lines as say it; none: they are the same."""
    lines = []
    for field, a, b in zip(State._fields, found, wanted):
        for key in sorted(a.keys() | b.keys()):
            if a.get(key) != b.get(key):
                lines.append(f"{field} {key!r}: {a.get(key)!r:.300}, "
                             f"not {b.get(key)!r:.300}")
    return lines[:5]


def let_pass(db):
    """As if some time had passed since anything was done to it: what is named
    no more stays for a second, for readers that are just opening it."""
    seconds = time.time() - 5
    for shard in shards(db):
        for path in (shard, *shard.glob("segment-*")):
            os.utime(path, (seconds, seconds))


def leftovers(db):
    """Names in the database's folder and beside it that are none of it."""
    db = pathlib.Path(db)
    names = {p.name for p in db.parent.iterdir()} - {db.name}
    if shards(db) == [db]:
        return names | _leftovers_within(db)
    own = {shard.name for shard in shards(db)}
    for shard in shards(db):
        names |= {f"{shard.name}/{name}" for name in _leftovers_within(shard)}
    return names | {p.name for p in db.iterdir()} - own - {"XAPIANDB"}


def _leftovers_within(db):
    names = set()
    for segment in segments(db):
        names |= {f"{segment.name}/{p.name}" for p in segment.iterdir()
                  if p.name not in GLASS and segment != db}
    known = {p.name for p in segments(db)} | {"XAPIANDB", "flintlock"}
    if segments(db) == [db]:
        known = GLASS
    return names | {p.name for p in db.iterdir() if p.name not in known}
