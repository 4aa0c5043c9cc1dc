"""Archives that are edited at random and indexed again and again, some of the
time by runs that are killed: nothing that files have is missing, nothing is
there twice, and what no file has any more goes."""
import collections
import json
import os
import shutil
import time

import pytest

import state
from commands import DISK, environment, generator, run, tell, times

ARTICLES = 14
FILES = "abcdef"


class Texts:
    """Articles by number. What kind has: ids of their own or made ones, which
    some of "ordinals" would share; two of "versions" are one article."""

    def __init__(self, kind):
        self.kind = kind

    def row(self, n):
        if self.kind == "ordinals":
            return {"title": f"T{n % 4}", "date": "2020-01-01",
                    "text": f"Text {n}."}
        if self.kind == "versions":
            return {"id": f"i{n // 2}", "title": f"T{n // 2}",
                    "text": f"Text {n // 2}.", "section": f"s{n % 2}"}
        named = {"id": f"i{n}"} if n % 3 else {"date": "2020-01-01"}
        return {**named, "title": f"T{n}", "text": f"Text {n}."}

    def of(self, files):
        return {self.row(n)["text"] for numbers in files.values()
                for n in numbers}


class Archive:
    """Files of some articles each, which come, go and change."""

    def __init__(self, folder, chance, texts):
        self.folder, self.chance, self.texts = folder, chance, texts
        self.files = {name: self._some() for name in FILES}
        folder.mkdir(parents=True)
        self.write()

    def _some(self):
        return self.chance.sample(range(ARTICLES), self.chance.randint(1, 5))

    def edit(self):
        for name in FILES:
            part = self.chance.random()
            if part < .08:
                self.files.pop(name, None)
            elif part < .5:
                self.files[name] = self._some()
        if self.chance.random() < .5 and len(self.files) > 1:
            one, other = self.chance.sample(sorted(self.files), 2)
            self.files[other] = list(dict.fromkeys(
                self.files[other] + self.files[one][:2]))
            self.files[one] = self.files[one][2:] or [FILES.index(one) + 20]
        self.write()

    def write(self):
        for name in FILES:
            path = self.folder / f"{name}.jsonl"
            text = "".join(json.dumps(self.texts.row(n)) + "\n"
                           for n in self.files.get(name, ()))
            if name not in self.files:
                path.unlink(missing_ok=True)
            elif not path.exists() or path.read_text() != text:
                path.write_text(text)
                if self.chance.random() < .5:
                    seconds = time.time() - self.chance.randint(5, 500)
                    os.utime(path, (seconds, seconds))

    def command(self):
        """Arguments, whether they name all files, and whether they bring the
        database up to date."""
        paths = [self.folder / f"{name}.jsonl" for name in self.files]
        self.chance.shuffle(paths)
        part = self.chance.random()
        if part < .4:
            return ["--prune", self.folder], True, True
        if part < .55:
            return ["--prune", *paths, *paths[:2], self.folder], True, True
        if part < .75:
            return paths[:self.chance.randint(1, len(paths))], False, False
        return [self.folder, *paths], True, False


def texts_in(db):
    done = run(["export", "--db", db])
    assert done.returncode in (0, 1), done
    return collections.Counter(
        json.loads(line)["text"] for line in done.stdout.splitlines())


def live(folder, chance, kind):
    """One history; how many runs were killed."""
    db, killed, complete, steady = folder / "db", 0, False, {}
    texts = Texts(kind)
    archive = Archive(folder / "papers", chance, texts)
    shards = ["--shards", "3"] if kind == "shards" else []
    for _ in range(chance.randint(3, 8)):
        before = texts.of(archive.files) if complete else set()
        if chance.random() < .75:
            archive.edit()
        steady = {name: numbers for name, numbers in steady.items()
                  if archive.files.get(name) == numbers}
        arguments, every, whole = archive.command()
        moment = int(chance.expovariate(1 / 60)) + 1
        fault = f"KILL:{moment}" if chance.random() < .45 else None
        builder = chance.choice(["auto", "glass", "glass", "xapian"])
        done = run(["index", "--db", db, *shards, "--builder", builder,
                    *arguments], env=environment(fault))
        assert done.returncode in (0, -9), done
        killed += done.returncode == -9
        complete = whole and done.returncode == 0
        if not complete and (kind == "shards" or not state.is_there(db)):
            continue
        found, wanted = texts_in(db), texts.of(archive.files)
        assert max(found.values(), default=1) == 1, found
        assert not complete or set(found) == wanted
        missing = (before & wanted) - set(found) if every else set()
        missing |= texts.of(steady) - set(found)
        assert not missing, (missing, done.args)
        steady = dict(archive.files) if complete else steady
    files = "1 file" if len(archive.files) == 1 else f"{len(archive.files)} files"
    for last in False, True:
        done = run(["index", "--db", db, *shards, "--prune", archive.folder])
        assert done.returncode == 0
        assert not last or done.stdout == (
            f"{files} unchanged since last time\n"), done
    assert texts_in(db) == collections.Counter(texts.of(archive.files))
    return killed


@pytest.mark.parametrize("kind", ["mixed", "versions", "ordinals", "shards"])
def test_histories(tmp_path, kind, request):
    killed = 0
    for number in range(times(12)):
        folder = tmp_path / DISK / str(number)
        killed += live(folder, generator("history", kind, number), kind)
        shutil.rmtree(folder)
    tell(request, f"histories, {kind}: {times(12)}, {killed} runs killed")
