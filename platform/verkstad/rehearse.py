"""Plays an evening into a workshop on a running server, with a real Socket.IO client for each table's phone.

Nothing here knows the server's inside: the phones join, push and retry as phones do, so a rehearsal is also a proof.
"""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import requests
import socketio
from socketio.exceptions import SocketIOError
from uuid_utils import uuid7

from verkstad.domain.errors import N_, Busy, Conflict, DomainError, NotFound
from verkstad.domain.note import normalise_text
from verkstad.domain.workshop import State
from verkstad.domain.workshop_file import WorkshopFile
from verkstad.services.rehearsal import Step, plan

PATIENCE = 30.0  # seconds that a client goes on trying before it says that something is wrong
ACK_TIMEOUT = 5.0
PAUSE = 0.3

# A proxy for the outer world must not be asked for this machine's own address.
_DIRECT = requests.Session()
_DIRECT.trust_env = False

Json = dict[str, Any]
Sent = tuple[int, str | None, str]  # group, question, text


@dataclass(frozen=True)
class RehearsalResult:
    """What the server had at the end, against what the phones had sent."""

    groups: int
    sent: int
    lost: tuple[str, ...]  # texts that the server does not have, or not as they were written
    duplicated: tuple[str, ...]  # texts that it has more than once
    unknown: tuple[str, ...]  # texts that nobody sent
    refused: tuple[str, ...]  # codes of what the server would not take
    seconds: float

    @property
    def complete(self) -> bool:
        return not (self.lost or self.duplicated or self.unknown or self.refused)

    def __str__(self) -> str:
        return (
            f"{self.sent} notes from {self.groups} groups in {self.seconds:.0f} s: {len(self.lost)} lost, "
            f"{len(self.duplicated)} duplicated, {len(self.unknown)} that nobody sent, {len(self.refused)} refused."
        )


def play(
    evening: WorkshopFile, *, base_url: str, code: str, studio_token: str, speed: float, report: Callable[[str], None]
) -> RehearsalResult:
    """Play ``evening`` into the workshop ``code``, which has the same groups and questions, and count what came in.

    Raises:
        NotFound: nobody answers at ``base_url``.
        Conflict: the server refuses to let a phone in, or stops answering.
    """
    stage = _Stage(plan(evening, speed), report)
    with _Client(base_url, studio_token) as studio:
        before = studio.sync()
        if before["workshop"]["state"] != State.OPEN:
            studio.push("workshop.state", {"state": State.OPEN})
        phones = [_Phone(group, _Client(base_url, _join(base_url, code, group)), stage) for group in stage.groups]
        report(f"{len(phones)} phones have joined.")
        stage.begin()
        for phone in phones:
            phone.start()
        refused = stage.conduct(studio, phones)
        seconds = time.monotonic() - stage.started
        return _count(phones, before["notes"], studio.sync()["notes"], refused, seconds)


def _join(base_url: str, code: str, group: int) -> str:
    """A phone's token, through the same door as every phone."""
    deadline = time.monotonic() + PATIENCE
    address = f"{base_url}/api/v1/workshops/{code}/join"
    while True:
        try:
            answer = _DIRECT.post(address, json={"group": group}, timeout=ACK_TIMEOUT)
            if answer.ok:
                return str(answer.json()["token"])
            reason, final = answer.json()["error"]["message"], answer.status_code != Busy.status
        except requests.RequestException as error:
            reason, final = type(error).__name__, False
        if final or time.monotonic() > deadline:
            raise Conflict("cannot_join", N_("No phone could join: %(reason)s"), reason=reason)
        time.sleep(PAUSE)


class _Client:
    """One connection that pushes until it has an answer, as a phone's outbox does."""

    def __init__(self, base_url: str, token: str) -> None:
        self._base_url = base_url
        self._token = token
        self._socket = socketio.Client(reconnection_delay=PAUSE, reconnection_delay_max=2, handle_sigint=False)

    def __enter__(self) -> _Client:
        try:
            self._socket.connect(
                self._base_url, auth={"token": self._token}, transports=["websocket"], wait_timeout=ACK_TIMEOUT
            )
        except SocketIOError as error:
            message = N_("No server answers at %(address)s. Start it with: verkstad serve")
            raise NotFound("no_server", message, address=self._base_url) from error
        return self

    def __exit__(self, *exception: object) -> None:
        self._socket.disconnect()

    def push(self, kind: str, fields: Mapping[str, Any], mutation_id: str | None = None) -> str | None:
        """Sends one mutation until it is answered; the code of the refusal, or None when it was taken."""
        mutation = {"id": mutation_id or str(uuid7()), "kind": kind, **fields}
        result = self._call("push", {"mutations": [mutation]}, lambda answer: answer.get("results"))[0]
        return str(result["code"]) if result["status"] == "rejected" else None

    def sync(self) -> Json:
        """Everything that this client may see."""
        snapshot: Json = self._call("sync", {"since": 0}, lambda answer: answer if "notes" in answer else None)
        return snapshot

    def _call(self, event: str, payload: Json, useful: Callable[[Json], Any]) -> Any:
        """Asks again until the answer is of use: connections break, and a busy server says when to come back."""
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                answer: Json = self._socket.call(event, payload, timeout=ACK_TIMEOUT)
            except SocketIOError as error:
                answer = {"error": {"code": type(error).__name__}}
            found = useful(answer)
            if found:
                return found
            if time.monotonic() > deadline:
                reason = answer.get("error", {}).get("code", "")
                raise Conflict("no_answer", N_("The server does not answer: %(reason)s"), reason=reason)
            time.sleep(answer.get("retry_after", PAUSE))


class _Stage:
    """The clock that everybody goes by, and which questions have been opened."""

    def __init__(self, steps: Sequence[Step], report: Callable[[str], None]) -> None:
        self._steps = steps
        self._report = report
        self._opened = {step.fields["question"]: threading.Event() for step in steps if step.kind == "round.open"}
        self.groups = sorted({step.group for step in steps if step.group is not None})
        self.started = 0.0

    def begin(self) -> None:
        self.started = time.monotonic()

    def part_of(self, group: int | None) -> Iterator[Step]:
        """What one group, or the facilitator, does, each step at its time and after what it waits for."""
        for step in self._steps:
            if step.group == group:
                time.sleep(max(0.0, self.started + step.at - time.monotonic()))
                if step.after is not None:
                    self._opened[step.after].wait(PATIENCE)
                yield step

    def conduct(self, studio: _Client, phones: Iterable[_Phone]) -> list[str]:
        """The facilitator's part; the codes of what was refused."""
        refused = []
        for step in self.part_of(None):
            if step.kind == "workshop.state":
                for phone in phones:
                    phone.join()
            code = studio.push(step.kind, step.fields)
            if code is not None:
                refused.append(f"{step.kind}: {code}")
            elif step.kind == "round.open":
                self._opened[step.fields["question"]].set()
                self._report(f"Question {list(self._opened).index(step.fields['question']) + 1} is open.")
        return refused


class _Phone(threading.Thread):
    """The scribe's phone of one table."""

    def __init__(self, group: int, client: _Client, stage: _Stage) -> None:
        super().__init__(name=f"group {group}", daemon=True)
        self._group = group
        self._client = client
        self._stage = stage
        self.sent: dict[str, Sent] = {}
        self.refused: list[str] = []

    def run(self) -> None:
        try:
            with self._client:
                self._client.push("scribe.take", {"take_over": True})
                for step in self._stage.part_of(self._group):
                    self._do(step)
        except DomainError as error:
            self.refused.append(error.code)

    def _do(self, step: Step) -> None:
        mutation_id = str(uuid7())
        if step.kind == "note.add":
            text = normalise_text(step.fields["text"])
            self.sent[mutation_id] = (self._group, step.fields["question"], text)
        code = self._client.push(step.kind, step.fields, mutation_id)
        if code is not None:
            self.refused.append(f"{step.kind}: {code}")


def _count(
    phones: Sequence[_Phone], before: list[Json], after: list[Json], refused: list[str], seconds: float
) -> RehearsalResult:
    """What was sent against what the server has, by id and then by what the notes say."""
    old = {note["id"] for note in before}
    stored: dict[str, Sent] = {n["id"]: (n["group"], n["question"], n["text"]) for n in after if n["id"] not in old}
    sent = {note_id: note for phone in phones for note_id, note in phone.sent.items()}
    extra = Counter(note for note_id, note in stored.items() if note_id not in sent)
    known = set(sent.values())
    return RehearsalResult(
        groups=len(phones),
        sent=len(sent),
        lost=tuple(note[2] for note_id, note in sent.items() if stored.get(note_id) != note),
        duplicated=tuple(note[2] for note in extra if note in known),
        unknown=tuple(note[2] for note in extra if note not in known),
        refused=tuple(refused + [code for phone in phones for code in phone.refused]),
        seconds=seconds,
    )
