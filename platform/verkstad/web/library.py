"""The library of question sets: shipped ones to use and copy, one's own to write."""

from __future__ import annotations

from io import BytesIO

from flask import Blueprint, flash, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from werkzeug.utils import secure_filename

from verkstad.domain.errors import DomainError
from verkstad.domain.question_set import QuestionSet
from verkstad.domain.roles import Right
from verkstad.extensions import db
from verkstad.services import question_sets
from verkstad.web.guard import door
from verkstad.web.question_editor import EMPTY, QuestionSetForm, change, pressed
from verkstad.web.texts import refuse

bp = Blueprint("library", __name__, url_prefix="/library")


class ImportForm(FlaskForm):
    """A set as a file."""

    file = FileField(
        _l("File"),
        [FileRequired(_l("Choose a file first."))],
        description=_l("A question set that was saved as a file (yaml)."),
        render_kw={"accept": ".yaml,.yml"},
    )


@bp.get("")
@door(Right.SIGNED_IN)
def index() -> str:
    sets = question_sets.library(db.session(), current_user.account)
    own, shipped = [s for s in sets if not s.shipped], [s for s in sets if s.shipped]
    return render_template("library/index.html", own=own, shipped=shipped)


@bp.get("/<set_id>")
@door(Right.SIGNED_IN)
def show(set_id: str) -> str:
    return render_template("library/show.html", entry=question_sets.find(db.session(), current_user.account, set_id))


@bp.route("/new", methods=["GET", "POST"])
@door(Right.SIGNED_IN)
def new() -> ResponseReturnValue:
    form = QuestionSetForm(data={"questions": [EMPTY], "language": str(get_locale())})
    return _edit(form, None)


@bp.route("/<set_id>/edit", methods=["GET", "POST"])
@door(Right.SIGNED_IN)
def edit(set_id: str) -> ResponseReturnValue:
    entry = question_sets.find(db.session(), current_user.account, set_id)
    if entry.shipped:
        flash(_("A set that comes with Verkstad cannot be changed. Copy it and change the copy."))
        return redirect(url_for(".show", set_id=set_id))
    return _edit(QuestionSetForm(obj=entry.content), set_id)


def _edit(form: QuestionSetForm, set_id: str | None) -> ResponseReturnValue:
    """One page for a new set and an old one; only its save button stores anything."""
    message, focus = "", ""
    act = pressed()
    if form.is_submitted() and act.verb != "save":
        changed = change(form, act)
        form = QuestionSetForm(formdata=None, data=changed.data)
        message, focus = changed.message, changed.focus
    elif form.validate_on_submit():
        account, content = current_user.account, _content(form)
        if set_id is None:
            saved = question_sets.create(db.session(), account, content)
        else:
            saved = question_sets.change(db.session(), account, set_id, content)
        flash(_("The question set is saved."))
        return redirect(url_for(".show", set_id=saved.id))
    return render_template("library/edit.html", form=form, set_id=set_id, message=message, focus=focus)


@bp.post("/<set_id>/copy")
@door(Right.SIGNED_IN)
def copy(set_id: str) -> ResponseReturnValue:
    entry = question_sets.find(db.session(), current_user.account, set_id)
    title = _("%(title)s (copy)", title=entry.content.title[:190])
    saved = question_sets.copy(db.session(), current_user.account, set_id, title)
    flash(_("Here is your copy. Its questions are counted as the same ones when years are compared."))
    return redirect(url_for(".edit", set_id=saved.id))


@bp.post("/<set_id>/removal")
@door(Right.SIGNED_IN)
def remove(set_id: str) -> ResponseReturnValue:
    question_sets.remove(db.session(), current_user.account, set_id)
    flash(_("The question set is gone from the library. Workshops made from it keep their questions."))
    return redirect(url_for(".index"))


@bp.get("/<set_id>/file")
@door(Right.SIGNED_IN)
def export(set_id: str) -> ResponseReturnValue:
    entry = question_sets.find(db.session(), current_user.account, set_id)
    data = question_sets.export_set(db.session(), current_user.account, set_id)
    name = secure_filename(entry.content.title) or entry.id
    return send_file(BytesIO(data), mimetype="application/yaml", as_attachment=True, download_name=f"{name}.yaml")


@bp.route("/import", methods=["GET", "POST"])
@door(Right.SIGNED_IN)
def import_file() -> ResponseReturnValue:
    form = ImportForm()
    if form.validate_on_submit():
        try:
            saved = question_sets.import_set(db.session(), current_user.account, form.file.data.read())
        except DomainError as error:
            refuse(form.file, error)
        else:
            flash(_("The question set is in your library."))
            return redirect(url_for(".show", set_id=saved.id))
    return render_template("library/import.html", form=form)


def _content(form: QuestionSetForm) -> QuestionSet:
    # The service gives a new set its id, and a changed one the id that it has.
    return QuestionSet(
        id="",
        title=form.title.data or "",
        description=form.description.data or "",
        language=form.language.data,
        questions=form.asked(),
    )
