"""Where anybody can see what was adopted, and check whether a file is of it. Nothing is listed, and no file is kept."""

from __future__ import annotations

import hashlib

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired

from verkstad.domain.roles import Right
from verkstad.extensions import db
from verkstad.services.adopted_files import checked, verification
from verkstad.services.adoption import VERIFY
from verkstad.services.exports import VIEWS
from verkstad.storage.adoption import adoptions_of
from verkstad.web.guard import door
from verkstad.web.workshops.formats import FORMATS

bp = Blueprint("verification", __name__)


class CheckForm(FlaskForm):
    """A file that somebody has been given."""

    file = FileField(
        _l("File to check"),
        [FileRequired(_l("Choose a file first."))],
        description=_l("It is compared byte for byte, and not kept."),
    )


@bp.route(f"{VERIFY}<address>", methods=["GET", "POST"])
@door(Right.VISIT)
def verify(address: str) -> ResponseReturnValue:
    """One adopted version; with a file, whether it is one of its files."""
    found = verification(db.session(), address)
    form, answer, name = CheckForm(), None, ""
    if form.validate_on_submit():
        sha256 = hashlib.file_digest(form.file.data.stream, "sha256").hexdigest()
        answer, name = checked(db.session(), found.adoption, sha256), form.file.data.filename
    return render_template(
        "pages/verification.html",
        found=found,
        form=form,
        answer=answer,
        name=name,
        formats=FORMATS,
        views=VIEWS,
        in_the_making=_in_the_making(found.adoption.workshop_id),
    )


def _in_the_making(workshop_id: int) -> bool:
    """Whether the latest version has been opened again."""
    return adoptions_of(db.session(), workshop_id)[0].reopened_at is not None
