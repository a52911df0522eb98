"""What in a text would expose somebody: identity numbers, telephone numbers, addresses and the names of people.

It marks, and never decides: a person says what is kept, what is masked in the document, and what is hidden.
"""

from verkstad.domain.name_check.check import check
from verkstad.domain.name_check.elsewhere import MaskedWords
from verkstad.domain.name_check.kinds import Decision, Finding, Kind
from verkstad.domain.name_check.masks import masked

__all__ = ["Decision", "Finding", "Kind", "MaskedWords", "check", "masked"]
