"""who typed a note in from paper

Revision ID: 0015
Revises: 0014
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("notes", sa.Column("entered_by", sa.String(length=200), nullable=True))


def downgrade() -> None:
    # Not by copying the table, see 0003.
    op.drop_column("notes", "entered_by")
