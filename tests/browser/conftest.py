"""A real Chromium, a real server, and people who use them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from people import Hall
from running import Server

PASSWORD = "hästbatteri häftklammer 7"

# Without these Chromium talks to its maker's hosts at every start.
CHROMIUM = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --host-resolver-rules=MAP|verkstad.test|127.0.0.1"
).replace("|", " ")


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    assert chromium, "the browser tests need Chromium: apt-get install chromium"
    *flags, rules = CHROMIUM.rsplit(" --", 1)
    return {"executable_path": chromium, "args": [*" ".join(flags).split(), f"--{rules}"]}


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = Server(tmp_path_factory.mktemp("hall"))
    # Phones find a server in a hall by a name or address that is not localhost, without TLS.
    server.settings["VERKSTAD_PUBLIC_URL"] = f"http://verkstad.test:{server.port}"
    server.start()
    account = ("--email", "anna@example.se", "--name", "Anna Berg", "--role", "facilitator", "--password-stdin")
    server.run("account", "create", *account, stdin=PASSWORD + "\n")
    yield server
    server.stop()


@pytest.fixture
def hall(browser: Browser, server: Server) -> Iterator[Hall]:
    """People with phones, and a watch on what their browsers say; no test passes with an error on a console."""
    hall = Hall(browser, server, "anna@example.se", PASSWORD)
    yield hall
    hall.close()
    assert hall.complaints == []
