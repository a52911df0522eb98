"""when the words of a line were last changed

Revision ID: 0016
Revises: 0015
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("summary_lines", sa.Column("words_revision", sa.Integer(), server_default="0", nullable=False))
    op.execute("UPDATE summary_lines SET words_revision = revision")


def downgrade() -> None:
    op.drop_column("summary_lines", "words_revision")
