"""A table's paper sheet, typed in at the desk: by keyboard alone, box by box, and taken up again where it was left."""

from __future__ import annotations

from playwright.sync_api import Locator, expect

from factories import make_evening
from people import Desk, Hall
from running import eventually
from verkstad.domain.note import Source
from verkstad.storage import Note, Workshop

BOXES = 20


def stored(hall: Hall, code: str) -> list[tuple[int, str | None, str, str | None]]:
    """Table, question, text and who typed it, of every note from paper, in the order they came."""
    with hall.server.database() as session:
        notes = session.query(Note).join(Workshop, Workshop.id == Note.workshop_id)
        paper = notes.filter(Workshop.code == code, Note.source == Source.PAPER).order_by(Note.created_revision)
        return [(note.group_number, note.question_id, note.text, note.entered_by) for note in paper]


def box(desk: Desk, number: int) -> Locator:
    """The box that one is at."""
    field = desk.page.get_by_label(f"Ruta {number}", exact=True)
    expect(field).to_be_focused(timeout=10_000)
    return field


def test_a_sheet_of_twenty_boxes_is_typing_and_enter_and_nothing_else(hall: Hall) -> None:
    code, workshop_id = hall.prepare(make_evening())
    desk = hall.desk().sign_in().open_studio(workshop_id)
    keyboard = desk.page.keyboard
    desk.page.get_by_role("heading", name="Lappar").wait_for()
    keyboard.press("p")
    for number in range(1, BOXES + 1):
        box(desk, number)
        keyboard.type(f"Ruta nummer {number}")
        keyboard.press("Enter")
    expect(box(desk, BOXES + 1)).to_have_value("")
    typed = [(1, "q1", f"Ruta nummer {number}", "Anna Berg") for number in range(1, BOXES + 1)]
    eventually(lambda: stored(hall, code) == typed)
    desk.see("Inskriven av Anna Berg")
    desk.check_accessible()


def test_a_sheet_that_is_interrupted_is_taken_up_where_it_was_left(hall: Hall) -> None:
    code, workshop_id = hall.prepare(make_evening())
    desk = hall.desk().sign_in().open_studio(workshop_id)
    page = desk.page
    desk.press("Skriv in från papper")
    page.get_by_role("region", name="Från papper").get_by_label("Fråga", exact=True).select_option("q2")
    box_one = page.get_by_label("Ruta 1", exact=True)
    box_one.focus()
    page.keyboard.type("Första rutan")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("region", name="Från papper").get_by_label("Bord", exact=True)).to_have_value("2")
    page.keyboard.type("Bord två, mitt i en")

    page.reload()
    desk.press("Skriv in från papper")
    expect(box(desk, 1)).to_have_value("Bord två, mitt i en")
    page.keyboard.press("End")
    page.keyboard.type(" mening")
    page.keyboard.press("Enter")
    eventually(
        lambda: (
            stored(hall, code)
            == [(1, "q2", "Första rutan", "Anna Berg"), (2, "q2", "Bord två, mitt i en mening", "Anna Berg")]
        )
    )

    # Out of reach the boxes are kept, and sent when the server answers.
    desk.context.set_offline(True)
    desk.see("Ingen kontakt med servern")
    page.keyboard.type("Utan nät")
    page.keyboard.press("Enter")
    desk.see("Väntar på servern")
    expect(page.get_by_label("Ruta 3", exact=True)).to_be_visible()
    desk.context.set_offline(False)
    eventually(lambda: [text for _, _, text, _ in stored(hall, code)][-1] == "Utan nät", seconds=30)
