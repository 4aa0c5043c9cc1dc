"""Fixtures of one format against the articles written down beside them."""
import json
import re

from conftest import SOURCE


def names(folder, *patterns):
    found = [p.name for pattern in patterns
             for p in sorted((SOURCE / "fixtures" / folder).glob(pattern))
             if not p.name.endswith(".expected.jsonl")]
    assert found, f"no fixtures in fixtures/{folder}"
    return found


def expectation(folder, name):
    path = SOURCE / "fixtures" / folder / name
    text = path.with_suffix(".expected.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def read(byline, folder, name):
    return byline("read", f"fixtures/{folder}/{name}", cwd=SOURCE)


def compare(done, folder, name):
    """An id counts where the expectation has one: else it is a hash."""
    expected = expectation(folder, name)
    assert [row["title"] for row in done.rows] == [
        row["title"] for row in expected]
    for row, wanted in zip(done.rows, expected):
        assert row == {"id": row["id"], **wanted}


def check_notices(done, wanted):
    """A notice for each of those wanted, which are parts of them."""
    said = done.stderr.splitlines()
    assert len(said) == len(wanted), said
    for line, want in zip(said, wanted):
        assert want in line


def explained(byline, folder, name, kinds):
    """(line, kind, score, why) of what read --explain tells apart."""
    done = byline("read", "--explain", f"fixtures/{folder}/{name}", cwd=SOURCE)
    assert (done.returncode, done.stderr) == (0, "")
    rows = []
    for line in done.stdout.splitlines():
        found = re.fullmatch(r"(\d+)  ([a-z-]+)  ([+-]\d+)  (.+?): (.*)", line)
        assert found and found[2] in kinds, line
        rows.append((int(found[1]), found[2], int(found[3]), found[4]))
    return rows


def compare_explained(rows, folder, name):
    """The titles are those of the articles, for reasons that add up."""
    lines = [row[0] for row in rows]
    assert lines == sorted(set(lines))
    titles = [row for row in rows if row[1] == "title"]
    assert [row[0] for row in titles] == [
        row["line"] for row in expectation(folder, name)]
    for _, _, score, why in titles:
        assert score == sum(map(int, re.findall(r" ([+-]\d+)", why)))
