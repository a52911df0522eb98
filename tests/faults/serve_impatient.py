"""`verkstad serve` that pings every half second and waits one for the answer: a test need not wait for forty."""

from __future__ import annotations

from typing import Any

from engineio.base_server import BaseServer


def install() -> None:
    """Make every server of this process impatient."""
    begin = BaseServer.__init__

    def impatient(self: BaseServer, *args: Any, **options: Any) -> None:
        begin(self, *args, **(options | {"ping_interval": 0.5, "ping_timeout": 1}))

    BaseServer.__init__ = impatient


if __name__ == "__main__":
    from verkstad.entry import main

    install()
    main()
