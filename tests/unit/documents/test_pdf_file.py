"""PDF: always made, to PDF/A-2a and PDF/UA-1, and with every character on a page."""

from __future__ import annotations

import io
import logging
from pathlib import Path

import page
import pypdf
import pytest
import typst

from reading import squeezed
from standards import BOTH, kept
from unit.documents.evenings import ENGLISH, HOSTILE, full_evening, plain_evening
from verkstad.documents import Format, View, render, typesetting
from verkstad.domain.workshop_file import FileGroup, WorkshopFile


def pdf(evening: WorkshopFile, view: View = View.GROUPS) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(render(evening, Format.PDF, view, ENGLISH)))


def text_of(reader: pypdf.PdfReader) -> str:
    return "\n".join(p.extract_text() for p in reader.pages)


def test_title_language_and_outline_are_told() -> None:
    reader = pdf(full_evening(), View.FULL)
    assert reader.metadata is not None
    assert reader.metadata.title == "An evening of dialogue"
    assert reader.trailer["/Root"]["/Lang"] == "sv-SE"  # type: ignore[index]
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]  # type: ignore[index]
    assert "An evening of dialogue" in str(reader.outline)


def test_sources_are_links_within_the_document() -> None:
    links = [a.get_object() for p in pdf(full_evening(), View.FULL).pages for a in p.get("/Annots", [])]
    assert len(links) > 10
    assert all("/Dest" in link or link["/A"]["/S"] == "/GoTo" for link in links)


def test_addresses_that_people_typed_stay_text() -> None:
    assert not [a for p in pdf(plain_evening(HOSTILE)).pages for a in p.get("/Annots", [])]


def test_hostile_texts_pass_the_check(tmp_path: Path) -> None:
    file = tmp_path / "hostile.pdf"
    file.write_bytes(render(plain_evening(HOSTILE, title=HOSTILE[6]), Format.PDF, View.FULL, ENGLISH))
    assert kept(file.read_bytes()) == BOTH


@pytest.mark.parametrize("view", View)
@pytest.mark.parametrize("evening", [full_evening(), plain_evening([])], ids=["full", "empty"])
def test_every_view_can_be_archived_and_read_aloud(evening: WorkshopFile, view: View, tmp_path: Path) -> None:
    file, warnings = tmp_path / "evening.pdf", list[str]()
    file.write_bytes(render(evening, Format.PDF, view, ENGLISH, warnings.append))
    assert kept(file.read_bytes()) == BOTH
    assert warnings == []


def test_a_word_that_nothing_breaks_does_not_run_off_the_page() -> None:
    lines = [line for line in text_of(pdf(plain_evening(["x" * 1000]))).splitlines() if "xxx" in line]
    assert sum(line.count("x") for line in lines) == 1000
    assert max(map(len, lines)) < 110


def test_a_note_higher_than_a_page_goes_on_over_the_next() -> None:
    reader = pdf(plain_evening(["a\n" * 499 + "end"], groups=(FileGroup(1),)))
    assert len(reader.pages) > 8
    assert text_of(reader).count("a\n") >= 499
    assert "end" in reader.pages[-1].extract_text()


def test_characters_without_a_glyph_are_shown_and_counted(tmp_path: Path) -> None:
    file = tmp_path / "glyphs.pdf"
    file.write_bytes(render(plain_evening(["ett 漢字 två", 'c"\u0378\\']), Format.PDF, View.GROUPS, ENGLISH))
    text = squeezed(text_of(pypdf.PdfReader(file)))
    assert "ett□□två" in text
    assert "3charactersareshownas□" in text
    assert kept(file.read_bytes()) == BOTH


@pytest.mark.parametrize(("text", "shown"), [("of\ue000one firm", "of□onefirm"), ("a\ufeffjoiner", "ajoiner")])
def test_what_no_archive_takes_is_shown_so_that_it_does(text: str, shown: str, tmp_path: Path) -> None:
    file, warnings = tmp_path / "codepoints.pdf", list[str]()
    file.write_bytes(render(plain_evening([text]), Format.PDF, View.GROUPS, ENGLISH, warnings.append))
    assert squeezed(shown) in squeezed(text_of(pypdf.PdfReader(file)))
    assert (kept(file.read_bytes()), warnings) == (BOTH, [])


@pytest.mark.parametrize(
    ("refused", "keeps", "warning"),
    [
        ("a-2a", {page.ValidationProfile.PDF_UA_1}, "This PDF cannot be archived as PDF/A: no “SECRET WORDS”"),
        ("ua-1", set(), "This PDF is neither accessible (PDF/UA) nor can it be archived (PDF/A): no “SECRET WORDS”"),
    ],
)
def test_a_pdf_is_made_even_when_a_standard_refuses_it(
    refused: str,
    keeps: set[page.ValidationProfile],
    warning: str,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    tmp_path: Path,
) -> None:
    compile_ = typesetting._compile

    def refuse(template: str, data: dict[str, object], made_at: None, standards: tuple[str, ...]) -> bytes:
        if refused in standards:
            raise typesetting.TypstError("PDF/A-2a, PDF/UA-1 error: no “SECRET WORDS”\n = hint: other words")
        return compile_(template, data, made_at, standards)

    monkeypatch.setattr(typesetting, "_compile", refuse)
    file, warnings = tmp_path / "refused.pdf", list[str]()
    with caplog.at_level(logging.WARNING):
        file.write_bytes(render(plain_evening(["SECRET WORDS"]), Format.PDF, View.GROUPS, ENGLISH, warnings.append))
    assert "SECRET WORDS" in text_of(pypdf.PdfReader(file))
    assert kept(file.read_bytes()) == keeps
    assert warnings == [warning]
    assert refused in caplog.text
    assert "SECRET" not in caplog.text


def test_every_family_asked_for_is_there() -> None:
    fonts = typst.Fonts(include_system_fonts=False, font_paths=typesetting._font_folders())
    assert set(typesetting.FAMILIES) <= set(fonts.families())
