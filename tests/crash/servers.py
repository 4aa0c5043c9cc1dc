"""Servers of databases."""
import contextlib
import os
import signal
import socket
import subprocess
import time

from commands import environment


def free_port():
    with contextlib.closing(socket.socket()) as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


class Server:
    """xapian-tcpsrv --writable of a database. It listens, or was killed by a
    fault as it began."""

    def __init__(self, db, port, fault=None, log=None):
        self.process = subprocess.Popen(
            ["xapian-tcpsrv", "--port", str(port), "--interface", "127.0.0.1",
             "--writable", str(db)], env=environment(fault, log),
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            start_new_session=True)
        deadline = time.monotonic() + 60
        while self.process.poll() is None:
            with contextlib.suppress(OSError):
                socket.create_connection(("127.0.0.1", port), 1).close()
                return
            assert time.monotonic() < deadline
            time.sleep(0.01)

    def kill(self):
        """With the processes of its connections."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
