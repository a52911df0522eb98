"""The full summary: the evening in brief, its groups, questions and themes, the ledger, and every note."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from verkstad.documents.appendix import appendix
from verkstad.documents.figures import notes_by_group, themes_by_group
from verkstad.documents.parts import Parts
from verkstad.documents.tree import Block, BulletList, Heading, Inlines, Paragraph, Said, Table, Text
from verkstad.documents.votings import votings
from verkstad.domain.line import ANSWERS, INTRODUCTION, VOICES, of_group, of_question, of_theme
from verkstad.domain.note import Source
from verkstad.domain.summary import SummaryNote
from verkstad.domain.theme import Side, ThemeOrder
from verkstad.domain.workshop_file import FileTheme


def full(parts: Parts) -> list[Block]:
    """Everything a reader who was not there needs. The text of a note stands once, in the appendix."""
    return [
        *parts.lines(INTRODUCTION),
        *_in_brief(parts),
        *notes_by_group(parts),
        *_told_of_groups(parts),
        *_questions(parts),
        *_themes(parts),
        *parts.tensions(),
        *_open_questions(parts),
        *_single_voices(parts),
        *themes_by_group(parts),
        *_not_placed(parts),
        *votings(parts),
        *_ledger(parts),
        *appendix(parts),
    ]


def _in_brief(parts: Parts) -> list[Block]:
    summary, phrases = parts.summary, parts.phrases
    facts = []
    if summary.evening.participants:
        facts.append(phrases.participants(summary.evening.participants))
    facts += [phrases.groups(len(summary.groups)), phrases.questions(len(summary.questions)), _received(parts)]
    how = [parts.gettext("Every note is given word for word in the appendix, under the group that wrote it.")]
    if summary.visible:
        first = summary.visible[0]
        how.append(
            parts.gettext("A mark such as %(mark)s means group %(group)d, note %(note)d, and leads to that note.")
            % {"mark": first.mark, "group": first.note.group, "note": first.number}
        )
    late = sum(n.note.late for n in summary.visible)
    if late:
        how.append(
            parts.ngettext(
                "%(num)d note came after its question had closed, and is marked “late”.",
                "%(num)d notes came after their question had closed, and are marked “late”.",
                late,
            )
            % {"num": late}
        )
    return [
        Heading(2, (Text(parts.gettext("The evening in brief")),)),
        BulletList(tuple((Text(fact),) for fact in facts)),
        Heading(2, (Text(parts.gettext("How it was done")),)),
        parts.paragraph(" ".join(how)),
    ]


def _received(parts: Parts) -> str:
    """``76 lappar: 70 från telefoner, 6 på papper``."""
    notes = parts.summary.notes
    counts = Counter(n.note.source for n in notes)
    ways = [parts.phrases.from_source(source, counts[source]) for source in Source if counts[source]]
    total = parts.phrases.notes(len(notes))
    return f"{total}: {', '.join(ways)}" if ways else total


def _told_of_groups(parts: Parts) -> list[Block]:
    """The groups that a line tells of."""
    blocks: list[Block] = []
    for group in parts.summary.groups:
        if lines := parts.lines(of_group(group.number)):
            blocks += [Heading(3, parts.group_name(group), section=of_group(group.number)), *lines]
    return blocks


def _questions(parts: Parts) -> list[Block]:
    """Each question with how many answered it and where their notes are."""
    summary = parts.summary
    if not summary.questions:
        return []
    blocks: list[Block] = [Heading(2, (Text(parts.gettext("Question by question")),))]
    for number, question in enumerate(summary.questions, 1):
        heading = parts.gettext("Question %(number)d: %(prompt)s") % {"number": number, "prompt": question.prompt}
        section = of_question(question.id)
        blocks += [Heading(3, (Said(heading),), section=section), *parts.lines(section)]
        blocks.append(_answers(parts, summary.of_question(question.id)))
    under_none = summary.of_question(None)
    if under_none:
        blocks += [Heading(3, (Text(parts.gettext("Under no question")),)), _answers(parts, under_none)]
    return blocks


def _answers(parts: Parts, notes: Sequence[SummaryNote]) -> Paragraph:
    return parts.sourced_reach(notes) if notes else parts.no_notes()


def _themes(parts: Parts) -> list[Block]:
    summary = parts.summary
    blocks: list[Block] = [Heading(2, (Text(parts.gettext("Themes")),))]
    if not summary.evening.themes:
        return [*blocks, parts.paragraph(parts.gettext("The notes have not been sorted into themes."))]
    if not summary.themes:
        told = parts.paragraph(parts.gettext("No theme was raised by more than one group."))
        return [*blocks, told, *parts.empty_themes()]
    if summary.evening.theme_order is ThemeOrder.GROUPS:
        blocks.append(parts.paragraph(parts.gettext("Themes raised by the most groups come first.")))
    for theme in summary.themes:
        section = of_theme(theme.id)
        blocks += [Heading(3, parts.theme_name(theme), section=section), *parts.lines(section)]
        blocks.append(parts.sourced_reach(summary.of_theme(theme)))
        blocks += _sides(parts, theme)
    return blocks + parts.empty_themes()


def _sides(parts: Parts, theme: FileTheme) -> list[Block]:
    """Who is for and who against, where notes of the theme take sides."""
    sides = [(parts.phrases.side(side), parts.summary.of_side(theme, side)) for side in Side]
    lines = tuple((Text(f"{name} "), *parts.sources(notes)) for name, notes in sides if notes)
    return [BulletList(lines)] if lines else []


def _open_questions(parts: Parts) -> list[Block]:
    notes, blocks = parts.summary.open_questions, parts.lines(ANSWERS)
    if notes:
        asked = parts.gettext("These notes ask somebody something:")
        blocks.append(Paragraph((Text(asked + " "), *parts.sources(notes))))
    heading = Heading(2, (Text(parts.gettext("Questions that need an answer")),), section=ANSWERS)
    return [heading, *blocks] if blocks else []


def _single_voices(parts: Parts) -> list[Block]:
    """Those that a line tells of have a heading each, after the list of the others."""
    voices, blocks = parts.summary.single_voices, parts.lines(VOICES)
    if voices:
        blocks.insert(0, parts.paragraph(parts.gettext("One group alone raised this. It counts as much.")))
    lines = {theme.id: parts.lines(of_theme(theme.id)) for theme in voices}
    if listed := tuple(_voice(parts, theme) for theme in voices if not lines[theme.id]):
        blocks.append(BulletList(listed))
    for theme in voices:
        if lines[theme.id]:
            blocks += [Heading(3, parts.theme_name(theme), section=of_theme(theme.id)), *lines[theme.id]]
            blocks.append(parts.sourced_reach(parts.summary.of_theme(theme)))
    return [Heading(2, (Text(parts.gettext("Single voices")),), section=VOICES), *blocks] if blocks else []


def _voice(parts: Parts, theme: FileTheme) -> Inlines:
    return (*parts.theme_name(theme), Text(" "), *parts.sources(parts.summary.of_theme(theme)))


def _not_placed(parts: Parts) -> list[Block]:
    notes = parts.summary.not_placed
    if not notes or not parts.summary.evening.themes:
        return []
    return [
        Heading(2, (Text(parts.gettext("Not placed")),)),
        Paragraph((Text(parts.gettext("These notes belong to no theme:") + " "), *parts.sources(notes))),
    ]


def _ledger(parts: Parts) -> list[Block]:
    """The proof that nothing was dropped, as a table that adds up."""
    gettext = parts.gettext
    blocks: list[Block] = [
        Heading(2, (Text(gettext("Where every note is")),)),
        parts.paragraph(gettext("Every note that came in is in exactly one row.")),
        _counts(parts, gettext("Where the notes are"), gettext("Where"), ledger_rows(parts), total=True),
    ]
    reasons = hidden_by_reason(parts)
    if reasons:
        blocks.append(_counts(parts, gettext("Hidden notes by reason"), gettext("Reason"), reasons, total=False))
    return blocks


def ledger_rows(parts: Parts) -> list[tuple[str, int]]:
    """Each place a note can be in with its number, and last what they sum to."""
    ledger, gettext = parts.summary.ledger, parts.gettext
    return [
        (gettext("In themes"), ledger.in_themes),
        (gettext("Not placed"), ledger.not_placed),
        (gettext("Merged with another"), ledger.merged),
        (gettext("Hidden"), ledger.hidden),
        (gettext("Withdrawn by the author"), ledger.withdrawn),
        (gettext("Received"), ledger.received),
    ]


def hidden_by_reason(parts: Parts) -> list[tuple[str, int]]:
    """Why notes were hidden and how many, the most common reason first; never what they said."""
    reasons = Counter(
        n.note.hidden.reason.strip() or parts.gettext("No reason given")
        for n in parts.summary.notes
        if n.note.hidden and n.note.withdrawn_at is None
    )
    return reasons.most_common()


def _counts(parts: Parts, caption: str, first: str, rows: Sequence[tuple[str, int]], *, total: bool) -> Table:
    header: tuple[Inlines, ...] = ((Text(first),), (Text(parts.gettext("Notes")),))
    return Table(caption, header, tuple(((Said(name),), (Text(str(n)),)) for name, n in rows), total=total)
