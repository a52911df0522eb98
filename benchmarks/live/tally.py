"""From a crowd's record to figures: how fast, and whether anything was lost, repeated or shown to the wrong room."""

from __future__ import annotations

import msgspec
from benchmarks.live.crowd import ALTERED, UNKNOWN, Crowd
from benchmarks.live.member import Member
from benchmarks.live.plan import PlannedNote


class Spread(msgspec.Struct, frozen=True):
    """Milliseconds."""

    p50: float
    p95: float
    p99: float
    max: float

    @classmethod
    def of(cls, seconds: list[float]) -> Spread:
        """The spread of some durations; all zero for none."""
        if not seconds:
            return cls(0, 0, 0, 0)
        ordered = sorted(seconds)
        last = len(ordered) - 1
        shares = (0.5, 0.95, 0.99, 1.0)
        return cls(*(round(ordered[round(share * last)] * 1000, 2) for share in shares))


class Faults(msgspec.Struct, frozen=True):
    """What must be zero."""

    refused: int = 0  # answered with a final no
    unanswered: int = 0
    unseen: int = 0  # acked, and not shown to somebody who should see it
    repeated: int = 0  # shown twice to the same
    stray: int = 0  # shown to somebody who must not see it
    altered: int = 0  # shown with another text
    phantom: int = 0  # shown or stored, and written by nobody
    lost: int = 0  # acked, and not stored as written
    doubled: int = 0  # stored more than once

    @property
    def total(self) -> int:
        return sum(msgspec.structs.astuple(self))

    def __str__(self) -> str:
        return ", ".join(f"{count} {name}" for name, count in msgspec.structs.asdict(self).items() if count)

    def __add__(self, other: Faults) -> Faults:
        pairs = zip(msgspec.structs.astuple(self), msgspec.structs.astuple(other), strict=True)
        return Faults(*(mine + theirs for mine, theirs in pairs))


def read_record(crowd: Crowd, start: float) -> tuple[list[float], Faults]:
    """Of the notes last played, due from ``start``: how long until each reader was shown each, and what went wrong.

    A message and the answer to a `sync` may tell of the same note, as the wire allows; two messages may not.
    """
    delays: list[float] = []
    reached: set[int] = set()  # place and reader in one number
    by_sync: set[int] = set()
    repeated = stray = altered = phantom = 0
    members, notes = crowd.members, crowd.notes
    for at, who, places, asked in crowd.record:
        for place in places:
            if place < 0:
                altered += place == ALTERED
                phantom += place == UNKNOWN
                continue
            pair = place * len(members) + who
            if asked:
                by_sync.add(pair)
            if pair in reached:
                repeated += not asked and pair not in by_sync
            elif not _may_see(crowd, members[who], notes[place]):
                stray += 1
            elif who != notes[place].phone:
                reached.add(pair)
                if notes[place].measured and place >= crowd.first:
                    delays.append(at - start - notes[place].due)
    return delays, Faults(
        refused=len(crowd.rejected),
        unanswered=sum(n.id not in crowd.acked_at and n.id not in crowd.rejected for n in notes),
        unseen=_unseen(crowd, reached),
        repeated=repeated,
        stray=stray,
        altered=altered,
        phantom=phantom,
    )


def _may_see(crowd: Crowd, member: Member, note: PlannedNote) -> bool:
    return member.follows_notes and member.group in (None, crowd.crew.group_of(note.phone))


def _unseen(crowd: Crowd, reached: set[int]) -> int:
    """How many showings are missing, of the acked notes last played."""
    acked = {p for p in range(crowd.first, len(crowd.notes)) if crowd.notes[p].id in crowd.acked_at}
    expected = sum(crowd.crew.readers(crowd.crew.group_of(crowd.notes[place].phone)) for place in acked)
    return expected - sum(pair // len(crowd.members) in acked for pair in reached)


def ack_delays(crowd: Crowd, start: float) -> list[float]:
    """How long after its due time each measured note last played was acked."""
    played = crowd.notes[crowd.first :]
    return [crowd.acked_at[n.id] - start - n.due for n in played if n.measured and n.id in crowd.acked_at]


def lateness(crowd: Crowd, start: float) -> list[float]:
    """How long after its due time each note was sent: our own timer, and a phone that waits for its earlier batch."""
    played = crowd.notes[crowd.first :]
    return [crowd.sent_at[n.id] - start - n.due for n in played if n.measured and n.id in crowd.sent_at]


def compare_stored(crowd: Crowd, stored: dict[str, str]) -> Faults:
    """What the database has against what was acked and what was written."""
    written = {note.id: note.text for note in crowd.notes}
    return Faults(
        lost=sum(stored.get(note_id) != written[note_id] for note_id in crowd.acked_at),
        phantom=len(stored.keys() - written.keys()),
        doubled=len(stored) - len(set(stored.values())),
    )
