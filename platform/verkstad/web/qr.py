"""The way in as a picture, and as an address that other devices can reach."""

from __future__ import annotations

import io
from typing import Any
from urllib.parse import urlsplit

import segno
from flask import current_app

from verkstad.storage import Workshop

_LOOKS: dict[str, Any] = {"scale": 8, "border": 4, "dark": "#000", "light": "#fff"}


def public_base() -> str:
    """The address that phones should use, without a trailing slash."""
    return str(current_app.extensions["public_base"])


def only_here() -> bool:
    """Whether that address leads no further than the computer that the server runs on."""
    return urlsplit(public_base()).hostname in {"127.0.0.1", "::1", "localhost"}


def join_url(workshop: Workshop, group: int | None = None) -> str:
    """Where a QR leads. The secret is in the fragment, which no server and no log ever sees."""
    return f"{public_base()}/q#{workshop.code}.{group or ''}.{workshop.join_secret}"


def qr_svg(address: str) -> str:
    """An address as a QR in SVG text: black on white whatever the theme, with the quiet zone readers need."""
    picture = io.BytesIO()
    # With its namespace: without one a browser shows it inside a page only, and not as an image.
    _code(address).save(picture, kind="svg", xmldecl=False, nl=False, **_LOOKS)
    return picture.getvalue().decode()


def qr_source(address: str) -> str:
    """The same as the source of an image, for an address that no request may carry."""
    return _code(address).svg_data_uri(**_LOOKS)


def _code(address: str) -> segno.QRCode:
    return segno.make(address, error="m", micro=False)
