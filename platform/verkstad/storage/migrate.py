"""Bringing a database to the tables of this version."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Engine, inspect, text

from verkstad.assets import asset_root
from verkstad.storage.base import WRITING

if TYPE_CHECKING:
    from alembic.config import Config


def migrate(engine: Engine) -> None:
    """Run every migration the database has not seen."""
    from alembic import command  # a tenth of a server's memory, and nothing to do on most days

    with engine.execution_options(**WRITING).begin() as connection:
        if connection.dialect.name == "postgresql":  # several that migrate at once do so one after the other
            connection.execute(text("SELECT pg_advisory_xact_lock(hashtext('verkstad migrate'))"))
        command.upgrade(_config(connection=connection), "head")


def is_current(engine: Engine) -> bool:
    """Whether the database is at this version's tables."""
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return False
        return list(connection.scalars(text("SELECT version_num FROM alembic_version"))) == [newest_revision()]


def newest_revision() -> str:
    """The last of our migrations: they are numbered, and one follows on another."""
    numbers = (re.match(r"\d{4}(?=_)", file.name) for file in (Path(asset_root("migrations")) / "versions").iterdir())
    return max(number.group() for number in numbers if number)


def _config(**attributes: object) -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(asset_root("migrations"))).replace("%", "%%"))
    config.attributes.update(attributes)
    return config
