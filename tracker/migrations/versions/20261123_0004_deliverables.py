"""deliverables and their stages."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

JSON = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")
# SQLite makes the table anew: ids must still never be given twice.
ANEW = {"table_kwargs": {"sqlite_autoincrement": True}}


def upgrade():
    op.create_table(
        "deliverable_kinds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=True),
        sa.Column("strand", sa.String(length=40), nullable=False),
        sa.Column("source", sa.String(), nullable=True),
        sa.Column("is_verified", sa.Boolean(), nullable=False),
        sa.Column("is_retired", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliverable_kinds")),
        sa.UniqueConstraint("code", name=op.f("uq_deliverable_kinds_code")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "stages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("is_repeatable", sa.Boolean(), nullable=False),
        sa.Column("window", sa.Integer(), nullable=True),
        sa.Column("window_unit", sa.String(length=40), nullable=True),
        sa.Column("window_source", sa.String(), nullable=True),
        sa.Column("is_retired", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["kind_id"], ["deliverable_kinds.id"], name=op.f("fk_stages_kind_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stages")),
        sa.UniqueConstraint("kind_id", "code", name=op.f("uq_stages_kind_id_code")),
        sqlite_autoincrement=True,
    )
    _deliverables()
    _moves()
    _imports()
    with op.batch_alter_table("comments", **ANEW) as batch_op:
        batch_op.add_column(sa.Column("deliverable_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            op.f("fk_comments_deliverable_id"), "deliverables", ["deliverable_id"], ["id"]
        )
        batch_op.create_index(op.f("ix_comments_deliverable_id"), ["deliverable_id"])


def _deliverables():
    op.create_table(
        "deliverables",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("workstream_id", sa.Integer(), nullable=False),
        sa.Column("kind_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("title_en", sa.String(), nullable=True),
        sa.Column("relation", sa.String(length=40), nullable=True),
        sa.Column("based_on", sa.String(), nullable=True),
        sa.Column("replaces", sa.String(), nullable=True),
        sa.Column("ics", sa.String(), nullable=True),
        sa.Column("committee", sa.String(), nullable=True),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("lead_unit_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("source_id", sa.String(), nullable=True),
        sa.Column("stage_id", sa.Integer(), nullable=True),
        sa.Column("stage_on", sa.Date(), nullable=True),
        sa.Column("iteration", sa.Integer(), nullable=False),
        sa.Column("folded", sa.String(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("trash_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        *(
            sa.ForeignKeyConstraint([name], [to], name=op.f(f"fk_deliverables_{name}"))
            for name, to in (
                ("group_id", "working_groups.id"),
                ("workstream_id", "workstreams.id"),
                ("kind_id", "deliverable_kinds.id"),
                ("owner_id", "persons.id"),
                ("lead_unit_id", "units.id"),
                ("stage_id", "stages.id"),
                ("created_by_id", "persons.id"),
                ("trash_id", "trash.id"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliverables")),
        sa.UniqueConstraint("code", name=op.f("uq_deliverables_code")),
        sqlite_autoincrement=True,
    )
    for columns in (
        ["group_id", "kind_id", "stage_id"],
        ["workstream_id"],
        ["kind_id", "stage_id"],
        ["source_id"],
        ["owner_id"],
        ["trash_id"],
    ):
        op.create_index(f"ix_deliverables_{'_'.join(columns)}", "deliverables", columns)


def _moves():
    op.create_table(
        "stage_moves",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("deliverable_id", sa.Integer(), nullable=False),
        sa.Column("stage_id", sa.Integer(), nullable=True),
        sa.Column("iteration", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=True),
        sa.Column("document_number", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("corrects_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        *(
            sa.ForeignKeyConstraint([name], [to], name=op.f(f"fk_stage_moves_{name}"))
            for name, to in (
                ("deliverable_id", "deliverables.id"),
                ("stage_id", "stages.id"),
                ("corrects_id", "stage_moves.id"),
                ("person_id", "persons.id"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stage_moves")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_stage_moves_deliverable_id", "stage_moves", ["deliverable_id"])
    op.create_table(
        "stage_milestones",
        sa.Column("milestone_id", sa.Integer(), nullable=False),
        sa.Column("deliverable_id", sa.Integer(), nullable=False),
        sa.Column("stage_id", sa.Integer(), nullable=False),
        *(
            sa.ForeignKeyConstraint([name], [to], name=op.f(f"fk_stage_milestones_{name}"))
            for name, to in (
                ("milestone_id", "milestones.id"),
                ("deliverable_id", "deliverables.id"),
                ("stage_id", "stages.id"),
            )
        ),
        sa.PrimaryKeyConstraint("milestone_id", name=op.f("pk_stage_milestones")),
    )
    op.create_index("ix_stage_milestones_deliverable_id", "stage_milestones", ["deliverable_id"])


def _imports():
    op.create_table(
        "deliverable_imports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("workstream_id", sa.Integer(), nullable=False),
        sa.Column("kind_id", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("rows", JSON, nullable=False),
        sa.Column("problems", JSON, nullable=False),
        sa.Column("counts", JSON, nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        *(
            sa.ForeignKeyConstraint([name], [to], name=op.f(f"fk_deliverable_imports_{name}"))
            for name, to in (
                ("group_id", "working_groups.id"),
                ("workstream_id", "workstreams.id"),
                ("kind_id", "deliverable_kinds.id"),
                ("person_id", "persons.id"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliverable_imports")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_deliverable_imports_group_id", "deliverable_imports", ["group_id"])


def downgrade():
    # The release before knows neither how to find nor how to show what is about a deliverable.
    op.execute("DELETE FROM search_entries WHERE kind = 'deliverable'")
    op.execute("DELETE FROM comments WHERE deliverable_id IS NOT NULL")
    with op.batch_alter_table("comments", **ANEW) as batch_op:
        batch_op.drop_index(op.f("ix_comments_deliverable_id"))
        batch_op.drop_constraint(op.f("fk_comments_deliverable_id"), type_="foreignkey")
        batch_op.drop_column("deliverable_id")
    for table in (
        "deliverable_imports",
        "stage_milestones",
        "stage_moves",
        "deliverables",
        "stages",
        "deliverable_kinds",
    ):
        op.drop_table(table)
