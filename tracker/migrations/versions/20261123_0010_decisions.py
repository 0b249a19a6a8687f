"""decisions wanted, and what directors put off."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

JSON = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
PERSONS = ("wanted_from_id", "asked_by_id", "decided_by_id", "answered_by_id")
ENDS = {"task_id": "tasks.id", "milestone_id": "milestones.id"}


def upgrade():
    op.create_table(
        "decisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("background", sa.String(), nullable=False),
        sa.Column("options", JSON, nullable=False),
        sa.Column("recommended", sa.Integer(), nullable=True),
        sa.Column("wanted_from_id", sa.Integer(), nullable=False),
        sa.Column("wanted_by", sa.Date(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("chosen", sa.Integer(), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("document_number", sa.String(), nullable=True),
        sa.Column("document_date", sa.Date(), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_because", sa.String(), nullable=True),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"], ["working_groups.id"], name=op.f("fk_decisions_group_id")
        ),
        *(
            sa.ForeignKeyConstraint([name], ["persons.id"], name=op.f(f"fk_decisions_{name}"))
            for name in PERSONS
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decisions")),
        sa.UniqueConstraint("code", name=op.f("uq_decisions_code")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_decisions_group_id"), "decisions", ["group_id"])
    is_open = sa.text("state = 'open'")
    op.create_index(
        "ix_decisions_group_id_open",
        "decisions",
        ["group_id"],
        postgresql_where=is_open,
        sqlite_where=is_open,
    )
    op.create_table(
        "decision_links",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=True),
        sa.Column("milestone_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(task_id IS NULL) <> (milestone_id IS NULL)", name=op.f("ck_decision_links_one_item")
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decisions.id"], name=op.f("fk_decision_links_decision_id")
        ),
        *(
            sa.ForeignKeyConstraint([name], [target], name=op.f(f"fk_decision_links_{name}"))
            for name, target in ENDS.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_links")),
        *(
            sa.UniqueConstraint(
                "decision_id", name, name=op.f(f"uq_decision_links_decision_id_{name}")
            )
            for name in ENDS
        ),
        sqlite_autoincrement=True,
    )
    for name in ENDS:
        op.create_index(op.f(f"ix_decision_links_{name}"), "decision_links", [name])
    op.create_table(
        "attention_hides",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("gravity", JSON, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name=op.f("fk_attention_hides_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attention_hides")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_attention_hides_person_id_subject", "attention_hides", ["person_id", "subject"]
    )


def downgrade():
    op.drop_table("attention_hides")
    op.drop_table("decision_links")
    op.drop_table("decisions")
