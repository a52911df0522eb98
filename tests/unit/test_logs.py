"""What the log says of a fault."""

from __future__ import annotations

import logging
import sys

from verkstad.logs import PlacesOnly, Seldom


def test_a_fault_is_told_by_its_kind_and_place_and_never_by_its_words() -> None:
    try:
        int("någons lapp")
    except ValueError:
        record = logging.LogRecord("x", logging.ERROR, __file__, 1, "event failed", (), sys.exc_info())
    said = PlacesOnly().format(record)
    assert "någons lapp" not in said.replace('int("någons lapp")', "")  # our own source is no secret
    assert "ValueError" in said and "test_logs.py" in said


def test_what_strangers_do_again_and_again_is_said_once_a_minute() -> None:
    seconds = 0.0
    seldom = Seldom(lambda: seconds)

    def said(message: str, *args: object) -> str | None:
        record = logging.LogRecord("verkstad.serving", logging.WARNING, __file__, 1, message, args, None)
        return record.getMessage() if seldom.filter(record) else None

    assert said("a connection ended in %s", "ValueError") == "a connection ended in ValueError"
    for _ in range(500):
        assert said("a connection ended in %s", "ValueError") is None
    assert said("a connection ended in %s", "OSError") == "a connection ended in OSError"
    seconds = 61.0
    assert said("a connection ended in %s", "ValueError") == (
        "a connection ended in ValueError (and 500 times since it was said)"
    )
    assert said("a connection ended in %s", "ValueError") is None
