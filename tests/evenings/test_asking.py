"""The notes of 6 March 2023 that ask something."""

from __future__ import annotations

from evenings.seeds import needs_seeds
from evenings.test_2023 import read
from verkstad.clustering.asking import asks

pytestmark = needs_seeds

# Eighteen of the 76, by group and place: those that need somebody's answer. Not counted are a question that is told
# of others ("What's in it for us?") and a wish that happens to end with the sign.
_ASKING = {
    (1, 1), (1, 4), (1, 6), (1, 9), (1, 10),
    (3, 4), (3, 10), (3, 12), (3, 13), (3, 14),
    (4, 1), (5, 5), (5, 8), (5, 12), (6, 1), (6, 5), (8, 2), (8, 11),
}  # fmt: skip


def test_nearly_all_that_ask_are_found_and_few_others() -> None:
    places: dict[int, int] = {}
    found = set()
    for note in read().notes:
        places[note.group] = places.get(note.group, 0) + 1
        if asks(note.text):
            found.add((note.group, places[note.group]))
    assert len(_ASKING) == 18
    assert len(found & _ASKING) >= 0.95 * len(_ASKING)
    assert len(found & _ASKING) >= 0.8 * len(found)
