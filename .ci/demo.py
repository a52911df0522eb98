"""Plays an evening on the server that runs here, or on one started for the while: .ci/demo.py [FILE]."""

from __future__ import annotations

import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from verkstad.config import ConfigError, read_config

_VERKSTAD = str(Path(sys.executable).with_name("verkstad"))
_PATIENCE = 30.0
# A proxy for the outer world must not be asked for this machine's own address.
_OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def _ready(address: str) -> bool:
    try:
        with _OPENER.open(f"{address}/readyz", timeout=2) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def _await(server: subprocess.Popen[bytes], address: str) -> bool:
    """Whether the server came up; when it did not, it has said why itself."""
    until = time.monotonic() + _PATIENCE
    while server.poll() is None and time.monotonic() < until:
        if _ready(address):
            return True
        time.sleep(0.2)
    return False


def main() -> int:
    """Serve if nobody does, rehearse, and leave the machine as it was."""
    try:
        address = read_config().address
    except ConfigError as error:
        print(error, file=sys.stderr)
        return 1
    rehearse = [_VERKSTAD, "rehearse", "--export-to", "exports", *sys.argv[1:]]
    if _ready(address):
        return subprocess.run(rehearse, check=False).returncode
    server = subprocess.Popen([_VERKSTAD, "serve"])
    try:
        if not _await(server, address):
            return 1
        code = subprocess.run(rehearse, check=False).returncode
        print("The server of the demo stops here. The evening is kept: `make run` shows it at the links above.")
        return code
    except KeyboardInterrupt:
        return 130
    finally:
        server.terminate()
        server.wait()


if __name__ == "__main__":
    sys.exit(main())
