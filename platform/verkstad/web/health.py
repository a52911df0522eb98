"""Is the process alive, and can it serve: for supervisors and proxies. Says nothing that a stranger could use."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import SQLAlchemyError

from verkstad.domain.roles import Right
from verkstad.extensions import db
from verkstad.storage.migrate import is_current
from verkstad.web.guard import door

bp = Blueprint("health", __name__)


@bp.get("/healthz")
@door(Right.VISIT)
def alive() -> ResponseReturnValue:
    return {"status": "ok"}


@bp.get("/readyz")
@door(Right.VISIT)
def ready() -> ResponseReturnValue:
    """Whether the database answers and has this version's tables."""
    try:
        current = is_current(db.engine)
    except SQLAlchemyError:
        current = False
    return ({"status": "ok"}, 200) if current else ({"status": "unready"}, 503)
