"""Who follows the messages of a room holds just what the server says that all of it comes to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import socketio

from factories import mutation
from holding import Held, state_held, take_in
from running import Server, eventually


class Follower:
    """A client that applies what it is told by the client rule, and asks when there is a gap."""

    def __init__(self, server: Server, token: str) -> None:
        self.held: Held = {}
        self.known = -1
        self.told: list[dict[str, Any]] = []
        self.io = socketio.Client()
        self.io.on("changes", self.told.append)
        self.io.connect(server.base, auth={"token": token}, transports=["websocket"])
        self.sync()

    def sync(self, **more: object) -> dict[str, Any]:
        answer: dict[str, Any] = self.io.call("sync", {"since": max(self.known, 0), **more}, timeout=10)
        take_in(self.held, answer)
        self.known = max(self.known, answer["revision"])
        return answer

    def follow(self) -> int:
        """Take in what has come; how many messages were applied without asking."""
        followed = 0
        while self.told:
            message = self.told.pop(0)
            if message["from"] > self.known:
                self.sync()
                continue
            take_in(self.held, message)
            self.known = max(self.known, message["revision"])
            followed += 1
        return followed

    def push(self, *mutations: dict[str, Any]) -> None:
        answer = self.io.call("push", {"mutations": list(mutations)}, timeout=10)
        assert {result["status"] for result in answer["results"]} == {"ok"}, answer


@pytest.fixture
def followers(server: Server, code: str) -> Iterator[list[Follower]]:
    """Two phones at one table, one at another, a screen and a studio."""
    tokens = [server.join(code, group)["token"] for group in (1, 1, 2)]
    tokens += [server.token(code, "screen"), server.token(code, "studio")]
    made = [Follower(server, token) for token in tokens]
    yield made
    for follower in made:
        follower.io.disconnect()


def add(text: str) -> dict[str, Any]:
    return mutation("note.add", question="q1", text=text)


def test_everyone_who_follows_holds_what_the_server_has(server: Server, code: str, followers: list[Follower]) -> None:
    first, second, other, _, studio = followers
    notes = [add(f"lapp {number}") for number in range(6)]
    for writer, note in zip([first, second, other] * 2, notes, strict=True):
        writer.push(note)
    server.join(code, 1)
    second.push(add("efter en ny vid bordet"))
    studio.push(mutation("round.share", question="q1", shared=True))
    other.push(add("delad"))
    first.push(mutation("note.withdraw", note=notes[0]["id"]))
    studio.push(mutation("note.hide", note=notes[1]["id"], reason="skäl"))
    studio.push(mutation("round.share", question="q1", shared=False), mutation("message.send", text="till alla"))
    revision = studio.sync()["revision"]
    eventually(lambda: [f.follow() for f in followers] and all(f.known >= revision for f in followers))
    for follower in followers:
        asked = follower.sync(check=True)
        assert asked["notes"] == [], "the messages had told it all"
        assert asked["state"] == state_held(follower.held)


def test_who_lost_a_message_without_knowing_can_tell_and_starts_over(
    server: Server, code: str, followers: list[Follower]
) -> None:
    first, second = followers[:2]
    second.push(add("kom aldrig fram"))
    eventually(lambda: first.told)
    first.known = first.told.pop()["revision"]
    second.push(add("kom fram"))
    eventually(first.follow)
    assert first.sync(check=True)["state"] != state_held(first.held)
    first.known, first.held = -1, {}
    assert first.sync(check=True)["state"] == state_held(first.held)
    status, answer = server.request(
        "GET", f"/api/v1/workshops/{code}/changes?since=0&check=1", token=server.join(code, 1)["token"]
    )
    assert status == 200 and {note["text"] for note in answer["notes"]} == {"kom aldrig fram", "kom fram"}
    assert "state" not in first.sync()
