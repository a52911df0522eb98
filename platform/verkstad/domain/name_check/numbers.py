"""What has a form of its own: identity numbers, e-mail addresses, telephone numbers, postal addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator

import phonenumbers
from personnummer import personnummer

from verkstad.domain.name_check.kinds import Finding, Kind

HOME = "SE"

_DASH = "-\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{EN DASH}\N{MINUS SIGN}"
_SPACE = " \N{NO-BREAK SPACE}\N{THIN SPACE}\N{NARROW NO-BREAK SPACE}"
_BETWEEN = rf"[{_SPACE}]?[{_DASH}./{_SPACE}]?[{_SPACE}]?"
_IDENTITY = re.compile(
    rf"(?<![\d+])((?:18|19|20)?\d\d){_BETWEEN}(\d\d){_BETWEEN}(\d\d)([{_SPACE}]?[{_DASH}+{_SPACE}]?[{_SPACE}]?)(\d{{4}})(?!\d)"
)
_AT = rf"(?:@|[{_SPACE}]?[(\[][{_SPACE}]?(?:at|snabel-?a|@)[{_SPACE}]?[)\]][{_SPACE}]?|[{_SPACE}]snabel-?a[{_SPACE}])"
# A text may be one endless word: that is begun on once (``(?<!…)``) and never given back (``++``), or cut short.
_LOCAL = r"[\w.!#$%&'*+/=?^`{|}~-]"
_EMAIL = re.compile(rf"(?<!{_LOCAL}){_LOCAL}++{_AT}[\w-]++(?:\.[\w-]++)+", re.IGNORECASE)
# Fewer digits are no telephone number: the library need not look.
_FEWEST_DIGITS = 6

_CAPITAL = r"[A-ZÅÄÖÉÜ][\w'’-]{0,40}"
_STREET_ENDING = (
    r"(?:gata|gatan|väg|vägen|gränd|gränden|torg|torget|plan|plats|platsen|stig|stigen|allé|allén|backe|backen|led|leden"
    r"|kroken|slingan|ringen|esplanaden|kajen|bron|liden|täppan|gård|gården|vret|stråket|promenaden|höjden|parken|kullen)"
)
_DOOR = r"[1-9]\d{0,3}(?:[ ]?[A-Za-z](?![\w]))?(?![\d:.,%]*\d|[ ]?(?:kr\b|procent|minuter|meter|timmar|år\b))"
_POSTCODE = rf"\d{{3}}[ ]?\d{{2}}[ ]{_CAPITAL}"
_IN_ONE_WORD = rf"(?:{_CAPITAL}[ ]){{0,2}}{_CAPITAL}{_STREET_ENDING}"
_IN_SEVERAL = rf"(?:{_CAPITAL}[ ]){{1,3}}{_STREET_ENDING}"
_STREET = rf"(?:{_IN_ONE_WORD}|{_IN_SEVERAL})[ ]{_DOOR}"
_BOX = r"\b[Bb]ox[ ]\d{1,3}(?:[ ]?\d{2,3})?(?!\d)"
_ADDRESS = re.compile(rf"(?:\b{_STREET}|{_BOX})(?:,?[ ](?:{_POSTCODE}))?|(?<!\d)(?:SE?-)?{_POSTCODE}")


def identities(text: str) -> Iterator[Finding]:
    """Swedish personal identity and coordination numbers, in any of the ways that people write them."""
    at = 0
    while match := _IDENTITY.search(text, at):
        year, month, day, between, rest = match.groups()
        if personnummer.valid(f"{year}{month}{day}{'+' if '+' in between else '-'}{rest}"):
            yield Finding(*match.span(), Kind.IDENTITY)
            at = match.end()
        else:
            at = match.start() + 1  # what began with something else's digits may end with a number


def emails(text: str) -> Iterator[Finding]:
    for match in _EMAIL.finditer(text):
        yield Finding(*match.span(), Kind.EMAIL)


def phones(text: str) -> Iterator[Finding]:
    """Telephone numbers of this country as they are dialled here, of others with their country's number."""
    if sum(map(str.isdecimal, text)) < _FEWEST_DIGITS:
        return
    for match in phonenumbers.PhoneNumberMatcher(text, HOME):
        yield Finding(match.start, match.end, Kind.PHONE)


def addresses(text: str) -> Iterator[Finding]:
    """A street with a number, a box, a postal code with its town."""
    for match in _ADDRESS.finditer(text):
        yield Finding(*match.span(), Kind.ADDRESS)
