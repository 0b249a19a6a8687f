"""extension requests, and every move of a date as a row."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta, timezone

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# As the tables and rules were when this was written: the models may go on.
JSON = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
HERE = timezone(timedelta(hours=7))
PLANNED = {"task": "due", "milestone": "baseline"}
AT_ONCE = 5000


def upgrade():
    op.create_table(
        "extension_requests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=True),
        sa.Column("milestone_id", sa.Integer(), nullable=True),
        sa.Column("old_day", sa.Date(), nullable=False),
        sa.Column("new_day", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("sentence", sa.String(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(task_id IS NULL) <> (milestone_id IS NULL)",
            name=op.f("ck_extension_requests_one_item"),
        ),
        *(
            sa.ForeignKeyConstraint([name], [target], name=op.f(f"fk_extension_requests_{name}"))
            for name, target in (
                ("task_id", "tasks.id"),
                ("milestone_id", "milestones.id"),
                ("asked_by_id", "persons.id"),
                ("answered_by_id", "persons.id"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_extension_requests")),
        sqlite_autoincrement=True,
    )
    is_open = sa.text("state = 'open'")
    for name in ("task_id", "milestone_id"):
        op.create_index(op.f(f"ix_extension_requests_{name}"), "extension_requests", [name])
        op.create_index(
            f"uq_extension_requests_{name}_open",
            "extension_requests",
            [name],
            unique=True,
            postgresql_where=is_open,
            sqlite_where=is_open,
        )
    op.create_table(
        "date_moves",
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("workstream_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("from_day", sa.Date(), nullable=False),
        sa.Column("to_day", sa.Date(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("moved_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=True),
        *(
            sa.ForeignKeyConstraint([name], [target], name=op.f(f"fk_date_moves_{name}"))
            for name, target in (
                ("change_id", "history.id"),
                ("group_id", "working_groups.id"),
                ("workstream_id", "workstreams.id"),
                ("unit_id", "units.id"),
            )
        ),
        sa.PrimaryKeyConstraint("change_id", name=op.f("pk_date_moves")),
    )
    op.create_index("ix_date_moves_moved_on", "date_moves", ["moved_on"])
    op.create_index("ix_date_moves_group_id_moved_on", "date_moves", ["group_id", "moved_on"])
    op.create_index("ix_baseline_items_kind_subject_id", "baseline_items", ["kind", "subject_id"])
    _fill(op.get_bind())


def downgrade():
    op.drop_index("ix_baseline_items_kind_subject_id", table_name="baseline_items")
    op.drop_table("date_moves")
    op.drop_table("extension_requests")


# ---------------------------------------------------------------- what the history already says


def _fill(connection: sa.Connection) -> None:
    moves = sa.table(
        "date_moves",
        *(sa.column(name) for name in ("change_id", "kind", "subject_id", "code", "group_id")),
        *(sa.column(name) for name in ("workstream_id", "unit_id", "field", "days", "reason")),
        *(sa.column(name, sa.Date()) for name in ("from_day", "to_day", "moved_on")),
    )
    rows = list(_moves(connection))
    for first in range(0, len(rows), AT_ONCE):
        connection.execute(sa.insert(moves), rows[first : first + AT_ONCE])


def _moves(connection: sa.Connection) -> Iterator[dict[str, object]]:
    """The history read from its beginning, with each item as it stood."""
    history = sa.table(
        "history",
        *(sa.column(name) for name in ("id", "kind", "subject_id", "group_id", "field", "reason")),
        *(sa.column(name, JSON) for name in ("old", "new")),
        sa.column("at", sa.DateTime(timezone=True)),
    )
    told = ("created", "baseline", "due", "forecast", "workstream_id", "group_id", "lead_unit_id")
    items: dict[tuple[str, int], dict[str, object]] = {}
    for row in connection.execute(
        sa.select(history)
        .where(history.c.kind.in_(["task", "milestone"]), history.c.field.in_(told))
        .order_by(history.c.id)
    ):
        key = row.kind, row.subject_id
        if row.field == "created":
            items[key] = dict(row.new) if isinstance(row.new, Mapping) else {}
            continue
        item = items.setdefault(key, {})
        before = _counts(row.kind, row.field, item | {row.field: row.old})
        item[row.field] = row.new
        after = _counts(row.kind, row.field, item)
        if before and after and before != after and "workstream_id" in item:
            yield _move(row, item, before, after)


def _counts(kind: str, field: str, item: Mapping[str, object]) -> date | None:
    """The date that counts: a forecast that nobody gave is the date of the plan."""
    if field not in {"forecast", PLANNED[kind]}:
        return None
    given = item.get(field) or (item.get(PLANNED[kind]) if field == "forecast" else None)
    return date.fromisoformat(given) if isinstance(given, str) else None


def _move(row: sa.Row, item: Mapping[str, object], before: date, after: date) -> dict[str, object]:
    return {
        "change_id": row.id,
        "kind": row.kind,
        "subject_id": row.subject_id,
        "code": item.get("code", ""),
        "group_id": row.group_id or item["group_id"],
        "workstream_id": item["workstream_id"],
        "unit_id": item.get("lead_unit_id"),
        "field": row.field,
        "from_day": before,
        "to_day": after,
        "days": (after - before).days,
        "moved_on": _day(row.at),
        "reason": row.reason,
    }


def _day(at: datetime) -> date:
    """SQLite gives moments of UTC without a zone."""
    aware = at if at.tzinfo else at.replace(tzinfo=UTC)
    return aware.astimezone(HERE).date()
