"""Projector pages, scripts and theme teams: letting one in with a token of its own, and turning it off."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from verkstad.domain.roles import Right, Role
from verkstad.extensions import db
from verkstad.services.joining import issue_token
from verkstad.services.tokens import revoke
from verkstad.web.guard import door
from verkstad.web.qr import public_base, qr_source
from verkstad.web.workshops.blueprint import bp, this_workshop
from verkstad.web.workshops.forms import InviteForm


@bp.post("/<int:workshop_id>/screen")
@door(Right.RUN)
def open_screen(workshop_id: int) -> ResponseReturnValue:
    """A projector page with a token of its own, so that one can be turned off and the others go on."""
    workshop = this_workshop()
    token = issue_token(db.session(), workshop, Role.SCREEN)
    return redirect(url_for("live.screen", language=workshop.language) + "#" + token, 303)


@bp.route("/<int:workshop_id>/invite", methods=["GET", "POST"])
@door(Right.SHARE)
def invite(workshop_id: int) -> ResponseReturnValue:
    """Let somebody without an account sort the themes. Their link is shown this once: it is kept nowhere."""
    workshop, form = this_workshop(), InviteForm()
    if not form.validate_on_submit():
        return render_template("workshops/invite.html", form=form, workshop=workshop)
    token = issue_token(db.session(), workshop, Role.THEME_TEAM, form.name.data or "")
    address = f"{public_base()}{url_for('live.guest_themes', code=workshop.code)}#{token}"
    return render_template(
        "workshops/invited.html", workshop=workshop, name=form.name.data, address=address, qr=qr_source(address)
    )


@bp.post("/<int:workshop_id>/tokens/removal")
@door(Right.SHARE)
def turn_off(workshop_id: int) -> ResponseReturnValue:
    """Take back those of the workshop's tokens whose hashes the form names."""
    revoke(db.session(), workshop_id, request.form.getlist("token"))
    flash(_("Turned off. An open page stops showing the workshop within a few seconds."))
    return redirect(url_for(".show", workshop_id=workshop_id, _anchor="handed-out"))
