"""What the machine would do for a workshop, decided on what is read of it at one moment. `services.machine` does it.

It suggests a whole sorting once, when there are notes enough; after that it places what comes in, and proposes splits
and merges. It sorts all anew only when somebody asks, and then for them to say yes to.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from verkstad.clustering import suggestions
from verkstad.clustering import themes as engine
from verkstad.clustering.asking import asks
from verkstad.clustering.concepts import Concept
from verkstad.clustering.encoder import Encoder, Vectors
from verkstad.clustering.keywords import keywords
from verkstad.clustering.material import Material
from verkstad.clustering.placing import Placer
from verkstad.clustering.sorting import FEWEST, sort
from verkstad.services.joining import new_id
from verkstad.storage.suggestion import Kind

MOST_OPEN = 3  # splits and merges proposed at a time: more is not help but work
_SAME = 0.5  # the share of its notes that makes a split the one that somebody has said no to

Content = dict[str, Any]


@dataclass(frozen=True, slots=True)
class NoteNow:
    """A visible note."""

    id: str
    text: str
    group: str
    theme: str | None
    by_person: bool
    fresh: bool  # new or changed since the machine looked last
    moved: bool  # somebody has placed it once, though it may have been taken back
    asks_decided: bool


@dataclass(frozen=True, slots=True)
class ThemeNow:
    """A theme that there is."""

    id: str
    label: str
    named: bool


@dataclass(frozen=True, slots=True)
class Proposal:
    """A suggestion that was made before."""

    id: str
    kind: Kind
    content: Content
    open: bool
    dismissed: bool


@dataclass(frozen=True, slots=True)
class Evening:
    """A workshop at one revision, as far as sorting goes."""

    revision: int
    begun: bool
    asked: bool
    notes: Sequence[NoteNow]
    themes: Sequence[ThemeNow]
    proposals: Sequence[Proposal]


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

    kind: str = "machine.place"
    themes: list[NewTheme] = field(default_factory=list)
    places: dict[str, Place] = field(default_factory=dict)
    asking: list[str] = field(default_factory=list)
    proposals: list[tuple[Kind, Content]] | None = None
    begins: bool = False


def decide(evening: Evening, vectors: Vectors, encoder: Encoder, concepts: Sequence[Concept]) -> Plan:
    """The plan for an evening; ``vectors`` are those of its notes, in their order."""
    asking = [note.id for note in evening.notes if note.fresh and not note.asks_decided and asks(note.text)]
    plan = Plan(asking=asking)
    work = _Work(evening, vectors, encoder, concepts)
    if any(note.theme for note in evening.notes):
        plan.places = work.placed()
        plan.proposals = list(work.proposed(plan))
    if evening.asked:
        plan.proposals = [(Kind.RESORT, work.resorted(plan.places))]
    elif not evening.begun and len(evening.notes) >= FEWEST and not any(n.theme or n.moved for n in evening.notes):
        plan.kind, plan.begins = "machine.sort", True
        plan.themes, plan.places = work.sorted()
    return plan


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

    def sorted(self) -> tuple[list[NewTheme], dict[str, Place]]:
        """A whole sorting of what nobody has sorted; themes that people expect are among its themes."""
        themes, found = self._sort()
        there = {theme.id for theme in self._evening.themes}
        places = {
            note: Place(theme, note not in found.uncertain, found.second.get(note))
            for note, theme in found.places.items()
            if theme is not None and note not in self._pinned
        }
        return [theme for theme in themes if theme.id not in there], places

    def resorted(self, places: Mapping[str, Place]) -> Content:
        """What another whole sorting would move, and the themes that it would make or call something else."""
        themes, found = self._sort()
        before = self._before | {note: place.theme for note, place in places.items()}
        labels = {theme.id: theme.label for theme in self._evening.themes}
        moves = [
            {"note": move.note, "from": move.before, "to": move.after, "sure": move.note not in found.uncertain}
            for move in engine.moves(before, found)
            if move.note not in self._pinned
        ]
        changed = [_as_content(theme) for theme in themes if labels.get(theme.id) != theme.label]
        return {"moves": moves, "themes": changed}

    def placed(self) -> dict[str, Place]:
        """A place for each free note that fits somewhere."""
        new = [i for i, note in enumerate(self._evening.notes) if note.id in self._free]
        old = [i for i, note in enumerate(self._evening.notes) if note.theme is not None]
        if not new:
            return {}
        material = Material(
            [self._notes[i] for i in old], self._vectors[old], self._encoder, self._concepts, self._themes(self._before)
        )
        found = Placer(material).place([self._notes[i] for i in new], self._vectors[new])
        return {p.note: Place(p.theme, not p.uncertain, p.second) for p in found if p.theme is not None}

    def proposed(self, plan: Plan) -> Iterator[tuple[Kind, Content]]:
        """The splits and merges that suit the themes as they will be, without what somebody has said no to.

        Free notes that go together need nobody's yes: they get a theme in ``plan``.
        """
        after = self._before | {note: place.theme for note, place in plan.places.items()}
        if len(self._notes) < FEWEST:
            return
        material = self._material(self._themes(after), self._pinned)
        said_no = [proposal for proposal in self._evening.proposals if proposal.dismissed]
        found = [
            (kind, content)
            for kind, content in (*_splits(material), *_merges(material))
            if not any(_is_same(proposal, kind, content) for proposal in said_no)
        ]
        new = [
            c for kind, c in found if kind is Kind.SPLIT and c["theme"] is None and self._free.issuperset(c["notes"])
        ]
        words = keywords([[self._texts[note] for note in content["notes"]] for content in new])
        for content, own in zip(new, words, strict=True):
            theme = NewTheme(new_id(), content["label"], own, content["notes"][0])
            plan.themes.append(theme)
            plan.places |= dict.fromkeys(content["notes"], Place(theme.id))
        yield from [(kind, content) for kind, content in found if content not in new][:MOST_OPEN]

    def _sort(self) -> tuple[list[NewTheme], engine.Sorting]:
        """The engine's sorting, with ids of our own for new themes."""
        found = sort(self._material(self._themes(self._before), self._pinned))
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

    def _material(self, themes: Sequence[engine.Theme], pinned: Mapping[str, str | None]) -> Material:
        return Material(self._notes, self._vectors, self._encoder, self._concepts, themes, pinned)

    def _themes(self, places: Mapping[str, str | None]) -> list[engine.Theme]:
        return [
            engine.Theme(
                theme.id,
                tuple(note for note, place in places.items() if place == theme.id),
                theme.label if theme.named else None,
            )
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
