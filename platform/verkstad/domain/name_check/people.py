"""The names of people: those in the lists where they stand as names do, and others by the company they are in.

A capital inside a sentence says more than any list, since Swedish writes nothing else so than names. What a list has
may be a word too (*Stig*, *Liv*, *Vår*), and what no list has may be somebody all the same: both take company.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from verkstad.domain.name_check.kinds import Finding, Kind
from verkstad.domain.name_check.lists import AFTER, PARTICLES, SOMEBODY, TOWARDS
from verkstad.domain.name_check.words import Word, is_caseless, words

_FEW_WORDS, _SOME_WORDS = 4, 12
_INSIDE = "i"


def people(text: str, may_name: Callable[[str], bool]) -> Iterator[Finding]:
    """The names in a text: whole ones, with the s of who owns something left outside."""
    found = words(text, may_name)
    at = 0
    while at < len(found):
        run = _run(found, at)
        for span in _names(found, at, at + len(run)):
            yield Finding(span[0].start, span[-1].start + len(span[-1].owner), Kind.NAME)
        at += len(run)


def _run(found: Sequence[Word], at: int) -> Sequence[Word]:
    """The words from here on that may be one name: with capitals, side by side; or this word alone."""
    end = at + 1
    if not found[at].capital:
        return found[at:end]
    while end < len(found) and _joined(found[end], found[end - 1]):
        if found[end].capital and not found[end].begins:
            end += 1
        elif (
            found[end].lower in PARTICLES and end + 1 < len(found) and found[end + 1].capital and not found[end].capital
        ):
            end += 2
        else:
            break
    return found[at:end]


def _joined(word: Word, before: Word) -> bool:
    return word.gap == " " or (word.gap == ". " and before.initial)


def _names(found: Sequence[Word], at: int, end: int) -> Iterator[Sequence[Word]]:
    first = found[at]
    if is_caseless(first.text):
        yield from _caseless(found, at)
    elif not first.capital:
        yield from _small(found, at)
    else:
        yield from _in_run(found, at, end)


def _in_run(found: Sequence[Word], at: int, end: int) -> Iterator[Sequence[Word]]:
    if _is_of_a_place(found, at, end):
        return
    start = at
    while start < end and _only_begins(found, start, end):
        start += 1
    if start == end:
        return
    while start < end and (found[start].of_place or (found[start].shouted and end - start == 1)):
        start += 1
    span = _widest(found, start, end)
    if span and (_is_full(found, span) if len(span) > 1 else _is_single(found, start)):
        yield span


def _is_of_a_place(found: Sequence[Word], at: int, end: int) -> bool:
    """*Olof Palmes torg*, *Alzheimers sjukdom*, *Kumla kommun*: called after people, or as they are."""
    last, after = found[end - 1], found[end] if end < len(found) else None
    follows = after is not None and after.gap in {" ", "-"} and after.of_place and not after.capital
    return follows or (end - at > 1 and last.of_place) or (last.of_place and "-" in last.text)


def _only_begins(found: Sequence[Word], at: int, end: int) -> bool:
    """Whether a word has its capital from beginning the sentence, with the name after it."""
    word = found[at]
    if not (word.begins and word.ordinary) or at + 1 == end:
        return False
    after = found[at + 1]
    return not (word.home_first and (after.last or after.first or not after.ordinary)) and not (
        word.first and after.last and not after.first
    )


def _widest(found: Sequence[Word], start: int, end: int) -> Sequence[Word]:
    """The words of a run from here on that can all be parts of one name."""
    at = start
    while at < end and not found[at].of_place and (at == start or _may_follow(found[at], found[at - 1])):
        at += 1
    return found[start:at]


def _may_follow(word: Word, before: Word) -> bool:
    sure = before.home_first and not before.ordinary
    return (
        sure
        or before.lower in PARTICLES
        or word.last
        or word.first
        or word.initial
        or word.lower in PARTICLES
        or not word.ordinary
    )


def _is_full(found: Sequence[Word], span: Sequence[Word]) -> bool:
    """Whether several words with capitals name somebody."""
    head, rest = span[0], span[1:]
    if head.initial:
        return rest[-1].last or not rest[-1].ordinary
    if head.first or rest[0].first:
        return not all(word.not_people or (word.ordinary and not word.last) for word in rest) or not head.ordinary
    if all(word.shouted for word in span):
        return False
    strange = not head.ordinary and all(word.last or not word.ordinary for word in rest)
    return strange and (not head.begins or rest[-1].last or _acts(found, span))


def _is_single(found: Sequence[Word], at: int) -> bool:
    """Whether one word with a capital names somebody."""
    word = found[at]
    if word.initial or word.shouted:
        return False
    if _introduced(found, at):
        return word.first or word.last or not word.ordinary
    if at and found[at - 1].lower == _INSIDE and not word.text.endswith("s"):
        return False
    acts = _acts(found, found[at : at + 1])
    if not word.ordinary:
        known = word.first or word.home_last or (word.last and not word.begins)
        return (
            known
            or acts
            or (not word.of_place and (_towards(found, at) or _beside_another(found, at) or _is_spoken_of(found, at)))
        )
    if word.pronoun:
        return False
    if word.not_people or not word.home_first:
        return word.first and (acts or (word.not_people and _towards(found, at)))
    return acts or not word.begins


def _introduced(found: Sequence[Word], at: int) -> bool:
    """Whether the word before lets a name be expected: *fru Ek*, *rektorn, Anders*."""
    if not at or found[at].gap not in {" ", ", ", ": "}:
        return False
    before = found[at - 1]
    return before.title or (_towards(found, at) and _is_spoken_of(found, at, within=1))


def _towards(found: Sequence[Word], at: int) -> bool:
    return at > 0 and found[at].gap == " " and found[at - 1].lower in TOWARDS


def _beside_another(found: Sequence[Word], at: int) -> bool:
    """The second of two: *Goran och Berivan*."""
    if at <= 1 or found[at - 1].lower not in {"och", "and"}:
        return False
    other = found[at - 2]
    return other.capital and other.first and not other.ordinary


def _is_spoken_of(found: Sequence[Word], at: int, within: int = _SOME_WORDS) -> bool:
    """Whether what follows speaks of him or her."""
    return any(word.lower in SOMEBODY for word in found[at + 1 : at + 1 + within])


def _acts(found: Sequence[Word], span: Sequence[Word]) -> bool:
    """Whether what follows is something that only people do: at once, after a place, or of two together."""
    at = next(i for i, word in enumerate(found) if word is span[-1]) + 1
    after = found[at : at + _FEW_WORDS + 1]
    if not after or after[0].gap != " ":
        return False
    if after[0].lower in AFTER:
        return True
    if after[0].lower not in {"på", "från", "i", "och", "and", "hos"}:
        return False
    return any(word.lower in AFTER and word.gap == " " for word in after[2:])


def _small(found: Sequence[Word], at: int) -> Iterator[Sequence[Word]]:
    """Names written without capitals: those that no word is, and their last names."""
    word = found[at]
    if word.ordinary or not (word.home_first or (word.first and at and _expects(found[at - 1]))):
        return
    if at and found[at - 1].lower == _INSIDE:
        return
    after = found[at + 1] if at + 1 < len(found) else None
    both = (
        after is not None
        and after.gap == " "
        and not after.capital
        and after.last
        and (after.home_last or not after.ordinary)
    )
    yield found[at : at + 2] if both else found[at : at + 1]


def _expects(word: Word) -> bool:
    return word.title or word.lower in TOWARDS


def _caseless(found: Sequence[Word], at: int) -> Iterator[Sequence[Word]]:
    """In a script without capitals: two names side by side, or one after a title."""
    word, after = found[at], found[at + 1] if at + 1 < len(found) else None
    pair = after is not None and after.gap == " " and word.first and (after.last or after.first)
    if pair:
        yield found[at : at + 2]
    elif word.first and at and found[at - 1].title:
        yield found[at : at + (2 if after is not None and after.gap == " " else 1)]
