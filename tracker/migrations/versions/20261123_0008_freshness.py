"""when an item was last confirmed."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

# As the tables and rules were when this was written: the models may go on.
JSON = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
HERE = timezone(timedelta(hours=7))
OPEN = "AND status NOT IN ('done', 'dropped') AND parent_id IS NULL"
TABLES = {"task": "tasks", "milestone": "milestones"}
# Somebody's "vẫn đúng", or somebody's or an import's word on status, progress, dates, the end;
# what pushed it along, an undoing and what was undone are nobody's word on it.
LAST_WORD = """
UPDATE {table} SET confirmed_at = (
  SELECT MAX(said.at) FROM (
    SELECT c.at FROM confirmations c WHERE c.{kind}_id = {table}.id
    UNION ALL
    SELECT h.at FROM history h
    WHERE h.kind = '{kind}' AND h.subject_id = {table}.id
      AND h.field IN
        ('status', 'progress', 'forecast', 'due', 'finished_on', 'baseline', 'closed_on')
      AND (h.person_id IS NOT NULL OR h.cause LIKE 'import:%')
      AND h.cause NOT LIKE 'undo:%' AND h.cause <> 'cascade' AND h.cause NOT LIKE 'cascade:%'
      AND NOT EXISTS (
        SELECT 1 FROM imports i
        WHERE i.undone_at IS NOT NULL AND h.cause = 'import:' || CAST(i.id AS VARCHAR))
  ) AS said
)
"""


def upgrade():
    for kind, table in TABLES.items():
        # Added in place: to make the table anew would drop what the database keeps beside it.
        op.add_column(table, sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True))
        op.execute(LAST_WORD.format(kind=kind, table=table))
    _tell_summaries(op.get_bind())


def downgrade():
    _hush_summaries(op.get_bind())
    for table in TABLES.values():
        op.drop_column(table, "confirmed_at")


# ---------------------------------------------------------------- what the board reads

SUMMARIES = sa.table("summaries", sa.column("workstream_id"), sa.column("facts", JSON))


def _tell_summaries(connection: sa.Connection) -> None:
    """Add to the facts of each workstream when its open items were last confirmed."""
    tasks, milestones = defaultdict(Counter), defaultdict(dict)
    for row in _items(connection, "tasks", OPEN):
        tasks[row.workstream_id][_day(row.said)] += 1
    for row in _items(connection, "milestones"):
        milestones[row.workstream_id][row.code] = _day(row.said).isoformat()
    for workstream_id, facts in connection.execute(sa.select(SUMMARIES)).all():
        days, said = tasks[workstream_id], milestones[workstream_id]
        facts["confirmed"] = [[day.isoformat(), number] for day, number in sorted(days.items())]
        facts["milestones"] = [
            [*each[:5], said.get(each[0])] for each in facts.get("milestones", ())
        ]
        _store(connection, workstream_id, facts)


def _hush_summaries(connection: sa.Connection) -> None:
    for workstream_id, facts in connection.execute(sa.select(SUMMARIES)).all():
        facts.pop("confirmed", None)
        facts["milestones"] = [each[:5] for each in facts.get("milestones", ())]
        _store(connection, workstream_id, facts)


def _items(connection: sa.Connection, table: str, which: str = "") -> Iterator[sa.Row]:
    said = sa.text(
        f"SELECT workstream_id, code, COALESCE(confirmed_at, created_at) AS said FROM {table} "  # noqa: S608 - words of this file
        f"WHERE deleted_at IS NULL {which}"
    ).columns(said=sa.DateTime(timezone=True))
    return iter(connection.execute(said))


def _store(connection: sa.Connection, workstream_id: int, facts: dict[str, object]) -> None:
    this = SUMMARIES.c.workstream_id == workstream_id
    connection.execute(sa.update(SUMMARIES).where(this).values(facts=facts))


def _day(at: datetime) -> date:
    """SQLite gives moments of UTC without a zone."""
    aware = at if at.tzinfo else at.replace(tzinfo=UTC)
    return aware.astimezone(HERE).date()
