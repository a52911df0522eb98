"""From the machine's suggestion to a finished sorting, by keyboard alone and with a real worker."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from browser.test_themes import focus, themes_of
from chromium import serving_a_hall
from evenings.seeds import needs_seeds
from evenings.test_2023 import read
from factories import make_evening
from people import Desk, Hall
from running import Server, eventually
from verkstad.domain.workshop_file import FileNote
from verkstad.storage import Action, Note, Sorting, Theme

MOVES = 25


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    yield from serving_a_hall(tmp_path_factory.mktemp("finishing"), VERKSTAD_WORKER="on")


class Keyboard:
    """Somebody at the themes of a workshop who has no mouse, and what they have done there."""

    def __init__(self, hall: Hall, workshop_id: int) -> None:
        self.hall, self.workshop_id = hall, workshop_id
        eventually(self.is_suggested, seconds=90)
        self.desk: Desk = themes_of(hall, workshop_id)
        expect(self.desk.page.locator("[data-theme]").first).to_be_visible(timeout=20_000)

    def is_suggested(self) -> bool:
        with self.hall.server.database() as session:
            sorting = session.get(Sorting, self.workshop_id)
            return sorting is not None and sorting.begun

    def go(self, *keys: str) -> None:
        """To look at something: it changes nothing."""
        for key in keys:
            self.desk.page.keyboard.press(key)

    def do(self, *keys: str) -> None:
        """One move; a name that is typed counts as one stroke."""
        assert len(keys) <= 3
        before, told = self.moves(), self.told()
        for key in keys:
            if len(key) == 1 or key == "Enter":
                self.desk.page.keyboard.press(key)
            else:
                self.desk.page.keyboard.type(key)
        eventually(lambda: self.moves() > before and self.told() > told)
        eventually(lambda: focus(self.desk) != "")

    def moves(self) -> int:
        """Those of people, by the log."""
        with self.hall.server.database() as session:
            query = select(Action.id).where(Action.workshop_id == self.workshop_id, Action.by.is_not(None))
            return len(session.scalars(query).all())

    def told(self) -> int:
        """The lines of the log on the page."""
        return self.desk.page.locator("[data-list=log] [data-entry]").count()

    def is_decided(self, theme: str) -> bool:
        """Whether a person has said that its name is right, and where all its notes lie."""
        named = {each.id: each.named for each in self.themes()}
        return named[theme] and all(note.by_person for note in self.notes() if note.theme_id == theme)

    def themes(self) -> list[Theme]:
        with self.hall.server.database() as session:
            query = select(Theme).where(Theme.workshop_id == self.workshop_id, Theme.removed_at.is_(None))
            return list(session.scalars(query))

    def notes(self) -> list[Note]:
        with self.hall.server.database() as session:
            return list(session.scalars(select(Note).where(Note.workshop_id == self.workshop_id)))

    def shown(self) -> list[str]:
        """The ids of the themes, in the order of the page."""
        sections = self.desk.page.locator("[data-theme]")
        return [str(found) for found in sections.evaluate_all("all => all.map((one) => one.dataset.theme)")]

    def count(self, hand: str) -> int:
        """How many notes a list at hand has."""
        button = self.desk.page.get_by_role("group", name="Till hands").get_by_role("button", name=hand)
        return int(button.locator(".count").inner_text())


@needs_seeds
def test_the_evening_of_2023_is_finished_in_25_moves(hall: Hall) -> None:
    _, workshop_id = hall.prepare(read(), opened=False)
    keyboard = Keyboard(hall, workshop_id)
    assert len(keyboard.notes()) == 76

    # Two themes say the same; the last is merged into the first. One is called what the evening called it.
    keyboard.go("t", *["J"] * len(keyboard.shown()))
    keyboard.do("g", "1", "Enter")
    keyboard.go("t", "J")
    keyboard.do("r", "Överenskommelsens värde", "Enter")
    # Some notes that lay uncertainly, or nowhere, have a place to the one who reads them.
    for hand, key in (("Osäkra", "3"), ("Ej placerade", "1")):
        for number in range(min(3, keyboard.count(hand))):
            keyboard.go(key, "j")
            keyboard.do("m", str(number + 1), "Enter")
    if keyboard.count("Ej placerade") > 2:
        keyboard.go("1", "j", "x", "j", "x")
        keyboard.do("n", "Sådant som återkommer", "Enter")
    # The others are right, each as it stands there; what is left over stays so.
    for number, theme in enumerate(keyboard.shown(), 1):
        keyboard.go("t", *["J"] * number)
        expect(keyboard.desk.page.locator(f'[data-theme="{theme}"] [data-heading]')).to_be_focused()
        if not keyboard.is_decided(theme):
            keyboard.do("C")
    if keyboard.count("Ej placerade"):
        keyboard.go("1")
        keyboard.do("X", "y")

    keyboard.desk.see("allt är avgjort")
    assert all(theme.named for theme in keyboard.themes())
    assert all(note.by_person for note in keyboard.notes())
    assert keyboard.moves() <= MOVES
    keyboard.desk.check_accessible()


def test_what_the_machine_proposes_is_looked_at_agreed_to_taken_back_and_declined(hall: Hall) -> None:
    buses = [
        "Bussen går för sällan",
        "Fler bussar på kvällen",
        "Bussen kommer inte till byn",
        "Bussbiljetten är för dyr",
    ]
    halls = ["Lokalerna är för dyra att hyra", "Det saknas en lokal för möten", "Låna ut skolans lokaler på kvällen"]
    young = ["Ungdomar behöver någonstans att vara", "En fritidsgård för de unga", "Mer för tonåringar på sommaren"]
    texts = [f"{text}{end}" for end in ("", " i dag", ", tycker vi") for text in (*buses, *halls, *young)]
    notes = tuple(FileNote(id=f"m{n}", group=1 + n % 3, text=text, question="q1") for n, text in enumerate(texts))
    _, workshop_id = hall.prepare(make_evening(notes=notes))
    keyboard = Keyboard(hall, workshop_id)
    page = keyboard.desk.page

    # Everything is taken out of its theme, and the machine asked for its opinion.
    for _ in keyboard.shown():
        keyboard.go("t", "J")
        keyboard.do("R")
    keyboard.go("N")
    proposal = page.locator("[data-list=suggestions] [data-entry]").filter(has_text="En ny sortering")
    expect(proposal).to_be_visible(timeout=60_000)
    keyboard.go("p")
    expect(proposal).to_be_focused()
    keyboard.go("D")
    expect(proposal.get_by_text("Bussen går för sällan", exact=True)).to_be_visible()
    keyboard.desk.check_accessible()
    assert not any(note.theme_id for note in keyboard.notes()), "it has only been looked at"

    keyboard.do("+")
    expect(page.locator("[data-theme]").filter(has_text="Bussen går för sällan").first).to_be_visible(timeout=10_000)
    agreed = {note.id: note.theme_id for note in keyboard.notes()}
    assert any(agreed.values())
    keyboard.do("z")
    assert not any(note.theme_id for note in keyboard.notes())
    keyboard.do("Z")
    assert {note.id: note.theme_id for note in keyboard.notes()} == agreed

    keyboard.go("N")
    expect(proposal).to_be_visible(timeout=60_000)
    keyboard.go("p", "-")
    expect(proposal).to_have_count(0, timeout=10_000)
    assert {note.id: note.theme_id for note in keyboard.notes()} == agreed
    keyboard.go("?")
    keyboard.desk.see("Godta förslaget")
    keyboard.desk.check_accessible()
