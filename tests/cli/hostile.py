"""Archives that were made to do harm: one of each kind for every format.

Sizes are such that a reader which holds all of it, or makes an object of each
piece, would need far more memory than the test allows."""
import gzip
import io
import tarfile
import zipfile

MiB = 1 << 20
HEAD = b"14 November 2017\n\nFerry strike ends today\nBy Ada Marlow\n\n"
MAIL = (b"From: Ada Marlow <ada@example.org>\nSubject: Ferry\n"
        b"Date: Tue, 14 Nov 2017 10:00:00 +0000\nMIME-Version: 1.0\n")
FEED = b"<rss version='2.0'><channel><title>f</title>"


def pieces(begin, piece, count, end=b""):
    """begin, piece count times, end; in blocks, never whole."""
    block = max(1, MiB // len(piece))
    yield begin
    while count > 0:
        yield piece * min(block, count)
        count -= block
    yield end


def nested(begin, opening, count, middle, closing, end):
    yield from pieces(begin, opening, count, middle)
    yield from pieces(b"", closing, count, end)


def numbered(begin, form, count, end=b""):
    yield begin
    for at in range(0, count, 5000):
        yield b"".join(form % n for n in range(at, min(count, at + 5000)))
    yield end


def zipped(members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return out.getvalue()


def tarred(members):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, data in members:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def bomb():
    """Zeros are one thousandth of their size, packed twice still less."""
    return gzip.compress(HEAD + b"\0" * (300 * MiB))


def in_each_other(times):
    data = HEAD + b"The ferry sails again, said the harbour master.\n"
    for n in range(times):
        data = zipped([(f"inner{n}.zip" if n else "a.txt", data)])
    return data


# name: a function that gives its bytes in pieces
ARCHIVES = {
    # plain text: digest, edition, ezine
    "line.txt": lambda: pieces(HEAD, b"The ferry sails. ", 8 * MiB),
    "body.txt": lambda: pieces(HEAD, b"The ferry sails again, he said.\n",
                               3 * MiB),
    "blank.txt": lambda: pieces(HEAD, b"\n", 64 * MiB, b"\nThe ferry.\n"),
    "tiny.txt": lambda: numbered(
        b"", b"14 November 2017\n\nStory %d told\nBy Ada Marlow\n\nFerry.\n\n",
        100_000),
    "authors.txt": lambda: numbered(
        b"14 November 2017\n\nFerry strike ends today\nBy ", b"Ada M%d, ",
        500_000, b"Jan Roe\n\nThe ferry sails.\n"),
    "edition.txt": lambda: pieces(
        b"THE HARBOUR NEWS\n\nFERRY STRIKE ENDS\n\nBy Ada Marlow\n\n",
        b"FERRY\n\n", MiB // 4),
    "rules.txt": lambda: pieces(
        b"HARBOUR ZINE\n============\n\nContents\n\n", b"=-" * 30 + b"\n",
        MiB),
    "contents.txt": lambda: numbered(
        b"HARBOUR ZINE  Issue 3\n=====================\n\n"
        b"Table of Contents\n\n", b"%d. Story ........... Ada Marlow\n",
        500_000),
    "controls.txt": lambda: pieces(HEAD, b"\x1b[2J\x9b\xff\xc0 ", 8 * MiB),
    # JSON
    "string.jsonl": lambda: pieces(b'{"title":"Ferry","text":"', b"ferry ",
                                   50 * MiB, b'"}\n'),
    "values.jsonl": lambda: pieces(
        b'{"title":"Ferry","text":"ferry","x":[', b"1,", 10 * MiB, b"1]}\n"),
    "objects.jsonl": lambda: pieces(
        b'{"title":"Ferry","text":"ferry","x":[', b'{"a":{}},', 400_000,
        b"1]}\n"),
    "authors.jsonl": lambda: numbered(
        b'{"title":"Ferry","text":"ferry","authors":["Ada Marlow"',
        b',"Ada M%d"', 600_000, b"]}\n"),
    "deep.jsonl": lambda: pieces(
        b'{"title":"Ferry","text":"ferry","x":', b"[", 16 * MiB),
    "deeper.jsonl": lambda: nested(
        b'{"title":"Ferry","text":"ferry","x":', b'{"a":', 2 * MiB, b"1",
        b"}", b"}\n"),
    "keys.jsonl": lambda: numbered(
        b'{"title":"Ferry","text":"ferry"', b',"k%d":1', 900_000, b"}\n"),
    "graph.json": lambda: [
        *numbered(b'{"@graph":[', b'{"@type":"Article","headline":"Ferry",'
                  b'"articleBody":"f","author":{"@id":"%d"}},', 100_000),
        *numbered(b"", b'{"@id":"%d","name":"Ada Marlow"},', 100_000, b"1]}")],
    "title.jsonl": lambda: pieces(b'{"text":"ferry","title":"', b"Ferry ",
                                  10 * MiB, b'"}\n'),
    "html.jsonl": lambda: pieces(b'{"title":"Ferry","text":"', b"<p>ferry",
                                 3 * MiB, b'"}\n'),
    "open.json": lambda: pieces(b'{"articles":[', b'{"title":"Ferry"},',
                                200_000),
    # HTML
    "div.html": lambda: pieces(b"<html><title>Ferry</title><body>", b"<div>",
                               5 * MiB // 2),
    "p.html": lambda: pieces(b"<html><title>Ferry</title><body>", b"<p>a b",
                             9 * MiB // 2),
    "text.html": lambda: pieces(b"<html><title>Ferry</title><p>",
                                b"The ferry. ", 5 * MiB),
    "attributes.html": lambda: numbered(
        b"<html><title>Ferry</title><p ", b" a%d=1", 500_000, b">ferry</p>"),
    "attribute.html": lambda: pieces(
        b"<html><title>Ferry</title><p title='", b"ferry", 10 * MiB,
        b"'>ferry</p>"),
    "large.html": lambda: pieces(b"<html><title>Ferry</title><p>", b"ferry ",
                                 40 * MiB),
    "table.html": lambda: pieces(b"<html><title>Ferry</title><table>",
                                 b"<table><tr><td>", MiB),
    "meta.html": lambda: pieces(b"<html><head><title>Ferry</title>",
                                b'<meta name="author" content="Ada Roe">',
                                MiB, b"<body><p>ferry</p>"),
    "data.html": lambda: pieces(
        b"<html><title>Ferry</title>"
        b'<script type="application/ld+json">{"@type":"Article","x":', b"[",
        8 * MiB, b"</script><p>ferry"),
    # feeds
    "entry.rss": lambda: pieces(FEED + b"<item><title>Ferry</title>"
                                b"<description>", b"&lt;p&gt;ferry", 4 * MiB),
    "deep.rss": lambda: pieces(FEED + b"<item>", b"<a>", 8 * MiB),
    "items.rss": lambda: pieces(
        FEED, b"<item><title>Ferry</title></item>", 100_000),
    "categories.rss": lambda: numbered(
        FEED + b"<item><title>Ferry</title>", b"<category>k%d</category>",
        200_000, b"</item></channel></rss>"),
    "attributes.rss": lambda: numbered(FEED + b"<item ", b" a%d='1'", 300_000),
    "laughs.rss": lambda: [
        b"<!DOCTYPE rss [<!ENTITY a 'ferry ferry ferry ferry'>",
        *(b"<!ENTITY %c '%s'>" % (n + 1, b"&%c;" % n * 20)
          for n in range(ord("a"), ord("k"))),
        b"]>", FEED, b"<item><title>&k;&k;</title></item></channel></rss>"],
    "outside.rss": lambda: [
        b"<!DOCTYPE rss SYSTEM 'http://127.0.0.1:9/f.dtd' [<!ENTITY a SYSTEM "
        b"'file:///etc/passwd'><!ENTITY % b SYSTEM 'http://127.0.0.1:9/x'>"
        b"%b;]>", FEED, b"<item><title>Ferry &a;</title></item></channel></rss>"],
    # Markdown
    "brackets.md": lambda: pieces(b"# Ferry\n\n", b"[", 3 * MiB // 2),
    "quotes.md": lambda: pieces(b"# Ferry\n\n", b">", 2 * MiB - 100, b"ferry"),
    "stars.md": lambda: pieces(b"# Ferry\n\n", b"*a **b ", 200_000),
    "lists.md": lambda: pieces(b"# Ferry\n\n", b"- ", 3 * MiB // 4, b"ferry"),
    "large.md": lambda: pieces(b"# Ferry\n\n", b"The ferry sails.\n", MiB),
    "flow.md": lambda: pieces(b"---\ntitle: ", b"[", 30_000,
                              b"\n---\n\nferry\n"),
    "anchors.md": lambda: [
        b"---\ntitle: Ferry\na: &a [x, x, x, x, x, x, x, x, x]\n",
        *(b"%c: &%c [%s]\n" % (n + 1, n + 1, b", ".join([b"*%c" % n] * 9))
          for n in range(ord("a"), ord("j"))), b"---\n\nThe ferry sails.\n"],
    "toml.md": lambda: pieces(b"+++\ntitle = 'Ferry'\nx = ", b"[", 30_000,
                              b"\n+++\n\nferry\n"),
    # mail
    "body.eml": lambda: pieces(MAIL + b"\n", b"The ferry sails.\n", 6 * MiB),
    "parts.eml": lambda: pieces(
        MAIL + b"Content-Type: multipart/mixed; boundary=b\n\n",
        b"--b\n\nferry\n", 2 * MiB),
    "nested.eml": lambda: numbered(
        MAIL + b"Content-Type: multipart/mixed; boundary=b\n\n",
        b"--b\nContent-Type: multipart/mixed; boundary=b\nX-N: %d\n\n",
        20_000, b"ferry\n"),
    "messages.eml": lambda: pieces(
        MAIL, b"Content-Type: message/rfc822\n\n", 50_000, b"\nferry\n"),
    "headers.eml": lambda: numbered(MAIL, b"X-H%d: ferry\n", 500_000,
                                    b"\nferry\n"),
    "header.eml": lambda: pieces(MAIL + b"X-H: ", b"ferry ", 10 * MiB,
                                 b"\n\nferry\n"),
    "from.eml": lambda: pieces(
        b"Subject: Ferry\nDate: Tue, 14 Nov 2017 10:00:00 +0000\nFrom: ",
        b"Ada Marlow <ada@example.org>, ", 200_000, b"\n\nferry\n"),
    "many.mbox": lambda: pieces(
        b"", b"From ada@example.org Tue Nov 14 10:00:00 2017\n" + MAIL
        + b"\nThe ferry sails.\n\n", 30_000),
    "html.eml": lambda: pieces(MAIL + b"Content-Type: text/html\n\n",
                               b"<p>ferry<b>", MiB),
    # containers
    "bomb.gz": lambda: [bomb()],
    "bomb.gz.gz": lambda: [gzip.compress(bomb())],
    "bomb.zip": lambda: [zipped([("a.txt", HEAD + b"\0" * (300 * MiB))])],
    "inner.zip": lambda: [in_each_other(6)],
    "many.zip": lambda: [zipped((f"{n}.txt", b"") for n in range(2_000))],
    "same.tar": lambda: [tarred([("../../../tmp/x.txt", HEAD + b"Ferry.\n"),
                                 ("/etc/x.txt", HEAD + b"Ferry.\n"),
                                 ("n" * 5000, HEAD + b"Ferry.\n")])],
    "cut.tar": lambda: [tarred([("a.txt", HEAD + b"Ferry.\n" * 9999)])[:9000]],
}


def write_archive(folder, name):
    path = folder / name
    with open(path, "wb") as file:
        for piece in ARCHIVES[name]():
            file.write(piece)
    return path
