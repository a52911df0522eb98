"""A file that is less than it should be is handed out, and whoever fetched it is told why."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from flask import Flask

from desks import Desk
from factories import make_evening
from verkstad.cli import cli
from verkstad.documents import typesetting
from verkstad.extensions import db
from verkstad.services.workshop_import import create_from_file

TOLD = "Den här PDF:en kan inte arkiveras som PDF/A: no such thing"


@pytest.fixture
def code(app: Flask, anna: Desk, monkeypatch: pytest.MonkeyPatch) -> str:
    """The code of a workshop whose PDF typst refuses for archives."""
    compile_ = typesetting._compile

    def refuse(template: str, data: dict[str, object], made_at: None, standards: Sequence[str]) -> bytes:
        if "a-2a" in standards:
            raise typesetting.TypstError("PDF/A-2a error: no such thing\n")
        return compile_(template, data, made_at, standards)

    monkeypatch.setattr(typesetting, "_compile", refuse)
    with app.app_context():
        return create_from_file(db.session(), make_evening(), owner=anna.stored()).code


@pytest.mark.usefixtures("code")
def test_on_the_pages_the_next_one_tells(anna: Desk) -> None:
    answer = anna.client.get("/workshops/1/export?as=pdf")
    assert (answer.status_code, answer.data[:5]) == (200, b"%PDF-")
    page = anna.get("/workshops/1")
    assert TOLD in " ".join(page.root.text_content().split())
    assert TOLD not in anna.get("/workshops/1").root.text_content()


def test_on_the_command_line_it_is_told_beside_the_file_s_name(app: Flask, code: str, tmp_path: Path) -> None:
    file = tmp_path / "evening.pdf"
    result = app.test_cli_runner().invoke(cli, ["export", code, "--as", "pdf", "--view", "groups", "-o", str(file)])
    assert (result.exit_code, result.stdout, result.stderr) == (0, f"{file}\n", f"{TOLD}\n")
    assert file.read_bytes().startswith(b"%PDF-")
