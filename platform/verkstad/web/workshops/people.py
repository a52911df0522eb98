"""Sharing a workshop with colleagues."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from verkstad.domain.errors import DomainError, NotFound
from verkstad.domain.roles import Right, Role
from verkstad.extensions import db
from verkstad.language import say
from verkstad.services.memberships import actor_for, share, unshare
from verkstad.web.guard import door
from verkstad.web.texts import refuse
from verkstad.web.workshops.blueprint import bp
from verkstad.web.workshops.forms import ShareForm
from verkstad.web.workshops.pages import workshop_page


@bp.post("/<int:workshop_id>/members")
@door(Right.SHARE)
def add_member(workshop_id: int) -> ResponseReturnValue:
    form = ShareForm()
    if form.validate_on_submit():
        try:
            account = share(db.session(), workshop_id, form.email.data or "", Role(form.role.data))
        except DomainError as error:
            refuse(form.email, error)
        else:
            flash(_("The workshop is now shared with %(name)s.", name=account.name))
            return _back(workshop_id)
    return workshop_page(form)


@bp.post("/<int:workshop_id>/members/<int:account_id>/removal")
@door(Right.SHARE)
def remove_member(workshop_id: int, account_id: int) -> ResponseReturnValue:
    try:
        unshare(db.session(), workshop_id, account_id)
    except DomainError as error:
        db.session.rollback()
        flash(say(error), "danger")
    else:
        flash(_("The workshop is no longer shared with that person."))
    return _back(workshop_id)


def _back(workshop_id: int) -> ResponseReturnValue:
    """To the workshop's people, or to the list for one who has just handed the workshop over or left it."""
    try:
        actor_for(db.session(), current_user.account, workshop_id)
    except NotFound:
        return redirect(url_for(".index"))
    return redirect(url_for(".show", workshop_id=workshop_id, _anchor="people"))
