"""A hall: the server that is real, the model that judges it, and clients with a bad network in between."""

from __future__ import annotations

import secrets
from typing import Any

from sqlalchemy.orm import Session

from factories import make_workshop, mutation
from faults.model import GROUPS, THEMES, Evening, Json, Who
from faults.model_client import Client
from faults.mortal import AtCommit, Power, Process
from verkstad.domain.roles import Role
from verkstad.domain.workshop_file import FileGroup, FileTheme
from verkstad.services import joining
from verkstad.storage import Workshop

ALL_WELL, LOST, ANSWER_LOST, TWICE, LATE = "all is well", "lost", "the answer is lost", "comes twice", "comes late"
FATES: tuple[str, ...] = (LOST, ANSWER_LOST, TWICE, LATE, *AtCommit)
BATCH = 50

Push = tuple[Client, list[Json]]


class Hall:
    """Phones at two tables, a desk and a screen, at two processes. L1 to L5 are those of the design."""

    def __init__(self, powers: list[Power]) -> None:
        self.processes = [Process(power) for power in powers]
        self.model = Evening()
        self.adrift: list[Push] = []  # requests that nobody waits for any more
        self._first: dict[str, int | None] = {}  # the revision that each accepted mutation was told first
        self._seen: dict[int, dict[int | str | None, dict[str, Json]]] = {}  # what each room may see at a revision
        with Session(self.processes[0].engine, expire_on_commit=False) as session:
            themes = tuple(FileTheme(id=theme, label=theme) for theme in THEMES)
            groups = tuple(FileGroup(number=n, name=f"Bord {n}") for n in GROUPS)
            self.workshop = make_workshop(session, groups=groups, themes=themes)
            tokens = [joining.issue_token(session, self.workshop, role) for role in (Role.STUDIO, Role.SCREEN)]
        self.desk, self.screen = Client(Who("desk"), tokens[0]), Client(None, tokens[1])
        self.phones: list[Client] = []
        for n, group in enumerate((1, 1, 2)):
            self.sit_down(n, group)
        for n, client in enumerate((self.desk, self.screen)):
            self.come_online(client, n)

    @property
    def clients(self) -> list[Client]:
        return [self.desk, self.screen, *self.phones]

    def sit_down(self, process: int, group: int, times: int = 1) -> None:
        """A phone joins; ``times`` it asks before it hears the answer, with the token that it made itself."""
        token = secrets.token_urlsafe(32)
        for n in range(times):
            at = self.processes[(process + n) % 2]
            with Session(at.engine, expire_on_commit=False) as session:
                workshop = session.get_one(Workshop, self.workshop.id)
                seat = joining.join(session, workshop, group, None, at.broadcaster, token)
        self.model.joined[group] += 1
        self._remember()
        self.phones.append(Client(Who(seat.participant, group), token))
        self.come_online(self.phones[-1], process)

    def at_desk(self, fate: str, kind: str, **fields: Any) -> None:
        self.desk.add(mutation(kind, **fields))
        self.push(self.desk, BATCH, fate)

    def push(self, client: Client, size: int, fate: str = ALL_WELL) -> None:
        """One batch from a client, and what becomes of it on the way."""
        batch = client.due(size)
        if not batch or not client.online or fate == LOST:
            return
        if fate == LATE:
            self.adrift.append((client, batch))
            return
        at_commit = AtCommit(fate) if fate in set(AtCommit) else None
        for _ in range(2 if fate == TWICE else 1):
            [answer] = self.deliver(client.process, [(client, batch)], at_commit)
        if answer is not None and fate != ANSWER_LOST:
            client.settle(answer)

    def push_together(self, process: int, at_commit: AtCommit | None) -> None:
        """Everybody at a process sends at once: the first one's is written alone, the others' together."""
        pushes = [(c, c.due(20)) for c in self.clients if c.online and c.process == process and c.outbox]
        answers = self.deliver(process, pushes, at_commit) if pushes else []
        for (client, _), answer in zip(pushes, answers, strict=True):
            if answer is not None:
                client.settle(answer)

    def deliver(self, process: int, pushes: list[Push], at_commit: AtCommit | None = None) -> list[Json | None]:
        """The server takes pushes; its answers are the model's, and nothing is promised that is not stored."""
        server = self.processes[process]
        answers = server.push(pushes, at_commit)
        stored = len(pushes)
        if server.power.failed and at_commit is not AtCommit.DIES_AFTER:
            stored = 1 if len(pushes) > 1 else 0  # the first transaction was the first push by itself
        for n, ((client, batch), answer) in enumerate(zip(pushes, answers, strict=True)):
            if n >= stored:
                busy = answer is None or answer.get("error", {}).get("code") == "busy"
                assert busy, f"promised, and not stored: {answer}"
                continue
            assert client.who is not None
            told = [self.model.take(client.who, m) for m in batch]
            if answer is not None:
                self._check_answer(answer, told)
                self._remember(answer["revision"])
        self._remember()
        return answers

    def _check_answer(self, answer: Json, told: list[str]) -> None:
        said = [r.get("code", r["status"]) for r in answer["results"]]
        assert said == told, f"the server says {said}, the model {told}"
        for result in answer["results"]:
            revision = result.get("revision")
            assert self._first.setdefault(result["id"], revision) == revision, "a resend took effect again"

    def _remember(self, revision: int | None = None) -> None:
        """What every room may see at a revision, by the model; at the database's when none is given."""
        if revision is None:
            with Session(self.processes[0].engine) as session:
                revision = session.get_one(Workshop, self.workshop.id).revision
        rooms = {"screen": None, None: Who("desk")} | {group: Who("", group) for group in GROUPS}
        self._seen[revision] = {room: self.model.sees(who) for room, who in rooms.items()}

    # What goes the other way.

    def tell(self, process: int) -> None:
        """A process tells its rooms what they have not been told."""
        before = {id(client): len(client.inbox) for client in self.clients}
        self.processes[process].tell()
        for client in self.clients:
            for message in client.inbox[before[id(client)] :]:
                self._check_told(client, message)

    def tell_everybody(self, deaf: set[int]) -> None:
        """News go round: to the other process, to the rooms, and to all clients but these, who lose them."""
        for n in range(2):
            while self.processes[n].feed.lying:
                self.carry(n, 0, ALL_WELL)
        for n in range(2):
            self.tell(n)
        for n, client in enumerate(self.clients):
            client.missed |= n in deaf and bool(client.inbox)
            while client.inbox:
                message = client.inbox.pop(0)
                if n not in deaf:
                    self.hear(client, message)

    def carry(self, process: int, which: int, fate: str) -> None:
        """Something that a process published comes to the other one, or not."""
        lying = self.processes[process].feed.lying
        if lying:
            which %= len(lying)
            message = lying[which] if fate == TWICE else lying.pop(which)
            if fate != LOST:
                self.processes[1 - process].hear(message)

    def hear(self, client: Client, message: Json) -> None:
        """A message is taken in, by the rule; a gap makes the client ask."""
        if not client.apply(message):
            assert client.missed, "a gap, though nothing was lost"
            self.sync(client)

    def ask(self, client: Client, **more: Any) -> Json:
        answer = self.processes[client.process].ask(client, "sync", {"since": max(client.store.known, 0), **more})
        assert "error" not in answer, answer
        self._check_told(client, answer)
        return answer

    def sync(self, client: Client) -> None:
        if client.online:
            assert client.apply(self.ask(client))
            client.missed = False

    def come_online(self, client: Client, process: int) -> None:
        """The line is there again, to whichever process, and the client asks at once."""
        if not client.online:
            client.process, client.online = process % 2, True
            self.processes[client.process].connect(client)
        self.sync(client)

    def go_offline(self, client: Client) -> None:
        client.lose_line()
        self.processes[client.process].disconnect(client)

    def _check_told(self, client: Client, message: Json) -> None:
        """L5 and what is whose: what is told was true at its revision, and of other tables it was once shared."""
        seen = self._seen[message["revision"]][client.room]
        for note in message["notes"]:
            if note["text"] is not None:
                assert comparable(note) == seen.get(note["id"])
                continue
            assert note["id"] not in seen
            own = client.who is not None and client.who.group in {None, note["group"]}
            assert own or note["id"] in self.model.public, "told of a note that was never its business"


def comparable(note: Json) -> Json:
    """A note as the wire has it, in the terms of the model."""
    fields = {key: note[key] for key in ("group", "question", "text", "late", "source")}
    if "theme" in note:
        fields |= {"theme": note["theme"], "hidden": note.get("hidden", {}).get("reason")}
    return fields
