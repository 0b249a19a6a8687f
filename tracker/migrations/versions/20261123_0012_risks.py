"""difficulties and risks."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

# SQLite makes the table anew: ids must still never be given twice.
ANEW = {"table_kwargs": {"sqlite_autoincrement": True}}
POINTS_TO = {
    "group_id": "working_groups",
    "workstream_id": "workstreams",
    "owner_id": "persons",
    "created_by_id": "persons",
}
BLOCKED = ("task", "milestone")


def upgrade():
    op.create_table(
        "risks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("workstream_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("likelihood", sa.Integer(), nullable=True),
        sa.Column("impact", sa.Integer(), nullable=True),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("treatment", sa.String(length=40), nullable=True),
        sa.Column("response", sa.String(), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("happened_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("likelihood BETWEEN 1 AND 5", name=op.f("ck_risks_likelihood_on_scale")),
        sa.CheckConstraint("impact BETWEEN 1 AND 5", name=op.f("ck_risks_impact_on_scale")),
        sa.CheckConstraint(
            "kind <> 'risk' OR (likelihood IS NOT NULL AND impact IS NOT NULL)",
            name=op.f("ck_risks_risk_judged"),
        ),
        *(
            sa.ForeignKeyConstraint([column], [f"{table}.id"], name=op.f(f"fk_risks_{column}"))
            for column, table in POINTS_TO.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_risks")),
        sa.UniqueConstraint("code", name=op.f("uq_risks_code")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_risks_owner_id"), "risks", ["owner_id"])
    op.create_index(op.f("ix_risks_workstream_id"), "risks", ["workstream_id"])
    op.create_index("ix_risks_group_id_closed_on", "risks", ["group_id", "closed_on"])
    op.create_table(
        "blockings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("risk_id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=True),
        sa.Column("milestone_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(task_id IS NULL) <> (milestone_id IS NULL)", name=op.f("ck_blockings_one_item")
        ),
        *(
            sa.ForeignKeyConstraint(
                [f"{end}_id"], [f"{end}s.id"], name=op.f(f"fk_blockings_{end}_id")
            )
            for end in ("risk", *BLOCKED)
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_blockings")),
        *(
            sa.UniqueConstraint("risk_id", f"{end}_id", name=op.f(f"uq_blockings_risk_id_{end}_id"))
            for end in BLOCKED
        ),
        sqlite_autoincrement=True,
    )
    for end in BLOCKED:
        op.create_index(op.f(f"ix_blockings_{end}_id"), "blockings", [f"{end}_id"])
    with op.batch_alter_table("comments", **ANEW) as batch_op:
        batch_op.add_column(sa.Column("risk_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(op.f("fk_comments_risk_id"), "risks", ["risk_id"], ["id"])
        batch_op.create_index(op.f("ix_comments_risk_id"), ["risk_id"])


def downgrade():
    # The release before knows neither how to find nor how to show what is about a risk.
    op.execute("DELETE FROM search_entries WHERE kind = 'risk'")
    op.execute("DELETE FROM comments WHERE risk_id IS NOT NULL")
    with op.batch_alter_table("comments", **ANEW) as batch_op:
        batch_op.drop_index(op.f("ix_comments_risk_id"))
        batch_op.drop_constraint(op.f("fk_comments_risk_id"), type_="foreignkey")
        batch_op.drop_column("risk_id")
    op.drop_table("blockings")
    op.drop_table("risks")
