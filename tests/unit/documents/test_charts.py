"""Charts: pictures of what the table beside them says, for eyes and for screen readers, in every format."""

from __future__ import annotations

import io
import zipfile

import lxml.html
import pytest
from lxml import etree

from unit.documents.evenings import ENGLISH, HOSTILE, full_evening, plain_evening
from unit.documents.test_compilation import words
from verkstad.documents import Format, View, render
from verkstad.documents.compilation import compile_document
from verkstad.documents.tree import Block, Chart, Paragraph, Table
from verkstad.domain.workshop_file import FileGroup, FileTheme, WorkshopFile

SVG = "{http://www.w3.org/2000/svg}"


def blocks_of(evening: WorkshopFile) -> list[Block]:
    return list(compile_document(evening, View.FULL, ENGLISH).blocks)


def charts_of(evening: WorkshopFile) -> list[Chart]:
    return [block for block in blocks_of(evening) if isinstance(block, Chart)]


def words_in(chart: Chart) -> list[str]:
    """What the picture shows as text, below its own title."""
    return [element.text or "" for element in etree.fromstring(chart.svg).iter(f"{SVG}text")][1:]


def rows_after(evening: WorkshopFile, chart: Chart) -> list[list[str]]:
    """The rows of the table that comes first after a chart."""
    blocks = blocks_of(evening)
    table = next(b for b in blocks[blocks.index(chart) :] if isinstance(b, Table))
    return [[words(cell) for cell in row] for row in table.rows]


def test_bars_show_the_numbers_that_the_table_has() -> None:
    evening = full_evening()
    bars = charts_of(evening)[0]
    sums = [[row[0], row[-1]] for row in rows_after(evening, bars)[:-1]]
    assert words_in(bars) == [word for row in sums for word in row]
    lengths = [float(bar.get("width", "")) for bar in etree.fromstring(bars.svg).iter(f"{SVG}rect")]
    assert [length / max(lengths) for length in lengths] == pytest.approx([int(n) / 4 for _, n in sums], abs=0.01)


def test_dots_show_the_numbers_that_the_table_has() -> None:
    evening = full_evening()
    dots = charts_of(evening)[1]
    rows = rows_after(evening, dots)
    assert [row[0] for row in rows] == ["Three groups", "Two groups and four notes", "One group's own"]
    shown = words_in(dots)
    assert shown[:4] == ["G1", "G2", "G3", "G4"]
    assert [w for w in shown[4:] if w.isdigit()] == [n for row in rows for n in row[1:-1] if n != "0"]


def test_every_chart_says_what_it_is_and_what_it_shows() -> None:
    for chart in charts_of(full_evening()):
        root = etree.fromstring(chart.svg)
        told = {element.get("id"): element.text for element in root if element.tag != f"{SVG}text"}
        assert root.get("role") == "img"
        assert [told[i] for i in (root.get("aria-labelledby") or "").split()] == [chart.title, chart.description]


def test_what_people_called_a_theme_is_text_in_a_picture() -> None:
    themes = tuple(FileTheme(f"t{i}", text, (f"n{i}",)) for i, text in enumerate(HOSTILE))
    evening = plain_evening(["a"] * len(HOSTILE), themes=themes)
    known = {f"{SVG}{tag}" for tag in ("svg", "title", "desc", "text", "rect", "circle", "path")}
    for chart in charts_of(evening):
        elements = list(etree.fromstring(chart.svg).iter())
        assert {element.tag for element in elements} <= known
        assert not [
            name for element in elements for name in element.attrib if str(name).startswith(("on", "href", "{"))
        ]


def test_a_picture_is_never_higher_than_a_page() -> None:
    groups = tuple(FileGroup(n) for n in range(1, 201))
    themes = tuple(FileTheme(f"t{i}", f"Theme {i}", (f"n{i}",)) for i in range(100))
    charts = charts_of(plain_evening(["a"] * 100, groups=groups, themes=themes))
    assert len(charts) == 7
    assert len({chart.name for chart in charts}) == 7
    assert all(chart.height / chart.width < 1.4 for chart in charts)


@pytest.mark.parametrize("empty", [plain_evening([]), plain_evening([], themes=(FileTheme("t", "Nothing"),))])
def test_a_chart_with_nothing_in_it_is_a_sentence(empty: WorkshopFile) -> None:
    assert charts_of(empty) == []
    said = [words(block.inlines) for block in blocks_of(empty) if isinstance(block, Paragraph)]
    assert "There is nothing to draw a picture of yet." in said


def test_word_has_each_picture_sharp_with_one_for_older_programs_and_its_words() -> None:
    charts = charts_of(full_evening())
    with zipfile.ZipFile(io.BytesIO(render(full_evening(), Format.DOCX, View.FULL, ENGLISH))) as archive:
        document, names = archive.read("word/document.xml").decode(), archive.namelist()
        assert [archive.read(f"word/media/chart{n}.svg").decode() for n in (1, 2)] == [c.svg for c in charts]
    root = etree.fromstring(document.encode())
    assert [p.get("descr") for p in root.iter("{*}docPr")] == [c.description for c in charts]
    assert len(list(root.iter("{*}svgBlip"))) == len([n for n in names if n.endswith(".png")]) == 2
    assert "data:" not in document


def test_opendocument_has_each_picture_and_its_words() -> None:
    charts = charts_of(full_evening())
    with zipfile.ZipFile(io.BytesIO(render(full_evening(), Format.ODT, View.FULL, ENGLISH))) as archive:
        root, names = etree.fromstring(archive.read("content.xml")), set(archive.namelist())
        manifest = archive.read("META-INF/manifest.xml").decode()
    frames = list(root.iter("{*}frame"))
    assert [f.findtext("{*}desc") for f in frames] == [c.description for c in charts]
    for frame in frames:
        files = [image.get("{http://www.w3.org/1999/xlink}href") for image in frame.iter("{*}image")]
        assert [str(file).rpartition(".")[2] for file in files] == ["svg", "png"]
        assert set(files) <= names
        assert all(f'full-path="{file}"' in manifest for file in files)


def test_a_web_page_has_the_pictures_in_itself() -> None:
    page = lxml.html.document_fromstring(render(full_evening(), Format.HTML, View.FULL, ENGLISH).decode())
    pictures = list(page.iter("svg"))
    assert [p.get("role") for p in pictures] == ["img", "img"]
    words = {str(e.get("id")): e.text for p in pictures for e in p if e.get("id")}
    ids = [i for p in pictures for i in str(p.get("aria-labelledby")).split()]
    told = [said for chart in charts_of(full_evening()) for said in (chart.title, chart.description)]
    assert [words[i] for i in ids] == told
