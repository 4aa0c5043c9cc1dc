"""Changes one thing in the files of a glass database and leaves the rest a
well-formed one: what a builder with one mistake would have written."""
import pathlib

import glass
import stream


class Editor:
    def __init__(self, folder):
        self.folder = pathlib.Path(folder)

    # ---- Blocks ---------------------------------------------------------

    def _blocks(self, name):
        table = glass.Table(self.folder, name)
        count = len(table.data) // table.root.block_size
        return [table.block(number) for number in range(count)]

    def _write(self, name, number, data):
        with open(self.folder / f"{name}.glass", "r+b") as file:
            file.seek(number * len(data))
            file.write(data)

    def _replace(self, name, number, block, items):
        """A block of the items instead, given as bytes."""
        size = len(block.data)
        end = glass.DIRECTORY + 2 * len(items)
        directory, body, at = b"", b"", size
        for item in items:
            at -= len(item)
            directory += at.to_bytes(2, "big")
            body = item + body
        gap = at - end
        assert gap >= 0, "no room in the block"
        self._write(name, number, b"".join((
            block.data[:5], gap.to_bytes(2, "big"), gap.to_bytes(2, "big"),
            end.to_bytes(2, "big"), directory, bytes(gap), body)))

    @staticmethod
    def _raw(block):
        return [block.data[at:at + block.size(at)] for at in block.offsets()]

    # ---- Entries --------------------------------------------------------

    def keys(self, name):
        return [entry.key for entry in
                glass.Table(self.folder, name).entries()]

    def tag(self, name, key):
        return next(entry.tag for entry in
                    glass.Table(self.folder, name).entries()
                    if entry.key == key)

    def set_tag(self, name, key, tag):
        """The tag of a key, which must fit into one piece."""
        self._change(name, key, lambda flags: self._leaf(flags, key, tag))

    def set_key(self, name, key, new):
        """Another key for an entry, in the same place."""
        tag = self.tag(name, key)
        self._change(name, key, lambda flags: self._leaf(flags, new, tag))

    @staticmethod
    def _leaf(flags, key, tag):
        assert flags & glass.FIRST and flags & glass.LAST
        flags &= ~glass.COMPRESSED
        size = 3 + len(key) + len(tag)
        return ((size - 3) | flags).to_bytes(2, "big") + bytes(
            [len(key)]) + key + tag

    def _change(self, name, key, make):
        for number, block in enumerate(self._blocks(name)):
            if block.level != 0:
                continue
            raw = self._raw(block)
            for i, item in enumerate(block.items()):
                if item.key == key:
                    raw[i] = make(item.flags)
                    self._replace(name, number, block, raw)
                    return
        raise KeyError(key)

    def change_tag(self, name, key, at, value):
        """One byte of a tag."""
        tag = bytearray(self.tag(name, key))
        assert tag[at] != value
        tag[at] = value
        self.set_tag(name, key, bytes(tag))

    # ---- Around them ----------------------------------------------------

    def raise_separator(self, name):
        """The key at which the second block below a branch begins becomes a
        later one, so that who looks for its first entries finds the block
        before."""
        for number, block in enumerate(self._blocks(name)):
            if block.level == 1:
                item = block.items()[1]
                raw = self._raw(block)
                first = self._blocks(name)[item.child].items()[0].key
                key = first[:len(item.key)] + b"\xff"
                raw[1] = (raw[1][:4] + bytes([len(key)]) + key + raw[1][-2:])
                self._replace(name, number, block, raw)
                return
        raise KeyError(name)

    def set_head(self, name, at, value):
        """A byte at the head of the first block."""
        data = bytearray(self._blocks(name)[0].data)
        assert data[at] != value
        data[at] = value
        self._write(name, 0, bytes(data))

    def add_to_statistic(self, name, step):
        """A number in the version file."""
        path = self.folder / "iamglass"
        version = glass.Version(self.folder)
        numbers = b"".join(map(stream.number, version.statistics.values()))
        version.statistics[name] += step
        data = path.read_bytes()
        assert data.endswith(numbers)
        path.write_bytes(data[:-len(numbers)] + b"".join(
            map(stream.number, version.statistics.values())))
