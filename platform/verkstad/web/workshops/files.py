"""What goes out of a workshop as a file, and a whole evening that comes in as one."""

from __future__ import annotations

from io import BytesIO

from flask import flash, g, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.utils import secure_filename

from verkstad.documents import Format, TableSheet, View, table_sheets
from verkstad.domain.errors import N_, DomainError, Invalid
from verkstad.domain.roles import Right
from verkstad.extensions import db
from verkstad.services.exports import export_workshop
from verkstad.services.imports import read_workshop_file
from verkstad.services.words import words_of
from verkstad.services.workshop_import import create_from_file
from verkstad.storage.workshop import groups_of, questions_of
from verkstad.web.guard import door
from verkstad.web.qr import join_url, public_base
from verkstad.web.texts import refuse
from verkstad.web.workshops.blueprint import bp, this_workshop
from verkstad.web.workshops.forms import ImportForm


@bp.get("/<int:workshop_id>/export")
@door(Right.EXPORT)
def export(workshop_id: int) -> ResponseReturnValue:
    """The summary, ``?as=`` a format and ``?view=`` one of its views."""
    try:
        fmt, view = Format(request.args.get("as", "")), View(request.args.get("view", "full"))
    except ValueError as error:
        raise Invalid("unknown_format", N_("There is no such file. Choose one from the workshop's page.")) from error
    produced = export_workshop(db.session(), g.actor, fmt, view)
    for warning in produced.warnings:
        flash(warning)  # a download shows no page: it is told on the next
    return send_file(
        BytesIO(produced.content), mimetype=produced.mime, as_attachment=True, download_name=produced.filename
    )


@bp.get("/<int:workshop_id>/sheets.pdf")
@door(Right.EXPORT)
def sheets(workshop_id: int) -> ResponseReturnValue:
    """One A4 a table: how to join, and boxes for paper notes."""
    workshop = this_workshop()
    content = table_sheets(
        title=workshop.title,
        language=workshop.language,
        code=workshop.code,
        address=public_base().partition("://")[2],
        tables=[
            TableSheet(x.number, x.name, join_url(workshop, x.number)) for x in groups_of(db.session(), workshop.id)
        ],
        questions=[q.prompt for q in questions_of(db.session(), workshop.id)],
        words=words_of(workshop.language),
    )
    name = secure_filename(_("table sheets %(code)s", code=workshop.code))
    return send_file(BytesIO(content), mimetype="application/pdf", download_name=f"{name}.pdf")


@bp.route("/import", methods=["GET", "POST"])
@door(Right.SIGNED_IN)
def import_file() -> ResponseReturnValue:
    """A workshop file or a hand-made compilation; a fault in it is told with its place."""
    form = ImportForm()
    if form.validate_on_submit():
        upload = form.file.data
        try:
            evening = read_workshop_file(upload.read(), upload.filename)
            workshop = create_from_file(db.session(), evening, owner=current_user.account)
        except DomainError as error:
            refuse(form.file, error)
        else:
            flash(
                _(
                    "The evening is read in. Notes: %(notes)s. Groups: %(groups)s.",
                    notes=len(evening.notes),
                    groups=len(evening.groups),
                )
            )
            return redirect(url_for(".show", workshop_id=workshop.id))
    return render_template("workshops/import.html", form=form)
