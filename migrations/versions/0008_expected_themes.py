"""themes that are expected of an evening, and whom a token was made for

Revision ID: 0008
Revises: 0007
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("workshops") as batch_op:
        batch_op.add_column(sa.Column("expected_themes", sa.String(), server_default="", nullable=False))
    with op.batch_alter_table("tokens") as batch_op:
        batch_op.add_column(sa.Column("holder", sa.String(length=100), server_default="", nullable=False))


def downgrade() -> None:
    # Not by copying the table, see 0003.
    op.drop_column("tokens", "holder")
    op.drop_column("workshops", "expected_themes")
