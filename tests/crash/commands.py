"""The command, undisturbed or with a fault."""
import os
import random
import signal
import subprocess
import time

from conftest import BUILD, BYLINE

FAULTS = BUILD / "tests/crash/faults.so"
MEMORY_FAULTS = BUILD / "tests/crash/memory_faults.so"
# The folder that is to fail has this name.
DISK = "failing-disk"

# The number of what is tried at random: as many as a test run has time for, or
# ten times as many.
LONG = bool(os.environ.get("BYLINE_CRASH_LONG"))
SEED = int(os.environ.get("BYLINE_CRASH_SEED", "1"))


def times(count):
    return count * 10 if LONG else count


def generator(*names):
    return random.Random(f"{SEED} {names}")


def environment(fault=None, log=None, memory=None, count=None, folder=DISK):
    """Of a process with a fault, by name and moment."""
    result = {**os.environ, "LC_ALL": "C.UTF-8",
              "ASAN_OPTIONS": "verify_asan_link_order=0:"
                              "new_delete_type_mismatch=0"}
    result.pop("BYLINE_DB", None)
    if fault or log:
        result.update(LD_PRELOAD=str(FAULTS), FAULT_IN=folder,
                      FAULT=fault or "NONE:0")
        if log:
            result["FAULT_LOG"] = str(log)
    if memory or count:
        result.update(LD_PRELOAD=str(MEMORY_FAULTS),
                      MEMORY_FAULT=memory or "NONE:0")
        if count:
            result["MEMORY_COUNT"] = str(count)
    return result


def run(command, *, env=None, timeout=120, **options):
    return subprocess.run(
        [str(BYLINE), *map(str, command)], env=env or environment(),
        capture_output=True, encoding="utf-8", timeout=timeout, check=False,
        **options)


def stopped_after(command, seconds, number=signal.SIGKILL):
    """Runs it and sends a signal after so long, if it runs so long."""
    process = subprocess.Popen(
        [str(BYLINE), *map(str, command)], env=environment(),
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8")
    time.sleep(seconds)
    process.send_signal(number)
    out, err = process.communicate(timeout=120)
    return subprocess.CompletedProcess(command, process.returncode, out, err)


def tell(request, *lines):
    """Prints lines even if the tests pass."""
    manager = request.config.pluginmanager.getplugin("capturemanager")
    with manager.global_and_fixture_disabled():
        for line in lines:
            print(f"\ncrash: {line}", end="")
        print()


def calls(log):
    """The calls of a log, in order: (number, what, path)."""
    lines = [line.split(" ", 2)
             for line in log.read_text(encoding="utf-8").splitlines()]
    return sorted((int(number), what, path) for number, what, path in lines)
