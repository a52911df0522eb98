"""Logging: to standard error, and never anything that a person wrote, a code or a token."""

from __future__ import annotations

import logging


def set_up_logs() -> None:
    """One plain line an event. Libraries below WARNING stay silent: at INFO some of them print payloads."""
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    logging.getLogger("verkstad").setLevel(logging.INFO)
