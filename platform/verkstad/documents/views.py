"""The short views of an evening: group by group, question by question, theme by theme."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import groupby

from verkstad.documents.parts import Parts
from verkstad.documents.tree import Block, BulletList, Heading, Said, Text
from verkstad.domain.line import INTRODUCTION, VOICES, of_group, of_question, of_theme
from verkstad.domain.summary import SummaryNote
from verkstad.domain.workshop_file import FileTheme


def by_group(parts: Parts) -> list[Block]:
    """*Grupp N*, the question as heading, a bullet a note: the shape compilations have always had."""
    introduction = parts.lines(INTRODUCTION)
    lines = {group.number: parts.lines(of_group(group.number)) for group in parts.summary.groups}
    # Where something leads to the notes they have their marks.
    listed = parts.sourced if introduction or any(lines.values()) else parts.bare
    blocks = introduction
    for group in parts.summary.groups:
        blocks += [Heading(2, parts.group_name(group), section=of_group(group.number)), *lines[group.number]]
        blocks += _of_group(parts, group.number, listed) or [parts.no_notes()]
    return blocks


def _of_group(parts: Parts, number: int, listed: Callable[[Iterable[SummaryNote]], BulletList]) -> list[Block]:
    """The notes of a group, those under no question first."""
    under_none = parts.summary.of_group(number, None)
    blocks: list[Block] = [listed(under_none)] if under_none else []
    for question in parts.summary.questions:
        notes = parts.summary.of_group(number, question.id)
        if notes:
            blocks += [Heading(3, (Said(question.prompt),)), listed(notes)]
    return blocks


def by_question(parts: Parts) -> list[Block]:
    """Each question with the notes of every group, each note with its mark."""
    blocks = parts.lines(INTRODUCTION)
    for question in parts.summary.questions:
        notes = parts.summary.of_question(question.id)
        section = of_question(question.id)
        blocks += [Heading(2, (Said(question.prompt),), section=section), *parts.lines(section)]
        blocks += _group_by_group(parts, notes)
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
    blocks = parts.lines(INTRODUCTION)
    if not summary.evening.themes:
        blocks.append(parts.paragraph(parts.gettext("The notes have not been sorted into themes.")))
    heading, empty = Heading(2, (Text(parts.gettext("Themes")),)), parts.empty_themes()
    blocks += _themes(parts, heading, summary.themes) or ([heading] if empty else [])
    blocks += empty
    blocks += parts.tensions()
    voices = Heading(2, (Text(parts.gettext("Single voices")),), section=VOICES)
    blocks += _themes(parts, voices, summary.single_voices, parts.lines(VOICES))
    if summary.not_placed:
        blocks += [Heading(2, (Text(parts.gettext("Not placed")),)), parts.sourced(summary.not_placed)]
    return blocks


def _themes(parts: Parts, heading: Heading, themes: Sequence[FileTheme], lines: Sequence[Block] = ()) -> list[Block]:
    blocks: list[Block] = [heading, *lines] if themes or lines else []
    for theme in themes:
        notes = parts.summary.of_theme(theme)
        section = of_theme(theme.id)
        blocks += [Heading(3, parts.theme_name(theme), section=section), *parts.lines(section)]
        blocks += [parts.paragraph(parts.reach(notes)), parts.sourced(notes)]
    return blocks
