"""The last ten minutes: a summary is adopted with a real worker, checked by anybody, opened again and adopted anew."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from adopting import LINE, NOTES
from chromium import serving_a_hall
from factories import make_evening
from people import Desk, Hall
from running import Server, eventually
from verkstad.domain.workshop import State
from verkstad.storage import Workshop

WORKED = 60_000  # milliseconds that the worker may take, on a busy machine too


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    yield from serving_a_hall(tmp_path_factory.mktemp("adopting"), VERKSTAD_WORKER="on")


def to_state(hall: Hall, workshop_id: int, *states: str) -> None:
    token = hall.server.token(code_of(hall, workshop_id), "studio")
    for state in states:
        status, answer = hall.server.request(
            "POST",
            f"/api/v1/workshops/{code_of(hall, workshop_id)}/push",
            {"mutations": [{"id": f"to-{state}-{workshop_id}", "kind": "workshop.state", "state": state}]},
            token,
        )
        assert status == 200 and answer["results"][0]["status"] == "ok", answer


def code_of(hall: Hall, workshop_id: int) -> str:
    with hall.server.database() as session:
        return session.get_one(Workshop, workshop_id).code


def adopt(desk: Desk) -> None:
    desk.press("Fastställ sammanställningen")
    expect(desk.page.get_by_role("heading", name="Ändra den ändå")).to_be_visible(timeout=WORKED)


def test_a_summary_is_adopted_checked_and_opened_again(hall: Hall, tmp_path: Path) -> None:
    code, workshop_id = hall.prepare(make_evening(notes=NOTES, lines=(LINE,)))
    phone = hall.phone().scan(code, 1)
    phone.write("En lapp i tid")
    phone.see_note("En lapp i tid")
    desk = hall.desk().sign_in()
    page = f"{hall.base}/workshops/{workshop_id}/adoption"
    desk.page.goto(page)
    desk.see("Lappar kan fortfarande komma in.")
    desk.check_accessible()

    phone.context.set_offline(True)
    phone.write("En lapp för sent")
    phone.see_note("En lapp för sent", "På telefonen")
    to_state(hall, workshop_id, "closed", "under_review")
    desk.page.goto(page)
    desk.see("Ingenting hindrar")
    desk.check_accessible()
    adopt(desk)
    desk.check_accessible()
    phone.context.set_offline(False)
    phone.see("Sammanställningen är fastställd och går inte längre att ändra.")  # and it is still there to copy
    phone.see("En lapp för sent")
    assert hall.stored(code) == [note.text for note in NOTES] + ["En lapp i tid"]

    with desk.page.expect_download() as fetching:
        desk.page.get_by_role("link", name="Word, hela sammanställningen").first.click()
    kept = tmp_path / fetching.value.suggested_filename
    fetching.value.save_as(kept)
    changed = tmp_path / "ändrad.docx"
    changed.write_bytes(kept.read_bytes() + b" ")
    address = desk.page.get_by_role("link", name="kontrollera en av filerna").get_attribute("href")

    anybody = hall.desk()
    anybody.page.goto(f"{hall.base}{address}")
    anybody.see("version 1, fastställd")
    anybody.check_accessible()
    for file, said in ((kept, "Det är den fastställda filen, byte för byte."), (changed, "ingen av de fastställda")):
        anybody.page.get_by_label("Fil att kontrollera").set_input_files(file)
        anybody.press("Kontrollera filen")
        anybody.see(said)
        anybody.check_accessible()

    desk.press("Öppna sammanställningen igen")
    desk.see("Sammanställningen går att ändra igen.")
    anybody.page.goto(f"{hall.base}{address}")
    anybody.see("En ny version förbereds.")
    desk.see("Det blir version 2.")
    adopt(desk)
    desk.see("Version 2")
    anybody.page.reload()
    anybody.page.get_by_role("link", name="Ersatt av version 2.").click()
    anybody.see("version 2, fastställd")
    with hall.server.database() as session:
        eventually(lambda: session.get_one(Workshop, workshop_id, populate_existing=True).state is State.ADOPTED)
