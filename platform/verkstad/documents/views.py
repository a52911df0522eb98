"""The short views of an evening: group by group, question by question, theme by theme."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from verkstad.documents.parts import Parts
from verkstad.documents.tree import Block, Heading, Said, Text
from verkstad.domain.summary import SummaryNote
from verkstad.domain.workshop_file import FileTheme


def by_group(parts: Parts) -> list[Block]:
    """*Grupp N*, the question as heading, a bullet a note: the shape compilations have always had."""
    blocks: list[Block] = []
    for group in parts.summary.groups:
        blocks.append(Heading(2, parts.group_name(group)))
        under_none = parts.summary.of_group(group.number, None)
        if under_none:
            blocks.append(parts.bare(under_none))
        for question in parts.summary.questions:
            notes = parts.summary.of_group(group.number, question.id)
            if notes:
                blocks += [Heading(3, (Said(question.prompt),)), parts.bare(notes)]
        if isinstance(blocks[-1], Heading):
            blocks.append(parts.no_notes())
    return blocks


def by_question(parts: Parts) -> list[Block]:
    """Each question with the notes of every group, each note with its mark."""
    blocks: list[Block] = []
    for question in parts.summary.questions:
        notes = parts.summary.of_question(question.id)
        blocks += [Heading(2, (Said(question.prompt),)), *_group_by_group(parts, notes)]
    under_none = parts.summary.of_question(None)
    if under_none:
        heading = parts.gettext("Under no question") if parts.summary.questions else parts.gettext("Notes")
        blocks += [Heading(2, (Text(heading),)), *_group_by_group(parts, under_none)]
    return blocks


def _group_by_group(parts: Parts, notes: Sequence[SummaryNote]) -> list[Block]:
    groups = {g.number: g for g in parts.summary.groups}
    blocks: list[Block] = []
    for number, theirs in groupby(notes, key=lambda n: n.note.group):
        blocks += [Heading(3, parts.group_name(groups[number])), parts.sourced(theirs)]
    return blocks or [parts.no_notes()]


def by_theme(parts: Parts) -> list[Block]:
    """Each theme with its notes, then single voices, then what has no theme."""
    summary = parts.summary
    blocks: list[Block] = []
    if not summary.evening.themes:
        blocks.append(parts.paragraph(parts.gettext("The notes have not been sorted into themes.")))
    blocks += _themes(parts, parts.gettext("Themes"), summary.themes)
    blocks += _themes(parts, parts.gettext("Single voices"), summary.single_voices)
    if summary.not_placed:
        blocks += [Heading(2, (Text(parts.gettext("Not placed")),)), parts.sourced(summary.not_placed)]
    return blocks


def _themes(parts: Parts, heading: str, themes: Sequence[FileTheme]) -> list[Block]:
    blocks: list[Block] = [Heading(2, (Text(heading),))] if themes else []
    for theme in themes:
        notes = parts.summary.of_theme(theme)
        blocks += [Heading(3, parts.theme_name(theme)), parts.paragraph(parts.reach(notes)), parts.sourced(notes)]
    return blocks
