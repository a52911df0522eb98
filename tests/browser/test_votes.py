"""Themes and dots in the plenary: two phones, a studio and a screen."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, expect

from factories import make_evening
from people import Hall, Person, Phone
from verkstad.domain.roles import Role
from verkstad.domain.workshop_file import FileNote, FileTheme, WorkshopFile

LABELS = ("Mötesplatser för unga i varje kommundel", "En väg in till kommunen", "Återkoppling efter dialog")
QUOTED = "Vi behöver lokaler som är öppna när skolan är stängd, och någon som låser upp."


@pytest.fixture
def sorted_evening() -> WorkshopFile:
    """Three themes, raised by three groups, two and one."""
    notes = tuple(
        FileNote(
            id=f"n{theme}{group}", group=group, text=QUOTED if theme == 0 else f"Lapp {theme}{group}", question="q1"
        )
        for theme in range(3)
        for group in range(1, 4 - theme)
    )
    themes = tuple(
        FileTheme(
            id=f"t{index}",
            label=label,
            notes=tuple(note.id for note in notes if note.id.startswith(f"n{index}")),
            quotation=f"n{index}1",
        )
        for index, label in enumerate(LABELS)
    )
    return make_evening(title="Temakväll", notes=notes, themes=themes)


def stepper(person: Person, label: str) -> Locator:
    return person.page.get_by_role("group", name=label, exact=True)


def lay(phone: Phone, label: str, dots: int) -> None:
    for _ in range(dots):
        stepper(phone, label).get_by_role("button", name="En till").click()


def test_everybody_lays_dots_and_the_screen_shows_what_came_of_it(hall: Hall, sorted_evening: WorkshopFile) -> None:
    code, workshop_id = hall.prepare(sorted_evening)
    one, two = hall.phone().scan(code, 1), hall.phone().scan(code, 1)
    studio = hall.desk().sign_in().open_studio(workshop_id)
    screen = hall.projector(hall.server.token(code, Role.SCREEN))

    studio.press("Ny omröstning")
    studio.check_accessible()
    studio.press("Öppna omröstningen")
    studio.see("0 av 2 har lagt prickar.")
    studio.press("Prickarna")
    screen.see("Lägg dina prickar")
    one.see("3 prickar kvar av 3.")
    lay(one, LABELS[0], 2)
    lay(one, LABELS[1], 1)
    one.see("0 prickar kvar av 3.")
    one.check_accessible()
    studio.see("1 av 2 har lagt prickar.")
    two.see("3 prickar kvar av 3.")

    # What is laid without a network is kept, across a reload as well, and gets there.
    two.context.set_offline(True)
    lay(two, LABELS[1], 3)
    two.see("0 prickar kvar av 3.")
    two.context.set_offline(False)
    studio.see("2 av 2 har lagt prickar.")
    two.page.reload()
    two.see("0 prickar kvar av 3.")
    screen.see_not(LABELS[0])

    # Too late.
    two.context.set_offline(True)
    stepper(two, LABELS[1]).get_by_role("button", name="En färre").click()
    two.see("1 prick kvar av 3.")
    studio.press("Stäng och räkna")
    studio.see("2 röstsedlar räknades.")
    studio.check_accessible()
    two.context.set_offline(False)
    two.see("De här prickarna kom fram efter att omröstningen hade stängt")
    two.see("dina: 3")
    two.check_accessible()
    one.see("dina: 2")
    expect(screen.page.locator(".sums__line")).to_have_text(
        [f"{LABELS[1]}4 prickar", f"{LABELS[0]}2 prickar", f"{LABELS[2]}0 prickar"]
    )
    screen.check_accessible()
    assert hall.complaints == []


def test_a_table_s_scribe_lays_its_dots(hall: Hall, sorted_evening: WorkshopFile) -> None:
    code, workshop_id = hall.prepare(sorted_evening)
    scribe, other = hall.phone().scan(code, 2), hall.phone().scan(code, 2)
    studio = hall.desk().sign_in().open_studio(workshop_id)
    studio.press("Ny omröstning")
    studio.page.get_by_label("Läggs av").select_option("table")
    studio.page.get_by_label("Prickar per person").select_option("2")
    studio.press("Öppna omröstningen")
    studio.see("0 av 3 bord har lagt prickar.")
    scribe.press("Lägg prickarna på den här telefonen")
    scribe.see("4 prickar kvar av 4.")
    scribe.check_accessible()
    stepper(scribe, "Antal vid bordet").get_by_role("button", name="En till").click()
    scribe.see("6 prickar kvar av 6.")
    lay(scribe, LABELS[2], 5)
    scribe.see("1 prick kvar av 6.")
    scribe.see("Ta tillbaka prickar först om ni är färre.")
    fewer = stepper(scribe, "Antal vid bordet").get_by_role("button", name="En färre")
    expect(fewer).to_have_attribute("aria-disabled", "true")
    other.see("5 prickar")
    other.check_accessible()
    studio.see("1 av 3 bord har lagt prickar.")
    other.press("Lägg prickarna på den här telefonen")
    lay(other, LABELS[0], 1)
    scribe.see("0 prickar kvar av 6.")
    assert hall.complaints == []


def test_the_hall_walks_through_the_themes(hall: Hall, sorted_evening: WorkshopFile) -> None:
    code, workshop_id = hall.prepare(sorted_evening)
    studio = hall.desk().sign_in().open_studio(workshop_id)
    screen = hall.projector(hall.server.token(code, Role.SCREEN))
    studio.press("Ett tema")
    screen.see(LABELS[0])
    screen.see(QUOTED)
    expect(screen.page.locator(".behind li")).to_have_text(["Bord 1", "Bord 2", "Bord 3"])
    screen.check_accessible()
    studio.check_accessible()
    studio.press("Nästa tema")
    screen.see(LABELS[1])
    studio.see("2 av 3")
    studio.page.keyboard.press("ArrowRight")
    screen.see(LABELS[2])
    studio.page.keyboard.press("ArrowLeft")
    screen.see(LABELS[1])
    screen.see_not(QUOTED)

    studio.press("Alla teman")
    picture = screen.page.get_by_role("img", name="Kvällens teman")
    expect(picture.locator("circle")).to_have_count(6)
    expect(screen.page.get_by_role("listitem")).to_have_text(
        [f"{LABELS[0]}: bord 1, 2, 3", f"{LABELS[1]}: bord 1, 2", f"{LABELS[2]}: bord 1"]
    )
    screen.check_accessible()
    assert hall.complaints == []
