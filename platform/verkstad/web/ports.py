"""What the factory has handed in, as the views ask for it."""

from __future__ import annotations

from flask import current_app

from verkstad.services.budgets import Budget
from verkstad.services.ports import Broadcaster


def broadcaster() -> Broadcaster:
    """Who tells the rooms."""
    found: Broadcaster = current_app.extensions["broadcaster"]
    return found


def guesses() -> Budget:
    """The installation's budget of failed join codes."""
    found: Budget = current_app.extensions["guesses"]
    return found
