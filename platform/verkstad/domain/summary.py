"""The summary of an evening: the numbering, the orders and the ledger that every view shares."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from verkstad.domain.line import INTRODUCTION, SECTIONS, of_group, of_question, of_theme
from verkstad.domain.note import plain
from verkstad.domain.theme import Asks, Side, ThemeOrder
from verkstad.domain.workshop_file import FileGroup, FileLine, FileNote, FileQuestion, FileTheme, WorkshopFile


@dataclass(frozen=True)
class Ledger:
    """The proof that nothing was dropped: received = in_themes + not_placed + merged + hidden + withdrawn."""

    received: int
    in_themes: int
    not_placed: int
    merged: int
    hidden: int
    withdrawn: int

    def __post_init__(self) -> None:
        if self.received != self.in_themes + self.not_placed + self.merged + self.hidden + self.withdrawn:
            raise AssertionError(f"the ledger does not add up: {self}")


@dataclass(frozen=True)
class SummaryNote:
    """A note with its mark: ``G5·7`` is the seventh note that came in from group 5, counted for ever."""

    number: int
    note: FileNote

    @property
    def mark(self) -> str:
        return f"G{self.note.group}·{self.number}"

    @property
    def anchor(self) -> str:
        """The same mark as an id in a document: ASCII, a letter first."""
        return f"G{self.note.group}-{self.number}"


class Summary:
    """An evening seen as a document needs it. All orders are by arrival, the file's own order."""

    def __init__(self, evening: WorkshopFile) -> None:
        self.evening = evening

    @cached_property
    def notes(self) -> tuple[SummaryNote, ...]:
        """Every note received, numbered within its group; hidden and withdrawn ones keep their numbers."""
        seen: dict[int, int] = defaultdict(int)
        numbered = []
        for note in self.evening.notes:
            seen[note.group] += 1
            numbered.append(SummaryNote(seen[note.group], note))
        return tuple(numbered)

    @cached_property
    def visible(self) -> tuple[SummaryNote, ...]:
        return tuple(n for n in self.notes if n.note.visible)

    @cached_property
    def groups(self) -> tuple[FileGroup, ...]:
        return tuple(sorted(self.evening.groups, key=lambda g: g.number))

    @property
    def questions(self) -> tuple[FileQuestion, ...]:
        return self.evening.questions

    def of_group(self, number: int, question: str | None) -> tuple[SummaryNote, ...]:
        """The visible notes of one group under one question; None is *under no heading*."""
        return tuple(n for n in self.visible if n.note.group == number and n.note.question == question)

    def of_question(self, question: str | None) -> tuple[SummaryNote, ...]:
        """The visible notes under one question, group by group."""
        found = [n for n in self.visible if n.note.question == question]
        return tuple(sorted(found, key=lambda n: (n.note.group, n.number)))

    def of_theme(self, theme: FileTheme) -> tuple[SummaryNote, ...]:
        return tuple(self._by_id[i] for i in theme.notes if i in self._by_id)

    def of_side(self, theme: FileTheme, side: Side) -> tuple[SummaryNote, ...]:
        """The theme's notes that take a side; with any, it is a tension."""
        return tuple(n for n in self.of_theme(theme) if n.note.side is side)

    @cached_property
    def open_questions(self) -> tuple[SummaryNote, ...]:
        """The notes that ask something which people have said needs an answer."""
        return tuple(n for n in self.visible if n.note.asks is Asks.YES)

    @cached_property
    def themes(self) -> tuple[FileTheme, ...]:
        """Themes raised by more than one group: by number of groups, then by notes; or in people's own order."""
        several = [t for t in self.evening.themes if self._groups_of(t) > 1]
        if self.evening.theme_order is ThemeOrder.OWN:
            return tuple(several)
        return tuple(sorted(several, key=lambda t: (-self._groups_of(t), -self._weight(t))))

    @cached_property
    def single_voices(self) -> tuple[FileTheme, ...]:
        """Themes that one group alone raised: a section of their own, not a leftover."""
        return tuple(t for t in self.evening.themes if self._groups_of(t) == 1)

    @cached_property
    def empty_themes(self) -> tuple[FileTheme, ...]:
        """Themes whose notes have all been moved, hidden or withdrawn."""
        return tuple(t for t in self.evening.themes if not self.of_theme(t))

    @cached_property
    def not_placed(self) -> tuple[SummaryNote, ...]:
        placed = {i for t in self.evening.themes for i in t.notes}
        return tuple(n for n in self.visible if n.note.id not in placed)

    def lines(self, section: str) -> tuple[FileLine, ...]:
        """What stands in a section; what stood in one that this summary does not have is last in the introduction."""
        return tuple(self._lines[section])

    def sources(self, line: FileLine) -> tuple[SummaryNote, ...]:
        """The notes that a line builds on, but for those that have gone."""
        return tuple(self._by_id[note] for note in line.notes if note in self._by_id)

    @cached_property
    def _lines(self) -> dict[str, list[FileLine]]:
        themes = {of_theme(theme.id) for theme in self.evening.themes}
        questions, groups = {of_question(q.id) for q in self.questions}, {of_group(g.number) for g in self.groups}
        there = SECTIONS | themes | questions | groups
        found: dict[str, list[FileLine]] = defaultdict(list)
        written = [line for line in self.evening.lines if line.text.strip()]
        for line in sorted(written, key=lambda line: line.section not in there):
            found[line.section if line.section in there else INTRODUCTION].append(line)
        return found

    @cached_property
    def ledger(self) -> Ledger:
        withdrawn = sum(n.note.withdrawn_at is not None for n in self.notes)
        hidden = sum(n.note.withdrawn_at is None and n.note.hidden is not None for n in self.notes)
        return Ledger(
            received=len(self.notes),
            in_themes=len(self.visible) - len(self.not_placed),
            not_placed=len(self.not_placed),
            merged=0,
            hidden=hidden,
            withdrawn=withdrawn,
        )

    @cached_property
    def _by_id(self) -> dict[str, SummaryNote]:
        return {n.note.id: n for n in self.visible}

    def _groups_of(self, theme: FileTheme) -> int:
        return len({n.note.group for n in self.of_theme(theme)})

    def _weight(self, theme: FileTheme) -> int:
        """How many notes a theme has, when what a group says again counts once: repeating lifts nobody."""
        return len({(n.note.group, plain(n.note.text)) for n in self.of_theme(theme)})
