"""The console script; a refusal is one sentence on standard error and exit code 1.

Serving is cooperative, so gevent must take its places before anything else is imported."""

from __future__ import annotations

import os
import sys


def main(args: list[str] | None = None) -> None:
    """Run a command; ``args`` default to the process's own."""
    args = sys.argv[1:] if args is None else args
    if args[:1] == ["serve"]:
        from gevent import monkey

        monkey.patch_all()
    from verkstad.domain.errors import DomainError

    try:
        _run(args)
    except DomainError as error:
        from verkstad.services.words import sentence

        sys.exit(sentence(error, _language()))


def _run(args: list[str]) -> None:
    # Loading the application would take longer than sorting an evening's notes, and as much memory.
    if args[:1] == ["cluster"]:
        from verkstad.cluster import cluster

        cluster.main(args=args[1:], prog_name="verkstad cluster")
        return
    if args[:1] == ["work"]:
        from verkstad.work import work

        work.main(args=args[1:], prog_name="verkstad work")
        return
    from verkstad.cli import cli
    from verkstad.config import ConfigError

    try:
        cli.main(args=args, prog_name="verkstad")
    except ConfigError as error:
        sys.exit(str(error))


def _language() -> str:
    """The language of the terminal: Swedish where the environment says so, else English."""
    said = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := os.environ.get(name))), "")
    return "sv" if said.startswith("sv") else "en"


if __name__ == "__main__":
    main()
