"""The same point twice, with a worker beside: counted on the note, shown, and taken along when somebody says yes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from browser.test_themes import card, focus, keys, lies_in, places, themes_of
from chromium import serving_a_hall
from factories import make_evening
from people import Hall
from running import Server, eventually
from verkstad.domain.workshop_file import FileNote, FileTheme, WorkshopFile

LIGHT, TOO = "Bättre belysning i parken vid skolan", "Bättre belysning behövs i parken vid skolan"
LAMPS = "Lamporna i parken är trasiga"
READ = 90_000  # milliseconds at most until the worker has started and read what is there


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    yield from serving_a_hall(tmp_path_factory.mktemp("alike"), VERKSTAD_WORKER="on")


def evening() -> WorkshopFile:
    texts = {"n1": LAMPS, "n2": "Bussen går för sällan på kvällarna", "n3": "Dyrt att hyra lokal för föreningar"}
    return make_evening(
        notes=tuple(FileNote(id=i, group=2, text=text, question="q1") for i, text in texts.items()),
        themes=(FileTheme(id="safe", label="Trygghet", notes=()), FileTheme(id="bus", label="Bussar", notes=())),
    )


def test_two_phones_say_nearly_the_same(hall: Hall) -> None:
    code, workshop_id = hall.prepare(evening())
    desk = themes_of(hall, workshop_id)
    for table, text in ((1, LIGHT), (3, TOO)):
        phone = hall.phone().scan(code, table)
        phone.write(text)
        phone.see_note(text)
    for text in (LIGHT, TOO):
        expect(card(desk, text)).to_contain_text("Nästan lika: 1", timeout=READ)
    desk.check_accessible()

    # Opened from the badge, closed by Escape: the focus is back where it was.
    badge = card(desk, TOO).get_by_role("button", name="Nästan lika: 1")
    badge.focus()
    keys(desk, "Enter")
    dialog = desk.page.get_by_role("dialog", name="Liknande lappar")
    expect(dialog.get_by_role("listitem").filter(has_text=LIGHT)).to_contain_text("Nästan lika")
    expect(dialog.get_by_role("listitem").filter(has_text=LAMPS)).to_be_visible()
    desk.check_accessible()
    keys(desk, "Escape")
    expect(dialog).to_have_count(0)
    expect(badge).to_be_focused()

    # After a move what is alike is offered, and goes along in one act that is undone in one.
    card(desk, LIGHT).focus()
    keys(desk, "m", "trygg", "Enter")
    desk.see("1 liknande lapp: ta med även den?")
    desk.check_accessible()
    written = {i for i in places(hall, code) if not i.startswith("n")}
    assert sum(places(hall, code)[i] == "safe" for i in written) == 1
    keys(desk, "a")
    lies_in(desk, TOO, "Trygghet")
    eventually(lambda: {places(hall, code)[i] for i in written} == {"safe"})
    keys(desk, "z")
    eventually(lambda: sum(places(hall, code)[i] == "safe" for i in written) == 1)
    assert focus(desk) != ""

    # So is it when somebody says that the note lies right where it is.
    lies_in(desk, LIGHT, "Trygghet")
    card(desk, LIGHT).focus()
    keys(desk, "y")
    desk.see("1 liknande lapp: ta med även den?")
    desk.press("Ta med den")
    eventually(lambda: {places(hall, code)[i] for i in written} == {"safe"})


def test_what_is_similar_is_moved_by_keyboard_and_never_offered_once_a_person_has_placed_it(hall: Hall) -> None:
    code, workshop_id = hall.prepare(evening())
    desk = themes_of(hall, workshop_id)
    phone = hall.phone().scan(code, 1)
    for text in (LIGHT, TOO):
        phone.write(text)
        phone.see_note(text)
    expect(card(desk, TOO)).to_contain_text("Nästan lika: 1", timeout=READ)

    card(desk, TOO).focus()
    keys(desk, "m", "buss", "Enter")
    lies_in(desk, TOO, "Bussar")
    eventually(lambda: "bus" in places(hall, code).values())
    desk.see("1 liknande lapp: ta med även den?")
    card(desk, LIGHT).focus()
    with desk.page.expect_response(lambda answer: "/similar?" in answer.url):
        keys(desk, "m", "trygg", "Enter")
    lies_in(desk, LIGHT, "Trygghet")
    # A person has placed the other, and only a person says otherwise.
    desk.see_not("liknande lapp")

    card(desk, LIGHT).focus()
    keys(desk, "w")
    dialog = desk.page.get_by_role("dialog", name="Liknande lappar")
    row = dialog.get_by_role("listitem").filter(has_text=TOO)
    expect(row).to_contain_text("2. Bussar")
    keys(desk, "1")
    expect(row).to_contain_text("I samma tema", timeout=10_000)
    expect(row).to_be_focused()
    desk.check_accessible()
    keys(desk, "Escape")
    lies_in(desk, TOO, "Trygghet")
    assert focus(desk) != ""
