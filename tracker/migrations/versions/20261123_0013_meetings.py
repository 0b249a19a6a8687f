"""review meetings."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

POINTS_TO = {
    "meetings": {"chair_id": "persons", "created_by_id": "persons"},
    "meeting_groups": {"meeting_id": "meetings", "group_id": "working_groups"},
    "meeting_recorders": {"meeting_id": "meetings", "person_id": "persons"},
    "attendances": {"meeting_id": "meetings", "person_id": "persons"},
    "meeting_entries": {
        "meeting_id": "meetings",
        "group_id": "working_groups",
        "workstream_id": "workstreams",
        "decision_id": "decisions",
        "task_id": "tasks",
        "person_id": "persons",
        "decided_by_id": "persons",
    },
    "meeting_minutes": {"meeting_id": "meetings", "issued_by_id": "persons"},
}
PAIRS = {"meeting_groups": "group_id", "meeting_recorders": "person_id"}


def _keys(table):
    return [
        sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}"))
        for column, other in POINTS_TO[table].items()
    ]


def upgrade():
    op.create_table(
        "meetings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("begins", sa.Time(), nullable=True),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("chair_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("reopened_for", sa.String(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        *_keys("meetings"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meetings")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_meetings_held_on"), "meetings", ["held_on"])
    for table, column in PAIRS.items():
        op.create_table(
            table,
            sa.Column("meeting_id", sa.Integer(), nullable=False),
            sa.Column(column, sa.Integer(), nullable=False),
            *_keys(table),
            sa.PrimaryKeyConstraint("meeting_id", column, name=op.f(f"pk_{table}")),
        )
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])
    op.create_table(
        "attendances",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("post", sa.String(), nullable=False),
        sa.Column("presence", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        *_keys("attendances"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendances")),
        sa.UniqueConstraint(
            "meeting_id", "person_id", name=op.f("uq_attendances_meeting_id_person_id")
        ),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_attendances_person_id"), "attendances", ["person_id"])
    op.create_table(
        "meeting_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("workstream_id", sa.Integer(), nullable=True),
        sa.Column("decision_id", sa.Integer(), nullable=True),
        sa.Column("task_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("struck_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        *_keys("meeting_entries"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_entries")),
        sa.UniqueConstraint("uid", name=op.f("uq_meeting_entries_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_meeting_entries_meeting_id_id", "meeting_entries", ["meeting_id", "id"])
    for column in ("decision_id", "task_id"):
        op.create_index(op.f(f"ix_meeting_entries_{column}"), "meeting_entries", [column])
    op.create_table(
        "meeting_minutes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("document_number", sa.String(), nullable=False),
        sa.Column("document_date", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column(
            "facts", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("issued_by_id", sa.Integer(), nullable=True),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        *_keys("meeting_minutes"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_minutes")),
        sa.UniqueConstraint(
            "meeting_id", "revision", name=op.f("uq_meeting_minutes_meeting_id_revision")
        ),
        sqlite_autoincrement=True,
    )


def downgrade():
    op.drop_table("meeting_minutes")
    op.drop_table("meeting_entries")
    op.drop_table("attendances")
    op.drop_table("meeting_recorders")
    op.drop_table("meeting_groups")
    op.drop_table("meetings")
