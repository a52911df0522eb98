"""The checker is shown histories that went wrong, one fault at a time: it must be able to fail."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from faults.history import Class, Event, History, Shown, Stored, What, ack_times, judge

Spoil = Callable[[list[Event], list[Stored], list[Shown]], None]


def evening() -> tuple[list[Event], list[Stored], list[Shown]]:
    """Two phones at table 1, one at table 2 and a board; all went well, one answer never came, one was refused."""
    history = History()
    for revision, (client, note, group) in enumerate([("a", "n1", 1), ("b", "n2", 1), ("c", "n3", 2), ("a", "n4", 1)]):
        history.invoke(client, note, group, f"text {note}")
        history.answer(What.OK, client, note, 10 + revision)
    history.invoke("b", "n5", 1, "never answered")
    history.answer(What.UNKNOWN, "b", "n5")
    history.invoke("c", "n6", 2, "too long")
    history.answer(What.FAIL, "c", "n6")
    stored = [Stored(f"n{n}", 2 if n == 3 else 1, f"text n{n}", 9 + n) for n in (1, 2, 3, 4)]
    first = {note.id: note.text for note in stored if note.group == 1}
    second = {"n3": "text n3"}
    shown = [Shown("a", 1, first), Shown("b", 1, first), Shown("c", 2, second), Shown("board", None, first | second)]
    return list(history), stored, shown


def test_a_good_evening_has_no_faults() -> None:
    history, stored, shown = evening()
    verdict = judge(history, stored, shown)
    assert verdict.faults == {}
    assert [verdict.classes[f"n{n}"] for n in range(1, 7)] == [Class.OK] * 4 + [Class.ABSENT, Class.REFUSED]
    assert len(ack_times(history)) == 4


def test_a_note_that_was_never_answered_may_be_there_once() -> None:
    history, stored, shown = evening()
    stored.append(Stored("n5", 1, "never answered", 14))
    shown = [replace(s, notes={**s.notes, "n5": "never answered"}) if s.group != 2 else s for s in shown]
    assert judge(history, stored, shown).faults == {}


def say(what: What, client: str, note: str, revision: int) -> Spoil:
    """One more answer."""
    return lambda events, stored, shown: events.append(Event(99.0, what, client, note, revision=revision))


def store(note: str, group: int, text: str, revision: int = 20) -> Spoil:
    """One more row."""
    return lambda events, stored, shown: stored.append(Stored(note, group, text, revision))


def change(place: int, **fields: object) -> Spoil:
    """Another row than what was sent."""
    return lambda events, stored, shown: stored.__setitem__(place, replace(stored[place], **fields))  # type: ignore[arg-type]


def show(group: int | None, **notes: str) -> Spoil:
    """One more client, with these notes and no others."""
    return lambda events, stored, shown: shown.append(Shown("d", group, notes))


def lose(events: list[Event], stored: list[Stored], shown: list[Shown]) -> None:
    del stored[1]


def reorder(events: list[Event], stored: list[Stored], shown: list[Shown]) -> None:
    """The second note of phone a is stored, and answered, before its first."""
    other = {"n1": 13, "n4": 10}
    stored[:] = [replace(s, revision=other.get(s.id, s.revision)) for s in stored]
    events[:] = [replace(e, revision=other[e.id]) if e.what is What.OK and e.id in other else e for e in events]


FIRST = {"n1": "text n1", "n2": "text n2", "n4": "text n4"}


@pytest.mark.parametrize(
    ("note", "kind", "spoil"),
    [
        ("n2", Class.LOST, lose),
        ("n2", Class.DUPLICATED, store("n2", 1, "text n2")),
        ("n2x", Class.DUPLICATED, store("n2x", 1, "text n2")),
        ("n2", Class.DUPLICATED, say(What.OK, "b", "n2", 11)),
        ("n2", Class.DUPLICATED, say(What.DUPLICATE, "b", "n2", 15)),
        ("n9", Class.PHANTOM, store("n9", 1, "from nowhere")),
        ("n6", Class.PHANTOM, store("n6", 2, "too long")),
        ("n9", Class.PHANTOM, show(2, n3="text n3", n9="?")),
        ("n5", Class.PHANTOM, show(1, **FIRST, n5="never answered")),
        ("n3", Class.STRAY, show(1, **FIRST, n3="text n3")),
        ("n3", Class.CHANGED, change(2, text="another")),
        ("n3", Class.CHANGED, change(2, group=1)),
        ("n3", Class.CHANGED, change(2, revision=99)),
        ("n4", Class.REORDERED, reorder),
        ("n4", Class.STALE, show(1, n1="text n1", n2="text n2")),
        ("n3", Class.STALE, show(2, n3="text")),
        ("n3", Class.STALE, show(None, **FIRST)),
    ],
)
def test_each_fault_is_found_and_named(note: str, kind: Class, spoil: Spoil) -> None:
    history, stored, shown = evening()
    spoil(history, stored, shown)
    verdict = judge(history, stored, shown)
    assert verdict.classes[note] is kind
    assert note in verdict.faults


def test_texts_are_compared_as_unicode_does() -> None:
    history = History()
    history.invoke("a", "n1", 1, "A\u030angstro\u0308m")
    history.answer(What.OK, "a", "n1", 2)
    assert judge(history, [Stored("n1", 1, "\u00c5ngstr\u00f6m", 2)], []).faults == {}
