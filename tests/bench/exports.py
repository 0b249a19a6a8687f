"""Reports on all groups, made by the worker: how long, in how much memory, and pages meanwhile."""

import os
import re
import statistics
import subprocess
import sys
import threading
import time
from dataclasses import dataclass

from tests.bench.client import MissingError
from tests.bench.data import MAIN, ROOT

FORMATS = ("docx", "pdf", "xlsx", "html")
SECONDS, MEGABYTES = 60, 500
SLOWER = 3.0  # times what the page takes at rest
PERIOD = "2026-11"


@dataclass(frozen=True)
class Made:
    """A file: the seconds until it was there, those of them that were work, and the most memory
    that any process took for it.

    `meanwhile` is the median of the board while it was made, in milliseconds.
    """

    name: str
    seconds: float
    worked: float
    megabytes: float
    kilobytes: float
    meanwhile: float


def begin(browser):
    """The address of a report on all groups."""
    form = {"group": "all", "period": PERIOD, "lang": "vi", "csrf_token": browser.token}
    answer = browser.ask("POST", "/reports", form)
    found = re.search(r"/reports/(\d+)", answer.headers["Location"] or "")
    if found is None:
        raise MissingError("POST /reports leads to no report")
    return found[0]


def seconds_of(action, other):
    """How long an answer takes, and the median of the board meanwhile in milliseconds."""
    done = threading.Thread(target=action)
    began, times = time.perf_counter(), []
    done.start()
    while done.is_alive():
        times.append(asked(other))
    return time.perf_counter() - began, statistics.median(times)


def asked(other):
    """Milliseconds of the board; the next asks a little later."""
    began = time.perf_counter()
    other.raw("GET", "/")
    ended = time.perf_counter()
    time.sleep(0.1)
    return (ended - began) * 1000


def made(browser, other, place, report, name):
    """Ask for the file, let a worker make it, and open the board now and then while it does."""
    answer = browser.ask("POST", f"{report}/{name}", {"lang": "vi"})
    export = answer.headers["Location"]
    began, times = time.perf_counter(), []
    worker = work(place)
    while (ended := os.wait4(worker.pid, os.WNOHANG))[0] == 0:
        times.append(asked(other))
    seconds = time.perf_counter() - began
    browser.connection.close()  # the server has not kept it so long
    file = browser.ask("GET", f"{export}/file")
    used = ended[2]  # with all that it started and waited for
    worked, peak = used.ru_utime + used.ru_stime, used.ru_maxrss / 1000
    return Made(name, seconds, worked, peak, len(file.body) / 1000, statistics.median(times))


def work(place):
    """A worker that does what waits, and ends."""
    return subprocess.Popen(
        [sys.executable, "-c", MAIN, "worker", "--once"],
        cwd=ROOT,
        env=place.environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
