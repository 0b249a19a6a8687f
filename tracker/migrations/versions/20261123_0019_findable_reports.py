"""reports that were written before are found by their text."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from tracker.lib.text import fold

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

JSON = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
REPORTS = sa.table(
    "reports",
    sa.column("id"),
    sa.column("group_id"),
    sa.column("period"),
    sa.column("narrative", JSON),
    sa.column("folded"),
)
GROUPS = sa.table("working_groups", sa.column("id"), sa.column("key"), sa.column("name"))


def upgrade():
    base = op.get_bind()
    found = sa.select(
        REPORTS.c.id, REPORTS.c.period, REPORTS.c.narrative, GROUPS.c.key, GROUPS.c.name
    )
    joined = found.select_from(REPORTS.outerjoin(GROUPS, GROUPS.c.id == REPORTS.c.group_id)).where(
        REPORTS.c.folded == ""
    )
    for report in base.execute(joined).all():
        whose = (report.key, report.name) if report.key else ("Tất cả các tổ",)
        texts = ("Báo cáo", report.period, *whose, *(report.narrative or {}).values())
        folded = " ".join(filter(None, map(fold, texts)))
        base.execute(sa.update(REPORTS).where(REPORTS.c.id == report.id).values(folded=folded))


def downgrade():
    """The column goes with the revision before the last."""
