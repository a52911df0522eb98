"""The pieces that several views of an evening are built from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from verkstad.documents.emphasis import styled
from verkstad.documents.phrases import Phrases
from verkstad.documents.tree import Aside, Block, BulletList, Heading, Inline, Inlines, Mark, Paragraph, Said, Text
from verkstad.domain.line import INTRODUCTION, TENSIONS, of_theme
from verkstad.domain.note import Source
from verkstad.domain.summary import Summary, SummaryNote
from verkstad.domain.words import Words
from verkstad.domain.workshop_file import FileGroup, FileLine, FileTheme


class Parts:
    """An evening with its words, and the blocks that come back in its views."""

    def __init__(self, summary: Summary, words: Words) -> None:
        self.summary = summary
        self.evening = summary.evening
        self.gettext = words.gettext
        self.ngettext = words.ngettext
        self.phrases = Phrases(words, self.evening.language)

    def opening(self, *, when_and_where: bool = True) -> list[Block]:
        """Title, date and place, and the evening's own preface."""
        blocks: list[Block] = [Heading(1, (Said(self.evening.title),), section=INTRODUCTION)]
        if when_and_where and self.evening.held_on:
            blocks.append(Paragraph((Text(self.phrases.date(self.evening.held_on)),), lead=True))
        if when_and_where and self.evening.place:
            blocks.append(Paragraph((Text(self.gettext("Place: ")), Said(self.evening.place)), lead=True))
        if self.evening.preface:
            blocks.append(Paragraph((Said(self.evening.preface),)))
        return blocks

    def adopted(self) -> list[Block]:
        """Who stands for the summary since when, which version it is, and where it can be checked."""
        adopted = self.evening.adopted
        if adopted is None:
            return []
        told = {"date": self.phrases.date(adopted.at.date()), "who": adopted.by, "version": adopted.version}
        sentences = [self.gettext("Adopted %(date)s by %(who)s, version %(version)d.") % told]
        if adopted.version > 1:
            sentences.append(self.gettext("It replaces version %(version)d.") % {"version": adopted.version - 1})
        if adopted.verify:
            sentences.append(self.gettext("Check it: %(address)s") % {"address": adopted.verify})
        return [Paragraph((Said(" ".join(sentences)),))]  # it holds a name

    def paragraph(self, text: str) -> Paragraph:
        return Paragraph((Text(text),))

    def no_notes(self) -> Paragraph:
        return self.paragraph(self.gettext("No notes."))

    def empty_themes(self) -> list[Block]:
        """The themes that have no note, when there are any; those that a line tells of have a heading each, last."""
        themes = [(theme, self.lines(of_theme(theme.id))) for theme in self.summary.empty_themes]
        blocks: list[Block] = []
        if bare := tuple(self.theme_name(theme) for theme, lines in themes if not lines):
            blocks += [self.paragraph(self.gettext("These themes have no notes:")), BulletList(bare)]
        for theme, lines in themes:
            if lines:
                blocks += [Heading(3, self.theme_name(theme), section=of_theme(theme.id)), *lines, self.no_notes()]
        return blocks

    def group_name(self, group: FileGroup) -> Inlines:
        return (Said(self.phrases.group(group)),)

    def bare(self, notes: Iterable[SummaryNote]) -> BulletList:
        """The notes word for word and nothing else."""
        return BulletList(tuple((Said(n.note.text),) for n in notes))

    def sourced(self, notes: Iterable[SummaryNote]) -> BulletList:
        """The notes word for word, each with its mark after it, where lines of the summary lead if there are any."""
        led = bool(self.evening.lines)
        return BulletList(
            tuple(
                (Said(n.note.text), Text(" "), *_bracketed([Mark(n.mark, anchor=n.anchor if led else None)]))
                for n in notes
            )
        )

    def lines(self, section: str) -> list[Block]:
        """What somebody stands for there: a paragraph each, with the marks of what it builds on."""
        return [self._line(line) for line in self.summary.lines(section)]

    def tensions(self) -> list[Block]:
        """What somebody stands for of the tensions of the evening; of each, its theme tells."""
        lines = self.lines(TENSIONS)
        return [Heading(2, (Text(self.gettext("Tensions")),), section=TENSIONS), *lines] if lines else []

    def _line(self, line: FileLine) -> Paragraph:
        words, sources = styled(line.text.strip()), self.summary.sources(line)
        return Paragraph((*words, Text(" "), *self.sources(sources)) if sources else words, line=line.id)

    def anchored(self, notes: Iterable[SummaryNote]) -> BulletList:
        """The notes word for word, each after the mark that sources lead to, and how it came in where that matters."""
        return BulletList(
            tuple(
                (*_bracketed([Mark(n.mark, anchor=n.anchor)]), Text(" "), Said(n.note.text), *self._remarks(n))
                for n in notes
            )
        )

    def sources(self, notes: Sequence[SummaryNote]) -> Inlines:
        """``[G1·4, G5·7]``, each leading to its note in the appendix."""
        return _bracketed([Mark(n.mark, target=n.anchor) for n in notes])

    def reach(self, notes: Sequence[SummaryNote]) -> str:
        return self.phrases.reach(len(notes), len({n.note.group for n in notes}))

    def sourced_reach(self, notes: Sequence[SummaryNote]) -> Paragraph:
        """``7 lappar från 4 grupper [G1·4, G5·7, …]``."""
        return Paragraph((Text(self.reach(notes) + " "), *self.sources(notes)))

    def theme_name(self, theme: FileTheme) -> Inlines:
        """The theme's label; one that no person has confirmed says so."""
        standing = self._standing(theme)
        return (Said(theme.label), Aside(standing)) if standing else (Said(theme.label),)

    def theme_label(self, theme: FileTheme) -> str:
        """The same as plain text."""
        return theme.label + self._standing(theme)

    def _standing(self, theme: FileTheme) -> str:
        suggestion = self.gettext("suggestion")
        return "" if theme.named else f" ({suggestion})"

    def _remarks(self, n: SummaryNote) -> Inlines:
        remarks = []
        if n.note.source is Source.PAPER:
            remarks.append(self.gettext("on paper"))
        if n.note.late:
            remarks.append(self.gettext("late"))
        return (Aside(f" ({', '.join(remarks)})"),) if remarks else ()


def _bracketed(marks: Sequence[Mark]) -> Inlines:
    inlines: list[Inline] = [Aside("[")]
    for i, mark in enumerate(marks):
        if i:
            inlines.append(Aside(", "))
        inlines.append(mark)
    return (*inlines, Aside("]"))
