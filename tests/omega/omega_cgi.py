"""Runs the real Omega from the shell, as a web server runs a CGI program."""
import html
import os
import pathlib
import re
import subprocess
import urllib.parse
import xml.etree.ElementTree

import pytest

OMEGA = pathlib.Path("/usr/lib/cgi-bin/omega/omega")
STOCK = pathlib.Path("/usr/share/xapian-omega/templates")
OURS = pathlib.Path(__file__).parent / "templates"
EVERY_HIT = 1000  # Omega gives no more on a page


def need_omega():
    for path in (OMEGA, STOCK / "query", STOCK / "xml"):
        if not path.exists():
            pytest.skip(f"xapian-omega is not here: no {path}")


class Omega:
    """Omega on one folder of databases."""

    def __init__(self, folder, databases):
        self.folder = folder
        self.databases = databases

    def run(self, templates, template, database, **parameters):
        """What the template prints. A parameter's "_" stands for "."; a list
        is a parameter several times."""
        config = self.folder / "omega.conf"
        config.write_text(f"database_dir {self.databases}\n"
                          f"template_dir {templates}\n"
                          f"log_dir {self.folder}\ncdb_dir {self.folder}\n")
        pairs = [("DB", database), ("FMT", template),
                 ("HITSPERPAGE", EVERY_HIT)]
        for name, value in parameters.items():
            values = value if isinstance(value, list) else [value]
            pairs += [(name.replace("_", "."), v) for v in values]
        done = subprocess.run(
            [OMEGA], capture_output=True, timeout=60,
            env={"PATH": os.environ["PATH"], "REQUEST_METHOD": "GET",
                 "OMEGA_CONFIG_FILE": str(config),
                 "QUERY_STRING": urllib.parse.urlencode(pairs)})
        assert done.returncode == 0, done.stderr
        head, _, body = done.stdout.decode("utf-8").partition("\n\n")
        assert head.startswith("Content-Type:"), head
        return body.strip()

    def ours(self, template, database, **parameters):
        """(docid, percent, id) of each hit, in order, of one of our templates."""
        lines = self.run(OURS, template, database, **parameters).split("\n")
        rows = [line.split("\t") for line in lines if line]
        assert all(len(row) == 3 for row in rows), rows
        return [(int(docid), int(percent), name)
                for docid, percent, name in rows]

    def xml(self, database, **parameters):
        """The stock xml template: the total, and the docids in order."""
        root = xml.etree.ElementTree.fromstring(
            self.run(STOCK, "xml", database, **parameters))
        hits = [int(hit.get("id")) for hit in root.iter("hit")]
        return int(root.get("Matches")), hits

    def page(self, database, **parameters):
        """The stock query template: docid -> the title it shows."""
        text = self.run(STOCK, "query", database, **parameters)
        docids = re.findall(r"<input type=checkbox name=R value=(\d+)", text)
        titles = re.findall(r'<td><b><a href="[^"]*">(.*?)</a></b>', text)
        assert len(docids) == len(titles)
        return {int(docid): html.unescape(title)
                for docid, title in zip(docids, titles)}
