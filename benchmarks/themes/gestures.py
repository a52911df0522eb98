"""A secretary who moves what is wrong, one gesture at a time."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence

from benchmarks.themes.gold import Gold

from verkstad.clustering.material import Material
from verkstad.clustering.similar import compare
from verkstad.clustering.themes import Sorting


def after_gestures(gold: Sequence[Gold], material: Material, sorting: Sorting, count: int, seed: int) -> dict[str, str]:
    """The themes after so many moves.

    Each takes a note that is wrong, from the uncertain and the unplaced as long as there are any, to the theme that is
    its own (a new one where there is none), and takes along those of the three most like it that belong there too.
    """
    luck = random.Random(seed)
    one_of_each = [same[0] for same in material.rows]
    likes = compare(one_of_each, material.vectors, material.encoder, {}).nearest
    theme_of = {note.id: note.theme for note in gold}
    places = {note: theme or f"alone {note}" for note, theme in sorting.places.items()}
    doubtful = sorting.uncertain | frozenset(sorting.unplaced)
    for _ in range(count):
        main = _main_themes(places, theme_of)
        wrong = sorted(
            note for note in places if main[places[note]] != theme_of[note] or places[note] == f"alone {note}"
        )
        if not wrong:
            break
        note = luck.choice([note for note in wrong if note in doubtful] or wrong)
        target = _home(theme_of[note], places, main, theme_of)
        for moved in (note, *(like.note for like in likes.get(note) or ())):
            if theme_of[moved] == theme_of[note]:
                places[moved] = target
    return places


def _main_themes(places: dict[str, str], theme_of: dict[str, str]) -> dict[str, str]:
    counts: dict[str, Counter[str]] = {}
    for note, place in places.items():
        counts.setdefault(place, Counter())[theme_of[note]] += 1
    return {place: min(count, key=lambda theme: (-count[theme], theme)) for place, count in counts.items()}


def _home(theme: str, places: dict[str, str], main: dict[str, str], theme_of: dict[str, str]) -> str:
    sizes = Counter(place for note, place in places.items() if theme_of[note] == theme and main[place] == theme)
    homes = [place for place in sizes if not place.startswith("alone ")]
    return min(homes, key=lambda place: (-sizes[place], place)) if homes else f"new {theme}"
