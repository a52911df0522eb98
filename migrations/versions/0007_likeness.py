"""which notes say nearly the same, and which are most like each

Revision ID: 0007
Revises: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("notes", sa.Column("near", sa.JSON(), nullable=True))
    op.add_column("note_vectors", sa.Column("nearest", sa.JSON(), nullable=True))


def downgrade() -> None:
    op.drop_column("note_vectors", "nearest")
    op.drop_column("notes", "near")
