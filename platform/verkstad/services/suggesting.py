"""What the machine would do for a workshop, decided on what is read of it at one moment. `services.machine` does it.

It suggests a whole sorting when there are notes enough, and makes it anew as they grow, until somebody has touched it.
What comes in between is placed, and every now and then themes for what has none, splits and merges are proposed. Once
people have begun it sorts all anew only when somebody asks, and then for them to say yes to.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from verkstad.clustering import suggestions
from verkstad.clustering import themes as engine
from verkstad.clustering.asking import asks
from verkstad.clustering.concepts import Concept
from verkstad.clustering.encoder import Encoder, Vectors
from verkstad.clustering.keywords import keywords
from verkstad.clustering.material import Material
from verkstad.clustering.placing import Placer
from verkstad.clustering.sorting import FEWEST, sort, sort_anew
from verkstad.services.evening import Content, Evening, NoteNow, Proposal
from verkstad.services.joining import new_id
from verkstad.storage.action import SORTED
from verkstad.storage.suggestion import Kind

MOST_OPEN = 3  # splits and merges proposed at a time: more is not help but work
_MUCH, _A_LITTLE = 1.25, 1.1  # growth after which a sorting is made anew, and after which it is looked over
FEWEST_IN_NEW = 3  # notes that nobody has placed, to be a theme of their own
_SAME = 0.5  # the share of its notes that makes a split the one that somebody has said no to


@dataclass(frozen=True, slots=True)
class Place:
    """Where an untouched note would go."""

    theme: str
    sure: bool = True
    second: str | None = None


@dataclass(frozen=True, slots=True)
class NewTheme:
    """A theme that would be made."""

    id: str
    label: str
    keywords: tuple[str, ...]
    quotation: str | None


@dataclass(slots=True)
class Plan:
    """What would be done. ``proposals`` are those that shall be open afterwards; None leaves them as they are."""

    sorting: Content | None = None  # a whole sorting, as the content of a resort
    again: bool = False  # it takes the place of another
    themes: list[NewTheme] = field(default_factory=list)
    places: dict[str, Place] = field(default_factory=dict)
    asking: list[str] = field(default_factory=list)
    proposals: list[tuple[Kind, Content]] | None = None
    placer: Placer | None = None  # for the next newcomers

    @property
    def unasked(self) -> bool:
        """Whether it does what the machine does by itself only as long as nobody has begun."""
        return self.again or bool(self.themes)

    @property
    def kind(self) -> str:
        """What it is called in the log."""
        return "machine.place" if self.sorting is None else SORTED

    @property
    def content(self) -> Content:
        """What is to be done at once, as the content of a resort."""
        if self.sorting is not None:
            return self.sorting
        moves = [
            {"note": note, "from": None, "to": place.theme, "sure": place.sure, "second": place.second}
            for note, place in self.places.items()
        ]
        return {"moves": moves, "themes": [_as_content(theme) for theme in self.themes]}


def decide(
    evening: Evening, vectors: Vectors, encoder: Encoder, concepts: Sequence[Concept], placer: Placer | None = None
) -> Plan:
    """The plan for an evening: ``vectors`` are those of its notes, in their order, ``placer`` that of the last plan."""
    plan = Plan(placer=placer)
    plan.asking = [note.id for note in evening.notes if note.fresh and not note.asks_decided and asks(note.text)]
    work = _Work(evening, vectors, encoder, concepts)
    if evening.asked:  # what is new waits for the answer too: placed now, it might be moved by the very same look
        plan.proposals = [(Kind.RESORT, work.resorted())]
    elif _is_to_be_sorted(evening):
        keeping = evening.begun and not evening.closing
        plan.sorting, plan.again, plan.placer = work.resorted(keeping=keeping), evening.begun, None
        plan.proposals = []  # they were about themes as they were
    elif evening.begun or any(note.theme for note in evening.notes):
        work.place(plan)
        if evening.has_grown(_A_LITTLE):
            work.review(plan)
    return plan


def _is_to_be_sorted(evening: Evening) -> bool:
    """Whether there are notes enough for the first sorting, or so many more, or none to come, that it is made anew.

    That is as long as nobody has touched it: from then on only people do, or agree to it.
    """
    if len(evening.notes) < FEWEST:
        return False
    if evening.begun:
        return not evening.touched and (evening.closing or evening.has_grown(_MUCH))
    return not any(note.theme or note.moved for note in evening.notes)


class _Work:
    """An evening in the engine's words."""

    def __init__(self, evening: Evening, vectors: Vectors, encoder: Encoder, concepts: Sequence[Concept]) -> None:
        self._evening = evening
        self._notes = [engine.Note(note.id, note.text, note.group) for note in evening.notes]
        self._vectors, self._encoder, self._concepts = vectors, encoder, concepts
        self._texts = {note.id: note.text for note in evening.notes}
        self._before = {note.id: note.theme for note in evening.notes}
        self._pinned = {note.id: note.theme for note in evening.notes if note.by_person}
        # What was taken out of a theme is left where it is, and so is what people have left over: they had a reason.
        self._free = {
            note.id
            for note in evening.notes
            if note.theme is None and not note.by_person and not note.moved and (note.fresh or evening.begun)
        }

    def resorted(self, *, keeping: bool = False) -> Content:
        """What a whole sorting would move, and the themes that it would make or call something else.

        ``keeping`` keeps together most of what is: there are more notes to come.
        """
        material = self._material(self._before, self._pinned)
        themes, found = self._as_ours(sort_anew(material) if keeping else sort(material))
        labels = {theme.id: theme.label for theme in self._evening.themes}
        moves = [
            {
                "note": move.note,
                "from": move.before,
                "to": move.after,
                "sure": move.note not in found.uncertain,
                "second": found.second.get(move.note),
            }
            for move in engine.moves(self._before, found)
            if move.note not in self._pinned
        ]
        changed = [_as_content(theme) for theme in themes if labels.get(theme.id) != theme.label]
        return {"moves": moves, "themes": changed}

    def place(self, plan: Plan) -> None:
        """A place for each free note that fits somewhere, as the themes are."""
        if not self._free:
            return
        if plan.placer is None:
            old = [i for i, note in enumerate(self._evening.notes) if note.theme is not None]
            there = [self._notes[i] for i in old]
            plan.placer = Placer(Material(there, self._vectors[old], self._encoder, self._concepts))
        found = plan.placer.place(self._notes, self._vectors, self._themes(self._before), self._free)
        plan.places = {p.note: Place(p.theme, not p.uncertain, p.second) for p in found if p.theme is not None}

    def review(self, plan: Plan) -> None:
        """What suits the themes now that there are more notes: themes for what has none, splits and merges.

        What has a place stays there. Until people have begun, a new theme needs nobody's yes. What somebody has said
        no to is not proposed again.
        """
        if len(self._notes) < FEWEST:
            return
        gathered = self._gathered(plan)
        after = self._before | {note: place.theme for note, place in plan.places.items()}
        material = self._material(after, self._pinned)
        plan.placer = Placer(material)
        others = [each for each in (*_splits(material), *_merges(material)) if self._is_open(*each)]
        plan.proposals = [*(each for each in gathered if self._is_open(*each)), *others[:MOST_OPEN]]

    def _gathered(self, plan: Plan) -> list[tuple[Kind, Content]]:
        """Finds places for what is free when it is looked at together: in ``plan``, but themes to be agreed to."""
        after = self._before | {note: place.theme for note, place in plan.places.items()}
        pinned = {note: theme for note, theme in after.items() if theme is not None or note not in self._free}
        themes, found = self._as_ours(sort(self._material(after, pinned)))
        there = {theme.id for theme in self._evening.themes}
        proposed: list[tuple[Kind, Content]] = []
        for theme, made in zip(found.themes, themes, strict=True):
            new = [note for note in theme.notes if note not in pinned]
            if theme.id in there or (len(new) >= FEWEST_IN_NEW and not self._evening.touched):
                plan.places |= {n: Place(theme.id, n not in found.uncertain, found.second.get(n)) for n in new}
                plan.themes += [made] if theme.id not in there else []
            elif len(new) >= FEWEST_IN_NEW:
                proposed.append((Kind.SPLIT, {"theme": None, "notes": sorted(new), "label": made.label}))
        return proposed

    def _is_open(self, kind: Kind, content: Content) -> bool:
        """Whether nobody has said no to it."""
        return not any(no.dismissed and _is_same(no, kind, content) for no in self._evening.proposals)

    def _as_ours(self, found: engine.Sorting) -> tuple[list[NewTheme], engine.Sorting]:
        """A sorting with ids of our own for new themes."""
        there = {theme.id for theme in self._evening.themes}
        ids = {theme.id: theme.id if theme.id in there else new_id() for theme in found.themes}
        words = keywords([[self._texts[note] for note in theme.notes] for theme in found.themes])
        themes = [
            NewTheme(ids[theme.id], theme.headline, own, theme.quotation)
            for theme, own in zip(found.themes, words, strict=True)
        ]
        return themes, engine.Sorting(
            themes=tuple(
                engine.SuggestedTheme(ids[theme.id], theme.notes, theme.headline, theme.quotation)
                for theme in found.themes
            ),
            unplaced=found.unplaced,
            uncertain=found.uncertain,
            second={note: ids[theme] for note, theme in found.second.items()},
        )

    def _material(self, places: Mapping[str, str | None], pinned: Mapping[str, str | None]) -> Material:
        themes = self._themes(places)
        return Material(self._notes, self._vectors, self._encoder, self._concepts, themes, pinned)

    def _themes(self, places: Mapping[str, str | None]) -> list[engine.Theme]:
        inside: dict[str | None, list[str]] = defaultdict(list)
        for note, theme in places.items():
            inside[theme].append(note)
        return [
            engine.Theme(theme.id, tuple(inside[theme.id]), theme.label if theme.named else None)
            for theme in self._evening.themes
        ]


def _as_content(theme: NewTheme) -> Content:
    return {"id": theme.id, "label": theme.label, "keywords": list(theme.keywords), "quotation": theme.quotation}


def _splits(material: Material) -> Iterator[tuple[Kind, Content]]:
    for split in suggestions.splits(material):
        yield Kind.SPLIT, {"theme": split.theme, "notes": sorted(split.notes), "label": split.headline}


def _merges(material: Material) -> Iterator[tuple[Kind, Content]]:
    for merge in suggestions.merges(material):
        yield Kind.MERGE, {"theme": merge.theme, "into": merge.into}


def _is_same(proposal: Proposal, kind: Kind, content: Content) -> bool:
    """Whether it is in substance the one that was made before, though some notes may have come or gone."""
    if proposal.kind is not kind:
        return False
    before = proposal.content
    if kind is Kind.MERGE:
        return {before["theme"], before["into"]} == {content["theme"], content["into"]}
    old, new = set(before["notes"]), set(content["notes"])
    return bool(before["theme"] == content["theme"] and len(old & new) > _SAME * len(old | new))


def stacked(vectors: Mapping[str, bytes], notes: Sequence[NoteNow]) -> Vectors:
    """The notes' vectors as rows, in their order."""
    rows = [np.frombuffer(vectors[note.id], np.float32) for note in notes]
    return np.stack(rows) if rows else np.zeros((0, 1), np.float32)
