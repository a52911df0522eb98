"""The blueprint that the modules of this package hang their views on, and what they share."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, g
from flask_babel import lazy_gettext as _l

from verkstad.domain.join_code import spell_join_code
from verkstad.domain.roles import Right, Role
from verkstad.domain.workshop import State
from verkstad.extensions import db
from verkstad.storage import Workshop

bp = Blueprint("workshops", __name__, url_prefix="/workshops")


def this_workshop() -> Workshop:
    """The workshop that the guard let the caller into."""
    return db.session().get_one(Workshop, g.actor.workshop)


STATES = {
    State.DRAFT: _l("Draft"),
    State.OPEN: _l("Open now"),
    State.CLOSED: _l("Closed"),
    State.UNDER_REVIEW: _l("Under review"),
    State.ADOPTED: _l("Adopted"),
    State.PURGED: _l("Purged"),
}
ROLES = {
    Role.FACILITATOR: _l("Facilitator"),
    Role.SECRETARY: _l("Secretary"),
    Role.THEME_TEAM: _l("Theme team"),
}


@bp.context_processor
def names() -> dict[str, Any]:
    """What these templates call things by, and the rights their buttons depend on."""
    return {"states": STATES, "roles": ROLES, "spell": spell_join_code, "Right": Right}
