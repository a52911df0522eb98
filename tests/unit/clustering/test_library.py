"""The library's vectors come with it, what an installation changes is embedded, and the metric tells concepts apart."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from encoders import needs_e5
from subjects import vectors_about
from verkstad.clustering.concepts import Concept, expecting, shipped
from verkstad.clustering.encoder import Vectors, best_encoder
from verkstad.clustering.library import DIRECTIONS, learn_metric, line_of, read_library
from verkstad.clustering.simple import SimpleEncoder


class Counting:
    """The encoder, and what it was asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.name = best_encoder().name
        self.simple = False
        self.near, self.clear, self.alike = best_encoder().near, best_encoder().clear, best_encoder().alike

    def embed(self, texts: Sequence[str]) -> Vectors:
        """What the encoder makes of them."""
        self.asked += texts
        return best_encoder().embed(texts)


@needs_e5
def test_no_shipped_concept_needs_to_be_embedded() -> None:
    encoder = Counting()
    library = read_library(encoder, shipped())
    assert library is not None
    assert encoder.asked == [], "sv.txt has changed: run make concepts"
    assert library.titles == tuple(concept.title for concept in shipped())


@needs_e5
def test_the_shipped_vectors_are_those_of_the_shipped_lines() -> None:
    library = read_library(best_encoder(), shipped())
    assert library is not None
    some = range(0, len(shipped()), 97)
    fresh = best_encoder().embed([line_of(shipped()[i]) for i in some])
    kept = library.vectors[list(some)]
    likeness = (kept @ fresh.T).argmax(1)
    assert likeness.tolist() == list(range(len(likeness)))


@needs_e5
def test_a_line_of_ones_own_and_a_named_theme_are_embedded() -> None:
    encoder = Counting()
    own = Concept("Skridskobanan", "isen på torget, spola om vintern")
    library = read_library(encoder, [*shipped()[:3], own], ["Det nya badhuset"])
    assert library is not None
    assert len(encoder.asked) == 2
    assert library.titles[-2:] == ("Skridskobanan", "Det nya badhuset")
    assert library.boosts[-1] > library.boosts[-2]


@needs_e5
def test_what_an_evening_expects_is_embedded_once_and_counts_as_what_people_named() -> None:
    encoder = Counting()
    concepts = expecting(shipped()[:3], ["Skridskobanan: isen på torget"])
    first, again = read_library(encoder, concepts), read_library(encoder, concepts, ["Torget"])
    assert first is not None
    assert again is not None
    assert encoder.asked == ["skridskobanan isen på torget", "torget"]
    assert again.boosts[-1] == again.boosts[-2] > again.boosts[0]


def test_the_simple_encoder_has_no_library() -> None:
    assert read_library(SimpleEncoder(), shipped()) is None


def test_nothing_expected_is_no_library() -> None:
    assert read_library(best_encoder(), ()) is None


def test_the_metric_sees_what_tells_concepts_apart() -> None:
    owners = [concept for concept in range(12) for _ in range(6)]
    phrases = vectors_about(owners, spread=1.5)
    told = (phrases - phrases.mean(0)) @ learn_metric(phrases, owners)
    assert told.shape[1] <= DIRECTIONS
    same = np.equal.outer(owners, owners) & ~np.eye(len(owners), dtype=bool)

    def contrast(points: Vectors) -> float:
        points = points / np.linalg.norm(points, axis=1, keepdims=True)
        likeness = points @ points.T
        return float(likeness[same].mean() - likeness[~same].mean())

    assert contrast(told) > contrast(phrases - phrases.mean(0))
