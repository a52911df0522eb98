"""what is decided of names and numbers

Revision ID: 0013
Revises: 0012
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

KINDS = ("identity", "email", "phone", "address", "name", "other")
DECISIONS = ("keep", "mask")


def upgrade() -> None:
    op.create_table(
        "decided_findings",
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("note_id", sa.String(length=64), nullable=True),
        sa.Column("line_id", sa.String(length=64), nullable=True),
        sa.Column("text_hash", sa.String(length=64), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column(
            "found",
            sa.Enum(*KINDS, name="kind", native_enum=False, create_constraint=False, length=20),
            nullable=False,
        ),
        sa.Column(
            "decision",
            sa.Enum(*DECISIONS, name="decision", native_enum=False, create_constraint=False, length=20),
            nullable=True,
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.String(length=200), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workshop_id"],
            ["workshops.id"],
            name=op.f("fk_decided_findings_workshop_id_workshops"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workshop_id", "note_id"],
            ["notes.workshop_id", "notes.id"],
            name=op.f("fk_decided_findings_workshop_id_notes"),
        ),
        sa.ForeignKeyConstraint(
            ["workshop_id", "line_id"],
            ["summary_lines.workshop_id", "summary_lines.id"],
            name=op.f("fk_decided_findings_workshop_id_summary_lines"),
        ),
        sa.PrimaryKeyConstraint("workshop_id", "id", name=op.f("pk_decided_findings")),
    )


def downgrade() -> None:
    op.drop_table("decided_findings")
