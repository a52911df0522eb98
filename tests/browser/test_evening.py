"""The whole evening in one go: three phones, a studio and a screen, with the network a hall really has."""

from __future__ import annotations

import docx
from playwright.sync_api import expect

from factories import make_evening
from people import Hall
from verkstad.documents import Format
from verkstad.domain.roles import Role


def test_the_evening_from_closed_door_to_summary(hall: Hall) -> None:
    code, workshop_id = hall.prepare(make_evening(title="Temakväll om samverkan", place="Folkets hus"), opened=False)

    # Before: a phone that scans too early waits, and comes in by itself.
    early = hall.phone()
    early.page.goto(f"{hall.base}/q#{code}.1.{hall.secret(code)}")
    early.see("Verkstaden har inte öppnat än")
    early.check_accessible()
    studio = hall.desk().sign_in().open_studio(workshop_id)
    studio.check_accessible()
    screen = hall.projector(hall.server.token(code, Role.SCREEN))
    screen.see(f"{code[:3]}-{code[3:]}")
    screen.check_accessible()
    studio.press("Öppna verkstaden")
    early.see("Bord 1")
    early.see("Du är med")

    # The first question, with a timer that is extended.
    studio.press("Öppna fråga 1")
    early.field.wait_for()
    screen.see("Vad fungerar?")
    studio.press("+3 min")
    screen.see("kvar")
    early.check_accessible()
    screen.check_accessible()

    # Three phones: one by QR, one that types the code, one whose network lets no WebSocket through.
    typed = hall.phone()
    typed.page.goto(hall.base)
    typed.check_accessible()
    typed.page.get_by_label("Kod").fill(f" {code[:3].lower()} {code[3:].lower()} ")
    typed.press("Gå med")
    typed.see("Vilket bord sitter du vid?")
    typed.check_accessible()
    typed.press("Bord 2")
    typed.field.wait_for()
    polling = hall.phone()
    polling.context.route_web_socket("**/*", lambda socket: socket.close())
    polling.scan(code, 1)

    early.write("Ett bord, en lapp")
    early.see_note("Ett bord, en lapp")
    typed.write("Från bord två")
    polling.write("Utan WebSocket")
    polling.see_note("Utan WebSocket")
    for text in ("Ett bord, en lapp", "Från bord två", "Utan WebSocket"):
        studio.see(text)
    early.see("Utan WebSocket")
    early.see_not("Från bord två")
    studio.check_accessible()

    # One phone loses the network in the middle, and writes on.
    typed.context.set_offline(True)
    typed.write("Skriven utan nät")
    typed.see_note("Skriven utan nät", "På telefonen")
    typed.check_accessible()
    typed.write("Och en till")
    studio.see_not("Skriven utan nät")
    typed.context.set_offline(False)
    typed.see_note("Skriven utan nät")
    typed.see_note("Och en till")
    studio.see("Skriven utan nät")

    # One reloads with a half-written note.
    early.field.fill("Ett halvt utk")
    early.page.reload()
    expect(early.field).to_have_value("Ett halvt utk")
    early.field.fill("")

    # Changing one's mind.
    early.note("Ett bord, en lapp").get_by_role("button", name="Ändra").click()
    early.page.get_by_label("Ändra lappen").fill("Ett bord, två lappar")
    early.press("Spara ändringen")
    studio.see("Ett bord, två lappar")
    early.press("Vi är klara")
    studio.see("1 bord är klart")

    # A note about a person is hidden, and its table told why.
    typed.write("Om en namngiven person")
    typed.see_note("Om en namngiven person")
    card = studio.page.get_by_role("listitem").filter(has_text="Om en namngiven person")
    card.get_by_role("button", name="Dölj").click()
    studio.press("Pekar ut en person")
    studio.check_accessible()
    card.get_by_role("button", name="Dölj", exact=False).last.click()
    typed.see("Dold av processledaren")

    # Everyone sees everything once it is shared.
    studio.page.get_by_role("switch").first.click()
    early.see("De andra borden")
    early.page.get_by_text("Bord 2").filter(visible=True).first.click()
    early.see("Från bord två")
    studio.press("Lappar")
    screen.see("Från bord två")
    screen.see_not("Om en namngiven person")
    screen.check_accessible()
    early.check_accessible()

    # The next question; the first one still takes late notes.
    early.field.fill("Mitt i en mening")
    studio.press("Öppna fråga 2")
    early.see("Fråga 2 är öppen")
    expect(early.field).to_have_value("Mitt i en mening")
    early.press("Skicka en sen lapp")
    early.see_note("Mitt i en mening")
    studio.see("Mitt i en mening")
    studio.see("Sen")
    polling.see("Vad saknas?")

    # A message, paper notes, and the end.
    studio.page.get_by_label("Nytt meddelande").fill("Kaffet är framme om tio minuter.")
    studio.press("Skicka till alla telefoner")
    polling.see("Kaffet är framme")
    studio.press("Skriv in från papper")
    studio.check_accessible()
    studio.press("Stäng verkstaden")
    screen.see("Tack för i kväll")
    polling.see("Frågan är stängd")
    polling.check_accessible()
    screen.check_accessible()

    # The file is there before the coffee is cold.
    studio.press("Ladda ner")
    with studio.page.expect_download() as download:
        studio.page.get_by_role("link", name="Word").first.click()
    assert download.value.suggested_filename.startswith("temakvall-om-samverkan")
    lines = [p.text for p in docx.Document(str(download.value.path())).paragraphs]
    assert "Grupp 1" in lines and "Ett bord, två lappar" in lines
    assert not any("namngiven person" in line for line in lines)
    for fmt in Format:
        address = f"/workshops/{workshop_id}/export?as={fmt}&view=full"
        fetched = "async url => { const a = await fetch(url); return [a.status, a.headers.get('content-type')]; }"
        status, mime = studio.page.evaluate(fetched, address)
        assert (status, mime.partition(";")[0]) == (200, fmt.mime.partition(";")[0])
    studio.check_accessible()


def test_a_table_has_one_scribe_who_may_hand_over(hall: Hall) -> None:
    code, _ = hall.prepare(make_evening())
    first, second = hall.phone().scan(code, 2), hall.phone().scan(code, 2)
    first.press("Bli bordets skrivare")
    said = first.page.get_by_label("Det som sägs")
    said.fill("Sagt av en som hellre pratar")
    said.press("Enter")
    second.see("Sagt av en som hellre pratar")
    second.see("En annan telefon vid bordet skriver")
    first.check_accessible()
    second.press("Ta över som skrivare")
    second.press("Ta över", exact=False)
    first.field.wait_for()


def test_a_plain_form_posts_a_note_where_no_script_runs(hall: Hall) -> None:
    code, workshop_id = hall.prepare(make_evening())
    phone = hall.phone(java_script_enabled=False)
    phone.page.goto(hall.base)
    phone.page.get_by_label("Kod").fill(code.lower())
    phone.press("Gå med")
    phone.press("Bord 3", exact=False)
    phone.page.get_by_label("Din lapp").fill("Utan skript,\npå två rader")
    phone.press("Skicka lappen")
    phone.see("Utan skript,")
    phone.page.get_by_label("Din lapp").fill("x" * 1001)
    phone.press("Skicka lappen")
    phone.see("1001 tecken")
    expect(phone.page.get_by_label("Din lapp")).to_have_value("x" * 1001)
    studio = hall.desk().sign_in().open_studio(workshop_id)
    studio.see("Utan skript,")


def test_in_a_hall_without_tls_the_page_is_insecure_and_works(hall: Hall) -> None:
    code, _ = hall.prepare(make_evening())
    phone = hall.phone().scan(code, 1)
    assert phone.page.evaluate("[window.isSecureContext, 'randomUUID' in crypto, 'locks' in navigator]") == [
        False,
        False,
        False,
    ]
    other_tab = phone.context.new_page()
    phone.write("Från en osäker sida")
    phone.see_note("Från en osäker sida")
    other_tab.goto(f"{hall.base}/w/{code}")
    expect(other_tab.get_by_role("listitem").filter(has_text="Från en osäker sida")).to_be_visible(timeout=10_000)


def test_ten_taps_make_one_note(hall: Hall) -> None:
    code, workshop_id = hall.prepare(make_evening())
    phone = hall.phone().scan(code, 1)
    phone.field.fill("Tio tryck")
    button = phone.page.get_by_role("button", name="Skicka lappen")
    button.evaluate("button => { for (let i = 0; i < 10; i++) button.click(); }")
    phone.see_note("Tio tryck")
    studio = hall.desk().sign_in().open_studio(workshop_id)
    studio.see("1 lapp")
    expect(studio.page.get_by_role("listitem").filter(has_text="Tio tryck")).to_have_count(1)


def test_what_people_write_is_text_and_nothing_else(hall: Hall) -> None:
    code, workshop_id = hall.prepare(make_evening())
    phone = hall.phone().scan(code, 1)
    studio = hall.desk().sign_in().open_studio(workshop_id)
    for hostile in (
        "<img src=x onerror=alert(1)>",
        "</script><script>alert(1)</script>",
        "{{7*7}}",
        "javascript:alert(1)",
    ):
        phone.write(hostile)
        phone.see_note(hostile)
        studio.see(hostile)
    assert studio.page.locator("img[src=x]").count() == phone.page.locator("img[src=x]").count() == 0


def test_a_guest_s_studio_opens_with_a_token_and_has_no_doors_to_elsewhere(hall: Hall) -> None:
    code, _ = hall.prepare(make_evening())
    guest = hall.desk()
    guest.page.goto(f"{hall.base}/studio/{code}#{hall.server.token(code, Role.STUDIO)}")
    guest.see("Ansluten")
    phone = hall.phone().scan(code, 1)
    phone.write("Syns hos gästen")
    guest.see("Syns hos gästen")
    assert guest.page.get_by_role("link").filter(visible=True).count() == 0
    guest.check_accessible()
