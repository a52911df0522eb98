"""A database of an earlier version is brought to today's tables with everything in it."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from sqlalchemy import create_engine, text
from sqlalchemy.orm import Session

from verkstad.storage import Note
from verkstad.storage.base import WRITING, prepare_engine
from verkstad.storage.migrate import _config, is_current, migrate

_FIRST = """
INSERT INTO workshops (id, code, title, place, language, preface, state, revision, meta_revision, join_secret,
                       screen_view, message, created_at)
VALUES (1, 'ABCDEF', 'Kvällen', '', 'sv', '', 'open', 2, 1, 'x', 'join', '', '2026-11-01 18:00:00');
INSERT INTO groups (workshop_id, number, name, revision) VALUES (1, 3, '', 1);
INSERT INTO notes (workshop_id, id, created_revision, revision, group_number, text, source, late)
VALUES (1, 'n1', 2, 2, 3, 'Fler träffar', 'phone', 0);
INSERT INTO mutations (workshop_id, id, actor, revision, received_at) VALUES (1, 'n1', 'p', 2, '2026-11-01 18:00:00')
"""


def test_an_evening_of_the_first_version_is_kept(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'v.db'}")
    prepare_engine(engine)
    with engine.execution_options(**WRITING).begin() as connection:
        command.upgrade(_config(connection=connection), "0001")
        for statement in _FIRST.split(";"):
            connection.execute(text(statement))
    assert not is_current(engine)
    migrate(engine)
    assert is_current(engine)
    with Session(engine) as session:
        assert [(note.id, note.text, note.group_number) for note in session.query(Note)] == [("n1", "Fler träffar", 3)]
        assert session.scalar(text("SELECT count(*) FROM mutations")) == 1
        assert not session.execute(text("PRAGMA foreign_key_check")).all()
