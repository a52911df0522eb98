"""The fixtures of the tests with a real Chromium, a real server, and people who use them."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Playwright

from people import Hall
from running import Server

EMAIL, PASSWORD = "anna@example.se", "hästbatteri häftklammer 7"

# Without most of these Chromium talks to its maker's hosts at every start.
FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--host-resolver-rules=MAP verkstad.test 127.0.0.1"),
]


def chromium() -> str:
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    assert found, "the browser tests need Chromium: apt-get install chromium"
    return found


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    return {"executable_path": chromium(), "args": FLAGS}


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    yield from serving_a_hall(tmp_path_factory.mktemp("hall"))


def serving_a_hall(folder: Path, **settings: str) -> Iterator[Server]:
    """A server with one account on it, until the iterator is closed."""
    server = Server(folder, settings=settings)
    # Phones find a server in a hall by a name or address that is not localhost, without TLS.
    server.settings["VERKSTAD_PUBLIC_URL"] = f"http://verkstad.test:{server.port}"
    server.start()
    account = ("--email", EMAIL, "--name", "Anna Berg", "--role", "facilitator", "--password-stdin")
    server.run("account", "create", *account, stdin=PASSWORD + "\n")
    yield server
    server.stop()


@pytest.fixture
def hall(browser: Browser, server: Server) -> Iterator[Hall]:
    """People with phones, and a watch on what their browsers say; no test passes with an error on a console."""
    hall = Hall(browser, server, EMAIL, PASSWORD)
    yield hall
    hall.close()
    assert hall.complaints == [], hall.complaints


class OwnChromium:
    """A Chromium with a profile that outlives it, for the deaths that a context of Playwright's cannot die."""

    def __init__(self, playwright: Playwright, profile: Path) -> None:
        self._playwright, self._profile = playwright, profile
        self._process: subprocess.Popen[str] | None = None

    def start(self) -> BrowserContext:
        """Its one window's context; whatever the profile holds is there."""
        own = [f"--user-data-dir={self._profile}", "--headless=new", "--remote-debugging-port=0", "--accept-lang=sv-SE"]
        own.append("--disable-features=PreloadTopChromeWebUI")  # pages of its own, of which we would hear
        self._process = subprocess.Popen(
            [chromium(), *FLAGS, *own, "about:blank"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        assert self._process.stderr is not None
        for line in self._process.stderr:
            if "DevTools listening on " in line:
                browser = self._playwright.chromium.connect_over_cdp(line.split(" on ", 1)[1].strip())
                return browser.contexts[0]
        raise AssertionError("Chromium did not start")

    def kill(self) -> None:
        """At once, with all that belongs to it."""
        if self._process is not None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.communicate()
            self._process = None


@pytest.fixture
def own_chromium(playwright: Playwright, tmp_path: Path) -> Iterator[OwnChromium]:
    own = OwnChromium(playwright, tmp_path / "profile")
    yield own
    own.kill()
