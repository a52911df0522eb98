"""The page where the minutes are written."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from verkstad.domain.errors import Conflict
from verkstad.domain.roles import Right
from verkstad.extensions import db
from verkstad.language import say
from verkstad.services.minutes import Written, minutes_of, save_minutes
from verkstad.storage import Workshop
from verkstad.web.guard import door
from verkstad.web.ports import broadcaster
from verkstad.web.workshops.blueprint import bp, this_workshop
from verkstad.web.workshops.minutes_form import MinutesForm, filled_in, rearranged, usual_agenda


@bp.route("/<int:workshop_id>/minutes", methods=["GET", "POST"])
@door(Right.SUMMARISE)
def minutes(workshop_id: int) -> ResponseReturnValue:
    """The minutes in one form. Its own buttons change the form only; nothing is stored before it is saved."""
    workshop = this_workshop()
    written = minutes_of(db.session(), workshop.id)
    form = MinutesForm(data=filled_in(written.minutes if written.revision else usual_agenda(), written.revision))
    if not form.is_submitted():
        return _page(form, workshop)
    if changed := rearranged(form):
        return _page(changed[0], workshop, focus=changed[1])
    if not form.validate():
        return _page(form, workshop)
    try:
        save_minutes(
            db.session(),
            workshop.id,
            form.minutes(),
            seen=form.seen.data or 0,
            by=current_user.account.name,
            broadcaster=broadcaster(),
        )
    except Conflict as conflict:
        db.session.rollback()
        if conflict.code != "minutes_changed":
            form.called.errors = [*form.called.errors, say(conflict)]
            return _page(form, workshop)
        return _side_by_side(form, minutes_of(db.session(), workshop_id))
    flash(_("The minutes are saved."))
    return redirect(url_for(".show", workshop_id=workshop_id))


def _page(form: MinutesForm, workshop: Workshop, **more: Any) -> str:
    return render_template("workshops/minutes.html", form=form, workshop=workshop, **more)


def _side_by_side(form: MinutesForm, theirs: Written) -> str:
    """The form as it was typed, with what somebody else saved meanwhile; saved again, it takes the place of that."""
    saved, typed = (filled_in(minutes, theirs.revision) for minutes in (theirs.minutes, form.minutes()))
    differing = [(form[name].label.text, _as_text(value)) for name, value in saved.items() if typed[name] != value]
    again = MinutesForm(formdata=None, data={**form.data, "seen": theirs.revision})
    return _page(again, this_workshop(), theirs=theirs, differing=differing)


def _as_text(value: str | list[dict[str, str]]) -> str:
    """A field as lines to read and copy."""
    if isinstance(value, str):
        return value
    return "\n\n".join("\n".join(filter(None, row.values())) for row in value)
