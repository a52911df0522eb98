"""since when nothing but new notes has come to a workshop

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("workshops") as batch_op:
        batch_op.add_column(sa.Column("plain_since", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("plain_to", sa.Integer(), server_default="0", nullable=False))


def downgrade() -> None:
    # Not by copying the table: on SQLite that deletes what refers to the workshops. So wherever a column is dropped.
    op.drop_column("workshops", "plain_to")
    op.drop_column("workshops", "plain_since")
