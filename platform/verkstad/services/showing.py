"""Themes as the hall sees them: what the facilitator shows of them on the screen, and nothing else."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from verkstad.domain.note import plain
from verkstad.domain.theme import ThemeOrder
from verkstad.domain.workshop import ScreenView
from verkstad.storage import Note, Theme, Workshop
from verkstad.storage.theme import themes_of

Json = dict[str, Any]


def shown_themes(session: Session, workshop: Workshop) -> Json:
    """``shown_theme`` (None when it is gone) or ``shown_themes``; empty unless the screen shows either."""
    if workshop.screen_view not in {ScreenView.THEME, ScreenView.THEMES}:
        return {}
    ranked = ranked_themes(session, workshop)
    told = [
        {"id": theme.id, "label": theme.label, "groups": groups, "position": place, "of": len(ranked)}
        for place, (theme, groups) in enumerate(ranked, 1)
    ]
    if workshop.screen_view is ScreenView.THEMES:
        return {"shown_themes": told}
    for (theme, _), one in zip(ranked, told, strict=True):
        if theme.id == workshop.screen_theme:
            return {"shown_theme": one | {"quotation": _quotation(session, theme)}}
    return {"shown_theme": None}


def ranked_themes(session: Session, workshop: Workshop) -> list[tuple[Theme, list[int]]]:
    """The themes that have notes to show, each with the groups behind it, in the order that people have chosen."""
    query = (
        select(Note.theme_id, Note.group_number, Note.text)
        .where(Note.workshop_id == workshop.id, Note.theme_id.is_not(None))
        .where(Note.withdrawn_at.is_(None), Note.hidden_at.is_(None))
    )
    # What a group says again counts once: repeating lifts nobody.
    said: dict[str | None, set[tuple[int, str]]] = {}
    for theme, group, text in session.execute(query):
        said.setdefault(theme, set()).add((group, plain(text)))
    groups = {theme: sorted({group for group, _ in notes}) for theme, notes in said.items()}
    ranked = [theme for theme in themes_of(session, workshop.id) if theme.id in groups]
    if workshop.theme_order is ThemeOrder.GROUPS:
        ranked.sort(key=lambda theme: (-len(groups[theme.id]), -len(said[theme.id])))
    return [(theme, groups[theme.id]) for theme in ranked]


def _quotation(session: Session, theme: Theme) -> Json | None:
    """The note that speaks for the theme, as long as it is there to be read."""
    note = session.get(Note, (theme.workshop_id, theme.quotation_id)) if theme.quotation_id else None
    if note is None or not note.visible or note.theme_id != theme.id:
        return None
    return {"text": note.text, "group": note.group_number}
