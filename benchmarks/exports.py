"""How long each format takes for an ordinary and for a huge evening, as a ratio to one fixed piece of work.

The reference is compressing twenty megabytes, in the same run on the same machine, so that figures from different
machines can be compared. Beside the ratio stands the share of the time that each export is allowed.
"""

from __future__ import annotations

import sys
import time
import zlib
from collections.abc import Callable
from datetime import date
from gettext import NullTranslations

from verkstad.documents import Format, View, render
from verkstad.domain.minutes import Item, Minutes, Occasion, Part
from verkstad.domain.note import Source
from verkstad.domain.workshop_file import FORMAT, FileGroup, FileNote, FileQuestion, FileTheme, WorkshopFile

# Notes, and the seconds that any export of them may take.
BARS = ((76, 5.0), (1500, 20.0))
# Those that hold the most: every note with pictures and tables, with quotations, and under the items of a meeting.
VIEWS = (View.FULL, View.EASY, View.MINUTES)
_SENTENCE = "Vi behöver fler mötesplatser, och någon som svarar när föreningen ringer till kommunen. "


def evening(notes: int) -> WorkshopFile:
    """An evening of as many notes, eight or thirty groups of them, with themes of a dozen each."""
    groups = 8 if notes < 200 else 30
    asked = ("q1", "q2", "q3", None)
    ids = [f"n{i}" for i in range(notes)]
    return WorkshopFile(
        format=FORMAT,
        title="En kväll om samverkan",
        held_on=date(2024, 5, 14),
        questions=tuple(FileQuestion(q, f"Vad tycker ni om {q}?") for q in asked if q),
        groups=tuple(FileGroup(n) for n in range(1, groups + 1)),
        notes=tuple(
            FileNote(note, i % groups + 1, f"{i} {_SENTENCE * (i % 4 + 1)}".strip(), asked[i % 4], Source.PHONE)
            for i, note in enumerate(ids)
        ),
        minutes=Minutes(
            items=(Item("Samtal", _SENTENCE * 20, Part.DIALOGUE),),
            calendar=tuple(Occasion(f"{day} mars", "17", "Salen", "Rådet") for day in range(1, 31)),
            watch_list=(_SENTENCE,) * 30,
        ),
        themes=tuple(FileTheme(f"t{i}", f"Tema {i}", tuple(ids[i : i + 12])) for i in range(0, notes, 12)),
    )


def _seconds(work: Callable[[], object]) -> float:
    """The best of three: what the work takes when nothing else is in its way."""
    times = []
    for _ in range(3):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def main() -> int:
    """Prints the ratios; the exit code is 1 when an export takes longer than it may."""
    block = bytes(range(256)) * 4096 * 20
    reference = _seconds(lambda: zlib.compress(block, 6))
    slow = False
    print(f"{'notes':>6} {'view':<8} {'format':<6} {'to the reference':>17} {'of what it may':>15}")
    for notes, allowed in BARS:
        the_evening = evening(notes)
        for view, fmt in ((view, fmt) for view in VIEWS for fmt in Format if view is View.FULL or not fmt.is_data):
            taken = _seconds(lambda v=view, f=fmt, e=the_evening: render(e, f, v, NullTranslations()))  # type: ignore[misc]
            slow = slow or taken > allowed
            print(f"{notes:>6} {view:<8} {fmt:<6} {taken / reference:>17.2f} {taken / allowed:>14.0%}")
    return int(slow)


if __name__ == "__main__":
    sys.exit(main())
