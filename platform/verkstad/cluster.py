"""`verkstad cluster`: the sorting by itself. It needs nothing of the application, and starts without loading it."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from typing import BinaryIO, TextIO

import click


@click.command()
@click.argument("file", type=click.File("rb"), default="-")
@click.option(
    "--expect", type=click.File(encoding="utf-8"), help="Themes that are expected, a line each: “Title: words”."
)
def cluster(file: BinaryIO, expect: TextIO | None) -> None:
    """Sort notes, one a line as JSON, into themes; reads standard input when there is no FILE."""
    # Before any arithmetic is loaded.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from verkstad.clustering.processor import runs_e5

    with ThreadPoolExecutor(1) as aside:
        # Trying the processor out takes as long as loading the rest; what sorts is loaded while notes are embedded.
        tried = aside.submit(runs_e5)
        # The arithmetic takes a hundred megabytes, which the other commands do without.
        import msgspec

        from verkstad.clustering import concepts, lines
        from verkstad.clustering.encoder import best_encoder

        aside.submit(lines.prepare)
        library = concepts.expecting(concepts.shipped(), expect or ())
        notes = lines.read_lines(file.read())
        tried.result()
        encoder = best_encoder()
        if encoder.simple:
            click.echo("This machine cannot run the encoder: simple sorting, by letters and words.", err=True)
        for line in lines.sort_lines(notes, encoder, library):
            click.echo(msgspec.json.encode(line))
