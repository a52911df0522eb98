"""Embeds the shipped concepts and learns from them: what `make concepts` runs when sv.txt has changed."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from verkstad.clustering import concepts
from verkstad.clustering.encoder import E5Encoder
from verkstad.clustering.library import FILE, key_of, learn_metric, line_of, phrases_of


def main() -> None:
    """Writes the file beside the concepts."""
    encoder, shipped = E5Encoder(), concepts.shipped()
    lines = [line_of(concept) for concept in shipped]
    phrases = [(number, phrase) for number, concept in enumerate(shipped) for phrase in phrases_of(concept)]
    print(f"{len(lines)} concepts, {len(phrases)} phrases: about a minute")
    metric = learn_metric(encoder.embed([phrase for _, phrase in phrases]), [number for number, _ in phrases])
    np.savez(
        Path(concepts.__file__).with_name(FILE),
        encoder=np.array(encoder.name),
        keys=np.array([key_of(line) for line in lines], np.uint64),
        vectors=encoder.embed(lines).astype(np.float16),
        metric=metric.astype(np.float16),
    )


if __name__ == "__main__":
    main()
