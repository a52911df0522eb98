"""The summary out as a Word file and back in, as a secretary does it."""

from __future__ import annotations

from lxml import etree
from playwright.sync_api import Page, expect

from factories import make_evening
from people import Hall
from verkstad.domain.workshop_file import FileLine, FileNote
from word_files import type_in, worked_in, write_after

LINES = (FileLine("one", "group:1", "Bänkar behövs", ("a",)), FileLine("two", "group:1", "Torget är mörkt", ("a",)))
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def at_work(root: etree._Element) -> None:
    type_in(root, "Bänkar behövs", "Fler bänkar behövs")
    write_after(root, "Torget är mörkt", "Bussen går för sällan")
    write_after(root, "Så gick det till", "Kaffe serverades")


def fetch(page: Page, name: str) -> bytes:
    """The full summary as a file."""
    with page.expect_download() as fetched:
        page.get_by_role("link", name=name).and_(page.locator("a.file")).first.click()
    return fetched.value.path().read_bytes()


def test_a_word_file_is_fetched_written_in_and_taken_in_without_script(hall: Hall) -> None:
    notes = (FileNote(id="a", group=1, text="Bänkar", question="q1"),)
    _, workshop_id = hall.prepare(make_evening(notes=notes, lines=LINES), opened=False)
    desk = hall.desk().sign_in()
    page = desk.page
    page.goto(f"{hall.base}/workshops/{workshop_id}")
    docx = fetch(page, "Word")
    page.get_by_role("link", name="Jämför med en Word-fil").click()
    desk.check_accessible()
    desk.press("Jämför")
    desk.see("Välj en fil först")
    file = page.get_by_label("Word-fil")
    file.set_input_files({"name": "fel.docx", "mimeType": WORD, "buffer": b"PK"})
    desk.press("Jämför")
    expect(file).to_have_attribute("aria-invalid", "true")
    desk.check_accessible()
    file.set_input_files({"name": "rätt.docx", "mimeType": WORD, "buffer": worked_in(docx, at_work)})
    desk.press("Jämför")
    desk.see("2 skillnader är kvar att ta ställning till.")
    desk.see("Kaffe serverades")
    expect(page.locator("ins", has_text="Fler")).to_be_visible()
    desk.check_accessible()
    page.get_by_role("button", name="Ta in", exact=True).last.click()
    desk.see("Intagna: 1.")
    desk.check_accessible()
    page.get_by_role("button", name="Lämna").click()
    desk.see("Det finns inget kvar att ta ställning till.")
    desk.check_accessible()
    page.get_by_role("link", name="Tillbaka till verkstaden").click()
    again = fetch(page, "Markdown").decode()
    assert "Bussen går för sällan" in again
    assert "Fler bänkar" not in again
