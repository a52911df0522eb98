"""The same evening in every format: each text verbatim, in its group, once; what is hidden nowhere."""

from __future__ import annotations

import io
import re
import subprocess
import zipfile

import msgspec
import openpyxl
import pypandoc
import pypdf
import pytest

from reading import notes_in, squeezed
from standards import BOTH, kept
from unit.documents.evenings import AT, ENGLISH, full_evening, hostile_evening, plain_evening
from verkstad.documents import Format, View, render
from verkstad.domain.workshop_file import FileNote, FileTheme

EVERY = [(fmt, view) for fmt in Format for view in View]
ARCHIVES = {Format.DOCX, Format.ODT, Format.XLSX}
TEXTS = [
    "Träffarna på biblioteket samlar folk som annars aldrig möts.",
    "Det är svårt att veta vem man ska ringa – växeln skickar en runt.",
    "Lokalerna är dyra på kvällstid (särskilt hallen).",
    "Vem berättar vad som hände med förra årets förslag?",
    "Fler mötesplatser utomhus, även på vintern!",
    'Ett gemensamt schema "som alla ser" – föreningar & kommun.',
    "Svar inom en vecka, tack",
    "We meet every Thursday and new people are always welcome.",
    "Mer cykelställ 🚲 vid parken",
]


def everything_in(fmt: Format, content: bytes) -> str:
    """All the text of a file without its white space: what a reader, a search or a copy could find."""
    match fmt:
        case Format.DOCX | Format.ODT | Format.MD | Format.HTML:
            source = {Format.MD: "gfm"}.get(fmt, fmt.value)
            command = [pypandoc.get_pandoc_path(), f"--from={source}", "--to=plain", "--wrap=none"]
            text = subprocess.run(command, input=content, capture_output=True, check=True).stdout.decode()
        case Format.PDF:
            text = "\n".join(p.extract_text() for p in pypdf.PdfReader(io.BytesIO(content)).pages)
        case Format.XLSX:
            book = openpyxl.load_workbook(io.BytesIO(content))
            text = " ".join(str(c) for sheet in book for row in sheet.values for c in row if c is not None)
        case Format.CSV:
            text = content.decode("utf-8-sig").replace('""', '"')
        case Format.JSON:
            return squeezed(str(msgspec.json.decode(content)))
    return squeezed(text)


@pytest.mark.parametrize("fmt", Format)
def test_every_text_comes_out_verbatim_in_its_group(fmt: Format) -> None:
    evening = plain_evening(TEXTS, questions=())
    found = notes_in(fmt, render(evening, fmt, View.GROUPS, ENGLISH))
    want = [(n.group, squeezed(n.text) if fmt is Format.PDF else n.text) for n in evening.notes]
    assert sorted(found) == sorted(want)


@pytest.mark.parametrize(("fmt", "view"), EVERY)
def test_every_text_is_in_every_view_exactly_once_but_where_it_speaks_for_its_theme(fmt: Format, view: View) -> None:
    evening = plain_evening(TEXTS, themes=(FileTheme("t1", "Svar", ("n1", "n6")), FileTheme("t2", "Rum", ("n2", "n4"))))
    text = everything_in(fmt, render(evening, fmt, view, ENGLISH))
    quoted = {TEXTS[4], TEXTS[6]} if view is View.EASY and not fmt.is_data else set[str]()
    assert {t: text.count(squeezed(t)) for t in TEXTS} == {t: 1 + (t in quoted) for t in TEXTS}


@pytest.mark.parametrize(("fmt", "view"), EVERY)
def test_hidden_and_withdrawn_texts_stay_out(fmt: Format, view: View) -> None:
    text = everything_in(fmt, render(full_evening(), fmt, view, ENGLISH))
    assert "REGRETTED" not in text
    assert ("SECRET" in text) == (fmt is Format.JSON)


ODD_EVENINGS = {
    "no notes": plain_evening([]),
    "nothing at all": plain_evening([], questions=(), groups=()),
    "no questions": plain_evening(["One"], questions=()),
    "no date": plain_evening([], held_on=None, place="", preface="Nobody came.\nIt rained."),
    "all withdrawn": plain_evening(["a"], notes=(FileNote("n1", 1, "", withdrawn_at=AT),)),
    "an empty theme": plain_evening(["a"], themes=(FileTheme("t1", "Empty"),)),
    "everything": full_evening(),
    "an evil one": hostile_evening(),
}


@pytest.mark.parametrize("view", View)
@pytest.mark.parametrize("name", ODD_EVENINGS)
def test_any_evening_makes_a_document_for_archives_and_screen_readers(name: str, view: View) -> None:
    assert kept(render(ODD_EVENINGS[name], Format.PDF, view, ENGLISH)) == BOTH


@pytest.mark.parametrize("fmt", Format)
def test_an_evening_of_nothing_makes_a_file_that_opens(fmt: Format) -> None:
    assert everything_in(fmt, render(ODD_EVENINGS["nothing at all"], fmt, View.FULL, ENGLISH))


@pytest.mark.parametrize(("fmt", "view"), [(fmt, view) for fmt, view in EVERY if fmt in ARCHIVES])
def test_nothing_in_an_archive_leads_out_or_calculates(fmt: Format, view: View) -> None:
    with zipfile.ZipFile(io.BytesIO(render(hostile_evening(), fmt, view, ENGLISH))) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist() if name.endswith((".xml", ".rels"))}
        pictures = {name for name in archive.namelist() if name.startswith("Pictures/")}
    everything = "\n".join(parts.values())
    for alive in ('TargetMode="External"', "w:instrText", "<w:altChunk", "<w:object", "<f>", "<hyperlink", "macro"):
        assert alive not in everything
    targets = re.findall(r'xlink:href="([^"]*)"', everything)
    assert all(target.startswith("#") or target in pictures for target in targets)
    # The page number is the one field there is, and it is ours.
    assert set(re.findall(r'w:instr="([^"]*)"', everything)) <= {"PAGE"}


@pytest.mark.parametrize("fmt", Format)
def test_the_same_evening_gives_the_same_bytes(fmt: Format) -> None:
    assert render(full_evening(), fmt, View.FULL, ENGLISH) == render(full_evening(), fmt, View.FULL, ENGLISH)


@pytest.mark.parametrize("fmt", Format)
def test_a_format_says_what_it_is(fmt: Format) -> None:
    assert fmt.extension == fmt.value
    assert "/" in fmt.mime
    groups, full = (render(full_evening(), fmt, view, ENGLISH) for view in (View.GROUPS, View.FULL))
    assert (groups == full) == fmt.is_data


@pytest.mark.parametrize("fmt", [fmt for fmt in Format if fmt is not Format.JSON])
def test_what_only_the_machine_says_is_called_a_suggestion(fmt: Format) -> None:
    evening = plain_evening(TEXTS, questions=())
    ids = [note.id for note in evening.notes]
    themes = (
        FileTheme(id="t1", label="Mötesplatser", notes=(ids[0],), named=False),
        FileTheme("t2", "Svar", (ids[6],)),
    )
    found = everything_in(fmt, render(msgspec.structs.replace(evening, themes=themes), fmt, View.FULL, ENGLISH))
    assert squeezed("Mötesplatser (suggestion)") in found
    assert squeezed("Svar (suggestion)") not in found
