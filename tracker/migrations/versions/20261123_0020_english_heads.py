"""what papers say in English of their heads, and by which layout a record is laid out."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

GUARDS = {
    "sqlite": ("DROP TRIGGER IF EXISTS report_records_refuse_update",),
    "postgresql": ("DROP TRIGGER IF EXISTS report_records_refuse_change ON report_records",),
}


def upgrade():
    """In place: to make a table anew would drop what refers to it on SQLite."""
    for name in ("addressee_en", "recipients_en"):
        op.add_column(
            "report_regimes", sa.Column(name, sa.String(), nullable=False, server_default="")
        )
    as_shipped = sa.Column(
        "is_laid_out_as_shipped", sa.Boolean(), nullable=False, server_default=sa.false()
    )
    op.add_column("report_regimes", as_shipped)
    op.add_column("unit_names", sa.Column("head_title_en", sa.String(), nullable=True))
    op.execute(
        "ALTER TABLE report_records ADD COLUMN template_id INTEGER"
        " CONSTRAINT fk_report_records_template_id REFERENCES report_templates (id)"
    )
    op.create_index("ix_report_records_template_id", "report_records", ["template_id"])
    op.execute(
        "UPDATE report_records SET template_id ="
        " (SELECT template_id FROM reports WHERE reports.id = report_records.report_id)"
    )


def downgrade():
    for statement in GUARDS[op.get_bind().dialect.name]:
        op.execute(statement)  # the release before makes its own again
    op.drop_index("ix_report_records_template_id", "report_records")
    op.drop_column("report_records", "template_id")
    op.drop_column("unit_names", "head_title_en")
    for name in ("is_laid_out_as_shipped", "recipients_en", "addressee_en"):
        op.drop_column("report_regimes", name)
