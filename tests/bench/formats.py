"""The formats that reading is measured in: one line of FORMATS each."""
import json
import tarfile
from dataclasses import dataclass
from html import escape
from pathlib import Path
from textwrap import fill
from typing import Callable

HERE = Path(__file__).resolve().parent


@dataclass
class Format:
    name: str
    reader: str
    article: Callable  # one article as bytes
    begin: bytes = b""
    end: bytes = b""
    lines: bool = False  # each a JSON value: to be compared with jansson
    layout: Path | None = None  # instead of a reader


def day(article):
    return f"{article.date.day} {article.date:%B %Y}"


def by_hand(article, joint):
    return joint.join(article.authors)


# ---- Plain text ----

def digest(article):
    date = "" if article.number % 12 else f"\n{day(article)}\n\n"
    body = "\n\n".join(article.paragraphs)
    return (f"{date}{article.title}\n\n{by_hand(article, ' and ')}\n\n\n"
            f"{body}\n\n").encode()


def edition(article):
    deck = f"{article.deck}\n\n" if article.number % 3 == 0 else ""
    body = "\n\n".join(article.paragraphs)
    return (f"{article.title}\n\n{deck}{by_hand(article, ' & ')}, "
            f"{article.affiliation}\n\n{body}\n\n").encode()


RULE = "=" * 70


def ezine(article):
    """Hard-wrapped, with a rule between articles."""
    body = "\n\n".join(fill(p, 70) for p in article.paragraphs)
    return (f"{RULE}\n\n{article.title.upper().center(70).rstrip()}\n\n"
            f"{('by ' + by_hand(article, ' and ')).center(70).rstrip()}\n\n"
            f"{body}\n\n").encode()


def taught(article):
    """What tests/bench/press.layout says."""
    body = "\n\n".join(article.paragraphs)
    return (f"{article.number} of 99 DOCUMENTS\n\nHEADLINE: {article.title}\n"
            f"BYLINE: {by_hand(article, ' and ')}\nDATE: {day(article)}\n"
            f"BODY:\n{body}\n\n").encode()


# ---- JSON ----

def fields(article, text):
    return {"id": f"a{article.number}", "title": article.title,
            "authors": article.authors, "date": article.date.isoformat(),
            "section": article.section, "text": text}


def jsonl(article):
    text = "\n\n".join(article.paragraphs)
    return json.dumps(fields(article, text)).encode() + b"\n"


def markup(article):
    """The body as HTML, as blogs keep it."""
    paragraphs = [escape(p, quote=False) for p in article.paragraphs]
    paragraphs[0] = paragraphs[0].replace(" ", " <em>", 1) + "</em>"
    paragraphs[-1] += (f' <a href="https://example.org/{article.number}?a&amp;b"'
                       ' rel="nofollow">More</a>')
    return "\n".join(f"<p>{p}</p>" for p in paragraphs)


def jsonl_html(article):
    row = fields(article, markup(article))
    return json.dumps(row, ensure_ascii=False).encode() + b"\n"


def json_array(article):
    comma = "" if article.number == 1 else ",\n"
    text = "\n\n".join(article.paragraphs)
    row = fields(article, text)
    return (comma + json.dumps(row, ensure_ascii=False, indent=1)).encode()


# ---- Pages ----

def member(name, text):
    """A file of a tar archive."""
    data = text.encode()
    info = tarfile.TarInfo(name)
    info.size = len(data)
    return info.tobuf() + data + bytes(-len(data) % tarfile.BLOCKSIZE)


TAR_END = bytes(2 * tarfile.BLOCKSIZE)


def html(article):
    links = "".join(f'<li><a href="/{n}">{article.section} {n}</a></li>'
                    for n in range(20))
    return member(f"{article.number}.html", f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8">
<title>{escape(article.title)} - The Bench</title>
<meta property="og:title" content="{escape(article.title)}">
<meta name="author" content="{escape(article.authors[0])}">
<meta property="article:published_time" content="{article.date}T06:00:00Z">
<style>p {{ margin: 0 }}</style><script>var n = {article.number};</script>
</head><body><nav><ul>{links}</ul></nav>
<main><article><h1>{escape(article.title)}</h1>
{markup(article)}
</article></main><footer><p>All rights reserved</p></footer></body></html>
""")


def markdown(article):
    paragraphs = [p.replace("*", "") for p in article.paragraphs]
    paragraphs[0] = paragraphs[0].replace(" ", " *", 1) + "*"
    return member(f"{article.number}.md", f"""---
title: {json.dumps(article.title, ensure_ascii=False)}
date: {article.date}
author: {json.dumps(article.authors[0], ensure_ascii=False)}
tags: [{article.section}]
---

""" + "\n\n".join(paragraphs) + "\n")


def feed(article):
    return f"""<item><title>{escape(article.title)}</title>
<link>https://example.org/{article.number}</link>
<pubDate>{article.date:%a, %d %b %Y} 06:00:00 +0000</pubDate>
<dc:creator>{escape(article.authors[0])}</dc:creator>
<content:encoded><![CDATA[{markup(article)}]]></content:encoded></item>
""".encode()


FEED = b"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
     xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Bench</title>
"""


def mail(article):
    body = "\n\n".join(article.paragraphs).replace("\nFrom ", "\n>From ")
    name = article.authors[0].replace("’", "'").encode("ascii", "ignore")
    return f"""From a@example.org {article.date:%a %b %d} 06:00:00 {article.date.year}
From: {name.decode()} <a@example.org>
Date: {article.date:%a, %d %b %Y} 06:00:00 +0000
Subject: Number {article.number} of {article.section}
Message-ID: <{article.number}@example.org>
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

{body}

""".encode()


FORMATS = [
    Format("digest", "digest", digest, b"31 December 1949\n\n"),
    Format("edition", "edition", edition, b"The Bench\n\n"),
    Format("ezine", "ezine", ezine, b"The Bench, Issue 12, 1 May 1998\n\n"),
    Format("taught layout", None, taught, layout=HERE / "press.layout"),
    Format("jsonl", "jsonl", jsonl, lines=True),
    Format("jsonl, HTML", "jsonl", jsonl_html, lines=True),
    Format("json array", "jsonl", json_array, b"[", b"]\n"),
    Format("html in tar", "html", html, end=TAR_END),
    Format("markdown in tar", "markdown", markdown, end=TAR_END),
    Format("feed", "feed", feed, FEED, b"</channel></rss>\n"),
    Format("mail, mbox", "mail", mail),
]
