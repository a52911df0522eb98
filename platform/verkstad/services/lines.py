"""What the desk does with the summary's lines: writes, moves, removes, and holds one while writing in it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from verkstad.domain import line_mutations as m
from verkstad.domain.errors import N_, Conflict, Invalid, NotFound
from verkstad.domain.line import HOLD, check_line
from verkstad.domain.theme import check_sortable
from verkstad.services.actions import Act, read
from verkstad.services.context import Context
from verkstad.services.push import handles
from verkstad.storage import Action, Group, Question, SummaryLine, Theme
from verkstad.storage.account import name_of
from verkstad.storage.action import latest_act
from verkstad.storage.line import place_in
from verkstad.storage.note import notes_by_id

# What one writes within this time is one version, and one act to take back: each pause for thought is sent.
SPELL = timedelta(seconds=60)


@handles(m.LineAdd)
def add(context: Context, mutation: m.LineAdd) -> None:
    session, text = context.sorting, check_line(mutation.text)
    if session.get(SummaryLine, (context.workshop_id, mutation.id)) is not None:
        raise Invalid("id_taken", N_("That id is already in use."))
    _check_section(context, mutation.section)
    if mutation.theme is not None:
        _check_theme(context, mutation.theme)
    line = SummaryLine(
        workshop_id=context.workshop_id,
        id=mutation.id,
        section=mutation.section,
        place=place_in(context.sorting, context.workshop_id, mutation.id, mutation.section, mutation.after),
        text="",
        note_ids=[],
        removed=True,
    )
    notes = _sources(context, mutation.notes)
    act = Act(context, mutation.id, "line.add", context.actor)
    act.set(line, "words", [text, notes, mutation.theme, False])
    session.add(line)
    act.finish()


@handles(m.LineEdit)
def edit(context: Context, mutation: m.LineEdit) -> None:
    """Raises Conflict ``line_changed`` when it was written in since it was seen, also by oneself in another window."""
    line = _line(context, mutation.line)
    check_not_held(context, line)
    text = line.text if mutation.text is None else check_line(mutation.text)
    notes = line.note_ids if mutation.notes is None else _sources(context, mutation.notes)
    if line.words_revision > mutation.seen:
        raise Conflict("line_changed", N_("Somebody else has changed this line. Compare, and write yours again."))
    words = [text, notes, line.theme_id, False]
    act = Act(context, mutation.id, "line.edit", context.actor, more_of=_spell(context, line, words))
    act.set(line, "words", words)
    act.finish()


@handles(m.LineMove)
def move(context: Context, mutation: m.LineMove) -> None:
    line = _line(context, mutation.line)
    _check_section(context, mutation.section)
    place = place_in(context.sorting, context.workshop_id, line.id, mutation.section, mutation.after)
    act = Act(context, mutation.id, "line.move", context.actor)
    act.set(line, "where", [mutation.section, place])
    act.finish()


@handles(m.LineRemove)
def remove(context: Context, mutation: m.LineRemove) -> None:
    line = _line(context, mutation.line)
    check_not_held(context, line)
    act = Act(context, mutation.id, "line.remove", context.actor)
    act.set(line, "words", [line.text, line.note_ids, line.theme_id, True])
    act.finish()


@handles(m.LineHold)
def hold(context: Context, mutation: m.LineHold) -> None:
    check_sortable(context.state)
    line = _line(context, mutation.line)
    check_not_held(context, line)
    line.holder, line.held_by = context.actor.name, name_of(context.sorting, context.actor)
    line.held_until, line.revision = context.at + HOLD, context.bump(tables=())


@handles(m.LineRelease)
def release(context: Context, mutation: m.LineRelease) -> None:
    """One that somebody else holds by now is left to them."""
    line, revision = _line(context, mutation.line), context.bump(tables=())
    if line.holder == context.actor.name:
        line.holder = line.held_by = line.held_until = None
        line.revision = revision


def check_not_held(context: Context, line: SummaryLine) -> None:
    """Raises Conflict ``held`` while somebody else writes in the line."""
    if line.held_until is not None and line.held_until > context.at and line.holder != context.actor.name:
        raise Conflict("held", N_("%(name)s is writing in this line."), name=line.held_by)


def _line(context: Context, line_id: str) -> SummaryLine:
    line = context.sorting.get(SummaryLine, (context.workshop_id, line_id))
    if line is None:
        raise NotFound("unknown_line", N_("There is no such line."))
    if line.removed:
        raise Conflict("line_removed", N_("The line has been removed. The log can bring it back."))
    return line


def _check_section(context: Context, section: str) -> None:
    """That there is such a thing, or has been: a line under a theme that went while it was written is not refused."""
    kind, _, key = section.partition(":")
    if kind == "theme":
        _check_theme(context, key)
    elif kind == "question" and context.sorting.get(Question, (context.workshop_id, key)) is None:
        raise NotFound("unknown_question", N_("There is no such question."))
    elif kind == "group" and context.sorting.get(Group, (context.workshop_id, int(key))) is None:
        raise NotFound("unknown_group", N_("There is no such table."))


def _check_theme(context: Context, theme_id: str) -> None:
    if context.sorting.get(Theme, (context.workshop_id, theme_id)) is None:
        raise NotFound("unknown_theme", N_("There is no such theme."))


def _sources(context: Context, ids: Sequence[str]) -> list[str]:
    """The notes, each once; also those that are gone, for the line says so."""
    if not notes_by_id(context.sorting, context.workshop_id, ids).keys() >= set(ids):
        raise NotFound("unknown_note", N_("There is no such note."))
    return list(dict.fromkeys(ids))


def _spell(context: Context, line: SummaryLine, words: list[Any]) -> Action | None:
    """The act that these words go on with, when it is the same person's, on the same line, and was only just begun."""
    act = latest_act(context.sorting, context.workshop_id, context.actor.name)
    if act is None or act.kind not in {"line.add", "line.edit"} or act.undone_by or context.at - act.at > SPELL:
        return None
    change = act.change("line", line.id, "words")
    # Back to where it began there would be nothing left in the log to take back.
    return act if change and change.after == read(line, "words") and change.before != words else None
