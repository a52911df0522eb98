"""From the database to a file: an evening read at one revision, and rendered."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from verkstad import documents
from verkstad.domain.errors import N_
from verkstad.domain.minutes import Minutes
from verkstad.domain.roles import Actor, Right
from verkstad.domain.workshop_file import (
    FORMAT,
    FileAdopted,
    FileGroup,
    FileHidden,
    FileLine,
    FileNote,
    FileQuestion,
    FileSum,
    FileTheme,
    FileVoting,
    WorkshopFile,
)
from verkstad.services.findings import Masking
from verkstad.services.imports.checks import NAME, PREFACE, REASON, TITLE
from verkstad.services.minutes import minutes_of
from verkstad.services.words import words_of
from verkstad.storage import Note, Participant, Round, Theme, Voting, Workshop
from verkstad.storage.adoption import files_of, standing
from verkstad.storage.base import begin_read, now
from verkstad.storage.line import lines_of
from verkstad.storage.note import notes_since
from verkstad.storage.theme import themes_of
from verkstad.storage.vote import votings_of
from verkstad.storage.workshop import groups_of, questions_of, rounds_of

# What a view is called, on the file as in the list that it was chosen from.
VIEWS = {
    documents.View.GROUPS: N_("By group"),
    documents.View.QUESTIONS: N_("By question"),
    documents.View.THEMES: N_("By theme"),
    documents.View.FULL: N_("Full summary"),
    documents.View.EASY: N_("Easy to read"),
    documents.View.MINUTES: N_("Minutes"),
}


@dataclass(frozen=True)
class Export:
    """A produced file, the name to save it under, its media type, and what falls short in it."""

    content: bytes
    filename: str
    mime: str
    warnings: tuple[str, ...] = ()


def export_workshop(session: Session, actor: Actor, fmt: documents.Format, view: documents.View) -> Export:
    """The summary of the actor's workshop as a file."""
    actor.check(Right.EXPORT)
    return export_of(session, session.get_one(Workshop, actor.workshop), fmt, view)


def export_of(session: Session, workshop: Workshop, fmt: documents.Format, view: documents.View) -> Export:
    """The summary of a workshop as a file: of an adopted one the very file that was adopted, if there is such a one."""
    adopted = standing(session, workshop)
    if adopted is not None:
        for file in files_of(session, adopted):
            if file.fmt is fmt and (fmt.is_data or file.view is view):
                return Export(file.content, file.name, fmt.mime, tuple(file.warnings))
    evening = evening_of(session, workshop)
    if evening.adopted is not None and not fmt.is_data:  # the same content, and no file that anybody can check
        evening = msgspec.structs.replace(evening, adopted=msgspec.structs.replace(evening.adopted, verify=""))
    return export_evening(evening, fmt, view)


def export_evening(evening: WorkshopFile, fmt: documents.Format, view: documents.View) -> Export:
    """The summary of an evening as a file, in the evening's own language."""
    words = words_of(evening.language)
    warnings: list[str] = []
    content = documents.render(evening, fmt, view, words, warnings.append)
    what = "" if fmt.is_data else words.gettext(VIEWS[view])
    parts = [evening.title, evening.held_on.isoformat() if evening.held_on else "", what]
    filename = "-".join(filter(None, map(_slug, parts))) + f".{fmt.extension}"
    return Export(content, filename, fmt.mime, tuple(warnings))


def evening_of(session: Session, workshop: Workshop) -> WorkshopFile:
    """A whole workshop as data, all of one moment: that of the revision it names. What is masked is so in it."""
    begin_read(session)
    session.expire_all()  # a rehearsal has had the evening's rows in its session since before it began
    rounds = rounds_of(session, workshop.id)
    notes = notes_since(session, workshop.id, 0)
    masking = Masking(session, workshop)
    themes = themes_of(session, workshop.id)
    named = {t.id: t.named for t in themes}
    joined = session.scalar(select(func.count()).where(Participant.workshop_id == workshop.id)) or 0
    return WorkshopFile(
        format=FORMAT,
        title=workshop.title,
        held_on=workshop.held_on,
        place=workshop.place,
        language=workshop.language,  # type: ignore[arg-type]  # checked when it was stored
        questions=tuple(
            FileQuestion(id=q.id, prompt=q.prompt, help=q.help, easy=q.easy, **_round(rounds.get(q.id)))
            for q in questions_of(session, workshop.id)
        ),
        groups=tuple(
            FileGroup(number=g.number, name=masking.around(g.name, NAME)) for g in groups_of(session, workshop.id)
        ),
        notes=tuple(_note(n, masking) for n in notes),
        themes=tuple(_theme(t, notes, masking) for t in themes),
        minutes=_minutes(session, workshop.id),
        lines=_lines(session, workshop.id, masking),
        theme_order=workshop.theme_order,
        expected_themes=tuple(workshop.expected_themes.splitlines()),
        votings=tuple(_voting(v, masking, named) for v in votings_of(session, workshop.id) if not v.is_open),
        preface=masking.around(workshop.preface, PREFACE),
        participants=(workshop.participants_stated or 0) + joined or None,
        state=workshop.state,
        adopted=_adopted(session, workshop),
        code=workshop.code,
        revision=workshop.revision,
        exported_at=now(),
    )


def _adopted(session: Session, workshop: Workshop) -> FileAdopted | None:
    adopted = standing(session, workshop)
    return FileAdopted(adopted.version, adopted.at, adopted.by, adopted.verify) if adopted else None


def _minutes(session: Session, workshop_id: int) -> Minutes | None:
    written = minutes_of(session, workshop_id)
    return written.minutes if written.revision else None


def _round(round_: Round | None) -> dict[str, Any]:
    if round_ is None:
        return {}
    return {"opened_at": round_.opened_at, "closed_at": round_.closed_at, "shared": round_.shared_at is not None}


def _note(note: Note, masking: Masking) -> FileNote:
    hidden = None
    if note.hidden_at is not None:
        reason = masking.around(note.hidden_reason or "", REASON)
        hidden = FileHidden(reason=reason, by=note.hidden_by or "", at=note.hidden_at)
    return FileNote(
        id=note.id,
        group=note.group_number,
        text=masking.told(note) if note.withdrawn_at is None else "",
        question=note.question_id,
        source=note.source,
        created_at=note.created_at,
        late=note.late,
        edited_at=note.edited_at,
        withdrawn_at=note.withdrawn_at,
        hidden=hidden,
        by_person=note.by_person,
        sure=note.sure,
        second=note.second_theme_id,
        side=note.side,
        asks=note.asks,
    )


def _theme(theme: Theme, notes: list[Note], masking: Masking) -> FileTheme:
    return FileTheme(
        id=theme.id,
        label=masking.label(theme.label, theme.named, TITLE),
        question=theme.question_id,
        notes=_placed(theme.id, notes),
        named=theme.named,
        keywords=masking.keywords(theme.keywords),
        quotation=theme.quotation_id,
    )


def _lines(session: Session, workshop_id: int, masking: Masking) -> tuple[FileLine, ...]:
    there = {theme.id for theme in themes_of(session, workshop_id)}
    return tuple(
        FileLine(
            id=line.id,
            section=line.section,
            text=masking.told(line),
            notes=tuple(line.note_ids),
            theme=line.theme_id if line.theme_id in there else None,
            by=line.written_by,
            at=line.written_at,
        )
        for line in lines_of(session, workshop_id)
    )


def _voting(voting: Voting, masking: Masking, named: Mapping[str, bool]) -> FileVoting:
    assert voting.closed_at is not None
    return FileVoting(
        id=voting.id,
        on=voting.on,
        each=voting.each,
        dots=voting.dots,
        opened_at=voting.opened_at,
        closed_at=voting.closed_at,
        result=tuple(
            FileSum(on, masking.label(text, named.get(on, True), TITLE), dots) for on, text, dots in voting.result
        ),
        question=voting.question_id,
        voters=voting.voters,
        lost=voting.lost,
    )


def _placed(theme_id: str, notes: list[Note]) -> tuple[str, ...]:
    inside = [n for n in notes if n.theme_id == theme_id]
    return tuple(n.id for n in sorted(inside, key=lambda n: n.theme_position or 0))


def _slug(text: str) -> str:
    """A file name everyone's computer takes: ASCII letters and digits, hyphens between."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9]+", "-", plain).strip("-").lower()[:60]
