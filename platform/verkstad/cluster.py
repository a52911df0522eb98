"""`verkstad cluster`: the sorting by itself. It needs nothing of the application, and starts without loading it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import BinaryIO

import click


@click.command()
@click.argument("file", type=click.File("rb"), default="-")
def cluster(file: BinaryIO) -> None:
    """Sort notes, one a line as JSON, into themes; reads standard input when there is no FILE."""
    # The arithmetic takes a hundred megabytes, which the other commands do without.
    from verkstad.clustering.encoder import best_encoder

    with ThreadPoolExecutor(1) as aside:
        # Trying the processor out takes as long as loading the rest.
        trying = aside.submit(best_encoder)
        import msgspec

        from verkstad.clustering import concepts, lines

        notes = lines.read_lines(file.read())
        encoder = trying.result()
    if encoder.simple:
        click.echo("This machine cannot run the encoder: simple sorting, by letters and words.", err=True)
    for line in lines.sort_lines(notes, encoder, concepts.shipped()):
        click.echo(msgspec.json.encode(line))
