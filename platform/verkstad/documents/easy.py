"""The evening for who reads with effort: short sections, one thing a line, every word of it people's or explained."""

from __future__ import annotations

from collections.abc import Sequence

from verkstad.documents.appendix import appendix
from verkstad.documents.parts import Parts
from verkstad.documents.tree import Block, BulletList, Heading, Inlines, Paragraph, Said, Text
from verkstad.domain.summary import SummaryNote
from verkstad.domain.theme import Side
from verkstad.domain.workshop import State
from verkstad.domain.workshop_file import FileTheme


def easy(parts: Parts) -> list[Block]:
    """What the evening was, what was said by several and by single groups, what waits, and what comes after."""
    gettext = parts.gettext
    return [
        *_about(parts),
        *_evening(parts),
        *_said_by_several(parts),
        *_said(parts, gettext("What single groups said"), parts.summary.single_voices),
        *_without_theme(parts),
        *_open_questions(parts),
        *_next(parts),
        *_words(parts),
        *appendix(parts, new_page=True),
    ]


def _section(heading: str, lines: Sequence[Inlines]) -> list[Block]:
    return [Heading(2, (Text(heading),)), BulletList(tuple(lines))] if lines else []


def _lines(*texts: str) -> list[Inlines]:
    return [(Text(text),) for text in texts if text]


def _about(parts: Parts) -> list[Block]:
    gettext = parts.gettext
    lines = _lines(gettext("This text is short and easy to read."))
    if parts.summary.visible:
        lines += _lines(
            gettext("What stands in quotation marks was written by people who took part."),
            gettext("A mark after it shows who wrote it: %(mark)s is group %(group)d, note %(note)d.")
            % _example(parts.summary.visible[0]),
            gettext("At the end of the text are all the notes."),
        )
    return _section(gettext("About this text"), lines)


def _example(note: SummaryNote) -> dict[str, object]:
    return {"mark": note.mark, "group": note.note.group, "note": note.number}


def _evening(parts: Parts) -> list[Block]:
    summary, ngettext = parts.summary, parts.ngettext
    people, groups, notes = summary.evening.participants or 0, len(summary.groups), len(summary.visible)
    lines = []
    if people:
        lines.append(ngettext("%(num)d person took part.", "%(num)d people took part.", people) % {"num": people})
    if groups:
        lines.append(ngettext("They were %(num)d group.", "They were %(num)d groups.", groups) % {"num": groups})
    if notes:
        lines.append(ngettext("They wrote %(num)d note.", "They wrote %(num)d notes.", notes) % {"num": notes})
    blocks = _section(parts.gettext("What the evening was"), _lines(*lines))
    if summary.questions:
        asked = [q.easy or q.prompt for q in summary.questions]
        blocks += _section(parts.gettext("What was asked"), [(Said(question),) for question in asked])
    return blocks


def _said_by_several(parts: Parts) -> list[Block]:
    heading = parts.gettext("What several groups said")
    if parts.summary.visible and not parts.evening.themes:
        told = parts.gettext("The notes have not been sorted into themes.")
        return [Heading(2, (Text(heading),)), parts.paragraph(told)]
    return _said(parts, heading, parts.summary.themes)


def _said(parts: Parts, heading: str, themes: Sequence[FileTheme]) -> list[Block]:
    blocks: list[Block] = [Heading(2, (Text(heading),))] if themes else []
    for theme in themes:
        blocks += [Heading(3, parts.theme_name(theme)), BulletList(tuple(_theme(parts, theme)))]
    return blocks


def _theme(parts: Parts, theme: FileTheme) -> list[Inlines]:
    """How many raised it, and in whose words; where it has sides, in words of each."""
    notes = parts.summary.of_theme(theme)
    raised = {n.note.group for n in notes}
    told = parts.ngettext("%(num)d of %(all)d groups said this.", "%(num)d of %(all)d groups said this.", len(raised))
    lines = _lines(told % {"num": len(raised), "all": len(parts.summary.groups)})
    sides = [(side, parts.summary.of_side(theme, side)) for side in Side]
    if not any(theirs for _, theirs in sides):
        return [*lines, _quoted(parts, _speaking(theme, notes))]
    return lines + [
        (Text(f"{parts.phrases.side(side)}: "), *_quoted(parts, _shortest(theirs))) for side, theirs in sides if theirs
    ]


def _speaking(theme: FileTheme, notes: Sequence[SummaryNote]) -> SummaryNote:
    """The note that was chosen to speak for the theme, or the one that is read most quickly."""
    return next((n for n in notes if n.note.id == theme.quotation), None) or _shortest(notes)


def _shortest(notes: Sequence[SummaryNote]) -> SummaryNote:
    return min(notes, key=lambda n: len(n.note.text))


def _quoted(parts: Parts, note: SummaryNote) -> Inlines:
    return (
        *(Text(parts.gettext("“")), Said(note.note.text), Text(parts.gettext("”") + " ")),
        *parts.sources([note]),
    )


def _without_theme(parts: Parts) -> list[Block]:
    notes = parts.summary.not_placed
    if not notes or not parts.evening.themes:
        return []
    told = parts.ngettext("%(num)d note has no theme:", "%(num)d notes have no theme:", len(notes))
    return [
        Heading(2, (Text(parts.gettext("Other things that were said")),)),
        Paragraph((Text(told % {"num": len(notes)} + " "), *parts.sources(notes))),
    ]


def _open_questions(parts: Parts) -> list[Block]:
    lines = [_quoted(parts, note) for note in parts.summary.open_questions]
    return _section(parts.gettext("Questions that wait for an answer"), lines)


def _next(parts: Parts) -> list[Block]:
    gettext, evening = parts.gettext, parts.evening
    if evening.state is State.ADOPTED:
        lines = _lines(gettext("This text is adopted. It does not change any more."))
    else:
        lines = _lines(gettext("This text is not finished. It can change."))
    if evening.minutes and evening.minutes.calendar:
        lines += _lines(gettext("These dates are in the calendar:"))
        lines += [
            (Said(", ".join(filter(None, (row.date, row.time, row.place, row.what)))),)
            for row in evening.minutes.calendar
        ]
    return _section(gettext("What happens next"), lines)


def _words(parts: Parts) -> list[Block]:
    gettext = parts.gettext
    return _section(
        gettext("Words in this text"),
        _lines(
            gettext("Note: a short text that somebody wrote."),
            gettext("Group: those who sat and talked at one table."),
            gettext("Theme: what several notes are about.") if parts.evening.themes else "",
        ),
    )
