"""what the machine proposes, and what it knows of notes

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sortings",
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("seen", sa.Integer(), nullable=False),
        sa.Column("begun", sa.Boolean(), nullable=False),
        sa.Column("asked", sa.Boolean(), nullable=False),
        sa.Column("method", sa.String(length=20), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshops.id"], name=op.f("fk_sortings_workshop_id_workshops"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("workshop_id", name=op.f("pk_sortings")),
    )
    # What is there already is looked at when somebody asks, or writes more: a finished evening stays as it was.
    op.execute(
        sa.text(
            "INSERT INTO sortings (workshop_id, seen, begun, asked, revision)"
            " SELECT id, revision, false, false, 0 FROM workshops"
        )
    )
    op.create_table(
        "suggestions",
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("dismissed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshops.id"], name=op.f("fk_suggestions_workshop_id_workshops"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("workshop_id", "id", name=op.f("pk_suggestions")),
    )
    op.create_index("ix_suggestions_workshop_revision", "suggestions", ["workshop_id", "revision"])
    op.create_table(
        "note_vectors",
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("note_id", sa.String(length=64), nullable=False),
        sa.Column("encoder", sa.String(length=40), nullable=False),
        sa.Column("digest", sa.LargeBinary(length=16), nullable=False),
        sa.Column("vector", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workshop_id", "note_id"],
            ["notes.workshop_id", "notes.id"],
            name=op.f("fk_note_vectors_workshop_id_notes"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workshop_id", "note_id", name=op.f("pk_note_vectors")),
    )


def downgrade() -> None:
    op.drop_table("note_vectors")
    op.drop_table("suggestions")
    op.drop_table("sortings")
