"""The reference server's packages, installed when they are not there."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

_FOLDER = Path(__file__).resolve().parent.parent / "reference"
SERVER = _FOLDER / "server.mjs"
_STAMP = _FOLDER / "node_modules" / "installed"


class Missing(Exception):
    """The reference cannot be made here; the message says what to install."""


def node() -> str:
    found = shutil.which("node")
    if found is None:
        raise Missing("The benchmark compares with a Node.js server, and there is no node. `make setup` fetches one.")
    return found


def install() -> None:
    """Install what the lock file says. Where nobody has built better-sqlite3 for this Node.js, build it here.

    Raises:
        Missing: a compiler or the network is.
    """
    program = node()
    version = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout
    made_from = version + (_FOLDER / "package-lock.json").read_text()
    if _STAMP.exists() and _STAMP.read_text() == made_from:
        return
    print("Installing the reference server; building better-sqlite3 takes a minute or two.", file=sys.stderr)
    done = subprocess.run(
        ["npm", "ci", "--loglevel=error", "--no-audit", "--no-fund"],
        cwd=_FOLDER, env=_environ(Path(program)), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    loads = done.returncode == 0 and _loads(program)
    if not loads:
        raise Missing(
            f"{done.stdout}\nbetter-sqlite3 could not be built. It needs python3, make and g++ "
            "(Debian and Ubuntu: apt-get install python3 make g++), and Node.js with its headers "
            "(nodejs.org's, `make setup`'s, or Debian's libnode-dev)."
        )
    _STAMP.write_text(made_from)


def _loads(program: str) -> bool:
    script = "new (require('better-sqlite3'))(':memory:')"
    return subprocess.run([program, "-e", script], cwd=_FOLDER, capture_output=True).returncode == 0


def _environ(program: Path) -> dict[str, str]:
    """Where Node.js came with its headers the build uses those, and needs nothing from nodejs.org."""
    prefix = program.resolve().parent.parent
    headers = prefix / "include" / "node" / "node.h"
    return dict(os.environ) | ({"npm_config_nodedir": str(prefix)} if headers.exists() else {})
