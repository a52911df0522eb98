"""A Word file of the summary that comes back: what differs from the summary as it is now, and taking some of it in.

Loading a file changes nothing. What somebody takes in is the same mutations as if they had written it at the desk.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from functools import cached_property
from textwrap import shorten
from typing import Any

import msgspec
import uuid_utils
from sqlalchemy.orm import Session

from verkstad.documents.docx_reading import read_manuscript
from verkstad.documents.manuscript import Fetched, Manuscript, Piece, fingerprint, workshop_print
from verkstad.documents.wording import as_read
from verkstad.domain.errors import N_, DomainError, Invalid
from verkstad.domain.mutations import MAX_BATCH, parse_batch
from verkstad.domain.roles import Actor
from verkstad.services.findings import Masking
from verkstad.services.versions import wordings
from verkstad.services.writer import Writer
from verkstad.storage import Action, SummaryLine, Workshop
from verkstad.storage.action import line_acts
from verkstad.storage.base import begin_read
from verkstad.storage.line import lines_of

# How much of its words a paragraph without a mark must share with a line that is missing, to be that line.
ALIKE = 0.5
MAX_UNPLACED = 400  # characters that are shown of words without a place


class Kind(StrEnum):
    """What somebody did in the file."""

    EDIT = "edit"
    ADD = "add"
    MOVE = "move"
    REMOVE = "remove"


class Why(StrEnum):
    """Why a difference is not taken in together with the others."""

    CHANGED = "changed"  # somebody has written in the line since the file was fetched
    REMOVED = "removed"  # somebody has removed it since
    MASKED = "masked"  # the file has masks where the line has names


@dataclass(frozen=True)
class Difference:
    """One thing that the file would change; ``fetched`` is None when nobody knows any more what it was."""

    kind: Kind
    line: str
    section: str
    fetched: str | None = None
    now: str | None = None
    new: str | None = None
    why: Why | None = None
    after: str | None = None
    stands: str | None = None  # where a line that would move stands now
    seen: int = 0

    @property
    def key(self) -> str:
        """What is on the page: when any of it changes, nobody has said yes to it."""
        shown = [self.kind, self.line, self.section, self.new or "", self.why or ""]
        if self.kind is not Kind.MOVE:  # which is as right when it says another thing
            shown.append(self.now or "")
        return fingerprint("\n".join(shown))

    @property
    def mutation(self) -> dict[str, Any]:
        """What takes it in."""
        new_id = str(uuid_utils.uuid7())
        match self.kind:
            case Kind.EDIT:
                return {"id": new_id, "kind": "line.edit", "line": self.line, "seen": self.seen, "text": self.new}
            case Kind.MOVE:
                return {"id": new_id, "kind": "line.move", "line": self.line, **self._where}
            case Kind.REMOVE:
                return {"id": new_id, "kind": "line.remove", "line": self.line}
            case Kind.ADD:
                return {"id": self.line, "kind": "line.add", "text": self.new, "notes": [], **self._where}

    @property
    def _where(self) -> dict[str, Any]:
        return {"section": self.section, "after": self.after}


def read(session: Session, workshop: Workshop, data: bytes) -> Manuscript:
    """The lines of a file.

    Raises:
        Invalid: ``broken_document``, ``not_ours`` or ``other_workshop``.
    """
    manuscript = read_manuscript(data, lambda: str(uuid_utils.uuid7()))
    if manuscript.of != workshop_print(workshop.code):
        message = N_("This is the summary of another evening. Choose the file that was fetched here.")
        raise Invalid("other_workshop", message)
    now = {line.id: as_read(line.text) for line in lines_of(session, workshop.id)}
    return _in_short(_recognised(manuscript, now))


def differences(session: Session, workshop: Workshop, manuscript: Manuscript) -> list[Difference]:
    """What the file would change in the summary as it is now, in the file's order; what is gone from it comes last."""
    begin_read(session)
    return list(_Comparison(session, workshop, manuscript).found())


def take_in(
    session: Session, workshop: Workshop, manuscript: Manuscript, actor: Actor, writer: Writer, keys: Collection[str]
) -> dict[str, DomainError]:
    """Take in the differences with these keys that are still there; why some were refused, by their keys."""
    wanted = set(keys)
    refused: dict[str, DomainError] = {}
    while due := [it for it in differences(session, workshop, manuscript) if it.key in wanted]:
        # Where a line comes to stand depends on what was taken in before it; what it says does not.
        batch = [it for it in due if it.kind in {Kind.EDIT, Kind.REMOVE}][:MAX_BATCH] or due[:1]
        wanted -= {it.key for it in batch}
        session.commit()  # what it has read must not hold up the writer
        pushed = writer.push(actor, parse_batch({"mutations": [it.mutation for it in batch]}))
        refused |= {it.key: x.error for it, x in zip(batch, pushed.results, strict=True) if x.error is not None}
    return refused


def _recognised(manuscript: Manuscript, now: Mapping[str, str]) -> Manuscript:
    """New paragraphs that are lines written anew: Word forgets the mark of what is typed over as a whole."""
    fetched = {line.id: line for line in manuscript.fetched}
    pieces = list(manuscript.pieces)
    there = {piece.line for piece in pieces}
    for line in (line for line in fetched if line not in there):
        alike = [
            (_likeness(now.get(line, ""), piece.text), -n)
            for n, piece in enumerate(pieces)
            if piece.line not in fetched and piece.section == fetched[line].section
        ]
        likeness, place = max(alike, default=(0.0, 0))
        if likeness >= ALIKE:
            pieces[-place] = msgspec.structs.replace(pieces[-place], line=line)
    return msgspec.structs.replace(manuscript, pieces=tuple(pieces))


def _in_short(manuscript: Manuscript) -> Manuscript:
    """What goes along with the page: lines that say what they said need not say it again."""
    said = {line.id: line.said for line in manuscript.fetched}
    return msgspec.structs.replace(
        manuscript,
        pieces=tuple(
            msgspec.structs.replace(piece, text="") if said.get(piece.line) == fingerprint(piece.text) else piece
            for piece in manuscript.pieces
        ),
        unplaced=tuple(shorten(words, MAX_UNPLACED, placeholder="…") for words in manuscript.unplaced),
    )


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one.split(), other.split(), autojunk=False).ratio()


class _Comparison:
    def __init__(self, session: Session, workshop: Workshop, manuscript: Manuscript) -> None:
        self._session, self._workshop, self._manuscript = session, workshop, manuscript
        self._fetched = {line.id: line for line in manuscript.fetched}
        rows = lines_of(session, workshop.id, removed=True)
        self._known = {row.id: row for row in rows}
        self._order = [row.id for row in rows if not row.removed]
        self._masked = Masking(session, workshop).told

    def found(self) -> Iterator[Difference]:
        moved = self._moved()
        before: dict[str, str] = {}  # of each section, the last line that the summary has
        for piece in self._manuscript.pieces:
            section = piece.section
            after = before.get(section) if section else None
            row, line = self._known.get(piece.line), self._fetched.get(piece.line)
            if line is None and row is None:
                assert section is not None  # or it would not have been placed
                yield Difference(Kind.ADD, piece.line, section, new=piece.text, after=after)
            elif line is not None:
                yield from self._written(piece, line, row)
            if section is None or row is None or row.removed:
                continue
            to_move = list(self._placed(piece, section, row, after)) if piece.line in moved else []
            yield from to_move
            if not to_move and row.section == section:
                before[section] = piece.line
        there = {piece.line for piece in self._manuscript.pieces}
        for line in self._manuscript.fetched:
            row = self._known.get(line.id)
            if line.id not in there and row is not None and not row.removed:
                why, fetched = self._since(line, row)
                yield Difference(Kind.REMOVE, row.id, row.section, fetched, row.text, why=why)

    def _written(self, piece: Piece, line: Fetched, row: SummaryLine | None) -> Iterator[Difference]:
        said = fingerprint(piece.text)
        if not piece.text or said == line.said:
            return
        if row is None or row.removed:
            # Back it comes through the log. What was written meanwhile is shown, so that it can be copied.
            section = piece.section or line.section
            yield Difference(Kind.EDIT, piece.line, section, new=piece.text, why=Why.REMOVED)
        elif said != fingerprint(as_read(row.text)):
            why, fetched = self._since(line, row)
            yield Difference(Kind.EDIT, row.id, row.section, fetched, row.text, piece.text, why, seen=row.revision)

    def _placed(self, piece: Piece, section: str, row: SummaryLine, after: str | None) -> Iterator[Difference]:
        in_section = [key for key in self._order if self._known[key].section == section]
        ours = [key for key in in_section if key in self._fetched or key == after]
        if row.section == section:
            place = ours.index(row.id)
            if (ours[place - 1] if place else None) == after:
                return
        why = None if row.section == self._fetched[row.id].section or row.section == section else Why.CHANGED
        yield Difference(Kind.MOVE, row.id, section, now=row.text, why=why, after=after, stands=row.section)

    def _since(self, line: Fetched, row: SummaryLine) -> tuple[Why | None, str | None]:
        """Whether the line is another than the one that was fetched, and what that one said."""
        if fingerprint(as_read(row.text)) == line.said:
            return None, row.text
        told = self._masked(row)
        if fingerprint(as_read(told)) == line.said:
            return Why.MASKED, told
        earlier = [version["text"] for version in wordings(self._acts, row)]
        return Why.CHANGED, next((text for text in earlier if fingerprint(as_read(text)) == line.said), None)

    @cached_property
    def _acts(self) -> list[Action]:
        return line_acts(self._session, self._workshop.id)

    def _moved(self) -> set[str]:
        """The lines that somebody has moved in the file: to another section, or out of the order of their own."""
        order = {line.id: n for n, line in enumerate(self._manuscript.fetched)}
        moved: set[str] = set()
        stayed: dict[str, list[str]] = {}
        for piece in self._manuscript.pieces:
            if piece.line in order and piece.section is not None:
                if piece.section != self._fetched[piece.line].section:
                    moved.add(piece.line)
                else:
                    stayed.setdefault(piece.section, []).append(piece.line)
        for lines in stayed.values():
            moved |= set(lines) - set(_longest_rising(lines, order.__getitem__))
        return moved


def _longest_rising(lines: list[str], number: Callable[[str], int]) -> list[str]:
    """The most lines that stand in their old order among themselves: those that nobody has moved."""
    best: list[list[str]] = []  # the longest that ends at each line
    for n, line in enumerate(lines):
        shorter = [best[m] for m in range(n) if number(lines[m]) < number(line)]
        best.append([*max(shorter, key=len, default=[]), line])
    return max(best, key=len, default=[])
