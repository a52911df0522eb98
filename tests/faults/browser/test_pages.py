"""A page that sleeps, is put away and fetched back, or is open three times."""

from __future__ import annotations

import signal
from collections.abc import Callable
from itertools import pairwise

import pytest
from playwright.sync_api import Page, expect

from chromium import OwnChromium
from factories import make_evening, mutation
from faults.browser.networks import Network, Reach, through
from people import Hall, Phone


def neighbour(hall: Hall, code: str, text: str) -> None:
    """Another phone at the first table writes."""
    seat = hall.server.join(code, 1)
    change = {"mutations": [mutation("note.add", question="q1", text=text)]}
    assert hall.server.request("POST", f"/api/v1/workshops/{code}/push", change, seat["token"])[0] == 200


def test_f13_a_phone_that_slept_through_a_restart_has_caught_up_when_it_wakes(hall: Hall, network: Reach) -> None:
    code, _ = hall.prepare(make_evening())
    phone = network(hall.phone()).scan(code, 1)
    phone.write("Före sömnen")
    phone.see_note("Före sömnen")
    hall.expected += ["ERR_CONNECTION_REFUSED", "ERR_CONNECTION_RESET", "ERR_EMPTY_RESPONSE", "ERR_INCOMPLETE_CHUNKED"]
    devtools = phone.context.new_cdp_session(phone.page)
    devtools.send("Page.setWebLifecycleState", {"state": "frozen"})
    # Its connection is long dead when it wakes, as after ten minutes in a pocket.
    hall.server.stop(signal.SIGKILL)
    hall.server.start()
    neighbour(hall, code, "Medan den sov")
    devtools.send("Page.setWebLifecycleState", {"state": "active"})
    phone.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")  # a headless page is never hidden
    phone.see("Medan den sov")
    phone.write("Efter sömnen")
    phone.see_note("Efter sömnen")
    assert hall.stored(code) == ["Före sömnen", "Medan den sov", "Efter sömnen"]


def test_f13_a_page_fetched_back_from_the_cache_has_caught_up(
    hall: Hall, own_chromium: OwnChromium, figures: Callable[..., None]
) -> None:
    code, _ = hall.prepare(make_evening())
    # A page with an open WebSocket is not kept; one that polls may be.
    phone = through(Network.PLAIN_HTTP, hall.phone(own_chromium.start())).scan(code, 1)
    phone.page.evaluate("addEventListener('pageshow', event => window.fetchedBack = event.persisted)")
    phone.field.fill("Ett halvt utk")
    phone.page.goto(f"{hall.base}/hjalp")
    neighbour(hall, code, "Medan den var borta")
    phone.page.go_back()
    phone.see("Medan den var borta")
    expect(phone.field).to_have_value("Ett halvt utk")
    figures(from_the_cache=phone.page.evaluate("window.fetchedBack ?? false"))


# When each push of a page began and ended.
WATCH = """
    const pushes = window.pushes = [], plain = window.fetch;
    window.fetch = async (url, options) => {
        const begun = Date.now(), answer = await plain(url, options);
        if (String(url).endsWith("/push")) pushes.push([begun, Date.now()]);
        return answer;
    };
"""


@pytest.mark.parametrize("secure", [True, False], ids=["with locks", "with leases"])
def test_f14_three_tabs_of_one_phone_are_one_pusher(hall: Hall, secure: bool) -> None:
    code, _ = hall.prepare(make_evening())
    if secure:
        hall.base = hall.server.base
    phone = through(Network.PLAIN_HTTP, hall.phone())
    phone.context.add_init_script(WATCH)
    phone.scan(code, 1)
    assert phone.page.evaluate("'locks' in navigator") is secure
    tabs = [phone.page, *(_tab(hall, phone, code) for _ in range(2))]
    notes = [f"Flik {tab} lapp {number}" for number in range(4) for tab in range(3)]
    for note, page in zip(notes, tabs * 4, strict=True):
        page.get_by_label("Din lapp", exact=True).fill(note)
        page.get_by_role("button", name="Skicka lappen").click()
    for page in tabs:
        expect(page.get_by_role("listitem").filter(has_text="Hos servern")).to_have_count(12, timeout=20_000)
    lists = [page.get_by_role("listitem").filter(has_text="Flik").all_inner_texts() for page in tabs]
    assert lists[0] == lists[1] == lists[2]
    assert sorted(hall.stored(code)) == sorted(notes)
    pushes = sorted(times for page in tabs for times in page.evaluate("pushes"))
    assert all(first[1] <= second[0] for first, second in pairwise(pushes)), pushes
    assert hall.seats(code) == 1


def _tab(hall: Hall, phone: Phone, code: str) -> Page:
    page = phone.context.new_page()
    page.goto(f"{hall.base}/w/{code}")
    page.get_by_label("Din lapp", exact=True).wait_for()
    return page
