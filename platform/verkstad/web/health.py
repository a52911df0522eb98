"""Is the process alive, and can it serve: for supervisors and proxies. Says nothing that a stranger could use."""

from __future__ import annotations

import shutil
from pathlib import Path

from flask import Blueprint, current_app
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import SQLAlchemyError

from verkstad.config import Config
from verkstad.domain.roles import Right
from verkstad.extensions import db
from verkstad.storage.migrate import is_current
from verkstad.web.guard import door

bp = Blueprint("health", __name__)

# Below this much free disk nobody new should be sent here: what comes may soon not be kept.
LEAST_SHARE = 0.05
ENOUGH = 500_000_000  # bytes that are an evening's, however large the disk


@bp.get("/healthz")
@door(Right.VISIT)
def alive() -> ResponseReturnValue:
    return {"status": "ok"}


@bp.get("/readyz")
@door(Right.VISIT)
def ready() -> ResponseReturnValue:
    """Whether the database answers and has this version's tables, and there is room on our disks."""
    try:
        fit = is_current(db.engine) and all(has_room(folder) for folder in _folders())
    except (SQLAlchemyError, OSError):
        fit = False
    return ({"status": "ok"}, 200) if fit else ({"status": "unready"}, 503)


def has_room(folder: Path) -> bool:
    """Whether the disk under a folder is free enough to go on writing there."""
    usage = shutil.disk_usage(folder)
    return usage.free >= min(LEAST_SHARE * usage.total, ENOUGH)


def _folders() -> set[Path]:
    """Where this installation writes by itself."""
    config: Config = current_app.extensions["config"]
    file = db.engine.url.database if config.embedded else None
    return {config.instance} | ({Path(file).parent} if file else set())
