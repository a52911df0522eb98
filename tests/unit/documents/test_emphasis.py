"""What is strong and what is emphasised in a line, and that nothing else of what people type is markup."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from verkstad.documents.emphasis import shown, styled
from verkstad.documents.markdown_text import render_markdown
from verkstad.documents.tree import Document, Inlines, Paragraph, Said, Styled, Text

# Each letter with whether it is strong, and whether it is emphasised.
Letters = list[tuple[str, bool, bool]]


def letters(inlines: Inlines, *, strong: bool = False, emphasis: bool = False) -> Letters:
    """What stands in the tree."""
    found: Letters = []
    for inline in inlines:
        match inline:
            case Said(text):
                found += [(letter, strong, emphasis) for letter in text]
            case Styled(style, words):
                found += letters(words, strong=strong or style == "strong", emphasis=emphasis or style == "emphasis")
    return found


def read_back(markdown: str) -> Letters:
    """What a reader of Markdown, which is not ours, makes of a file."""
    found: Letters = []
    depth = {"strong": 0, "em": 0}
    for block in MarkdownIt("commonmark").parse(markdown):
        for token in block.children or ():
            if token.tag in depth:
                depth[token.tag] += token.nesting
            else:
                assert token.type in {"text", "softbreak", "hardbreak", "text_special"}, token
                words = "\n" if token.type.endswith("break") else token.content
                found += [(letter, depth["strong"] > 0, depth["em"] > 0) for letter in words]
    return found


def spelled(text: str) -> list[str]:
    """The pieces of a text, the strong in capitals and the emphasised between slashes."""
    pieces: list[str] = []
    for inline in styled(text):
        [inside] = [inline] if isinstance(inline, Said) else inline.inlines if isinstance(inline, Styled) else []
        assert isinstance(inside, Said)
        style = inline.style if isinstance(inline, Styled) else ""
        pieces.append({"strong": inside.text.upper(), "emphasis": f"/{inside.text}/"}.get(style, inside.text))
    return pieces


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("Fler **träffar** i *byn*.", ["Fler ", "TRÄFFAR", " i ", "/byn/", "."]),
        ("**Träffar**", ["TRÄFFAR"]),
        ("2 * 3 * 4", ["2 * 3 * 4"]),
        ("** inte **", ["** inte **"]),
        ("**öppen*", ["*", "/öppen/"]),
        ("_så_ __här__ snake_case", ["_så_ __här__ snake_case"]),
        (r"\*a* <b>&amp;</b> [x](http://y) `k` # r", ["\\", "/a/", " <b>&amp;</b> [x](http://y) `k` # r"]),
        ("", []),
    ],
)
def test_stars_alone_are_markup(text: str, pieces: list[str]) -> None:
    assert spelled(text) == pieces


def test_the_words_alone() -> None:
    assert shown("Fler **träffar** i *byn*, 2 * 3") == "Fler träffar i byn, 2 * 3"


def test_one_within_the_other() -> None:
    assert styled("**a *b* c**") == (Styled("strong", (Said("a "), Styled("emphasis", (Said("b"),)), Said(" c"))),)


def test_what_is_marked_a_thousand_times_is_marked_once() -> None:
    assert styled("**" * 999 + "a" + "**" * 999) == (Styled("strong", (Said("a"),)),)
    assert styled("*" * 999 + "a" + "*" * 999) == (Styled("emphasis", (Styled("strong", (Said("a"),)),)),)


def test_thousands_of_stars_are_soon_read() -> None:
    for text in ("*" * 4000, "*a" * 2000, "**a" * 1300, "a**" * 1300, "*_" * 2000):
        assert set(shown(text)) <= set(text)


@settings(deadline=None, max_examples=150)
@given(st.text(st.sampled_from("ab *_.(\n\\-#1[å"), max_size=24))
def test_markdown_says_of_each_letter_what_the_line_says(text: str) -> None:
    text = "x" + text.strip() + "x"
    document = Document("Kvällen", "sv", (Paragraph((*styled(text), Text(" [G1·4]"))),))
    read = read_back(render_markdown(document).decode())
    assert [each for each in read if not each[0].isspace()] == [
        *(each for each in letters(styled(text)) if not each[0].isspace()),
        *((letter, False, False) for letter in "[G1·4]"),
    ]
    if "\n" not in text and "  " not in text:
        assert "".join(letter for letter, _, _ in read) == shown(text) + " [G1·4]"
