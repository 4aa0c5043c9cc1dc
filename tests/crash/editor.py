"""Files of an archive that change one by one, as those who write them do it."""
import json
import os

import articles


class Editor:
    """Of an archive that it makes; no article is ever in two of its files."""

    def __init__(self, folder, rng):
        self.archive = articles.Archive(folder, rng.random(), files=0)
        self.folder, self.rng, self.number = folder, rng, 0
        self.written = set()  # every state of an article that there ever was
        for _ in range(5):
            self._add()
        self._add("always.jsonl")
        self.always = {row["id"] for row in self.files["always.jsonl"]}

    @property
    def files(self):
        return self.archive.files

    def change(self):
        """One change of some kind."""
        kind = self.rng.choice([self._replace] * 5 + [self._rename, self._remove,
                                                      self._add, self._move])
        if len(self.files) < 4:
            kind = self._add
        elif len(self.files) > 10:
            kind = self._remove
        kind()

    def _pick(self):
        return self.rng.choice([n for n in self.files if n != "always.jsonl"])

    def _rows(self, count):
        self.number += 1
        return [self.archive._row(f"{self.number}.{i}") for i in range(count)]

    def _new_name(self, ending):
        self.number += 1
        place = self.rng.choice(["", "", "deep/", "deep/down/"])
        return f"{place}{self.number:03}.{ending}"

    def _add(self, name=None):
        name = name or self._new_name(self.rng.choice(["jsonl", "jsonl", "txt"]))
        self._put(name, self._rows(self.rng.randrange(1, 20)))

    def _replace(self):
        """Some of it stays, some is other, some new, some gone."""
        rng, name = self.rng, self._pick()
        rows = [row if rng.random() < 0.8 else
                {**row, "text": articles.words(rng, 40)}
                for row in self.files[name] if rng.random() < 0.9]
        self._put(name, rows + self._rows(rng.randrange(1, 5)))

    def _remove(self):
        name = self._pick()
        del self.files[name]
        (self.folder / name).unlink()

    def _rename(self):
        name = self._pick()
        new = self._new_name(name.rsplit(".", 1)[1])
        self.files[new] = self.files.pop(name)
        (self.folder / new).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / name).rename(self.folder / new)

    def _move(self):
        """Articles, from one file to another."""
        lines = [n for n in self.files
                 if n.endswith("jsonl") and n != "always.jsonl"]
        if len(lines) < 2:
            return
        one, other = self.rng.sample(lines, 2)
        rows = self.files[one]
        half = (len(rows) + 1) // 2  # no file is empty
        self._put(one, rows[:half])
        self._put(other, rows[half:] + self.files[other])

    def _put(self, name, rows):
        """In its place, in two pieces, or at once by another name."""
        self.files[name] = rows
        self.written |= {state_of(row) for row in rows}
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        self.number += 1
        if name.endswith("txt") or self.rng.random() < 0.5:
            text = (articles.digest(rows) if name.endswith("txt") else
                    "".join(json.dumps(row) + "\n" for row in rows))
            aside = path.with_name(f".{path.name}")
            aside.write_text(text, encoding="utf-8")
            aside.rename(path)
        else:
            with open(path, "w", encoding="utf-8") as file:
                for row in rows:
                    file.write(json.dumps(row) + "\n")
                    if self.rng.random() < 0.1:
                        file.flush()
        # Of a time that is no doubt past, so that it is what is remembered.
        os.utime(path, (1e9 + self.number, 1e9 + self.number))


def state_of(article):
    """Digests make sentences of texts."""
    return (article["title"], article["text"].rstrip(".").lower())
