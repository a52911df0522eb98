"""Which standards a PDF keeps to, by a validator that is none of ours."""

from __future__ import annotations

import re

import page

BOTH = {page.ValidationProfile.PDF_A_2A, page.ValidationProfile.PDF_UA_1}
# The validator takes a carriage return that ends compressed data for part of the line end after it, and then misses it
# in the length. So lengths are counted here, when it complains of them.
_LENGTH = "PDFA2A-STREAM-LENGTH-001"
_STREAM = re.compile(rb"/Length (\d+)(?:(?!endobj|>>\s*stream).)*?>>\s*stream\r?\n", re.DOTALL)


def kept(pdf: bytes) -> set[page.ValidationProfile]:
    """Those of `BOTH` that the file keeps to."""
    return {profile for profile in BOTH if not broken(pdf, profile)}


def broken(pdf: bytes, profile: page.ValidationProfile) -> list[str]:
    """The rules of one standard that the file breaks."""
    rules = {failure.rule_id for failure in page.validate_pdf_bytes(pdf, profile=profile).failures}
    if _LENGTH in rules and _lengths_are_right(pdf):
        rules.remove(_LENGTH)
    return sorted(rules)


def _lengths_are_right(pdf: bytes) -> bool:
    ends = [found.end() + int(found[1]) for found in _STREAM.finditer(pdf)]
    return len(ends) == pdf.count(b"endstream") and all(re.match(rb"\r?\n?endstream", pdf[at : at + 12]) for at in ends)
