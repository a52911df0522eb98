"""What the tests of the pages begin with."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from desks import Desk, make_app


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    return make_app(tmp_path)


@pytest.fixture
def anna(app: Flask) -> Desk:
    return Desk(app, "anna")
