"""What tests/bench/run measures: byline and its peers, a class each.

Every row indexes the same articles, from a file in the form that it reads, into
a folder of its own, and then counts what some queries find in it."""
import json
import os
import pathlib
import shutil
import signal
import subprocess
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
BUILD = HERE.parent.parent / "build/release"
PROGRAMS = BUILD / "tests/bench"
BYLINE = BUILD / "plugin/byline"
JAVA = pathlib.Path("/usr/share/java")
LUCENE = [JAVA / f"lucene-{part}-4.10.4.jar"
          for part in ("core", "analyzers-common", "queryparser")]


def output(*command, stdin=None):
    done = subprocess.run(list(map(str, command)), capture_output=True,
                          text=True, stdin=stdin)
    if done.returncode:
        raise RuntimeError(f"{command[0]}: {done.stderr.strip()[-300:]}")
    return done.stdout


def bytes_of(path):
    """Of a file, or of all files in a folder; what is left empty in a file
    takes no room."""
    files = [path] if path.is_file() else path.rglob("*")
    found = [p.stat() for p in files if p.is_file()]
    return sum(min(s.st_size, s.st_blocks * 512) for s in found)


class Row:
    """A program that indexes. out is where it may write; nothing is there."""
    label = ""
    form = ""        # of the articles
    packages = ""    # of Debian, besides those that the build needs
    product = ""     # and the package whose version is its own
    version_of = ""
    note = ""        # what it stores, stems and syncs
    ours = False

    def __init__(self, name):
        self.name = name

    def prepare(self, corpus, out):
        """What isn't measured."""

    def command(self, corpus, out):
        raise NotImplementedError

    def input(self, corpus):
        """A file for the standard input, if it is read from there."""

    def counts(self, out, queries):
        """How many articles match each query."""
        raise NotImplementedError

    def disk(self, out):
        return bytes_of(out)

    def compacted(self, out):
        """Bytes, where there is something that makes less of the result."""

    def clean(self, out):
        if out.is_dir():
            shutil.rmtree(out)
        else:
            out.unlink(missing_ok=True)


# ---- Xapian ----

class Xapian(Row):
    product, version_of = "Xapian", "libxapian30"
    packages = "xapian-tools"

    def counts(self, out, queries):
        return [int(n) for n in output(PROGRAMS / "bench_index_xapian", "count",
                                       out, *queries).split()]

    def compacted(self, out):
        target = out.with_name(out.name + ".compact")
        output("xapian-compact", out, target)
        size = bytes_of(target)
        shutil.rmtree(target)
        return size


class Byline(Xapian):
    form = "jsonl"
    ours = True

    def __init__(self, name, label, note, *options):
        super().__init__(name)
        self.label, self.options, self.note = label, options, note

    def command(self, corpus, out):
        return [BYLINE, "index", "--quiet", *self.options, "--db", out,
                corpus.file("jsonl")]

    def counts(self, out, queries):
        return [int(output(BYLINE, "search", "--strict", "--count", "--db", out,
                           query)) for query in queries]


class RawXapian(Xapian):
    label = "Xapian, add_document of the same terms"
    form = "stream"
    note = ("ready terms, positions, values and data of byline's own "
            "documents, deflated at once: no reading, tokenizing or stemming; 1 "
            "thread; fsync at the end")

    def command(self, corpus, out):
        return [PROGRAMS / "bench_index_xapian", "terms",
                corpus.file("stream"), out]


class TermGenerator(Xapian):
    label = "Xapian, TermGenerator"
    form = "fields"
    note = ("C++, English stems besides the words, positions, text stored; 1 "
            "thread; fsync at the end")

    def command(self, corpus, out):
        return [PROGRAMS / "bench_index_xapian", "text", corpus.file("fields"),
                out]


class Scriptindex(Xapian):
    label = "Omega, scriptindex"
    form = "omega"
    packages = "xapian-omega xapian-tools"
    product, version_of = "Omega", "xapian-omega"
    note = ("English stems besides the words, positions, text stored; 1 "
            "thread; fsync at the end")

    def command(self, corpus, out):
        return ["scriptindex", "--stemmer", "english", out,
                HERE / "omega.script", corpus.file("omega")]


# ---- Others ----

class Fts5(Row):
    form = "fields"
    packages = "libsqlite3-dev sqlite3"
    product, version_of = "SQLite", "libsqlite3-0"

    def __init__(self, name, label, note, *options):
        super().__init__(name)
        self.label, self.options, self.note = label, options, note

    def command(self, corpus, out):
        return [PROGRAMS / "bench_index_fts5", corpus.file("fields"), out,
                *self.options]

    def counts(self, out, queries):
        return [int(output("sqlite3", out, "SELECT count(*) FROM articles "
                           f"WHERE articles MATCH '{query}'"))
                for query in queries]


class Groonga(Row):
    label = "Groonga"
    form = "groonga"
    packages = "groonga-bin groonga-token-filter-stem"
    product, version_of = "Groonga", "groonga-bin"
    note = ("TokenBigram (words of Latin letters whole), stems only, "
            "positions, text stored; 1 thread; io_flush at the end")

    def prepare(self, corpus, out):
        out.mkdir()

    def command(self, corpus, out):
        return ["groonga", "-n", out / "db"]

    def input(self, corpus):
        return corpus.file("groonga")

    def counts(self, out, queries):
        return [json.loads(output(
            "groonga", out / "db", "select", "Articles", "--match_columns",
            "Terms.articles", "--limit", "0", "--query",
            "'" + query.replace('"', '\\"') + "'"))[1][0][0][0]
            for query in queries]


class Lucene(Row):
    label = "Lucene"
    form = "fields"
    packages = "liblucene4.10-java default-jdk-headless"
    product, version_of = "Lucene", "liblucene4.10-java"
    note = ("EnglishAnalyzer: stems only, stop words left out; positions, text "
            "stored; 256 MB of RAM buffer, Java heap of at most 1 GB; 1 thread "
            "indexes, others merge; fsync at the end")

    def classpath(self):
        classes = BUILD.parent / "bench/classes"
        return classes, ":".join(map(str, [classes, *LUCENE]))

    def prepare(self, corpus, out):
        classes, path = self.classpath()
        source = HERE / "IndexArticles.java"
        made = classes / "IndexArticles.class"
        if (not made.exists() or
                made.stat().st_mtime < source.stat().st_mtime):
            classes.mkdir(parents=True, exist_ok=True)
            output("javac", "-nowarn", "-cp", path, "-d", classes, source)

    def command(self, corpus, out):
        return ["java", "-Xmx1g", "-cp", self.classpath()[1], "IndexArticles",
                "index", corpus.file("fields"), out]

    def counts(self, out, queries):
        return [int(n) for n in output(
            "java", "-cp", self.classpath()[1], "IndexArticles", "count", out,
            *queries).split()]


class Postgres(Row):
    """In a cluster of its own, on a Unix socket, and as an ordinary user: the
    server does not run as root."""
    label = "PostgreSQL"
    form = "postgres"
    packages = "postgresql"
    product, version_of = "PostgreSQL", "postgresql"
    note = ("COPY into a table with a stored tsvector('english') column (stems "
            "only, stop words left out, positions), then GIN (without "
            "positions); text stored; wal_level minimal, shared_buffers and "
            "maintenance_work_mem 256 MB; fsync at commit and checkpoint; "
            "starting and stopping the server included")

    def __init__(self, name):
        super().__init__(name)
        found = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin"),
                       key=lambda path: float(path.parent.name))
        self.programs = found[-1] if found else None
        self.cluster = None

    def prepare(self, corpus, out):
        self.cluster = pathlib.Path(tempfile.mkdtemp(
            prefix="byline-bench-", dir="/var/tmp"))
        self.as_user = []
        if self.cluster.owner() == "root":
            shutil.chown(self.cluster, "postgres", "postgres")
            self.as_user = ["setpriv", "--reuid=postgres", "--regid=postgres",
                            "--clear-groups"]
        # The source need not be readable by that user.
        self.script = self.cluster.with_suffix(".sh")
        shutil.copy(HERE / "index_postgres", self.script)
        self.script.chmod(0o755)
        subprocess.run([*self.as_user, self.programs / "initdb", "-D",
                        self.cluster, "-U", "postgres", "-A", "trust", "-E",
                        "UTF8", "--no-locale", "--no-sync"], check=True,
                       cwd="/", stdout=subprocess.DEVNULL)
        self.empty = bytes_of(self.cluster / "base")

    def stop_server(self):
        """One that has been left when its script was stopped."""
        note = self.cluster / "postmaster.pid"
        if not note.exists():
            return
        server = int(note.read_text().split()[0])
        try:
            os.kill(server, signal.SIGQUIT)
            for _ in range(200):
                time.sleep(.05)
                os.kill(server, 0)
        except ProcessLookupError:
            pass

    def run(self, *arguments):
        return [*self.as_user, self.script, self.programs, self.cluster,
                *arguments]

    def command(self, corpus, out):
        return self.run("load")

    def input(self, corpus):
        return corpus.file("postgres")

    def counts(self, out, queries):
        return [int(n) for n in output(*self.run("count", *queries)).split()]

    def disk(self, out):
        return bytes_of(self.cluster / "base") - self.empty

    def clean(self, out):
        if self.cluster:
            self.stop_server()
            shutil.rmtree(self.cluster)
            self.script.unlink()
            self.cluster = None


# ---- All of them ----

OUR_NOTE = ("JSON read, language found, words besides stems, folded forms, "
            "positions, values, spelling, text stored, deflated by compaction "
            "only; fsync at the end")
DEFLATED_NOTE = OUR_NOTE.replace("by compaction only", "at once")
TOLD_NOTE = OUR_NOTE.replace("language found", "language told, as to all peers")


def ours():
    glass = ("--builder", "glass", "--threads")
    return [
        Byline("byline-2", "byline index, 2 threads", OUR_NOTE, *glass, "2"),
        Byline("byline-2-en", "byline index, 2 threads, told English",
               TOLD_NOTE, *glass, "2", "--language", "en"),
        Byline("byline-1", "byline index, 1 thread", OUR_NOTE, *glass, "1"),
        Byline("byline-64m", "byline index, 2 threads, 64 MiB",
               OUR_NOTE + "; --memory 64M", *glass, "2", "--memory", "64M"),
        Byline("byline-compress", "byline index, 2 threads, deflating",
               DEFLATED_NOTE + "; --compress", *glass, "2", "--compress"),
        Byline("byline-xapian", "byline index, Xapian's builder", DEFLATED_NOTE,
               "--builder", "xapian")]


def all_rows():
    return ours() + [
        RawXapian("xapian"), TermGenerator("term-generator"),
        Scriptindex("scriptindex"),
        Fts5("fts5", "SQLite FTS5, fastest",
             "contentless: no text stored; porter unicode61: stems only; "
             "positions; 1 thread, one transaction without a journal, 256 MiB "
             "of postings in memory (hashsize); fsync at the end", "fast"),
        Fts5("fts5-usual", "SQLite FTS5, usual settings, optimized",
             "contentless: no text stored; porter unicode61: stems only; "
             "positions; 1 thread, one transaction without a journal, then "
             "'optimize'; fsync at the end"),
        Groonga("groonga"), Lucene("lucene"), Postgres("postgres")]


SHORT = ("byline-2", "byline-1", "xapian", "fts5")
