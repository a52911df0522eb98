"""What could stand in a section of the summary: made of what is there, and never more than a beginning."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from babel.lists import format_list
from sqlalchemy.orm import Session

from verkstad.documents import emphasis
from verkstad.documents.phrases import Phrases
from verkstad.domain.line import ANSWERS, MAX_LINE, MAX_SOURCES, TENSIONS, VOICES, of_group, of_question, of_theme
from verkstad.domain.summary import Summary, SummaryNote
from verkstad.domain.theme import Side
from verkstad.domain.workshop_file import FileTheme
from verkstad.services.delta import Json
from verkstad.services.exports import evening_of
from verkstad.services.words import words_of
from verkstad.storage import Workshop

_QUOTED = 3


def drafts(session: Session, workshop_id: int, section: str) -> list[Json]:
    """A text each, with the notes that it builds on, in the workshop's language; none where there is nothing to say."""
    evening = evening_of(session, session.get_one(Workshop, workshop_id))
    return [draft for draft in _Drafts(Summary(evening), evening.language).of(section) if draft]


class _Drafts:
    def __init__(self, summary: Summary, language: str) -> None:
        self._summary, self._language = summary, language
        self._words = words_of(language)
        self._phrases = Phrases(self._words, language)
        self._themes = (*summary.themes, *summary.single_voices)

    def of(self, section: str) -> Iterator[Json | None]:
        if section == TENSIONS:
            yield from (self._tension(theme) for theme in self._themes)
        elif section == ANSWERS:
            yield from (self._asked(note) for note in self._summary.open_questions)
        elif section == VOICES:
            yield from (self._raised(theme) for theme in self._summary.single_voices)
        for theme in self._themes:
            if section == of_theme(theme.id):
                yield self._raised(theme)
                yield from (self._quoted(note) for note in self._speaking_for(theme))
        for question in self._summary.questions:
            if section == of_question(question.id):
                yield self._spoken_of(self._summary.of_question(question.id))
        for group in self._summary.groups:
            if section == of_group(group.number):
                yield self._spoken_of([n for n in self._summary.visible if n.note.group == group.number])

    def _raised(self, theme: FileTheme) -> Json | None:
        """**Träffar** lyftes av grupp 1, 4 och 5."""
        notes = self._summary.of_theme(theme)
        groups = sorted({n.note.group for n in notes})
        sentence = self._words.ngettext(
            "%(theme)s was raised by group %(groups)s.", "%(theme)s was raised by groups %(groups)s.", len(groups)
        )
        return self._draft(sentence, notes, [theme.label], groups=self._list([str(number) for number in groups]))

    def _speaking_for(self, theme: FileTheme) -> Sequence[SummaryNote]:
        """One note a group: first the theme's own quotation, then each group's first."""
        notes = sorted(self._summary.of_theme(theme), key=lambda n: n.note.id != theme.quotation)
        by_group: dict[int, SummaryNote] = {}
        for note in notes:
            by_group.setdefault(note.note.group, note)
        return list(by_group.values())[:_QUOTED]

    def _quoted(self, n: SummaryNote) -> Json | None:
        return self._said(self._words.gettext("Group %(group)d wrote: “%(text)s”"), n)

    def _asked(self, n: SummaryNote) -> Json | None:
        return self._said(self._words.gettext("Group %(group)d asks: “%(text)s”"), n)

    def _said(self, sentence: str, n: SummaryNote) -> Json | None:
        return self._draft(sentence, [n], group=n.note.group, text=n.note.text)

    def _tension(self, theme: FileTheme) -> Json | None:
        """**Öppettider**. För: 3 lappar. Emot: 2 lappar."""
        sides = {side: self._summary.of_side(theme, side) for side in Side}
        told = [
            f"{self._phrases.side(side)}: {self._phrases.notes(len(taken))}." for side, taken in sides.items() if taken
        ]
        notes = [n for taken in sides.values() for n in taken]
        return (
            self._draft("%(theme)s. %(sides)s", notes, [theme.label], sides=" ".join(told)) if len(told) > 1 else None
        )

    def _spoken_of(self, notes: Sequence[SummaryNote]) -> Json | None:
        """Här lyftes: **Träffar** och **Skolan**."""
        ids = {n.note.id for n in notes}
        themes = [theme for theme in self._themes if ids & set(theme.notes)]
        placed = [n for n in notes if any(n.note.id in theme.notes for theme in themes)]
        labels = [theme.label for theme in themes]
        return self._draft(self._words.gettext("Raised here: %(theme)s."), placed, labels) if labels else None

    def _draft(
        self, sentence: str, notes: Sequence[SummaryNote], labels: Sequence[str] = (), **words: object
    ) -> Json | None:
        """The sentence, its labels strong; None when people's words would not be shown as they wrote them.

        It names no more notes than a line can have: the first of them.
        """
        bare = sentence % {**words, "theme": self._list(labels)}
        text = sentence % {**words, "theme": self._list([f"**{label}**" for label in labels])}
        if emphasis.shown(text) != bare or len(text) > MAX_LINE:
            return None
        return {"text": text, "notes": [n.note.id for n in notes[:MAX_SOURCES]]}

    def _list(self, words: Sequence[str]) -> str:
        return str(format_list(words, locale=self._language))
