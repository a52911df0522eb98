"""The evening as rows: every note once, and what can be counted of groups, questions and themes."""

from __future__ import annotations

from collections.abc import Sequence

from verkstad.documents.emphasis import shown
from verkstad.documents.figures import theme_counts
from verkstad.documents.full import hidden_by_reason, ledger_rows
from verkstad.documents.parts import Parts
from verkstad.documents.tree import Sheet
from verkstad.domain.line import ANSWERS, INTRODUCTION, TENSIONS, VOICES, of_group, of_question, of_theme
from verkstad.domain.minutes import Minutes
from verkstad.domain.summary import Summary, SummaryNote
from verkstad.domain.words import Words
from verkstad.domain.workshop_file import WorkshopFile


def all_sheets(evening: WorkshopFile, words: Words) -> tuple[Sheet, ...]:
    """The sheets of a workbook, *Lappar* first; a text stands in that one only."""
    parts = Parts(Summary(evening), words)
    sheets = [_notes(parts), _groups(parts)]
    if evening.questions:
        sheets.append(_questions(parts))
    if evening.themes:
        sheets += [_themes(parts), _themes_by_group(parts)]
    if evening.lines:
        sheets.append(_lines(parts))
    if evening.minutes:
        sheets.append(_minutes(parts, evening.minutes))
    return (*sheets, _ledger(parts))


def note_sheet(evening: WorkshopFile, words: Words) -> Sheet:
    """One row a note that may be shown."""
    return _notes(Parts(Summary(evening), words))


def _notes(parts: Parts) -> Sheet:
    gettext = parts.gettext
    prompts = {q.id: q.prompt for q in parts.summary.questions}
    names = {g.number: parts.phrases.distinct_name(g) for g in parts.summary.groups}
    themes = {note: parts.theme_label(theme) for theme in parts.evening.themes for note in theme.notes}
    header = (
        *(gettext("Mark"), gettext("Group"), gettext("Name of the group"), gettext("Question"), gettext("Note")),
        *(gettext("Theme"), gettext("Came in by"), gettext("Time (UTC)"), gettext("Late")),
    )
    rows = tuple(
        (
            *(n.mark, n.note.group, names.get(n.note.group, ""), prompts.get(n.note.question or "", "")),
            *(n.note.text, themes.get(n.note.id, ""), parts.phrases.source(n.note.source), _time(n)),
            gettext("yes") if n.note.late else "",
        )
        for n in parts.summary.visible
    )
    return Sheet(gettext("Notes"), header, rows, (9, 8, 18, 34, 72, 26, 16, 18, 7))


def _time(n: SummaryNote) -> str:
    return f"{n.note.created_at:%Y-%m-%d %H:%M}" if n.note.created_at else ""


def _groups(parts: Parts) -> Sheet:
    """How many notes each group has under each question."""
    summary, gettext = parts.summary, parts.gettext
    asked = [*summary.questions]
    under_none = bool(summary.of_question(None))
    header = [gettext("Group"), gettext("Name of the group"), *(q.prompt for q in asked)]
    rows: list[tuple[str | int, ...]] = []
    for group in summary.groups:
        counts = [len(summary.of_group(group.number, q.id)) for q in asked]
        counts += [len(summary.of_group(group.number, None))] if under_none else []
        rows.append((group.number, parts.phrases.distinct_name(group), *counts, sum(counts)))
    header += [gettext("No question")] if under_none else []
    figures = len(header) - 2
    return Sheet(gettext("Groups"), (*header, gettext("Notes")), tuple(rows), (8, 24, *(18,) * figures, 9))


def _questions(parts: Parts) -> Sheet:
    gettext = parts.gettext
    header = (gettext("Question"), gettext("Text"), gettext("Groups"), gettext("Notes"))
    rows = tuple(
        (number, q.prompt, *_reach(parts.summary.of_question(q.id)))
        for number, q in enumerate(parts.summary.questions, 1)
    )
    return Sheet(gettext("Questions"), header, rows, (9, 72, 9, 9))


def _themes(parts: Parts) -> Sheet:
    """Every theme in the order of the summary, single voices last."""
    gettext, summary = parts.gettext, parts.summary
    header = (gettext("Theme"), gettext("Groups"), gettext("Notes"), gettext("Sources"))
    rows = []
    for theme in (*summary.themes, *summary.single_voices):
        notes = summary.of_theme(theme)
        rows.append((parts.theme_label(theme), *_reach(notes), ", ".join(n.mark for n in notes)))
    return Sheet(gettext("Themes"), header, tuple(rows), (40, 9, 9, 72))


def _themes_by_group(parts: Parts) -> Sheet:
    """How many notes of each theme each group has."""
    gettext, summary = parts.gettext, parts.summary
    marks = [f"G{group.number}" for group in summary.groups]
    rows: list[tuple[str | int, ...]] = []
    for theme in (*summary.themes, *summary.single_voices):
        counts = theme_counts(parts, theme)
        rows.append((parts.theme_label(theme), *counts, sum(counts)))
    header = (gettext("Theme"), *marks, gettext("All"))
    return Sheet(gettext("Themes by group"), header, tuple(rows), (40, *(6,) * len(marks), 6))


def _minutes(parts: Parts, minutes: Minutes) -> Sheet:
    """What the secretary wrote, part by part; the dialogue is in the sheet of notes."""
    gettext = parts.gettext
    rows = [(gettext("Called"), minutes.called), (gettext("Time"), minutes.time)]
    rows += [(gettext("Present"), _joined(": ", x.body, who)) for x in minutes.present for who in x.people or ("",)]
    rows += [(gettext("Absent"), who) for who in minutes.absent]
    rows += [(f"{n}. {item.heading}", item.text) for n, item in enumerate(minutes.items, 1)]
    rows += [(gettext("Work groups"), _joined(": ", x.task, ", ".join(x.members))) for x in minutes.work_groups]
    rows += [(gettext("Calendar"), _joined(", ", x.date, x.time, x.place, x.what)) for x in minutes.calendar]
    rows += [(gettext("To keep an eye on"), what) for what in minutes.watch_list]
    rows.append((gettext("Notes taken by"), minutes.taken_by))
    return Sheet(gettext("Minutes"), (gettext("Part"), gettext("Text")), tuple(rows), (40, 90))


def _joined(between: str, *texts: str) -> str:
    return between.join(filter(None, texts))


def _lines(parts: Parts) -> Sheet:
    """What somebody stands for, section by section, and what it builds on."""
    gettext, summary = parts.gettext, parts.summary
    sections = {INTRODUCTION: gettext("Introduction")}
    sections |= {of_group(g.number): parts.phrases.group(g) for g in summary.groups}
    sections |= {
        of_question(q.id): gettext("Question %(number)d") % {"number": number}
        for number, q in enumerate(summary.questions, 1)
    }
    themes = (*summary.themes, *summary.single_voices, *summary.empty_themes)
    sections |= {of_theme(theme.id): parts.theme_label(theme) for theme in themes}
    sections[TENSIONS] = gettext("Tensions")
    sections[ANSWERS] = gettext("Questions that need an answer")
    sections[VOICES] = gettext("Single voices")
    header = (gettext("Section"), gettext("Text"), gettext("Sources"))
    rows = tuple(
        (name, shown(line.text), ", ".join(n.mark for n in summary.sources(line)))
        for section, name in sections.items()
        for line in summary.lines(section)
    )
    return Sheet(gettext("Summary"), header, rows, (30, 72, 30))


def _reach(notes: Sequence[SummaryNote]) -> tuple[int, int]:
    return len({n.note.group for n in notes}), len(notes)


def _ledger(parts: Parts) -> Sheet:
    """The proof that nothing was dropped: the last row is the sum of the others."""
    gettext = parts.gettext
    reasons = "; ".join(f"{reason}: {n}" for reason, n in hidden_by_reason(parts))
    rows = tuple((place, n, reasons if place == gettext("Hidden") else "") for place, n in ledger_rows(parts))
    return Sheet(gettext("Ledger"), (gettext("Where"), gettext("Notes"), gettext("Reason")), rows, (40, 9, 60))
