"""Names and numbers in the texts of an evening: what the check finds, and what people have decided of it."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from time import sleep

from sqlalchemy.orm import Session

from verkstad.domain import finding_mutations as m
from verkstad.domain.characters import nfc
from verkstad.domain.errors import N_, Conflict, Invalid, NotFound
from verkstad.domain.line import MAX_LINE
from verkstad.domain.name_check import Decision, Finding, Kind, MaskedWords, check, masked
from verkstad.domain.note import MAX_LENGTH, check_printable
from verkstad.services.actions import Act
from verkstad.services.context import Context
from verkstad.services.push import handles
from verkstad.services.words import words_of
from verkstad.storage import DecidedFinding, Note, SummaryLine, Workshop
from verkstad.storage.base import begin_read
from verkstad.storage.finding import decided_in
from verkstad.storage.line import lines_of
from verkstad.storage.note import notes_since

MAX_REASON = 500
# Texts that are checked before others get their turn.
_AT_A_TIME = 20

# What stands in a document where something is masked.
MASKS = {
    Kind.IDENTITY: N_("identity number"),
    Kind.EMAIL: N_("e-mail address"),
    Kind.PHONE: N_("telephone number"),
    Kind.ADDRESS: N_("postal address"),
    Kind.NAME: N_("name"),
    Kind.OTHER: N_("masked"),
}


@dataclass(frozen=True)
class TextFinding:
    """A finding where it stands: in one note or one line, with what is decided of it, if anything is."""

    note: str | None
    line: str | None
    start: int
    end: int
    kind: Kind
    words: str
    decision: Decision | None = None
    reason: str = ""
    by: str = ""


@handles(m.FindingDecide)
def decide(context: Context, mutation: m.FindingDecide) -> None:
    """Raises Conflict ``overtaken`` when the text is not the one that was looked at."""
    text = _text(context, mutation)
    there = mutation.end <= len(text) and text[mutation.start : mutation.end] == nfc(mutation.words)
    if not mutation.words or not there or text != nfc(mutation.seen):
        raise Conflict("overtaken", N_("The text has been changed since you looked at it. See how it is now."))
    reason = _check_reason(mutation)
    act = Act(context, mutation.id, "finding.decide", context.actor)
    row = _row(context, mutation, text, act.revision)
    act.set(row, "decision", [mutation.decision, reason, act.by or "", mutation.found])
    act.finish()


def findings(session: Session, workshop: Workshop) -> list[TextFinding]:
    """All that the check finds, or people have marked, in what the documents will tell: notes first, then lines."""
    begin_read(session)
    decided = _Decided(session, workshop.id)
    notes = [note for note in notes_since(session, workshop.id, 0) if note.visible]
    rows: list[Note | SummaryLine] = [*notes, *lines_of(session, workshop.id)]
    found: list[TextFinding] = []
    for number, row in enumerate(rows):
        if number % _AT_A_TIME == 0:
            sleep(0)  # for everybody else that this process serves: a large evening takes half a second
        found += decided.of(row)
    return found


def undecided(session: Session, workshop: Workshop) -> list[TextFinding]:
    """The findings that somebody has to say something of before the summary is adopted."""
    return [finding for finding in findings(session, workshop) if finding.decision is None]


class Masking:
    """What documents tell of an evening's texts, in the workshop's own language."""

    def __init__(self, session: Session, workshop: Workshop) -> None:
        self._decided = _Decided(session, workshop.id)
        self._gettext = words_of(workshop.language).gettext
        rows: list[Note | SummaryLine] = [*notes_since(session, workshop.id, 0), *lines_of(session, workshop.id)]
        masks = [(row.text[it.start : it.end], it.kind) for row in rows for it in self._decided.masks(row)]
        self._words = MaskedWords(masks, _may_name)

    def told(self, row: Note | SummaryLine) -> str:
        """The text of a note or a line; nothing of a hidden note: nobody has looked for names in it."""
        hidden = isinstance(row, Note) and row.hidden_at is not None
        masks = [Finding(0, len(row.text), Kind.OTHER)] if hidden else self._decided.masks(row)
        return self._masked(row.text, masks, _limit(row))

    def around(self, text: str, limit: int) -> str:
        """What people have written beside the notes and the lines: it says no word that is masked in them."""
        return self._masked(text, self._words.in_text(text), limit)

    def label(self, text: str, named: bool, limit: int) -> str:
        """A theme's; unless people have ``named`` it, it is made of the notes' words, and of parts of masked ones."""
        find = self._words.in_text if named else self._words.in_machine_words
        return self._masked(text, find(text), limit)

    def keywords(self, words: Iterable[str]) -> tuple[str, ...]:
        """Those that are no part of what is masked."""
        return tuple(word for word in words if not self._words.in_machine_words(word))

    def _masked(self, text: str, masks: list[Finding], limit: int) -> str:
        return masked(text, masks, lambda kind: self._gettext(MASKS[kind]), limit)


def _check(text: str) -> tuple[Finding, ...]:
    return check(text, _may_name)


def _may_name(word: str) -> bool:
    from verkstad.clustering.lemmas import may_name  # a dictionary, which only who asks needs to have

    return may_name(word)


class _Decided:
    """What is decided in a workshop, by the text that it is decided of."""

    def __init__(self, session: Session, workshop_id: int) -> None:
        self._rows: dict[tuple[str | None, str | None], list[DecidedFinding]] = defaultdict(list)
        for row in decided_in(session, workshop_id):
            self._rows[row.note_id, row.line_id].append(row)

    def of(self, row: Note | SummaryLine) -> Iterator[TextFinding]:
        """What is decided of a text, and what the check finds beside that, in its order."""
        said = {(it.start, it.end): it for it in self._rows_of(row)}
        covered = [it.finding for it in said.values()]
        left = [found for found in _check(row.text) if not any(it.covers(found) for it in covered)]
        for found in sorted([*covered, *left]):
            it = said.get((found.start, found.end))
            words = row.text[found.start : found.end]
            one = TextFinding(*_key(row), found.start, found.end, found.kind, words)
            yield replace(one, decision=it.decision, reason=it.reason, by=it.decided_by) if it else one

    def masks(self, row: Note | SummaryLine) -> list[Finding]:
        return [it.finding for it in self._rows_of(row) if it.decision is Decision.MASK]

    def _rows_of(self, row: Note | SummaryLine) -> list[DecidedFinding]:
        found = self._rows.get(_key(row), [])
        if not found:
            return []
        text_hash = _hash(row.text)
        return [it for it in found if it.text_hash == text_hash]


def _limit(row: Note | SummaryLine) -> int:
    return MAX_LENGTH if isinstance(row, Note) else MAX_LINE


def _key(row: Note | SummaryLine) -> tuple[str | None, str | None]:
    return (row.id, None) if isinstance(row, Note) else (None, row.id)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _text(context: Context, mutation: m.FindingDecide) -> str:
    if (mutation.note is None) == (mutation.line is None):
        raise Invalid("malformed", N_("The message could not be read."))
    if mutation.note is not None:
        note = context.sorting.get(Note, (context.workshop_id, mutation.note))
        if note is None:
            raise NotFound("unknown_note", N_("There is no such note."))
        return note.text
    line = context.sorting.get(SummaryLine, (context.workshop_id, mutation.line))
    if line is None:
        raise NotFound("unknown_line", N_("There is no such line."))
    return line.text


def _check_reason(mutation: m.FindingDecide) -> str:
    reason = check_printable(nfc(mutation.reason)).strip()
    if mutation.decision is Decision.KEEP and not reason:
        raise Invalid("empty_reason", N_("Say why it may stand in the document."))
    if len(reason) > MAX_REASON:
        raise Invalid("reason_too_long", N_("A reason has at most %(limit)s characters."), limit=MAX_REASON)
    return reason


def _row(context: Context, mutation: m.FindingDecide, text: str, revision: int) -> DecidedFinding:
    """The row of these words in this text: the one that there is, or a new one of which nothing is decided yet."""
    place = {
        "workshop_id": context.workshop_id,
        "note_id": mutation.note,
        "line_id": mutation.line,
        "text_hash": _hash(text),
        "start": mutation.start,
        "end": mutation.end,
    }
    row = context.sorting.query(DecidedFinding).filter_by(**place).one_or_none()
    if row is None:
        row = DecidedFinding(id=mutation.id, found=mutation.found, reason="", decided_by="", revision=revision, **place)
        context.sorting.add(row)
    return row
