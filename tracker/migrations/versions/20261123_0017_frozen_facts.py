"""the facts of reports become records."""

import json
import zlib
from collections import defaultdict
from hashlib import sha256

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

# As the tables and the lines were when this was written: the models may go on.
JSON = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
MOMENT = sa.DateTime(timezone=True)
REPORTS = sa.table(
    "reports",
    sa.column("id"),
    sa.column("state"),
    sa.column("revision"),
    sa.column("facts", JSON),
    sa.column("facts_sha256"),
    sa.column("person_id"),
    sa.column("updated_at", MOMENT),
)
RECORDS = sa.table(
    "report_records",
    sa.column("id"),
    sa.column("report_id"),
    sa.column("revision"),
    sa.column("submission"),
    sa.column("reason"),
    sa.column("body", sa.LargeBinary()),
    sa.column("sha256"),
    sa.column("submitted_by_id"),
    sa.column("submitted_at", MOMENT),
    sa.column("approved_by_id"),
    sa.column("approved_at", MOMENT),
    sa.column("document_number"),
)
HISTORY = sa.table(
    "history",
    sa.column("id"),
    sa.column("kind"),
    sa.column("subject_id"),
    sa.column("field"),
    sa.column("person_id"),
)
GUARDS = {
    "sqlite": (
        "DROP TRIGGER IF EXISTS report_records_refuse_update",
        "DROP TRIGGER IF EXISTS report_records_refuse_delete",
        "DROP TRIGGER IF EXISTS report_records_refuse_replace",
    ),
    "postgresql": (
        "DROP TRIGGER IF EXISTS report_records_refuse_change ON report_records",
        "DROP TRIGGER IF EXISTS report_records_refuse_truncate ON report_records",
    ),
}


def upgrade():
    """Who closed a report approved what it said; only the clerk's number is not known."""
    bind = op.get_bind()
    closed = sa.select(REPORTS.c.id).where(
        REPORTS.c.state == "issued", REPORTS.c.facts.is_not(None)
    )
    for report_id in bind.execute(closed.order_by(REPORTS.c.id)).scalars().all():
        report = bind.execute(sa.select(REPORTS).where(REPORTS.c.id == report_id)).one()
        by = _closed_by(bind, report_id)
        body, digest = _frozen(report.facts)
        bind.execute(
            sa.insert(RECORDS).values(
                report_id=report_id,
                revision=0,
                submission=1,
                reason="",
                body=body,
                sha256=digest,
                submitted_by_id=report.person_id,
                submitted_at=report.updated_at,
                approved_by_id=by,
                approved_at=report.updated_at,
                document_number="",
            )
        )
    bind.execute(sa.update(REPORTS).where(REPORTS.c.state == "issued").values(state="approved"))
    # Added and taken away in place: to make the table anew would drop what refers to it on SQLite.
    op.drop_column("reports", "facts")
    op.drop_column("reports", "facts_sha256")


def downgrade():
    """The release before knows drafts, and closed reports with the facts they said last."""
    bind = op.get_bind()
    op.add_column("reports", sa.Column("facts", JSON, nullable=True))
    op.add_column("reports", sa.Column("facts_sha256", sa.String(), nullable=True))
    kept = sa.select(RECORDS.c.report_id, sa.func.max(RECORDS.c.id).label("record_id")).group_by(
        RECORDS.c.report_id
    )
    closed = set(
        bind.execute(
            sa.select(REPORTS.c.id).where(REPORTS.c.state.in_(["approved", "issued"]))
        ).scalars()
    )
    for row in bind.execute(kept).all():
        if row.report_id in closed:
            body = bind.execute(
                sa.select(RECORDS.c.body).where(RECORDS.c.id == row.record_id)
            ).scalar_one()
            facts = _thawed(body)
            bind.execute(
                sa.update(REPORTS)
                .where(REPORTS.c.id == row.report_id)
                .values(facts=facts, facts_sha256=_digest(facts))
            )
    bind.execute(sa.update(REPORTS).where(REPORTS.c.id.in_(closed)).values(state="issued"))
    bind.execute(
        sa.update(REPORTS)
        .where(REPORTS.c.state.in_(["submitted", "returned"]))
        .values(state="draft")
    )
    op.execute("DELETE FROM report_reads")
    op.execute("UPDATE report_files SET record_id = NULL")
    op.execute("UPDATE report_exports SET record_id = NULL")
    for statement in GUARDS[bind.dialect.name]:
        op.execute(statement)
    op.execute("DELETE FROM report_records")


def _closed_by(bind, report_id):
    """Whoever changed its state last."""
    query = sa.select(HISTORY.c.person_id).where(
        HISTORY.c.kind == "report",
        HISTORY.c.subject_id == report_id,
        HISTORY.c.field == "state",
    )
    return bind.execute(query.order_by(HISTORY.c.id.desc()).limit(1)).scalar()


def _frozen(facts):
    """As lines: all but the lists of rows, then every row; compressed, and the lines' digest.

    The mark that the files of the report carry stays among them.
    """
    rows = {name: value for name, value in facts.items() if _is_table(value)}
    head = {name: value for name, value in facts.items() if name not in rows}
    lines = [_line(head), *(_line({name: row}) for name in rows for row in rows[name])]
    text = b"".join(lines)
    return zlib.compress(text), sha256(text).hexdigest()


def _thawed(body):
    head, *lines = zlib.decompress(body).splitlines()
    found = defaultdict(list)
    for line in lines:
        for name, row in json.loads(line).items():
            found[name].append(row)
    return {**json.loads(head), **found}


def _is_table(value):
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)


def _line(value):
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return f"{text}\n".encode()


def _digest(facts):
    return sha256(json.dumps(facts, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
