"""Communities are as many as asked for, follow the points, and leave what is fixed."""

from __future__ import annotations

from subjects import vectors_about
from verkstad.clustering.graph import communities, components

SUBJECTS = [i % 5 for i in range(40)]


def test_communities_are_the_subjects() -> None:
    found = communities(vectors_about(SUBJECTS), 5, {})
    assert len(set(zip(SUBJECTS, found, strict=True))) == 5 == len(set(found))


def test_what_is_fixed_stays_though_it_fits_elsewhere() -> None:
    fixed = {0: 0, 1: 1, 5: 1}
    found = communities(vectors_about(SUBJECTS), 5, fixed)
    assert [found[point] for point in fixed] == list(fixed.values())


def test_equal_points_are_divided_without_complaint() -> None:
    assert len(communities(vectors_about([3] * 12, spread=0), 4, {})) == 12


def test_a_few_are_joined_only_when_they_are_alike() -> None:
    vectors = vectors_about([0, 0, 1, 2], spread=0.1)
    assert components(vectors, 0.9, {}) == [0, 0, 1, 2]
    assert components(vectors, 0.9, {0: 0, 1: 1})[:2] == [0, 1]
