"""Every act of sorting as a list of changes: made, logged and stamped at one revision, and so undone.

A field here is what is decided at one time, though it may be several columns: where a note is goes with who put it
there. So an undo never takes back half of a decision.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from verkstad.domain.errors import N_, Conflict
from verkstad.domain.line import of_theme
from verkstad.domain.roles import Actor
from verkstad.domain.theme import Asks, ThemeOrder, check_sortable, same_label
from verkstad.services.context import Context
from verkstad.storage import Action, DecidedFinding, Note, SummaryLine, Theme
from verkstad.storage.account import name_of
from verkstad.storage.action import MACHINE, Change
from verkstad.storage.line import lines_of, place_in
from verkstad.storage.note import notes_in
from verkstad.storage.theme import themes_of

# What an act can change.
Row = Note | Theme | SummaryLine | DecidedFinding

_TABLES: dict[type[Row], str] = {Note: "note", Theme: "theme", SummaryLine: "line", DecidedFinding: "finding"}
_FIELDS: dict[str, dict[str, tuple[str, ...]]] = {
    "note": {
        "place": ("theme_id", "theme_position", "by_person", "sure"),
        "second": ("second_theme_id",),
        "side": ("side",),
        "asks": ("asks",),
    },
    "theme": {
        "name": ("label", "named"),
        "keywords": ("keywords",),
        "quotation": ("quotation_id",),
        "removed": ("removed",),
    },
    "line": {
        # That it is there is decided with what it says: an undo takes no line away that somebody has written in since.
        "words": ("text", "note_ids", "theme_id", "removed"),
        "where": ("section", "place"),
    },
    "finding": {"decision": ("decision", "reason", "decided_by", "found")},
}


class Act:
    """One act under way in a locked workshop: changes rows at once, and is logged by `finish`.

    ``by`` None is the machine. What is ``suggested`` is the machine's work, also when a person has agreed to it: it
    may be moved again, and leaves alone what people have placed, named or decided. With ``more_of`` it goes on with
    an act that is in the log already, and is taken back with it.

    Raises:
        Conflict: ``adopted``.
    """

    def __init__(
        self,
        context: Context,
        action_id: str,
        kind: str,
        by: Actor | None,
        *,
        suggested: bool = False,
        undoes: str | None = None,
        more_of: Action | None = None,
    ) -> None:
        check_sortable(context.state)
        self.context, self.session = context, context.sorting
        self.revision = context.bump(tables=())
        self.suggested = suggested
        self.action_id = action_id
        self.by = None if by is None else name_of(self.session, by)
        self._kind, self._actor, self._undoes = kind, MACHINE if by is None else by.name, undoes
        self._more_of = more_of
        done = more_of.read() if more_of else []
        self._changes = {(change.table, change.key, change.field): change for change in done}

    def place(self, note: Note, theme: str | None, *, sure: bool = True) -> None:
        """Put a note last in a theme, or nowhere. In the theme where it is already it keeps its place."""
        # Revisions only grow.
        position = note.theme_position if theme == note.theme_id else self.revision if theme else None
        self.set(note, "place", [theme, position, not self.suggested, sure])
        if theme is not None and note.theme_id == note.second_theme_id:
            self.set(note, "second", [None])

    def add_theme(self, theme_id: str, label: str, **more: Any) -> Theme:
        """A new theme, after the others; ``more`` are columns of `Theme`."""
        themes = themes_of(self.session, self.context.workshop_id, removed=True)
        theme = Theme(
            workshop_id=self.context.workshop_id,
            id=theme_id,
            label=label,
            named=not self.suggested,
            position=1 + max((theme.position for theme in themes), default=0),
            revision=self.revision,
            **more,
        )
        theme.removed = True
        self.set(theme, "removed", [False])
        self.session.add(theme)
        self.session.flush()  # before the notes that refer to it
        return theme

    def remove_theme(self, theme: Theme, into: str | None = None) -> None:
        """Take a theme away; its notes, and what else speaks of it, go to another or nowhere.

        Its lines go to another too; with none to go to they keep its name, and come back if it does.
        """
        for note in notes_in(self.session, self.context.workshop_id, [theme.id]):
            if note.theme_id == theme.id:
                # With nowhere to go it is as touched as it was: nobody has said that it belongs nowhere.
                self.place(note, into) if into else self.set(note, "place", [None, None, note.by_person, True])
            if note.second_theme_id == theme.id:
                self.set(note, "second", [into if into != note.theme_id else None])
            if note.theme_id == theme.id:  # a person placed it there, and the machine may not move it
                return
        self.set(theme, "removed", [True])
        if into:
            self._move_lines(of_theme(theme.id), of_theme(into))

    def set(self, row: Row, field: str, after: list[Any]) -> None:
        """Change one field of a row. What is so already is no change."""
        table = _TABLES[type(row)]
        before = read(row, field)
        if before == after or (self.suggested and _is_decided(row, field)):
            return
        for column, value in zip(_FIELDS[table][field], after, strict=True):
            setattr(row, column, value)
        self._stamp(row)
        if isinstance(row, SummaryLine) and field == "words":
            row.written_by, row.written_at, row.words_revision = self.by or "", self.context.at, self.revision
        key = (table, row.id, field)
        self._changes[key] = Change(*key, self._changes[key].before if key in self._changes else before, after)

    def order(self, order: ThemeOrder, wanted: Sequence[str]) -> None:
        """Give these themes, in this order, the places that they have among them; others stay where they are."""
        workshop = self.context.workshop
        themes = themes_of(self.session, self.context.workshop_id, removed=True)
        before = [workshop.theme_order, *(theme.id for theme in themes)]
        queue, by_id = iter(wanted), {theme.id: theme for theme in themes}
        after = [order, *(next(queue) if theme.id in set(wanted) else theme.id for theme in themes)]
        if before == after:
            return
        if workshop.theme_order != order:
            workshop.theme_order = order
            self.context.bump_meta()
        for position, theme_id in enumerate(after[1:], 1):
            if by_id[theme_id].position != position:
                by_id[theme_id].position = position
                self._stamp(by_id[theme_id])
        self._changes["workshop", "", "order"] = Change("workshop", "", "order", before, after)

    def _move_lines(self, section: str, into: str) -> None:
        """Put what stands in one section last in another, in the same order; what was removed may come back there."""
        for line in lines_of(self.session, self.context.workshop_id, removed=True):
            if line.section == section:
                place = place_in(self.session, self.context.workshop_id, line.id, into, section)
                self.set(line, "where", [into, place])

    def finish(self, skipped: int = 0) -> Action | None:
        """Log what was done; None when that was nothing."""
        changes = [change for change in self._changes.values() if change.before != change.after]
        if not changes:
            return None
        if self._more_of is not None:
            self._more_of.changes, self._more_of.revision = changes, self.revision
            return self._more_of
        action = Action(
            workshop_id=self.context.workshop_id,
            id=self.action_id,
            created_revision=self.revision,
            revision=self.revision,
            at=self.context.at,
            by=self.by,
            actor=self._actor,
            kind=self._kind,
            changes=changes,
            undoes=self._undoes,
            skipped=skipped,
        )
        self.session.add(action)
        return action

    def _stamp(self, row: Row) -> None:
        if isinstance(row, Note):
            row.sorted_revision = self.revision
        else:
            row.revision = self.revision


def read(row: Row, field: str) -> list[Any]:
    """What a field of a row is now."""
    return [getattr(row, column) for column in _FIELDS[_TABLES[type(row)]][field]]


def check_label_is_free(themes: Iterable[Theme], label: str) -> None:
    """Raises Conflict ``label_taken`` when one of the themes is called so."""
    if same_label(label) in {same_label(theme.label) for theme in themes}:
        raise Conflict("label_taken", N_("There is already a theme called “%(label)s”."), label=label)


def _is_decided(row: Row, field: str) -> bool:
    """Whether a person has decided it, so that the machine leaves it as it is."""
    if isinstance(row, Note):
        return {"place": row.by_person, "asks": row.asks in {Asks.YES, Asks.NO}}.get(field, False)
    return not isinstance(row, Theme) or (row.named and field in {"name", "removed"})
