"""how notes are sorted, and the log of who sorted them

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

# For a reference SQLite has to copy the notes, and the copy must be what 0002 made of them. A table that others refer
# to cannot be copied; it need not be for a column whose default is a plain text.
_NOTES = {"table_kwargs": {"sqlite_with_rowid": False}}
_SECOND = "fk_notes_workshop_id_second_themes"


def upgrade() -> None:
    op.add_column("workshops", sa.Column("theme_order", sa.String(length=20), server_default="groups", nullable=False))
    op.add_column("themes", sa.Column("named", sa.Boolean(), server_default="0", nullable=False))
    op.add_column("themes", sa.Column("keywords", sa.JSON(), server_default="[]", nullable=False))
    op.add_column("themes", sa.Column("quotation_id", sa.String(length=64), nullable=True))
    op.add_column("themes", sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("notes", **_NOTES) as batch_op:
        batch_op.add_column(sa.Column("by_person", sa.Boolean(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("sure", sa.Boolean(), server_default="1", nullable=False))
        batch_op.add_column(sa.Column("second_theme_id", sa.String(length=64), nullable=True))
        batch_op.add_column(sa.Column("side", sa.String(length=20), nullable=True))
        batch_op.add_column(sa.Column("asks", sa.String(length=20), nullable=True))
        batch_op.add_column(sa.Column("sorted_revision", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(_SECOND, "themes", ["workshop_id", "second_theme_id"], ["workshop_id", "id"])
    # Until now only people made themes and placed notes.
    op.execute(sa.text("UPDATE themes SET named = true"))
    op.execute(sa.text("UPDATE notes SET by_person = true WHERE theme_id IS NOT NULL"))
    op.create_table(
        "actions",
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("created_revision", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=200), nullable=True),
        sa.Column("actor", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("undoes", sa.String(length=64), nullable=True),
        sa.Column("undone_by", sa.String(length=64), nullable=True),
        sa.Column("skipped", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshops.id"], name=op.f("fk_actions_workshop_id_workshops"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("workshop_id", "id", name=op.f("pk_actions")),
    )
    op.create_index("ix_actions_workshop_revision", "actions", ["workshop_id", "revision"])


def downgrade() -> None:
    op.drop_table("actions")
    with op.batch_alter_table("notes", **_NOTES) as batch_op:
        batch_op.drop_constraint(_SECOND, type_="foreignkey")
        for column in ("sorted_revision", "asks", "side", "second_theme_id", "sure", "by_person"):
            batch_op.drop_column(column)
    for column in ("removed_at", "quotation_id", "keywords", "named"):
        op.drop_column("themes", column)
    op.drop_column("workshops", "theme_order")
