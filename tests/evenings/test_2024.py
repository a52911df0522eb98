"""The meeting of 30 January 2024: its minutes as they were written go in, and the same parts come out in order."""

from __future__ import annotations

import io
import re
from datetime import date
from itertools import groupby

import docx
import lxml.html
import msgspec
import pypdf
import pytest
from docx.table import Table

from evenings.seeds import needs_seeds, seed
from reading import squeezed
from verkstad import documents
from verkstad.documents import Format, View
from verkstad.domain.minutes import Attendance, Item, Minutes, Occasion, Part, WorkGroup
from verkstad.domain.workshop_file import WorkshopFile
from verkstad.services.imports import read_workshop_file
from verkstad.services.words import words_of

pytestmark = needs_seeds

PARTS = {3: Part.DIALOGUE, 4: Part.WORK_GROUPS, 5: Part.CALENDAR, 6: Part.WATCH_LIST}


def written() -> str:
    """The minutes with no mark of slanted or bold letters, which the seed has in Markdown."""
    return re.sub(r"\*+([^*\n]+)\*+", r"\1", seed("001").read_text()).strip()


def paragraphs(text: str) -> list[list[str]]:
    """The lines between empty ones."""
    found = groupby(text.split("\n"), key=lambda line: bool(line.strip()))
    return [[line.strip() for line in lines] for filled, lines in found if filled]


def section(start: str, end: str) -> str:
    return written().partition(start)[2].partition(end)[0]


def agenda() -> dict[int, tuple[str, str]]:
    """Number, heading and text of each item."""
    body = written().partition("Antecknat av")[0]
    found = re.split(r"^(\d)\. (.+)$", body, flags=re.MULTILINE)[1:]
    return {
        int(n): (heading, text.strip()) for n, heading, text in zip(found[::3], found[1::3], found[2::3], strict=True)
    }


def attendance() -> tuple[Attendance, ...]:
    lines = paragraphs(section("Närvarande: ", "Förhinder:"))
    return tuple(Attendance(lines[i][0], tuple(lines[i + 1])) for i in (0, 2))


def work_groups(text: str) -> tuple[WorkGroup, ...]:
    tasks = re.split(r"^- ", text, flags=re.MULTILINE)[1:]
    return tuple(
        WorkGroup(
            task.split("\n")[0],
            tuple(task.partition("Deltagare: ")[2].strip().split(", ")) if ":" in task.partition("\n")[2] else (),
        )
        for task in tasks
    )


def minutes() -> Minutes:
    items = agenda()
    texts = {n: text for n, (_, text) in items.items()}
    texts[3] = texts[3].partition("\n\nGrupp 1.")[0]
    groups = work_groups(texts[4])
    texts[4] = texts[4].partition("\n\n- ")[0]
    calendar = [Occasion(*row.split("\t")) for row in texts[5].split("\n")[1:]]
    watched = texts[6].split("\n")
    texts[5] = texts[6] = ""
    return Minutes(
        called=written().split("\n\n")[1],
        time="kl. 16-18",
        present=attendance(),
        absent=tuple(line for lines in paragraphs(section("Förhinder: ", "1. Välkomna")) for line in lines),
        items=tuple(Item(heading, texts[n], PARTS.get(n)) for n, (heading, _) in items.items()),
        work_groups=groups,
        calendar=tuple(calendar),
        watch_list=tuple(line for line in watched if line),
        taken_by=written().partition("Antecknat av")[2].strip(),
    )


def meeting() -> WorkshopFile:
    """The groups' talks as our importer reads them, and all around them as the secretary would type it."""
    talks = "Grupp 1." + agenda()[3][1].partition("Grupp 1.")[2]
    evening = read_workshop_file(f"Minnesanteckningar\n\n{talks}".encode(), "2024.txt")
    return msgspec.structs.replace(
        evening, held_on=date(2024, 1, 30), place=section("Mötesplats: ", "\n"), minutes=minutes()
    )


def made(fmt: Format) -> bytes:
    return documents.render(meeting(), fmt, View.MINUTES, words_of("sv"))


def expected() -> list[str]:
    """Every line of the minutes in its order, as our words for the same thing have it."""
    ours = {
        "Datum: Tisdagen 30 januari": "Datum: 30 januari 2024",
        "Tid: kl. 16-18": "Tid: kl. 16-18",
        "Mötesplats: Föreningarnas Hus, Slottsgatan 13A.": "Plats: Föreningarnas Hus, Slottsgatan 13A.",
        "Närvarande: Samverkansrådet": "Närvarande Samverkansrådet",
        "Förhinder: Thomas Rasmusson, Tegelbruket": "Förhinder Thomas Rasmusson, Tegelbruket",
        "Datum\tTid\tPlats\tRubrik": "Datum Tid Plats Vad",
    }
    lines = [line for lines in paragraphs(written()) for line in lines]
    lines.remove("30 januari 2024")  # told once, as the date
    return [ours.get(line, re.sub(r"^- |\.$", "", line)) for line in lines]


def _docx(content: bytes) -> str:
    words = []
    for block in docx.Document(io.BytesIO(content)).iter_inner_content():
        if isinstance(block, Table):
            words += [cell.text for row in block.rows for cell in row.cells]
        else:
            words.append(block.text)
    return "\n".join(words)


def _pdf(content: bytes) -> str:
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages]
    return "\n".join(re.sub(r"^.*\d+ \(\d+\)$", "", page, flags=re.MULTILINE) for page in pages)


def _html(content: bytes) -> str:
    return "".join(map(str, lxml.html.document_fromstring(content.decode()).itertext()))


@pytest.mark.parametrize(("fmt", "read"), [(Format.DOCX, _docx), (Format.PDF, _pdf), (Format.HTML, _html)])
def test_every_line_of_the_minutes_comes_back_in_its_order(fmt: Format, read: object) -> None:
    assert callable(read)
    text, at = squeezed(read(made(fmt)).replace("•", "")), 0
    for line in expected():
        found = text.find(squeezed(line), at)
        assert found >= 0, f"“{line}” is not after “{text[max(at - 80, 0) : at]}”"
        at = found + len(squeezed(line))


def test_the_seed_was_read_whole() -> None:
    said = minutes()
    assert [len(p.people) for p in said.present] == [12, 6]
    assert len(said.absent) == 5
    assert [item.part for item in said.items] == [None, None, *PARTS.values(), None]
    assert [len(group.members) for group in said.work_groups] == [1, 0, 2, 1]
    assert (len(said.calendar), len(said.watch_list)) == (4, 9)
    assert len(meeting().notes) == 10
