"""Projector pages and scripts: letting one in with a token of its own, and turning it off."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from verkstad.domain.roles import Right, Role
from verkstad.extensions import db
from verkstad.services.joining import issue_token
from verkstad.services.tokens import revoke
from verkstad.web.guard import door
from verkstad.web.workshops.blueprint import bp, this_workshop


@bp.post("/<int:workshop_id>/screen")
@door(Right.RUN)
def open_screen(workshop_id: int) -> ResponseReturnValue:
    """A projector page with a token of its own, so that one can be turned off and the others go on."""
    workshop = this_workshop()
    token = issue_token(db.session(), workshop, Role.SCREEN)
    return redirect(url_for("live.screen", language=workshop.language) + "#" + token, 303)


@bp.post("/<int:workshop_id>/tokens/removal")
@door(Right.SHARE)
def turn_off(workshop_id: int) -> ResponseReturnValue:
    """Take back those of the workshop's tokens whose hashes the form names."""
    revoke(db.session(), workshop_id, request.form.getlist("token"))
    flash(_("Turned off. An open page stops showing the workshop within a few seconds."))
    return redirect(url_for(".show", workshop_id=workshop_id, _anchor="handed-out"))
