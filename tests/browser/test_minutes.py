"""The minutes' page, as the secretary fills it in."""

from __future__ import annotations

from playwright.sync_api import expect

from factories import make_evening
from people import Hall


def test_the_minutes_are_written_on_a_phone_s_width_and_every_state_is_accessible(hall: Hall) -> None:
    _, workshop_id = hall.prepare(make_evening())
    desk = hall.desk().sign_in()
    desk.page.goto(f"{hall.base}/workshops/{workshop_id}")
    desk.page.get_by_role("link", name="Skriv minnesanteckningarna").click()
    desk.check_accessible()
    desk.page.set_viewport_size({"width": 390, "height": 800})
    desk.check_accessible()

    desk.page.get_by_label("Kallade").fill("Samverkansrådet")
    desk.press("Lägg till ett datum")
    expect(desk.page.get_by_label("Kallade")).to_have_value("Samverkansrådet")
    expect(desk.page.locator("#calendar-1-date")).to_be_focused()
    desk.page.keyboard.type("18 mars")
    desk.page.locator("#items-0-heading").fill("")
    desk.page.locator("#items-0-text").fill("Mötet öppnas.")
    desk.page.keyboard.press("Control+Home")
    desk.page.get_by_role("button", name="Spara", exact=True).last.click()
    desk.see("Ge punkten en rubrik.")
    desk.check_accessible()

    other = hall.desk().sign_in()
    other.page.goto(f"{hall.base}/workshops/{workshop_id}/minutes")
    other.page.get_by_label("Kallade").fill("C-nätet")
    other.page.get_by_role("button", name="Spara", exact=True).last.click()
    other.see("Minnesanteckningarna är sparade.")

    desk.page.locator("#items-0-heading").fill("Välkomna")
    desk.page.get_by_role("button", name="Spara", exact=True).last.click()
    desk.see("Det du skrev är inte sparat än")
    desk.check_accessible()
    expect(desk.page.locator("#calendar-1-date")).to_have_value("18 mars")
    desk.page.get_by_role("button", name="Spara", exact=True).last.click()
    desk.see("Minnesanteckningarna är sparade.")
