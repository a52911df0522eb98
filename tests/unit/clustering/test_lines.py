"""What `verkstad cluster` reads and writes."""

from __future__ import annotations

import pytest

from verkstad.clustering.lines import Line, read_lines, sort_lines
from verkstad.clustering.simple import SimpleEncoder
from verkstad.domain.errors import Invalid


def test_lines_are_read_with_or_without_what_is_optional() -> None:
    lines = read_lines(
        '{"id":"a","text":"Å"}\n\n{"id":"b","text":"","question":"q1","group":3,"heading":"x"}\r\n'.encode()
    )
    assert lines == [Line("a", "Å"), Line("b", "", "q1", 3)]


@pytest.mark.parametrize(
    ("content", "number"),
    [
        (b'{"id":"a","text":"x"}\nnot json', 2),
        (b'{"id":"a"}', 1),
        (b'\n{"id":1,"text":"x"}', 2),
        (b'{"id":"a","text":"x"}\n{"id":"a","text":"y"}', 2),
        (b'{"id":"a","text":"\xff"}', 1),
        (b"[]", 1),
    ],
)
def test_a_bad_line_is_named(content: bytes, number: int) -> None:
    with pytest.raises(Invalid) as refusal:
        read_lines(content)
    assert refusal.value.params["line"] == number


def test_answers_come_in_the_order_of_the_lines() -> None:
    lines = [Line("b", "Fler bussar"), Line("a", "fler bussar!"), Line("c", "?")]
    answers = list(sort_lines(lines, SimpleEncoder(), ()))
    assert [answer.id for answer in answers] == ["b", "a", "c"]
    assert answers[0].theme == answers[1].theme is not None
    assert (answers[2].theme, answers[2].label) == (None, None)


def test_lines_with_an_earlier_theme_keep_it() -> None:
    lines = [
        Line("a", "Fler bussar", previous_cluster="x"),
        Line("b", "Skolmat", previous_cluster="y"),
        Line("c", "skolmat"),
    ]
    answers = list(sort_lines(lines, SimpleEncoder(), ()))
    assert [answer.theme for answer in answers] == ["x", "y", "y"]
