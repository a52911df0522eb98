"""An evening whose notes come in one by one, with nobody who sorts them: what the machine has made of it at the end."""

from __future__ import annotations

from dataclasses import replace

from benchmarks.themes.gold import Gold, Places

from verkstad.clustering.concepts import Concept
from verkstad.clustering.encoder import Encoder, Vectors
from verkstad.clustering.placing import Placer
from verkstad.services.evening import Evening, NoteNow, ThemeNow
from verkstad.services.suggesting import Plan, decide


class Arriving:
    """The workshop as the worker would keep it."""

    def __init__(self, encoder: Encoder, concepts: tuple[Concept, ...]) -> None:
        self._encoder, self._concepts = encoder, concepts
        self._notes: list[NoteNow] = []
        self._themes: dict[str, ThemeNow] = {}
        self._begun = False
        self._placer: Placer | None = None

    @property
    def places(self) -> Places:
        """The theme of each note that has come."""
        return {note.id: note.theme for note in self._notes}

    @property
    def labels(self) -> dict[str, str]:
        """What the themes that have notes are called."""
        return {note.theme: self._themes[note.theme].label for note in self._notes if note.theme is not None}

    def come(self, gold: Gold, vectors: Vectors) -> None:
        """One note more, and the machine's look; ``vectors`` are those of all notes so far."""
        self._notes.append(NoteNow(gold.id, gold.text, gold.group, None, False, True, True, False, True))
        evening = Evening(
            0, 0, self._begun, False, self._notes, list(self._themes.values()), [], touched=not self._begun
        )
        plan = decide(evening, vectors, self._encoder, self._concepts, self._placer)
        self._placer = plan.placer
        self._do(plan)

    def _do(self, plan: Plan) -> None:
        places = {note: place.theme for note, place in plan.places.items()}
        themes = {theme.id: theme.label for theme in plan.themes}
        if plan.sorting is not None:
            self._begun = True
            places = {move["note"]: move["to"] for move in plan.sorting["moves"]}
            themes = {theme["id"]: theme["label"] for theme in plan.sorting["themes"]}
        self._themes |= {theme: ThemeNow(theme, label, named=False) for theme, label in themes.items()}
        self._notes = [
            replace(note, theme=places.get(note.id, note.theme), new=False, fresh=False) for note in self._notes
        ]
        held = {note.theme for note in self._notes}
        self._themes = {key: theme for key, theme in self._themes.items() if key in held}
