"""Every page that is not live, by the same rules: no violation, nothing sideways, no complaint in a console."""

from __future__ import annotations

from playwright.sync_api import expect

from factories import make_evening
from people import Hall


def test_pages_for_everybody(hall: Hall) -> None:
    visitor = hall.desk()
    for path in ("/", "/hjalp", "/login"):
        visitor.page.goto(hall.base + path)
        visitor.check_accessible()
    visitor.page.goto(hall.base)
    visitor.page.get_by_label("Kod").fill("nej")
    visitor.press("Gå med")
    visitor.see("sex bokstäver och siffror")
    expect(visitor.page.get_by_label("Kod")).to_have_value("nej")
    visitor.check_accessible()


def test_pages_of_who_runs_evenings(hall: Hall) -> None:
    _, workshop_id = hall.prepare(make_evening())
    desk = hall.desk().sign_in()
    own = f"/workshops/{workshop_id}"
    for path in (
        "/workshops",
        "/workshops/new",
        "/workshops/import",
        own,
        f"{own}/edit",
        f"{own}/questions",
        f"{own}/copy",
        "/library",
        "/library/new",
        "/library/import",
        "/account",
    ):
        answer = desk.page.goto(hall.base + path)
        assert answer is not None and answer.ok, path
        desk.check_accessible()


def test_a_workshop_is_made_from_a_shipped_set_and_speaks_both_languages(hall: Hall) -> None:
    desk = hall.desk().sign_in()
    desk.page.goto(f"{hall.base}/library")
    desk.page.get_by_role("link", name="Överenskommelsens relevans").click()
    desk.check_accessible()
    desk.page.goto(f"{hall.base}/workshops/new")
    desk.page.get_by_label("Rubrik").fill("Kväll om relevans")
    desk.page.get_by_label("Datum").fill("2026-12-01")
    desk.page.get_by_label("Antal bord").fill("6")
    desk.page.get_by_label("Frågeunderlag").select_option(label="Överenskommelsens relevans 2024–2027")
    desk.press("Skapa verkstaden")
    desk.see("Kväll om relevans")
    desk.press("English", exact=False)
    desk.see("Kväll om relevans")
    assert desk.page.locator("html").get_attribute("lang") == "en"
    desk.check_accessible()
