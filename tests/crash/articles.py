"""Archives made up for one test: folders of JSON Lines and of dated digests."""
import json
import os
import random

NAMES = ["Ada Marlow", "Bruno Keel", "Cora Lindqvist", "Dov Hartmann",
         "Esme Calder", "Søren Vagnbak"]


def words(rng, count):
    return " ".join(f"{rng.choice('bdfklmnprst')}{rng.choice('aeiou')}"
                    f"{rng.choice('lmnrst')}{rng.randrange(60)}"
                    for _ in range(count))


def make_articles(seed, count):
    rng = random.Random(seed)
    return [{"id": f"{seed}-{n}", "title": words(rng, 6), "date": "2020-01-02",
             "authors": [words(rng, 2).title()], "language": "en",
             "text": words(rng, rng.randrange(20, 250))}
            for n in range(count)]


def write_rows(path, rows):
    path.write_text("".join(json.dumps(row) + "\n" for row in rows),
                    encoding="utf-8")
    os.utime(path, (1e9, 1e9))


class Archive:
    """A folder of files with articles, of which edits make another state."""

    def __init__(self, folder, seed, files=6, articles=20, long=False):
        """long: of texts that take much room for few words."""
        self.folder = folder
        self.long, self.seed = long, seed
        self.rng = random.Random(seed)
        self.files = {}  # name -> articles
        folder.mkdir()
        self.add(files, articles)

    def add(self, files, articles):
        """More of them, digests and JSON Lines in turns."""
        for _ in range(files):
            n = len(self.files)
            rows = [self._row(f"{n}.{i}") for i in range(articles)]
            self.files[f"{n:03}.{'txt' if n % 3 == 2 else 'jsonl'}"] = rows

    def _row(self, name):
        rng = self.rng
        return {"id": name, "title": f"Matter {name} {words(rng, 4)}",
                "date": f"2020-01-{rng.randrange(1, 29):02}",
                "authors": [rng.choice(NAMES)], "language": "en",
                "text": (" ".join(rng.choice("abcdef") * 200
                                  for _ in range(100)) if self.long else
                         words(rng, rng.randrange(20, 120)))}

    def edit(self):
        """Of every kind of change some."""
        rng, lines = self.rng, [n for n in self.files if n.endswith("jsonl")]
        for name in rng.sample(list(self.files), len(self.files) // 2):
            rows = self.files[name]
            for i in rng.sample(range(len(rows)), len(rows) // 4):
                rows[i] = {**rows[i], "text": words(rng, 60)}  # replaced
            del rows[rng.randrange(len(rows))]  # dropped
            rows.insert(rng.randrange(len(rows)),
                        self._row(f"{name}+"))  # added
        first, second = rng.sample(lines, 2)
        self.files[second] += self.files[first][-3:]  # copied
        moved = self.files[first][:4]
        del self.files[first][:4]
        self.files[second] = moved + self.files[second]
        self.files["renamed.jsonl"] = self.files.pop(second)

    def remove(self, count):
        for name in self.rng.sample(sorted(self.files), count):
            del self.files[name]

    def write(self):
        """What did not change is not written: its inode stays."""
        for path in self.folder.iterdir():
            if path.name not in self.files:
                path.unlink()
        for name, rows in self.files.items():
            path = self.folder / name
            text = (digest(rows) if name.endswith("txt") else
                    "".join(json.dumps(row) + "\n" for row in rows))
            if not path.exists() or path.read_text(encoding="utf-8") != text:
                path.write_text(text, encoding="utf-8")
                os.utime(path, (1e9 + len(text), 1e9 + len(text)))


def digest(rows):
    """Dates hold for the articles below them."""
    parts, date = [], None
    for row in rows:
        if row["date"] != date:
            date = row["date"]
            parts.append(date + "\n")
        parts.append(f"{row['title']}\n\n{row['authors'][0]}\n\n\n"
                     f"{row['text'].capitalize()}.\n")
    return "\n".join(parts)
