"""byline web, started and asked as a browser would."""
import json
import os
import re
import select
import signal
import subprocess
import urllib.error
import urllib.parse
import urllib.request

import pytest

from conftest import BYLINE

OMEGA = "/usr/lib/cgi-bin/omega/omega"
LIGHTTPD = "/usr/sbin/lighttpd"


def need(*paths):
    for path in paths:
        if not os.path.exists(path):
            pytest.skip(f"no {path}")


def cpu_seconds(root):
    """What a process and those below it have had of the processors: other
    than the clock, nothing else that runs changes it."""
    parents, used = {}, {}
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{pid}/stat", encoding="utf-8",
                      errors="replace") as file:
                fields = file.read().rpartition(")")[2].split()
        except OSError:
            continue  # it has ended
        parents[int(pid)] = int(fields[1])
        used[int(pid)] = sum(map(int, fields[11:15]))  # ended children too

    def below(pid):
        while pid and pid != root:
            pid = parents.get(pid)
        return pid == root
    return sum(used[pid] for pid in used if below(pid)) / os.sysconf(
        "SC_CLK_TCK")


class Answer:
    def __init__(self, response):
        self.status = response.status
        self.headers = response.headers
        self.body = response.read()

    @property
    def text(self):
        return self.body.decode("utf-8")


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


class Site:
    """One running byline web; used by with."""

    def __init__(self, db, **environment):
        need(OMEGA, LIGHTTPD)
        self.process = subprocess.Popen(
            [str(BYLINE), "web", "--db", str(db)], stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, text=True,
            env={**os.environ, "BYLINE_SITE": "The Tarnmouth Archive",
                 **environment})
        ready, _, _ = select.select([self.process.stdout], [], [], 30)
        line = self.process.stdout.readline() if ready else ""
        if not re.fullmatch(r"http://127\.0\.0\.1:\d+/\n", line):
            self.process.kill()
            raise AssertionError((line, self.process.communicate()))
        self.root = line.strip()
        self.url = self.root + "search"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    def stop(self, number=signal.SIGINT):
        self.process.send_signal(number)
        out, errors = self.process.communicate(timeout=20)
        return self.process.returncode, out, errors

    def address(self, query="", **parameters):
        """A parameter's "_" stands for "."; a list is one several times."""
        pairs = [(name.replace("_", "."), v) for name, values
                 in parameters.items()
                 for v in (values if isinstance(values, list) else [values])]
        written = urllib.parse.urlencode(pairs) or query
        return self.url + ("?" + written if written else "")

    def get(self, query="", follow=True, timeout=10, **parameters):
        """query is the part behind the question mark, as it is sent."""
        handlers = [] if follow else [NoRedirect]
        opener = urllib.request.build_opener(*handlers)
        try:
            return Answer(opener.open(self.address(query, **parameters),
                                      timeout=timeout))
        except urllib.error.HTTPError as error:
            return Answer(error)

    def seconds(self):
        """Of processor time that it and Omega took until now."""
        return cpu_seconds(self.process.pid)

    def json(self, **parameters):
        answer = self.get(FMT="json", **parameters)
        return json.loads(answer.text)
