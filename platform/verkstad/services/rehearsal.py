"""The plan of a rehearsal: an evening from a file as what everybody does at which second. Pure; nothing is sent here.

The order within a group is the file's, so that notes get the same marks in the summary as in the file's own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from verkstad.domain.workshop import ScreenView, State
from verkstad.domain.workshop_file import FileNote, WorkshopFile

OPENING = 3.0  # seconds for the hall to see who has joined
WRITING = 44.0  # for all rounds together
READING = 2.0  # after a round, with its notes on the screen
MINUTES = 10  # on the round's timer; it stops nobody

# What a note costs to write besides its letters, so that short ones are not fired off in a burst.
_PAUSE = 60


@dataclass(frozen=True, slots=True)
class Step:
    """One mutation without its id, ``at`` seconds from the start; ``group`` None is the facilitator.

    ``after`` is a question that must have been opened first.
    """

    at: float
    group: int | None
    kind: str
    fields: Mapping[str, Any]
    after: str | None = None


def plan(evening: WorkshopFile, speed: float = 1.0) -> list[Step]:
    """What to do to see the evening again, about a minute long at speed 1, in order of time.

    Hidden and withdrawn notes are left out. A note that was late is late again: it is sent in the next round.
    """
    steps = sorted(_Plan(evening).steps(), key=lambda step: step.at)
    return [Step(step.at / speed, step.group, step.kind, step.fields, step.after) for step in steps]


class _Plan:
    def __init__(self, evening: WorkshopFile) -> None:
        self._questions = [question.id for question in evening.questions]
        self._notes: dict[tuple[str | None, int], list[FileNote]] = defaultdict(list)
        for note in evening.notes:
            if note.visible:
                self._notes[self._round_of(note), note.group].append(note)
        self._groups = sorted({group for _, group in self._notes})

    def _round_of(self, note: FileNote) -> str | None:
        """The question that is open when the note is sent."""
        if note.question is None or not note.late or note.question == self._questions[-1]:
            return note.question
        return self._questions[self._questions.index(note.question) + 1]

    def steps(self) -> Iterator[Step]:
        start = OPENING
        for question, length in zip(self._questions, self._lengths(), strict=True):
            yield from self._round(question, start, length)
            start += length + READING
        end = max(start, OPENING + WRITING)
        for group in self._groups:
            yield from self._writing(None, group, OPENING, end - OPENING)
        yield Step(end, None, "workshop.state", {"state": State.CLOSED})

    def _lengths(self) -> list[float]:
        """The share of the writing time that each question gets: what its busiest group has to write."""
        efforts = [
            max([_PAUSE, *(self._effort(question, group) for group in self._groups)]) for question in self._questions
        ]
        return [WRITING * effort / sum(efforts) for effort in efforts]

    def _effort(self, question: str | None, group: int) -> int:
        return sum(len(note.text) + _PAUSE for note in self._notes[question, group])

    def _round(self, question: str, start: float, length: float) -> Iterator[Step]:
        yield Step(start, None, "round.open", {"question": question, "minutes": MINUTES})
        yield Step(start, None, "screen.show", {"view": ScreenView.QUESTION})
        for group in self._groups:
            yield from self._writing(question, group, start, length)
            yield Step(start + length - 0.1, group, "group.done", {"done": True}, question)
        yield Step(start + length, None, "round.share", {"question": question, "shared": True})
        yield Step(start + length, None, "screen.show", {"view": ScreenView.NOTES})

    def _writing(self, question: str | None, group: int, start: float, length: float) -> Iterator[Step]:
        """The notes of one group, each sent when it would have been typed; no two groups keep the same pace."""
        effort = self._effort(question, group)
        pace = 0.75 + 0.2 * (group * 0.618 % 1)
        typed = 0
        for note in self._notes[question, group]:
            typed += len(note.text) + _PAUSE
            fields = {"question": note.question, "text": note.text}
            yield Step(start + length * pace * typed / effort, group, "note.add", fields, question)
