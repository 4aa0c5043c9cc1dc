"""The command on a terminal of the tests' own."""
import fcntl
import os
import pty
import re
import signal
import struct
import subprocess
import termios
import threading
import time

from conftest import BYLINE


def on_terminal(*arguments, stream="stdout", env=None, stdin=None, pause=0,
                columns=0):
    """What the command writes to a terminal that is its stdout, stderr or both. When
    it tells of articles for the first time it is stopped for so many seconds:
    it need not have work for them."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ,
                struct.pack("4H", 24 if columns else 0, columns, 0, 0))
    chunks = []

    def collect(pause):
        try:
            while chunk := os.read(ours, 65536):
                chunks.append(chunk)
                if pause and b" articles" in chunk:
                    process.send_signal(signal.SIGSTOP)
                    time.sleep(pause)
                    process.send_signal(signal.SIGCONT)
                    pause = 0
        except OSError:
            pass  # how a terminal says that no program has it open any more

    environment = {**os.environ, "LC_ALL": "C.UTF-8", "TERM": "xterm"}
    for name in ("NO_COLOR", "BYLINE_PAGER", "COLUMNS", "BYLINE_DB"):
        environment.pop(name, None)
    environment["PAGER"] = "cat"
    environment.update(env or {})
    streams = {name: theirs if stream in (name, "both") else subprocess.DEVNULL
               for name in ("stdout", "stderr")}
    with subprocess.Popen([BYLINE, *map(str, arguments)], env=environment,
                          stdin=stdin, **streams) as process:
        os.close(theirs)
        reader = threading.Thread(target=collect, args=(pause,), daemon=True)
        reader.start()
        try:
            status = process.wait(timeout=600)
        finally:
            process.kill()
    reader.join()
    os.close(ours)
    return status, b"".join(chunks).decode("utf-8").replace("\r\n", "\n")


def without_colour(text):
    return re.sub("\x1b\\[[0-9;]*m", "", text)


def squeezed(text):
    """The text however its lines were wrapped."""
    return "".join(text.split())
