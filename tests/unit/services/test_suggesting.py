"""What the machine would do as an evening grows: first all of it, then around what people have touched."""

from __future__ import annotations

from dataclasses import replace

from subjects import notes_about, vectors_about
from verkstad.clustering.simple import SimpleEncoder
from verkstad.services.evening import Evening, NoteNow, Proposal, ThemeNow
from verkstad.services.suggesting import Plan, decide
from verkstad.storage.suggestion import Kind

ENCODER = SimpleEncoder()


def evening(subjects: list[int], seen: int, themes: str = "", *, touched: bool = False) -> Evening:
    """Notes about subjects, the first of them seen and in the theme of their subject where that is named."""
    notes = []
    for i, (note, subject) in enumerate(zip(notes_about(subjects), subjects, strict=True)):
        theme = themes[subject] if i < seen and subject < len(themes) else None
        notes.append(NoteNow(note.id, note.text, note.group or "", theme, False, i >= seen, i >= seen, False, True))
    made = [ThemeNow(key, f"Tema {key}", named=False) for key in themes]
    return Evening(0, 0, bool(themes), False, notes, made, [], touched=touched)


def plan(of: Evening, subjects: list[int]) -> Plan:
    return decide(of, vectors_about(subjects), ENCODER, ())


def moved(of: Plan) -> set[str]:
    return {move["note"] for move in of.content["moves"]}


def about(subjects: list[int], subject: int) -> list[str]:
    return [f"n{i:03}" for i, each in enumerate(subjects) if each == subject]


def test_twelve_notes_are_sorted_and_eleven_are_not() -> None:
    subjects = [i % 3 for i in range(12)]
    assert plan(evening(subjects[:11], 0), subjects[:11]).content == {"moves": [], "themes": []}
    first = plan(evening(subjects, 0), subjects)
    assert (first.kind, first.again) == ("machine.sort", False)
    assert moved(first) == {f"n{i:03}" for i in range(12)}
    assert {move["to"] for move in first.content["moves"]} == {theme["id"] for theme in first.content["themes"]}


def test_what_nobody_has_touched_is_sorted_anew_when_it_has_grown() -> None:
    subjects = [i % 4 for i in range(24)]
    again = plan(evening(subjects, 23, "abc"), subjects)
    assert (again.kind, again.again) == ("machine.sort", True)
    assert moved(again) >= set(about(subjects, 3))
    assert plan(evening(subjects[:23], 22, "abc"), subjects[:23]).kind == "machine.place"


def test_what_somebody_has_touched_is_not_and_new_themes_are_for_them_to_agree_to() -> None:
    subjects = [i % 4 for i in range(24)]
    later = plan(evening(subjects, 23, "abc", touched=True), subjects)
    assert (later.kind, later.themes) == ("machine.place", [])
    assert not moved(later)
    assert later.proposals is not None
    new = [content for kind, content in later.proposals if kind is Kind.SPLIT and content["theme"] is None]
    assert new
    assert all(set(content["notes"]) <= set(about(subjects, 3)) for content in new)


def test_what_has_no_place_gets_a_theme_at_once_until_people_begin() -> None:
    subjects = [i % 4 for i in range(28)]
    later = plan(evening(subjects, 24, "abc"), subjects)
    assert later.kind == "machine.place"
    assert later.themes
    for theme in later.themes:
        gathered = {note for note, place in later.places.items() if place.theme == theme.id}
        assert len(gathered) >= 3
        assert gathered <= set(about(subjects, 3))
    assert all(place.theme == "abc"[subjects[int(n[1:])]] for n, place in later.places.items() if place.theme in "abc")


def test_what_somebody_said_no_to_is_not_proposed_again() -> None:
    subjects = [i % 4 for i in range(24)]
    before = evening(subjects, 23, "abc", touched=True)
    content = {"theme": None, "notes": about(subjects, 3)[1:], "label": "Hyra"}
    refused = replace(before, proposals=[Proposal("s", Kind.SPLIT, content, open=False, dismissed=True)])
    assert plan(refused, subjects).proposals == []


def test_between_two_looks_a_newcomer_is_placed_with_what_was_kept() -> None:
    subjects = [i % 3 for i in range(41)]
    first = plan(evening(subjects[:40], 39, "abc"), subjects[:40])
    assert first.placer is not None
    now = evening(subjects, 40, "abc")
    later = decide(now, vectors_about(subjects), ENCODER, (), first.placer)
    assert later.placer is first.placer
    assert (moved(later), later.proposals) == ({"n040"}, None)
    assert later.places["n040"].theme == "b"


def test_what_was_taken_out_is_left_where_it_is() -> None:
    subjects = [i % 4 for i in range(28)]
    before = evening(subjects, 24, "abc", touched=True)
    notes = [replace(note, moved=note.id in about(subjects, 3)) for note in before.notes]
    later = plan(replace(before, notes=notes), subjects)
    assert not moved(later) & set(about(subjects, 3))
    assert not any(content["theme"] is None for kind, content in later.proposals or [] if kind is Kind.SPLIT)
