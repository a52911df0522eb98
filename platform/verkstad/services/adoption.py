"""The summary made to stand: what is in the way of that, saying that it is to, and opening it again.

Its files are made by `services.adopted_files`, beside serving. Until they are all there nothing is adopted.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy.orm import Session

from verkstad.documents import View
from verkstad.domain.errors import N_, Conflict, Invalid, NotFound
from verkstad.domain.roles import Actor, Right
from verkstad.domain.workshop import State
from verkstad.services.delta import touched
from verkstad.services.findings import undecided
from verkstad.services.minutes import minutes_of
from verkstad.services.ports import Broadcaster
from verkstad.storage import Adoption, SummaryLine, Workshop, begin_write
from verkstad.storage.account import name_of
from verkstad.storage.adoption import adoptions_of, attempt_of, next_version
from verkstad.storage.base import begin_read, now
from verkstad.storage.line import lines_of
from verkstad.storage.note import notes_since
from verkstad.storage.workshop import lock_workshop

# Eighty random bits, which somebody can still type from paper.
_ADDRESS_BYTES = 10
VERIFY = "/verify/"  # and the address


class Obstacle(StrEnum):
    """What stands in the way of adopting a summary."""

    NOT_UNDER_REVIEW = "not_under_review"  # it is open, or late notes are still taken
    NO_SOURCE = "no_source"
    SOURCE_GONE = "source_gone"
    HELD = "held"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class Hindrance:
    """One kind of obstacle, and the words that it is about, one text a place."""

    obstacle: Obstacle
    words: tuple[str, ...] = ()


def hindrances(session: Session, workshop: Workshop) -> list[Hindrance]:
    """All that stands in the way. Names and numbers are looked for in every text: a large evening takes half a second.

    Nothing does in a workshop that is adopted.
    """
    if workshop.state is State.ADOPTED:
        return []
    state = [] if workshop.state is State.UNDER_REVIEW else [Hindrance(Obstacle.NOT_UNDER_REVIEW)]
    found = tuple(finding.words for finding in undecided(session, workshop))
    begin_read(session)
    return [*state, *_in_lines(session, workshop), *([Hindrance(Obstacle.UNDECIDED, found)] if found else [])]


def _in_lines(session: Session, workshop: Workshop) -> Iterator[Hindrance]:
    visible = {note.id for note in notes_since(session, workshop.id, 0) if note.visible}
    written = [line for line in lines_of(session, workshop.id) if line.text.strip()]

    def about(obstacle: Obstacle, lines: Sequence[SummaryLine]) -> Iterator[Hindrance]:
        if lines:
            yield Hindrance(obstacle, tuple(line.text.strip() for line in lines))

    yield from about(Obstacle.NO_SOURCE, [line for line in written if not visible & set(line.note_ids)])
    lost = [line for line in written if visible & set(line.note_ids) and not visible >= set(line.note_ids)]
    yield from about(Obstacle.SOURCE_GONE, lost)
    moment = now()
    yield from about(Obstacle.HELD, [line for line in written if line.held_until and line.held_until > moment])


def views_to_choose(session: Session, workshop: Workshop) -> list[View]:
    """The views that a version can have; the minutes once somebody has written them."""
    return [view for view in View if view is not View.MINUTES or minutes_of(session, workshop.id).revision]


def adopt(session: Session, actor: Actor, views: Sequence[View], *, base: str) -> Adoption:
    """Have the files made of the summary as it is now; when they are, and it still is so, it is adopted.

    One that is being made already is let be. ``base`` is where people reach us.

    Raises:
        Invalid: ``no_views``.
        Conflict: ``hindered`` while something stands in the way, ``adopted`` already.
    """
    actor.check(Right.ADOPT)
    workshop = session.get_one(Workshop, actor.workshop, populate_existing=True)
    seen = workshop.revision
    if not set(views) or not set(views) <= set(views_to_choose(session, workshop)):
        raise Invalid("no_views", N_("Choose at least one layout."))
    in_the_way = hindrances(session, workshop)
    begin_write(session)
    workshop = _locked(session, workshop.id)
    if workshop.state is State.ADOPTED:
        raise Conflict("adopted", N_("The summary has been adopted and can no longer be changed."))
    attempt = attempt_of(session, workshop.id)
    if attempt is not None and attempt.is_pending:
        session.commit()
        return attempt
    if in_the_way or workshop.revision != seen:
        raise Conflict("hindered", N_("Something stands in the way of adopting the summary. See what, and mend it."))
    if attempt is not None:
        session.delete(attempt)
        session.flush()
    made = _begun(session, actor, workshop, views, base)
    session.add(made)
    session.commit()
    return made


def _begun(session: Session, actor: Actor, workshop: Workshop, views: Sequence[View], base: str) -> Adoption:
    address = secrets.token_hex(_ADDRESS_BYTES)
    return Adoption(
        workshop_id=workshop.id,
        version=next_version(session, workshop.id),
        address=address,
        verify=base + VERIFY + address,
        title=workshop.title,
        by=name_of(session, actor),
        at=now(),
        revision=workshop.revision,
        views=[view for view in View if view in views],
    )


def cancel(session: Session, actor: Actor) -> None:
    """Adopt nothing after all. What has been adopted meanwhile stands."""
    actor.check(Right.ADOPT)
    begin_write(session)
    workshop = _locked(session, actor.workshop)
    attempt = attempt_of(session, workshop.id)
    if attempt is not None:
        session.delete(attempt)
    session.commit()


def reopen(session: Session, actor: Actor, broadcaster: Broadcaster) -> None:
    """Go on with a new version; the one that is adopted keeps its files and its address.

    Raises:
        Conflict: ``not_adopted``.
    """
    actor.check(Right.ADOPT)
    begin_write(session)
    workshop = _locked(session, actor.workshop)
    if workshop.state is not State.ADOPTED:
        raise Conflict("not_adopted", N_("The summary is not adopted, so there is nothing to open again."))
    for latest in adoptions_of(session, workshop.id)[:1]:
        latest.reopened_by, latest.reopened_at = name_of(session, actor), now()
    workshop.state = State.UNDER_REVIEW
    workshop.revision += 1
    workshop.meta_revision = workshop.revision
    session.commit()
    broadcaster.publish(touched(workshop.id, workshop.revision))


def _locked(session: Session, workshop_id: int | None) -> Workshop:
    workshop = lock_workshop(session, workshop_id) if workshop_id is not None else None
    if workshop is None:
        raise NotFound("unknown_workshop", N_("There is no such workshop."))
    return workshop
