"""The list of workshops, and a workshop's own page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import g, render_template, url_for
from flask_babel import format_timedelta
from flask_babel import gettext as _
from flask_login import current_user

from verkstad.documents import Format, View
from verkstad.domain.roles import Right, Role
from verkstad.domain.workshop import State
from verkstad.extensions import db
from verkstad.services.memberships import OwnWorkshop, members_of, my_workshops
from verkstad.services.tokens import handed_out
from verkstad.storage import Workshop
from verkstad.storage.base import now as clock
from verkstad.storage.workshop import groups_of, questions_of
from verkstad.web.guard import door
from verkstad.web.qr import only_here, public_base
from verkstad.web.workshops.blueprint import bp, this_workshop
from verkstad.web.workshops.formats import FORMATS
from verkstad.web.workshops.forms import ShareForm


@bp.get("")
@door(Right.SIGNED_IN)
def index() -> str:
    found = my_workshops(db.session(), current_user.account)
    mine = [w for w in found if w.role is not None]
    nobodys = [w for w in found if w.role is None]
    now, before = [w for w in mine if _is_now(w)], [w for w in mine if not _is_now(w)]
    return render_template(
        "workshops/index.html", now=now, before=before, nobodys=nobodys, latest=_latest([w.workshop for w in mine])
    )


def _latest(mine: list[Workshop]) -> Workshop | None:
    """Last time's evening: the latest that has begun, or else the newest plan."""
    begun = [w for w in mine if w.state != State.DRAFT]
    return max(begun or mine, key=lambda w: (w.held_on or date.min, w.id), default=None)


def _is_now(own: OwnWorkshop) -> bool:
    return own.workshop.state in {State.DRAFT, State.OPEN}


@bp.get("/<int:workshop_id>")
@door(Right.READ_ALL)
def show(workshop_id: int) -> str:
    return workshop_page()


def workshop_page(share_form: ShareForm | None = None) -> str:
    """A workshop's page, with the sharing form as it was filled in."""
    workshop = this_workshop()
    members = members_of(db.session(), workshop.id)
    # The first to come must be able to lead the evening.
    first_role = Role.SECRETARY if members else Role.FACILITATOR
    return render_template(
        "workshops/show.html",
        workshop=workshop,
        questions=questions_of(db.session(), workshop.id),
        groups=groups_of(db.session(), workshop.id),
        members=members,
        tokens=handed_out(db.session(), workshop.id) if g.actor.may(Right.SHARE) else [],
        age=_age,
        share_form=share_form or ShareForm(formdata=None, data={"role": first_role.value}),
        address=public_base().partition("://")[2],
        only_here=only_here(),
        shelves=_shelves(workshop.id) if workshop.state != State.DRAFT and g.actor.may(Right.EXPORT) else [],
    )


def _age(moment: datetime) -> str:
    """How long ago, in words: the server may be in another time zone than its reader."""
    return format_timedelta(moment - clock(), add_direction=True)  # type: ignore[no-any-return]


@dataclass(frozen=True, slots=True)
class Shelf:
    """One view of the summary, and the files it comes as."""

    name: str
    about: str
    files: list[tuple[str, str]]


def _shelves(workshop_id: int) -> list[Shelf]:
    texts = [Format.DOCX, Format.ODT, Format.PDF, Format.HTML, Format.MD]
    return [
        Shelf(
            _("Full summary"),
            _("By group, by question and by theme, with every note at the end."),
            _files(workshop_id, View.FULL, texts),
        ),
        Shelf(
            _("By group"),
            _("One heading a group, every note under it, word for word."),
            _files(workshop_id, View.GROUPS, texts),
        ),
        Shelf(
            _("By question"),
            _("What the groups wrote to each question."),
            _files(workshop_id, View.QUESTIONS, texts),
        ),
        Shelf(
            _("By theme"),
            _("Each theme with its notes, those that most groups raised first."),
            _files(workshop_id, View.THEMES, texts),
        ),
        Shelf(
            _("Easy to read"),
            _("Short sections in larger type, for those who read with effort."),
            _files(workshop_id, View.EASY, texts),
        ),
        Shelf(
            _("Minutes"),
            _("The meeting from calling to calendar, with the dialogue under its item."),
            _files(workshop_id, View.MINUTES, texts),
        ),
        Shelf(
            _("Tables and data"),
            _("For counting, sorting, and moving the evening to another Verkstad."),
            _files(workshop_id, View.FULL, [Format.XLSX, Format.CSV, Format.JSON]),
        ),
    ]


def _files(workshop_id: int, view: View, formats: list[Format]) -> list[tuple[str, str]]:
    """Each format's name and where its file is fetched."""
    return [(str(FORMATS[f]), url_for(".export", workshop_id=workshop_id, **_asked(f, view))) for f in formats]


def _asked(fmt: Format, view: View) -> dict[str, Any]:
    return {"as": fmt.value, "view": view.value}
