"""What the log says of a fault."""

from __future__ import annotations

import logging
import sys

from verkstad.logs import PlacesOnly


def test_a_fault_is_told_by_its_kind_and_place_and_never_by_its_words() -> None:
    try:
        int("någons lapp")
    except ValueError:
        record = logging.LogRecord("x", logging.ERROR, __file__, 1, "event failed", (), sys.exc_info())
    said = PlacesOnly().format(record)
    assert "någons lapp" not in said.replace('int("någons lapp")', "")  # our own source is no secret
    assert "ValueError" in said and "test_logs.py" in said
