"""The order of themes: by groups, then by notes, and nobody is lifted by repeating."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from factories import make_evening
from verkstad.domain.summary import Summary
from verkstad.domain.theme import ThemeOrder
from verkstad.domain.workshop_file import FileGroup, FileNote, FileTheme

THEMES = ("t1", "t2", "t3", "t4")
# Group, text and theme of a note; few of each, so that themes come close to each other.
NOTES = st.lists(
    st.tuples(st.integers(1, 3), st.sampled_from(["Fler bussar", "fler  bussar!", "Tåg"]), st.sampled_from(THEMES)),
    max_size=12,
)


def summary(notes: list[tuple[int, str, str]], order: ThemeOrder = ThemeOrder.GROUPS) -> Summary:
    themes = (
        FileTheme(id=theme, label=theme, notes=tuple(f"n{i}" for i, note in enumerate(notes) if note[2] == theme))
        for theme in THEMES
    )
    return Summary(
        make_evening(
            groups=tuple(FileGroup(number=n) for n in (1, 2, 3)),
            notes=tuple(FileNote(id=f"n{i}", group=group, text=text) for i, (group, text, _) in enumerate(notes)),
            themes=tuple(themes),
            theme_order=order,
        )
    )


@given(NOTES, st.integers(1, 3))
def test_one_group_s_notes_ten_times_over_change_no_rank(notes: list[tuple[int, str, str]], group: int) -> None:
    once, tenfold = summary(notes), summary(notes + [note for note in notes if note[0] == group] * 9)
    for section in ("themes", "single_voices"):
        assert [t.id for t in getattr(once, section)] == [t.id for t in getattr(tenfold, section)]


def test_themes_stand_by_groups_and_then_by_notes_and_then_as_they_were_made() -> None:
    said = [
        *[(1, "a", "t1"), (2, "a", "t1")],
        *[(1, "a", "t2"), (1, "b", "t2"), (3, "a", "t2")],
        *[(1, "a", "t3"), (2, "a", "t3"), (3, "a", "t3")],
        *[(2, "a", "t4"), (3, "a", "t4")],
    ]
    assert [theme.id for theme in summary(said).themes] == ["t3", "t2", "t1", "t4"]
    assert [theme.id for theme in summary(said, ThemeOrder.OWN).themes] == list(THEMES)
