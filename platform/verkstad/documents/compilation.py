"""From an evening to a document: one compilation a view."""

from __future__ import annotations

from datetime import UTC, datetime

from verkstad.documents.easy import easy
from verkstad.documents.formats import View
from verkstad.documents.full import full
from verkstad.documents.minutes import minutes
from verkstad.documents.parts import Parts
from verkstad.documents.tree import Document
from verkstad.documents.views import by_group, by_question, by_theme
from verkstad.domain.summary import Summary
from verkstad.domain.words import Words
from verkstad.domain.workshop_file import WorkshopFile

_BODIES = {
    View.GROUPS: by_group,
    View.QUESTIONS: by_question,
    View.THEMES: by_theme,
    View.FULL: full,
    View.EASY: easy,
    View.MINUTES: minutes,
}


def compile_document(evening: WorkshopFile, view: View, words: Words) -> Document:
    """The evening as one view tells it; an evening without notes says so."""
    parts = Parts(Summary(evening), words)
    blocks = parts.opening(when_and_where=view is not View.MINUTES) + parts.adopted()
    if not parts.summary.visible:
        blocks.append(parts.paragraph(parts.gettext("This evening has no notes to show.")))
    blocks += _BODIES[view](parts)
    made_at = utc(evening.exported_at)
    return Document(evening.title, evening.language, tuple(blocks), made_at, large=view is View.EASY, code=evening.code)


def utc(time: datetime | None) -> datetime | None:
    return time.astimezone(UTC) if time else None
