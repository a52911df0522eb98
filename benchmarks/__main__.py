"""`make bench`: every benchmark, or the one that is named first."""

from __future__ import annotations

import sys
from pathlib import Path

# The vocabulary of the tests drives the product from outside; here too.
sys.path.append(str(Path(__file__).resolve().parent.parent / "tests"))

from benchmarks import exports
from benchmarks.live import command


def main(arguments: list[str]) -> int:
    """Prints what each benchmark prints; 1 when any of them says that a bar was missed."""
    match arguments:
        case ["exports"]:
            return exports.main()
        case ["live", *rest]:
            return command.main(rest)
        case ["themes", *rest]:
            # Its arithmetic must not warm the machine up for the others.
            from benchmarks.themes import command as themes

            return themes.main(rest)
        case []:
            return exports.main() | command.main([])
    print("Say exports, live, themes, or nothing for the first two.", file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
