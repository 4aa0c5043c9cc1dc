"""Queries through the program find_ids."""
import subprocess

from conftest import BUILD


def find_ids(database, queries):
    """The set of ids that byline search finds for each."""
    pieces = []
    for query in queries:
        data = query.encode()
        pieces.append(b"%d\n" % len(data) + data)
    done = subprocess.run([BUILD / "tests/property/find_ids", database],
                          input=b"".join(pieces), stdout=subprocess.PIPE,
                          check=True)
    lines = done.stdout.decode().split("\n")[:-1]
    assert len(lines) == len(queries)
    return [set(line.split(" ")) for line in lines]
