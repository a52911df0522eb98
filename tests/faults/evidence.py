"""What is read back from an installation after a fault: its notes, its memory, whether it serves."""

from __future__ import annotations

import time
import urllib.request
from pathlib import Path

import psutil
from sqlalchemy import select

from faults.history import Stored
from running import Server, eventually
from verkstad.domain.roles import Role
from verkstad.services.joining import issue_token
from verkstad.storage import Note, Workshop


def stored_notes(server: Server, workshop: int) -> list[Stored]:
    """Every row of the workshop's notes."""
    query = select(Note.id, Note.group_number, Note.text, Note.created_revision).where(Note.workshop_id == workshop)
    with server.database() as session:
        return [Stored(*row) for row in session.execute(query.order_by(Note.created_revision))]


def studio_token(server: Server, workshop: int) -> str:
    """A token that sees every note, without the seconds that a command takes."""
    with server.database() as session:
        return issue_token(session, session.get_one(Workshop, workshop), Role.STUDIO)


def is_ready(base: str) -> bool:
    """Whether `/readyz` says that the server can serve."""
    try:
        with urllib.request.urlopen(f"{base}/readyz", timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def ready_after(server: Server) -> float:
    """Start the server; seconds until it is ready."""
    begun = time.monotonic()
    server.start()
    eventually(lambda: is_ready(server.base), seconds=30)
    return time.monotonic() - begun


def memory(server: Server) -> int:
    """Resident bytes of the serving process."""
    assert server.process is not None
    return int(psutil.Process(server.process.pid).memory_info().rss)


def write_ahead_log(server: Server) -> int:
    """Bytes of SQLite's write-ahead log."""
    path = Path(server.folder / "verkstad.db-wal")
    return path.stat().st_size if path.exists() else 0


def connections(server: Server) -> dict[str, float]:
    """How many live connections the server counts, by transport."""
    with urllib.request.urlopen(f"{server.base}/metrics", timeout=10) as answer:
        lines = answer.read().decode().splitlines()
    prefix = "verkstad_connections{transport="
    return {line.split('"')[1]: float(line.split()[-1]) for line in lines if line.startswith(prefix)}
