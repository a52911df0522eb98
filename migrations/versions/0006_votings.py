"""voting with dots, and which theme the screen shows

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("workshops") as batch_op:
        batch_op.add_column(sa.Column("screen_theme", sa.String(length=64), nullable=True))
    op.create_table(
        "votings",
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("on", sa.String(length=20), nullable=False),
        sa.Column("each", sa.String(length=20), nullable=False),
        sa.Column("dots", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.String(length=64), nullable=True),
        sa.Column("choices", sa.JSON(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("result", sa.JSON(), nullable=False),
        sa.Column("lost", sa.Integer(), nullable=False),
        sa.Column("voters", sa.Integer(), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("cast_revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshops.id"], name=op.f("fk_votings_workshop_id_workshops"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("workshop_id", "id", name=op.f("pk_votings")),
    )
    op.create_table(
        "ballots",
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("voting_id", sa.String(length=64), nullable=False),
        sa.Column("voter", sa.String(length=60), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("dots", sa.JSON(), nullable=False),
        sa.Column("laid", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workshop_id", "voting_id"],
            ["votings.workshop_id", "votings.id"],
            name=op.f("fk_ballots_workshop_id_votings"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workshop_id", "voting_id", "voter", name=op.f("pk_ballots")),
    )


def downgrade() -> None:
    op.drop_table("ballots")
    op.drop_table("votings")
    # Not by copying the table, see 0003.
    op.drop_column("workshops", "screen_theme")
