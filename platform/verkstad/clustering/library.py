"""The concepts of an evening as vectors, and the directions in which concepts differ.

Embedding the shipped library takes ten seconds, so its vectors come with it, in `concepts/sv.npz`; a line that an
installation has changed is embedded when it is read. The same file holds a metric: the directions that tell concepts
apart rather than the many ways to say one, learnt from the phrases of the library alone. `make concepts` writes it.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from verkstad.clustering import concepts as shipped_concepts
from verkstad.clustering.arithmetic import unit
from verkstad.clustering.concepts import Concept
from verkstad.clustering.encoder import Encoder, Vectors
from verkstad.clustering.text import plain

DIRECTIONS = 100
_SHRINKAGE = 0.7
# A theme that a person named, or said before that the evening would have, is expected more than any other.
_BOOST = 1.6
FILE = "sv.npz"
_REMEMBERED = 1000
_remembered: dict[tuple[str, str], Vectors] = {}


@dataclass(frozen=True, slots=True)
class Library:
    """What an evening may be about."""

    titles: tuple[str, ...]
    headlines: NDArray[np.bool_]  # which of them may be one
    vectors: Vectors
    boosts: Vectors
    mean: Vectors
    metric: Vectors


@dataclass(frozen=True, slots=True)
class _Shipped:
    encoder: str
    lines: dict[int, int]
    vectors: Vectors
    metric: Vectors


def read_library(encoder: Encoder, concepts: Sequence[Concept], named: Sequence[str] = ()) -> Library | None:
    """The concepts as vectors, and the themes that people named among them.

    None where there are no concepts, or the encoder knows no meanings to compare.
    """
    shipped = _shipped()
    if encoder.name != shipped.encoder or not (concepts or named):
        return None
    lines = [line_of(concept) for concept in concepts] + [plain(name) for name in named]
    known = [shipped.lines.get(key_of(line)) for line in lines]
    vectors = shipped.vectors[[row or 0 for row in known]]
    new = [i for i, row in enumerate(known) if row is None]
    if new:
        vectors[new] = [_own(encoder, lines[i]) for i in new]
    mean = shipped.vectors.mean(0)
    return Library(
        titles=(*(concept.title for concept in concepts), *named),
        vectors=unit(vectors - mean),
        headlines=np.array([*(concept.headline for concept in concepts), *(True for _ in named)], bool),
        boosts=np.array(
            [*(_BOOST if concept.expected else 1 for concept in concepts), *(_BOOST for _ in named)], np.float32
        ),
        mean=mean,
        metric=shipped.metric,
    )


def _own(encoder: Encoder, line: str) -> Vectors:
    """The vector of a line that did not come with the library; the latest are remembered."""
    key = encoder.name, line
    found = _remembered.pop(key, None)
    _remembered[key] = encoder.embed([line])[0] if found is None else found
    if len(_remembered) > _REMEMBERED:
        del _remembered[next(iter(_remembered))]
    return _remembered[key]


def line_of(concept: Concept) -> str:
    """What of a concept is embedded."""
    return plain(f"{concept.title} {concept.words}")


def key_of(line: str) -> int:
    """The number a line is known by."""
    return int.from_bytes(blake2b(line.encode(), digest_size=8).digest())


def phrases_of(concept: Concept) -> list[str]:
    """The title, and each way of putting it."""
    return [concept.title, *(phrase.strip() for phrase in concept.words.split(",") if phrase.strip())]


@functools.cache
def _shipped() -> _Shipped:
    with resources.files(shipped_concepts).joinpath(FILE).open("rb") as file, np.load(file) as kept:
        return _Shipped(
            encoder=str(kept["encoder"]),
            lines={int(key): row for row, key in enumerate(kept["keys"])},
            vectors=kept["vectors"].astype(np.float32),
            metric=kept["metric"].astype(np.float32),
        )


def learn_metric(phrases: Vectors, owners: Sequence[int]) -> Vectors:
    """Directions in which concepts differ more than their own phrases do (linear discriminants, shrunk).

    Each direction is weighted by the root of how much it tells apart.
    """
    owner = np.asarray(owners)
    points = phrases.astype(np.float64) - phrases.mean(0)
    means = np.stack([points[owner == concept].mean(0) for concept in range(owner.max() + 1)])
    within = points - means[owner]
    values, axes = np.linalg.eigh(within.T @ within / len(points))
    whitening = (axes * (np.maximum(values, 0) / values.mean() + _SHRINKAGE) ** -0.5) @ axes.T
    values, axes = np.linalg.eigh(whitening @ np.cov(means.T) @ whitening)
    best: NDArray[np.intp] = np.argsort(-values)[:DIRECTIONS]
    metric: Vectors = (whitening @ axes[:, best] * np.sqrt(np.maximum(values[best], 0) / values.max())).astype(
        np.float32
    )
    return metric
