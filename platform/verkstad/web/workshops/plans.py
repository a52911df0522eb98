"""Planning an evening: a new one, one like last time's, and changing it before the doors open."""

from __future__ import annotations

import msgspec
from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_login import current_user

from verkstad.domain.errors import DomainError
from verkstad.domain.roles import Right
from verkstad.domain.workshop import State
from verkstad.extensions import db
from verkstad.services import question_sets
from verkstad.services.workshops import asked_in, copy_workshop, create_workshop, edit_details, edit_questions
from verkstad.storage import Workshop
from verkstad.storage.workshop import groups_of
from verkstad.web.guard import door
from verkstad.web.ports import broadcaster
from verkstad.web.question_editor import EMPTY, QuestionsForm, change, pressed
from verkstad.web.texts import choices, refuse
from verkstad.web.workshops.blueprint import bp, this_workshop
from verkstad.web.workshops.forms import DetailsForm, NewForm, TablesForm, filled_in


@bp.route("/new", methods=["GET", "POST"])
@door(Right.SIGNED_IN)
def new() -> ResponseReturnValue:
    account = current_user.account
    form = NewForm(data={"language": str(get_locale()), "question_set": request.args.get("set", "")})
    sets = {s.id: s.content.title for s in question_sets.library(db.session(), account)}
    form.question_set.choices = choices({"": _("None – I write the questions in the next step")} | sets)
    if form.validate_on_submit():
        questions = question_sets.questions_in(db.session(), account, form.question_set.data)
        workshop = create_workshop(
            db.session(), form.details(), owner=account, groups=form.groups(), questions=questions
        )
        return _on_to(workshop, has_questions=bool(questions))
    return render_template("workshops/new.html", form=form)


@bp.route("/<int:workshop_id>/copy", methods=["GET", "POST"])
@door(Right.READ_ALL)
def copy(workshop_id: int) -> ResponseReturnValue:
    """Everything as last time but the date, which is asked for, and the code, which is new."""
    source = this_workshop()
    form = TablesForm(data=filled_in(source, groups_of(db.session(), source.id), held_on=None))
    if form.validate_on_submit():
        workshop = copy_workshop(
            db.session(), source.id, form.details(), owner=current_user.account, groups=form.groups()
        )
        return _on_to(workshop, has_questions=bool(asked_in(db.session(), workshop.id)))
    return render_template("workshops/copy.html", form=form, source=source)


def _on_to(workshop: Workshop, *, has_questions: bool) -> ResponseReturnValue:
    flash(_("The workshop is created."))
    return redirect(url_for(".show" if has_questions else ".questions", workshop_id=workshop.id))


@bp.route("/<int:workshop_id>/edit", methods=["GET", "POST"])
@door(Right.RUN)
def edit(workshop_id: int) -> ResponseReturnValue:
    workshop = this_workshop()
    content = filled_in(workshop, groups_of(db.session(), workshop.id), held_on=workshop.held_on)
    form = TablesForm(data=content) if workshop.state == State.DRAFT else DetailsForm(data=content)
    if workshop.held_on is None:
        form.let_date_be_empty()
    if form.validate_on_submit():
        groups = form.groups() if isinstance(form, TablesForm) else None
        try:
            edit_details(db.session(), workshop.id, form.details(), groups, broadcaster())
        except DomainError as error:
            refuse(form.tables if isinstance(form, TablesForm) else form.title, error)
        else:
            flash(_("The changes are saved."))
            return redirect(url_for(".show", workshop_id=workshop_id))
    return render_template("workshops/edit.html", form=form, workshop=workshop)


@bp.route("/<int:workshop_id>/questions", methods=["GET", "POST"])
@door(Right.RUN)
def questions(workshop_id: int) -> ResponseReturnValue:
    """The questions of a draft, in the same editor as the library's; changing them changes no set."""
    workshop = this_workshop()
    if workshop.state != State.DRAFT:
        flash(_("The workshop has opened. Its questions stay as they are, so that every table answers the same."))
        return redirect(url_for(".show", workshop_id=workshop_id))
    asked = [msgspec.to_builtins(q) for q in asked_in(db.session(), workshop.id)]
    form = QuestionsForm(data={"questions": asked or [EMPTY]})
    message, focus = "", ""
    act = pressed()
    if form.is_submitted() and act.verb != "save":
        changed = change(form, act)
        form = QuestionsForm(formdata=None, data=changed.data)
        message, focus = changed.message, changed.focus
    elif form.validate_on_submit():
        try:
            edit_questions(db.session(), workshop.id, form.asked(), broadcaster())
        except DomainError as error:
            refuse(form.questions, error)
        else:
            flash(_("The questions are saved."))
            return redirect(url_for(".show", workshop_id=workshop_id))
    return render_template("workshops/questions.html", form=form, workshop=workshop, message=message, focus=focus)
