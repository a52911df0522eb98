"""Names and details in the studio: deciding by keyboard and by mouse, and two at the desk."""

from __future__ import annotations

from playwright.sync_api import Locator, expect

from factories import make_evening
from people import Desk, Hall
from running import eventually
from verkstad.domain.roles import Role
from verkstad.domain.workshop_file import FileLine, FileNote, WorkshopFile
from verkstad.services.exports import evening_of
from verkstad.storage import Workshop

LEFT = "[data-list=left] [data-entry]"
DECIDED = "[data-list=decided] [data-entry]"


def evening() -> WorkshopFile:
    notes = {
        "n1": "👋🏽 Fråga Gunilla Ekström om nyckeln",
        "n2": "Fler bänkar i Kvarnparken",
        "n3": "Ring 070-174 06 05 eller Gunilla Ekström",
        "n4": "Vaktmästaren Sigvard är till stor hjälp",
    }
    lines = (FileLine(id="l1", section="intro", text="Gunilla Ekström lånar ut nyckeln.", notes=("n1",)),)
    return make_evening(
        notes=tuple(FileNote(id=i, group=1, text=text, question="q1") for i, text in notes.items()), lines=lines
    )


def names_of(desk: Desk, address: str) -> Desk:
    # A dialog that fades in is measured half-way otherwise.
    desk.page.emulate_media(reduced_motion="reduce")
    desk.page.goto(address)
    desk.page.locator("[data-left]").wait_for()
    return desk


def facilitator(hall: Hall, workshop_id: int) -> Desk:
    return names_of(hall.desk().sign_in(), f"{hall.base}/workshops/{workshop_id}/studio#namn")


def guest(hall: Hall, code: str) -> Desk:
    return names_of(hall.desk(), f"{hall.base}/studio/{code}#{hall.server.token(code, Role.STUDIO)}&namn")


def left(desk: Desk) -> Locator:
    return desk.page.locator(LEFT)


def told(hall: Hall, code: str) -> list[str]:
    """The notes as the documents tell them."""
    with hall.server.database() as session:
        return [note.text for note in evening_of(session, session.query(Workshop).filter_by(code=code).one()).notes]


def test_each_finding_is_decided_by_keyboard(hall: Hall) -> None:
    code, workshop_id = hall.prepare(evening())
    desk = facilitator(hall, workshop_id)
    keyboard = desk.page.keyboard
    expect(left(desk)).to_have_count(5)
    expect(left(desk).locator("mark").first).to_have_text("Gunilla Ekström")
    desk.check_accessible()

    keyboard.press("j")
    keyboard.press("m")
    expect(left(desk)).to_have_count(4)
    expect(left(desk).first).to_be_focused()  # the next one, without a hand on the mouse
    keyboard.press("b")
    desk.check_accessible()
    keyboard.press("Enter")  # the first of the usual reasons
    expect(left(desk)).to_have_count(3)
    expect(desk.page.locator(DECIDED)).to_have_count(2)
    expect(desk.page.locator(DECIDED).nth(1)).to_contain_text("Pekar inte ut någon")
    assert told(hall, code)[0] == "👋🏽 Fråga [namn] om nyckeln"
    assert "070-174 06 05" in told(hall, code)[2]

    keyboard.press("Control+z")
    expect(left(desk)).to_have_count(4)
    keyboard.press("?")
    desk.see("Till ord som datorn inte har hittat")
    desk.check_accessible()


def test_one_presses_for_all_that_say_the_same_and_marks_what_is_left(hall: Hall) -> None:
    code, workshop_id = hall.prepare(evening())
    desk = facilitator(hall, workshop_id)
    left(desk).first.get_by_role("button", name="Maskera alla 3 likadana").click()
    expect(left(desk)).to_have_count(2)
    desk.page.get_by_label("Ord att söka efter").fill("kvarnparken")
    by_hand = desk.page.locator("[data-list=by-hand] [data-entry]")
    expect(by_hand).to_have_count(1)
    desk.check_accessible()
    by_hand.get_by_role("button", name="Maskera").click()
    expect(by_hand).to_have_count(0)
    expect(desk.page.locator(DECIDED)).to_have_count(4)
    assert told(hall, code)[1] == "Fler bänkar i [maskerat]"
    assert told(hall, code)[2] == "Ring 070-174 06 05 eller [namn]"

    left(desk).last.get_by_role("button", name="Dölj hela lappen").click()
    desk.page.get_by_role("button", name="Pekar ut en person").click()
    desk.page.get_by_role("button", name="Dölj lappen", exact=True).click()
    expect(left(desk)).to_have_count(1)


def test_what_a_colleague_decides_goes_away_here(hall: Hall) -> None:
    code, workshop_id = hall.prepare(evening())
    desk, other = facilitator(hall, workshop_id), guest(hall, code)
    expect(left(other)).to_have_count(5)
    left(desk).first.get_by_role("button", name="Maskera Gunilla Ekström").click()
    expect(left(other)).to_have_count(4)
    expect(other.page.locator("[data-left]")).to_have_text("4 kvar att bestämma om")
    # And what comes in meanwhile is there to be decided on.
    writer = hall.phone().scan(code, 2)
    writer.write("Hälsa Yasmin Farah")
    expect(left(other)).to_have_count(5)
    eventually(lambda: left(desk).count() == 5)


def test_it_can_be_worked_with_on_a_phone(hall: Hall) -> None:
    _, workshop_id = hall.prepare(evening())
    desk = facilitator(hall, workshop_id)
    desk.page.set_viewport_size({"width": 390, "height": 844})
    expect(left(desk)).to_have_count(5)
    assert desk.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    desk.check_accessible()
