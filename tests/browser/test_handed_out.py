"""Projector pages from the button that opens them to the one that turns them off."""

from __future__ import annotations

from playwright.sync_api import expect

from factories import make_evening
from people import Hall


def test_a_projector_page_is_opened_in_the_studio_and_turned_off_on_the_workshop_s_page(hall: Hall) -> None:
    _, workshop_id = hall.prepare(make_evening())
    desk = hall.desk().sign_in().open_studio(workshop_id)
    with desk.context.expect_page() as opened:
        desk.press("Öppna storskärmen (ny flik)")
    screen = opened.value
    expect(screen.get_by_role("heading", name="Dialogkväll")).to_be_visible(timeout=15_000)
    assert screen.evaluate("window.opener") is None

    desk.page.goto(f"{hall.base}/workshops/{workshop_id}")
    desk.see("Länkar och storskärmar")
    desk.check_accessible()
    desk.press("Stäng av", exact=False)
    desk.see("Avstängt.")
    desk.see_not("Länkar och storskärmar")
    expect(screen.get_by_text("Länken gäller inte längre")).to_be_visible(timeout=20_000)
    screen.close()
    # Its browser may have said that the last question was refused, and nothing else.
    hall.complaints[:] = [c for c in hall.complaints if not ("401 (UNAUTHORIZED)" in c and "/changes?" in c)]
