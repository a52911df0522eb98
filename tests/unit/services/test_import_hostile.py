"""Files that were made to crash, fill or hang the server that reads them."""

from __future__ import annotations

import io
import json
import time
import zipfile
from pathlib import Path

import pypandoc
import pytest

from verkstad.domain.errors import Invalid
from verkstad.domain.question_set import read_question_set
from verkstad.services.imports import read_workshop_file

HEAD = {"format": "verkstad-workshop/1", "title": "Kväll"}
OPENDOCUMENT = (
    '<o:document-content xmlns:o="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><o:body><o:text>'
    '<text:p>Grupp 1</text:p><text:p>- a<text:s text:c="{}"/>b</text:p></o:text></o:body></o:document-content>'
)


def package(name: str, content: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return packed.getvalue()


def with_headers_set(data: bytes, local: int, central: int, value: int) -> bytes:
    """The same package with a field of its entries' headers overwritten."""
    changed = bytearray(data)
    for signature, offset in ((b"PK\3\4", local), (b"PK\1\2", central)):
        changed[changed.index(signature) + offset] = value
    return bytes(changed)


def refusal(data: bytes, name: str) -> str:
    with pytest.raises(Invalid) as refused:
        read_workshop_file(data, name)
    return refused.value.code


DOCUMENT = package("word/document.xml", "<document>" + "en lapp " * 100 + "</document>")


@pytest.mark.parametrize(
    "data",
    [
        DOCUMENT.replace(DOCUMENT[48:60], b"\xff" * 12),
        with_headers_set(DOCUMENT, 6, 8, 1),  # locked with a password
        with_headers_set(DOCUMENT, 8, 10, 99),  # packed in a way nobody knows
        package("content.xml", OPENDOCUMENT.format("9" * 5000)),
    ],
)
def test_a_document_that_cannot_be_unpacked_is_damaged(data: bytes) -> None:
    assert refusal(data, "kväll.docx") == "broken_document"


def test_a_number_of_blanks_fills_no_memory(tmp_path: Path) -> None:
    made = tmp_path / "kväll.odt"
    pypandoc.convert_text("# Grupp 1\n\n- aXb\n", "odt", format="markdown", outputfile=str(made))
    packed = io.BytesIO()
    with zipfile.ZipFile(made) as before, zipfile.ZipFile(packed, "w") as after:
        for name in before.namelist():
            after.writestr(name, before.read(name).replace(b"aXb", b'a<text:s text:c="2000000000"/>b'))
    assert refusal(packed.getvalue(), "kväll.odt") == "text_too_long"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Grupp 1\n- a{}b\n", "x.md"),
        ("# a{}b\n", "x.txt"),
        ("# a{}b\n", "x.md"),
        ("Grupp{}x\n", "x.txt"),
        ("Titel\ndatum{}x\nGrupp 1\n- a", "x.txt"),
    ],
)
def test_a_line_of_blanks_takes_no_minute(text: str, name: str) -> None:
    began = time.process_time()
    assert refusal(text.replace("{}", " " * 200_000).encode(), name)
    assert time.process_time() - began < 5


def test_more_than_any_evening_holds_is_refused() -> None:
    assert refusal(b"Grupp 1\n" + b"- a\n" * 20_001, "x.txt") == "too_many_notes"
    notes = [{"id": str(n), "group": 1, "text": "a"} for n in range(20_001)]
    assert (
        refusal(json.dumps(HEAD | {"groups": [{"number": 1}], "notes": notes}).encode(), "x.json") == "too_many_notes"
    )


def test_a_time_at_the_edge_of_the_calendar_stays_in_it() -> None:
    question = {"id": "q1", "prompt": "Vad?", "opened_at": "0001-01-01T00:00:00+10:00"}
    [read] = read_workshop_file(json.dumps(HEAD | {"questions": [question]}).encode(), "x.json").questions
    assert read.opened_at is not None and read.opened_at.year == 1


def test_an_escape_of_endless_digits_is_text() -> None:
    [note] = read_workshop_file(b"Grupp 1\n\n- &#" + b"9" * 900 + b";", "x.md").notes
    assert note.text.startswith("&#999")


def test_an_escape_that_stands_for_no_character_is_told() -> None:
    with pytest.raises(Invalid):
        read_question_set(b'format: verkstad-questions/1\ntitle: "\\U0011FFFF"\n')
