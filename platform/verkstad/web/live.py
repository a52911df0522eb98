"""The pages of the live surfaces: phone, studio and screen. The phone's also works without any script."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, current_app, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_wtf.csrf import generate_csrf

from verkstad.domain.errors import Busy, DomainError, Unauthorized
from verkstad.domain.join_code import parse_join_code, spell_join_code
from verkstad.domain.mutations import parse_batch
from verkstad.domain.note import normalise_text
from verkstad.domain.roles import Actor, Right, Role
from verkstad.extensions import db
from verkstad.language import say
from verkstad.services import joining
from verkstad.services.changes import changes
from verkstad.storage import Workshop
from verkstad.storage.workshop import groups_of, workshop_by_code
from verkstad.web.bundles import frontend_words
from verkstad.web.guard import door
from verkstad.web.ports import broadcaster, guesses, pace, seats, writer
from verkstad.web.qr import public_base

bp = Blueprint("live", __name__)

SEAT = "seat"  # the cookie of a phone without script: its bearer token, which no script may read


def boot(code: str | None, **more: Any) -> dict[str, Any]:
    """What a surface's script is told by its page."""
    language = str(get_locale())
    return {"code": code, "lang": language, "words": frontend_words(language), **more}


@bp.get("/q")
@door(Right.VISIT)
def scanned() -> ResponseReturnValue:
    """Where a table's QR leads. What it says is in the fragment, which only the phone can read."""
    return render_template("phone/phone.html", **_phone_page(None))


@bp.get("/w/<code>")
@door(Right.FIND_WORKSHOP)
def phone(code: str) -> ResponseReturnValue:
    try:
        workshop = _find(code)
    except Busy:
        # Somebody is guessing codes. A phone that has its seat must not suffer: its token is its way in.
        return render_template("phone/phone.html", **_phone_page(None, code=parse_join_code(code)))
    if code != workshop.code:
        return redirect(url_for("live.phone", code=workshop.code))
    return render_template("phone/phone.html", **_phone_page(workshop))


@bp.post("/w/<code>/join")
@door(Right.FIND_WORKSHOP)
def take_seat(code: str) -> ResponseReturnValue:
    """Choosing a table without script."""
    workshop = _find(code)
    number = request.form.get("group", "")
    try:
        seats().take(str(workshop.id))
        seat = joining.join(
            db.session(), workshop, int(number) if number.isdecimal() and len(number) < 6 else 0, None, broadcaster()
        )
    except DomainError as error:
        return render_template("phone/phone.html", **_phone_page(workshop, error=error))
    answer = make_response(redirect(url_for("live.phone", code=workshop.code)))
    answer.set_cookie(
        SEAT, seat.token, httponly=True, samesite="Lax", secure=current_app.config["SESSION_COOKIE_SECURE"]
    )
    return answer


@bp.post("/w/<code>/notes")
@door(Right.FIND_WORKSHOP)
def post_note(code: str) -> ResponseReturnValue:
    """A note from a plain form. The page makes the id, so that a resent form posts it once."""
    workshop = _find(code)
    actor = _seated(workshop)
    if actor is None:
        return redirect(url_for("live.phone", code=workshop.code))
    # A form sends line breaks as CR LF; a note has LF.
    text = request.form.get("text", "").replace("\r\n", "\n")
    try:
        normalise_text(text)
        fields = {"id": request.form.get("id"), "text": text, "question": request.form.get("question") or None}
        batch = parse_batch({"mutations": [{"kind": "note.add", **fields}]})
        pace().take(actor.caller, len(batch))
        [result] = writer().push(actor, batch).results
        if result.error is not None:
            raise result.error
    except DomainError as error:
        return render_template("phone/phone.html", **_phone_page(workshop, error=error, typed=text))
    return redirect(url_for("live.phone", code=workshop.code))


@bp.get("/screen")
@door(Right.VISIT)
def screen() -> ResponseReturnValue:
    """The projector's page. Its token is in the fragment."""
    address = public_base().split("://", 1)[-1]
    return render_template("screen/screen.html", boot=boot(None, address=address))


@bp.get("/studio/<code>")
@door(Right.FIND_WORKSHOP)
def guest_studio(code: str) -> ResponseReturnValue:
    """The studio for who holds a studio token: a rehearsal, a demonstration. The token is in the fragment."""
    return _studio(_find(code), Actor(Role.STUDIO))


@bp.get("/themes/<code>")
@door(Right.FIND_WORKSHOP)
def guest_themes(code: str) -> ResponseReturnValue:
    """The themes, for who was invited to sort them and nothing else. The token is in the fragment."""
    return _studio(_find(code), Actor(Role.THEME_TEAM))


@bp.get("/workshops/<int:workshop_id>/studio")
@door(Right.READ_ALL)
def studio(workshop_id: int) -> ResponseReturnValue:
    workshop = db.session.get_one(Workshop, workshop_id)
    urls = {
        "back": url_for("workshops.show", workshop_id=workshop_id),
        "export": url_for("workshops.export", workshop_id=workshop_id),
        "sheets": url_for("workshops.sheets", workshop_id=workshop_id),
        "screen": url_for("workshops.open_screen", workshop_id=workshop_id),
        "invite": url_for("workshops.invite", workshop_id=workshop_id),
        "edit": url_for("workshops.edit", workshop_id=workshop_id),
    }
    return _studio(workshop, g.actor, urls)


def _studio(workshop: Workshop, actor: Actor, urls: dict[str, str] | None = None) -> ResponseReturnValue:
    """The studio's page, with what this actor may do there and the pages around it, for who may open those."""
    more: dict[str, Any] = {
        "may": [right.value for right in Right if actor.may(right)],
        "urls": urls,
        "address": public_base().split("://", 1)[-1],
    }
    more |= {"csrf": generate_csrf()} if urls else {}
    return render_template("studio/studio.html", workshop=workshop, boot=boot(workshop.code, **more))


def _find(code: str) -> Workshop:
    """The workshop of a code. Who sits in it guesses nothing, and goes on when others have guessed too much."""
    try:
        return joining.find_workshop(db.session(), code, guesses())
    except Busy:
        workshop = workshop_by_code(db.session(), parse_join_code(code))
        if workshop is None or _seated(workshop) is None:
            raise
        return workshop


def _seated(workshop: Workshop) -> Actor | None:
    """The participant of the seat cookie, when it is one of this workshop's."""
    try:
        actor = joining.actor_of_token(db.session(), request.cookies.get(SEAT, ""))
    except Unauthorized:
        return None
    return actor if actor.workshop == workshop.id and actor.role is Role.PARTICIPANT else None


def _phone_page(
    workshop: Workshop | None, *, code: str | None = None, error: DomainError | None = None, typed: str = ""
) -> dict[str, Any]:
    """What the phone's template needs, with and without script."""
    page: dict[str, Any] = {
        "workshop": workshop,
        "boot": boot(workshop.code if workshop else code),
        "groups": groups_of(db.session(), workshop.id) if workshop else [],
        "joined_group": None,
        "question": None,
        "notes": [],
        "error": say(error) if error else None,
        "typed": typed,
        "new_id": joining.new_id(),
        "spell": spell_join_code,
    }
    actor = _seated(workshop) if workshop else None
    if actor is None:
        return page
    seen = changes(db.session(), actor.room, 0)
    opened = next((r["question"] for r in seen["rounds"] if r["state"] == "open"), None)
    page["joined_group"] = next((x for x in page["groups"] if x.number == actor.group), None)
    page["question"] = next((q for q in seen["questions"] if q["id"] == opened), None)
    page["notes"] = [
        n for n in seen["notes"] if n["group"] == actor.group and n["question"] == opened and not n.get("gone")
    ]
    return page
