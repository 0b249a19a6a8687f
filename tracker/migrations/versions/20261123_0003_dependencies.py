"""what waits for what."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

ENDS = ("task", "milestone")


def upgrade():
    op.create_table(
        "dependencies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("predecessor_task_id", sa.Integer(), nullable=True),
        sa.Column("predecessor_milestone_id", sa.Integer(), nullable=True),
        sa.Column("successor_task_id", sa.Integer(), nullable=True),
        sa.Column("successor_milestone_id", sa.Integer(), nullable=True),
        sa.Column("lag", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(predecessor_task_id IS NULL) <> (predecessor_milestone_id IS NULL)",
            name=op.f("ck_dependencies_one_predecessor"),
        ),
        sa.CheckConstraint(
            "(successor_task_id IS NULL) <> (successor_milestone_id IS NULL)",
            name=op.f("ck_dependencies_one_successor"),
        ),
        sa.CheckConstraint(
            "predecessor_task_id <> successor_task_id", name=op.f("ck_dependencies_not_own_task")
        ),
        sa.CheckConstraint(
            "predecessor_milestone_id <> successor_milestone_id",
            name=op.f("ck_dependencies_not_own_milestone"),
        ),
        sa.CheckConstraint("lag >= 0", name=op.f("ck_dependencies_lag_not_negative")),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["persons.id"], name=op.f("fk_dependencies_created_by_id")
        ),
        *(
            sa.ForeignKeyConstraint(
                [f"{side}_{end}_id"], [f"{end}s.id"], name=op.f(f"fk_dependencies_{side}_{end}_id")
            )
            for side in ("predecessor", "successor")
            for end in ENDS
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dependencies")),
        *(
            sa.UniqueConstraint(
                f"predecessor_{before}_id",
                f"successor_{after}_id",
                name=op.f(f"uq_dependencies_predecessor_{before}_id_successor_{after}_id"),
            )
            for before in ENDS
            for after in ENDS
        ),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("dependencies", schema=None) as batch_op:
        for end in ENDS:
            batch_op.create_index(
                batch_op.f(f"ix_dependencies_successor_{end}_id"),
                [f"successor_{end}_id"],
                unique=False,
            )


def downgrade():
    op.drop_table("dependencies")
