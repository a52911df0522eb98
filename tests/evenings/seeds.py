"""The documents the product grew out of. They are not part of it: tests on them run where the folder is."""

from __future__ import annotations

from pathlib import Path

import pytest

SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds"

needs_seeds = pytest.mark.skipif(not SEEDS.is_dir(), reason="the seed documents are not beside this repository")


def seed(number: str) -> Path:
    """The one document whose name begins with ``number``."""
    return next(SEEDS.glob(f"{number}_*.txt"))
