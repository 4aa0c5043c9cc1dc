"""Compares the files of two databases. Each function gives what differs, a line
each; nothing, and they are the same."""
import itertools
import pathlib

import glass


def same_blocks(one, other, tables=glass.TABLES):
    """Block for block; unused bytes and UUIDs aside."""
    found = []
    versions = glass.Version(one), glass.Version(other)
    if tables == glass.TABLES and versions[0].same != versions[1].same:
        found += same_roots(*versions, tables) + same_statistics(*versions)
        found = found or ["iamglass differs"]
    for name in tables:
        a, b = (glass.Table(folder, name, version)
                for folder, version in zip((one, other), versions))
        found += same_table(a, b)
    return found


def same_roots(a, b, tables):
    return [f"{name}: {a.roots[name]}, {b.roots[name]}" for name in tables
            if a.roots[name] != b.roots[name]]


def same_statistics(a, b):
    return [f"{name}: {a.statistics[name]}, {b.statistics[name]}"
            for name in glass.STATISTICS
            if a.statistics[name] != b.statistics[name]]


def same_table(a, b):
    if a.root != b.root:
        return [f"{a.name}: {a.root}, {b.root}"]
    if len(a.data) != len(b.data):
        return [f"{a.name}: {len(a.data)} bytes, {len(b.data)}"]
    if a.data == b.data:
        return []
    for number in range(len(a.data) // a.root.block_size):
        x, y = a.block(number), b.block(number)
        if x.used != y.used:
            return [f"{a.name}: block {number}: {difference(x, y)}"]
    return []


def difference(x, y):
    """Of two blocks, in words."""
    heads = [(b.revision, b.level, b.gap, b.free, b.end) for b in (x, y)]
    try:
        for one, other in itertools.zip_longest(x.items(), y.items()):
            if one != other:
                return f"{short(one)}, {short(other)} (heads {heads})"
    except glass.Damaged as damage:
        return f"{damage} (heads {heads})"
    return f"heads {heads}"


def short(thing):
    text = repr(thing)
    return text if len(text) < 300 else f"{text[:200]}...{text[-80:]}"


def same_entries(one, other, tables=glass.TABLES):
    """Keys and inflated tags of well-formed tables, and the statistics, however
    the tags were compressed."""
    versions = glass.Version(one), glass.Version(other)
    found = same_statistics(*versions)
    for name in tables:
        a, b = (glass.Table(folder, name, version)
                for folder, version in zip((one, other), versions))
        try:
            pairs = itertools.zip_longest(a.entries(), b.entries())
            found += [f"{name}: {short(x)}, {short(y)}" for x, y in
                      itertools.islice(unlike(pairs), 1)]
        except glass.Damaged as damage:
            found.append(f"{name}: {damage}")
    return found


def unlike(pairs):
    return ((x, y) for x, y in pairs
            if x is None or y is None or x[:2] != y[:2])


def same_compression(one, other):
    """The tables of which the same tags are compressed."""
    return tuple(
        name for name in glass.TABLES
        if [e.compressed for e in glass.Table(one, name).entries()]
        == [e.compressed for e in glass.Table(other, name).entries()])


def files(folder):
    return sorted(p.name for p in pathlib.Path(folder).iterdir()
                  if p.name != "flintlock")
