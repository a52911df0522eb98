"""Sharing a workshop with colleagues."""

from __future__ import annotations

from flask import flash, g, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from verkstad.domain.errors import DomainError
from verkstad.domain.roles import Right, Role
from verkstad.extensions import db
from verkstad.language import say
from verkstad.services.memberships import share, unshare
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
            return redirect(url_for(".show", workshop_id=workshop_id, _anchor="people"))
    return workshop_page(form)


@bp.post("/<int:workshop_id>/members/<int:account_id>/removal")
@door(Right.SHARE)
def remove_member(workshop_id: int, account_id: int) -> ResponseReturnValue:
    try:
        unshare(db.session(), workshop_id, account_id)
    except DomainError as error:
        db.session.rollback()
        flash(say(error), "danger")
        return redirect(url_for(".show", workshop_id=workshop_id, _anchor="people"))
    flash(_("The workshop is no longer shared with that person."))
    if account_id == g.actor.account:
        return redirect(url_for(".index"))
    return redirect(url_for(".show", workshop_id=workshop_id, _anchor="people"))
