"""calendar feeds, and what stands on the days of a month."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "calendar_feeds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("scope", sa.String(length=40), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("with_tasks", sa.Boolean(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_read_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "(scope = 'group') = (group_id IS NOT NULL)", name=op.f("ck_calendar_feeds_scope")
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_calendar_feeds_account_id")
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["working_groups.id"], name=op.f("fk_calendar_feeds_group_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_feeds")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_calendar_feeds_token_hash")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_calendar_feeds_account_id", "calendar_feeds", ["account_id"])
    standing = sa.text("deleted_at IS NULL")
    for day in ("due", "forecast"):
        op.create_index(
            f"ix_tasks_{day}_standing",
            "tasks",
            [day, "status", "group_id", "workstream_id"],
            postgresql_where=standing,
            sqlite_where=standing,
        )


def downgrade():
    for day in ("due", "forecast"):
        op.drop_index(f"ix_tasks_{day}_standing", table_name="tasks")
    op.drop_table("calendar_feeds")
