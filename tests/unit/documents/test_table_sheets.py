"""Table sheets: one page a table, with two ways in, and room to write."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import page
import pypdf
import pytest

from reading import squeezed
from unit.documents.evenings import ENGLISH, HOSTILE
from verkstad.documents import TableSheet, table_sheets

TABLES = [
    TableSheet(1, "Bord 1", "https://example.org/g/KRTM7W/1#s=abc"),
    TableSheet(2, "The youth council", "https://example.org/" + "x" * 280),
]


def sheets(
    title: str = "An evening", questions: list[str] | None = None, tables: list[TableSheet] = TABLES
) -> pypdf.PdfReader:
    asked = ["What works?", "What is missing?"] if questions is None else questions
    return pypdf.PdfReader(
        io.BytesIO(table_sheets(title, "sv", "KRTM7W", "verkstad.example.org", tables, asked, ENGLISH))
    )


def test_each_table_has_one_page_with_its_number_name_and_two_ways_in() -> None:
    pages = [squeezed(p.extract_text()) for p in sheets().pages]
    assert len(pages) == 2
    for number, text in enumerate(pages, 1):
        assert text.startswith(f"Table{number}")
        assert "KRT-M7W" in text
        assert "verkstad.example.org" in text
        assert "Whatworks?" in text
    assert "Theyouthcouncil" in pages[1]
    assert "Bord1" not in pages[0]


def test_the_sheets_can_be_listened_to(tmp_path: Path) -> None:
    file = tmp_path / "sheets.pdf"
    file.write_bytes(table_sheets("An evening", "sv", "KRTM7W", "a.se", TABLES, list(HOSTILE[:6]), ENGLISH))
    assert page.is_pdf_compliant(str(file), profile=page.ValidationProfile.PDF_UA_1)
    told = {f"QR code: the way in for Table {n}" for n in (1, 2)}
    assert alternatives(pypdf.PdfReader(file)) == told


def alternatives(reader: pypdf.PdfReader) -> set[str]:
    """The alternative texts of a PDF, wherever in its tree they stand."""

    def walk(node: object) -> Iterator[str]:
        node = node.get_object() if isinstance(node, pypdf.generic.PdfObject) else node
        if isinstance(node, dict):
            if "/Alt" in node:
                yield str(node["/Alt"])
            yield from walk(node.get("/K"))
        elif isinstance(node, list):
            for child in node:
                yield from walk(child)

    return set(walk(reader.trailer["/Root"]["/StructTreeRoot"]))  # type: ignore[index]


@pytest.mark.parametrize(("count", "boxes"), [(0, 8), (1, 8), (3, 8), (4, 6), (6, 4), (8, 4), (20, 4)])
def test_more_questions_leave_fewer_boxes_but_never_a_second_page(count: int, boxes: int) -> None:
    reader = sheets("A title that goes on " * 8, ["Why is this question so long? " * 20] * count, TABLES[1:])
    assert len(reader.pages) == 1
    text = reader.pages[0].extract_text()
    labelled = text.count("Question:")
    assert labelled == (boxes if count > 1 else 0)
    assert ("and 12 more on the screen" in text) == (count == 20)


def test_no_tables_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="no tables"):
        sheets(tables=[])
