"""What happens to a note: added, edited, withdrawn, hidden."""

from __future__ import annotations

from verkstad.domain import mutations as m
from verkstad.domain.characters import nfc
from verkstad.domain.errors import N_, Conflict, Forbidden, Invalid, NotFound
from verkstad.domain.note import Source, check_printable, normalise_text
from verkstad.domain.roles import Actor, Role
from verkstad.domain.workshop import check_takes_notes
from verkstad.services.context import Context
from verkstad.services.push import handles
from verkstad.services.workshop_view import RoundView, WorkshopView
from verkstad.storage import Group, Note, Round
from verkstad.storage.account import name_of
from verkstad.storage.note import NewNote


@handles(m.NoteAdd)
def add(context: Context, mutation: m.NoteAdd) -> None:
    """Many of these come in a second, so they are decided on what is remembered and written without the ORM."""
    view, actor = context.view, context.actor
    check_takes_notes(view.state)
    text = normalise_text(mutation.text)
    # A phone's note is stamped with its own table; at the desk, with the one that is named.
    number = actor.group if actor.role is Role.PARTICIPANT else mutation.group
    group = view.groups.get(number) if number is not None else None
    if number is None or group is None:
        raise NotFound("unknown_group", N_("There is no such table."))
    round_ = _round(view, actor, mutation.question)
    if mutation.id in context.taken:
        raise Invalid("id_taken", N_("That id is already in use."))
    source = _source(actor, group["scribe"])
    revision = context.bump(tables=None if round_.shared else [number])
    note = NewNote(
        workshop_id=context.workshop_id,
        id=mutation.id,
        created_revision=revision,
        revision=revision,
        group_number=number,
        question_id=mutation.question,
        text=text,
        source=source,
        late=round_.closed,
        participant_id=actor.participant,
        created_at=context.at,
        entered_by=name_of(context.sorting, actor) if source is Source.PAPER else None,
    )
    context.add_note(note, shared=round_.shared)


def _source(actor: Actor, scribe: str | None) -> Source:
    if actor.role is not Role.PARTICIPANT:
        return Source.PAPER
    return Source.SCRIBE if scribe == actor.participant else Source.PHONE


def _round(view: WorkshopView, actor: Actor, question: str | None) -> RoundView:
    """The round that takes the note; for a note under no heading, or paper for a question not opened, a waiting one.

    Raises:
        NotFound: ``unknown_question``.
        Conflict: ``not_open`` for a phone before the question has been opened.
    """
    if question is None:
        return RoundView()
    if question not in view.questions:
        raise NotFound("unknown_question", N_("There is no such question."))
    round_ = view.round(question)
    if not round_.opened and actor.role is Role.PARTICIPANT:
        raise Conflict("not_open", N_("That question has not been opened yet. Your text is kept."))
    return round_


@handles(m.NoteEdit)
def edit(context: Context, mutation: m.NoteEdit) -> None:
    note = _own_note(context, mutation.note)
    note.text = normalise_text(mutation.text)
    note.edited_at = context.at
    _touch(context, note)


@handles(m.NoteWithdraw)
def withdraw(context: Context, mutation: m.NoteWithdraw) -> None:
    note = _own_note(context, mutation.note)
    note.withdrawn_at = context.at
    _touch(context, note)


@handles(m.NoteHide)
def hide(context: Context, mutation: m.NoteHide) -> None:
    note = _note(context, mutation.note)
    reason = nfc(mutation.reason)
    if not reason.strip():
        raise Invalid("empty_reason", N_("Say why the note is hidden. Its table can read the reason."))
    if len(reason) > 500:
        raise Invalid("reason_too_long", N_("A reason has at most %(limit)s characters."), limit=500)
    note.hidden_reason = check_printable(reason)
    note.hidden_at = context.at
    note.hidden_by = name_of(context.session, context.actor)
    _touch(context, note)


@handles(m.NoteUnhide)
def unhide(context: Context, mutation: m.NoteUnhide) -> None:
    note = _note(context, mutation.note)
    note.hidden_at = note.hidden_by = note.hidden_reason = None
    _touch(context, note)


def _note(context: Context, note_id: str) -> Note:
    note = context.session.get(Note, (context.workshop.id, note_id))
    if note is None:
        raise NotFound("unknown_note", N_("There is no such note."))
    if note.withdrawn_at is not None:
        raise Conflict("withdrawn", N_("The note has been withdrawn by the one who wrote it."))
    return note


def _own_note(context: Context, note_id: str) -> Note:
    """A note that the actor may change: the author's own, at the desk one that was typed in from paper."""
    check_takes_notes(context.workshop.state)
    note = _note(context, note_id)
    if context.actor.role is Role.PARTICIPANT:
        mine = note.participant_id == context.actor.participant
    else:
        mine = note.source is Source.PAPER
    if not mine:
        raise Forbidden("not_yours", N_("Only the one who wrote a note can change it."))
    return note


def _touch(context: Context, note: Note) -> None:
    """Stamp a changed note, and tell all who can see it."""
    round_ = context.session.get(Round, (context.workshop.id, note.question_id)) if note.question_id else None
    shared = round_ is not None and round_.shared_at is not None
    note.revision = context.bump(tables=None if shared else [note.group_number])
    group = context.session.get(Group, (context.workshop.id, note.group_number))
    if group is not None:
        group.revision = note.revision
