"""Fixtures of one format against the articles written down beside them."""
import json

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


def compare(done, folder, name):
    """An id counts where the expectation has one: else it is a hash."""
    expected = expectation(folder, name)
    assert [row["title"] for row in done.rows] == [
        row["title"] for row in expected]
    for row, wanted in zip(done.rows, expected):
        assert row == {"id": row["id"], **wanted}
