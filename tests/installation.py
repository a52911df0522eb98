"""An installation with its worker, as tests of the machine meet it: an evening whose notes are about three things."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import psutil
from sqlalchemy import select

from factories import make_evening, new_id
from running import Server, eventually
from verkstad.storage import NoteVector

Json = dict[str, Any]

TEXTS = [
    "Bussen går för sällan på kvällarna",
    "Lokalerna är för dyra att hyra för små föreningar",
    "Ungdomar behöver någonstans att vara på loven",
    "Det saknas bussar till byarna på helgen",
    "Låna ut skolans lokaler till föreningar på kvällen",
    "Fritidsgården borde ha öppet längre för de unga",
    "Fler bussturer så att man kan ta sig hem sent",
    "Svårt att hitta en lokal för våra möten",
    "Mer att göra för tonåringar på sommaren",
    "Bussen passar inte tiderna för jobbet",
    "Bygdegården kunde bli en gemensam möteslokal",
    "Ungdomarna vill ha ett eget ställe att träffas på",
    "Dyrt med bussbiljett för familjer",
    "En lista över lediga lokalerna och vad hyran är",
    "Lyssna på de unga när fritidsgården planeras",
]


@dataclass
class Hall:
    """One open evening on a server."""

    server: Server
    code: str
    phone: str
    studio: str

    @classmethod
    def at(cls, server: Server) -> Hall:
        code, _ = server.import_evening(make_evening())
        return cls(server, code, server.join(code, 1)["token"], server.token(code, "studio"))

    def write(self, *texts: str) -> list[str]:
        """Post notes from a phone; their ids."""
        notes = [{"id": new_id(), "kind": "note.add", "question": "q1", "text": text} for text in texts]
        self.push(self.phone, *notes)
        return [str(note["id"]) for note in notes]

    def act(self, kind: str, **fields: Any) -> str:
        """Something that the studio does; its id."""
        change = {"id": new_id(), "kind": kind, **fields}
        self.push(self.studio, change)
        return str(change["id"])

    def push(self, token: str, *mutations: Json) -> None:
        status, answer = self.server.request(
            "POST", f"/api/v1/workshops/{self.code}/push", {"mutations": list(mutations)}, token
        )
        assert status == 200, answer
        assert {result["status"] for result in answer["results"]} == {"ok"}, answer

    def seen(self) -> Json:
        """What the studio is told of everything."""
        status, answer = self.server.request("GET", f"/api/v1/workshops/{self.code}/changes?since=0", None, self.studio)
        assert status == 200, answer
        return dict(answer)

    def notes(self) -> dict[str, Json]:
        return {note["id"]: note for note in self.seen()["notes"]}

    def themes(self) -> list[Json]:
        return list(self.seen()["themes"])

    def suggestions(self, kind: str) -> list[Json]:
        return [each for each in self.seen()["suggestions"] if each["kind"] == kind]

    def acts(self, kind: str) -> list[Json]:
        return [action for action in self.seen()["actions"] if action["kind"] == kind]

    def sorted(self) -> list[Json]:
        """The themes, when the machine has made any."""
        found: list[Json] = eventually(self.themes, seconds=90, every=0.2)
        return found

    def is_read(self, *notes: str) -> bool:
        """Whether the machine has looked at these notes."""
        with self.server.database() as session:
            return set(notes) <= set(session.scalars(select(NoteVector.note_id)))


def workers(server: Server) -> list[psutil.Process]:
    """The worker processes that a server has started."""
    assert server.process is not None
    return [child for child in psutil.Process(server.process.pid).children() if "work" in child.cmdline()]
