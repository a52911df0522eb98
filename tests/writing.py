"""What people do with the summary's lines, for tests of them."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from sorting import act, seen
from verkstad.domain.line import HOLD
from verkstad.domain.roles import Actor, Role
from verkstad.services.accounts import create_account
from verkstad.services.lines import SPELL
from verkstad.services.memberships import share
from verkstad.storage import Action, SummaryLine, Workshop
from verkstad.storage.base import begin_write

Json = dict[str, Any]


def two_at_the_desk(session: Session, workshop: Workshop) -> tuple[Actor, Actor]:
    """Siri, who leads the evening, and Sam, the secretary."""
    accounts = [create_account(session, f"{name}@example.se", name, Role.FACILITATOR) for name in ("Siri", "Sam")]
    roles = (Role.FACILITATOR, Role.SECRETARY)
    for account, role in zip(accounts, roles, strict=True):
        share(session, workshop.id, account.email, role)
    siri, sam = (Actor(r, workshop=workshop.id, account=a.id) for a, r in zip(accounts, roles, strict=True))
    return siri, sam


def lines(session: Session, workshop: Workshop) -> dict[str, Json]:
    """The lines as the studio has them, by id, section by section as they stand there."""
    told = sorted(seen(session, workshop)["lines"], key=lambda line: (line["section"], line["order"], line["id"]))
    return {line["id"]: line for line in told}


def write(session: Session, actor: Actor, text: str, **more: Any) -> str:
    """A new line, last of its section or where it is told to be; its id."""
    return act(session, actor, "line.add", **({"section": "intro", "after": "-", "text": text} | more))


def rewrite(session: Session, workshop: Workshop, actor: Actor, line: str, text: str) -> str:
    """Write in a line as it is now; the id of the act that was sent."""
    revision = lines(session, workshop)[line]["revision"]
    return act(session, actor, "line.edit", line=line, seen=revision, text=text)


def let_time_pass(session: Session, workshop: Workshop) -> None:
    """So much that what is written next is another version, and nobody holds anything any more."""
    begin_write(session)
    for action in session.query(Action).filter_by(workshop_id=workshop.id):
        action.at -= SPELL
    for line in session.query(SummaryLine).filter_by(workshop_id=workshop.id):
        line.held_until = line.held_until and line.held_until - HOLD
    session.commit()
