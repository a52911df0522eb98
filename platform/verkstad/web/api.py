"""The HTTP door of the contract, under ``/api/v1/workshops/<code>``."""

from __future__ import annotations

from typing import Any

import msgspec
from flask import Blueprint, Response, g, request

from verkstad.domain.errors import N_, Invalid
from verkstad.domain.mutation import TableNumber
from verkstad.domain.mutations import parse_batch
from verkstad.domain.roles import Actor, Right
from verkstad.extensions import csrf, db
from verkstad.language import say
from verkstad.services import joining
from verkstad.services.changes import changes, you
from verkstad.services.drafts import drafts
from verkstad.services.findings import findings
from verkstad.services.similar import MOST_ASKED, most_similar
from verkstad.services.state_check import state_of
from verkstad.services.versions import versions
from verkstad.storage import Workshop
from verkstad.storage.workshop import groups_of
from verkstad.web.guard import door
from verkstad.web.ports import broadcaster, guesses, pace, seats, writer
from verkstad.web.qr import join_url, qr_svg

bp = Blueprint("api", __name__, url_prefix="/api/v1/workshops/<code>")
csrf.exempt(bp)  # the guard asks for the token itself, from those who come with a cookie


class JoinRequest(msgspec.Struct, frozen=True):
    """The body of a join: ``secret`` is the one in the table's QR code, ``token`` one that the phone has made."""

    group: TableNumber
    name: str | None = None
    secret: str | None = None
    token: str | None = None


@bp.get("")
@door(Right.FIND_WORKSHOP)
def show_door(code: str) -> dict[str, Any]:
    """What the door says before one joins."""
    workshop = _find(code, request.headers.get("X-Join-Secret"))
    return {
        "code": workshop.code,
        "title": workshop.title,
        "held_on": workshop.held_on.isoformat() if workshop.held_on else None,
        "place": workshop.place,
        "language": workshop.language,
        "state": workshop.state,
        "groups": [{"number": x.number, "name": x.name} for x in groups_of(db.session(), workshop.id)],
    }


@bp.post("/join")
@door(Right.FIND_WORKSHOP)
def join(code: str) -> dict[str, Any]:
    try:
        wanted = msgspec.convert(_body(), type=JoinRequest)
    except msgspec.ValidationError as error:
        raise Invalid("malformed", N_("Choose a table by its number.")) from error
    workshop = _find(code, wanted.secret)
    seats().take(str(workshop.id))
    return msgspec.to_builtins(  # type: ignore[no-any-return]
        joining.join(db.session(), workshop, wanted.group, wanted.name, broadcaster(), wanted.token)
    )


@bp.post("/push")
@door(Right.FOLLOW)
def push_changes(code: str) -> dict[str, Any]:
    actor: Actor = g.actor
    batch = parse_batch(_body())
    pace().take(actor.caller, 1 + len(batch))
    return writer().push(actor, batch).as_json(say)


@bp.get("/changes")
@door(Right.FOLLOW)
def pull_changes(code: str) -> dict[str, Any]:
    since = request.args.get("since", "0")
    if not since.isdecimal() or len(since) > 15:
        raise Invalid("bad_since", N_("The revision must be a whole number."))
    actor: Actor = g.actor
    pace().take(actor.caller)
    told = changes(db.session(), actor.room, int(since)) | you(db.session(), actor)
    return told | {"state": state_of(db.session(), actor.room)} if request.args.get("check") == "1" else told


@bp.get("/similar")
@door(Right.READ_ALL)
def show_similar(code: str) -> dict[str, Any]:
    """The notes most like some, by what the machine has found."""
    notes = request.args.getlist("note")
    if not 1 <= len(notes) <= MOST_ASKED:
        raise Invalid("malformed", N_("Ask about 1 to %(limit)s notes."), limit=MOST_ASKED)
    actor: Actor = g.actor
    pace().take(actor.caller)
    return {"similar": most_similar(db.session(), actor.room.workshop, notes)}


@bp.get("/lines/<line>/versions")
@door(Right.SUMMARISE)
def show_versions(code: str, line: str) -> list[dict[str, Any]]:
    """What a line of the summary has said."""
    actor: Actor = g.actor
    pace().take(actor.caller)
    return versions(db.session(), actor.room.workshop, line)


@bp.get("/drafts")
@door(Right.SUMMARISE)
def show_drafts(code: str) -> list[dict[str, Any]]:
    """What could stand in a section of the summary."""
    actor: Actor = g.actor
    pace().take(actor.caller)
    return drafts(db.session(), actor.room.workshop, request.args.get("section", ""))


@bp.get("/findings")
@door(Right.SUMMARISE)
def show_findings(code: str) -> dict[str, Any]:
    """Names and numbers in what the documents will tell, with what is decided of them."""
    actor: Actor = g.actor
    pace().take(actor.caller)
    workshop = db.session.get_one(Workshop, actor.workshop)
    return {"findings": findings(db.session(), workshop)}


@bp.get("/qr.svg")
@door(Right.FOLLOW)
def qr(code: str) -> Response:
    """The QR of the join address, for the projector."""
    workshop = db.session.get_one(Workshop, g.actor.workshop)
    return Response(qr_svg(join_url(workshop)), mimetype="image/svg+xml")


def _find(code: str, secret: str | None) -> Workshop:
    return joining.find_workshop(db.session(), code, guesses(), secret)


def _body() -> Any:
    """The JSON body. NaN, duplicate trust and bytes that are not UTF-8 end here."""
    try:
        return msgspec.json.decode(request.get_data(cache=False))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Invalid("malformed", N_("The message could not be read.")) from error
