"""Where tests of the encoder itself run: wherever it does, and always in CI, where its absence is a fault."""

from __future__ import annotations

import os

import pytest

from verkstad.clustering.encoder import best_encoder

needs_e5 = pytest.mark.skipif(
    "CI" not in os.environ and best_encoder().simple, reason="this processor cannot run the encoder"
)
