"""A whole evening from a file into the database, with every id and time that the file gives."""

from __future__ import annotations

from datetime import datetime

import msgspec
from fractional_indexing import generate_n_keys_between
from sqlalchemy.orm import Session

from verkstad.domain.errors import N_, Invalid
from verkstad.domain.workshop import State
from verkstad.domain.workshop_file import FileAdopted, FileLine, FileNote, FileQuestion, FileVoting, WorkshopFile
from verkstad.services.workshops import Details, add_workshop
from verkstad.storage import (
    Account,
    Adoption,
    Group,
    MinutesRow,
    Note,
    Question,
    Round,
    Sorting,
    SummaryLine,
    Theme,
    Voting,
    Workshop,
    begin_write,
)
from verkstad.storage.base import now

# More than any evening has, and room left to count on from.
_MAX_COUNT = 1_000_000_000


def create_from_file(
    session: Session,
    evening: WorkshopFile,
    *,
    owner: Account | None = None,
    open: bool = False,  # noqa: A002
) -> Workshop:
    """A new workshop with a code of its own and all that the file holds.

    With ``open`` it is *öppen* and its first question takes notes. Otherwise it is in the state that an exported file
    names; a file that names none is *stängd* when it has notes and *utkast* when not.

    Raises:
        Invalid: ``bad_count`` when a number that the file tells cannot be one.
    """
    _check_counts(evening)
    begin_write(session)
    details = Details(evening.title, evening.held_on, evening.place, evening.language, evening.expected_themes)
    workshop = add_workshop(session, details, owner=owner, preface=evening.preface)
    workshop.participants_stated, workshop.theme_order = evening.participants, evening.theme_order
    # Notes take the revisions after the first, one each: their order of arrival is the file's. What an export counted
    # beyond that is kept, so that the same evening goes out under the same revision again.
    workshop.revision = workshop.meta_revision = max(1 + len(evening.notes), evening.revision or 0)
    # Rows that are referred to are sent before those that refer to them.
    session.add_all(_questions(workshop, evening))
    session.add_all(Group(workshop_id=workshop.id, number=g.number, name=g.name) for g in evening.groups)
    session.flush()
    session.add_all(_themes(workshop, evening))
    if evening.themes:  # sorted already: the machine places what comes after it, and leaves this as it is
        session.add(Sorting(workshop_id=workshop.id, seen=workshop.revision))
    session.add_all(_rounds(workshop, evening))
    session.flush()
    session.add_all(_notes(workshop, evening))
    session.add_all(_voting(workshop, voting) for voting in evening.votings)
    if evening.minutes is not None:
        session.add(MinutesRow(workshop_id=workshop.id, content=msgspec.to_builtins(evening.minutes)))
    session.add_all(_lines(workshop, evening))
    _enter_state(session, workshop, evening, open)
    if workshop.state is State.ADOPTED and evening.adopted is not None:
        session.add(_adoption(workshop, evening.adopted))
    session.commit()
    return workshop


def _check_counts(evening: WorkshopFile) -> None:
    for field, count in (("revision", evening.revision), ("participants", evening.participants)):
        if count is not None and not 0 <= count <= _MAX_COUNT:
            message = N_("“%(field)s” must be a whole number from 0 to %(limit)s.")
            raise Invalid("bad_count", message, field=field, limit=_MAX_COUNT)


def _questions(workshop: Workshop, evening: WorkshopFile) -> list[Question]:
    return [
        Question(workshop_id=workshop.id, id=q.id, position=n, prompt=q.prompt, help=q.help, easy=q.easy, kind=q.kind)
        for n, q in enumerate(evening.questions, 1)
    ]


def _themes(workshop: Workshop, evening: WorkshopFile) -> list[Theme]:
    return [
        Theme(
            workshop_id=workshop.id,
            id=theme.id,
            label=theme.label,
            named=theme.named,
            keywords=list(theme.keywords),
            quotation_id=theme.quotation,
            question_id=theme.question,
            position=n,
            revision=workshop.revision,
        )
        for n, theme in enumerate(evening.themes, 1)
    ]


def _rounds(workshop: Workshop, evening: WorkshopFile) -> list[Round]:
    return [_round(workshop, q) for q in evening.questions if q.opened_at or q.closed_at or q.shared]


def _round(workshop: Workshop, question: FileQuestion) -> Round:
    return Round(
        workshop_id=workshop.id,
        question_id=question.id,
        opened_at=question.opened_at,
        closed_at=question.closed_at,
        shared_at=(question.opened_at or now()) if question.shared else None,
        revision=workshop.revision,
    )


def _notes(workshop: Workshop, evening: WorkshopFile) -> list[Note]:
    places = {note: (theme.id, n) for theme in evening.themes for n, note in enumerate(theme.notes, 1)}
    rows = []
    for revision, note in enumerate(evening.notes, 2):
        theme_id, theme_position = places.get(note.id, (None, None))
        row = _note(workshop, note, revision)
        row.theme_id, row.theme_position = theme_id, theme_position
        row.by_person = theme_id is not None if note.by_person is None else note.by_person
        rows.append(row)
    return rows


def _note(workshop: Workshop, note: FileNote, revision: int) -> Note:
    row = Note(
        workshop_id=workshop.id,
        id=note.id,
        created_revision=revision,
        revision=revision,
        group_number=note.group,
        question_id=note.question,
        text=note.text,
        source=note.source,
        late=note.late,
        created_at=note.created_at,
        edited_at=note.edited_at,
        withdrawn_at=note.withdrawn_at,
        sure=note.sure,
        second_theme_id=note.second,
        side=note.side,
        asks=note.asks,
    )
    if note.hidden is not None:
        row.hidden_at = note.hidden.at or note.created_at or now()
        row.hidden_by, row.hidden_reason = note.hidden.by, note.hidden.reason
    return row


def _lines(workshop: Workshop, evening: WorkshopFile) -> list[SummaryLine]:
    sections: dict[str, list[FileLine]] = {}
    for line in evening.lines:
        sections.setdefault(line.section, []).append(line)
    return [
        _line(workshop, line, place)
        for lines in sections.values()
        for line, place in zip(lines, generate_n_keys_between(None, None, len(lines)), strict=True)
    ]


def _line(workshop: Workshop, line: FileLine, place: str) -> SummaryLine:
    return SummaryLine(
        workshop_id=workshop.id,
        id=line.id,
        section=line.section,
        place=place,
        text=line.text,
        note_ids=list(line.notes),
        theme_id=line.theme,
        written_by=line.by,
        written_at=line.at,
        revision=workshop.revision,
        words_revision=workshop.revision,
    )


def _voting(workshop: Workshop, voting: FileVoting) -> Voting:
    return Voting(
        workshop_id=workshop.id,
        id=voting.id,
        on=voting.on,
        each=voting.each,
        dots=voting.dots,
        question_id=voting.question,
        choices=[[each.id, each.text] for each in voting.result],
        opened_at=voting.opened_at,
        closed_at=voting.closed_at,
        result=[[each.id, each.text, each.dots] for each in voting.result],
        lost=voting.lost,
        voters=voting.voters,
        is_open=False,
        revision=workshop.revision,
        cast_revision=workshop.revision,
    )


def _enter_state(session: Session, workshop: Workshop, evening: WorkshopFile, opened: bool) -> None:
    started, ended = _span(evening)
    if opened:
        workshop.state, workshop.opened_at = State.OPEN, started or now()
        _open_first(session, workshop, evening)
        return
    workshop.state = evening.state or (State.CLOSED if evening.notes else State.DRAFT)
    if workshop.state != State.DRAFT:
        workshop.opened_at = started
    if workshop.state not in {State.DRAFT, State.OPEN}:
        workshop.closed_at = ended


def _adoption(workshop: Workshop, adopted: FileAdopted) -> Adoption:
    """That it was adopted in another installation, which has the files and the page where they are checked."""
    return Adoption(
        workshop_id=workshop.id,
        version=adopted.version,
        verify=adopted.verify,
        title=workshop.title,
        by=adopted.by,
        at=adopted.at,
        revision=workshop.revision,
        views=[],
        adopted_at=adopted.at,
    )


def _span(evening: WorkshopFile) -> tuple[datetime | None, datetime | None]:
    """When the first and the last thing that has a time happened."""
    times = [t for q in evening.questions for t in (q.opened_at, q.closed_at) if t]
    times += [n.created_at for n in evening.notes if n.created_at]
    return (min(times), max(times)) if times else (None, None)


def _open_first(session: Session, workshop: Workshop, evening: WorkshopFile) -> None:
    """Open the first question in file order and softly close any other that the file has open."""
    moment = now()
    for n, question in enumerate(evening.questions):
        row = session.get(Round, (workshop.id, question.id))
        if n == 0:
            row = row or _round(workshop, question)
            row.opened_at, row.closed_at = row.opened_at or moment, None
            session.add(row)
        elif row is not None and row.is_open:
            row.closed_at = moment
