"""Deny by default: every route and every live event has a rule, and the rule is kept. Generated from the registries."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from msgspec.structs import fields
from werkzeug.routing import Rule

from factories import make_workshop
from verkstad.config import read_config
from verkstad.domain.mutations import AnyMutation
from verkstad.domain.roles import ALLOWED, Actor, Right, Role
from verkstad.extensions import db
from verkstad.factory import create_app
from verkstad.realtime.events import EVENTS
from verkstad.services.accounts import create_account
from verkstad.services.joining import issue_token
from verkstad.services.ports import NullBroadcaster
from verkstad.services.push import HANDLERS
from verkstad.services.writer import Writer
from verkstad.storage import Workshop
from verkstad.storage.migrate import migrate
from verkstad.web.guard import right_of

SORTING = {Right.FOLLOW, Right.READ_ALL, Right.SORT}
PUBLIC = {Right.VISIT, Right.FIND_WORKSHOP}
PASSWORD = "hästbatteri häftklammer 7"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    app = create_app(
        read_config({"VERKSTAD_INSTANCE": str(tmp_path_factory.mktemp("doors")), "VERKSTAD_LIMITS": "off"})
    )
    app.config["WTF_CSRF_ENABLED"] = False
    with app.app_context():
        migrate(db.engine)
        make_workshop(db.session())
        for role in (Role.ADMIN, Role.FACILITATOR, Role.SECRETARY):
            create_account(db.session(), f"{role}@example.se", role.value, role, PASSWORD)
        # Owned by the facilitator, so that it is nobody's no longer.
        from verkstad.services.memberships import share

        share(db.session(), 1, "facilitator@example.se", Role.FACILITATOR)
    yield app


def rules(app: Flask) -> list[tuple[Rule, str]]:
    methods = ("GET", "POST", "PUT", "PATCH", "DELETE")
    return [(rule, method) for rule in app.url_map.iter_rules() for method in methods if method in (rule.methods or ())]


def path_of(app: Flask, rule: Rule) -> str:
    """The route's address, with something plausible in every place."""
    plausible: dict[str, Any] = {"workshop_id": 1, "code": "KRTM7W", "account_id": 1}
    plausible |= dict.fromkeys(("set_id", "token", "line", "address", "name"), "x") | {"version": 1}
    missing = rule.arguments - plausible.keys()
    assert not missing, f"{rule}: say here what to put in {missing}"
    return app.url_map.bind("localhost").build(rule.endpoint, {k: plausible[k] for k in rule.arguments})


def sign_in(app: Flask, role: Role) -> Any:
    client = app.test_client()
    answer = client.post("/login", data={"email": f"{role}@example.se", "password": PASSWORD})
    assert answer.status_code == 302, answer.text
    return client


def test_every_route_names_the_right_it_asks_for(app: Flask) -> None:
    assert [str(rule) for rule, _ in rules(app) if right_of(app, rule.endpoint) is None] == []


def test_a_route_without_a_rule_is_refused(tmp_path: Path) -> None:
    app = create_app(read_config({"VERKSTAD_INSTANCE": str(tmp_path)}))
    app.add_url_rule("/forgotten", view_func=lambda: "reached")
    assert app.test_client().get("/forgotten").status_code == 403


def test_a_visitor_reaches_public_doors_only(app: Flask) -> None:
    reached = []
    for rule, method in rules(app):
        if right_of(app, rule.endpoint) in PUBLIC:
            continue
        answer = app.test_client().open(path_of(app, rule), method=method)
        refused = answer.status_code in {400, 401, 404} or "/login" in answer.headers.get("Location", "")
        if not refused:
            reached.append((method, str(rule), answer.status_code))
    assert reached == []


@pytest.mark.parametrize("role", [Role.ADMIN, Role.SECRETARY])
def test_nobody_reaches_a_workshop_that_is_not_theirs(app: Flask, role: Role) -> None:
    client = sign_in(app, role)
    reached = []
    for rule, method in rules(app):
        if "workshop_id" in rule.arguments:
            answer = client.open(path_of(app, rule), method=method)
            if answer.status_code != 404:
                reached.append((method, str(rule), answer.status_code))
    assert reached == []


def test_a_facilitator_is_no_admin(app: Flask) -> None:
    client = sign_in(app, Role.FACILITATOR)
    for rule, method in rules(app):
        if right_of(app, rule.endpoint) is Right.MANAGE_ACCOUNTS:
            assert client.open(path_of(app, rule), method=method).status_code == 403, rule


def test_a_theme_team_s_token_opens_no_page_and_no_door_but_that_of_sorting(app: Flask) -> None:
    with app.app_context():
        workshop = db.session.get_one(Workshop, 1)
        token, code = issue_token(db.session(), workshop, Role.THEME_TEAM), workshop.code
    opened = set()
    for rule, method in rules(app):
        right = right_of(app, rule.endpoint)
        path = path_of(app, rule).replace("KRTM7W", code)
        answer = app.test_client().open(path, method=method, headers={"Authorization": f"Bearer {token}"})
        refused = answer.status_code in {401, 403, 404} or "/login" in answer.headers.get("Location", "")
        if right not in PUBLIC and not refused:
            opened.add(right)
    assert opened <= SORTING and Right.FOLLOW in opened


def test_a_theme_team_makes_no_change_but_those_of_sorting(app: Flask) -> None:
    sorter = Actor(Role.THEME_TEAM, workshop=1)
    assert {right for right in Right if sorter.may(right)} == SORTING | PUBLIC
    others = [kind for kind in AnyMutation.__args__ if kind.right is not Right.SORT]
    # The right is asked for before anything is looked at, so that nothing need be in the fields.
    batch = [(kind.__name__, kind(**dict.fromkeys((f.name for f in fields(kind)), kind.__name__))) for kind in others]
    with app.app_context():
        result = Writer(db.engine, NullBroadcaster()).push(sorter, batch)
    assert {answer.id: answer.error and answer.error.code for answer in result.results} == dict.fromkeys(
        (kind.__name__ for kind in others), "forbidden"
    )


def test_every_live_event_and_every_kind_of_change_has_a_rule() -> None:
    assert {name: right for name, (right, _) in EVENTS.items() if right not in ALLOWED} == {}
    kinds = AnyMutation.__args__
    assert {kind.__name__ for kind in kinds if not isinstance(getattr(kind, "right", None), Right)} == set()
    assert set(HANDLERS) == set(kinds)


def test_every_right_is_given_to_somebody_and_none_of_the_desk_s_to_everybody() -> None:
    assert set(ALLOWED) == set(Right)
    for right, roles in ALLOWED.items():
        assert roles
        if right not in PUBLIC:
            assert Role.VISITOR not in roles


def test_a_form_without_its_token_changes_nothing(tmp_path: Path) -> None:
    app = create_app(read_config({"VERKSTAD_INSTANCE": str(tmp_path)}))
    with app.app_context():
        migrate(db.engine)
    for rule, method in rules(app):
        if method == "POST" and rule.endpoint.split(".")[0] != "api":
            assert app.test_client().post(path_of(app, rule)).status_code == 400, rule
