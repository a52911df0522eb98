"""The console script. Serving is cooperative, so gevent must take its places before anything else is imported."""

from __future__ import annotations

import sys


def main(args: list[str] | None = None) -> None:
    """Run a command; ``args`` default to the process's own."""
    args = sys.argv[1:] if args is None else args
    if args[:1] == ["serve"]:
        from gevent import monkey

        monkey.patch_all()
    from verkstad.cli import cli

    cli.main(args=args, prog_name="verkstad")


if __name__ == "__main__":
    main()
