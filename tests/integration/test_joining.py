"""The way in when answers get lost: a phone makes its token itself, and the same token is the same seat."""

from __future__ import annotations

import secrets

import pytest
from sqlalchemy import func, select
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from factories import desk, make_workshop, mutation, outcomes, send
from verkstad.domain.errors import Conflict, DomainError, Invalid
from verkstad.domain.roles import Role
from verkstad.services.joining import Joined, actor_of_token, hash_token, issue_token, join
from verkstad.services.ports import NullBroadcaster
from verkstad.storage import Participant, Token, Workshop, begin_write
from verkstad.storage.base import now


def ask(session: Session, workshop: Workshop, token: str | None, group: int = 1) -> Joined:
    return join(session, workshop, group, None, NullBroadcaster(), token)


def seats(session: Session, workshop: Workshop) -> int:
    return session.scalar(select(func.count()).where(Participant.workshop_id == workshop.id)) or 0


@pytest.fixture
def token() -> str:
    return secrets.token_urlsafe(32)


def test_a_join_whose_answer_was_lost_is_asked_again_and_is_one_participant(session: Session, token: str) -> None:
    workshop = make_workshop(session)
    first, again = ask(session, workshop, token), ask(session, workshop, token)
    assert first == again and first.token == token
    assert seats(session, workshop) == 1
    assert actor_of_token(session, token).participant == first.participant


def test_two_at_the_same_moment_are_one_participant(engine: Engine, session: Session, token: str) -> None:
    workshop = make_workshop(session)
    first = ask(session, workshop, token)
    with Session(engine, expire_on_commit=False) as other:
        assert ask(other, other.get_one(Workshop, workshop.id), token).participant == first.participant
    assert seats(session, workshop) == 1


def test_the_seat_is_the_first_one_whatever_table_is_named_later(session: Session, token: str) -> None:
    workshop = make_workshop(session)
    first = ask(session, workshop, token, group=2)
    assert ask(session, workshop, token, group=3).group == 2
    assert ask(session, workshop, token, group=99).participant == first.participant


def test_the_answer_can_be_fetched_though_the_doors_have_closed(session: Session, token: str) -> None:
    workshop = make_workshop(session)
    first = ask(session, workshop, token)
    assert outcomes(send(session, desk(workshop), mutation("workshop.state", state="closed"))) == ["ok"]
    assert ask(session, workshop, token).participant == first.participant
    with pytest.raises(Conflict, match="closed"):
        ask(session, workshop, secrets.token_urlsafe(32))


def test_a_token_of_another_workshop_opens_nothing_and_stays_what_it_was(session: Session, token: str) -> None:
    here, elsewhere = make_workshop(session), make_workshop(session)
    ask(session, here, token)
    with pytest.raises(Conflict, match="token_taken"):
        ask(session, elsewhere, token)
    assert seats(session, elsewhere) == 0
    assert actor_of_token(session, token).workshop == here.id


def test_a_board_s_or_a_revoked_token_seats_nobody(session: Session, token: str) -> None:
    workshop = make_workshop(session)
    ask(session, workshop, token)
    begin_write(session)
    session.get_one(Token, hash_token(token)).revoked_at = now()
    session.commit()
    for unfit in (token, issue_token(session, workshop, Role.STUDIO)):
        with pytest.raises(Conflict, match="token_taken"):
            ask(session, workshop, unfit)
    assert seats(session, workshop) == 1


@pytest.mark.parametrize(
    "odd", ["", "a", "a" * 42, "a" * 44, "a" * 42 + "\n", "å" * 43, "a" * 42 + "=", "a" * 42 + "/"]
)
def test_a_token_that_is_not_256_bits_is_refused(session: Session, odd: str) -> None:
    workshop = make_workshop(session)
    with pytest.raises(Invalid):
        ask(session, workshop, odd)
    assert seats(session, workshop) == 0


def test_a_refused_join_leaves_the_token_free(session: Session, token: str) -> None:
    workshop = make_workshop(session)
    with pytest.raises(DomainError, match="unknown_group"):
        ask(session, workshop, token, group=99)
    assert ask(session, workshop, token, group=2).group == 2
