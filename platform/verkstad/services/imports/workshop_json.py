"""Reads `verkstad-workshop/1` strictly: a file that would lose or mix up anything is refused, with the line."""

from __future__ import annotations

import re

import msgspec

from verkstad.domain.errors import N_, Invalid
from verkstad.domain.workshop_file import FORMAT, WorkshopFile
from verkstad.services.imports.checks import MAX_NOTES, too_many_notes
from verkstad.services.imports.json_lines import JsonLines, Step
from verkstad.services.imports.workshop_rules import WorkshopRules


def read_json(data: bytes) -> WorkshopFile:
    """The evening in a workshop file, its texts in NFC and its times in UTC.

    Raises:
        Invalid: ``not_a_workshop`` when it is something else, otherwise what is wrong and where.
    """
    text = _decode(data)
    raw = _parse(text)
    lines = JsonLines(text)
    _check_format(raw, lines)
    try:
        evening = msgspec.convert(raw, WorkshopFile)
    except msgspec.ValidationError as error:
        raise _misfit(str(error), lines) from error
    many = (evening.notes, evening.questions, evening.groups, evening.themes, evening.votings, evening.lines)
    if sum(map(len, many)) > MAX_NOTES:
        raise too_many_notes()
    return WorkshopRules(evening, lines).checked()


def _decode(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = N_("Line %(line)s: the file is not written in UTF-8. Save it as UTF-8 and try again.")
        raise Invalid("not_utf8", message, line=data.count(b"\n", 0, error.start) + 1) from error


def _parse(text: str) -> object:
    try:
        return msgspec.json.decode(text)
    except RecursionError as error:
        raise Invalid("too_deep", N_("The file has lists within lists without end.")) from error
    except msgspec.DecodeError as error:
        at = re.search(r"\(byte (\d+)\)", str(error))
        before = text.encode()[: int(at[1])] if at else text.encode().rstrip()
        message = N_("Line %(line)s: the file is broken here; a quote, comma or bracket is missing or too many.")
        raise Invalid("broken_json", message, line=before.count(b"\n") + 1) from error


def _check_format(raw: object, lines: JsonLines) -> None:
    found = raw.get("format") if isinstance(raw, dict) else None
    if found is None:
        message = N_('Line 1: the file has no “format”. A workshop file begins with {"format": "%(format)s".')
        raise Invalid("not_a_workshop", message, format=FORMAT)
    if found != FORMAT:
        message = N_("Line %(line)s: the file's format is “%(found)s”. This version reads “%(format)s”.")
        raise Invalid("not_a_workshop", message, line=lines.of("format"), found=str(found)[:40], format=FORMAT)


def _misfit(problem: str, lines: JsonLines) -> Invalid:
    """What msgspec found, in words. It says: ``Expected `int`, got `str` - at `$.notes[6].group```."""
    at = re.search(r" - at `\$(.*)`$", problem)
    steps = re.findall(r"\[(\d+)\]|\.(\w+)", at[1] if at else "")
    path: tuple[Step, ...] = tuple(int(index) if index else field for index, field in steps)
    line = lines.of(*path)
    missing = re.match(r"Object missing required field `(\w+)`", problem)
    if missing:
        return Invalid("missing_field", N_("Line %(line)s: “%(field)s” is missing."), line=line, field=missing[1])
    field = next((step for step in reversed(path) if isinstance(step, str)), "format")
    if field == "held_on":
        return Invalid("bad_date", N_("Line %(line)s: “held_on” is not a date such as 2023-03-06."), line=line)
    if field.endswith("_at") or field == "at":
        message = N_("Line %(line)s: “%(field)s” is not a time such as 2023-03-06T18:15:00Z.")
        return Invalid("bad_time", message, line=line, field=field)
    message = N_("Line %(line)s: “%(field)s” has a value that cannot be used there.")
    return Invalid("bad_field", message, line=line, field=field)
