"""Compilations as Word files and OpenDocument texts: the same evening as from text, to the last blank."""

from __future__ import annotations

import io
import json
import subprocess
import unicodedata
import zipfile
from typing import Any

import docx
import pypandoc
import pytest
from docx.oxml import parse_xml
from hypothesis import given, settings
from hypothesis import strategies as st

from verkstad.domain.errors import Invalid
from verkstad.domain.note import has_unprintable
from verkstad.services.imports import read_workshop_file


def pandoc(blocks: list[Any], office: str) -> bytes:
    tree = {"pandoc-api-version": [1, 23, 1], "meta": {}, "blocks": blocks}
    command = [pypandoc.get_pandoc_path(), "-f", "json", "-t", office, "-o", "-"]
    return subprocess.run(command, input=json.dumps(tree).encode(), capture_output=True, check=True).stdout


def heading(level: int, text: str) -> dict[str, Any]:
    return {"t": "Header", "c": [level, ["", [], []], [{"t": "Str", "c": text}]]}


def item(text: str) -> list[Any]:
    inlines: list[Any] = []
    for line in text.split("\n"):
        inlines += [{"t": "LineBreak"}, {"t": "Str", "c": line}]
    return [{"t": "Plain", "c": inlines[1:]}]


def bullets(*texts: str) -> dict[str, Any]:
    return {"t": "BulletList", "c": [item(text) for text in texts]}


def texts_of(data: bytes, office: str) -> list[str]:
    return [note.text for note in read_workshop_file(data, f"kväll.{office}").notes]


TEXTS = (
    '"raka" - och – streck...',
    "två  blanka   här",
    "rad ett\nrad två",
    "- ett streck",
    "*stjärna* [a](b) \\_",
    "1. ett",
)


@pytest.mark.parametrize("office", ["docx", "odt"])
def test_headings_and_lists_are_read_verbatim(office: str) -> None:
    data = pandoc(
        [heading(1, "Kväll 2025-11-04"), heading(2, "Grupp 2"), heading(3, "Lokaler"), bullets(*TEXTS)], office
    )
    evening = read_workshop_file(data, f"x.{office}")
    assert (evening.title, str(evening.held_on)) == ("Kväll", "2025-11-04")
    assert [(n.group, n.question, n.text) for n in evening.notes] == [(2, "q1", text) for text in TEXTS]


def test_a_word_file_without_real_headings_or_lists_is_read_as_it_looks() -> None:
    document = docx.Document()
    document.add_paragraph("Kväll 2025-11-04")
    document.add_paragraph("Grupp 1")
    document.add_paragraph("- Första\tmed tabb")
    document.add_paragraph("•\tAndra")
    document.add_paragraph().add_run("Lokaler").bold = True
    document.add_paragraph("Ett stycke som någon skrev.")
    document.add_paragraph("- Tredje\n- Fjärde")
    evening = read_workshop_file(_saved(document), "kväll.docx")
    assert evening.title == "Kväll"
    assert [(n.question, n.text) for n in evening.notes] == [
        (None, "Första\tmed tabb"),
        (None, "Andra"),
        ("q1", "Ett stycke som någon skrev."),
        ("q1", "Tredje"),
        ("q1", "Fjärde"),
    ]


def test_a_list_within_a_list_stays_in_its_note() -> None:
    inner = {"t": "BulletList", "c": [item("den ena"), item("den andra")]}
    data = pandoc(
        [heading(2, "Grupp 1"), {"t": "BulletList", "c": [[*item("Två saker:"), inner], item("Sist")]}], "docx"
    )
    assert texts_of(data, "docx") == ["Två saker:\n- den ena\n- den andra", "Sist"]


def test_notes_in_the_cells_of_a_table_are_not_lost() -> None:
    document = docx.Document()
    document.add_heading("Grupp 1", 2)
    row = document.add_table(rows=1, cols=2).rows[0]
    row.cells[0].text, row.cells[1].text = "Till vänster", "Till höger"
    assert texts_of(_saved(document), "docx") == ["Till vänster", "Till höger"]


def test_tracked_changes_count_as_accepted() -> None:
    document = docx.Document()
    document.add_heading("Grupp 1", 2)
    paragraph = document.add_paragraph("Vi vill ", style="List Bullet")
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    for change in (
        f'<w:del {space} w:id="1" w:author="x"><w:r><w:delText>mindre</w:delText></w:r></w:del>',
        f'<w:ins {space} w:id="2" w:author="x"><w:r><w:t>mer</w:t></w:r></w:ins>',
    ):
        paragraph._p.append(parse_xml(change))
    assert texts_of(_saved(document), "docx") == ["Vi vill mer"]


def _saved(document: Any) -> bytes:
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def _packed(files: dict[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    return data.getvalue()


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ({"xl/workbook.xml": b"<x/>"}, "not_a_workshop"),
        ({"word/document.xml": b"<broken"}, "broken_document"),
        ({"word/document.xml": b"<x/>"}, "broken_document"),
        ({"word/document.xml": b" " * 101_000_000}, "broken_document"),
        ({"word/document.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}, "broken_document"),
    ],
)
def test_a_package_that_is_no_document_is_refused(files: dict[str, bytes], code: str) -> None:
    with pytest.raises(Invalid) as caught:
        read_workshop_file(_packed(files), "x.docx")
    assert caught.value.code == code


# Pandoc, which writes the files here, drops a soft hyphen at a word's end.
LINE = (
    st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn"), exclude_characters="\u00ad"), min_size=1, max_size=40)
    .map(lambda text: unicodedata.normalize("NFC", text))
    .filter(lambda text: text == text.strip() != "" and not has_unprintable(text))
)


@settings(max_examples=12, deadline=None)
@given(st.lists(st.lists(LINE, min_size=1, max_size=3).map("\n".join), min_size=1, max_size=8))
def test_any_notes_written_as_a_word_file_read_back_verbatim(notes: list[str]) -> None:
    assert texts_of(pandoc([heading(2, "Grupp 1"), bullets(*notes)], "docx"), "docx") == notes
