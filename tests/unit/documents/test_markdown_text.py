"""Markdown: readable as it stands, and the same when rendered."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from reading import markdown_tree
from unit.documents.evenings import ENGLISH, HOSTILE, full_evening, hostile_evening, plain_evening
from verkstad.documents import Format, View, render
from verkstad.documents.markdown_text import escape


@pytest.mark.parametrize(
    ("line", "written"),
    [
        ("Vanlig text, med komma & streck – och 50 %.", "Vanlig text, med komma & streck – och 50 %."),
        ("# rubrik", "\\# rubrik"),
        ("inte #rubrik", "inte #rubrik"),
        ("slut #", "slut \\#"),
        ("- punkt", "\\- punkt"),
        ("a - b", "a - b"),
        ("1. ett", "1\\. ett"),
        ("12) tolv", "12\\) tolv"),
        ("2024 var bra.", "2024 var bra."),
        ("*fet* _kursiv_", "\\*fet\\* \\_kursiv\\_"),
        ("&amp; AT&T", "\\&amp; AT\\&T"),
        ("https://a.se", "https\\://a.se"),
        ("www.a.se", "www\\.a.se"),
        ("anna@a.se, @anna", "anna\\@a.se, @anna"),
        (":smile:", "\\:smile:"),
        ("  blanka  ", "blanka"),
    ],
)
def test_a_line_is_escaped_where_it_must_be_and_nowhere_else(line: str, written: str) -> None:
    assert escape(line) == written


def test_the_file_reads_as_a_compilation_made_by_hand() -> None:
    text = render(plain_evening(["Mer ljus", "Färre trappor"], questions=()), Format.MD, View.GROUPS, ENGLISH).decode()
    assert text == (
        "# An evening of dialogue\n\n14 maj 2024\n\nPlace: The library\n\n"
        "## Group 1\n\n- Mer ljus\n\n## Group 2\n\n- Färre trappor\n\n## Group 3\n\nNo notes.\n"
    )


def test_nothing_anyone_wrote_is_html_or_a_link() -> None:
    text = render(plain_evening(HOSTILE), Format.MD, View.GROUPS, ENGLISH)
    kinds = {node["t"] for node in walk(markdown_tree(text))}
    assert kinds <= {"Header", "BulletList", "Plain", "Para", "Str", "Space", "LineBreak"}


@pytest.mark.parametrize("view", View)
def test_nothing_anyone_wrote_anywhere_is_html_or_a_link_out(view: View) -> None:
    nodes = list(walk(markdown_tree(render(hostile_evening(), Format.MD, view, ENGLISH))))
    ours = {
        "Header",
        "BulletList",
        "Plain",
        "Para",
        "Str",
        "Space",
        "LineBreak",
        "Table",
        "Strong",
        "Emph",
        "Link",
        "RawInline",
    }
    named = {str(node["t"]) for node in nodes if node["t"] not in {"AlignDefault", "AlignRight", "ColWidthDefault"}}
    assert named <= ours | {"ColWidth"}
    assert all(node["c"][2][0].startswith("#") for node in nodes if node["t"] == "Link")
    html = [node["c"][1] for node in nodes if node["t"] == "RawInline"]
    assert all(re.fullmatch(r'<span id="[\w-]+">|</span>', tag) for tag in html)


def test_sources_lead_to_ids_in_the_file() -> None:
    nodes = list(walk(markdown_tree(render(full_evening(), Format.MD, View.FULL, ENGLISH))))
    targets = {node["c"][2][0] for node in nodes if node["t"] == "Link"}
    html = "".join(node["c"][1] for node in nodes if node["t"] == "RawInline")
    ids = {f"#{i}" for i in re.findall(r'<span id="(.*?)">', html)}
    assert {"#G1-1", "#group-1"} <= targets <= ids


def walk(tree: object) -> Iterator[dict[str, Any]]:
    """Every node of a pandoc tree."""
    if isinstance(tree, list):
        for child in tree:
            yield from walk(child)
    elif isinstance(tree, dict):
        if "t" in tree:
            yield tree
        yield from walk(tree.get("c"))
