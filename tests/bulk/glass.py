"""Reads the files of a glass database: blocks, their items, and the entries of
a table, with everything checked that a tree of blocks promises. Knows the
format by itself, so that what Xapian forgives is seen too."""
import collections
import pathlib
import zlib

TABLES = ("postlist", "docdata", "termlist", "position", "spelling", "synonym")
STATISTICS = ("documents", "last docid less documents", "least length",
              "most wdf", "most length less most wdf", "oldest changeset",
              "total length", "most of a spelling")
DIRECTORY = 11  # where a block's begins
LEAF_FLAGS = 0xE000
COMPRESSED, LAST, FIRST = 0x8000, 0x4000, 0x2000

Root = collections.namedtuple(
    "Root", "block level sequential fake entries block_size compress_min free")
Leaf = collections.namedtuple("Leaf", "flags key component tag")
Branch = collections.namedtuple("Branch", "child key component")
Entry = collections.namedtuple("Entry", "key tag compressed")


class Damaged(Exception):
    """What is no glass database."""


def check(good, message, *about):
    if not good:
        raise Damaged(message.format(*about))


def be(data, at, size):
    return int.from_bytes(data[at:at + size], "big")


class Reader:
    """Numbers and strings one after another."""

    def __init__(self, data, at=0):
        self.data = data
        self.at = at

    def number(self):
        value = shift = 0
        while True:
            check(self.at < len(self.data), "a number is cut")
            byte = self.data[self.at]
            self.at += 1
            value |= (byte & 0x7F) << shift
            if byte < 0x80:
                return value
            shift += 7

    def string(self):
        length = self.number()
        self.at += length
        check(self.at <= len(self.data), "a string is cut")
        return bytes(self.data[self.at - length:self.at])

    def ended(self):
        return self.at == len(self.data)


class Version:
    """iamglass. `same` is all of it but the UUID."""

    def __init__(self, folder):
        data = (pathlib.Path(folder) / "iamglass").read_bytes()
        check(data[:14] == b"\x0f\x0dXapian Glass", "no magic in iamglass")
        self.same = data[:16] + data[32:]
        reader = Reader(data, 32)
        self.revision = reader.number()
        self.roots = {name: self._root(reader) for name in TABLES}
        self.statistics = {name: reader.number() for name in STATISTICS}
        check(reader.ended(), "iamglass goes on behind its statistics")

    @staticmethod
    def _root(reader):
        block, flags = reader.number(), reader.number()
        return Root(block, flags >> 2, bool(flags & 2), bool(flags & 1),
                    reader.number(), reader.number() << 11, reader.number(),
                    reader.string())


class Block:
    """A block of a table, with its items where `items` is asked for."""

    def __init__(self, data):
        self.data = data
        self.revision = be(data, 0, 4)
        self.level = data[4]
        self.gap = be(data, 5, 2)
        self.free = be(data, 7, 2)
        self.end = be(data, 9, 2)  # of the directory

    @property
    def used(self):
        """The block without the bytes that mean nothing: those between the
        directory and the items, and in a branch block those of its first key,
        which is not stored."""
        if self.level == 0:
            return self.data[:self.end] + self.data[self.end + self.gap:]
        return self.data[:self.end] + b"".join(
            self.data[at:at + self.size(at)] for at in self.offsets())

    def offsets(self):
        check(self.end % 2 == 1 and DIRECTORY < self.end <= len(self.data),
              "the directory ends at {}", self.end)
        return [be(self.data, at, 2) for at in range(DIRECTORY, self.end, 2)]

    def items(self):
        read = self._branch if self.level else self._leaf
        return [read(at) for at in self.offsets()]

    def size(self, at):
        """Of the item there."""
        if self.level == 0:
            return (be(self.data, at, 2) & ~LEAF_FLAGS) + 3
        return 4 + 1 + self.data[at + 4] + 2

    def _leaf(self, at):
        data, flags = self.data, be(self.data, at, 2) & LEAF_FLAGS
        end, tag = at + self.size(at), at + 3 + data[at + 2]
        component = 1
        if not flags & FIRST:
            component, tag = be(data, tag, 2), tag + 2
        check(tag <= end <= len(data), "an item leaves its block")
        return Leaf(flags, bytes(data[at + 3:at + 3 + data[at + 2]]), component,
                    bytes(data[tag:end]))

    def _branch(self, at):
        data, end = self.data, at + self.size(at)
        check(end <= len(data), "an item leaves its block")
        return Branch(be(data, at, 4), bytes(data[at + 5:end - 2]),
                      be(data, end - 2, 2))


def order(item):
    return item.key, item.component


class Table:
    """One .glass file, by what the version file says of it."""

    def __init__(self, folder, name, version=None):
        self.name = name
        self.root = (version or Version(folder)).roots[name]
        path = pathlib.Path(folder) / f"{name}.glass"
        self.data = path.read_bytes() if path.exists() else b""
        self.seen = set()

    def block(self, number):
        size = self.root.block_size
        data = self.data[number * size:(number + 1) * size]
        check(len(data) == size, "{}: no block {}", self.name, number)
        return Block(data)

    def _items(self, block, number):
        """Its items, in order and filling it."""
        items, offsets = block.items(), block.offsets()
        places = sorted((at, block.size(at)) for at in offsets)
        check(all(a + size <= b for (a, size), (b, _) in
                  zip(places, places[1:])), "block {}: items overlap", number)
        free = len(block.data) - block.end - sum(size for _, size in places)
        check(block.free == free, "block {}: {} free, not {}", number,
              free, block.free)
        check(block.gap == places[0][0] - block.end, "block {}: a gap of {}",
              number, block.gap)
        keys = [order(item) for item in items]
        check(all(a < b for a, b in zip(keys, keys[1:])),
              "block {}: items out of order", number)
        return items

    def leaves(self):
        """Every leaf item, in order, by way of the branches."""
        if self.root.fake or not self.data:
            return
        self.seen = set()
        yield from self._below(self.root.block, self.root.level,
                               (b"", 0), None)
        blocks = len(self.data) // self.root.block_size
        check(len(self.data) == blocks * self.root.block_size,
              "{}: half a block at the end", self.name)
        check(len(self.seen) == blocks, "{}: {} blocks, {} in the tree",
              self.name, blocks, len(self.seen))

    def _below(self, number, level, lowest, bound):
        """What stands under a block, from lowest up to bound."""
        check(number not in self.seen, "block {} twice in the tree", number)
        self.seen.add(number)
        block = self.block(number)
        check(block.level == level, "block {} has level {}", number,
              block.level)
        items = self._items(block, number)
        if level == 0:
            first, last = order(items[0]), order(items[-1])
            check(lowest <= first and (bound is None or last < bound),
                  "block {}: items from {} to {} where {} to {} belong",
                  number, first, last, lowest, bound)
            yield from items
            return
        check(items[0].key == b"", "block {}: its first item has a key", number)
        ends = [order(item) for item in items[1:]] + [bound]
        begins = [lowest] + ends[:-1]
        for item, begin, end in zip(items, begins, ends):
            check(end is None or begin < end, "block {}: key {} is beyond {}",
                  number, begin, end)
            yield from self._below(item.child, level - 1, begin, end)

    def entries(self):
        """Keys with their tags, inflated."""
        leaves = self.leaves()
        if self.data and not self.root.fake:
            null = next(leaves)
            check(null.key == b"" and null.tag == b"", "no null item")
        count = 0
        for first in leaves:
            check(first.flags & FIRST, "key {}: no beginning", first.key)
            tag, item = first.tag, first
            while not item.flags & LAST:
                part = item.component + 1
                item = next(leaves, None)
                check(item is not None and not item.flags & FIRST
                      and (item.key, item.component) == (first.key, part),
                      "key {}: no piece {}", first.key, part)
                tag += item.tag
            count += 1
            yield self._entry(first, tag)
        check(count == self.root.entries, "{}: {} entries, not {}", self.name,
              count, self.root.entries)


    def _entry(self, first, tag):
        compressed = bool(first.flags & COMPRESSED)
        whole = inflated(tag) if compressed else tag
        check(not compressed or 0 < self.root.compress_min < len(whole),
              "key {}: a tag of {} bytes is compressed", first.key, len(whole))
        return Entry(first.key, whole, compressed)


def inflated(tag):
    stream = zlib.decompressobj(-15)
    try:
        data = stream.decompress(tag)
    except zlib.error as error:
        raise Damaged(f"a tag that does not inflate: {error}") from error
    check(stream.eof and not stream.unused_data, "a tag ends beside its stream")
    return data
