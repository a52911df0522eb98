"""What people do with themes: place notes, make, name, merge, remove and order themes, mark notes."""

from __future__ import annotations

from collections.abc import Sequence

from verkstad.domain import theme_mutations as m
from verkstad.domain.errors import N_, Conflict, Invalid, NotFound
from verkstad.domain.mutation import Mutation
from verkstad.domain.theme import Asks, ThemeOrder, check_label
from verkstad.services.actions import Act, check_label_is_free
from verkstad.services.context import Context
from verkstad.services.push import handles
from verkstad.storage import Note, Question, Theme
from verkstad.storage.note import notes_by_id
from verkstad.storage.theme import themes_of


@handles(m.ThemeMove)
def move(context: Context, mutation: m.ThemeMove) -> None:
    _place(context, mutation, [mutation.note], mutation.theme)


@handles(m.ThemePlace)
def place(context: Context, mutation: m.ThemePlace) -> None:
    _place(context, mutation, mutation.notes, mutation.theme)


@handles(m.ThemeAdd)
def add(context: Context, mutation: m.ThemeAdd) -> None:
    label = check_label(mutation.label)
    check_label_is_free(themes_of(context.sorting, context.workshop_id), label)
    if context.sorting.get(Theme, (context.workshop_id, mutation.id)) is not None:
        raise Invalid("id_taken", N_("That id is already in use."))
    if mutation.question and context.sorting.get(Question, (context.workshop_id, mutation.question)) is None:
        raise NotFound("unknown_question", N_("There is no such question."))
    notes = _notes(context, mutation.notes)
    act = _act(context, mutation)
    theme = act.add_theme(mutation.id, label, question_id=mutation.question)
    for note in notes:
        act.place(note, theme.id)
    act.finish()


@handles(m.ThemeRename)
def rename(context: Context, mutation: m.ThemeRename) -> None:
    theme, label = _theme(context, mutation.theme), check_label(mutation.label)
    others = [other for other in themes_of(context.sorting, context.workshop_id) if other.id != theme.id]
    check_label_is_free(others, label)
    act = _act(context, mutation)
    act.set(theme, "name", [label, True])
    act.finish()


@handles(m.ThemeConfirm)
def confirm(context: Context, mutation: m.ThemeConfirm) -> None:
    theme = _theme(context, mutation.theme)
    if theme.label != mutation.label:
        raise _overtaken()
    act = _act(context, mutation)
    act.set(theme, "name", [theme.label, True])
    act.finish()


@handles(m.ThemeApprove)
def approve(context: Context, mutation: m.ThemeApprove) -> None:
    """What is gone, or is no longer as it was seen, is left out: the rest was looked at all the same.

    Raises:
        Conflict: ``overtaken`` when that is all of it.
    """
    live = themes_of(context.sorting, context.workshop_id)
    themes = [theme for theme in live if mutation.themes.get(theme.id) == theme.label]
    found = notes_by_id(context.sorting, context.workshop_id, list(mutation.notes)).values()
    notes = [note for note in found if note.withdrawn_at is None and note.theme_id == mutation.notes[note.id]]
    skipped = len(mutation.themes) + len(mutation.notes) - len(themes) - len(notes)
    if skipped and not themes and not notes:
        raise _overtaken()
    act = _act(context, mutation)
    for theme in themes:
        act.set(theme, "name", [theme.label, True])
    for note in notes:
        act.place(note, note.theme_id)
    act.finish(skipped=skipped)


@handles(m.ThemeMerge)
def merge(context: Context, mutation: m.ThemeMerge) -> None:
    theme, into = _theme(context, mutation.theme), _theme(context, mutation.into)
    if theme.id == into.id:
        raise _same_theme()
    act = _act(context, mutation)
    act.remove_theme(theme, into.id)
    act.finish()


@handles(m.ThemeRemove)
def remove(context: Context, mutation: m.ThemeRemove) -> None:
    theme = _theme(context, mutation.theme)
    act = _act(context, mutation)
    act.remove_theme(theme)
    act.finish()


@handles(m.ThemeOrder)
def order(context: Context, mutation: m.ThemeOrder) -> None:
    there = {theme.id for theme in themes_of(context.sorting, context.workshop_id)}
    if not there.issuperset(mutation.themes):
        raise _unknown_theme()
    if len(set(mutation.themes)) < len(mutation.themes):
        raise _same_theme()
    act = _act(context, mutation)
    act.order(ThemeOrder.OWN if mutation.themes else ThemeOrder.GROUPS, mutation.themes)
    act.finish()


@handles(m.NoteSide)
def choose_side(context: Context, mutation: m.NoteSide) -> None:
    notes = _notes(context, mutation.notes)
    act = _act(context, mutation)
    for note in notes:
        act.set(note, "side", [mutation.side])
    act.finish()


@handles(m.NoteAsk)
def mark_question(context: Context, mutation: m.NoteAsk) -> None:
    notes = _notes(context, mutation.notes)
    act = _act(context, mutation)
    for note in notes:
        act.set(note, "asks", [Asks.YES if mutation.asks else Asks.NO])
    act.finish()


@handles(m.NoteSecond)
def refer(context: Context, mutation: m.NoteSecond) -> None:
    [note] = _notes(context, [mutation.note])
    theme = _theme(context, mutation.theme).id if mutation.theme is not None else None
    if theme is not None and theme == note.theme_id:
        raise _same_theme()
    act = _act(context, mutation)
    act.set(note, "second", [theme])
    act.finish()


def _place(context: Context, mutation: Mutation, ids: Sequence[str], theme_id: str | None) -> None:
    notes = _notes(context, ids)
    if theme_id is not None:
        _theme(context, theme_id)
    act = _act(context, mutation)
    for note in notes:
        act.place(note, theme_id)
    act.finish()


def _act(context: Context, mutation: Mutation) -> Act:
    return Act(context, mutation.id, str(mutation.__struct_config__.tag), context.actor)


def _theme(context: Context, theme_id: str) -> Theme:
    theme = context.sorting.get(Theme, (context.workshop_id, theme_id))
    if theme is None or theme.removed:
        raise _unknown_theme()
    return theme


def _notes(context: Context, ids: Sequence[str]) -> list[Note]:
    """The notes, but for those that their authors have withdrawn meanwhile.

    Raises:
        NotFound: ``unknown_note``.
        Conflict: ``withdrawn``, all of them.
    """
    found = notes_by_id(context.sorting, context.workshop_id, ids)
    if not found.keys() >= set(ids):
        raise NotFound("unknown_note", N_("There is no such note."))
    there = [note for note in found.values() if note.withdrawn_at is None]
    if ids and not there:
        raise Conflict("withdrawn", N_("The note has been withdrawn by the one who wrote it."))
    return there


def _unknown_theme() -> NotFound:
    return NotFound("unknown_theme", N_("There is no such theme."))


def _overtaken() -> Conflict:
    return Conflict("overtaken", N_("It has been changed since you looked at it. See how it is now, and try again."))


def _same_theme() -> Invalid:
    return Invalid("same_theme", N_("Choose another theme: that is the same one."))
