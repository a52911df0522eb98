"""What will be written, by whom and when: drawn once from a seed, so that both systems are given the same evening."""

from __future__ import annotations

import random
from dataclasses import dataclass

import msgspec
import uuid_utils
from benchmarks.live.systems import QUESTION

_PHRASES = (
    "Vi behöver fler mötesplatser",
    "någon som svarar när föreningen ringer",
    "korta vägar mellan kommunen och civilsamhället",
    "lokaler som går att boka på kvällen",
    "stöd till dem som gör jobbet ideellt",
    "att det som sagts i år syns nästa år",
)


@dataclass(frozen=True)
class Crew:
    """Who is there: phones spread over groups, boards that see every note, and a projector."""

    phones: int
    groups: int
    boards: int

    def group_of(self, phone: int) -> int:
        return phone % self.groups + 1

    def readers(self, group: int) -> int:
        """How many shall see a note of a group, besides its author."""
        members = self.phones // self.groups + (group <= self.phones % self.groups)
        return members - 1 + self.boards


@dataclass(frozen=True)
class PlannedNote:
    """One note; ``due`` is in seconds from the start, ``measured`` false while the servers warm up."""

    id: str
    text: str
    phone: int
    due: float
    measured: bool
    mutation: bytes


def draw(crew: Crew, rate: float, *, warm_up: float, seconds: float, seed: str) -> list[PlannedNote]:
    """Notes that arrive as people write, independently of one another, ``rate`` a second on average."""
    dice = random.Random(seed)
    notes: list[PlannedNote] = []
    due = dice.expovariate(rate)
    while due < warm_up + seconds:
        text = ", ".join(dice.sample(_PHRASES, dice.randint(1, 4)))
        notes.append(_write(dice.randrange(crew.phones), text, due, measured=due >= warm_up))
        due += dice.expovariate(rate)
    return notes


def _write(phone: int, words: str, due: float, *, measured: bool) -> PlannedNote:
    """A note with an id of its own, and a text that no other note has."""
    note_id = str(uuid_utils.uuid7())
    text = f"{words} ({note_id[-12:]})."
    mutation = msgspec.json.encode({"id": note_id, "kind": "note.add", "question": QUESTION, "text": text})
    return PlannedNote(note_id, text, phone, due, measured, mutation)
