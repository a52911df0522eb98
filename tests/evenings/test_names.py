"""The name check on the notes of 2023: the two people who are named there, and nothing else."""

from __future__ import annotations

from evenings.seeds import needs_seeds
from evenings.test_2023 import read
from verkstad.clustering.lemmas import may_name
from verkstad.domain.name_check import Kind, check

pytestmark = needs_seeds


def test_two_people_are_named_and_nobody_else_is_marked() -> None:
    notes = read().notes
    assert len(notes) == 76
    found = [(note.text, finding) for note in notes for finding in check(note.text, may_name)]
    assert [finding.kind for _, finding in found] == [Kind.NAME, Kind.NAME]
    # First and last name.
    assert all(len(text[one.start : one.end].split()) == 2 for text, one in found)
