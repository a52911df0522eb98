"""Making a workshop, copying last time's, and changing it before the doors open."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from verkstad.domain.errors import N_, Conflict, NotFound
from verkstad.domain.join_code import new_join_code
from verkstad.domain.question_set import SetQuestion
from verkstad.domain.roles import Role
from verkstad.domain.workshop import State
from verkstad.services.delta import touched
from verkstad.services.ports import Broadcaster
from verkstad.storage import Account, Group, Membership, Note, Participant, Question, Workshop, begin_write
from verkstad.storage.workshop import groups_of, lock_workshop, questions_of

_CODE_ATTEMPTS = 10


@dataclass(frozen=True, slots=True)
class Details:
    """What a workshop says of itself on every page and in every file."""

    title: str
    held_on: date | None
    place: str
    language: str
    expected_themes: tuple[str, ...] = ()


def create_workshop(
    session: Session,
    details: Details,
    *,
    owner: Account | None,
    groups: Sequence[str],
    questions: Iterable[SetQuestion],
) -> Workshop:
    """A draft with one table for each name in ``groups`` and its own copy of the questions.

    Whoever creates it is its facilitator. Without an owner it is nobody's until an admin shares it.
    """
    begin_write(session)
    workshop = add_workshop(session, details, owner=owner)
    session.add_all(Group(workshop_id=workshop.id, number=n, name=name) for n, name in enumerate(groups, 1))
    session.add_all(_rows(workshop.id, questions))
    session.commit()
    return workshop


def copy_workshop(
    session: Session, source_id: int, details: Details, *, owner: Account | None, groups: Sequence[str]
) -> Workshop:
    """A new draft, with a code of its own, that asks what an earlier evening asked under the same question ids."""
    return create_workshop(session, details, owner=owner, groups=groups, questions=asked_in(session, source_id))


def asked_in(session: Session, workshop_id: int) -> list[SetQuestion]:
    """A workshop's questions in the form that a set has them."""
    return [
        SetQuestion(id=q.id, prompt=q.prompt, help=q.help, easy=q.easy, kind="notes")
        for q in questions_of(session, workshop_id)
    ]


def edit_details(
    session: Session,
    workshop_id: int,
    details: Details,
    groups: Sequence[str] | None,
    broadcaster: Broadcaster,
) -> Workshop:
    """Correct what the workshop says of itself; with ``groups``, also how many tables there are and their names.

    Raises:
        Conflict: ``settled`` from *under kontroll* on, ``already_open`` when the tables of an opened workshop are
            given, ``table_in_use`` when a table that would go away has notes or phones.
    """
    begin_write(session)
    workshop = _locked(session, workshop_id)
    if workshop.state not in {State.DRAFT, State.OPEN, State.CLOSED}:
        raise Conflict("settled", N_("The workshop is being reviewed or is adopted. It can no longer be changed here."))
    workshop.title, workshop.held_on = details.title, details.held_on
    workshop.place, workshop.language = details.place, details.language
    workshop.expected_themes = "\n".join(details.expected_themes)
    _touch(workshop)
    if groups is not None:
        _check_draft(workshop)
        _lay_tables(session, workshop, groups)
    session.commit()
    broadcaster.publish(touched(workshop.id, workshop.revision))
    return workshop


def edit_questions(
    session: Session, workshop_id: int, questions: Sequence[SetQuestion], broadcaster: Broadcaster
) -> Workshop:
    """Replace a draft's questions, keeping those with the same id in place.

    Raises:
        Conflict: ``already_open`` when the workshop is no draft, ``question_in_use`` when a question that would go
            away has notes already.
    """
    begin_write(session)
    workshop = _locked(session, workshop_id)
    _check_draft(workshop)
    before = {q.id: q for q in questions_of(session, workshop_id)}
    leaving = before.keys() - {q.id for q in questions}
    used = session.scalar(select(func.count()).where(Note.workshop_id == workshop_id, Note.question_id.in_(leaving)))
    if used:
        raise Conflict("question_in_use", N_("A question that has notes cannot be removed. Change its words instead."))
    for question_id in leaving:
        session.delete(before[question_id])
    for row in _rows(workshop_id, questions):
        session.merge(row)
    _touch(workshop)
    session.commit()
    broadcaster.publish(touched(workshop.id, workshop.revision))
    return workshop


def add_workshop(session: Session, details: Details, *, owner: Account | None, preface: str = "") -> Workshop:
    """A new workshop's row under a join code nobody else has, inside a transaction that the caller ends."""
    for attempts_left in reversed(range(_CODE_ATTEMPTS)):
        workshop = Workshop(
            code=new_join_code(),
            join_secret=secrets.token_urlsafe(16),
            title=details.title,
            held_on=details.held_on,
            place=details.place,
            language=details.language,
            expected_themes="\n".join(details.expected_themes),
            preface=preface,
        )
        try:
            with session.begin_nested():
                session.add(workshop)
                session.flush()
        except IntegrityError:
            # Another workshop has that code already: one in 148 million for each that exists, so draw again.
            if not attempts_left:
                raise
        else:
            break
    if owner is not None:
        session.add(Membership(workshop_id=workshop.id, account_id=owner.id, role=Role.FACILITATOR))
    return workshop


def _locked(session: Session, workshop_id: int) -> Workshop:
    workshop = lock_workshop(session, workshop_id)
    if workshop is None:
        raise NotFound("unknown_workshop", N_("There is no such workshop."))
    return workshop


def _check_draft(workshop: Workshop) -> None:
    if workshop.state != State.DRAFT:
        raise Conflict(
            "already_open", N_("Questions and tables can be changed here only before the workshop has opened.")
        )


def _touch(workshop: Workshop) -> None:
    workshop.revision += 1
    workshop.meta_revision = workshop.revision


def _rows(workshop_id: int, questions: Iterable[SetQuestion]) -> list[Question]:
    return [
        Question(workshop_id=workshop_id, id=q.id, position=n, prompt=q.prompt, help=q.help, easy=q.easy, kind=q.kind)
        for n, q in enumerate(questions, 1)
    ]


def _lay_tables(session: Session, workshop: Workshop, names: Sequence[str]) -> None:
    """Tables 1…n with these names: what is there already keeps its number and only changes its name."""
    before = {group.number: group for group in groups_of(session, workshop.id)}
    for number, name in enumerate(names, 1):
        group = before.pop(number, None)
        if group is None:
            session.add(Group(workshop_id=workshop.id, number=number, name=name, revision=workshop.revision))
        elif group.name != name:
            group.name, group.revision = name, workshop.revision
    for group in before.values():
        for at_table in (Note, Participant):
            if session.scalar(
                select(func.count()).where(at_table.workshop_id == workshop.id, at_table.group_number == group.number)
            ):
                raise Conflict(
                    "table_in_use", N_("Table %(number)s is in use and cannot be removed."), number=group.number
                )
        session.delete(group)
