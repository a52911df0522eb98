"""Whose a workshop is, and sharing it: the rules, and the page that people use."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import event
from sqlalchemy.orm import Session

from desks import Desk
from factories import make_evening, make_workshop
from verkstad.domain.errors import Conflict, Invalid, NotFound
from verkstad.domain.roles import Role
from verkstad.extensions import db
from verkstad.services.accounts import create_account
from verkstad.services.memberships import actor_for, members_of, my_workshops, share, unshare
from verkstad.services.workshop_import import create_from_file
from verkstad.storage import Account, Workshop, begin_write
from verkstad.storage.base import now


def account(session: Session, name: str, role: Role = Role.FACILITATOR) -> Account:
    return create_account(session, f"{name}@example.se", name.capitalize(), role)


def own(session: Session, owner: Account) -> Workshop:
    return create_from_file(session, make_evening(), owner=owner)


def test_whoever_makes_a_workshop_leads_it_and_nobody_else_knows_of_it(session: Session) -> None:
    anna, bo, admin = account(session, "anna"), account(session, "bo"), account(session, "admin", Role.ADMIN)
    workshop = own(session, anna)
    assert actor_for(session, anna, workshop.id).role is Role.FACILITATOR
    for other in (bo, admin):
        assert my_workshops(session, other) == []
        with pytest.raises(NotFound):
            actor_for(session, other, workshop.id)


@pytest.mark.parametrize("key", [0, -1, 2**31 - 1])  # an address holds no larger one
def test_a_number_that_is_no_workshop_s_finds_none(session: Session, key: int) -> None:
    anna = account(session, "anna", Role.ADMIN)
    with pytest.raises(NotFound):
        actor_for(session, anna, key)


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.SECRETARY, Role.THEME_TEAM])
def test_a_colleague_gets_the_role_that_was_given(session: Session, role: Role) -> None:
    anna, bo = account(session, "anna"), account(session, "bo")
    workshop = own(session, anna)
    share(session, workshop.id, " BO@example.se ", role)
    actor = actor_for(session, bo, workshop.id)
    assert (actor.role, actor.workshop, actor.account) == (role, workshop.id, bo.id)
    assert [o.role for o in my_workshops(session, bo)] == [role]
    unshare(session, workshop.id, bo.id)
    with pytest.raises(NotFound):
        actor_for(session, bo, workshop.id)


def test_sharing_again_changes_the_role(session: Session) -> None:
    anna, bo = account(session, "anna"), account(session, "bo")
    workshop = own(session, anna)
    share(session, workshop.id, bo.email, Role.THEME_TEAM)
    share(session, workshop.id, bo.email, Role.SECRETARY)
    assert [(m.account.id, m.role) for m in members_of(session, workshop.id)] == [
        (anna.id, Role.FACILITATOR),
        (bo.id, Role.SECRETARY),
    ]


def test_a_workshop_never_loses_its_last_facilitator(session: Session) -> None:
    anna, bo = account(session, "anna"), account(session, "bo")
    workshop = own(session, anna)
    share(session, workshop.id, bo.email, Role.SECRETARY)
    for leave in (
        lambda: unshare(session, workshop.id, anna.id),
        lambda: share(session, workshop.id, anna.email, Role.SECRETARY),
    ):
        with pytest.raises(Conflict, match="no_facilitator"):
            leave()
        session.rollback()
    assert actor_for(session, anna, workshop.id).role is Role.FACILITATOR
    share(session, workshop.id, bo.email, Role.FACILITATOR)
    unshare(session, workshop.id, anna.id)
    assert [m.account.id for m in members_of(session, workshop.id)] == [bo.id]


def test_only_who_can_sign_in_can_be_let_in(session: Session) -> None:
    anna, bo = account(session, "anna"), account(session, "bo")
    workshop = own(session, anna)
    begin_write(session)
    bo.disabled_at = now()
    session.commit()
    for address in ("bo@example.se", "nobody@example.se", ""):
        with pytest.raises(Invalid, match="unknown_account"):
            share(session, workshop.id, address, Role.SECRETARY)
        session.rollback()


def test_what_is_nobody_s_is_an_admin_s_to_hand_over(session: Session) -> None:
    admin, anna = account(session, "admin", Role.ADMIN), account(session, "anna")
    workshop = make_workshop(session)
    assert my_workshops(session, anna) == []
    assert [(o.workshop.id, o.role) for o in my_workshops(session, admin)] == [(workshop.id, None)]
    assert actor_for(session, admin, workshop.id).role is Role.FACILITATOR
    with pytest.raises(Conflict, match="no_facilitator"):
        share(session, workshop.id, anna.email, Role.SECRETARY)
    session.rollback()
    share(session, workshop.id, anna.email, Role.FACILITATOR)
    assert my_workshops(session, admin) == []
    with pytest.raises(NotFound):
        actor_for(session, admin, workshop.id)


def test_a_workshop_whose_facilitator_is_gone_is_an_admin_s_to_hand_over(session: Session) -> None:
    admin, anna = account(session, "admin", Role.ADMIN), account(session, "anna")
    workshop = own(session, anna)
    begin_write(session)
    anna.disabled_at = now()
    session.commit()
    assert actor_for(session, admin, workshop.id).role is Role.FACILITATOR


def test_the_list_asks_the_database_once_however_long_it_is(session: Session) -> None:
    anna = account(session, "anna")
    for _ in range(3):
        own(session, anna)
    statements: list[str] = []
    event.listen(session.get_bind(), "before_cursor_execute", lambda *args: statements.append(args[2]))
    assert len(my_workshops(session, anna)) == 3
    assert [s for s in statements if s.startswith("SELECT")] == statements[-1:]


@pytest.fixture
def address(app: Flask, anna: Desk) -> str:
    """The page of a workshop that is Anna's."""
    with app.app_context():
        return f"/workshops/{own(db.session(), anna.stored()).id}"


def test_a_colleague_is_let_in_and_out_on_the_page(app: Flask, anna: Desk, address: str) -> None:
    bo = Desk(app, "bo")
    assert bo.get(address).status == 404
    page = anna.post(f"{address}/members", email="bo@example.se", role="secretary")
    assert "The workshop is now shared with Bo." in page.words
    assert "Dialogkväll" in bo.get("/workshops").links()
    assert bo.get(address).status == 200
    page = anna.post(f"{address}/members/{bo.account}/removal")
    assert "no longer shared" in page.words
    assert bo.get(address).status == 404


def test_a_fault_in_sharing_is_told_at_its_field_and_what_was_typed_stays(anna: Desk, address: str) -> None:
    page = anna.post(f"{address}/members", email="bp@example.se", role="theme_team")
    assert page.faults() == {"email": "No account has that address. Check the spelling, or ask an admin to create one."}
    [form] = [f for f in page.root.get_element_by_id("main").forms if f.action == f"{address}/members"]
    assert form.fields["email"] == "bp@example.se"
    assert form.fields["role"] == "theme_team"
    assert "email" in anna.post(f"{address}/members", email="", role="secretary").faults()
    assert anna.post(f"{address}/members", email="anna@example.se", role="admin").faults()
    page = anna.post(f"{address}/members", email="anna@example.se", role="secretary")
    assert page.faults() == {"email": "A workshop needs at least one facilitator. Share it with another one first."}


def test_the_last_facilitator_is_told_why_they_cannot_leave(anna: Desk, address: str) -> None:
    assert "Stop sharing: Anna" not in anna.get(address).buttons()
    page = anna.post(f"{address}/members/{anna.account}/removal")
    assert page.path == address
    assert "A workshop needs at least one facilitator." in page.words


def test_one_who_leaves_goes_to_the_list(app: Flask, anna: Desk, address: str) -> None:
    Desk(app, "bo")
    anna.post(f"{address}/members", email="bo@example.se", role="facilitator")
    page = anna.post(f"{address}/members/{anna.account}/removal")
    assert page.path == "/workshops"
    assert "Dialogkväll" not in page.links()


def test_only_a_facilitator_shares(app: Flask, anna: Desk, address: str) -> None:
    bo = Desk(app, "bo", Role.SECRETARY)
    anna.post(f"{address}/members", email="bo@example.se", role="secretary")
    assert bo.post(f"{address}/members", email="bo@example.se", role="facilitator").status == 403
    assert bo.post(f"{address}/members/{anna.account}/removal").status == 403


def test_an_admin_sees_what_is_nobody_s_apart(app: Flask) -> None:
    with app.app_context():
        workshop = make_workshop(db.session())
    admin = Desk(app, "admin", Role.ADMIN)
    page = admin.get("/workshops")
    assert "Without a facilitator" in page.words
    page = admin.get(f"/workshops/{workshop.id}")
    assert "The workshop has no facilitator yet." in page.words
    assert page.root.xpath("//input[@name='role'][@checked]/@value") == ["facilitator"]
    anna = Desk(app, "anna")
    assert admin.post(f"/workshops/{workshop.id}/members", email=anna.email, role="facilitator").path == "/workshops"
    assert anna.get(f"/workshops/{workshop.id}").status == 200
