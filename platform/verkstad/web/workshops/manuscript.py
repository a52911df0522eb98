"""The page where a Word file of the summary comes back, and what differs is taken in or left, one thing at a time."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import Any

import msgspec
from flask import g, render_template, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired

from verkstad.documents.manuscript import Manuscript
from verkstad.domain.errors import N_, DomainError, Invalid
from verkstad.domain.line import ANSWERS, INTRODUCTION, TENSIONS, VOICES, of_group, of_question, of_theme
from verkstad.domain.roles import Right
from verkstad.extensions import db
from verkstad.language import say
from verkstad.services.manuscripts import Difference, differences, read, take_in
from verkstad.storage.theme import themes_of
from verkstad.storage.workshop import groups_of, questions_of
from verkstad.web.guard import door
from verkstad.web.ports import writer
from verkstad.web.texts import refuse
from verkstad.web.workshops.blueprint import bp, this_workshop

# Words, blanks and signs, each by itself.
_TOKENS = re.compile(r"\w+|\s+|[^\w\s]")

Marked = list[tuple[str, bool]]


class LoadForm(FlaskForm):
    """The Word file that somebody has worked in."""

    file = FileField(
        _l("Word file"),
        [FileRequired(_l("Choose a file first."))],
        description=_l("The summary that you fetched from here and have written in (docx)."),
        render_kw={"accept": ".docx"},
    )


@bp.get("/<int:workshop_id>/manuscript")
@door(Right.SUMMARISE)
def manuscript(workshop_id: int) -> str:
    return _load_page(LoadForm())


@bp.post("/<int:workshop_id>/manuscript")
@door(Right.SUMMARISE)
def load(workshop_id: int) -> str:
    """What differs between a file and the summary. Nothing is changed by it."""
    form = LoadForm()
    if form.validate():
        try:
            loaded = read(db.session(), this_workshop(), form.file.data.read())
        except DomainError as error:
            refuse(form.file, error)
        else:
            return _comparison(loaded, set())
    return _load_page(form)


@bp.post("/<int:workshop_id>/manuscript/differences")
@door(Right.SUMMARISE)
def compare(workshop_id: int) -> str:
    """One difference taken in or left, or all that nobody has to look at; the page that was sent is all there is."""
    try:
        loaded = msgspec.json.decode(request.form.get("manuscript", ""), type=Manuscript)
    except (msgspec.DecodeError, UnicodeError) as error:
        raise Invalid("malformed", N_("The message could not be read.")) from error
    left = set(request.form.getlist("left")) | set(request.form.getlist("leave"))
    wanted = set(request.form.getlist("take"))
    if "all" in wanted:
        wanted = set(request.form.getlist("shown"))
    there = {it.key for it in differences(db.session(), this_workshop(), loaded)}
    refused = take_in(db.session(), this_workshop(), loaded, g.actor, writer(), wanted & there)
    told = []
    if taken := len(wanted & there) - len(refused):
        told.append(_("Taken in: %(num)d.", num=taken))
    if wanted - there:
        told.append(_("Somebody has changed the summary since you looked. See what differs now."))
    if request.form.getlist("leave"):
        told.append(_("Left as it is in the summary."))
    return _comparison(loaded, left, refused, " ".join(told))


def _load_page(form: LoadForm) -> str:
    return render_template("workshops/manuscript.html", workshop=this_workshop(), form=form)


def _comparison(
    loaded: Manuscript, left: set[str], refused: dict[str, DomainError] | None = None, told: str = ""
) -> str:
    workshop = this_workshop()
    found = [it for it in differences(db.session(), workshop, loaded) if it.key not in left]
    return render_template(
        "workshops/differences.html",
        workshop=this_workshop(),
        manuscript=msgspec.json.encode(loaded).decode(),
        loaded=loaded,
        found=found,
        together=[it.key for it in found if it.why is None],
        left=sorted(left),
        refused={key: say(error) for key, error in (refused or {}).items()},
        told=told,
        place=_places(workshop.id),
        columns=_columns,
    )


def _columns(difference: Difference) -> list[tuple[str, Marked]]:
    """The wordings beside one another, each with a heading and with what differs marked in it."""
    fetched, now, new = difference.fetched, difference.now, difference.new
    if difference.why is None or fetched is None or now is None:
        old = now if now is not None else fetched
        if old is None or new is None:
            name = _("In the summary now") if new is None else _("In your file")
            return [(name, [(old or new or "", False)])]
        before, after = marked(old, new)
        return [(_("In the summary now"), before), (_("In your file"), after)]
    columns = [(_("When you fetched the file"), [(fetched, False)]), (_("In the summary now"), marked(fetched, now)[1])]
    return [*columns, (_("In your file"), marked(fetched, new)[1])] if new is not None else columns


def marked(old: str, new: str) -> tuple[Marked, Marked]:
    """Both texts in pieces, and of each piece whether the other lacks it."""
    ours, theirs = _TOKENS.findall(old), _TOKENS.findall(new)
    before: Marked = []
    after: Marked = []
    for tag, i, j, k, m in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        for pieces, tokens in ((before, ours[i:j]), (after, theirs[k:m])):
            if tokens:
                pieces.append(("".join(tokens), tag != "equal"))
    return before, after


def _places(workshop_id: int) -> Any:
    """What a section is called."""
    names: dict[str, Any] = {
        INTRODUCTION: _("Introduction"),
        TENSIONS: _("Tensions"),
        ANSWERS: _("Questions that need an answer"),
        VOICES: _("Single voices"),
    }
    session = db.session()
    names |= {of_theme(theme.id): theme.label for theme in themes_of(session, workshop_id)}
    names |= {of_question(question.id): question.prompt for question in questions_of(session, workshop_id)}
    for group in groups_of(session, workshop_id):
        names[of_group(group.number)] = group.name or _("Group %(number)d", number=group.number)
    # What stood under something that has gone is told last in the introduction.
    return lambda section: names.get(section, names[INTRODUCTION])
