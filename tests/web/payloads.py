"""What strangers write into addresses and articles."""
import urllib.parse

# Each is put into every parameter of PARAMETERS.
TEXTS = [
    "<script>document.title='owned'</script>",
    "\"><script>document.title='owned'</script>",
    "' onmouseover='document.title=1' x='",
    "\" autofocus onfocus=\"document.title='owned'\" x=\"",
    "</title></style></textarea><img src=x onerror=document.title='owned'>",
    "<svg/onload=document.title='owned'>",
    "javascript:document.title='owned'",
    "$dbsize$html{x}$log{x,y}$include{inc/query}",
    "$transform{x*,y,abc,g}${",
    "}}}$set{stemmer,none}$(",
    "\r\nSet-Cookie: owned=1\r\n\r\n<script>document.title='owned'</script>",
    "a\x00b\x01\x1b[31m\x7f",
    "../../../../etc/passwd",
    "\u202etxt.gepj\u2066\ufeff\ufffe",
    "&lt;script&gt;&#39;&amp;&quot;&#x3c;",
    "a\tb\tc",
    "\"'`\\\"'`\\{}[],;:$%^&*()",
    "A" * 3000,
]
PARAMETERS = ["P", "B", "N", "START.10", "END.10", "SORT", "DEFAULTOP",
              "MORELIKE", "like", "DB", "FMT", "page", "TOPDOC", "HITSPERPAGE"]

# Whole query strings, as they are sent.
ADDRESSES = [
    "P=%ff%fe%c0%af", "P=%E0%80%80&B=%ED%A0%80", "P=a%00&B=b%00", "P=%", "P=%zz",
    "FMT=..%2f..%2fomega.conf", "FMT=%2e%2e/omega.conf", "FMT=../databases",
    "FMT=/etc/passwd", "FMT=inc", "FMT=inc/query", "FMT=godmode", "FMT=query",
    "FMT=articles%00.css", "FMT=article&B=Q", "FMT=./articles&P=ferry",
    "DB=..", "DB=../databases/default", "DB=/etc", "DB=.", "DB=default/default",
    "DB=default%00x", "DB=default&DB=default", "DB=default/../../..",
    "MORELIKE=1", "MORELIKE=-1", "MORELIKE=99999999", "MORELIKE=Qnone",
    "P=ferry&MORELIKE=Qnone&N=Qnone", "R=1&P=ferry", "R=99999999&P=ferry",
    "R=x.y.z&P=a", "P=ferry&ADD=1&X=%3Cb%3E", "xP=a&xDB=b&xFILTERS=c&P=ferry",
    "P=ferry&COLLAPSE=1", "P=ferry&COLLAPSE=x", "P=ferry&COLLAPSE=999999999999",
    "P=ferry&THRESHOLD=1000", "P=ferry&MINHITS=-1", "P=ferry&RAWSEARCH=1&TOPDOC=3",
    "P=ferry&HITSPERPAGE=-1", "P=ferry&HITSPERPAGE=99999999999",
    "P=ferry&TOPDOC=-1", "P=ferry&TOPDOC=99999999999&HITSPERPAGE=1000",
    "P=ferry&page=0", "P=ferry&page=-1", "P=ferry&page=1e9",
    "P=ferry&page=999999&HITSPERPAGE=1000", "P=ferry&%5B=3", "P=ferry&%3E=1",
    "P=ferry&SORT=10&SORT=%2B10", "P=ferry&SORT=%2B99999999999", "P=ferry&SORT=1",
    "P=ferry&START.10=2019&START.10=x", "P=ferry&START.10=2019&SPAN.10=x",
    "P=ferry&START.0=2019", "P=ferry&START.99999999999=2019",
    "P=ferry&DATEVALUE=10&START=x&END=y&SPAN=99999999",
    "P=ferry&DATEVALUE=x", "P=ferry&START=2019", "P.A=ferry&P.S=x&P.=y",
    "P=ferry&DEFAULTOP=xor", "P=ferry&DOCIDORDER=%3Cb%3E", "P=a&P=b&P=c&P=ferry",
    "P=" + "a+OR+" * 500 + "b", "P=" + "(" * 500, "P=" + "%22" * 501,
    "P=" + "a*+" * 300, "P=*", "P=a*", "P=NOT+NOT+NOT", "P=NEAR/99999999",
    "P=a+NEAR/99999+b", "P=%7E", "P=~ferry", "P=" + "-" * 1000, "P=x:y:z:title:",
    "P=" + "XAUTHOR:" * 200, "B=" + "X" * 2000, "B=&B=&B=", "N=Len",
    "B=" + "&B=".join(f"Y{n}" for n in range(300)), "&&&&====", "?", "a=b&" * 800,
    "P=ferry&B=XAUTHOR:%22%3E%3Cb%3E&SORT=10&START.10=2019-05",
    "P=ferry&START.10=2019-05%0d%0aX:y", "P=%0d%0aLocation:x&START.10=2019-05",
]


def cases():
    """(name, query string) of each."""
    for parameter in PARAMETERS:
        for n, text in enumerate(TEXTS):
            query = urllib.parse.urlencode({parameter: text})
            if parameter not in ("P", "FMT"):
                query += "&P=ferry"
            if parameter != "HITSPERPAGE" and n % 2:
                query += "&HITSPERPAGE=1000"
            yield f"{parameter}-{n}", query
    for n, query in enumerate(ADDRESSES):
        yield f"address-{n}", query


def articles():
    """Articles of hostile titles, names, texts and addresses, as JSON rows."""
    for n, text in enumerate(TEXTS[:-1]):
        yield {"id": f"h{n}", "title": f"kelp {text}", "authors": [text],
               "language": "en", "date": "2020-01-01", "section": text,
               "keywords": [text], "deck": [text], "url": text,
               "source": text, "text": f"kelp {text}\n\n{text} kelp"}
    for n, url in enumerate([
            "javascript:document.title='owned'", " javascript:alert(1)",
            "JaVaScRiPt:alert(1)", "data:text/html,<script>1</script>",
            "vbscript:x", "//evil.example/", "/\\evil.example/",
            "https://ok.example/\" onclick=\"x", "https:evil", "file:///etc/passwd",
            "http://ok.example/a?b=c&d='e'"]):
        yield {"id": f"u{n}", "title": f"kelp link {n}", "authors": ["Ada Marlow"],
               "language": "en\"><b>", "date": "2020-01-01", "url": url,
               "text": "kelp on a link"}
