"""The databases: built once by `tracker demo load`, kept in build/bench, copied for each run."""

import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
CACHE = ROOT / "build" / "bench"
MAIN = "from tracker.app import main; main()"
# What the rows are made from: when one of these changes, the databases are built anew.
MADE_FROM = ("tracker/migrations/versions", "tracker/cli/demo", "tracker/models")
SIZES = {"S": (3, 600), "M": (30, 10_000), "L": (100, 100_000)}


@dataclass(frozen=True)
class Place:
    """A copy of a database to measure on, and what is worth asking it for."""

    size: str
    folder: Path
    password: str
    group: str
    group_tasks: int
    strand: str
    tasks: list[str]
    worker: str
    worker_tasks: int
    past_day: str  # its board is kept
    milestone: str = ""  # the first of the chain (tests.bench.chains)

    @property
    def url(self):
        return f"sqlite:///{self.folder / 'tracker.db'}"

    @property
    def environment(self):
        return {**os.environ, "DATA_DIR": str(self.folder), "DATABASE_URL": self.url}


@contextmanager
def place(size, seed):
    """A fresh copy of the database of that size."""
    kept = built(size, seed)
    with tempfile.TemporaryDirectory(prefix="tracker-bench-") as folder:
        copied = Path(folder)
        for file in kept.iterdir():
            shutil.copy(file, copied / file.name)
        yield described(size, copied)


def built(size, seed):
    """The folder with the database, built if it is not there yet."""
    folder = CACHE / f"{size}-{seed}-{stamp()}"
    if folder.exists():
        return folder
    CACHE.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=f"{size}-", dir=CACHE))
    groups, tasks = SIZES[size]
    print(f"building {size}: {groups} groups, {tasks:,} tasks …", end=" ", flush=True)
    began = time.perf_counter()
    environment = {**os.environ, "DATA_DIR": str(draft)}
    environment.pop("DATABASE_URL", None)
    load = ["demo", "load", "--groups", groups, "--tasks", tasks, "--seed", seed]
    for command in (["db", "upgrade"], load):
        subprocess.run(
            [sys.executable, "-c", MAIN, *map(str, command)],
            cwd=ROOT,
            env=environment,
            check=True,
            stdout=subprocess.DEVNULL,
        )
    with closing(sqlite3.connect(draft / "tracker.db")) as connection:
        connection.execute("ANALYZE")
        connection.commit()
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    print(f"{time.perf_counter() - began:.0f} s")
    draft.rename(folder)
    return folder


def stamp():
    digest = hashlib.sha256()
    for name in MADE_FROM:
        for file in sorted((ROOT / name).rglob("*")):
            if file.is_file() and file.suffix != ".pyc":
                digest.update(file.read_bytes())
    return digest.hexdigest()[:10]


def described(size, folder):
    """A group of the usual size, its fullest strand, open tasks of it, and a busy person."""
    groups, tasks = SIZES[size]
    with closing(sqlite3.connect(folder / "tracker.db")) as connection:

        def one(sql, *values):
            return connection.execute(sql, values).fetchone()

        usual = tasks / groups
        group_id, key, number = one(
            "SELECT g.id, g.key, count(*) FROM working_groups g JOIN tasks t ON t.group_id = g.id"
            " WHERE NOT g.is_restricted GROUP BY g.id ORDER BY abs(count(*) - ?), g.id LIMIT 1",
            usual,
        )
        (strand,) = one(
            "SELECT w.strand FROM workstreams w JOIN tasks t ON t.workstream_id = w.id"
            " WHERE w.group_id = ? GROUP BY w.id ORDER BY count(*) DESC LIMIT 1",
            group_id,
        )
        codes = connection.execute(
            "SELECT code FROM tasks WHERE group_id = ? AND status IN ('todo', 'doing', 'blocked')"
            " AND deleted_at IS NULL AND parent_id IS NULL ORDER BY id LIMIT 400",
            (group_id,),
        ).fetchall()
        (past_day,) = one("SELECT day FROM snapshots ORDER BY day DESC LIMIT 1 OFFSET 20")
        email, owned = one(
            "SELECT a.email, count(*) FROM accounts a JOIN tasks t ON t.owner_id = a.person_id"
            " WHERE a.is_active AND t.status NOT IN ('done', 'dropped')"
            " GROUP BY a.id ORDER BY count(*) DESC LIMIT 1"
        )
    return Place(
        size=size,
        folder=folder,
        password=(folder / "demo-password").read_text("utf-8").strip(),
        group=key,
        group_tasks=number,
        strand=strand.replace("_", "-"),
        tasks=[code for (code,) in codes],
        worker=email,
        worker_tasks=owned,
        past_day=past_day,
    )
