"""Runs every benchmark beside this file: `make bench`."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path


def main() -> int:
    """Prints what each benchmark prints; the exit code is 1 when any of them says that a bar was missed."""
    missed = 0
    for file in sorted(Path(__file__).parent.glob("[!_]*.py")):
        print(f"\n{file.stem}")
        missed |= importlib.import_module(f"benchmarks.{file.stem}").main()
    return missed


if __name__ == "__main__":
    sys.exit(main())
