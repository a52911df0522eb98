"""*Minnesanteckningar*: who was called and came, the agenda with the dialogue under its item, and what was agreed."""

from __future__ import annotations

from collections.abc import Sequence

from verkstad.documents.parts import Parts
from verkstad.documents.tree import Block, BulletList, Heading, Inlines, Paragraph, Said, Table, Text
from verkstad.domain.minutes import Item, Minutes, Part


def minutes(parts: Parts) -> list[Block]:
    """The parts in the order of the agenda; what the secretary placed under no item comes after it."""
    written = parts.evening.minutes
    if written is None:
        said = parts.paragraph(parts.gettext("Nothing has been written in the minutes yet."))
        return [*_calling(parts, Minutes()), said, *_section(parts, Part.DIALOGUE, Minutes())]
    blocks = [*_calling(parts, written), *_attendance(parts, written)]
    for number, item in enumerate(written.items, 1):
        blocks += _item(parts, number, item, written)
    if parts.summary.visible and all(item.part is not Part.DIALOGUE for item in written.items):
        blocks += _section(parts, Part.DIALOGUE, written)
    for part in written.parts_without_item:
        blocks += _section(parts, part, written)
    if written.taken_by:
        blocks += [Heading(2, (Text(parts.gettext("Notes taken by")),)), Paragraph((Said(written.taken_by),))]
    return blocks


def _calling(parts: Parts, written: Minutes) -> list[Block]:
    evening, gettext = parts.evening, parts.gettext
    date = parts.phrases.date(evening.held_on) if evening.held_on else ""
    told = [
        (gettext("Called"), written.called),
        (gettext("Date"), date),
        (gettext("Time"), written.time),
        (gettext("Place"), evening.place),
    ]
    lines = tuple((Text(f"{name}: "), Said(value)) for name, value in told if value)
    return [Heading(2, (Text(gettext("Calling")),)), BulletList(lines)] if lines else []


def _attendance(parts: Parts, written: Minutes) -> list[Block]:
    blocks: list[Block] = []
    if written.present:
        blocks.append(Heading(2, (Text(parts.gettext("Present")),)))
    elif parts.evening.participants:
        told = parts.phrases.participants(parts.evening.participants)
        blocks += [Heading(2, (Text(parts.gettext("Present")),)), parts.paragraph(told)]
    for present in written.present:
        if present.body:
            blocks.append(Heading(3, (Said(present.body),)))
        blocks += _list(present.people)
    if written.absent:
        blocks += [Heading(2, (Text(parts.gettext("Absent")),)), *_list(written.absent)]
    return blocks


def _list(lines: Sequence[str]) -> list[Block]:
    return [BulletList(tuple((Said(line),) for line in lines))] if lines else []


def _item(parts: Parts, number: int, item: Item, written: Minutes) -> list[Block]:
    heading = Heading(2, (Text(f"{number}. "), Said(item.heading)))
    return [heading, *_text(item.text), *(_part(parts, item.part, written) if item.part else [])]


def _text(text: str) -> list[Block]:
    """Paragraphs, and where a line begins so, items of a list (``- ``) and headings (``# ``)."""
    blocks: list[Block] = []
    items: list[Inlines] = []
    paragraph: list[str] = []

    def close() -> None:
        if items:
            blocks.append(BulletList(tuple(items)))
        if paragraph:
            blocks.append(Paragraph((Said("\n".join(paragraph)),)))
        items.clear()
        paragraph.clear()

    for line in text.split("\n"):
        mark, _, rest = line.strip().partition(" ")
        if mark == "-" and rest:
            if paragraph:
                close()
            items.append((Said(rest.strip()),))
        elif mark == "#" and rest:
            close()
            blocks.append(Heading(3, (Said(rest.strip()),)))
        elif not line.strip() or items:
            close()
            paragraph += [line] if line.strip() else []
        else:
            paragraph.append(line)
    close()
    return blocks


def _section(parts: Parts, part: Part, written: Minutes) -> list[Block]:
    """A part that stands by itself, under a heading of its own."""
    name = {
        Part.DIALOGUE: parts.gettext("The dialogue"),
        Part.WORK_GROUPS: parts.gettext("Work groups"),
        Part.CALENDAR: parts.gettext("Calendar"),
        Part.WATCH_LIST: parts.gettext("To keep an eye on"),
    }[part]
    return [Heading(2, (Text(name),)), *_part(parts, part, written)]


def _part(parts: Parts, part: Part, written: Minutes) -> list[Block]:
    match part:
        case Part.DIALOGUE:
            return _dialogue(parts)
        case Part.WORK_GROUPS:
            return _work_groups(parts, written)
        case Part.CALENDAR:
            return _calendar(parts, written)
        case Part.WATCH_LIST:
            return _list(written.watch_list) or [parts.paragraph(parts.gettext("The list is empty."))]


def _dialogue(parts: Parts) -> list[Block]:
    """What each group wrote, word for word, under the questions that were asked."""
    summary = parts.summary
    blocks: list[Block] = []
    if summary.questions:
        blocks += [parts.paragraph(parts.gettext("The dialogue was about these questions:"))]
        blocks += _list([question.prompt for question in summary.questions])
    for group in summary.groups:
        blocks.append(Heading(3, parts.group_name(group)))
        under_none = summary.of_group(group.number, None)
        if under_none:
            blocks.append(parts.bare(under_none))
        for question in summary.questions:
            notes = summary.of_group(group.number, question.id)
            if notes:
                blocks += [Heading(4, (Said(question.prompt),)), parts.bare(notes)]
        if isinstance(blocks[-1], Heading):
            blocks.append(parts.no_notes())
    return blocks or [parts.no_notes()]


def _work_groups(parts: Parts, written: Minutes) -> list[Block]:
    blocks: list[Block] = []
    for group in written.work_groups:
        members = (Said(", ".join(group.members)),) if group.members else (Text(parts.gettext("nobody yet")),)
        blocks += [Heading(3, (Said(group.task),)), Paragraph((Text(parts.gettext("Members: ")), *members))]
    return blocks or [parts.paragraph(parts.gettext("No work groups have been formed."))]


def _calendar(parts: Parts, written: Minutes) -> list[Block]:
    if not written.calendar:
        return [parts.paragraph(parts.gettext("The calendar is empty."))]
    header = (parts.gettext("Date"), parts.gettext("Time"), parts.gettext("Place"), parts.gettext("What"))
    rows = tuple(tuple((Said(cell),) for cell in (row.date, row.time, row.place, row.what)) for row in written.calendar)
    return [Table(parts.gettext("Calendar"), tuple((Text(name),) for name in header), rows, words=True)]
