"""Somebody without an account is invited to sort the themes: they do that, and nothing else."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from browser.test_themes import card, evening, heading, keys, lies_in, themes_of
from people import Hall


def test_the_theme_team_is_invited_sorts_and_is_shut_out(hall: Hall) -> None:
    _, workshop_id = hall.prepare(evening())
    anna = themes_of(hall, workshop_id)
    anna.page.get_by_role("link", name="Bjud in tematikgruppen").click()
    anna.check_accessible()
    anna.press("Skapa länken")
    anna.see("Skriv ett namn, så att alla ser vem som har gjort vad.")
    anna.page.get_by_label("Vem ska sortera lapparna?").fill("Karin Ek")
    anna.press("Skapa länken")
    link = anna.page.get_by_label("Länk till temana").input_value()
    expect(anna.page.get_by_role("img", name="QR-kod med länken")).to_be_visible()
    anna.check_accessible()

    karin = hall.desk()
    karin.page.goto(link.replace("/themes/", "/studio/"))
    karin.page.wait_for_url(link)
    heading(karin.page, "Teman").wait_for()
    for other in ("Frågor", "På storskärmen", "Lappar"):
        expect(heading(karin.page, other)).to_have_count(0)
    expect(karin.page.get_by_role("button", name=re.compile("Ladda ner|Kvällen"))).to_have_count(0)
    expect(karin.page.get_by_role("link", name=re.compile("Bjud in|Kvällens sida"))).to_have_count(0)
    karin.check_accessible()
    keys(karin, "?")
    groups = ["Tangenter", "Flytta runt", "Lappar", "Teman", "Förslag", "Vy och ångra"]
    expect(karin.page.get_by_role("dialog").get_by_role("heading")).to_have_text(groups)
    keys(karin, "Escape")
    card(karin, "Vem svarar").focus()
    keys(karin, "m", "möt", "Enter")
    lies_in(karin, "Vem svarar på våra frågor?", "Mötesplatser")

    anna.page.goto(f"{hall.base}/workshops/{workshop_id}/studio#teman")
    lies_in(anna, "Vem svarar på våra frågor?", "Mötesplatser")
    anna.see("Karin Ek flyttade 1 lapp till Mötesplatser.")
    anna.page.goto(f"{hall.base}/workshops/{workshop_id}")
    anna.see("Tematikgrupp: Karin Ek")
    anna.press("Tematikgrupp: Karin Ek", exact=False)
    # It is found by the door's sweep, and told when the page comes back after its pause: fifteen seconds at most.
    expect(karin.page.get_by_text("Länken gäller inte längre.")).to_be_visible(timeout=30_000)
    karin.check_accessible()
    hall.complaints[:] = [c for c in hall.complaints if not ("401 (UNAUTHORIZED)" in c and "/changes?" in c)]
