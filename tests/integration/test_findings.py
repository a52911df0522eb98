"""Names and numbers: what the desk is told of them, what it says of them, and what the documents tell then."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from typing import Any

import pypdf
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from factories import desk, make_workshop, sit_down
from sorting import act, answered, log, people, refused, undo
from verkstad.documents import Format, View
from verkstad.domain.vote import VoteEach, VoteOn
from verkstad.domain.workshop_file import FileGroup, FileHidden, FileLine, FileNote, FileSum, FileTheme, FileVoting
from verkstad.services.exports import evening_of, export_workshop
from verkstad.services.findings import TextFinding, findings, undecided
from verkstad.services.workshop_import import create_from_file
from verkstad.storage import Note, SummaryLine, Workshop

AT = datetime(2023, 3, 6, 18, 0, tzinfo=UTC)
NOTE = "👋 Ring Fatima Haddad, 070-174 06 05."
LINE = "Fatima Haddad lyftes av **alla** grupper."


@pytest.fixture
def workshop(session: Session) -> Workshop:
    notes = (FileNote(id="a", group=1, text=NOTE), FileNote(id="b", group=1, text="Fler bänkar"))
    return make_workshop(session, notes=notes, lines=(FileLine(id="l", section="intro", text=LINE, notes=("a",)),))


def told(session: Session, workshop: Workshop) -> dict[tuple[str, str], str | None]:
    """What is decided of each finding, by where it is and what it says."""
    return {(it.note or it.line or "", it.words): it.decision for it in findings(session, workshop)}


def on(session: Session, finding: TextFinding, decision: str, **more: Any) -> dict[str, Any]:
    """The fields of a decision on a finding, of the text as it is now."""
    where = {"note": finding.note} if finding.note else {"line": finding.line}
    query = (
        select(Note.text).where(Note.id == finding.note)
        if finding.note
        else select(SummaryLine.text).where(SummaryLine.id == finding.line)
    )
    place = {"start": finding.start, "end": finding.end, "words": finding.words, "found": finding.kind}
    return {**where, **place, "seen": session.scalars(query).one(), "decision": decision, **more}


def decide(session: Session, workshop: Workshop, words: str, decision: str, **more: Any) -> str:
    """Decide of the first finding with these words; the id of the act."""
    finding = next(it for it in findings(session, workshop) if it.words == words)
    return act(session, desk(workshop), "finding.decide", **on(session, finding, decision, **more))


def everything(fmt: Format, content: bytes) -> str:
    """All the text of a file, wherever in it."""
    if fmt is Format.PDF:
        return " ".join("\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages).split())
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return content.decode()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return "".join(archive.read(name).decode(errors="ignore") for name in archive.namelist())


def test_the_desk_is_told_of_names_and_numbers_in_notes_and_lines(session: Session, workshop: Workshop) -> None:
    assert told(session, workshop) == {
        ("a", "Fatima Haddad"): None,
        ("a", "070-174 06 05"): None,
        ("l", "Fatima Haddad"): None,
    }
    first = findings(session, workshop)[0]
    assert NOTE[first.start : first.end] == "Fatima Haddad"  # in code points, also after an emoji
    assert undecided(session, workshop) == findings(session, workshop)


def test_a_decision_is_on_one_finding_and_can_be_taken_back(session: Session, workshop: Workshop) -> None:
    mask = decide(session, workshop, "070-174 06 05", "mask")
    decide(session, workshop, "Fatima Haddad", "keep", reason="Hon har sagt ja")
    assert told(session, workshop) == {
        ("a", "Fatima Haddad"): "keep",
        ("a", "070-174 06 05"): "mask",
        ("l", "Fatima Haddad"): None,
    }
    kept = findings(session, workshop)[0]
    assert (kept.reason, kept.by) == ("Hon har sagt ja", "studio")
    assert [it.line for it in undecided(session, workshop)] == ["l"]
    assert [step["kind"] for step in log(session, workshop)] == ["finding.decide"] * 2
    undone = undo(session, desk(workshop), mask)
    assert told(session, workshop)["a", "070-174 06 05"] is None
    undo(session, desk(workshop), undone)
    assert told(session, workshop)["a", "070-174 06 05"] == "mask"


def test_one_may_change_ones_mind(session: Session, workshop: Workshop) -> None:
    decide(session, workshop, "Fatima Haddad", "keep", reason="Hon har sagt ja")
    masking = decide(session, workshop, "Fatima Haddad", "mask")
    assert told(session, workshop)["a", "Fatima Haddad"] == "mask"
    undo(session, desk(workshop), masking)
    assert told(session, workshop)["a", "Fatima Haddad"] == "keep"


def test_what_a_finding_is_called_is_decided_with_it(session: Session, workshop: Workshop) -> None:
    called = {it.words: it.kind for it in findings(session, workshop)}
    name = decide(session, workshop, "Fatima Haddad", "mask")
    other = decide(session, workshop, "Fatima Haddad", "mask", found="other")
    assert evening_of(session, workshop).notes[0].text == "👋 Ring [maskerat], 070-174 06 05."
    undo(session, desk(workshop), other)
    assert evening_of(session, workshop).notes[0].text == "👋 Ring [namn], 070-174 06 05."
    undo(session, desk(workshop), name)
    assert {it.words: it.kind for it in findings(session, workshop)} == called
    decide(session, workshop, "Fatima Haddad", "mask", found="other")
    assert evening_of(session, workshop).notes[0].text == "👋 Ring [maskerat], 070-174 06 05."


def test_a_text_that_is_changed_has_to_be_looked_at_again(session: Session) -> None:
    workshop = make_workshop(session, notes=())
    phone = sit_down(session, workshop)
    note = act(session, phone, "note.add", question="q1", text="Fråga Gunilla")
    decide(session, workshop, "Gunilla", "mask")
    assert undecided(session, workshop) == []
    act(session, phone, "note.edit", note=note, text="Fråga Gunilla, hon är sjuk")
    assert [it.words for it in undecided(session, workshop)] == ["Gunilla"]
    old = {"note": note, "start": 6, "end": 13, "words": "Gunilla", "found": "name", "decision": "mask"}
    now = "Fråga Gunilla, hon är sjuk"
    assert answered(session, workshop, "finding.decide", **old | {"words": "Kerstin"}, seen=now) == "overtaken"
    # The words are there still, but nobody has looked at what stands after them.
    assert answered(session, workshop, "finding.decide", **old, seen="Fråga Gunilla") == "overtaken"
    assert undecided(session, workshop) != []
    assert answered(session, workshop, "finding.decide", **old, seen=now) == "ok"
    act(session, phone, "note.edit", note=note, text="Fråga Gunilla")
    assert undecided(session, workshop) == []  # what was said of it then


def test_what_is_hidden_or_withdrawn_needs_no_decision(session: Session, workshop: Workshop) -> None:
    act(session, desk(workshop), "note.hide", note="a", reason="Personuppgifter")
    assert {it.line for it in findings(session, workshop)} == {"l"}
    act(session, desk(workshop), "line.remove", line="l")
    assert findings(session, workshop) == []


def test_people_mark_what_the_check_has_not_found(session: Session, workshop: Workshop) -> None:
    own = {"note": "b", "start": 5, "end": 11, "words": "bänkar", "found": "other"}
    act(session, desk(workshop), "finding.decide", **own, seen="Fler bänkar", decision="mask")
    assert told(session, workshop)["b", "bänkar"] == "mask"
    # More than the check found, in one: that is not left to decide of.
    wide = {"note": "a", "start": 2, "end": len(NOTE), "words": NOTE[2:], "found": "other"}
    act(session, desk(workshop), "finding.decide", **wide, seen=NOTE, decision="mask")
    assert [it.line for it in undecided(session, workshop)] == ["l"]
    texts = {note.id: note.text for note in evening_of(session, workshop).notes}
    assert texts == {"a": "👋 [maskerat]", "b": "Fler [maskerat]"}


@pytest.mark.parametrize("fmt", list(Format))
def test_what_is_masked_is_in_no_document(session: Session, workshop: Workshop, fmt: Format) -> None:
    for finding in undecided(session, workshop):
        act(session, desk(workshop), "finding.decide", **on(session, finding, "mask"))
    content = everything(fmt, export_workshop(session, desk(workshop), fmt, View.FULL).content)
    assert "Fatima" not in content
    assert "Haddad" not in content
    assert "174 06 05" not in content
    for word in ("namn", "telefonnummer"):
        assert f"[{word}]" in content.replace("\\", "")


@pytest.mark.parametrize("fmt", list(Format))
def test_what_is_masked_is_in_no_headline_and_in_nothing_written_around(session: Session, fmt: Format) -> None:
    notes = ("Ring Fatima Haddad om bänkar", "Mejla anna.berg@exempel.se om bänkar", "Bo vill bo kvar")
    themes = (
        FileTheme(id="t1", label="Det Haddad sa om bänkar", notes=("n0", "n1"), keywords=("fatima", "bänk", "berg")),
        FileTheme(id="t2", label="Bo kvar och BERG att klättra på", notes=("n2",), named=False, keywords=("klättra",)),
        FileTheme(id="t3", label="Att bo kvar, Bos önskan"),
    )
    workshop = make_workshop(
        session,
        notes=(
            *(FileNote(id=f"n{n}", group=1 + n % 2, text=text) for n, text in enumerate(notes)),
            FileNote(id="h", group=1, text="Gömd", hidden=FileHidden("Om FATIMA HADDADS pappa")),
        ),
        themes=themes,
        groups=(FileGroup(number=1, name="Fatima Haddads grupp"), FileGroup(number=2, name="Kvarnen")),
        preface="Vi tackar anna.berg@exempel.se.",
        votings=(
            FileVoting(id="v", on=VoteOn.THEMES, each=VoteEach.PERSON, dots=3, opened_at=AT, closed_at=AT,
                       result=(FileSum("t1", "Det Haddad sa", 3), FileSum("gone", "Haddad", 1)), voters=2, lost=0),
        ),
    )  # fmt: skip
    for finding in undecided(session, workshop):
        act(session, desk(workshop), "finding.decide", **on(session, finding, "mask"))
    evening = evening_of(session, workshop)
    assert [(theme.label, theme.keywords) for theme in evening.themes] == [
        ("Det [namn] sa om bänkar", ("bänk",)),
        ("[namn] kvar och [e-postadress] att klättra på", ("klättra",)),
        ("Att bo kvar, [namn]s önskan", ()),
    ]
    content = everything(fmt, export_workshop(session, desk(workshop), fmt, View.FULL).content).lower()
    for part in ("fatima", "haddad", "berg"):
        assert part not in content
    assert evening_of(session, create_from_file(session, evening)).themes == evening.themes


def test_what_was_masked_can_be_read_in_again(session: Session) -> None:
    """Also a note that was full, and would not have had room for more."""
    text = "Bo " + "x" * 996 + "!"
    workshop = make_workshop(session, notes=(FileNote(id="a", group=1, text=text),))
    bo = {"note": "a", "start": 0, "end": 2, "words": "Bo", "seen": text, "found": "name"}
    act(session, desk(workshop), "finding.decide", **bo, decision="mask")
    first = evening_of(session, workshop)
    assert first.notes[0].text == "… " + "x" * 996 + "!"
    again = evening_of(session, create_from_file(session, first))
    assert [note.text for note in again.notes] == [note.text for note in first.notes]


def test_what_is_hidden_is_in_no_document(session: Session, workshop: Workshop) -> None:
    """Also not in the file of the whole workshop, which can be read in again all the same."""
    act(session, desk(workshop), "note.hide", note="a", reason="Personuppgifter")
    act(session, desk(workshop), "line.remove", line="l")
    assert undecided(session, workshop) == []
    first = evening_of(session, workshop)
    content = everything(Format.JSON, export_workshop(session, desk(workshop), Format.JSON, View.FULL).content)
    for part in ("Fatima", "Haddad", "174 06 05"):
        assert part not in content
    again = evening_of(session, create_from_file(session, first))
    assert [note.text for note in again.notes] == [note.text for note in first.notes] == ["[maskerat]", "Fler bänkar"]
    assert again.notes[0].hidden == first.notes[0].hidden


def test_who_may_not_write_the_summary_decides_of_nothing(session: Session, workshop: Workshop) -> None:
    anna, bo = people(session, workshop)
    finding = findings(session, workshop)[0]
    assert refused(session, bo, "finding.decide", **on(session, finding, "mask")) == "forbidden"
    step = act(session, anna, "finding.decide", **on(session, finding, "mask"))
    assert refused(session, bo, "action.undo", action=step) == "forbidden"
    assert findings(session, workshop)[0].by == "Anna"


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"note": "a", "line": "l"}, "malformed"),
        ({}, "malformed"),
        ({"note": "zz"}, "unknown_note"),
        ({"line": "zz"}, "unknown_line"),
        ({"note": "a", "words": ""}, "overtaken"),
        ({"note": "a", "start": 6}, "overtaken"),
        ({"note": "a", "seen": NOTE + " "}, "overtaken"),
        ({"note": "a", "start": 22, "end": 100, "words": NOTE[22:]}, "overtaken"),
        ({"note": "a", "start": 36, "end": 36, "words": ""}, "overtaken"),
        ({"note": "a", "start": -1}, "malformed"),
        ({"note": "a", "found": "colour"}, "malformed"),
        ({"note": "a", "decision": "keep"}, "empty_reason"),
        ({"note": "a", "decision": "keep", "reason": "x" * 501}, "reason_too_long"),
        ({"note": "a", "reason": "\x00"}, "control_characters"),
    ],
)
def test_what_makes_no_sense_is_refused(
    session: Session, workshop: Workshop, fields: dict[str, Any], code: str
) -> None:
    whole = {"start": 7, "end": 20, "words": "Fatima Haddad", "seen": NOTE, "found": "name", "decision": "mask"}
    assert NOTE[7:20] == whole["words"]
    assert answered(session, workshop, "finding.decide", **{**whole, **fields}) == code
    assert told(session, workshop)["a", "Fatima Haddad"] is None
