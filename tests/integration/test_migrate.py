"""A database of an earlier version is brought to today's tables with everything in it."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from sqlalchemy import create_engine, inspect, text
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from factories import make_workshop, sit_down
from sorting import act
from verkstad.storage import Base, Note, Theme
from verkstad.storage.base import WRITING, prepare_engine
from verkstad.storage.migrate import _config, is_current, migrate

_FIRST = """
INSERT INTO workshops (id, code, title, place, language, preface, state, revision, meta_revision, join_secret,
                       screen_view, message, created_at)
VALUES (1, 'ABCDEF', 'Kvällen', '', 'sv', '', 'open', 2, 1, 'x', 'join', '', '2026-11-01 18:00:00');
INSERT INTO groups (workshop_id, number, name, revision) VALUES (1, 3, '', 1);
INSERT INTO themes (workshop_id, id, label, position, revision) VALUES (1, 't1', 'Träffar', 1, 1);
INSERT INTO notes (workshop_id, id, created_revision, revision, group_number, text, source, late, theme_id)
VALUES (1, 'n1', 2, 2, 3, 'Fler träffar', 'phone', 0, 't1');
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
        [note] = session.query(Note)
        assert (note.id, note.text, note.group_number) == ("n1", "Fler träffar", 3)
        assert (note.theme_id, note.by_person, note.sure, note.sorted_revision) == ("t1", True, True, None)
        assert [(theme.label, theme.named, theme.keywords) for theme in session.query(Theme)] == [("Träffar", True, [])]
        assert session.scalar(text("SELECT count(*) FROM mutations")) == 1
        assert not session.execute(text("PRAGMA foreign_key_check")).all()


def test_migrating_comes_to_the_tables_of_today_and_back(engine: Engine) -> None:
    """Also in how SQLite keeps them: copying a table must not give it row ids again."""
    today = _tables(engine)
    fresh = create_engine("sqlite://")
    Base.metadata.create_all(fresh)
    if engine.dialect.name == "sqlite":
        assert _kept_by_id(engine) == _kept_by_id(fresh) == {"notes", "mutations"}
    assert today == _tables(fresh)
    with engine.execution_options(**WRITING).begin() as connection:
        command.downgrade(_config(connection=connection), "0003")
        command.upgrade(_config(connection=connection), "head")
    assert _tables(engine) == today


def test_going_back_and_forth_loses_no_note(engine: Engine, session: Session) -> None:
    """Also on SQLite, where a table that is copied takes with it what refers to it."""
    workshop = make_workshop(session)
    note = act(session, sit_down(session, workshop), "note.add", question="q1", text="Fler träffar")
    session.commit()
    with engine.execution_options(**WRITING).begin() as connection:
        command.downgrade(_config(connection=connection), "0002")
        command.upgrade(_config(connection=connection), "head")
        assert connection.execute(text("SELECT id, text FROM notes")).all() == [(note, "Fler träffar")]
        assert connection.scalar(text("SELECT count(*) FROM participants")) == 1


def _tables(engine: Engine) -> dict[str, object]:
    """The columns, keys and references of each table, by name."""
    found = inspect(engine)
    return {
        table: (
            {column["name"]: column["nullable"] for column in found.get_columns(table)},
            {tuple(key["constrained_columns"]): key["referred_table"] for key in found.get_foreign_keys(table)},
            sorted(index["name"] or "" for index in found.get_indexes(table) if not index["unique"]),
            found.get_pk_constraint(table)["constrained_columns"],
        )
        for table in found.get_table_names()
        if table != "alembic_version"
    }


def _kept_by_id(engine: Engine) -> set[str]:
    with engine.connect() as connection:
        return set(connection.scalars(text("SELECT name FROM sqlite_master WHERE sql LIKE '%WITHOUT ROWID%'")))
