"""The set for cascades: five thousand milestones that wait for one another, in a database of S."""

import re
import sqlite3
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from tests.bench import data
from tests.bench.client import HTMX, MissingError
from tests.bench.pages import Measured

SIZE = "cascade"
MILESTONES = 5000
A_DAY = 20  # so many milestones are forecast for one day
BEGIN = date(2027, 1, 4)
MOVED_TO = BEGIN + timedelta(days=2 * MILESTONES // A_DAY)
NEAR = 30  # beside the one before it, each third waits for another one that near
MOST = 300  # milliseconds of server time


@contextmanager
def place(seed):
    """A fresh copy of the smallest database, with the chain in it."""
    with data.place("S", seed) as small:
        with closing(sqlite3.connect(small.folder / "tracker.db")) as connection:
            codes = fill(connection, Random(seed))
            connection.execute("ANALYZE")
            connection.commit()
        yield replace(small, size=SIZE, milestone=codes[0])


def fill(connection, chance):
    """Milestones over all strands of all groups, each behind the one before it; their codes."""
    streams = connection.execute("SELECT group_id, id FROM workstreams ORDER BY id").fetchall()
    (at,) = connection.execute("SELECT min(created_at) FROM milestones").fetchone()
    (last,) = connection.execute("SELECT max(id) FROM milestones").fetchone()
    ids = range(last + 1, last + 1 + MILESTONES)
    codes = [f"CHAIN-M{number}" for number in range(MILESTONES)]
    connection.executemany(
        "INSERT INTO milestones (id, group_id, workstream_id, code, title, description, baseline,"
        " forecast, position, created_at, version) VALUES (?, ?, ?, ?, ?, '', ?, ?, 0, ?, 1)",
        (
            (id_, *streams[number % len(streams)], code, f"Mốc {number}", day, day, at)
            for number, (id_, code) in enumerate(zip(ids, codes, strict=True))
            for day in [(BEGIN + timedelta(days=number // A_DAY)).isoformat()]
        ),
    )
    links = {(a, a + 1): 0 for a in range(MILESTONES - 1)}
    for a in range(0, MILESTONES - NEAR - 1, 3):
        links.setdefault((a, a + chance.randint(2, NEAR)), 1)
    connection.executemany(
        "INSERT INTO dependencies (predecessor_milestone_id, successor_milestone_id, lag,"
        " created_at) VALUES (?, ?, ?, ?)",
        ((ids[a], ids[b], lag, at) for (a, b), lag in links.items()),
    )
    return codes


def preview(browser, place):
    """What moving the first of them pushes: all the others."""
    address = f"/milestones/{place.milestone}/pushes?forecast={MOVED_TO.isoformat()}"
    answer = browser.ask("GET", address, **HTMX)
    pushed = re.search(r"Đẩy ([\d.]+) mục", answer.text)
    if pushed is None or int(pushed[1].replace(".", "")) != MILESTONES - 1:
        raise MissingError(f"{address} pushes {pushed and pushed[1]}")
    return lambda browser, _n: browser.raw("GET", address, **HTMX)


CASCADES = (Measured("cascade preview", preview, floors=None, milliseconds=MOST, grows=False),)
