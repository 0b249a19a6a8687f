"""directives."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "directives",
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("given_by_id", sa.Integer(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recalled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("recalled_why", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["task_id"], ["tasks.id"], name=op.f("fk_directives_task_id")),
        sa.ForeignKeyConstraint(
            ["given_by_id"], ["persons.id"], name=op.f("fk_directives_given_by_id")
        ),
        sa.PrimaryKeyConstraint("task_id", name=op.f("pk_directives")),
    )
    op.create_index("ix_directives_given_by_id_given_at", "directives", ["given_by_id", "given_at"])


def downgrade():
    op.drop_table("directives")
