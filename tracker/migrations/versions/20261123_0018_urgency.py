"""how soon a report has to arrive."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

CODE = sa.String(length=40)


def upgrade():
    op.add_column("reports", sa.Column("urgency", CODE, nullable=False, server_default="none"))


def downgrade():
    op.drop_column("reports", "urgency")
