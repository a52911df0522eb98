"""Tokens that are handed out: which are out, and that one taken back opens nothing, while the others go on."""

from __future__ import annotations

import pytest
import socketio
from flask import Flask
from sqlalchemy.orm import Session

from desks import Desk
from factories import make_workshop
from running import Server, eventually
from verkstad.domain.errors import Unauthorized
from verkstad.domain.roles import Role
from verkstad.extensions import db
from verkstad.services.changes import you
from verkstad.services.joining import actor_of_token, hash_token, issue_token, join
from verkstad.services.memberships import share
from verkstad.services.ports import NullBroadcaster
from verkstad.services.tokens import handed_out, revoke, taken_back
from verkstad.storage import Token, Workshop


def kinds_out(session: Session, workshop: Workshop) -> list[Role]:
    return [token.kind for token in handed_out(session, workshop.id)]


def test_what_is_out_is_told_the_newest_first_and_never_a_phone_s(session: Session) -> None:
    workshop, other = make_workshop(session), make_workshop(session)
    join(session, workshop, 1, None, NullBroadcaster())
    for role in (Role.SCREEN, Role.STUDIO, Role.SCREEN):
        issue_token(session, workshop, role)
    issue_token(session, other, Role.STUDIO)
    assert kinds_out(session, workshop) == [Role.SCREEN, Role.STUDIO, Role.SCREEN]
    assert kinds_out(session, other) == [Role.STUDIO]


def test_a_token_taken_back_opens_nothing_and_the_others_go_on(session: Session) -> None:
    workshop = make_workshop(session)
    gone, kept = (issue_token(session, workshop, Role.SCREEN) for _ in range(2))
    revoke(session, workshop.id, [hash_token(gone)])
    with pytest.raises(Unauthorized):
        actor_of_token(session, gone)
    assert actor_of_token(session, kept).role is Role.SCREEN
    assert [token.hash for token in handed_out(session, workshop.id)] == [hash_token(kept)]
    first = session.get_one(Token, hash_token(gone)).revoked_at
    revoke(session, workshop.id, [hash_token(gone)])
    session.expire_all()
    assert session.get_one(Token, hash_token(gone)).revoked_at == first


def test_only_the_workshop_s_own_can_be_taken_back_and_no_phone_s(session: Session) -> None:
    workshop, other = make_workshop(session), make_workshop(session)
    theirs = issue_token(session, other, Role.STUDIO)
    phone = join(session, workshop, 1, None, NullBroadcaster()).token
    revoke(session, workshop.id, [hash_token(theirs), hash_token(phone), "x", "\u00e5"])
    assert actor_of_token(session, theirs).workshop == other.id
    assert actor_of_token(session, phone).role is Role.PARTICIPANT


def test_what_was_taken_back_is_told_by_workshop(session: Session) -> None:
    workshop, other = make_workshop(session), make_workshop(session)
    tokens = {each: issue_token(session, each, Role.SCREEN) for each in (workshop, other)}
    issue_token(session, workshop, Role.SCREEN)
    for each, token in tokens.items():
        revoke(session, each.id, [hash_token(token)])
    assert taken_back(session, [workshop.id]) == {hash_token(tokens[workshop])}
    assert taken_back(session, [workshop.id, other.id]) == {hash_token(token) for token in tokens.values()}
    assert taken_back(session, []) == set()


@pytest.fixture
def workshop(app: Flask, anna: Desk) -> Workshop:
    with app.app_context():
        workshop = make_workshop(db.session())
        share(db.session(), workshop.id, anna.email, Role.FACILITATOR)
        return workshop


def open_screen(who: Desk, workshop: Workshop) -> str:
    """Press the button; the token of the page that opens."""
    answer = who.client.post(f"/workshops/{workshop.id}/screen")
    assert answer.status_code == 303, answer.text
    address, _, token = answer.headers["Location"].partition("#")
    assert address == "/screen?language=sv"
    return token


def opens(who: Desk, workshop: Workshop, token: str) -> bool:
    path = f"/api/v1/workshops/{workshop.code}/changes"
    return who.app.test_client().get(path, headers={"Authorization": f"Bearer {token}"}).status_code == 200


def test_each_projector_page_has_a_token_of_its_own_and_looking_makes_none(anna: Desk, workshop: Workshop) -> None:
    page = f"/workshops/{workshop.id}"
    assert anna.get(f"{page}/screen").status == 405
    assert "Links and screens" not in anna.get(page).words
    first, second = (open_screen(anna, workshop) for _ in range(2))
    assert first != second
    assert opens(anna, workshop, first) and opens(anna, workshop, second)
    assert anna.get(page).words.count("Projector page Let in") == 2


def test_one_is_turned_off_on_the_workshop_s_page_and_then_all(app: Flask, anna: Desk, workshop: Workshop) -> None:
    first, second, third = (open_screen(anna, workshop) for _ in range(3))
    page = anna.get(f"/workshops/{workshop.id}")
    one, *_, everything = [f for f in page.root.forms if (f.action or "").endswith("/tokens/removal")]
    newest = one.form_values()
    assert ("token", hash_token(third)) in newest
    answer = anna.post(one.action, **dict(newest))
    assert "Turned off." in answer.root.text_content()
    assert [opens(anna, workshop, t) for t in (first, second, third)] == [True, True, False]
    anna.post(everything.action, token=[value for name, value in everything.form_values() if name == "token"])
    assert not any(opens(anna, workshop, t) for t in (first, second, third))
    assert "Links and screens" not in anna.get(f"/workshops/{workshop.id}").words


def test_a_secretary_neither_opens_the_projector_page_nor_turns_it_off(
    app: Flask, anna: Desk, workshop: Workshop
) -> None:
    token = open_screen(anna, workshop)
    bo = Desk(app, "bo", Role.SECRETARY)
    with app.app_context():
        share(db.session(), workshop.id, bo.email, Role.SECRETARY)
    page = bo.get(f"/workshops/{workshop.id}")
    assert "Links and screens" not in page.words and not {"Open the projector page"} & set(page.buttons())
    assert bo.post(f"/workshops/{workshop.id}/screen").status == 403
    assert bo.post(f"/workshops/{workshop.id}/tokens/removal", token=hash_token(token)).status == 403
    assert opens(anna, workshop, token)


def invite(who: Desk, workshop: Workshop, name: str) -> tuple[str, str]:
    """Make a link for somebody who sorts; its address without the token, and the token."""
    page = who.fill_in(f"/workshops/{workshop.id}/invite", name=name)
    assert page.status == 200, page.words
    address, _, token = page.root.get_element_by_id("address").value.partition("#")
    return address, token


def test_a_theme_team_is_invited_by_name_and_each_is_somebody_of_their_own(anna: Desk, workshop: Workshop) -> None:
    made = [invite(anna, workshop, name) for name in (" Karin  Ek ", "Li")]
    assert all(address.endswith(f"/themes/{workshop.code}") for address, _ in made)
    assert anna.app.test_client().get(f"/themes/{workshop.code}").status_code == 200
    karin, li = (token for _, token in made)
    with anna.app.app_context():
        actors = [actor_of_token(db.session(), token) for token in (karin, li)]
        assert {actor.role for actor in actors} == {Role.THEME_TEAM}
        told = [you(db.session(), actor)["you"] for actor in actors]
    assert [each["name"] for each in told] == ["Karin Ek", "Li"] and told[0]["actor"] != told[1]["actor"]
    words = anna.get(f"/workshops/{workshop.id}").words
    assert "Theme team: Karin Ek" in words and "Theme team: Li" in words


@pytest.mark.parametrize("name", ["", "x" * 101, "a\x07"])
def test_a_link_without_a_name_that_can_be_kept_is_not_made(anna: Desk, workshop: Workshop, name: str) -> None:
    page = anna.fill_in(f"/workshops/{workshop.id}/invite", name=name)
    assert set(page.faults()) == {"name"}
    assert "Links and screens" not in anna.get(f"/workshops/{workshop.id}").words


def test_a_live_connection_ends_when_its_token_is_taken_back_and_the_others_go_on(server: Server, code: str) -> None:
    tokens = {name: server.token(code, "screen") for name in ("gone", "kept")}
    clients = {name: socketio.Client(reconnection=False) for name in tokens}
    try:
        for name, client in clients.items():
            client.connect(server.base, auth={"token": tokens[name]})
        with server.database() as session:
            workshop = session.query(Workshop).filter_by(code=code).one()
            revoke(session, workshop.id, [hash_token(tokens["gone"])])
        eventually(lambda: not clients["gone"].connected, seconds=20)
        assert clients["kept"].call("sync", {"since": 0}, timeout=10)["workshop"]["code"] == code
        with pytest.raises(socketio.exceptions.ConnectionError):
            clients["gone"].connect(server.base, auth={"token": tokens["gone"]})
    finally:
        for client in clients.values():
            client.disconnect()
