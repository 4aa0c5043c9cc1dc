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
    fault as it began. What was killed before may still have the port for a
    moment."""

    def __init__(self, db, port, fault=None, log=None):
        self.command = ["xapian-tcpsrv", "--port", str(port), "--interface",
                        "127.0.0.1", "--writable", str(db)]
        self.env = environment(fault, log)
        deadline = time.monotonic() + 60
        self._start()
        while not self._listens(port):
            status = self.process.poll()
            if status == -signal.SIGKILL:
                return
            assert time.monotonic() < deadline
            time.sleep(0.01)
            if status is not None:
                self._start()

    def _start(self):
        self.process = subprocess.Popen(
            self.command, env=self.env, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, start_new_session=True)

    def _listens(self, port):
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", port), 1).close()
            return self.process.poll() is None
        return False

    def kill(self):
        """With the processes of its connections."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
