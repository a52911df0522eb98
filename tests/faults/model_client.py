"""A client in plain Python: its outbox and tray, which outlive it, and its picture of the evening, which does not."""

from __future__ import annotations

from typing import Any

from faults.model import Json, Who


class Store:
    """What a client knows, by the client rule of docs/wire.md."""

    def __init__(self) -> None:
        self.known = -1
        self.workshop: Json = {}
        self.questions: list[Json] = []
        self.kept: dict[str, dict[Any, Json]] = {name: {} for name in ("rounds", "groups", "notes", "themes")}

    def apply(self, changes: Json) -> bool:
        """Takes a message in; False when something before it was missed."""
        if changes["from"] > max(self.known, 0):
            return False
        if "workshop" in changes and changes["revision"] >= self.workshop.get("as_of", -1):
            self.workshop = changes["workshop"] | {"as_of": changes["revision"]}
            self.questions = changes["questions"]
            named = {group["number"] for group in changes["groups"]}
            groups = self.kept["groups"]
            for number in set(groups) - named:
                if groups[number]["revision"] <= changes["revision"]:
                    del groups[number]
        for name, key in (("rounds", "question"), ("groups", "number"), ("notes", "id"), ("themes", "id")):
            for thing in changes.get(name, ()):
                old = self.kept[name].get(thing[key])
                if old is None or thing["revision"] >= old["revision"]:
                    self.kept[name][thing[key]] = thing
        self.known = max(self.known, changes["revision"])
        return True

    def notes(self) -> dict[str, Json]:
        """The notes that are there, by id."""
        return {key: note for key, note in self.kept["notes"].items() if not note.get("gone")}

    def picture(self) -> Json:
        """Everything a person would see."""
        workshop = {key: value for key, value in self.workshop.items() if key != "as_of"}
        return {"workshop": workshop, "questions": self.questions, **self.kept, "notes": self.notes()}


class Client:
    """A phone, the desk or the screen (which has no name to act in)."""

    def __init__(self, who: Who | None, token: str) -> None:
        self.who = who
        self.token = token
        # On the phone's disk.
        self.outbox: list[Json] = []
        self.tray: dict[str, str] = {}  # mutation → why it was refused
        self.acked: set[str] = set()
        self.texts: dict[str, str] = {}  # mutation → every text that was ever called "På telefonen"
        self.notes_of: dict[str, str] = {}  # the note that each of these texts was for
        # In its memory, and on its line.
        self.online = False
        self.process = 0
        self.store = Store()
        self.inbox: list[Json] = []
        self.missed = True  # whether a message may have passed it by since it last asked
        self.buried: set[str] = set()  # notes it was told are withdrawn

    def add(self, mutation: Json) -> None:
        """What a person did, safe on the phone from now on."""
        self.outbox.append(mutation)
        if "text" in mutation and mutation["kind"].startswith("note."):
            self.texts[mutation["id"]] = mutation["text"]
            self.notes_of[mutation["id"]] = str(mutation.get("note", mutation["id"]))

    @property
    def room(self) -> int | str | None:
        """Who sees the same: a table by its number, the desk (None) or the screen."""
        return "screen" if self.who is None else self.who.group

    @property
    def own(self) -> list[str]:
        """The notes it wrote, taken or not."""
        return [key for key, note in self.notes_of.items() if key == note]

    def apply(self, message: Json) -> bool:
        """Takes a message in; False at a gap."""
        applied = self.store.apply(message)
        if applied:
            self.buried |= {note["id"] for note in message["notes"] if note.get("reason") == "withdrawn"}
        return applied

    def due(self, size: int) -> list[Json]:
        """The batch it would send now, at most ``size`` long."""
        return self.outbox[:size]

    def settle(self, answer: Json) -> None:
        """Takes the answer to a push in. What has no final answer stays where it is."""
        for result in answer.get("results", ()):
            self.outbox = [waiting for waiting in self.outbox if waiting["id"] != result["id"]]
            if result["status"] == "rejected":
                self.tray[result["id"]] = result["code"]
            else:
                self.acked.add(result["id"])

    def reload(self) -> None:
        """The page is opened anew: what was only in its memory is gone."""
        self.store = Store()

    def lose_line(self) -> None:
        self.online = False
        self.inbox.clear()
        self.missed = True
