"""When the storm is over: everything arrives, and then the promises are counted."""

from __future__ import annotations

import zlib

from sqlalchemy import select
from sqlalchemy.orm import Session

from faults.hall import BATCH, Hall, comparable
from faults.model import Json
from faults.model_client import Client, Store
from verkstad.storage import Note


def settle(hall: Hall) -> None:
    """Everything that was under way arrives, everything that waited is sent, and everybody is told."""
    while hall.adrift:
        push = hall.adrift.pop()
        hall.deliver(push[0].process, [push])
    for n, client in enumerate(hall.clients):
        if not client.online:
            hall.come_online(client, n)
    for client in hall.clients:
        while client.outbox:
            hall.push(client, BATCH)
    for n, process in enumerate(hall.processes):
        process.look()
        hall.tell(n)
    check_database(hall)
    there = {room: snapshot(hall, client) for room, client in {client.room: client for client in hall.clients}.items()}
    for client in hall.clients:
        check_texts(hall, client)
        while client.inbox:
            hall.hear(client, client.inbox.pop(0))
        if client.missed:  # for everybody else messages must be enough
            hall.sync(client)
        check_picture(client, there[client.room])


def check_database(hall: Hall) -> None:
    """L1, L3, L5: what is stored is what was taken, once, as it was sent, and nothing else."""
    with Session(hall.processes[0].engine) as session:
        notes = session.scalars(select(Note).where(Note.workshop_id == hall.workshop.id))
        stored = {note.id: _as_stored(note) for note in notes}
    assert stored == {
        key: (n.group, n.question, n.text, n.late, n.source, n.withdrawn, n.hidden, n.theme)
        for key, n in hall.model.notes.items()
    }


def _as_stored(note: Note) -> tuple[object, ...]:
    came = (note.group_number, note.question_id, note.text, note.late, note.source.value)
    return (*came, note.withdrawn_at is not None, note.hidden_reason, note.theme_id)


def check_texts(hall: Hall, client: Client) -> None:
    """L2: every text is in the database or in the tray, and in one of them only."""
    for key in client.texts:
        taken = hall.model.took(key)
        assert (key in client.acked) == taken
        assert taken != (key in client.tray)


def snapshot(hall: Hall, client: Client) -> Store:
    """L4, the server's half: what it shows somebody who comes now is what it should."""
    fresh = Store()
    everything = hall.processes[client.process].ask(client, "sync", {"since": 0, "check": True})
    fresh.apply(everything)
    assert state(fresh) == everything["state"]
    assert {key: comparable(note) for key, note in fresh.notes().items()} == hall.model.sees(client.who)
    rounds = {key: (r["state"], r["shared"]) for key, r in fresh.kept["rounds"].items()}
    assert rounds == hall.model.rounds_seen()
    assert fresh.workshop["state"] == hall.model.state
    own = (client.who.group,) if client.who and client.who.group else tuple(hall.model.joined)
    groups = {n: (g["done"], g["scribe"]) for n, g in fresh.kept["groups"].items()}
    assert groups == {n: (n in hall.model.done, hall.model.scribes.get(n)) for n in own}
    for group in fresh.kept["groups"].values():
        assert group.get("joined", 0) in {0, hall.model.joined[group["number"]]}
    return fresh


def check_picture(client: Client, fresh: Store) -> None:
    """L4, the client's half: it shows what somebody who comes now is shown."""
    shown, there = client.store.picture(), fresh.picture()
    assert shown == there, f"shown and not there {_beyond(shown, there)}, there and not shown {_beyond(there, shown)}"
    assert state(client.store) == state(fresh)


def _beyond(one: Json, other: Json) -> Json:
    """What is in one and not in the other, for whoever has to find out why."""
    missing: Json = {}
    for key, value in one.items():
        if value != other.get(key):
            both = isinstance(value, dict) and isinstance(other.get(key), dict)
            missing[key] = _beyond(value, other[key]) if both else value
    return missing


def state(store: Store) -> str:
    """What all that a client holds comes to, by docs/wire.md."""
    held: list[tuple[str, object, Json]] = [("note", *item) for item in store.notes().items()]
    held += [(name[:-1], *item) for name in ("rounds", "groups", "themes") for item in store.kept[name].items()]
    lines = sorted(f"{kind} {key} {thing['revision']}" for kind, key, thing in held)
    return format(zlib.crc32("\n".join(lines).encode()), "08x")


def check_always(hall: Hall) -> None:
    """What holds in the middle of the storm too: no text is nowhere, and nothing that was withdrawn comes back."""
    for client in hall.clients:
        waiting = {m["id"] for m in client.outbox}
        for key in client.texts:
            taken = hall.model.took(key)
            assert taken or key in waiting or key in client.tray, "a text is nowhere"
            assert not (taken and key in client.tray), "a text is in two places"
        assert not client.buried & client.store.notes().keys(), "withdrawn, and here again"
