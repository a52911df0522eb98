"""The ways in that the evening itself does not take."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser

from factories import make_evening
from people import Hall
from running import Server


def test_the_projector_s_code_leads_to_the_choice_of_table(hall: Hall) -> None:
    code, _ = hall.prepare(make_evening())
    phone = hall.phone()
    phone.page.goto(f"{hall.base}/q#{code}..{hall.secret(code)}")
    phone.see("Vilket bord sitter du vid?")
    phone.press("Bord 2")
    phone.field.wait_for()


def test_a_phone_keeps_its_seat_while_others_guess_codes(browser: Browser, tmp_path: Path) -> None:
    server = Server(tmp_path)  # of its own, for nobody can type a code in the minute that follows
    server.settings["VERKSTAD_PUBLIC_URL"] = f"http://verkstad.test:{server.port}"
    server.start()
    hall = Hall(browser, server, "", "")
    try:
        code, _ = server.import_evening(make_evening())
        phone = hall.phone().scan(code, 1)
        phone.write("Skriven före")
        phone.see_note("Skriven före")
        while server.request("GET", "/api/v1/workshops/XXXXXX")[0] == 404:
            pass
        phone.page.reload()
        phone.see_note("Skriven före")
        phone.write("Skriven under tiden")
        phone.see_note("Skriven under tiden")
    finally:
        hall.close()
        server.stop()
    assert hall.complaints == []
