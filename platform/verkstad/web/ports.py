"""What the factory has handed in, as the views ask for it."""

from __future__ import annotations

from flask import current_app

from verkstad.services.budgets import Budget, Pace
from verkstad.services.ports import Broadcaster
from verkstad.services.writer import Writer


def broadcaster() -> Broadcaster:
    """Who tells the rooms."""
    found: Broadcaster = current_app.extensions["broadcaster"]
    return found


def writer() -> Writer:
    """Who writes what is pushed."""
    found: Writer = current_app.extensions["writer"]
    return found


def guesses() -> Budget:
    """The installation's budget of failed join codes."""
    found: Budget = current_app.extensions["guesses"]
    return found


def pace() -> Pace:
    """How fast one caller may go at the live door."""
    found: Pace = current_app.extensions["pace"]
    return found


def seats() -> Pace:
    """How fast a workshop takes new seats."""
    found: Pace = current_app.extensions["seats"]
    return found
