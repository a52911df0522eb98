"""Bringing a database to the tables of this version."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, text

from verkstad.assets import asset_root


def migrate(engine: Engine) -> None:
    """Run every migration the database has not seen."""
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":  # several that migrate at once do so one after the other
            connection.execute(text("SELECT pg_advisory_xact_lock(hashtext('verkstad migrate'))"))
        command.upgrade(_config(connection=connection), "head")


def is_current(engine: Engine) -> bool:
    """Whether the database is at this version's tables."""
    with engine.connect() as connection:
        heads = MigrationContext.configure(connection).get_current_heads()
    return set(heads) == set(ScriptDirectory.from_config(_config()).get_heads())


def _config(**attributes: object) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(asset_root("migrations"))).replace("%", "%%"))
    config.attributes.update(attributes)
    return config
