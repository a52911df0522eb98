"""Communities in the graph of who is most like whom, so many as asked for."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping

import igraph
import leidenalg

from verkstad.clustering.arithmetic import nearest
from verkstad.clustering.encoder import Vectors

# A note is joined to fewer others than its theme has notes, and themes grow as the root of the number of notes.
_SHARE_OF_ROOT = 0.7
_FEWEST, _MOST = 4, 15
_TRIES = 18
# Up to fifteen communities are counted exactly; of thirty one more or less will do.
_NEAR_ENOUGH = 16
_COARSEST, _FINEST = 0.05, 20.0
_LEAST_WEIGHT = 1e-3


def communities(points: Vectors, count: int, fixed: Mapping[int, int]) -> list[int]:
    """The community of each point: about ``count`` of them.

    Points in ``fixed`` stay in the community that it names; those communities are numbered from 0.
    """
    graph = _graph(points)
    pinned = [point in fixed for point in range(len(points))]
    free = max(fixed.values(), default=-1) + 1
    numbers = itertools.count(free)
    start = [fixed[point] if point in fixed else next(numbers) for point in range(len(points))]
    best: list[int] = []
    low, high = _COARSEST, _FINEST
    for _ in range(_TRIES):
        resolution = math.sqrt(low * high)
        found = _optimise(graph, resolution, start, pinned)
        size = len(set(found))
        if not best or abs(size - count) < abs(len(set(best)) - count):
            best = found
        if abs(size - count) <= count // _NEAR_ENOUGH:
            break
        low, high = (resolution, high) if size < count else (low, resolution)
    return best


def components(vectors: Vectors, likeness: float, fixed: Mapping[int, int]) -> list[int]:
    """The same for a few notes: those that are at least so alike are one, and nothing joins what is fixed."""
    count = len(vectors)
    free = max(fixed.values(), default=-1) + 1
    alike = vectors @ vectors.T >= likeness
    loose = [point for point in range(count) if point not in fixed]
    edges = [(a, b) for a in loose for b in loose if a < b and alike[a, b]]
    found = igraph.Graph(count, edges).connected_components().membership
    return [fixed.get(point, free + number) for point, number in enumerate(found)]


def _optimise(graph: igraph.Graph, resolution: float, start: list[int], pinned: list[bool]) -> list[int]:
    partition = leidenalg.RBConfigurationVertexPartition(
        graph, initial_membership=start, weights="weight", resolution_parameter=resolution
    )
    optimiser = leidenalg.Optimiser()
    optimiser.set_rng_seed(0)
    optimiser.optimise_partition(partition, n_iterations=4, is_membership_fixed=pinned)
    return list(partition.membership)


def _graph(points: Vectors) -> igraph.Graph:
    """Each point and those most like it; the square makes what is far count little."""
    size = round(_SHARE_OF_ROOT * math.sqrt(len(points)))
    who, how = nearest(points, points, min(max(size, _FEWEST), _MOST), same=True)
    weights = {
        (min(a, int(b)), max(a, int(b))): max(float(likeness), 0) ** 2 + _LEAST_WEIGHT
        for a, (others, likenesses) in enumerate(zip(who, how, strict=True))
        for b, likeness in zip(others, likenesses, strict=True)
    }
    edges = sorted(weights)
    return igraph.Graph(len(points), edges, edge_attrs={"weight": [weights[edge] for edge in edges]})
