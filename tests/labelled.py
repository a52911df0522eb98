"""The labelled notes: what in each of them a check should mark, and how well it did."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec

from verkstad.clustering.lemmas import may_name
from verkstad.domain.name_check import Finding, Kind, check

_FOLDER = Path(__file__).with_name("unit") / "domain" / "name_check" / "labelled"


class Mark(msgspec.Struct):
    kind: Kind
    words: str


class Labelled(msgspec.Struct):
    """A note, with what should be marked in it in order."""

    text: str
    marks: list[Mark] = []

    @property
    def wanted(self) -> list[Finding]:
        found, at = [], 0
        for mark in self.marks:
            start = self.text.index(mark.words, at)
            at = start + len(mark.words)
            found.append(Finding(start, at, mark.kind))
        return found


class Score(NamedTuple):
    """How much of what should be marked is, wholly; and how much of what is marked should be."""

    recall: float
    precision: float


def labelled(half: str) -> list[Labelled]:
    """One half of the notes: ``tuning``, which the check was made with, or ``held_out``, which it was not."""
    lines = (_FOLDER / f"{half}.jsonl").read_bytes().splitlines()
    return [msgspec.json.decode(line, type=Labelled) for line in lines]


def score(half: str, kind: Kind) -> Score:
    """How well the check marks one kind in one half."""
    pairs = list(_pairs(half, kind))
    wanted, marked = sum(len(w) for w, _ in pairs), sum(len(m) for _, m in pairs)
    whole = sum(any(mark.covers(want) for mark in marks) for wants, marks in pairs for want in wants)
    right = sum(any(mark.overlaps(want) for want in wants) for wants, marks in pairs for mark in marks)
    return Score(whole / wanted, right / marked)


def _pairs(half: str, kind: Kind) -> Iterator[tuple[list[Finding], list[Finding]]]:
    for note in labelled(half):
        marked = check(note.text, may_name)
        yield [f for f in note.wanted if f.kind is kind], [f for f in marked if f.kind is kind]
