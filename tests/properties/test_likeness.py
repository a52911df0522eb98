"""Which notes are alike depends on which notes there are, and not on how they came, went and changed."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from verkstad.clustering.similar import compare
from verkstad.clustering.simple import SimpleEncoder
from verkstad.clustering.themes import Note
from verkstad.domain.likeness import Like

ENCODER = SimpleEncoder()
# Few directions, so that many notes are equally like each other; more texts than fit in a list of three.
TEXTS = [f"{word} {number}" for word in "abc" for number in range(4)] + ["A 0!", "!?"]
RNG = np.random.default_rng(7)
DIRECTIONS = RNG.integers(-2, 3, (len(TEXTS) - 1, 4)).astype(np.float32)
DIRECTIONS /= np.maximum(np.linalg.norm(DIRECTIONS, axis=1, keepdims=True), 1e-9)
# Equal words have equal vectors.
VECTOR = dict(zip(TEXTS, [*DIRECTIONS[:12], DIRECTIONS[0], DIRECTIONS[12]], strict=True))

Notes = Mapping[str, str]
Known = dict[str, tuple[Like, ...]]
EVENING = st.dictionaries(st.sampled_from([f"n{n}" for n in range(14)]), st.sampled_from(TEXTS), max_size=14)


def look(notes: Notes, known: Known) -> tuple[Known, dict[str, tuple[str, ...]]]:
    """What is known of an evening after a look at it."""
    vectors = np.array([VECTOR[text] for text in notes.values()], np.float32).reshape(len(notes), 4)
    found = compare([Note(*note) for note in notes.items()], vectors, ENCODER, known)
    after = {note: likes for note, likes in (known | found.nearest).items() if note in notes and likes is not None}
    return after, found.near


@given(evenings=st.lists(EVENING, min_size=1, max_size=4), shuffled=st.randoms(use_true_random=False))
def test_any_way_to_an_evening_finds_the_same(evenings: list[dict[str, str]], shuffled: Random) -> None:
    """Each evening follows on the one before: notes have come and gone, and some have another text."""
    known: Known = {}
    before: Notes = {}
    for evening in evenings:
        known = {note: likes for note, likes in known.items() if evening.get(note) == before[note]}
        known, near = look(evening, known)
        before = evening
    last = list(evenings[-1].items())
    shuffled.shuffle(last)
    assert (known, near) == look(dict(last), {})


@given(evening=EVENING)
def test_near_holds_both_ways_and_among_those_that_are_there(evening: dict[str, str]) -> None:
    known, near = look(evening, {})
    for note, others in near.items():
        assert note not in others
        assert all(note in near[other] for other in others)
        assert {note, *others} <= evening.keys()
    for note, likes in known.items():
        assert len(likes) <= 3
        for like in likes:
            assert like.likeness <= 1.001
            assert (like.likeness >= ENCODER.near) <= (note in near.get(like.note, ()))
