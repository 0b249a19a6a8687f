"""reports: regimes, templates, frozen records, long exports, readers."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

JSON = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
ANEW = {"table_kwargs": {"sqlite_autoincrement": True}}
POINTS_TO = {"unit_id": "units", "regime_id": "report_regimes", "template_id": "report_templates"}
CODE = sa.String(length=40)
FILLED = {
    "kind": (CODE, "periodic"),
    "arranged_by": (CODE, "group"),
    "orientation": (CODE, "portrait"),
    "revision": (sa.Integer(), 0),
    "reason": (sa.String(), ""),
    "remarks": (sa.String(), ""),
    "folded": (sa.String(), ""),
}
ONE_A_PERIOD = "uq_reports_regime_id_period"


def upgrade():
    op.create_table(
        "report_templates",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("uploaded_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["uploaded_by_id"], ["persons.id"], name=op.f("fk_report_templates_uploaded_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_templates")),
        sa.UniqueConstraint("name", name=op.f("uq_report_templates_name")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "report_regimes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("arranged_by", sa.String(length=40), nullable=False),
        sa.Column("addressee", sa.String(), nullable=False),
        sa.Column("recipients", sa.String(), nullable=False),
        sa.Column("period_kind", sa.String(length=40), nullable=False),
        sa.Column("basis", sa.String(length=40), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=True),
        sa.Column("closing_day", sa.Integer(), nullable=True),
        sa.Column("closing_months", JSON, nullable=False),
        sa.Column("working_days", sa.Integer(), nullable=False),
        sa.Column("orientation", sa.String(length=40), nullable=False),
        sa.Column("template_id", sa.Integer(), nullable=True),
        sa.Column("responsible_id", sa.Integer(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"], ["working_groups.id"], name=op.f("fk_report_regimes_group_id")
        ),
        sa.ForeignKeyConstraint(
            ["responsible_id"], ["persons.id"], name=op.f("fk_report_regimes_responsible_id")
        ),
        sa.ForeignKeyConstraint(
            ["template_id"], ["report_templates.id"], name=op.f("fk_report_regimes_template_id")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_report_regimes_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_regimes")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_report_regimes_group_id"), "report_regimes", ["group_id"])
    op.create_index(op.f("ix_report_regimes_responsible_id"), "report_regimes", ["responsible_id"])
    op.create_index(op.f("ix_report_regimes_template_id"), "report_regimes", ["template_id"])
    op.create_index(op.f("ix_report_regimes_unit_id"), "report_regimes", ["unit_id"])

    op.create_table(
        "report_records",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("submission", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("submitted_by_id", sa.Integer(), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("approved_by_id", sa.Integer(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("document_number", sa.String(), nullable=False),
        sa.Column("document_date", sa.Date(), nullable=True),
        sa.Column("issued_by_id", sa.Integer(), nullable=True),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["approved_by_id"], ["persons.id"], name=op.f("fk_report_records_approved_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["issued_by_id"], ["persons.id"], name=op.f("fk_report_records_issued_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["report_id"], ["reports.id"], name=op.f("fk_report_records_report_id")
        ),
        sa.ForeignKeyConstraint(
            ["submitted_by_id"], ["persons.id"], name=op.f("fk_report_records_submitted_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_records")),
        sa.UniqueConstraint(
            "report_id",
            "revision",
            "submission",
            name=op.f("uq_report_records_report_id_revision_submission"),
        ),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "report_reads",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name=op.f("fk_report_reads_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["record_id"], ["report_records.id"], name=op.f("fk_report_reads_record_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_reads")),
        sa.UniqueConstraint(
            "record_id", "person_id", name=op.f("uq_report_reads_record_id_person_id")
        ),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_report_reads_person_id"), "report_reads", ["person_id"])

    with op.batch_alter_table("report_files", **ANEW) as batch:
        batch.add_column(sa.Column("record_id", sa.Integer(), nullable=True))
        batch.alter_column("content", existing_type=sa.LargeBinary(), nullable=True)
        batch.create_index(op.f("ix_report_files_record_id"), ["record_id"])
        batch.create_foreign_key(
            op.f("fk_report_files_record_id"), "report_records", ["record_id"], ["id"]
        )

    op.create_table(
        "report_exports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=True),
        sa.Column("format", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("error", sa.String(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["file_id"], ["report_files.id"], name=op.f("fk_report_exports_file_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name=op.f("fk_report_exports_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["record_id"], ["report_records.id"], name=op.f("fk_report_exports_record_id")
        ),
        sa.ForeignKeyConstraint(
            ["report_id"], ["reports.id"], name=op.f("fk_report_exports_report_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_exports")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_report_exports_file_id"), "report_exports", ["file_id"])
    op.create_index("ix_report_exports_person_id_id", "report_exports", ["person_id", "id"])
    op.create_index(op.f("ix_report_exports_record_id"), "report_exports", ["record_id"])
    op.create_index(op.f("ix_report_exports_report_id"), "report_exports", ["report_id"])
    _add_to_reports()


def _add_to_reports():
    """In place, as plain SQL: to make the table anew would drop what refers to it on SQLite."""
    for name, other in POINTS_TO.items():
        op.execute(
            f"ALTER TABLE reports ADD COLUMN {name} INTEGER"
            f" CONSTRAINT fk_reports_{name} REFERENCES {other} (id)"
        )
        op.create_index(f"ix_reports_{name}", "reports", [name])
    op.add_column("reports", sa.Column("due_on", sa.Date(), nullable=True))
    for name, (type_, value) in FILLED.items():
        op.add_column("reports", sa.Column(name, type_, nullable=False, server_default=str(value)))
    op.create_index(ONE_A_PERIOD, "reports", ["regime_id", "period"], unique=True)


def downgrade():
    for table in ("report_exports", "report_reads"):
        op.drop_table(table)
    op.execute("DELETE FROM report_files WHERE content IS NULL")
    with op.batch_alter_table("report_files", **ANEW) as batch:
        batch.drop_constraint("fk_report_files_record_id", type_="foreignkey")
        batch.drop_index("ix_report_files_record_id")
        batch.drop_column("record_id")
        batch.alter_column("content", existing_type=sa.LargeBinary(), nullable=False)
    op.drop_table("report_records")
    # What refers to the table waits beside it while it is made anew.
    op.execute("CREATE TABLE kept_files AS SELECT * FROM report_files")
    op.execute("DELETE FROM report_files")
    op.drop_index(ONE_A_PERIOD, "reports")
    for name in POINTS_TO:
        op.drop_index(f"ix_reports_{name}", "reports")
    with op.batch_alter_table("reports", **ANEW) as batch:
        for name in (*POINTS_TO, "due_on", *FILLED):
            batch.drop_column(name)
    op.execute("INSERT INTO report_files SELECT * FROM kept_files")
    op.execute("DROP TABLE kept_files")
    for table in ("report_regimes", "report_templates"):
        op.drop_table(table)
