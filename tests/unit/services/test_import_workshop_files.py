"""The workshop format: what is written is read back, and what would mix anything up is refused with the line."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verkstad.domain.errors import Invalid
from verkstad.domain.note import Source
from verkstad.domain.workshop_file import (
    FileGroup,
    FileHidden,
    FileNote,
    FileQuestion,
    FileTheme,
    WorkshopFile,
    encode,
)
from verkstad.services.imports import read_workshop_file
from verkstad.services.imports.json_lines import JsonLines

CONTENT: dict[str, Any] = {
    "format": "verkstad-workshop/1",
    "title": "Kvällen",
    "held_on": "2025-11-04",
    "questions": [{"id": "q1", "prompt": "Vad hindrar?"}],
    "groups": [{"number": 1}, {"number": 7, "name": "Bordet vid fönstret"}],
    "notes": [
        {"id": "a", "group": 1, "question": "q1", "text": "Tid"},
        {"id": "b", "group": 7, "text": "Pengar", "created_at": "2025-11-04T18:00:00+01:00"},
    ],
    "themes": [{"id": "t", "label": "Resurser", "notes": ["b", "a"]}],
}


def read(content: object) -> WorkshopFile:
    return read_workshop_file(json.dumps(content, indent=1).encode(), "kväll.json")


def changed(**changes: Any) -> dict[str, Any]:
    """The content with some parts replaced; other notes take the themes that knew the old ones with them."""
    return CONTENT | ({"themes": []} if "notes" in changes else {}) | changes


def test_a_workshop_file_is_read_with_every_field() -> None:
    evening = read(CONTENT)
    assert (evening.title, evening.held_on, evening.language) == ("Kvällen", date(2025, 11, 4), "sv")
    assert evening.groups == (FileGroup(1), FileGroup(7, "Bordet vid fönstret"))
    assert evening.notes[0] == FileNote("a", 1, "Tid", "q1")
    assert evening.themes == (FileTheme("t", "Resurser", ("b", "a")),)


def test_times_are_in_utc_and_texts_in_nfc() -> None:
    evening = read(changed(title="A\u030a", notes=[CONTENT["notes"][1] | {"text": "o\u0308"}]))
    assert evening.notes[0].created_at == datetime(2025, 11, 4, 17, 0, tzinfo=UTC)
    assert (evening.title, evening.notes[0].text) == ("Å", "ö")


def test_what_an_export_writes_is_read_back_the_same() -> None:
    at = datetime(2025, 11, 4, 17, 0, tzinfo=UTC)
    evening = WorkshopFile(
        format="verkstad-workshop/1",
        title="Kvällen",
        questions=(FileQuestion("q1", "Vad?", "Hjälp", easy="Lätt", shared=True, opened_at=at),),
        groups=(FileGroup(1),),
        notes=(
            FileNote("a", 1, "  En\nrad ", "q1", Source.PAPER, at, late=True, edited_at=at),
            FileNote("b", 1, "", withdrawn_at=at),
            FileNote("c", 1, "Namn", hidden=FileHidden("Namn på en enskild", "sekreteraren", at)),
        ),
        participants=40,
        revision=9,
        exported_at=at,
    )
    assert read_workshop_file(encode(evening), "a.json") == evening


NOTE = {"id": "a", "group": 1, "text": "Tid"}
THEME = {"id": "t", "label": "Resurser"}
LINE = {"id": "l", "section": "intro", "text": "Kvällen"}


@pytest.mark.parametrize(
    ("content", "code", "sentence"),
    [
        ([], "not_a_workshop", "Line 1: the file has no “format”"),
        ({"title": "Kväll"}, "not_a_workshop", "Line 1: the file has no “format”"),
        (changed(format="verkstad-workshop/2"), "not_a_workshop", "Line 2: the file's format is “verkstad-workshop/2”"),
        (changed(title=" "), "empty_field", "Line 3: “title” must not be empty."),
        (changed(held_on="2025-02-30"), "bad_date", "Line 4: “held_on” is not a date such as 2023-03-06."),
        (changed(language="de"), "bad_field", "“language” has a value that cannot be used there."),
        (changed(questions=[{"id": "q1"}]), "missing_field", "Line 6: “prompt” is missing."),
        (changed(groups=[{"number": 1}, {"number": 1}]), "duplicate_group", "there is already a group 1."),
        (changed(groups=[{"number": 0}]), "bad_group", "groups are numbered from 1 to 999."),
        (changed(notes=[NOTE | {"group": 9}]), "unknown_group", "note 1 is from group 9, which is not in the file."),
        (changed(notes=[NOTE, NOTE]), "duplicate_id", "the id “a” is used a second time."),
        (changed(notes=[NOTE | {"id": "å"}]), "bad_id", "an id has at most 64 letters"),
        (changed(notes=[NOTE | {"question": "q9"}]), "unknown_question", "the question “q9” is not in the file."),
        (changed(notes=[NOTE | {"text": " "}]), "empty_text", "this note has no text."),
        (changed(notes=[NOTE | {"text": "x" * 1001}]), "text_too_long", "has 1001 characters. A note holds 1000"),
        (changed(notes=[NOTE | {"text": "a\x00"}]), "control_characters", "“a” has invisible control characters"),
        (changed(notes=[NOTE | {"text": 5}]), "bad_field", "“text” has a value"),
        (changed(notes=[NOTE | {"source": "fax"}]), "bad_field", "“source” has a value"),
        (changed(notes=[NOTE | {"created_at": "i går"}]), "bad_time", "“created_at” is not a time"),
        (
            changed(themes=[THEME | {"notes": ["x"]}]),
            "unknown_note",
            "the note “x” is not in the file",
        ),
        (changed(themes=[THEME | {"notes": ["a", "a"]}]), "two_places", "A note has one place."),
        (changed(notes=[NOTE | {"second": "x"}]), "unknown_theme", "“x” is not another theme of the file"),
        (changed(notes=[NOTE | {"second": "t"}], themes=[THEME | {"notes": ["a"]}]), "unknown_theme", "not another"),
        (changed(notes=[NOTE | {"side": "left"}]), "bad_field", "“side” has a value"),
        (changed(themes=[THEME | {"quotation": "x"}]), "unknown_note", "the note “x” is not in the file"),
        (changed(themes=[THEME | {"keywords": list("abcd")}]), "too_many_keywords", "at most 3 keywords"),
        (changed(themes=[THEME | {"keywords": ["a\x00"]}]), "control_characters", "invisible control characters"),
        (changed(title="x" * 201), "text_too_long", "at most 200"),
        (changed(lines=[LINE, LINE]), "duplicate_id", "the id “l” is used a second time."),
        (changed(lines=[LINE | {"section": "elsewhere"}]), "bad_field", "“section” has a value"),
        (changed(lines=[LINE | {"notes": ["x"]}]), "unknown_note", "the note “x” is not in the file"),
        (changed(lines=[LINE | {"theme": "x"}]), "unknown_theme", "the theme “x” is not in the file"),
        (changed(lines=[LINE | {"text": "x" * 4001}]), "text_too_long", "4001 characters, at most 4000"),
        (changed(lines=[LINE | {"text": "a\x00"}]), "control_characters", "invisible control characters"),
    ],
)
def test_what_would_lose_or_mix_up_anything_is_refused(content: object, code: str, sentence: str) -> None:
    with pytest.raises(Invalid) as caught:
        read(content)
    message = caught.value.message % caught.value.params
    assert (caught.value.code, sentence in message) == (code, True), message


def test_the_line_is_that_of_the_fault() -> None:
    text = json.dumps(changed(notes=[NOTE, NOTE | {"id": "b", "group": 9}]), indent=1)
    with pytest.raises(Invalid) as caught:
        read_workshop_file(text.encode(), "a.json")
    assert text.splitlines()[int(str(caught.value.params["line"])) - 1].strip() == '"group": 9,'


@pytest.mark.parametrize(
    ("data", "code", "line"),
    [
        (b'{"format":\n "verkstad-workshop/1",\n "title": }', "broken_json", 3),
        (b'{"format":\n "verkstad-workshop/1"\n\n', "broken_json", 2),
        ('{"format": 1,\n "title": "ö"}'.encode("latin-1"), "not_utf8", 2),
        (b'{"format": ' + b"[" * 100_000, "too_deep", None),
    ],
)
def test_a_broken_file_is_refused_with_the_line(data: bytes, code: str, line: int | None) -> None:
    with pytest.raises(Invalid) as caught:
        read_workshop_file(data, "a.json")
    assert (caught.value.code, caught.value.params.get("line")) == (code, line)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abc", max_size=3), inner, max_size=3),
)


@settings(deadline=None)
@given(JSON)
def test_every_value_is_found_on_its_line(value: object) -> None:
    text = json.dumps(value, indent=1, ensure_ascii=False)
    lines = JsonLines(text)

    def check(part: object, path: tuple[str | int, ...]) -> None:
        line = text.split("\n")[lines.of(*path) - 1 if path else 0]
        begins = json.dumps(part, ensure_ascii=False)
        assert begins[:1] in line if isinstance(part, dict | list) else begins in line
        for key, inner in part.items() if isinstance(part, dict) else enumerate(part if isinstance(part, list) else ()):
            check(inner, (*path, key))

    check(value, ())


@settings(deadline=None)
@given(
    st.binary(max_size=200) | st.text(max_size=200).map(str.encode), st.sampled_from(["a.json", "a.md", "a.txt", ""])
)
def test_anything_at_all_is_read_or_refused_with_a_sentence(data: bytes, name: str) -> None:
    try:
        read_workshop_file(data, name)
    except Invalid as refused:
        assert refused.message % refused.params
