"""What is strong and what is emphasised in a line of the summary; nothing else of Markdown is markup there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token

from verkstad.documents.tree import Inlines, Said, Styled

_PARSER = MarkdownIt("zero").enable("emphasis")


def styled(text: str) -> Inlines:
    """The text without the ``**`` and ``*`` that say so. Underscores are signs like all others."""
    return _within(_outermost(_tokens(text)))


def shown(text: str) -> str:
    """The words alone."""
    return "".join(token.content for token in _tokens(text))


def _within(tokens: Iterator[Token]) -> Inlines:
    """The inlines up to the end of what has been opened; texts side by side are one."""
    inlines: list[Said | Styled] = []
    for token in tokens:
        if token.nesting < 0:
            break
        if token.nesting > 0:
            inlines.append(Styled("strong" if token.tag == "strong" else "emphasis", _within(tokens)))
        elif inlines and isinstance(last := inlines[-1], Said):
            inlines[-1] = Said(last.text + token.content)
        elif token.content:
            inlines.append(Said(token.content))
    return tuple(inlines)


def _outermost(tokens: Iterator[Token]) -> Iterator[Token]:
    """Without the marks of what is marked so already: two thousand of them, one in another, say no more than one."""
    depth: Counter[str] = Counter()
    for token in tokens:
        depth[token.tag] += token.nesting
        if not token.nesting or depth[token.tag] == max(token.nesting, 0):
            yield token


def _tokens(text: str) -> Iterator[Token]:
    for block in _PARSER.parseInline(text):
        yield from map(_literal, block.children or ())


def _literal(token: Token) -> Token:
    """An underscore that the library takes for a mark is one that somebody wrote."""
    if not token.markup.startswith("_"):
        return token
    return Token("text", "", 0, content=token.markup)
