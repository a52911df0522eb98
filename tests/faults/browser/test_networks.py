"""Networks that flap, swallow or lose: the phone stays calm, finds another way, and ends with what the server has."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import WebSocketRoute, expect

from chromium import EMAIL, PASSWORD
from factories import make_evening, mutation
from faults.browser.networks import Network, through
from faults.proxy import Proxy
from people import Hall
from running import Server

# Every word that the status line has said, and when.
WATCH = """
    const said = window.said = [];
    new MutationObserver(() => {
        const word = document.querySelector(".phone__bar [role=status]")?.dataset.state;
        if (word && word !== said.at(-1)?.[0]) said.push([word, performance.now()]);
    }).observe(document, {subtree: true, childList: true, attributes: true, characterData: true});
"""


@pytest.fixture
def proxied(tmp_path: Path, hall: Hall) -> Iterator[tuple[Hall, Proxy]]:
    """A hall whose phones reach its server through a network that can be made bad."""
    server = Server(tmp_path)
    with Proxy("127.0.0.1", server.port) as proxy:
        server.settings["VERKSTAD_PUBLIC_URL"] = f"http://verkstad.test:{proxy.port}"
        server.start()
        bad = Hall(hall.browser, server, EMAIL, PASSWORD)
        bad.expected += ["ERR_CONNECTION_RESET", "ERR_EMPTY_RESPONSE", "ERR_INCOMPLETE_CHUNKED", "ERR_TIMED_OUT", "403"]
        yield bad, proxy
        bad.close()
        assert bad.complaints == []
    server.stop()


@pytest.mark.parametrize("rounds", [6, pytest.param(60, marks=pytest.mark.long)])
def test_f16_a_flapping_network_loses_nothing_and_is_told_calmly(
    proxied: tuple[Hall, Proxy], rounds: int, figures: Callable[..., None]
) -> None:
    hall, proxy = proxied
    code, _ = hall.server.import_evening(make_evening())
    phone = hall.phone()
    phone.context.add_init_script(WATCH)
    phone.scan(code, 1)
    proxy.delay = 0.15
    notes = []
    for number in range(rounds):
        proxy.stalled = number % 2 == 0
        if number % 3 == 0:
            proxy.reset()
        notes.append(f"I gungningen {number}")
        phone.write(notes[-1])
        phone.page.wait_for_timeout(1500)
    proxy.stalled = False
    for note in (notes[0], notes[-1]):
        expect(phone.note(note).first).to_contain_text("Hos servern", timeout=30_000)
    assert hall.stored(code) == notes
    said = phone.page.evaluate("said")
    figures(changes_of_the_status=len(said) - 1)
    # The first word is of the page that has just come; a timer may be a moment early.
    assert all(later - earlier > 2900 for (_, earlier), (_, later) in pairwise(said[1:])), said


def test_f18_a_websocket_that_is_forbidden_gives_way_to_polling(proxied: tuple[Hall, Proxy]) -> None:
    hall, proxy = proxied
    proxy.upgrades = False
    code, _ = hall.server.import_evening(make_evening())
    phone = hall.phone().scan(code, 1)
    phone.write("Utan WebSocket")
    phone.see_note("Utan WebSocket")
    _neighbour(hall, code, "Av en granne")
    phone.see("Av en granne")


def _neighbour(hall: Hall, code: str, text: str) -> None:
    seat = hall.server.join(code, 1)
    change = {"mutations": [mutation("note.add", question="q1", text=text)]}
    assert hall.server.request("POST", f"/api/v1/workshops/{code}/push", change, seat["token"])[0] == 200


def test_f18_a_websocket_that_hangs_gives_way_to_polling(hall: Hall, figures: Callable[..., None]) -> None:
    code, _ = hall.prepare(make_evening())
    phone = through(Network.HUNG_WEBSOCKET, hall.phone())
    polls: list[float] = []

    def is_poll(url: str) -> bool:
        return "/socket.io/" in url and "transport=polling" in url

    phone.context.on("request", lambda request: polls.append(time.monotonic()) if is_poll(request.url) else None)
    begun = time.monotonic()
    phone.scan(code, 1)
    phone.write("Så fort det går")
    phone.see_note("Så fort det går")
    figures(first_note_seconds=round(time.monotonic() - begun, 2))
    while not polls:
        phone.page.wait_for_timeout(50)
    figures(polling_after_seconds=round(polls[0] - begun, 2))
    _neighbour(hall, code, "Av en granne")
    phone.see("Av en granne")


def test_a_message_that_went_astray_is_found_when_it_is_quiet(hall: Hall) -> None:
    code, _ = hall.prepare(make_evening())
    # A clock that jumps makes the library give a good connection up in the middle of things.
    hall.expected += ["WebSocket is closed before", "Invalid frame header"]
    phone = hall.phone()
    phone.context.clock.install()
    astray: list[str] = []

    def emptied(message: str | bytes) -> str | bytes:
        if not isinstance(message, str) or not message.startswith('42["changes"') or "Kom aldrig fram" not in message:
            return message
        astray.append(message)
        name, told = json.loads(message[2:])
        return "42" + json.dumps([name, told | {"notes": [], "groups": []}])

    def on_socket(socket: WebSocketRoute) -> None:
        server = socket.connect_to_server()
        server.on_message(lambda message: socket.send(emptied(message)))
        socket.on_message(server.send)

    phone.context.route_web_socket("**/socket.io/**", on_socket)
    phone.scan(code, 1)
    phone.write("Min egen")
    phone.see_note("Min egen")
    phone.page.wait_for_timeout(1000)
    _neighbour(hall, code, "Kom aldrig fram")
    _neighbour(hall, code, "Kom fram")
    phone.see("Kom fram")
    assert astray
    phone.page.clock.fast_forward(30_000)
    expect(phone.page.get_by_text("Kom aldrig fram")).to_have_count(0)
    for _ in range(10):
        phone.page.clock.fast_forward(20_000)
    phone.see("Kom aldrig fram")
    phone.see_note("Min egen")
