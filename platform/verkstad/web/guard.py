"""The guard at the HTTP door: who is calling, and may they. A view without a right is refused, always.

``@door(Right.X)`` names the right; `domain.roles` says who has it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, current_app, g, request
from flask_login import current_user

from verkstad.domain.errors import N_, Forbidden
from verkstad.domain.join_code import parse_join_code
from verkstad.domain.roles import VISITOR, Actor, Right, Role
from verkstad.extensions import csrf, db
from verkstad.services.joining import actor_of_token
from verkstad.services.memberships import actor_for
from verkstad.storage.workshop import workshop_by_code

V = TypeVar("V", bound=Callable[..., Any])

# Doors that open before one belongs anywhere: no membership is looked up for them.
_PUBLIC = frozenset({Right.VISIT, Right.FIND_WORKSHOP})
_UNSAFE = frozenset({"POST", "PUT", "PATCH", "DELETE"})


def door(right: Right) -> Callable[[V], V]:
    """Mark a view with the right that it asks for."""

    def mark(view: V) -> V:
        view.right = right  # type: ignore[attr-defined]
        return view

    return mark


def right_of(app: Flask, endpoint: str) -> Right | None:
    """The right a route asks for; None means that it is refused."""
    return getattr(app.view_functions[endpoint], "right", None)


def install(app: Flask) -> None:
    """Put the guard in front of every view of the app."""
    app.before_request(_guard)


def _guard() -> None:
    if request.endpoint is None:
        return  # no such page; the router answers
    right = right_of(current_app, request.endpoint)
    if right is None:
        raise Forbidden("no_rule", N_("You may not do this here."))
    g.actor = _identify(right)
    g.actor.check(right)


def _identify(right: Right) -> Actor:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer" and request.blueprint == "api":  # the pages are for people with accounts
        return _of_this_workshop(actor_of_token(db.session(), token.strip()))
    if request.method in _UNSAFE and request.blueprint == "api" and right not in _PUBLIC:
        # A cookie is sent by the browser whoever wrote the page; a bearer token is not.
        csrf.protect()
    if not current_user.is_authenticated:
        return VISITOR
    account = current_user.account
    if right in _PUBLIC:
        return Actor(Role.ACCOUNT, account=account.id)
    workshop_id = _workshop_of_route()
    if workshop_id is not None:
        return actor_for(db.session(), account, workshop_id)
    return Actor(Role.ADMIN if account.role is Role.ADMIN else Role.ACCOUNT, account=account.id)


def _of_this_workshop(actor: Actor) -> Actor:
    """A token opens its own workshop only; at any other it is as good as none."""
    return actor if _workshop_of_route() in {None, actor.workshop} else VISITOR


def _workshop_of_route() -> int | None:
    arguments = request.view_args or {}
    if "workshop_id" in arguments:
        return int(arguments["workshop_id"])
    if "code" in arguments:
        workshop = workshop_by_code(db.session(), parse_join_code(arguments["code"]))
        return workshop.id if workshop else -1
    return None
