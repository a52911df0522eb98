"""What goes out of a workshop as files, and an evening that comes in as one, on the pages."""

from __future__ import annotations

import json
from io import BytesIO

import pytest
from flask import Flask
from pypdf import PdfReader

from desks import Desk, made, planned, push
from factories import mutation
from verkstad.domain.workshop import State
from verkstad.extensions import db
from verkstad.storage import Workshop


@pytest.fixture
def workshop(app: Flask, anna: Desk) -> Workshop:
    """A draft of Anna's with three tables and one question."""
    page = anna.fill_in("/workshops/new", **planned())
    return made(app, anna.fill_in(page.path, **{"questions-0-prompt": "Vad gör vi nu?"}))


@pytest.mark.parametrize("fmt", ["docx", "odt", "pdf", "md", "html", "xlsx", "csv", "json"])
def test_every_file_on_the_page_can_be_fetched(app: Flask, anna: Desk, fmt: str, workshop: Workshop) -> None:
    address = f"/workshops/{workshop.id}"
    assert "The summary" not in anna.get(address).words  # nobody has written anything in a draft
    push(app, workshop, mutation("workshop.state", state="open"))
    addresses = [href for href in anna.get(address).links().values() if f"as={fmt}&" in href]
    assert addresses
    for address in addresses:
        answer = anna.client.get(address)
        assert answer.status_code == 200
        assert f".{fmt}" in answer.headers["Content-Disposition"]
        assert answer.data


def test_a_file_that_does_not_exist_is_told_of(anna: Desk, workshop: Workshop) -> None:
    address = f"/workshops/{workshop.id}"
    answer = anna.get(f"{address}/export?as=exe")
    assert answer.status == 400
    assert "Choose one from the workshop's page." in answer.words
    assert anna.get(f"{address}/export?as=md&view=nonsense").status == 400


def test_table_sheets_come_as_a_pdf_with_a_page_a_table(app: Flask, anna: Desk, workshop: Workshop) -> None:
    address = f"/workshops/{workshop.id}"
    answer = anna.client.get(f"{address}/sheets.pdf")
    assert answer.mimetype == "application/pdf"
    text = [p.extract_text() for p in PdfReader(BytesIO(answer.data)).pages]
    for number in (1, 2, 3):
        assert any(f"{workshop.code[:3]}-{workshop.code[3:]}" in t and str(number) in t for t in text)


def test_an_evening_is_read_in_from_a_file_and_is_the_reader_s(app: Flask, anna: Desk) -> None:
    data = "# Dialogkväll 2023-03-06\n\n## Grupp 1\n\n- En lapp\n- En till\n\n## Grupp 2\n\n### Vad saknas?\n\n- Tid\n"
    page = anna.post("/workshops/import", file=(BytesIO(data.encode()), "kväll.md"))
    assert "The evening is read in. Notes: 3. Groups: 2." in page.words
    workshop = made(app, page)
    assert workshop.state is State.CLOSED
    assert str(workshop.held_on) == "2023-03-06"
    export = json.loads(anna.client.get(f"{page.path}/export?as=json").data)
    assert [n["text"] for n in export["notes"]] == ["En lapp", "En till", "Tid"]


def test_a_file_that_is_no_workshop_is_refused_with_its_line(app: Flask, anna: Desk) -> None:
    data = b'{"format": "verkstad-workshop/1",\n "title": "x",\n "held_on": "31 februari"}'
    page = anna.post("/workshops/import", file=(BytesIO(data), "a.json"))
    assert page.faults()["file"].startswith("Line 3:")
    assert anna.post("/workshops/import").faults() == {"file": "Choose a file first."}
    with app.app_context():
        assert db.session().query(Workshop).count() == 0


def test_an_imported_evening_without_a_date_need_not_get_one(app: Flask, anna: Desk) -> None:
    page = anna.post("/workshops/import", file=(BytesIO(b"## Grupp 1\n\n- En lapp\n"), "kvall.md"))
    page = anna.fill_in(f"{page.path}/edit", title="Rätt titel")
    assert made(app, page).title == "Rätt titel"
    assert made(app, page).held_on is None
    assert "No date yet" in page.words


def test_a_file_that_is_far_too_large_is_refused_on_a_page(anna: Desk) -> None:
    answer = anna.post("/workshops/import", file=(BytesIO(b"x" * 10_500_000), "kväll.docx"))
    assert answer.status == 413
    assert "That is too large to be sent here." in answer.words
