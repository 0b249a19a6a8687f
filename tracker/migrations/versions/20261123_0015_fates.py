"""An index of the changes that tell what became of a task."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade():
    tells_fate = sa.text(
        "kind || '' = 'task' AND (field IN ('created', 'trashed', 'restored', 'finished_on')"
        " OR field = 'status' AND (CAST(new AS VARCHAR) = '\"dropped\"'"
        " OR CAST(old AS VARCHAR) = '\"dropped\"'))"
    )
    op.create_index(
        "ix_history_fates",
        "history",
        ["at", "subject_id"],
        sqlite_where=tells_fate,
        postgresql_where=tells_fate,
    )


def downgrade():
    op.drop_index("ix_history_fates", table_name="history")
