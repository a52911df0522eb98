"""Writing the summary in the studio: two at the desk, by keyboard alone, by touch, and without a network."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from factories import make_evening
from people import Desk, Hall, Person
from running import eventually
from verkstad.domain.roles import Role
from verkstad.domain.theme import Asks
from verkstad.domain.workshop_file import FileNote, FileTheme, WorkshopFile
from verkstad.storage import SummaryLine, Workshop

TEXTS = {
    "n1": ("Fler platser att ses på", 1),
    "n2": ("En mötesplats i varje stadsdel", 2),
    "n3": ("Bussarna går för sällan", 1),
    "n4": ("Kvällsbuss till idrotten", 3),
    "n5": ("Vem svarar på våra frågor?", 2),
}


def evening() -> WorkshopFile:
    """Five notes, four of them in two themes that two groups each stand behind, and one that asks."""
    asks = {"n5": Asks.YES}
    return make_evening(
        notes=tuple(
            FileNote(id=i, group=group, text=text, question="q1", asks=asks.get(i))
            for i, (text, group) in TEXTS.items()
        ),
        themes=(
            FileTheme(id="meet", label="Mötesplatser", notes=("n1", "n2"), quotation="n2"),
            FileTheme(id="bus", label="Buss och tåg", notes=("n3", "n4"), quotation="n4"),
        ),
    )


def summary_of(hall: Hall, workshop_id: int) -> Desk:
    """A facilitator who has the summary open."""
    desk = hall.desk().sign_in()
    # A dialog that fades in is measured half-way otherwise.
    desk.page.emulate_media(reduced_motion="reduce")
    desk.page.goto(f"{hall.base}/workshops/{workshop_id}/studio#sammanstallning")
    heading(desk.page, "Inledning").wait_for()
    return desk


def guest_of(hall: Hall, code: str) -> Desk:
    """Somebody else at the same summary."""
    guest = hall.desk()
    guest.page.emulate_media(reduced_motion="reduce")
    guest.page.goto(f"{hall.base}/studio/{code}#{hall.server.token(code, Role.STUDIO)}&sammanstallning")
    heading(guest.page, "Inledning").wait_for()
    return guest


def heading(page: Page, name: str) -> Locator:
    return page.get_by_role("heading", name=name, exact=True)


def line(person: Person, text: str) -> Locator:
    return person.page.locator("[data-line]").filter(has_text=text)


def box(person: Person) -> Locator:
    return person.page.get_by_label("Radens text")


def keys(person: Person, *pressed: str) -> None:
    """Single keys and words, as they are pressed."""
    for key in pressed:
        if len(key) == 1 or key in {"Enter", "Escape", "Control+Enter", "Control+b"}:
            person.page.keyboard.press(key)
        else:
            person.page.keyboard.type(key)


def stored(hall: Hall, code: str) -> dict[str, tuple[str, list[str]]]:
    """What each line says by the part it stands in, in the order of the part; the server's own."""
    with hall.server.database() as session:
        lines = session.query(SummaryLine).join(Workshop, Workshop.id == SummaryLine.workshop_id)
        found = lines.filter(Workshop.code == code, SummaryLine.removed.is_(False)).order_by(SummaryLine.place)
        return {one.text: (one.section, one.note_ids) for one in found}


def test_by_keyboard_alone_lines_are_written_moved_compared_and_taken_back(hall: Hall) -> None:
    code, workshop_id = hall.prepare(evening())
    one, other = summary_of(hall, workshop_id), guest_of(hall, code)
    page = one.page

    # A line in the introduction, strong words by their key; another below it at once; both are saved and seen.
    keys(one, "n", "Kvällen hade ", "Control+b", "tre", "Escape")
    expect(line(one, "Kvällen hade").locator("strong")).to_have_text("tre")
    expect(line(other, "Kvällen hade").locator("strong")).to_have_text("tre", timeout=10_000)
    expect(line(one, "Kvällen hade")).to_contain_text("Utan källa")
    keys(one, "e")
    page.keyboard.press("End")
    keys(one, " grupper", "Control+Enter", "De skrev fem lappar", "Enter")
    eventually(lambda: list(stored(hall, code)) == ["Kvällen hade **tre** grupper", "De skrev fem lappar"])

    # Sources: to the notes, two of them, back to the line.
    keys(one, "s", "j", "x", "j", "x", "t")
    expect(line(one, "De skrev fem lappar")).to_contain_text("[G1·1, G2·1]")
    eventually(lambda: stored(hall, code)["De skrev fem lappar"] == ("intro", ["n1", "n2"]))
    expect(line(other, "De skrev fem lappar")).to_contain_text("[G1·1, G2·1]", timeout=10_000)
    expect(page.get_by_role("button", name="Inledning")).to_contain_text("1 utan källa")

    # Up, to another part, what it said before, and all of it taken back.
    keys(one, "o")
    eventually(lambda: next(iter(stored(hall, code))) == "De skrev fem lappar")
    keys(one, "m", "möt", "Enter")
    eventually(lambda: stored(hall, code)["De skrev fem lappar"][0] == "theme:meet")
    keys(one, "z")
    eventually(lambda: stored(hall, code)["De skrev fem lappar"][0] == "intro")
    keys(one, "Z", "J")
    heading(page, "1. Mötesplatser").wait_for()
    expect(line(one, "De skrev fem lappar")).to_be_visible(timeout=10_000)
    keys(one, "j", "e", " och fler kom per post", "Enter")
    eventually(lambda: "De skrev fem lappar och fler kom per post" in stored(hall, code))
    keys(one, "R")
    expect(line(one, "De skrev fem lappar")).to_have_count(0, timeout=10_000)
    keys(one, "z")
    expect(line(one, "De skrev fem lappar")).to_be_visible(timeout=10_000)

    # What is offered is made of what is there, with its sources.
    keys(one, "d")
    expect(heading(page, "Mötesplatser")).to_have_count(0)
    offered = page.locator('[data-list="offered"] li').first
    expect(offered).to_be_visible(timeout=10_000)
    expect(offered).to_contain_text("G2·1")
    one.check_accessible()
    keys(one, "j", "+", "Escape")
    eventually(lambda: sum(where == "theme:meet" for where, _ in stored(hall, code).values()) == 2)
    assert all(notes for where, notes in stored(hall, code).values() if where == "theme:meet")

    keys(one, "?")
    one.see("Flytta raden till en annan del")
    one.check_accessible()
    keys(one, "Escape")
    one.check_accessible()


def test_one_writes_in_a_line_at_a_time_and_who_loses_the_race_loses_no_word(hall: Hall) -> None:
    code, workshop_id = hall.prepare(evening())
    one, other = summary_of(hall, workshop_id), guest_of(hall, code)
    keys(one, "n", "Bussarna går sällan", "Enter")
    expect(line(other, "Bussarna går sällan")).to_be_visible(timeout=10_000)

    # While one writes, the other reads who does, and cannot open the line.
    keys(one, "e")
    expect(line(other, "Bussarna går sällan")).to_contain_text("Anna Berg skriver här", timeout=10_000)
    expect(line(other, "Bussarna går sällan").get_by_role("button", name="Skriv i rad 1")).to_have_count(0)
    line(other, "Bussarna går sällan").click()
    expect(box(other)).to_have_count(0)
    other.check_accessible()
    keys(one, "Escape")
    expect(line(other, "Bussarna går sällan")).not_to_contain_text("skriver här", timeout=10_000)

    # Out of reach one hears of nothing: what one writes is kept here, and is not sent over what came meanwhile.
    other.page.get_by_role("button", name="Skriv i rad 1").click()
    expect(line(one, "Bussarna går sällan")).to_contain_text("En gäst skriver här", timeout=10_000)
    keys(other, "Escape")
    expect(line(one, "Bussarna går sällan")).not_to_contain_text("skriver här", timeout=10_000)
    other.context.set_offline(True)
    other.see("Ingen kontakt med servern")
    other.page.get_by_role("button", name="Skriv i rad 1").click()
    box(other).fill("Bussarna går sällan på kvällen")
    other.see("På den här datorn")
    keys(one, "e")
    box(one).fill("Bussarna går sällan på helgen")
    keys(one, "Enter")
    eventually(lambda: "Bussarna går sällan på helgen" in stored(hall, code))
    other.context.set_offline(False)
    expect(other.page.get_by_role("group", name="Två lydelser")).to_contain_text("helgen", timeout=20_000)
    expect(box(other)).to_have_value("Bussarna går sällan på kvällen")
    assert "Bussarna går sällan på helgen" in stored(hall, code)
    other.check_accessible()

    # One writes on with both before one's eyes, and then says which is to stand.
    box(other).fill("Bussarna går sällan på kvällen och helgen")
    other.press("Min ska gälla")
    eventually(lambda: "Bussarna går sällan på kvällen och helgen" in stored(hall, code))
    expect(line(one, "på kvällen och helgen")).to_be_visible(timeout=10_000)

    # Both wordings are among the versions, and the earlier one can be gone back to.
    keys(one, "t", "v")
    dialog = one.page.get_by_role("dialog")
    expect(dialog.locator("ins").first).to_be_visible(timeout=10_000)
    one.check_accessible()
    dialog.get_by_role("button", name="Anna Berg").first.click()
    dialog.get_by_role("button", name="Gå tillbaka till den här versionen").click()
    eventually(lambda: "Bussarna går sällan på helgen" in stored(hall, code))


def test_what_is_written_out_of_reach_is_there_when_the_page_is_opened_again_and_arrives(hall: Hall) -> None:
    code, workshop_id = hall.prepare(evening())
    one, other = summary_of(hall, workshop_id), guest_of(hall, code)
    keys(other, "n", "Ska tas bort", "Enter")
    expect(line(one, "Ska tas bort")).to_be_visible(timeout=10_000)
    one.context.set_offline(True)
    one.see("Ingen kontakt med servern")
    keys(one, "j", "e")
    one.page.keyboard.press("End")
    keys(one, ", men inte mina ord", "Control+Enter", "En ny rad")
    one.see("På den här datorn")
    address = one.page.url
    one.page.close()
    keys(other, "t", "R")
    eventually(lambda: stored(hall, code) == {})
    one.context.set_offline(False)
    one.page = one.context.new_page()
    one.page.goto(address)
    expect(line(other, "En ny rad")).to_be_visible(timeout=20_000)

    # The line that was removed meanwhile takes no words; they become a line of their own.
    expect(line(one, "Ska tas bort, men inte mina ord")).to_contain_text("Raden togs bort medan du skrev")
    one.check_accessible()
    one.press("Gör det till en ny rad")
    expect(line(other, "Ska tas bort, men inte mina ord")).to_be_visible(timeout=10_000)
    assert set(stored(hall, code)) == {"En ny rad", "Ska tas bort, men inte mina ord"}


def test_by_touch_one_column_at_a_time(hall: Hall) -> None:
    code, workshop_id = hall.prepare(evening())
    one = hall.phone(storage_state=hall.desk().sign_in().context.storage_state())
    page = one.page
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{hall.base}/workshops/{workshop_id}/studio#sammanstallning")
    heading(page, "Inledning").wait_for()
    page.get_by_role("button", name="Innehåll").tap()
    one.check_accessible()
    page.get_by_role("button", name="2. Buss och tåg").tap()
    heading(page, "2. Buss och tåg").wait_for()
    page.get_by_role("button", name="Ny rad").tap()
    box(one).fill("Bussarna går för sällan")
    page.get_by_role("button", name="Välj källor").tap()
    one.check_accessible()
    page.get_by_label("Bussarna går för sällan").check()
    page.get_by_role("button", name="Rader", exact=True).tap()
    page.get_by_role("button", name="Klar", exact=True).tap()
    eventually(lambda: stored(hall, code) == {"Bussarna går för sällan": ("theme:bus", ["n3"])})
    one.check_accessible()
    page.get_by_role("button", name="Mer om rad 1").tap()
    one.check_accessible()
    one.press("Ta bort raden")
    eventually(lambda: stored(hall, code) == {})

    # Every note is in one place, and the appendix has them all.
    page.get_by_role("button", name="Innehåll").tap()
    page.get_by_role("button", name="Täckning").tap()
    expect(page.get_by_role("row", name="Summa 4 1 0 0 5")).to_be_visible()
    one.check_accessible()
    page.get_by_role("button", name="Innehåll").tap()
    page.get_by_role("button", name="Bilaga: alla lappar").tap()
    expect(page.locator("[data-card]").filter(has_text="Kvällsbuss")).to_contain_text("G3·1")
    one.check_accessible()
