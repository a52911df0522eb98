"""Sorting notes into themes in the studio: by keyboard, by mouse, by touch, two at once, and without a network."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from factories import make_evening
from people import Desk, Hall, Person
from running import eventually
from verkstad.domain.roles import Role
from verkstad.domain.workshop_file import FileNote, FileTheme, WorkshopFile
from verkstad.storage import Note, Workshop

TEXTS = {
    "n1": ("Fler platser att ses på", 1),
    "n2": ("En mötesplats i varje stadsdel", 2),
    "n3": ("Bussarna går för sällan", 1),
    "n4": ("Kvällsbuss till idrotten", 3),
    "n5": ("Vem svarar på våra frågor?", 2),
    "n6": ("Bättre belysning i parken", 3),
    "n7": ("bättre belysning i parken!", 1),
}


def evening() -> WorkshopFile:
    """Seven notes, two of them the same, in two suggested themes; three are not placed."""
    return make_evening(
        notes=tuple(FileNote(id=i, group=group, text=text, question="q1") for i, (text, group) in TEXTS.items()),
        themes=(
            FileTheme(id="meet", label="Mötesplatser", notes=("n1", "n2"), named=False, keywords=("träffas",)),
            FileTheme(id="bus", label="Buss och tåg", notes=("n3", "n4"), named=False, quotation="n4"),
        ),
    )


def themes_of(hall: Hall, workshop_id: int) -> Desk:
    """A facilitator who has the themes open."""
    desk = hall.desk().sign_in()
    # A dialog that fades in is measured half-way otherwise.
    desk.page.emulate_media(reduced_motion="reduce")
    desk.page.goto(f"{hall.base}/workshops/{workshop_id}/studio#teman")
    heading(desk.page, "Teman").wait_for()
    return desk


def guest_of(hall: Hall, code: str) -> Desk:
    """Somebody else at the same themes."""
    guest = hall.desk()
    guest.page.goto(f"{hall.base}/studio/{code}#{hall.server.token(code, Role.STUDIO)}&teman")
    heading(guest.page, "Teman").wait_for()
    return guest


def heading(page: Page, name: str) -> Locator:
    return page.get_by_role("heading", name=name, exact=True)


def theme(person: Person, label: str) -> Locator:
    return person.page.locator("[data-theme]").filter(has=person.page.get_by_role("heading", name=label))


def lies_in(person: Person, text: str, label: str) -> None:
    expect(theme(person, label).get_by_role("listitem").filter(has_text=text)).to_be_visible(timeout=10_000)


def card(person: Person, text: str) -> Locator:
    return person.page.locator("[data-card]").filter(has_text=text, visible=True).first


def keys(person: Person, *pressed: str) -> None:
    """Press single keys; a longer word is typed."""
    for key in pressed:
        if len(key) == 1 or key in {"Enter", "Escape", "ArrowDown"}:
            person.page.keyboard.press(key)
        else:
            person.page.keyboard.type(key)


def focus(person: Person) -> str:
    """What has the focus, in words; empty when it is lost."""
    return str(person.page.evaluate("document.activeElement === document.body ? '' : document.activeElement.innerText"))


def places(hall: Hall, code: str) -> dict[str, str | None]:
    """Where each note lies, by the database."""
    with hall.server.database() as session:
        notes = session.query(Note).join(Workshop, Workshop.id == Note.workshop_id).filter(Workshop.code == code)
        return {note.id: note.theme_id for note in notes}


def test_an_evening_is_sorted_by_keyboard_alone(hall: Hall) -> None:
    code, workshop_id = hall.prepare(evening())
    one, other = themes_of(hall, workshop_id), guest_of(hall, code)

    # A move is three keys: m, the theme's number or letters, Enter. The next note then has the focus.
    keys(one, "u", "j")
    assert "ättre belysning" in focus(one)
    card(one, "Vem svarar").focus()
    keys(one, "m", "möt", "Enter")
    lies_in(one, "Vem svarar på våra frågor?", "Mötesplatser")
    lies_in(other, "Vem svarar på våra frågor?", "Mötesplatser")
    eventually(lambda: "ättre belysning" in focus(one))

    # A stack moves as one, into a theme that is made of it.
    keys(one, "n", "Trygga gator", "Enter")
    lies_in(other, "ättre belysning i parken", "Trygga gator")
    eventually(lambda: {places(hall, code)[i] for i in ("n6", "n7")} not in ({None}, {None, "meet"}))
    assert places(hall, code)["n6"] == places(hall, code)["n7"]
    expect(one.page.get_by_text("Varje lapp har sin plats.")).to_be_visible()
    assert focus(one) == "Till hands"

    # A question, a side, a name, a confirmed name.
    card(one, "Vem svarar").focus()
    keys(one, "q")
    expect(card(other, "Vem svarar")).to_contain_text("Kräver svar", timeout=10_000)
    card(one, "Kvällsbuss").focus()
    keys(one, "f")
    expect(theme(other, "Buss och tåg").get_by_role("heading", name="För", exact=True)).to_be_visible(timeout=10_000)
    eventually(lambda: "Kvällsbuss" in focus(one))
    keys(one, "c")
    expect(theme(other, "Buss och tåg").get_by_text("Förslag")).to_have_count(0, timeout=10_000)
    keys(one, "r", "Kollektivtrafik", "Enter")
    heading_of(other, "Kollektivtrafik").wait_for()

    # Split off one note, merge it back, and take all of it back step by step, and do it again.
    keys(one, "d", "Kvällar", "Enter")
    lies_in(other, "Kvällsbuss till idrotten", "Kvällar")
    heading_of(one, "Kvällar").get_by_role("button").focus()
    keys(one, "g", "koll", "Enter")
    lies_in(other, "Kvällsbuss till idrotten", "Kollektivtrafik")
    expect(heading_of(other, "Kvällar")).to_have_count(0)
    eventually(lambda: focus(one) != "")
    keys(one, "z")
    lies_in(other, "Kvällsbuss till idrotten", "Kvällar")
    keys(one, "z")
    lies_in(other, "Kvällsbuss till idrotten", "Kollektivtrafik")
    keys(one, "Z")
    lies_in(other, "Kvällsbuss till idrotten", "Kvällar")

    keys(one, "?")
    one.see("Dela: lapparna blir ett eget tema")
    one.check_accessible()
    keys(one, "Escape")
    one.check_accessible()


def heading_of(person: Person, label: str) -> Locator:
    return person.page.get_by_role("heading", name=label)


def test_by_mouse_notes_are_selected_moved_and_dragged(hall: Hall) -> None:
    code, workshop_id = hall.prepare(evening())
    one = themes_of(hall, workshop_id)
    for text in ("Fler platser", "Bussarna går"):
        card(one, text).get_by_role("checkbox").check()
    one.see("2 valda")
    one.check_accessible()
    one.press("Flytta till…")
    one.check_accessible()
    one.page.get_by_role("option", name="Ej placerade").click()
    eventually(lambda: places(hall, code)["n1"] is places(hall, code)["n3"] is None)
    for label in ("Mötesplatser", "Buss och tåg"):
        expect(theme(one, label).get_by_role("listitem")).to_have_count(1, timeout=10_000)

    drag(one.page, card(one, "Vem svarar"), theme(one, "Buss och tåg"))
    lies_in(one, "Vem svarar på våra frågor?", "Buss och tåg")
    one.press("Ångra")
    eventually(lambda: places(hall, code)["n5"] is None)
    one.press("Gör om")
    eventually(lambda: places(hall, code)["n5"] == "bus")

    one.press("Mer om temat Buss och tåg")
    one.check_accessible()
    one.press("Ta bort temat")
    expect(heading_of(one, "Buss och tåg")).to_have_count(0, timeout=10_000)
    one.page.get_by_role("button", name="Ångra: Du tog bort ett tema.").click()
    lies_in(one, "Vem svarar på våra frågor?", "Buss och tåg")


def drag(page: Page, what: Locator, to: Locator) -> None:
    what.scroll_into_view_if_needed()
    start = what.bounding_box()
    assert start is not None
    page.mouse.move(start["x"] + start["width"] / 2, start["y"] + 12)
    page.mouse.down()
    end = to.bounding_box()  # now: themes keep their order until the mouse has left them
    assert end is not None
    for step in (0.3, 0.7, 1.0):
        x = start["x"] + (end["x"] - start["x"] + 60) * step
        page.mouse.move(x, start["y"] + (end["y"] - start["y"] + 20) * step, steps=4)
    page.mouse.up()


def test_by_touch_one_column_at_a_time(hall: Hall) -> None:
    code, workshop_id = hall.prepare(evening())
    one = hall.phone(storage_state=hall.desk().sign_in().context.storage_state())
    one.page.goto(f"{hall.base}/workshops/{workshop_id}/studio#teman")
    heading(one.page, "Teman").wait_for()
    one.check_accessible()
    one.page.get_by_role("button", name="Till hands").tap()
    card(one, "Vem svarar").get_by_role("checkbox").tap()
    one.check_accessible()
    one.page.get_by_role("button", name="Flytta till…").tap()
    one.page.get_by_role("option", name="Mötesplatser").tap()
    eventually(lambda: places(hall, code)["n5"] == "meet")

    # A finger takes hold of the grip; anywhere else it scrolls.
    one.page.get_by_role("navigation", name="Studions delar").get_by_role("button", name="Teman").tap()
    one.press("Fäll ihop alla")
    heading_of(one, "Buss och tåg").get_by_role("button").tap()
    swipe(one, card(one, "Bussarna går").locator(".row__grip"), theme(one, "Mötesplatser"))
    eventually(lambda: places(hall, code)["n3"] == "meet")


def swipe(person: Person, what: Locator, to: Locator) -> None:
    what.scroll_into_view_if_needed()
    start, end = what.bounding_box(), to.bounding_box()
    assert start is not None and end is not None
    x, y = start["x"] + start["width"] / 2, start["y"] + start["height"] / 2
    goal = end["y"] + end["height"] / 2
    touch = person.context.new_cdp_session(person.page)
    touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for step in range(1, 11):
        points = [{"x": x - 4 * step, "y": y + (goal - y) * step / 10}]
        touch.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": points})
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def test_the_loser_of_a_race_is_told_and_can_undo(hall: Hall) -> None:
    code, workshop_id = hall.prepare(evening())
    one, other = themes_of(hall, workshop_id), guest_of(hall, code)
    card(one, "Vem svarar").focus()
    keys(one, "m", "möt", "Enter")
    lies_in(other, "Vem svarar på våra frågor?", "Mötesplatser")
    card(other, "Vem svarar").focus()
    keys(other, "m", "buss", "Enter")
    one.see("Du hade nyss ändrat samma sak.")
    one.check_accessible()
    other.see_not("Du hade nyss ändrat samma sak.")
    one.page.locator(".foot").get_by_role("button", name="Ångra").click()
    lies_in(other, "Vem svarar på våra frågor?", "Mötesplatser")
    eventually(lambda: places(hall, code)["n5"] == "meet")


def test_the_same_words_are_stacked_and_offered_and_never_taken_along_in_silence(hall: Hall) -> None:
    code, workshop_id = hall.prepare(evening())
    one = themes_of(hall, workshop_id)
    one.press("2 med samma ord")
    first = card(one, "Bättre belysning i parken")
    first.focus()
    keys(one, "m", "möt", "Enter")
    one.see("1 liknande lapp: ta med även den?")
    assert sum(places(hall, code)[i] is None for i in ("n6", "n7")) == 1
    keys(one, "a")
    eventually(lambda: {places(hall, code)[i] for i in ("n6", "n7")} == {"meet"})


def test_a_move_without_a_network_is_kept_and_comes_through(hall: Hall) -> None:
    code, workshop_id = hall.prepare(evening())
    one, other = themes_of(hall, workshop_id), guest_of(hall, code)
    one.context.set_offline(True)
    card(one, "Vem svarar").focus()
    keys(one, "m", "möt", "Enter")
    expect(one.page.get_by_text("1 ändring väntar på servern.")).to_be_visible(timeout=20_000)
    one.check_accessible()
    assert places(hall, code)["n5"] is None
    one.context.set_offline(False)
    lies_in(other, "Vem svarar på våra frågor?", "Mötesplatser")
    one.see_not("väntar på servern")


def test_the_address_leads_to_the_themes_and_an_empty_evening_says_so(hall: Hall) -> None:
    _, workshop_id = hall.prepare(make_evening())
    one = hall.desk().sign_in().open_studio(workshop_id)
    one.press("Teman")
    one.see("Inga lappar än. Teman kan göras när de första har kommit.")
    one.check_accessible()
    one.page.reload()
    one.see("Inga lappar än. Teman kan göras när de första har kommit.")
    one.page.go_back()
    one.see("Frågor")
