"""What a client holds of a workshop, by the rules of docs/wire.md, written from that page and not from the product."""

from __future__ import annotations

import zlib
from typing import Any

KEYS = {"notes": "id", "rounds": "question", "groups": "number", "themes": "id", "votings": "id", "lines": "id"}

Held = dict[tuple[str, Any], dict[str, Any]]


def take_in(held: Held, told: dict[str, Any]) -> None:
    """Apply a message: by id, keeping the higher revision."""
    for kind, key in KEYS.items():
        for thing in told.get(kind, []):
            known = held.get((kind, thing[key]))
            if known is None or known["revision"] <= thing["revision"]:
                held[kind, thing[key]] = thing


def state_held(held: Held) -> str:
    """The number of the whole, as the client computes it."""
    whole = [(kind, key, thing) for (kind, key), thing in held.items() if not thing.get("gone")]
    lines = sorted(f"{kind.removesuffix('s')} {key} {thing['revision']}" for kind, key, thing in whole)
    return format(zlib.crc32("\n".join(lines).encode()), "08x")
