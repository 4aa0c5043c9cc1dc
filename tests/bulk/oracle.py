"""The same stream as two databases, by Xapian and by plugin/bulk, and all in
which they differ."""
import random
import shutil
import subprocess

import blocks
import contents
import corpora
import glass
from conftest import BUILD
from stream import encode

PROGRAM = BUILD / "tests/bulk/build_stream"
# xapian-check keeps a length for every docid up to the last.
CHECKED = 1 << 26


class Failed(Exception):
    """A program that should not fail."""


def run(*command, input=None):
    done = subprocess.run([str(part) for part in command], input=input,
                          capture_output=True)
    if done.returncode != 0:
        raise Failed(f"{command[0]}: status {done.returncode}: "
                     + (done.stderr + done.stdout).decode(errors="replace"))
    return done.stdout


def build(stream, folder, *options):
    run(PROGRAM, folder, *options, input=stream)
    return folder


def by_xapian(stream, folder, block_size=8192, *options):
    return build(stream, folder, f"--block-size={block_size}", "--xapian",
                 *options)


def compacted(folder, tools=""):
    """What xapian-compact makes of it, beside it. Docids stay as they are."""
    path = folder.with_name(folder.name + ".compact")
    size = glass.Version(folder).roots["postlist"].block_size
    run(f"{tools}xapian-compact", "--no-renumber", f"-b{size}", folder, path)
    return path


def checked(folder, tools=""):
    """What xapian-check says of it, sizes aside. That is not always good news:
    it complains of positions in documents whose length is 0."""
    done = subprocess.run([f"{tools}xapian-check", str(folder)],
                          capture_output=True)
    lines = (done.stdout + done.stderr).decode(errors="replace").splitlines()
    return [line for line in lines if not line.startswith("blocksize=")]


def same_check(folder, reference):
    ours, theirs = checked(folder), checked(reference)
    return [] if ours == theirs else [f"{ours}, {theirs}"]


def way(rng, documents):
    """Some way to build by plugin/bulk: parts, threads, runs, compression."""
    options = {"parts": rng.choice((1, 1, 2, 3, 7, documents + 1)),
               "threads": rng.choice((0, 1, 2, 3)),
               "compression": rng.choice((1, 6, 12))}
    if rng.random() < 0.6:
        options["memory"] = rng.choice((1, 20000, 200000, 2000000))
    return options


def by_bulk(stream, folder, block_size=8192, **options):
    return build(stream, folder, f"--block-size={block_size}", *(
        f"--{name}={value}" for name, value in options.items()))


def compare(corpus, stream, folder, seed, read=True):
    """Builds a corpus by Xapian once and by plugin/bulk twice, with compression
    and without. What differs, a line each.

    Compression is the one thing that is free: a stream of deflate by another
    library or at another level is as good. So

    - without compression, the two compacted (which compresses) are the same
      block for block, and the tables that are never compressed are so before;
    - with it, keys and inflated tags are the same, the tree is sound, and
      compaction, which copies compressed tags, changes no block of a table in
      which it finds no more to compress. (Termlists, which are never
      compressed, are compared by the first.)
    """
    rng = random.Random(f"way {seed}")
    size = corpus.block_size
    theirs = by_xapian(stream, folder / "xapian", size)
    how = way(rng, len(corpus.documents))
    stored = by_bulk(stream, folder / "stored", size,
                     **{**how, "compression": 0})
    ours = by_bulk(stream, folder / "deflated", size,
                   **way(rng, len(corpus.documents)))
    reference, again = compacted(theirs), compacted(ours)
    never = ("postlist", "position")
    found = said("stored, compacted", blocks.same_blocks(
        compacted(stored), reference))
    for name, built in ("stored", stored), ("deflated", ours):
        found += said(f"{name}, as built", [
            *blocks.same_blocks(built, reference, never),
            *blocks.same_entries(built, reference)])
        if corpus.last_docid < CHECKED:
            found += said(f"{name}, checked",
                          same_check(built, reference))
    if not found:
        found += said("deflated and compacted", blocks.same_blocks(
            ours, again, blocks.same_compression(ours, again)))
    if read:
        found += said("read", contents.same_contents(
            rng.choice((stored, ours)), theirs))
    return found


def said(what, differences):
    return [f"{what}: {difference}" for difference in differences]


def compare_made(kind, seed, folder, read=True):
    """The same for a corpus of corpora.py; clears up when all is well."""
    corpus = corpora.make(kind, seed)
    name = f"{kind.__name__}-{seed}"
    path = folder / name
    path.mkdir()
    found = compare(corpus, encode(corpus), path, name, read)
    if not found:
        shutil.rmtree(path)
    return said(name, found)
