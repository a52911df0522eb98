"""How long sorting takes and how much memory, in processes of their own."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from benchmarks.themes.gold import Gold

from verkstad.clustering.concepts import Concept
from verkstad.clustering.encoder import Encoder
from verkstad.clustering.material import Material
from verkstad.clustering.placing import Placer
from verkstad.clustering.sorting import sort
from verkstad.clustering.themes import Note, Theme


@dataclass(frozen=True, slots=True)
class Clock:
    """Seconds, and megabytes of the largest process."""

    cold: float
    many_cold: float
    many_sorted: float
    one_more: float
    embedding_one: float
    memory: float


def measure(few: Sequence[Gold], everything: Sequence[Gold], encoder: Encoder, concepts: Sequence[Concept]) -> Clock:
    """76 notes and 1,500 notes from the start of a process, the 1,500 with vectors at hand, and one note more."""
    many = _many(everything, 1500)
    cold = min(_command(few) for _ in range(3))
    many_cold = _command(many)
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    notes = [note.note for note in many]
    vectors = encoder.embed([note.text for note in notes])
    start = time.perf_counter()
    sorting = sort(Material(notes, vectors, encoder, concepts))
    sorted_in = time.perf_counter() - start
    start = time.perf_counter()
    vector = encoder.embed(["Fler bänkar längs promenaden"])
    embedded = time.perf_counter() - start
    themes = [Theme(theme.id, theme.notes) for theme in sorting.themes]
    placer = Placer(Material(notes, vectors, encoder, concepts, themes))
    start = time.perf_counter()
    new = Note("new", "Fler bänkar längs promenaden")
    placer.place([*notes, new], np.vstack([vectors, vector]), themes, {new.id})
    return Clock(cold, many_cold, sorted_in, time.perf_counter() - start, embedded, memory)


def _many(gold: Sequence[Gold], count: int) -> list[Gold]:
    """So many different notes of ordinary length: each note followed by the first words of another."""
    found = []
    for number in range(count):
        one, other = gold[number % len(gold)], gold[(number * 7 + number // len(gold)) % len(gold)]
        words = one.text.split()[:12] + other.text.split()[: number // len(gold)]
        found.append(Gold(f"m{number}", " ".join(words) + f" {number}", one.theme, one.group))
    return found


def _command(gold: Sequence[Gold]) -> float:
    lines = "".join(json.dumps({"id": note.id, "text": note.text, "group": note.group}) + "\n" for note in gold)
    start = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "verkstad.entry", "cluster"], input=lines.encode(), capture_output=True, check=True
    )
    return time.perf_counter() - start
