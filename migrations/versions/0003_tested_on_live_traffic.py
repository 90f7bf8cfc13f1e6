"""Whether a text says that it was tested on live traffic; what was read before is read again by the next run."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("facts", sa.Column("tested", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("facts", sa.Column("tested_quote", sa.Text(), server_default="", nullable=False))
    op.execute("UPDATE facts SET text_hash = ''")
