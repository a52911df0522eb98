"""What people do with the machine's proposals: ask for them, agree, say no."""

from __future__ import annotations

from typing import Any

from verkstad.domain import suggestion_mutations as m
from verkstad.domain.errors import N_, Conflict, NotFound
from verkstad.domain.theme import check_sortable, free_label, same_label
from verkstad.services.actions import Act
from verkstad.services.context import Context
from verkstad.services.push import handles
from verkstad.storage import Note, Suggestion, Theme
from verkstad.storage.action import changed_by_people
from verkstad.storage.note import notes_by_id, notes_in
from verkstad.storage.suggestion import Kind, sorting_of
from verkstad.storage.theme import themes_of


@handles(m.SortingAsk)
def ask(context: Context, mutation: m.SortingAsk) -> None:
    check_sortable(context.workshop.state)
    sorting = sorting_of(context.session, context.workshop_id)
    sorting.asked = True
    sorting.revision = context.bump(tables=())


@handles(m.SuggestionDismiss)
def dismiss(context: Context, mutation: m.SuggestionDismiss) -> None:
    suggestion = _open(context, mutation.suggestion)
    check_sortable(context.workshop.state)
    suggestion.dismissed = True
    _close(context, suggestion, context.bump(tables=()))


@handles(m.SuggestionAccept)
def accept(context: Context, mutation: m.SuggestionAccept) -> None:
    """Do what was proposed, but for notes that people have placed elsewhere meanwhile."""
    suggestion = _open(context, mutation.suggestion)
    agreed = _AGREED[suggestion.kind](context, suggestion.id, suggestion.content)
    if not agreed.holds:
        raise Conflict("overtaken", N_("Others have gone on from there, so that this suggestion no longer fits."))
    # Joining two themes is said of all that is in them; of other proposals the machine remains the author.
    suggested = suggestion.kind is not Kind.MERGE
    act = Act(context, mutation.id, "suggestion.accept", context.actor, suggested=suggested)
    agreed.do(act)
    act.finish()
    _close(context, suggestion, act.revision)


def sort_anew(context: Context, act: Act, content: dict[str, Any]) -> None:
    """What a resort that somebody agrees to does, where nobody needs to: nothing that is sorted is anybody's."""
    _Resort(context, "", content).do(act)


def _open(context: Context, suggestion_id: str) -> Suggestion:
    suggestion = context.session.get(Suggestion, (context.workshop_id, suggestion_id))
    if suggestion is None:
        raise NotFound("unknown_suggestion", N_("There is no such suggestion."))
    if suggestion.decided_at is not None:
        raise Conflict("overtaken", N_("Others have gone on from there, so that this suggestion no longer fits."))
    return suggestion


def _close(context: Context, suggestion: Suggestion, revision: int) -> None:
    suggestion.decided_at, suggestion.revision = context.at, revision


class _Agreed:
    """A proposal as it can be done now."""

    holds: bool

    def __init__(self, context: Context, suggestion: str, content: dict[str, Any]) -> None:
        self._session, self._workshop_id = context.session, context.workshop_id
        self._id, self._content = suggestion, content
        self._themes = {theme.id: theme for theme in themes_of(self._session, self._workshop_id)}
        self._look()

    def _look(self) -> None:
        """Find out what is left of it."""
        raise NotImplementedError

    def do(self, act: Act) -> None:
        """Do what is left of it."""
        raise NotImplementedError

    def _still(self, places: dict[str, str | None]) -> list[Note]:
        """Of these notes those that are where they were, and that nobody has placed."""
        notes = notes_by_id(self._session, self._workshop_id, places).values()
        return [n for n in notes if n.visible and not n.by_person and n.theme_id == places[n.id]]

    def _label(self, label: str, but: str | None = None) -> str:
        return free_label(label, {same_label(theme.label) for theme in self._themes.values() if theme.id != but})


class _Split(_Agreed):
    def _look(self) -> None:
        self._notes = self._still(dict.fromkeys(self._content["notes"], self._content["theme"]))
        self.holds = bool(self._notes)

    def do(self, act: Act) -> None:
        theme = act.add_theme(self._id, self._label(self._content["label"]))
        for note in self._notes:
            act.place(note, theme.id)


class _Merge(_Agreed):
    def _look(self) -> None:
        self.holds = {self._content["theme"], self._content["into"]} <= self._themes.keys()

    def do(self, act: Act) -> None:
        act.remove_theme(self._themes[self._content["theme"]], self._content["into"])


class _Resort(_Agreed):
    def _look(self) -> None:
        self._moves = {move["note"]: move for move in self._content["moves"]}
        self._notes = self._still({note: move["from"] for note, move in self._moves.items()})
        self._second_decided = changed_by_people(self._session, self._workshop_id, "second")
        self.holds = bool(self._notes)

    def do(self, act: Act) -> None:
        for proposed in self._content["themes"]:
            self._name(act, proposed)
        for note in self._notes:
            move = self._moves[note.id]
            if move["to"] is None or move["to"] in self._themes:
                act.place(note, move["to"], sure=move["sure"])
                undecided = note.second_theme_id is None and note.id not in self._second_decided
                if undecided and move.get("second") in self._themes:
                    act.set(note, "second", [move["second"]])
        self._remove_empty(act)

    def _remove_empty(self, act: Act) -> None:
        """Takes away the themes that were emptied, or made for notes that have gone elsewhere meanwhile."""
        left = {move["from"] for move in self._moves.values()} | {theme["id"] for theme in self._content["themes"]}
        theirs = [theme for key, theme in self._themes.items() if key in left and not theme.named]
        there = notes_in(self._session, self._workshop_id, [theme.id for theme in theirs])
        held = {note.theme_id for note in there if note.visible}
        held |= {note.second_theme_id for note in there if note.visible and note.id in self._second_decided}
        for theme in theirs:
            if theme.id not in held:
                act.remove_theme(theme)

    def _name(self, act: Act, proposed: dict[str, Any]) -> None:
        """Make a theme that is new, or call one something else that nobody has named."""
        more = {"keywords": proposed["keywords"], "quotation_id": proposed["quotation"]}
        theme = self._themes.get(proposed["id"])
        if theme is None:
            if self._session.get(Theme, (self._workshop_id, proposed["id"])) is None:
                made = act.add_theme(proposed["id"], self._label(proposed["label"]), **more)
                self._themes[made.id] = made
        elif not theme.named:
            act.set(theme, "name", [self._label(proposed["label"], but=theme.id), False])
            act.set(theme, "keywords", [proposed["keywords"]])
            act.set(theme, "quotation", [proposed["quotation"]])


_AGREED: dict[Kind, type[_Agreed]] = {Kind.SPLIT: _Split, Kind.MERGE: _Merge, Kind.RESORT: _Resort}
