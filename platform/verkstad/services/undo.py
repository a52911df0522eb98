"""Taking an act back, as far as nobody has gone on from it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from verkstad.domain import theme_mutations as m
from verkstad.domain.errors import N_, Conflict, NotFound
from verkstad.domain.roles import Right
from verkstad.domain.theme import ThemeOrder
from verkstad.services.actions import Act, Row, check_label_is_free, read
from verkstad.services.context import Context
from verkstad.services.lines import check_not_held
from verkstad.services.push import handles
from verkstad.storage import Action, SummaryLine
from verkstad.storage.action import Change
from verkstad.storage.finding import findings_by_id
from verkstad.storage.line import lines_of, place_back
from verkstad.storage.note import notes_by_id, notes_in
from verkstad.storage.theme import themes_of


@handles(m.ActionUndo)
def undo(context: Context, mutation: m.ActionUndo) -> None:
    """Put back each field that is still as the act left it; the others are counted as skipped.

    Raises:
        NotFound: ``unknown_action``.
        Forbidden: it is of the summary, and theirs to write.
        Conflict: ``overtaken`` when nothing of it is left to undo; ``label_taken``; ``held``.
    """
    action = context.sorting.get(Action, (context.workshop_id, mutation.action))
    if action is None:
        raise NotFound("unknown_action", N_("There is no such step in the log."))
    tables = {change.table for change in action.read()}
    # Lines that went with a merged theme go back with it, whoever sorts.
    if "finding" in tables or tables == {"line"}:
        context.actor.check(Right.SUMMARISE)
    plan = _Plan(context, action)
    if action.undone_by is not None or not plan.changes:
        raise Conflict("overtaken", N_("Others have gone on from there, so there is nothing left to undo."))
    plan.check_labels()
    plan.check_lines()
    act = Act(context, mutation.id, "action.undo", context.actor, undoes=action.id)
    for change in plan.changes:
        if change.field == "order":
            act.order(ThemeOrder(change.before[0]), change.before[1:])
        else:
            act.set(plan.row(change), change.field, _back(context, change))
    act.finish(skipped=len(action.changes) - len(plan.changes))
    _mark(context, action, act)


def _back(context: Context, change: Change) -> list[Any]:
    """What a field goes back to."""
    if change.field != "where":
        return change.before
    section, place = change.before
    return [section, place_back(context.sorting, context.workshop_id, change.key, section, place)]


def _mark(context: Context, action: Action, act: Act) -> None:
    action.undone_by, action.revision = act.action_id, act.revision
    undone = context.sorting.get(Action, (context.workshop_id, action.undoes)) if action.undoes else None
    if undone is not None:  # it is in force again
        undone.undone_by, undone.revision = None, act.revision


class _Plan:
    """The changes of an act that can be put back, and the rows that they are about."""

    def __init__(self, context: Context, action: Action) -> None:
        self._context, self._session = context, context.sorting
        self._themes = {t.id: t for t in themes_of(self._session, context.workshop_id, removed=True)}
        changes = action.read()
        noted = [change.key for change in changes if change.table == "note"]
        decided = [change.key for change in changes if change.table == "finding"]
        lines = lines_of(self._session, context.workshop_id, removed=True)
        self._rows: dict[str, Mapping[str, Row]] = {
            "note": notes_by_id(self._session, context.workshop_id, noted),
            "theme": self._themes,
            "line": {line.id: line for line in lines},
            "finding": findings_by_id(self._session, context.workshop_id, decided),
        }
        self.changes = [change for change in changes if self._stands(change)]
        self._drop_what_has_nowhere_to_go()
        self._keep_what_is_in_use()

    def row(self, change: Change) -> Row:
        return self._rows[change.table][change.key]

    def check_labels(self) -> None:
        """Raises Conflict ``label_taken`` when a theme would come to be called as another is."""
        names = {change.key: change.before[0] for change in self.changes if change.field == "name"}
        back = names.keys() | self._turned(removed=False)
        others = [self._themes[key] for key in self._live() - back]
        for key in back & self._live():
            check_label_is_free(others, names.get(key, self._themes[key].label))

    def check_lines(self) -> None:
        """Raises Conflict ``held`` when somebody else writes in one of the lines."""
        for change in self.changes:
            row = self.row(change) if change.table == "line" else None
            if isinstance(row, SummaryLine) and change.field == "words":
                check_not_held(self._context, row)

    def _stands(self, change: Change) -> bool:
        """Whether the field is as the act left it."""
        if change.field == "order":
            among = [key for key in self._themes if key in change.after[1:]]
            return [self._context.workshop.theme_order, *among] == change.after
        rows = self._rows[change.table]
        return change.key in rows and read(rows[change.key], change.field) == change.after

    def _drop_what_has_nowhere_to_go(self) -> None:
        """A note does not go back to a theme that is gone. A line may: it is shown in the introduction meanwhile."""
        live = self._live()
        self.changes = [c for c in self.changes if c.field not in {"place", "second"} or c.before[0] in {None, *live}]

    def _keep_what_is_in_use(self) -> None:
        """A theme does not go while others' notes are in it."""
        going = self._turned(removed=True)
        back = {(c.key, c.field): c.before[0] for c in self.changes if c.table == "note"}
        used = set()
        for note in notes_in(self._session, self._context.workshop_id, sorted(going)):
            used |= {back.get((note.id, "place"), note.theme_id), back.get((note.id, "second"), note.second_theme_id)}
        self.changes = [c for c in self.changes if c.field != "removed" or c.key not in used & going]

    def _turned(self, *, removed: bool) -> set[str]:
        """The themes that would be removed, or come back."""
        return {change.key for change in self.changes if change.field == "removed" and change.before == [removed]}

    def _live(self) -> set[str]:
        """The themes that there would be."""
        live = {key for key, theme in self._themes.items() if not theme.removed}
        return live - self._turned(removed=True) | self._turned(removed=False)
