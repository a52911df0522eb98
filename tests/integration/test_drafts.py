"""What could stand in a section: made of what people wrote, and of nothing else."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy.orm import Session

from factories import make_workshop
from verkstad.domain.line import MAX_SOURCES
from verkstad.domain.theme import Asks, Side
from verkstad.domain.workshop_file import FileHidden, FileNote, FileTheme
from verkstad.services.drafts import drafts
from verkstad.storage import Workshop

NOTES = (
    FileNote(id="a", group=1, text="Fler träffar", question="q1", side=Side.FOR),
    FileNote(id="b", group=1, text="Träffar på kvällen", question="q1", side=Side.AGAINST),
    FileNote(id="c", group=2, text="Träffa flera", question="q2", side=Side.FOR),
    FileNote(id="d", group=3, text="Vem betalar?", question="q2", asks=Asks.YES),
    FileNote(id="e", group=3, text="Dolt", question="q2", hidden=FileHidden("namn")),
)
THEMES = (
    FileTheme(id="t1", label="Träffar", notes=("a", "b", "c"), quotation="b"),
    FileTheme(id="t2", label="Pengar", notes=("d", "e")),
)


@pytest.fixture
def workshop(session: Session) -> Workshop:
    return make_workshop(session, notes=NOTES, themes=THEMES)


@pytest.mark.parametrize(
    ("section", "offered"),
    [
        (
            "theme:t1",
            [
                ("**Träffar** lyftes av grupp 1 och 2.", "abc"),
                ("Grupp 1 skrev: ”Träffar på kvällen”", "b"),
                ("Grupp 2 skrev: ”Träffa flera”", "c"),
            ],
        ),
        ("theme:t2", [("**Pengar** lyftes av grupp 3.", "d"), ("Grupp 3 skrev: ”Vem betalar?”", "d")]),
        ("voices", [("**Pengar** lyftes av grupp 3.", "d")]),
        ("tensions", [("**Träffar**. För: 2 lappar. Emot: 1 lapp.", "acb")]),
        ("answers", [("Grupp 3 frågar: ”Vem betalar?”", "d")]),
        ("question:q2", [("Här lyftes: **Träffar** och **Pengar**.", "cd")]),
        ("group:1", [("Här lyftes: **Träffar**.", "ab")]),
        ("group:9", []),
        ("theme:gone", []),
        ("intro", []),
    ],
)
def test_a_section_is_offered_what_is_there(session: Session, workshop: Workshop, section: str, offered: Any) -> None:
    found = drafts(session, workshop.id, section)
    assert [(draft["text"], "".join(draft["notes"])) for draft in found] == offered


def test_words_that_would_be_shown_otherwise_are_not_offered(session: Session) -> None:
    notes = (
        FileNote(id="a", group=1, text="*Fler* träffar", question="q1"),
        FileNote(id="b", group=2, text="2 * 3 % träffar", question="q1"),
    )
    themes = (FileTheme(id="t1", label="Tr*äff*ar", notes=("a", "b")),)
    workshop = make_workshop(session, notes=notes, themes=themes)
    assert [draft["text"] for draft in drafts(session, workshop.id, "theme:t1")] == ["Grupp 2 skrev: ”2 * 3 % träffar”"]


def test_more_notes_than_a_line_can_have_are_cut_and_the_sentence_kept(session: Session) -> None:
    notes = tuple(FileNote(id=f"n{n}", group=1, text="Träffar", question="q1") for n in range(MAX_SOURCES + 1))
    theme = FileTheme(id="t1", label="Träffar", notes=tuple(note.id for note in notes))
    raised = drafts(session, make_workshop(session, notes=notes, themes=(theme,)).id, "theme:t1")[0]
    assert raised["text"] == "**Träffar** lyftes av grupp 1."
    assert raised["notes"] == [note.id for note in notes[:MAX_SOURCES]]


def test_the_language_is_the_workshop_s(session: Session) -> None:
    workshop = make_workshop(session, notes=NOTES, themes=THEMES, language="en")
    [raised, *_] = drafts(session, workshop.id, "theme:t1")
    assert raised["text"] == "**Träffar** was raised by groups 1 and 2."
