"""A workshop's sorting as tests speak of it: an evening with notes, and what is where."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy.orm import Session

from factories import desk, make_workshop, mutation, new_id, outcomes, send
from verkstad.domain.roles import Actor, Role
from verkstad.domain.workshop_file import FileNote, FileTheme
from verkstad.services.accounts import create_account
from verkstad.services.actions import Act
from verkstad.services.changes import changes
from verkstad.services.context import lock_context
from verkstad.services.memberships import share
from verkstad.storage import Suggestion, Workshop
from verkstad.storage.base import WRITING, begin_write
from verkstad.storage.suggestion import Kind

Json = dict[str, Any]


# One of each, on the evening of `make_sorted`.
ACTS: dict[str, Json] = {
    "theme.move": {"note": "a", "theme": "t2"},
    "theme.place": {"notes": ["a", "d", "e"], "theme": "t2"},
    "theme.add": {"label": "Skolan", "notes": ["b", "e"]},
    "theme.rename": {"theme": "t1", "label": "Mötesplatser"},
    "theme.confirm": {"theme": "t2", "label": "Bussar"},
    "theme.approve": {"themes": {"t1": "Möten", "t2": "Bussar"}, "notes": {"a": "t1", "c": "t2", "d": None}},
    "theme.merge": {"theme": "t1", "into": "t2"},
    "theme.remove": {"theme": "t1"},
    "theme.order": {"themes": ["t2", "t1"]},
    "note.side": {"notes": ["a", "d"], "side": "against"},
    "note.ask": {"notes": ["b"], "asks": True},
    "note.second": {"note": "a", "theme": "t2"},
}


def make_sorted(session: Session, **more: Any) -> Workshop:
    """Themes ``t1`` with the notes a and b, ``t2`` with c, and the notes d and e nowhere; the machine sorted it."""
    notes = tuple(
        FileNote(id=key, group=1 + n % 3, text=f"lapp {key}", question="q1", by_person=False)
        for n, key in enumerate("abcde")
    )
    themes = (
        FileTheme(id="t1", label="Möten", notes=("a", "b"), named=False),
        FileTheme(id="t2", label="Bussar", notes=("c",), named=False),
    )
    return make_workshop(session, **({"notes": notes, "themes": themes} | more))


def seen(session: Session, workshop: Workshop, since: int = 0) -> Json:
    """What the studio is told."""
    return changes(session, desk(workshop).room, since)


def notes(session: Session, workshop: Workshop) -> dict[str, Json]:
    """The notes as the studio shows them, by id; it is told of withdrawn ones too, to count their marks."""
    return {note["id"]: note for note in seen(session, workshop)["notes"] if note["text"] is not None}


def places(session: Session, workshop: Workshop) -> dict[str, str | None]:
    """The theme of each note."""
    return {key: note["theme"] for key, note in notes(session, workshop).items()}


def labels(session: Session, workshop: Workshop) -> dict[str, str]:
    """The names of the themes that there are, by position."""
    return {theme["id"]: theme["label"] for theme in seen(session, workshop)["themes"]}


def log(session: Session, workshop: Workshop) -> list[Json]:
    """The acts, the oldest first."""
    actions: list[Json] = seen(session, workshop)["actions"]
    return actions


def sorting(session: Session, workshop: Workshop) -> Json:
    """All that can be undone, as it is now."""
    told = seen(session, workshop)
    fields = ("theme", "place", "by_person", "sure", "second", "side", "asks")
    return {
        "order": told["workshop"]["theme_order"],
        "themes": [(theme["id"], theme["label"], theme["named"]) for theme in told["themes"]],
        "notes": {key: [note[field] for field in fields] for key, note in notes(session, workshop).items()},
    }


def act(session: Session, actor: Actor, kind: str, **fields: Any) -> str:
    """Do something that is accepted; the id of the act."""
    wanted = mutation(kind, **fields)
    assert outcomes(send(session, actor, wanted)) == ["ok"]
    return str(wanted["id"])


def refused(session: Session, actor: Actor, kind: str, **fields: Any) -> str:
    """Try something; the code of the refusal, or ``ok``."""
    [outcome] = outcomes(send(session, actor, mutation(kind, **fields)))
    return outcome


def undo(session: Session, actor: Actor, action: str) -> str:
    """Take an act back; the id of that."""
    return act(session, actor, "action.undo", action=action)


def by_machine(session: Session, workshop: Workshop, do: Callable[[Act], None]) -> None:
    """An act that nobody asked for, as the job beside the server does it."""
    session.commit()
    with session.get_bind().engine.execution_options(**WRITING).begin() as connection:
        context = lock_context(connection, workshop.id, [], None)
        assert context is not None
        machine = Act(context, new_id(), "sorting", None, suggested=True)
        do(machine)
        machine.finish()
        context.finish()
    session.expire_all()


def people(session: Session, workshop: Workshop) -> tuple[Actor, Actor]:
    """Anna, who leads the evening, and Bo, who may sort and nothing else."""
    accounts = [create_account(session, f"{name}@example.se", name, Role.FACILITATOR) for name in ("Anna", "Bo")]
    roles = (Role.FACILITATOR, Role.THEME_TEAM)
    for account, role in zip(accounts, roles, strict=True):
        share(session, workshop.id, account.email, role)
    anna, bo = (Actor(r, workshop=workshop.id, account=a.id) for a, r in zip(accounts, roles, strict=True))
    return anna, bo


def answered(session: Session, workshop: Workshop, kind: str, **fields: Any) -> str:
    """What the desk does, and how that is answered."""
    return refused(session, desk(workshop), kind, **fields)


def propose(session: Session, workshop: Workshop, kind: Kind, **content: Any) -> str:
    """A suggestion as the machine would leave it."""
    begin_write(session)
    session.add(Suggestion(workshop_id=workshop.id, id="s", kind=kind, content=content, revision=1))
    session.commit()
    return "s"
