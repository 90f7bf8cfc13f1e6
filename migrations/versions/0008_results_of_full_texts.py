"""The live figures that a full text gives beyond its abstract."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("papers", sa.Column("results", sa.Text(), server_default="[]", nullable=False))
