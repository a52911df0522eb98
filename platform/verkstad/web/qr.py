"""The way in as a picture, and as an address that other devices can reach."""

from __future__ import annotations

import io
from urllib.parse import urlsplit

import segno
from flask import current_app

from verkstad.storage import Workshop


def public_base() -> str:
    """The address that phones should use, without a trailing slash."""
    return str(current_app.extensions["public_base"])


def only_here() -> bool:
    """Whether that address leads no further than the computer that the server runs on."""
    return urlsplit(public_base()).hostname in {"127.0.0.1", "::1", "localhost"}


def join_url(workshop: Workshop, group: int | None = None) -> str:
    """Where a QR leads. The secret is in the fragment, which no server and no log ever sees."""
    return f"{public_base()}/q#{workshop.code}.{group or ''}.{workshop.join_secret}"


def qr_svg(workshop: Workshop) -> str:
    """The workshop's QR as SVG text: black on white whatever the theme, with the quiet zone readers need."""
    picture = io.BytesIO()
    code = segno.make(join_url(workshop), error="m", micro=False)
    # With its namespace: without one a browser shows it inside a page only, and not as an image.
    code.save(picture, kind="svg", xmldecl=False, nl=False, scale=8, border=4, dark="#000", light="#fff")
    return picture.getvalue().decode()
