"""snapshots of every night."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

COUNTS = ("done", "total", "overdue", "blocked", "milestones_soon", "open_items", "fresh_items")


def upgrade():
    op.create_table(
        "snapshot_values",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("value", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_snapshot_values")),
        sa.UniqueConstraint("digest", name=op.f("uq_snapshot_values_digest")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "snapshots",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("rules_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["rules_id"], ["snapshot_values.id"], name=op.f("fk_snapshots_rules_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_snapshots")),
        sa.UniqueConstraint("at", name=op.f("uq_snapshots_at")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_snapshots_day"), "snapshots", ["day"])
    op.create_table(
        "snapshot_cells",
        sa.Column("snapshot_id", sa.Integer(), nullable=False),
        sa.Column("workstream_id", sa.Integer(), nullable=False),
        sa.Column("health", sa.String(length=40), nullable=False),
        sa.Column("declared", sa.String(length=40), nullable=True),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in COUNTS),
        sa.Column("facts_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["snapshot_id"], ["snapshots.id"], name=op.f("fk_snapshot_cells_snapshot_id")
        ),
        sa.ForeignKeyConstraint(
            ["workstream_id"], ["workstreams.id"], name=op.f("fk_snapshot_cells_workstream_id")
        ),
        sa.ForeignKeyConstraint(
            ["facts_id"], ["snapshot_values.id"], name=op.f("fk_snapshot_cells_facts_id")
        ),
        sa.PrimaryKeyConstraint("snapshot_id", "workstream_id", name=op.f("pk_snapshot_cells")),
    )


def downgrade():
    op.drop_table("snapshot_cells")
    op.drop_table("snapshots")
    op.drop_table("snapshot_values")
