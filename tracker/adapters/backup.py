"""The whole database as one file, and back: the same file for SQLite and PostgreSQL.

A backup is a ZIP of one JSON line a row, read in one snapshot while people go on writing, with a
manifest that names revision, rows and checksums. A restore writes all rows in one transaction.
"""

import base64
import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time
from itertools import islice
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    ColumnClause,
    Connection,
    Date,
    DateTime,
    Engine,
    Float,
    Integer,
    LargeBinary,
    String,
    Table,
    TableClause,
    Text,
    Time,
    bindparam,
    column,
    delete,
    func,
    insert,
    inspect,
    select,
    table,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeEngine

from tracker.adapters import database
from tracker.errors import RuleViolationError
from tracker.extensions import Base

FORMAT = 1
PRODUCT = "nqi-tracker"
MANIFEST = "manifest.json"
BATCH = 2000
# Rows of a worker that found an empty place are no data of anybody.
NOT_DATA = frozenset({"outbox", "alembic_version"})

KINDS: tuple[tuple[str, type[Any]], ...] = (
    ("moment", DateTime),
    ("date", Date),
    ("time", Time),
    ("bytes", LargeBinary),
    ("json", JSON),
    ("bool", Boolean),
    ("float", Float),
    ("int", Integer),
    ("text", String),
)
TYPES: dict[str, TypeEngine[Any]] = {
    "moment": DateTime(timezone=True),
    "date": Date(),
    "time": Time(),
    "bytes": LargeBinary(),
    "json": JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql"),
    "bool": Boolean(),
    "float": Float(),
    "int": BigInteger(),
    "text": Text(),
}
Coder = Callable[[Any], Any]


@dataclass(frozen=True, kw_only=True)
class Member:
    """One table in the file. `own` are columns that point at rows of the same table.

    `last` is the highest id ever given in it: the history goes on naming rows that are gone.
    """

    name: str
    columns: tuple[tuple[str, str], ...]
    key: tuple[str, ...]
    own: tuple[str, ...]
    rows: int
    sha256: str
    last: int

    @property
    def path(self) -> str:
        """Where it lies in the file."""
        return f"tables/{self.name}.jsonl"

    @property
    def table(self) -> TableClause:
        """The table as the file knows it, whatever the models have become since."""
        return table(self.name, *(column(name, TYPES[kind]) for name, kind in self.columns))


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """What a backup says of itself."""

    format: int
    product: str
    version: str
    revision: str
    made_at: str
    database: str
    tables: tuple[Member, ...]

    @property
    def rows(self) -> int:
        """How many rows it holds."""
        return sum(member.rows for member in self.tables)


# ------------------------------------------------------------------ writing


@contextmanager
def snapshot(engine: Engine) -> Iterator[Connection]:
    """One state of the database, however long it is read and whoever writes meanwhile."""
    with database.reading(), engine.connect() as plain:
        connection = plain
        if engine.dialect.name == "postgresql":
            connection = plain.execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            )
        with connection.begin():
            yield connection


def write(
    connection: Connection, target: Path, *, revision: str, version: str, at: datetime
) -> Manifest:
    """Write the backup; the file at `target` is the old one or the whole new one, never half."""
    with _replacing(target) as draft, ZipFile(draft, "w", ZIP_DEFLATED, compresslevel=6) as file:
        manifest = Manifest(
            format=FORMAT,
            product=PRODUCT,
            version=version,
            revision=revision,
            made_at=at.isoformat(),
            database=connection.dialect.name,
            tables=tuple(_dump(connection, t, file) for t in Base.metadata.sorted_tables),
        )
        file.writestr(MANIFEST, json.dumps(asdict(manifest), ensure_ascii=False, indent=1))
    return manifest


@contextmanager
def _replacing(target: Path) -> Iterator[Path]:
    draft = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        draft.touch(mode=0o600, exist_ok=False)
        yield draft
        with draft.open("rb") as written:
            os.fsync(written.fileno())
        draft.replace(target)
        folder = os.open(target.parent, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)
    finally:
        draft.unlink(missing_ok=True)


def _dump(connection: Connection, source: Table, file: ZipFile) -> Member:
    member = _describe(source)
    digest, rows = hashlib.sha256(), 0
    encoders = [_encoder(kind) for _, kind in member.columns]
    found = connection.execution_options(yield_per=BATCH).execute(
        select(member.table).order_by(*member.key)
    )
    with file.open(member.path, "w", force_zip64=True) as out:
        for row in found:
            values = [encode(value) for encode, value in zip(encoders, row, strict=True)]
            line = json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
            out.write(line)
            digest.update(line)
            rows += 1
    last = _last(connection, member)
    return Member(**{**vars(member), "rows": rows, "sha256": digest.hexdigest(), "last": last})


def _describe(source: Table) -> Member:
    return Member(
        name=source.name,
        columns=tuple((c.name, _kind(c.type)) for c in source.columns),
        key=tuple(c.name for c in source.primary_key),
        own=tuple(
            c.name
            for c in source.columns
            if any(key.column.table is source for key in c.foreign_keys)
        ),
        rows=0,
        sha256="",
        last=0,
    )


def _kind(type_: TypeEngine[Any]) -> str:
    plain = getattr(type_, "impl_instance", type_)
    return next(kind for kind, class_ in KINDS if isinstance(plain, class_))


def _encoder(kind: str) -> Coder:
    coders: dict[str, Coder] = {
        "moment": lambda value: value and _utc(value).isoformat(),
        "date": lambda value: value and value.isoformat(),
        "time": lambda value: value and value.isoformat(),
        "bytes": lambda value: None if value is None else base64.b64encode(value).decode(),
    }
    return coders.get(kind, lambda value: value)


def _utc(moment: datetime) -> datetime:
    """SQLite gives moments without their zone, which is UTC."""
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


# ------------------------------------------------------------------ reading


def check(source: Path) -> Manifest:
    """The manifest of a backup that is whole; every byte of it is looked at."""
    try:
        with ZipFile(source) as file:
            manifest = _manifest(json.loads(file.read(MANIFEST)))
            if any(_sum(file, member) != member.sha256 for member in manifest.tables):
                raise RuleViolationError("backup_damaged", file=source.name)
    except FileNotFoundError:
        raise RuleViolationError("backup_missing", file=str(source)) from None
    except (BadZipFile, KeyError, TypeError, ValueError, OSError) as error:
        raise RuleViolationError("backup_damaged", file=source.name) from error
    return manifest


def _manifest(said: dict[str, Any]) -> Manifest:
    if said["product"] != PRODUCT or said["format"] > FORMAT:
        raise RuleViolationError("backup_of_another", file=MANIFEST)
    members = (
        Member(
            **{
                **member,
                "columns": tuple(
                    (name, _kind_now(member["name"], name, kind))
                    for name, kind in member["columns"]
                ),
                "key": tuple(member["key"]),
                "own": tuple(member["own"]),
            }
        )
        for member in said["tables"]
    )
    return Manifest(**{**said, "tables": tuple(members)})


def _kind_now(table_name: str, name: str, kind: str) -> str:
    """Files of SQLite once called times text, which PostgreSQL does not take for a time."""
    known = Base.metadata.tables.get(table_name)
    is_time = known is not None and name in known.c and isinstance(known.c[name].type, Time)
    return "time" if is_time else kind


def _sum(file: ZipFile, member: Member) -> str:
    digest = hashlib.sha256()
    with file.open(member.path) as stream:
        while piece := stream.read(1 << 20):
            digest.update(piece)
    return digest.hexdigest()


def is_empty(connection: Connection) -> bool:
    """Whether nothing is lost by a restore."""
    there = set(inspect(connection).get_table_names()) - NOT_DATA
    known = [source for source in Base.metadata.sorted_tables if source.name in there]
    return not any(
        connection.execute(select(func.count()).select_from(source)).scalar() for source in known
    )


def restore(connection: Connection, source: Path, manifest: Manifest) -> None:
    """Write all rows into empty tables, in the caller's transaction."""
    connection.execute(delete(table("outbox")))
    with ZipFile(source) as file:
        for member in manifest.tables:
            for batch in _batches(file, member, leave_out=member.own):
                connection.execute(insert(member.table), batch)
        for member in manifest.tables:
            _tie(connection, file, member)
            if _is_numbered(member):
                _go_on(connection, member)


def _batches(
    file: ZipFile, member: Member, *, leave_out: Iterable[str] = ()
) -> Iterator[list[dict[str, Any]]]:
    names = [name for name, _ in member.columns]
    decoders = [_decoder(kind) for _, kind in member.columns]
    empty = dict.fromkeys(leave_out)
    with file.open(member.path) as lines:
        while batch := list(islice(lines, BATCH)):
            yield [
                {
                    name: decode(value)
                    for name, decode, value in zip(names, decoders, json.loads(line), strict=True)
                }
                | empty
                for line in batch
            ]


def _decoder(kind: str) -> Coder:
    coders: dict[str, Coder] = {
        "moment": lambda value: value and datetime.fromisoformat(value),
        "date": lambda value: value and date.fromisoformat(value),
        "time": lambda value: value and time.fromisoformat(value),
        "bytes": lambda value: None if value is None else base64.b64decode(value),
    }
    return coders.get(kind, lambda value: value)


def _tie(connection: Connection, file: ZipFile, member: Member) -> None:
    """Set what points at rows of the same table, now that they are all there."""
    rows = member.table
    for name in member.own:
        target: ColumnClause[Any] = rows.c[name]
        statement = (
            update(rows)
            .where(rows.c.id == bindparam("row_id"))
            .values({target: bindparam("row_target")})
        )
        for batch in _batches(file, member):
            ties = [{"row_id": r["id"], "row_target": r[name]} for r in batch if r[name]]
            if ties:
                connection.execute(statement, ties)


# ------------------------------------------------------------------ numbers given


def _last(connection: Connection, member: Member) -> int:
    """The highest id ever given in that table, also to rows that are gone."""
    if not _is_numbered(member):
        return 0
    if connection.dialect.name == "sqlite":
        given = connection.scalar(
            text("SELECT seq FROM sqlite_sequence WHERE name = :name"), _of(member)
        )
    else:
        given = connection.scalar(
            text("SELECT pg_sequence_last_value(pg_get_serial_sequence(:name, 'id')::regclass)"),
            _of(member),
        )
    return max(given or 0, connection.scalar(select(func.max(member.table.c.id))) or 0)


def _go_on(connection: Connection, member: Member) -> None:
    """The next new row gets a number that nothing ever had, neither here nor where it came from."""
    last = max(member.last, _last(connection, member))
    if not last:
        return
    if connection.dialect.name == "sqlite":
        connection.execute(text("DELETE FROM sqlite_sequence WHERE name = :name"), _of(member))
        statement = "INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :last)"
    else:
        statement = "SELECT setval(pg_get_serial_sequence(:name, 'id'), :last)"
    connection.execute(text(statement), _of(member) | {"last": last})


def _of(member: Member) -> dict[str, Any]:
    return {"name": member.name}


def _is_numbered(member: Member) -> bool:
    return dict(member.columns).get("id") == "int"
