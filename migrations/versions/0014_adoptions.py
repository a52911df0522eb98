"""adopted versions and their files

Revision ID: 0014
Revises: 0013
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

FORMATS = ("docx", "odt", "pdf", "md", "html", "xlsx", "csv", "json")
VIEWS = ("groups", "questions", "themes", "full", "easy", "minutes")
FAILURES = ("changed", "broken")


def _word(name: str, words: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=False, length=20)


def upgrade() -> None:
    op.create_table(
        "adoptions",
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("address", sa.String(length=40), nullable=True),
        sa.Column("verify", sa.String(length=500), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("views", sa.JSON(), nullable=False),
        sa.Column("adopted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failure", _word("failure", FAILURES), nullable=True),
        sa.Column("reopened_by", sa.String(length=200), nullable=True),
        sa.Column("reopened_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshops.id"], name=op.f("fk_adoptions_workshop_id_workshops"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("workshop_id", "version", name=op.f("pk_adoptions")),
        sa.UniqueConstraint("address", name=op.f("uq_adoptions_address")),
    )
    op.create_table(
        "adopted_files",
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("fmt", _word("format", FORMATS), nullable=False),
        sa.Column("view", _word("view", VIEWS), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("warnings", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workshop_id", "version"],
            ["adoptions.workshop_id", "adoptions.version"],
            name=op.f("fk_adopted_files_workshop_id_adoptions"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workshop_id", "version", "fmt", "view", name=op.f("pk_adopted_files")),
    )


def downgrade() -> None:
    op.drop_table("adopted_files")
    op.drop_table("adoptions")
