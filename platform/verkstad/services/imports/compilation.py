"""Makes an evening of a hand-made compilation: *Grupp N*, headings that are questions, list items that are notes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from msgspec import structs

from verkstad.domain.errors import N_, Invalid
from verkstad.domain.workshop_file import FileGroup, FileNote, FileQuestion, WorkshopFile
from verkstad.services.imports.blocks import Block, Kind
from verkstad.services.imports.checks import (
    MAX_GROUP,
    MAX_NOTES,
    NAME,
    PROMPT,
    note_text,
    opening,
    plain_text,
    too_many_notes,
)
from verkstad.services.imports.front import Front
from verkstad.services.imports.marks import GroupHeading, group_heading, looks_like_heading

# The mark of a note, in our Markdown with the id that others lead to.
_BRACKETED = r'\[(?:<span id="[\w-]+">)?G\d+·\d+(?:</span>)?\]'
_MARK = re.compile(f"^{_BRACKETED}|{_BRACKETED}$")

# What a compilation of ours says below a group without notes, in its languages; it is nobody's note.
_NO_NOTES = {"No notes.", "Inga lappar."}


def read_compilation(blocks: Sequence[Block], name: str) -> WorkshopFile:
    """The evening that ``blocks`` describe; ``name`` is its title if the document has none.

    Nothing is left out: a paragraph below a group is a note, and everything above the first group but title, date
    and place is the preface. Notes get their ids from their places, so reading the file again gives the same.

    Raises:
        Invalid: ``not_a_workshop`` when there are no groups or no notes, otherwise what is wrong with a note.
    """
    if len(blocks) > MAX_NOTES:
        raise too_many_notes()
    _refuse_marked_summary(blocks)
    groups = [block for block in blocks if group_heading(block)]
    if not groups:
        raise _no_groups(blocks)
    by_question = _is_by_question(groups)
    start = _start_of_body(blocks, blocks.index(groups[0]), by_question)
    front = Front.read(blocks[:start], name)
    body = _Body(by_question)
    body.read(_with_implied_headings(blocks[start:]))
    if not body.notes:
        message = N_("Line %(line)s has a group, but there are no notes below it or below any other group.")
        raise Invalid("not_a_workshop", message, line=groups[0].line)
    keys = {prompt: f"q{number}" for number, prompt in enumerate(_in_order(body.headings), 1)}
    return WorkshopFile(
        format="verkstad-workshop/1",
        title=front.title,
        held_on=front.held_on,
        place=front.place,
        language="en" if body.english else "sv",
        questions=tuple(FileQuestion(key, prompt) for prompt, key in keys.items()),
        groups=tuple(FileGroup(number, label) for number, label in sorted(body.groups.items())),
        notes=tuple(structs.replace(note, question=keys.get(note.question or "")) for note in body.notes),
        preface=front.preface,
    )


def _no_groups(blocks: Sequence[Block]) -> Invalid:
    if not blocks:
        return Invalid("not_a_workshop", N_("The file has no text."))
    kinds = Counter(block.kind for block in blocks)
    message = N_(
        "The file has no groups. A compilation has headings such as “Grupp 1” or “Bord 1” with lists of notes below "
        "them. This file has %(headings)s headings and %(items)s list items; line %(line)s says “%(start)s”."
    )
    return Invalid(
        "not_a_workshop",
        message,
        headings=kinds[Kind.HEADING],
        items=kinds[Kind.ITEM],
        line=blocks[0].line,
        start=opening(blocks[0].text),
    )


def _refuse_marked_summary(blocks: Sequence[Block]) -> None:
    """Our own longer summaries tell every note several times over, each time with its mark."""
    items = [block for block in blocks if block.kind is Kind.ITEM]
    marked = [block for block in items if _MARK.search(block.text)]
    if len(marked) * 2 > len(items):
        message = N_(
            "Line %(line)s: the notes have marks such as “%(mark)s”, so this is a finished summary. "
            "Import the evening itself (.json), or the summary group by group."
        )
        found = _MARK.search(marked[0].text)
        assert found is not None
        raise Invalid("marked_summary", message, line=marked[0].line, mark=re.sub("<[^>]*>", "", found.group()))


def _is_by_question(groups: Sequence[Block]) -> bool:
    """Whether the compilation goes question by question, with every group below each: then group numbers recur."""
    found = [heading for block in groups if (heading := group_heading(block))]
    return len({heading.number for heading in found}) < len(found)


def _start_of_body(blocks: Sequence[Block], first_group: int, by_question: bool) -> int:
    """Where title and preface end: at the first group, or at the question that stands right above it."""
    headings = [i for i, block in enumerate(blocks[:first_group]) if block.kind is Kind.HEADING]
    question_above = by_question and len(headings) > 1 and headings[-1] == first_group - 1
    return first_group - 1 if question_above else first_group


def _with_implied_headings(blocks: Sequence[Block]) -> list[Block]:
    """The blocks, with a short line right above a list as the heading that a reader takes it for."""
    return [
        replace(block, kind=Kind.HEADING)
        if block.kind is Kind.PARAGRAPH
        and following is not None
        and following.kind is Kind.ITEM
        and looks_like_heading(block.text)
        else block
        for block, following in pairwise([*blocks, None])
        if block is not None
    ]


def _in_order(headings: Sequence[Sequence[str]]) -> list[str]:
    """The questions as they first appear, but each above those that stand below it in the group where it is new.

    So a compilation that is made of the evening has its headings where the one that was read had them.
    """
    order: list[str] = []
    for of_group in headings:
        place = len(order)
        for heading in reversed(of_group):
            if heading in order:
                place = order.index(heading)
            else:
                order.insert(place, heading)
    return order


@dataclass
class _Body:
    """The groups and notes as they come, and the headings of each group; a note's question is its heading."""

    by_question: bool
    headings: list[list[str]] = field(default_factory=lambda: [[]])
    groups: dict[int, str] = field(default_factory=dict)
    notes: list[FileNote] = field(default_factory=list)
    english: bool = False
    _group: int = 0
    _question: str | None = None
    _question_of_all: str | None = None  # when the compilation goes question by question
    _count: Counter[int] = field(default_factory=Counter)

    def read(self, blocks: Sequence[Block]) -> None:
        above_is_question = False
        for block in blocks:
            heading = group_heading(block)
            if heading:
                if self.by_question and above_is_question:
                    self._question_of_all = self._question
                self._open_group(heading, block.line)
            elif block.kind is Kind.HEADING:
                self._question = plain_text(block.text, block.line, PROMPT)
                if self._question not in self.headings[-1]:
                    self.headings[-1].append(self._question)
            elif block.kind is Kind.ITEM or block.text not in _NO_NOTES:
                self._add_note(block)
            above_is_question = block.kind is Kind.HEADING and heading is None

    def _open_group(self, heading: GroupHeading, line: int) -> None:
        if not 1 <= heading.number <= MAX_GROUP:
            message = N_("Line %(line)s: groups are numbered from 1 to %(limit)s.")
            raise Invalid("bad_group", message, line=line, limit=MAX_GROUP)
        name = plain_text(heading.name, line, NAME)
        self.groups[heading.number] = self.groups.get(heading.number) or name
        self.english = self.english or heading.english
        self._group = heading.number
        self.headings.append([])
        self._question = self._question_of_all

    def _add_note(self, block: Block) -> None:
        text = note_text(block.text, block.line)
        self._count[self._group] += 1
        note_id = f"g{self._group}-{self._count[self._group]}"
        self.notes.append(FileNote(note_id, self._group, text, self._question))
