"""What the clients did and were answered, and the judgement of it afterwards, as Jepsen does.

A `History` is only ever added to. `judge` holds it against what the database has and what every client shows once
everything is quiet, and puts each id in one class. It knows nothing of how the clients or the server work.
"""

from __future__ import annotations

import time
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from statistics import quantiles


class What(StrEnum):
    """One line of the history."""

    INVOKE = "invoke"  # the client has the text and means to send it
    OK = "ok"  # answered: taken now
    DUPLICATE = "duplicate"  # answered: taken before
    FAIL = "fail"  # answered: refused for good
    BUSY = "busy"  # answered: nothing recorded, come back
    UNKNOWN = "unknown"  # sent, and no answer: it may have been taken


TAKEN = frozenset({What.OK, What.DUPLICATE})


class Class(StrEnum):
    """What became of an id. The last two are no fault: nobody promised that note anything."""

    OK = "ok"
    LOST = "lost"  # acked, and not in the database
    DUPLICATED = "duplicated"  # there twice, or taken twice
    PHANTOM = "phantom"  # there, or shown, though nobody sent it, or though it was refused
    STRAY = "stray"  # shown to somebody who must not see it
    CHANGED = "changed"  # another text, table or revision than was sent and answered
    REORDERED = "reordered"  # before something that the same phone wrote earlier
    STALE = "stale"  # right in the database, but somebody does not show it
    REFUSED = "refused"
    ABSENT = "absent"  # never answered and not there


HARMLESS = frozenset({Class.OK, Class.REFUSED, Class.ABSENT})


@dataclass(frozen=True, slots=True)
class Event:
    """``at`` is of the driver's own monotonic clock; ``revision`` comes with an answer that names one."""

    at: float
    what: What
    client: str
    id: str
    group: int = 0
    text: str = ""
    revision: int | None = None
    code: str = ""  # why it was refused


@dataclass(frozen=True, slots=True)
class Stored:
    """A note as it was read back from the database."""

    id: str
    group: int
    text: str
    revision: int


@dataclass(frozen=True)
class Shown:
    """What one client has on its screen; ``group`` is None for one that sees them all."""

    client: str
    group: int | None
    notes: Mapping[str, str]


class History:
    """Who meant to send what, and what each was told, in the order it happened."""

    def __init__(self) -> None:
        self._events: list[Event] = []
        self._counts: Counter[What] = Counter()

    def __iter__(self) -> Iterator[Event]:
        return iter(tuple(self._events))

    def invoke(self, client: str, note: str, group: int, text: str) -> None:
        """The client has the text and means to send it."""
        self._add(Event(time.monotonic(), What.INVOKE, client, note, group, text))

    def answer(self, what: What, client: str, note: str, revision: int | None = None, code: str = "") -> None:
        """What the client was told, or that it was told nothing."""
        self._add(Event(time.monotonic(), what, client, note, revision=revision, code=code))

    def count(self, *kinds: What) -> int:
        return sum(self._counts[what] for what in kinds)

    def _add(self, event: Event) -> None:
        self._events.append(event)
        self._counts[event.what] += 1


@dataclass
class Verdict:
    """Every id's class, and what it was judged by."""

    classes: dict[str, Class] = field(default_factory=dict)
    why: dict[str, str] = field(default_factory=dict)

    @property
    def faults(self) -> dict[str, str]:
        """What must not have happened: the id, its class and the reason. Empty when the promise held."""
        return {note: f"{kind}: {self.why[note]}" for note, kind in self.classes.items() if kind not in HARMLESS}

    def count(self, kind: Class) -> int:
        return sum(each is kind for each in self.classes.values())

    def put(self, note: str, kind: Class, why: str = "") -> None:
        """The first class that an id is given stands: they are looked for in the order of their weight."""
        if self.classes.setdefault(note, kind) is kind:
            self.why.setdefault(note, why)


@dataclass
class _Sent:
    """One note as its writer knows it."""

    client: str
    group: int
    text: str
    acked: set[int | None] = field(default_factory=set)
    taken: int = 0  # answers that say "taken now"
    refused: bool = False


def judge(history: Iterable[Event], stored: Sequence[Stored], shown: Iterable[Shown]) -> Verdict:
    """Put every id in its class."""
    sent = _sent(history)
    verdict = Verdict()
    _judge_strangers(verdict, sent, stored)
    kept = {note.id: note for note in stored}
    for note, each in sent.items():
        _judge_one(verdict, note, each, kept.get(note))
    _judge_order(verdict, sent, kept)
    _judge_screens(verdict, kept, shown)
    for note, each in sent.items():
        verdict.put(note, Class.OK if note in kept else Class.REFUSED if each.refused else Class.ABSENT)
    return verdict


def _sent(history: Iterable[Event]) -> dict[str, _Sent]:
    sent: dict[str, _Sent] = {}
    for event in history:
        if event.what is What.INVOKE:
            sent[event.id] = _Sent(event.client, event.group, unicodedata.normalize("NFC", event.text))
        elif event.what in TAKEN:
            sent[event.id].acked.add(event.revision)
            sent[event.id].taken += event.what is What.OK
        elif event.what is What.FAIL:
            sent[event.id].refused = True
    return sent


def _judge_strangers(verdict: Verdict, sent: Mapping[str, _Sent], stored: Sequence[Stored]) -> None:
    """What is in the database and should not be. The driver never writes the same text twice at a table."""
    written = {(each.group, each.text) for each in sent.values()}
    for note, times in Counter(each.id for each in stored).items():
        if times > 1:
            verdict.put(note, Class.DUPLICATED, f"{times} rows")
    for each in stored:
        if each.id not in sent:
            known = (each.group, each.text) in written
            kind = Class.DUPLICATED if known else Class.PHANTOM
            verdict.put(each.id, kind, "the same text under an id that nobody sent" if known else "nobody sent it")


def _judge_one(verdict: Verdict, note: str, sent: _Sent, stored: Stored | None) -> None:
    if stored is None:
        if sent.acked:
            verdict.put(note, Class.LOST, f"acked to {sent.client}, not in the database")
        return
    if sent.refused:
        verdict.put(note, Class.PHANTOM, f"refused to {sent.client}, and in the database")
    if sent.taken > 1 or len(sent.acked) > 1:
        verdict.put(note, Class.DUPLICATED, f"taken {sent.taken} times, at revisions {sent.acked}")
    if (stored.group, stored.text) != (sent.group, sent.text):
        verdict.put(note, Class.CHANGED, f"sent as {(sent.group, sent.text)}, stored as {(stored.group, stored.text)}")
    if sent.acked and sent.acked != {stored.revision}:
        verdict.put(note, Class.CHANGED, f"answered with revision {sent.acked}, stored with {stored.revision}")


def _judge_order(verdict: Verdict, sent: Mapping[str, _Sent], kept: Mapping[str, Stored]) -> None:
    """A phone's notes stand in the order that it wrote them."""
    last: dict[str, int] = defaultdict(int)
    for note, each in sent.items():
        if note in kept:
            if kept[note].revision < last[each.client]:
                verdict.put(note, Class.REORDERED, f"{each.client} wrote something else before it")
            last[each.client] = max(last[each.client], kept[note].revision)


def _judge_screens(verdict: Verdict, kept: Mapping[str, Stored], shown: Iterable[Shown]) -> None:
    of_group: dict[int | None, dict[str, Stored]] = {None: dict(kept)}
    for each in kept.values():
        of_group.setdefault(each.group, {})[each.id] = each
    for client in shown:
        expected = of_group.get(client.group, {})
        for note, text in client.notes.items():
            if note not in kept:
                verdict.put(note, Class.PHANTOM, f"{client.client} shows it; it is not in the database")
            elif note not in expected:
                verdict.put(note, Class.STRAY, f"{client.client} shows a note of table {kept[note].group}")
            elif text != kept[note].text:
                verdict.put(note, Class.STALE, f"{client.client} shows an older text")
        for note in expected.keys() - client.notes.keys():
            verdict.put(note, Class.STALE, f"{client.client} does not show it")


def percentile(values: Sequence[float], part: int) -> float:
    """The ``part``-th percentile; 0 of nothing."""
    if len(values) < 2:
        return values[0] if values else 0.0
    return quantiles(values, n=100, method="inclusive")[part - 1]


def ack_times(history: Iterable[Event]) -> list[float]:
    """Seconds from meaning to send to the first answer that it was taken, a note."""
    begun: dict[str, float] = {}
    taken: dict[str, float] = {}
    for event in history:
        if event.what is What.INVOKE:
            begun[event.id] = event.at
        elif event.what in TAKEN:
            taken.setdefault(event.id, event.at - begun[event.id])
    return list(taken.values())
