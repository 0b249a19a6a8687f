"""The servers as they are run: gunicorn with two workers, and the waitress of `make demo`."""

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

from tests.bench.data import MAIN, ROOT

GUNICORN = ("--workers", "2", "--threads", "4", "--keep-alive", "30", "--log-level", "error")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def running(command, environment, port):
    process = subprocess.Popen(
        [sys.executable, *command],
        cwd=ROOT,
        env={**environment, "PORT": str(port), "HOST": "127.0.0.1"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        wait(process, port)
        yield process.pid
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def wait(process, port):
    end = time.monotonic() + 60
    while time.monotonic() < end:
        if process.poll() is not None:
            raise RuntimeError("the server ended at once; start it by hand to see why")
        with contextlib.suppress(OSError):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
            connection.request("GET", "/healthz")
            if connection.getresponse().status == 200:
                return
        time.sleep(0.1)
    raise RuntimeError("the server did not answer")


@contextmanager
def gunicorn(target, environment):
    port = free_port()
    command = ["-m", "gunicorn", *GUNICORN, "--preload", "--bind", f"127.0.0.1:{port}", target]
    with running(command, environment, port) as pid:
        yield port, pid


@contextmanager
def waitress(target, environment):
    port = free_port()
    if target == "wsgi:app":
        command = ["-c", MAIN, "serve"]
    else:
        command = ["-m", "waitress", "--threads", "8", "--host", "127.0.0.1", "--port", str(port)]
        command += [target]
    with running(command, environment, port) as pid:
        yield port, pid


SERVERS = {"gunicorn": gunicorn, "waitress": waitress}


def megabytes(pid, kind="Pss"):
    """What the process and its children hold, each shared page counted in parts.

    `Pss_File` is the part that is files, the database among them: the system takes it back at will.
    """
    kilobytes = 0
    for process in family(pid):
        with contextlib.suppress(OSError):
            lines = Path(f"/proc/{process}/smaps_rollup").read_text("ascii").splitlines()
            kilobytes += sum(int(line.split()[1]) for line in lines if line.startswith(f"{kind}:"))
    return kilobytes / 1000


def family(pid):
    found = [pid]
    with contextlib.suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text("ascii").split():
                found += family(int(child))
    return found
