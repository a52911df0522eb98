"""The plan of a rehearsal: every note once, in order, at about the right time."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from verkstad.domain.workshop_file import FORMAT, FileGroup, FileHidden, FileNote, FileQuestion, WorkshopFile
from verkstad.services.rehearsal import Step, plan

QUESTIONS = ("q1", "q2", "q3")


def evening(*notes: FileNote, questions: tuple[str, ...] = QUESTIONS) -> WorkshopFile:
    return WorkshopFile(
        format=FORMAT,
        title="Kväll",
        questions=tuple(FileQuestion(q, f"Fråga {q}") for q in questions),
        groups=tuple(FileGroup(number) for number in sorted({n.group for n in notes})),
        notes=notes,
    )


def written(steps: list[Step]) -> list[tuple[int | None, str | None, str]]:
    return [(s.group, s.fields["question"], s.fields["text"]) for s in steps if s.kind == "note.add"]


NOTES = st.lists(
    st.builds(
        FileNote,
        id=st.uuids().map(str),
        group=st.integers(1, 9),
        text=st.text(min_size=1, max_size=200),
        question=st.sampled_from([None, *QUESTIONS]),
        late=st.booleans(),
    ),
    max_size=40,
)


@given(NOTES)
def test_every_note_is_sent_once_and_no_earlier_than_its_question_opens(notes: list[FileNote]) -> None:
    steps = plan(evening(*notes))
    assert Counter(written(steps)) == Counter((n.group, n.question, n.text) for n in notes)
    opened = {s.fields["question"]: s.at for s in steps if s.kind == "round.open"}
    assert all(s.at >= opened.get(s.fields["question"], 0) for s in steps if s.kind == "note.add")
    assert all(s.at >= opened[s.after] for s in steps if s.after is not None)


@given(NOTES)
def test_a_group_writes_the_notes_of_a_round_in_the_order_of_the_file(notes: list[FileNote]) -> None:
    on_time = [FileNote(n.id, n.group, n.text, n.question) for n in notes]
    sent = written(plan(evening(*on_time)))
    for group, question in {(n.group, n.question) for n in on_time}:
        mine = [n.text for n in on_time if (n.group, n.question) == (group, question)]
        assert [text for g, q, text in sent if (g, q) == (group, question)] == mine


def test_the_evening_takes_about_a_minute_and_half_of_it_at_twice_the_speed() -> None:
    content = evening(*(FileNote(f"n{n}", n % 8 + 1, "x" * 80, QUESTIONS[n % 3]) for n in range(72)))
    assert 45 <= plan(content)[-1].at <= 60
    assert plan(content, speed=2)[-1].at * 2 == plan(content)[-1].at


def test_the_facilitator_opens_shares_and_closes_in_order() -> None:
    steps = plan(evening(FileNote("a", 1, "x", "q1"), questions=("q1", "q2")))
    kinds = [s.kind for s in steps if s.group is None and s.kind != "screen.show"]
    assert kinds == ["round.open", "round.share", "round.open", "round.share", "workshop.state"]
    assert steps[-1].kind == "workshop.state"


def test_a_late_note_comes_in_the_next_round_and_is_still_about_its_own_question() -> None:
    steps = plan(evening(FileNote("a", 1, "sent", "q1", late=True), FileNote("b", 2, "i tid", "q1")))
    late = next(s for s in steps if s.fields.get("text") == "sent")
    assert (late.fields["question"], late.after) == ("q1", "q2")


def test_what_was_hidden_or_withdrawn_is_not_played_again() -> None:
    at = datetime(2025, 11, 4, tzinfo=UTC)
    hidden = FileNote("a", 1, "namn", "q1", hidden=FileHidden("namn"))
    withdrawn = FileNote("b", 1, "", "q1", withdrawn_at=at)
    assert written(plan(evening(hidden, withdrawn, FileNote("c", 1, "kvar", "q1")))) == [(1, "q1", "kvar")]


def test_an_evening_without_questions_or_notes_can_be_played() -> None:
    assert written(plan(evening(FileNote("a", 1, "x"), questions=()))) == [(1, None, "x")]
    assert [s.kind for s in plan(evening(questions=()))] == ["workshop.state"]
