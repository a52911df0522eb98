"""What anybody would try first, given as many themes as ours may make."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from benchmarks.themes.gold import Gold, Places
from sklearn.cluster import AgglomerativeClustering, KMeans
from sklearn.feature_extraction.text import TfidfVectorizer

from verkstad.clustering.encoder import Vectors
from verkstad.clustering.sorting import theme_count

Baseline = Callable[[Sequence[Gold], Vectors], Places]


def _words(gold: Sequence[Gold], vectors: Vectors) -> Places:
    table = TfidfVectorizer(sublinear_tf=True).fit_transform([note.text for note in gold])
    return _places(gold, KMeans(theme_count(len(gold)), n_init=10, random_state=0).fit_predict(table))


def _letters(gold: Sequence[Gold], vectors: Vectors) -> Places:
    table = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True, min_df=2)
    points = table.fit_transform([note.text for note in gold]).toarray()
    linked = AgglomerativeClustering(theme_count(len(gold)), metric="cosine", linkage="average")
    # A note of no known piece is at no angle to anything.
    points[points.sum(1) == 0] = 1e-6
    return _places(gold, linked.fit_predict(points))


def _vectors(gold: Sequence[Gold], vectors: Vectors) -> Places:
    return _places(gold, KMeans(theme_count(len(gold)), n_init=10, random_state=0).fit_predict(vectors))


def _places(gold: Sequence[Gold], labels: Sequence[int]) -> Places:
    return {note.id: str(label) for note, label in zip(gold, labels, strict=True)}


BASELINES: dict[str, Baseline] = {"words k-means": _words, "letters linked": _letters, "vectors k-means": _vectors}
