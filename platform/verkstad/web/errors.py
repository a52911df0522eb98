"""One place where refusals become answers: JSON for programs, a page for people."""

from __future__ import annotations

from typing import Any

from flask import Flask, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from verkstad.domain.errors import N_, Busy, DomainError, Unauthorized
from verkstad.language import say
from verkstad.services import metrics
from verkstad.services.writer import is_outage, unavailable

_PAGES = {
    400: N_("The request could not be understood."),
    401: N_("Sign in or join again."),
    403: N_("You may not do this here."),
    404: N_("There is no such page."),
    405: N_("The page cannot be used that way."),
    413: N_("That is too large to be sent here."),
    429: N_("Too much at once. Wait a little and try again."),
    500: N_("Something went wrong on our side. What you wrote is still on your device; try again."),
}


def install(app: Flask) -> None:
    app.register_error_handler(DomainError, _on_domain_error)
    app.register_error_handler(CSRFError, _on_csrf_error)
    app.register_error_handler(HTTPException, _on_http_error)
    app.register_error_handler(Exception, _on_crash)


def error_json(code: str, message: str) -> dict[str, Any]:
    return {"error": {"code": code, "message": message}}


def _on_domain_error(error: DomainError) -> ResponseReturnValue:
    if isinstance(error, Unauthorized) and not _is_api():
        return redirect(url_for("accounts.login", next=request.full_path if request.method == "GET" else None))
    wait = error.retry_after if isinstance(error, Busy) else None
    return _answer(error.status, error.code, say(error), wait)


def _on_csrf_error(error: CSRFError) -> ResponseReturnValue:
    return _answer(400, "csrf", gettext("The page had been open too long. Go back, reload it and try again."))


def _on_http_error(error: HTTPException) -> ResponseReturnValue:
    status = error.code or 500
    if status < 400:
        return error.get_response()
    return _answer(status, error.name.lower().replace(" ", "_"), gettext(_PAGES.get(status, _PAGES[400])))


def _on_crash(error: Exception) -> ResponseReturnValue:
    if is_outage(error):
        current_app.logger.warning("no database for %s: %s", request.endpoint, type(error).__name__)
        return _on_domain_error(unavailable())
    # The trace goes to the log by its type and place only: an exception's text may quote what a person wrote.
    current_app.logger.error("unhandled %s in %s", type(error).__name__, request.endpoint, exc_info=True)
    return _answer(500, "internal", gettext(_PAGES[500]))


def _answer(status: int, code: str, message: str, wait: int | None = None) -> ResponseReturnValue:
    metrics.refused(code, "http", busy=wait is not None)
    headers = {} if wait is None else {"Retry-After": str(wait)}
    if _is_api():
        return error_json(code, message) | ({} if wait is None else {"retry_after": wait}), status, headers
    return render_template("pages/error.html", status=status, code=code, message=message), status, headers


def _is_api() -> bool:
    return request.path.startswith("/api/")
