"""Whether people have made a sorting theirs, so that the machine lets it be."""

from __future__ import annotations

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import Session

from verkstad.domain.vote import VoteOn
from verkstad.domain.workshop import ScreenView
from verkstad.storage.action import MACHINE, SORTED, Action
from verkstad.storage.suggestion import Kind, Sorting, Suggestion
from verkstad.storage.vote import Voting
from verkstad.storage.workshop import Workshop


def people_have_begun(session: Session, workshop_id: int) -> bool:
    """Whether anybody has done anything with the themes since the machine made them first, or is about to.

    That is an act of theirs, a no to a proposal, a new sorting that they have asked for and look at, a vote on the
    themes, and the themes on the screen in the hall.
    """
    acts = select(Action.created_revision).where(Action.workshop_id == workshop_id)
    first = acts.where(Action.kind == SORTED).with_only_columns(func.coalesce(func.min(Action.created_revision), 0))
    with_themes = Action.kind != "finding.decide"
    acted = acts.where(Action.actor != MACHINE, Action.created_revision > first.scalar_subquery(), with_themes)
    answered = exists().where(
        Suggestion.workshop_id == workshop_id,
        or_(Suggestion.dismissed, (Suggestion.kind == Kind.RESORT) & Suggestion.decided_at.is_(None)),
    )
    asked = exists().where(Sorting.workshop_id == workshop_id, Sorting.asked)
    voted = exists().where(Voting.workshop_id == workshop_id, Voting.on == VoteOn.THEMES)
    views = (ScreenView.THEME, ScreenView.THEMES)
    shown = exists().where(Workshop.id == workshop_id, Workshop.screen_view.in_(views))
    return bool(session.scalar(select(or_(acted.exists(), answered, asked, voted, shown))))
