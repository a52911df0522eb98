"""Base forms of Swedish words, the parts of compounds, and which words are names.

The library's dictionary takes a second to read and 100 MB to hold. As a trie it takes neither; that is made the first
time, in two seconds, and kept in the user's cache folder. Where it cannot be kept, each process makes its own.
"""

from __future__ import annotations

import functools

from simplemma import Lemmatizer
from simplemma.strategies import DefaultStrategy, DictionaryLookupStrategy
from simplemma.strategies.dictionaries import TrieDictionaryFactory

_SHORTEST_COMPOUND, _SHORTEST_PART = 8, 4


_dictionaries = TrieDictionaryFactory()
_forms = DictionaryLookupStrategy(_dictionaries)
_words = Lemmatizer(lemmatization_strategy=DefaultStrategy(dictionary_factory=_dictionaries))


def load() -> None:
    """Read the dictionary, for who has something else to do meanwhile."""
    lemma("ord")


@functools.lru_cache(maxsize=50_000)
def lemma(word: str) -> str:
    """The base form of a word in lower case."""
    return _words.lemmatize(_key(word), lang="sv").lower()


@functools.lru_cache(maxsize=50_000)
def is_name(word: str) -> bool:
    """Whether a word in lower case may name somebody or somewhere: the dictionary has its base form capitalised.

    A word that the dictionary does not have may be a name as well.
    """
    return not _is_known(word) or _words.lemmatize(_key(word), lang="sv")[:1].isupper()


def may_name(word: str) -> bool:
    """Whether a word as it stands may name somebody: no dictionary has it, whole or as a compound of two."""
    return is_name(word.lower()) and not parts(word.lower())


@functools.lru_cache(maxsize=50_000)
def parts(word: str) -> tuple[str, ...]:
    """The base forms of a compound's two parts, the most even cut that leaves two words; none when there is none."""
    if len(word) < _SHORTEST_COMPOUND:
        return ()
    cuts = range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1)
    for cut in sorted(cuts, key=lambda cut: (abs(2 * cut - len(word)), cut)):
        first, last = word[:cut], word[cut:]
        # An s may join the two: förening-s-lokal.
        for head in (first, first.removesuffix("s")):
            if len(head) >= _SHORTEST_PART - 1 and _is_word(head) and _is_word(last):
                return lemma(head), lemma(last)
    return ()


def _is_word(word: str) -> bool:
    return _is_known(word) and not is_name(word)


def _is_known(word: str) -> bool:
    return _forms.get_lemma(_key(word), "sv") is not None


def _key(word: str) -> str:
    return word.replace("\0", "\N{REPLACEMENT CHARACTER}")  # the trie takes NUL for the end of a word
