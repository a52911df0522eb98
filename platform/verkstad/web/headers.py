"""What every answer carries, and what no request may carry."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from flask import Flask, Response, current_app

from verkstad.services import metrics

_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)

HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}

PUSH_LIMIT = 262_144  # bytes: the contract's 256 kB
LIVE_LIMIT = 320_000  # a push and the wrapping it has on the socket
UPLOAD_LIMIT = 10_000_000
# Pages that take files, where Flask itself refuses what is over its limit: with a page, not with JSON.
_UPLOADS = ("/workshops/", "/library/", "/verify/")


def install(app: Flask) -> None:
    app.after_request(_add_headers)


def _add_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    # Pages and answers hold people's words; only hashed files of our own may be kept anywhere.
    response.headers.setdefault("Cache-Control", "no-store")
    if current_app.config["SESSION_COOKIE_SECURE"]:
        # On a plain-http hall network browsers ignore both, and complain of the second.
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
        response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    return response


class BodyLimit:
    """Refuses a body that is too large or of unknown length, and a query in no alphabet, before anything reads them.

    It stands in front of Socket.IO too.
    """

    def __init__(self, app: Callable[..., Iterable[bytes]]) -> None:
        self._app = app

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        to_page, limit = path.startswith(_UPLOADS), PUSH_LIMIT if path.endswith("/push") else LIVE_LIMIT
        length = environ.get("CONTENT_LENGTH") or "0"
        if not environ.get("QUERY_STRING", "").isascii():  # no browser sends one, and the framework fails at it
            return _refuse(start_response, "400 Bad Request", "malformed")
        if "HTTP_TRANSFER_ENCODING" in environ:
            return _refuse(start_response, "411 Length Required", "length_required")
        if not length.isdecimal() or (int(length) > limit and not to_page):
            return _refuse(start_response, "413 Content Too Large", "too_large")
        return self._app(environ, start_response)


def _refuse(start_response: Callable[..., Any], status: str, code: str) -> Iterable[bytes]:
    metrics.refused(code, "http")
    body = b'{"error": {"code": "%s", "message": "%s"}}' % (code.encode(), status[4:].encode())
    headers = [("Content-Type", "application/json"), ("Content-Length", str(len(body))), ("Connection", "close")]
    start_response(status, headers)
    return [body]
