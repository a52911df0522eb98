"""What people write while the network, the page or the browser is not there: all of it arrives, once, in order."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress

import pytest
from playwright.sync_api import Error, Page, expect

from chromium import OwnChromium
from factories import make_evening, mutation
from faults.browser.networks import Reach
from people import Hall
from running import eventually
from verkstad.domain.roles import Role

TEN_MINUTES = 600


@pytest.mark.parametrize(
    "waits", [False, pytest.param(True, marks=pytest.mark.long)], ids=["clock ahead", "in earnest"]
)
def test_f11_forty_notes_of_ten_offline_minutes_arrive_in_order(
    hall: Hall, network: Reach, waits: bool, figures: Callable[..., None]
) -> None:
    code, _ = hall.prepare(make_evening())
    phone = network(hall.phone())
    if not waits:
        phone.context.clock.install()
    phone.scan(code, 1)
    notes = [f"Utan nät {number:02}" for number in range(1, 41)]
    phone.context.set_offline(True)
    for note in notes[:20]:
        phone.write(note)
    if waits:
        time.sleep(TEN_MINUTES)
    else:
        phone.context.clock.fast_forward(TEN_MINUTES * 1000)
    for note in notes[20:]:
        phone.write(note)
    phone.see_note(notes[-1], "På telefonen")
    assert hall.stored(code) == []
    phone.context.set_offline(False)
    back = time.monotonic()
    eventually(lambda: len(hall.stored(code)) == len(notes), seconds=15)
    figures(seconds_after_return=round(time.monotonic() - back, 2))
    assert hall.stored(code) == notes
    phone.see_note(notes[0])
    phone.see_note(notes[-1])


def test_f12_a_renderer_that_crashes_takes_no_text_with_it(hall: Hall, network: Reach) -> None:
    code, _ = hall.prepare(make_evening())
    phone = network(hall.phone()).scan(code, 1)
    phone.context.set_offline(True)
    phone.write("Före kraschen")
    phone.see_note("Före kraschen", "På telefonen")
    phone.field.fill("Ett halvt utk")
    phone.page.wait_for_timeout(500)  # the promise is about what was written half a second ago
    _crash(phone.page)
    phone.page.close()
    phone.context.set_offline(False)
    phone.page = phone.context.new_page()
    phone.page.goto(f"{hall.base}/w/{code}")
    phone.see_note("Före kraschen")
    expect(phone.field).to_have_value("Ett halvt utk")
    assert hall.stored(code) == ["Före kraschen"]


def _crash(page: Page) -> None:
    with page.expect_event("crash"), suppress(Error):  # nobody is left to answer
        page.goto("chrome://crash")


def test_f12_a_browser_that_is_killed_takes_no_text_with_it(hall: Hall, own_chromium: OwnChromium) -> None:
    code, _ = hall.prepare(make_evening())
    phone = hall.phone(own_chromium.start()).scan(code, 1)
    phone.context.set_offline(True)
    for note in ("Ett", "Två"):
        phone.write(note)
        phone.see_note(note, "På telefonen")
    phone.field.fill("Ett halvt utk")
    phone.page.wait_for_timeout(500)
    own_chromium.kill()
    assert hall.stored(code) == []
    again = hall.phone(own_chromium.start())
    again.page.goto(f"{hall.base}/w/{code}")
    for note in ("Ett", "Två"):
        again.see_note(note)
    expect(again.field).to_have_value("Ett halvt utk")
    assert hall.stored(code) == ["Ett", "Två"]
    assert hall.seats(code) == 1


def test_f15_ten_taps_are_one_note_and_two_equal_ones_that_were_meant_are_two(hall: Hall, network: Reach) -> None:
    code, _ = hall.prepare(make_evening())
    phone = network(hall.phone()).scan(code, 1)
    button = phone.page.get_by_role("button", name="Skicka lappen")
    tapped = """async button => {
        for (let i = 0; i < 10; i++) { button.click(); await new Promise(done => setTimeout(done, 30)); }
    }"""
    phone.field.fill("Tio tryck")
    button.evaluate(tapped)
    phone.see_note("Tio tryck")
    phone.field.fill("Tio tryck")
    button.evaluate(tapped)
    eventually(lambda: len(hall.stored(code)) == 2)
    expect(phone.note("Tio tryck").filter(has_text="Hos servern")).to_have_count(2)
    phone.page.reload()
    expect(phone.note("Tio tryck")).to_have_count(2)
    assert hall.stored(code) == ["Tio tryck"] * 2


def test_f28_a_note_from_before_the_question_closed_comes_late_and_is_seen(hall: Hall, network: Reach) -> None:
    code, workshop_id = hall.prepare(make_evening())
    phone = network(hall.phone()).scan(code, 1)
    phone.context.set_offline(True)
    phone.write("Skriven medan frågan var öppen")
    phone.see_note("Skriven medan frågan var öppen", "På telefonen")
    change = {"mutations": [mutation("round.close", question="q1")]}
    token = hall.server.token(code, Role.STUDIO)
    assert hall.server.request("POST", f"/api/v1/workshops/{code}/push", change, token)[0] == 200
    phone.context.set_offline(False)
    phone.see_note("Skriven medan frågan var öppen")
    phone.see("Frågan är stängd")
    studio = hall.desk().sign_in().open_studio(workshop_id)
    late = studio.page.get_by_role("listitem").filter(has_text="Skriven medan frågan var öppen")
    expect(late).to_contain_text("Sen")
    assert hall.stored(code) == ["Skriven medan frågan var öppen"]
