"""Two desks that want the same note, and files that are taken while people write: F25, F27."""

from __future__ import annotations

import asyncio
import json
import random
import time
from pathlib import Path
from typing import Any

import pytest
from msgspec import structs

from factories import make_hall, mutation
from faults.conftest import Figures
from faults.driver import Crowd
from faults.evidence import stored_notes, studio_token
from faults.phones import Follower
from faults.test_kills import crowd_at, let_it_run
from running import Server, eventually
from verkstad.domain.workshop_file import FileTheme
from verkstad.services.exports import evening_of
from verkstad.storage import Note, Workshop

THEMES = ("t1", "t2", "t3")


async def move(desk: Follower, note: str, times: int) -> None:
    """Moves of one note, one after the other, to where chance says."""
    for _ in range(times):
        moved = mutation("theme.move", note=note, theme=random.choice([*THEMES, None]))
        answer: dict[str, Any] = {}
        while not answer.get("results"):  # who is too fast is told to wait, and asks again with the same id
            assert desk.line is not None
            answer = await desk.line.call("push", {"mutations": [moved]}, patience=30)
            await asyncio.sleep(answer.get("retry_after", 0))
        assert answer["results"][0]["status"] in {"ok", "duplicate"}, answer


def fight_over_a_note(server: Server, figures: Figures, moves: int) -> None:
    themes = tuple(FileTheme(id=theme, label=f"Tema {theme}", question=None, notes=()) for theme in THEMES)
    code, workshop = server.import_evening(structs.replace(make_hall(4), themes=themes))
    desks = [studio_token(server, workshop) for _ in range(2)]
    with Crowd(server.base, code, groups=4, phones=8, boards=desks) as crowd:
        note = crowd.say(crowd.phones[0], "Den omstridda lappen")
        first, second = crowd.boards
        eventually(lambda: note in first.notes and note in second.notes)
        crowd.write(5)

        async def both() -> None:
            await asyncio.gather(move(first, note, moves), move(second, note, moves))

        crowd.call(both(), seconds=300)
        crowd.write(0)
        with server.database() as session:
            stored = session.get_one(Note, (workshop, note))
            evening = evening_of(session, session.get_one(Workshop, workshop))
        held = [theme.id for theme in evening.themes if note in theme.notes]
        assert held == ([stored.theme_id] if stored.theme_id else [])
        begun = time.monotonic()
        for desk in (first, second):
            eventually(lambda desk=desk: desk.notes[note]["revision"] == stored.desk_revision)
            assert desk.notes[note]["theme"] == stored.theme_id
        figures(moves=2 * moves, agreed_s=time.monotonic() - begun)
        verdict = crowd.finish(lambda: stored_notes(server, workshop))
    assert verdict.faults == {}


def test_two_desks_move_the_same_note(server: Server, figures: Figures) -> None:
    fight_over_a_note(server, figures, 100)


@pytest.mark.long
def test_two_desks_move_the_same_note_a_thousand_times(installation: Server, figures: Figures) -> None:
    fight_over_a_note(installation, figures, 500)


def take_files_while_people_write(server: Server, tmp_path: Path, figures: Figures, files: int) -> None:
    """A file's notes are those of the revision that stands in it, neither one more nor one less."""
    taken: list[tuple[int, set[str]]] = []
    with crowd_at(server, phones=40, tables=8, rate=60, figures=figures) as crowd:
        with server.database() as session:
            workshop = session.query(Workshop).one()
            for _ in range(files):
                evening = evening_of(session, workshop)
                taken.append((evening.revision or 0, {note.id for note in evening.notes}))
                let_it_run(crowd, 5)
            path = tmp_path / "evening.json"
            server.run("export", workshop.code, "--as", "json", "-o", str(path))
            written = json.loads(path.read_text())
            taken.append((written["revision"], {note["id"] for note in written["notes"]}))
        crowd.settle()
        stored = stored_notes(server, workshop.id)
    for revision, notes in taken:
        assert notes == {note.id for note in stored if note.revision <= revision}
    assert len({revision for revision, _ in taken}) == len(taken), "somebody wrote between every two files"
    figures(files=len(taken))


def test_files_taken_while_people_write(installation: Server, tmp_path: Path, figures: Figures) -> None:
    take_files_while_people_write(installation, tmp_path, figures, 20)
