"""The check of one text."""

from __future__ import annotations

import functools
from collections.abc import Callable
from itertools import chain

from verkstad.domain.name_check.kinds import Finding
from verkstad.domain.name_check.numbers import addresses, emails, identities, phones
from verkstad.domain.name_check.people import people

# As many texts as a large evening has, with room for what is edited.
_REMEMBERED = 5_000


@functools.lru_cache(maxsize=_REMEMBERED)
def check(text: str, may_name: Callable[[str], bool]) -> tuple[Finding, ...]:
    """What a text would tell of somebody, in its order; of what overlaps, the surer kind.

    ``may_name`` says of a word in small letters whether it may be a name: that it is no other word of the language.
    """
    kept: list[Finding] = []
    for finding in chain(identities(text), emails(text), phones(text), addresses(text), people(text, may_name)):
        if not any(finding.overlaps(other) for other in kept):
            kept.append(finding)
    return tuple(sorted(kept))
