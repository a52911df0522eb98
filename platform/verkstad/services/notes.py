"""What happens to a note: added, edited, withdrawn, hidden, placed."""

from __future__ import annotations

from verkstad.domain import mutations as m
from verkstad.domain.characters import nfc
from verkstad.domain.errors import N_, Conflict, Forbidden, Invalid, NotFound
from verkstad.domain.note import Source, check_printable, normalise_text
from verkstad.domain.roles import Role
from verkstad.domain.workshop import check_takes_notes
from verkstad.services.push import Context, handles
from verkstad.storage import Account, Group, Note, Question, Round, Theme


@handles(m.NoteAdd)
def add(context: Context, mutation: m.NoteAdd) -> None:
    check_takes_notes(context.workshop.state)
    text = normalise_text(mutation.text)
    group = _group(context, mutation)
    round_ = _round(context, mutation.question)
    if context.session.get(Note, (context.workshop.id, mutation.id)) is not None:
        raise Invalid("id_taken", N_("That id is already in use."))
    shared = round_ is not None and round_.shared_at is not None
    revision = context.bump(group=None if shared else group.number)
    context.session.add(
        Note(
            workshop_id=context.workshop.id,
            id=mutation.id,
            created_revision=revision,
            revision=revision,
            group_number=group.number,
            question_id=mutation.question,
            text=text,
            source=_source(context, group),
            late=round_ is not None and round_.closed_at is not None,
            participant_id=context.actor.participant,
            created_at=context.at,
        )
    )
    group.revision = revision


def _group(context: Context, mutation: m.NoteAdd) -> Group:
    """The group the note is stamped with: a phone's own, at the desk the one that is named."""
    number = context.actor.group if context.actor.role is Role.PARTICIPANT else mutation.group
    group = context.session.get(Group, (context.workshop.id, number)) if number is not None else None
    if group is None:
        raise NotFound("unknown_group", N_("There is no such table."))
    return group


def _source(context: Context, group: Group) -> Source:
    if context.actor.role is not Role.PARTICIPANT:
        return Source.PAPER
    return Source.SCRIBE if group.scribe_id == context.actor.participant else Source.PHONE


def _round(context: Context, question_id: str | None) -> Round | None:
    """The round that takes the note; None for a note under no heading, or paper for a question not opened.

    Raises:
        NotFound: ``unknown_question``.
        Conflict: ``not_open`` for a phone before the question has been opened.
    """
    if question_id is None:
        return None
    if context.session.get(Question, (context.workshop.id, question_id)) is None:
        raise NotFound("unknown_question", N_("There is no such question."))
    round_ = context.session.get(Round, (context.workshop.id, question_id))
    opened = round_ is not None and round_.opened_at is not None
    if not opened and context.actor.role is Role.PARTICIPANT:
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
    note.hidden_by = _person(context)
    _touch(context, note)


@handles(m.NoteUnhide)
def unhide(context: Context, mutation: m.NoteUnhide) -> None:
    note = _note(context, mutation.note)
    note.hidden_at = note.hidden_by = note.hidden_reason = None
    _touch(context, note)


@handles(m.ThemeMove)
def move(context: Context, mutation: m.ThemeMove) -> None:
    note = _note(context, mutation.note)
    if mutation.theme is not None and context.session.get(Theme, (context.workshop.id, mutation.theme)) is None:
        raise NotFound("unknown_theme", N_("There is no such theme."))
    note.theme_id = mutation.theme
    # Last in its new theme: revisions only grow.
    note.theme_position = None if mutation.theme is None else context.workshop.revision
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
    note.revision = context.bump(group=None if shared else note.group_number)
    group = context.session.get(Group, (context.workshop.id, note.group_number))
    if group is not None:
        group.revision = note.revision


def _person(context: Context) -> str:
    account = context.session.get(Account, context.actor.account) if context.actor.account else None
    return account.name if account else str(context.actor.role)
