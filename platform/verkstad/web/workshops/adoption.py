"""The page where a summary is adopted and opened again, and the files of its versions."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from flask import current_app, flash, g, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import SelectMultipleField
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from verkstad.documents import View
from verkstad.domain.errors import Conflict
from verkstad.domain.roles import Right
from verkstad.extensions import db
from verkstad.language import say
from verkstad.services import adoption as adopting
from verkstad.services.adopted_files import stored_file
from verkstad.services.exports import VIEWS
from verkstad.storage import Workshop
from verkstad.storage.adoption import AdoptedFile, Adoption, adoptions_of, attempt_of, files_of
from verkstad.web.guard import door
from verkstad.web.ports import broadcaster
from verkstad.web.qr import public_base
from verkstad.web.workshops.blueprint import bp, this_workshop
from verkstad.web.workshops.formats import FORMATS


class AdoptForm(FlaskForm):
    """Which layouts are to be adopted."""

    views = SelectMultipleField(
        _l("Layouts"),
        [InputRequired(_l("Choose at least one layout."))],
        description=_l(
            "Each is made in Word, OpenDocument, PDF, as a web page and in Markdown. Tables and data come too."
        ),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )


def _form(workshop: Workshop) -> AdoptForm:
    form = AdoptForm(data={"views": [View.FULL.value]})
    form.views.choices = [(view.value, _(VIEWS[view])) for view in adopting.views_to_choose(db.session(), workshop)]
    return form


@bp.get("/<int:workshop_id>/adoption")
@door(Right.ADOPT)
def adoption(workshop_id: int) -> ResponseReturnValue:
    """What stands in the way of adopting, how far it has come, or what is adopted."""
    return _page(_form(this_workshop()))


@bp.post("/<int:workshop_id>/adoption")
@door(Right.ADOPT)
def adopt(workshop_id: int) -> ResponseReturnValue:
    form = _form(this_workshop())
    if not form.validate():
        return _page(form)
    try:
        adopting.adopt(db.session(), g.actor, [View(view) for view in form.views.data or []], base=public_base())
    except Conflict as error:
        db.session.rollback()
        form.form_errors.append(say(error))
        return _page(form)
    current_app.extensions["jobs"].changed(workshop_id)
    return redirect(url_for(".adoption", workshop_id=workshop_id))


@bp.post("/<int:workshop_id>/adoption/stop")
@door(Right.ADOPT)
def stop_adopting(workshop_id: int) -> ResponseReturnValue:
    adopting.cancel(db.session(), g.actor)
    return redirect(url_for(".adoption", workshop_id=workshop_id))


@bp.post("/<int:workshop_id>/adoption/reopening")
@door(Right.ADOPT)
def reopen(workshop_id: int) -> ResponseReturnValue:
    try:
        adopting.reopen(db.session(), g.actor, broadcaster())
    except Conflict as error:
        db.session.rollback()
        flash(say(error), "danger")
    else:
        flash(_("The summary can be changed again. The version that was adopted keeps its files."))
    return redirect(url_for(".adoption", workshop_id=workshop_id))


@bp.get("/<int:workshop_id>/adoption/progress")
@door(Right.ADOPT)
def progress(workshop_id: int) -> dict[str, Any]:
    """How far it has come, for the page's own script."""
    attempt = attempt_of(db.session(), workshop_id)
    if attempt is None or not attempt.is_pending:
        return {"settled": True}
    done = len(files_of(db.session(), attempt))
    return {"settled": False, "done": done, "words": _how_far(attempt, done)}


@bp.get("/<int:workshop_id>/adopted/<int:version>/<name>")
@door(Right.EXPORT)
def adopted_file(workshop_id: int, version: int, name: str) -> ResponseReturnValue:
    """A file as it was adopted, byte for byte."""
    file = stored_file(db.session(), workshop_id, version, name)
    return send_file(BytesIO(file.content), mimetype=file.fmt.mime, as_attachment=True, download_name=file.name)


def _page(form: AdoptForm) -> str:
    workshop = this_workshop()
    attempt = attempt_of(db.session(), workshop.id)
    pending = attempt if attempt is not None and attempt.is_pending else None
    done = len(files_of(db.session(), pending)) if pending else 0
    versions = adoptions_of(db.session(), workshop.id)
    return render_template(
        "workshops/adoption.html",
        workshop=workshop,
        form=form,
        attempt=attempt,
        pending=pending,
        done=done,
        how_far=_how_far(pending, done) if pending else "",
        hindrances=[] if pending else adopting.hindrances(db.session(), workshop),
        versions=[(version, files_of(db.session(), version)) for version in versions],
        formats=FORMATS,
        views=VIEWS,
        next_version=versions[0].version + 1 if versions else 1,
        file_address=_address_of,
    )


def _address_of(file: AdoptedFile) -> str:
    return url_for(".adopted_file", workshop_id=file.workshop_id, version=file.version, name=file.name)


def _how_far(attempt: Adoption, done: int) -> str:
    """In words, where nothing is known but that somebody will begin."""
    if not done:
        return str(_("The files are about to be made."))
    return str(_("%(done)s of %(all)s files are made.", done=done, all=len(attempt.wanted)))
