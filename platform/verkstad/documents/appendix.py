"""The appendix: every visible note, where the sources of a summary lead."""

from __future__ import annotations

from verkstad.documents.figures import group_anchor
from verkstad.documents.parts import Parts
from verkstad.documents.tree import Block, Heading, Said, Text
from verkstad.domain.workshop_file import FileGroup, FileQuestion


def appendix(parts: Parts, *, new_page: bool = False) -> list[Block]:
    """Each note under its group and question, after the mark that sources lead to."""
    blocks: list[Block] = [Heading(2, (Text(parts.gettext("Appendix: every note")),), new_page=new_page)]
    for group in parts.summary.groups:
        blocks.append(Heading(3, parts.group_name(group), anchor=group_anchor(group)))
        under_none = parts.summary.of_group(group.number, None)
        if under_none:
            blocks.append(parts.anchored(under_none))
        blocks += [block for q in parts.summary.questions for block in _answered(parts, group, q)]
        if isinstance(blocks[-1], Heading):
            blocks.append(parts.no_notes())
    return blocks


def _answered(parts: Parts, group: FileGroup, question: FileQuestion) -> list[Block]:
    notes = parts.summary.of_group(group.number, question.id)
    return [Heading(4, (Said(question.prompt),)), parts.anchored(notes)] if notes else []
