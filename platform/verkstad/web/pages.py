"""The start page, the help page and the choice of language."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, current_app, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.exceptions import HTTPException

from verkstad.domain.errors import Busy, DomainError
from verkstad.domain.roles import Right
from verkstad.extensions import db
from verkstad.services.joining import find_workshop
from verkstad.services.words import LANGUAGES
from verkstad.web.account_forms import LANGUAGE_NAMES, typed
from verkstad.web.accounts import own_path, speak
from verkstad.web.guard import door
from verkstad.web.ports import guesses
from verkstad.web.texts import line, refuse

bp = Blueprint("pages", __name__)


class CodeForm(FlaskForm):
    """The way in: one field, whatever case and spaces the code was typed with."""

    code = line(_l("Code"), limit=100, required=_l("Type the code that is on the sign on your table."))


@bp.app_context_processor
def _choices() -> dict[str, Any]:
    """What the header of every page offers."""
    return {"languages": LANGUAGE_NAMES}


@bp.route("/", methods=["GET", "POST"])
@door(Right.FIND_WORKSHOP)
def start() -> ResponseReturnValue:
    form, status = CodeForm(), 200
    if form.validate_on_submit():
        try:
            found = find_workshop(db.session(), typed(form.code), guesses())
        except DomainError as error:
            refuse(form.code, error)
            status = 429 if isinstance(error, Busy) else 200
        else:
            return redirect(url_for("live.phone", code=found.code))
    return render_template("pages/start.html", form=form), status


@bp.get("/hjalp")
@door(Right.VISIT)
def help_page() -> ResponseReturnValue:
    return render_template("pages/help.html")


def _opens(path: str) -> bool:
    """Whether there is a page at the path: what answered a form may have none of its own."""
    adapter = current_app.create_url_adapter(request)
    assert adapter is not None
    try:
        adapter.match(urlsplit(path).path, method="GET")
    except HTTPException:
        return False
    return True


@bp.post("/language")
@door(Right.VISIT)
def language() -> ResponseReturnValue:
    """Switch the language of the pages on this device."""
    onward = own_path(request.form.get("next"))
    answer = make_response(redirect(onward if onward and _opens(onward) else url_for(".start")))
    chosen = request.form.get("language")
    if chosen in LANGUAGES:
        speak(answer, chosen)
    return answer
