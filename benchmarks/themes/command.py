"""`make bench-themes`: how near the engine comes to sortings by people, against what anybody would try first."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

from benchmarks.themes.arriving import Arriving
from benchmarks.themes.baselines import BASELINES
from benchmarks.themes.clock import measure
from benchmarks.themes.gestures import after_gestures
from benchmarks.themes.gold import Gold, Places, agreement, kept, read

from verkstad.clustering import concepts
from verkstad.clustering.encoder import Encoder, Vectors, best_encoder
from verkstad.clustering.language import foreign
from verkstad.clustering.material import Material
from verkstad.clustering.placing import place_all
from verkstad.clustering.simple import SimpleEncoder
from verkstad.clustering.sorting import sort
from verkstad.clustering.themes import Sorting, Theme

SOCIAL, REAL = "social_sustainability", "seed2023"
AGREEMENT = {SOCIAL: (0.27, 0.40), "swefaq": (0.68, 0.78), "argsent": (0.72, 0.85), REAL: (0.16, 0.28)}
# Written for this, and before the engine had seen them: an inner city, a village and a sports club.
UNSEEN = Path(__file__).with_name("evenings")
GESTURES = {10: (0.34, 0.50), 20: (0.44, 0.65)}
SEEDS = 4


@dataclass(frozen=True, slots=True)
class Row:
    """A figure, its bars if it has any, and the same figure of others."""

    what: str
    must: float | None
    aim: float | None
    ours: float
    others: Sequence[float] = ()
    less_is_better: bool = False

    @property
    def missed(self) -> bool:
        """Whether the bar is missed."""
        if self.must is None:
            return False
        return self.ours > self.must if self.less_is_better else self.ours < self.must

    def __str__(self) -> str:
        bars = " ".join(f"{'' if bar is None else format(bar, 'g'):>6}" for bar in (self.must, self.aim))
        others = "  ".join(f"{value:{len(name)}.2f}" for name, value in zip(BASELINES, self.others, strict=False))
        return f"{self.what:44} {bars} {self.ours:7.2f}  {others}{'  MISSED' if self.missed else ''}"


class Evening:
    """One gold set with what the engine makes of it."""

    def __init__(self, gold: list[Gold], encoder: Encoder) -> None:
        self.gold, self.encoder, self.concepts = gold, encoder, concepts.shipped()
        self.notes = [note.note for note in gold]
        self.vectors: Vectors = encoder.embed([note.text for note in gold])
        self.material = Material(self.notes, self.vectors, encoder, self.concepts)
        self.sorting: Sorting = sort(self.material)

    @property
    def agreement(self) -> float:
        """How near the sorting comes to people's."""
        return agreement(self.gold, self.sorting.places)

    def arriving(self) -> tuple[float, float, float]:
        """When they come one by one: the agreement, the share without a place, pairs kept as the last quarter comes."""
        hall = Arriving(self.encoder, self.concepts)
        early: Places = {}
        for i, note in enumerate(self.gold, 1):
            hall.come(note, self.vectors[:i])
            if i == round(len(self.gold) * 0.75):
                early = dict(hall.places)
        unplaced = sum(theme is None for theme in hall.places.values()) / len(self.gold)
        return agreement(self.gold, hall.places), unplaced, kept(early, hall.places)

    def baselines(self) -> list[float]:
        """The agreement of each."""
        return [agreement(self.gold, found(self.gold, self.vectors)) for found in BASELINES.values()]

    def gestures(self, count: int) -> float:
        """The agreement after so many gestures, on average."""
        return mean(
            agreement(self.gold, after_gestures(self.gold, self.material, self.sorting, count, seed))
            for seed in range(SEEDS)
        )

    def kept(self) -> float:
        """Pairs kept when the last quarter of the notes arrives."""
        first = round(len(self.notes) * 0.75)
        early = sort(Material(self.notes[:first], self.vectors[:first], self.encoder, self.concepts))
        themes = [Theme(theme.id, theme.notes) for theme in early.themes]
        return kept(early.places, place_all(self.notes, self.vectors, self.encoder, self.concepts, themes).places)

    def foreign_together(self) -> float:
        """The share of notes in other languages that one theme holds."""
        abroad = [
            note.id for note, is_so in zip(self.notes, foreign([n.text for n in self.notes]), strict=True) if is_so
        ]
        places: Places = self.sorting.places
        return max(Counter(places[note] for note in abroad if places[note]).values()) / len(abroad)


def main(arguments: list[str]) -> int:
    """Prints the table; 1 when a bar is missed, 2 when there are no sorted notes to measure on."""
    folder = Path(arguments[0]) if arguments else None
    missing = [name for name in AGREEMENT if folder is None or not (folder / f"{name}.jsonl").is_file()]
    if folder is None or missing:
        print(f"Name the folder with the sorted notes: make bench-themes GOLD=FOLDER. Not found: {', '.join(missing)}.")
        return 2
    encoder = best_encoder()
    evenings = {name: Evening(read(folder / f"{name}.jsonl"), encoder) for name in AGREEMENT}
    rows = [
        *_agreement(evenings),
        _unseen(encoder),
        _simple(evenings),
        *_people(evenings[SOCIAL]),
        *_live(evenings),
        *_clock(evenings, encoder),
    ]
    print(f"encoder: {encoder.name}")
    print(f"{'':44} {'must':>6} {'aim':>6} {'ours':>7}  " + "  ".join(BASELINES))
    for row in rows:
        print(row)
    return int(any(row.missed for row in rows))


def _agreement(evenings: dict[str, Evening]) -> list[Row]:
    return [
        Row(f"{name}, strict AMI", must, aim, evening.agreement, evening.baselines())
        for name, (must, aim) in AGREEMENT.items()
        for evening in (evenings[name],)
    ]


def _unseen(encoder: Encoder) -> Row:
    found = [Evening(read(path), encoder) for path in sorted(UNSEEN.glob("*.jsonl"))]
    others = [mean(figures) for figures in zip(*(evening.baselines() for evening in found), strict=True)]
    return Row("unseen written evenings, mean", 0.28, 0.40, mean(evening.agreement for evening in found), others)


def _simple(evenings: dict[str, Evening]) -> Row:
    found = [Evening(evening.gold, SimpleEncoder()).agreement for evening in evenings.values()]
    each = ", ".join(f"{figure:.2f}" for figure in found)
    return Row(f"simple sorting, mean of {each}", None, None, mean(found))


def _live(evenings: dict[str, Evening]) -> Iterator[Row]:
    for name in (SOCIAL, REAL):
        found, unplaced, pairs = evenings[name].arriving()
        yield Row(f"{name}, one by one, before it closes", None, None, found)
        yield Row(f"{name}, one by one, unplaced", None, None, unplaced, less_is_better=True)
        yield Row(f"{name}, one by one, pairs kept", 0.85, 0.95, pairs)


def _people(evening: Evening) -> list[Row]:
    return [
        *(Row(f"after {count} gestures", *bars, evening.gestures(count)) for count, bars in GESTURES.items()),
        Row("earlier pairs kept, last quarter", 0.85, 0.95, evening.kept()),
        Row("foreign notes in one theme", 0.35, 0.20, evening.foreign_together(), less_is_better=True),
    ]


def _clock(evenings: dict[str, Evening], encoder: Encoder) -> list[Row]:
    everything = [note for evening in evenings.values() for note in evening.gold]
    clock = measure(evenings[REAL].gold, everything, encoder, concepts.shipped())
    figures = (
        ("76 notes, from cold, s", 2, 1, clock.cold),
        ("1,500 notes, from cold, s", 30, 15, clock.many_cold),
        ("1,500 notes, vectors at hand, s", 30, 15, clock.many_sorted),
        ("one note more among 1,500, embedded, s", 0.1, 0.03, clock.one_more),
        ("embedding one note, s", 0.1, 0.03, clock.embedding_one),
        ("memory, MB", 600, 350, clock.memory),
    )
    return [Row(what, must, aim, value, less_is_better=True) for what, must, aim, value in figures]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
