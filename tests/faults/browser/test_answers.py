"""Answers that are lost, that somebody else gives, or that say: not now."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import Route, expect

from factories import make_evening
from faults.browser.networks import Network, pass_on, through
from people import Hall, Phone


def lose_answers(phone: Phone, path: str, times: int) -> list[str]:
    """The server gets the request and the phone gets nothing, so many times."""
    lost: list[str] = []

    def on_request(route: Route) -> None:
        if len(lost) < times:
            lost.append(route.request.post_data or "")
            pass_on(phone.hall, route)
            route.abort()
        else:
            route.continue_()

    phone.context.route(path, on_request)
    return lost


def sent_with(route: Route) -> list[dict[str, Any]]:
    return list(json.loads(route.request.post_data or "")["mutations"])


def test_a_join_whose_answer_is_lost_is_one_participant(hall: Hall) -> None:
    code, _ = hall.prepare(make_evening())
    phone = hall.phone()
    lost = lose_answers(phone, "**/join", 2)
    phone.scan(code, 2)
    assert len(lost) == 2
    phone.write("Från ett bord")
    phone.see_note("Från ett bord")
    assert hall.seats(code) == 1


def test_a_join_that_was_lost_is_not_in_the_way_of_another_table(hall: Hall) -> None:
    code, _ = hall.prepare(make_evening())
    phone = hall.phone()
    lose_answers(phone, "**/join", 1)
    phone.page.goto(f"{hall.base}/w/{code}")
    phone.press("Bord 1")
    phone.see("Ingen kontakt med verkstaden")
    phone.page.reload()
    phone.press("Bord 3")
    phone.field.wait_for()
    phone.see("Bord 3")


def test_a_push_whose_answer_is_lost_is_one_note(hall: Hall) -> None:
    code, _ = hall.prepare(make_evening())
    phone = through(Network.PLAIN_HTTP, hall.phone()).scan(code, 1)
    lost = lose_answers(phone, "**/push", 2)
    phone.write("Svaret kom bort")
    phone.see_note("Svaret kom bort")
    assert len(lost) == 2
    assert hall.stored(code) == ["Svaret kom bort"]


PORTALS: list[dict[str, Any]] = [
    {"status": 200, "content_type": "text/html", "body": "<h1>Välkommen till gästnätet</h1>"},
    {"status": 200, "json": {"ok": True, "results": [], "revision": 7}},
    {"status": 200, "json": {"results": [{"id": "someone-elses", "status": "ok"}], "revision": 7}},
    {"status": 401, "json": {"error": "login_required"}},
    {"status": 511, "content_type": "text/html", "body": "<h1>Logga in</h1>"},
]


@pytest.mark.parametrize("portal", PORTALS, ids=["page", "ok", "other ids", "json 401", "511"])
def test_f17_a_captive_portal_acknowledges_nothing(hall: Hall, portal: dict[str, Any]) -> None:
    code, _ = hall.prepare(make_evening())
    phone = through(Network.NO_WEBSOCKET, hall.phone()).scan(code, 1)
    hall.expected.append(str(portal["status"]))
    asked: list[str] = []

    def answer(route: Route) -> None:
        asked.append(route.request.url)
        route.fulfill(**portal)

    for path in ("**/api/**", "**/socket.io/**"):
        phone.context.route(path, answer)
    phone.context.set_offline(True)  # the phone changes to the guest network
    phone.context.set_offline(False)
    phone.write("Bakom en inloggningssida")
    phone.see("Ingen kontakt")
    assert any("/push" in url for url in asked)
    phone.see_note("Bakom en inloggningssida", "På telefonen")
    phone.page.reload()
    phone.see("1 lapp väntar på att skickas")
    assert hall.stored(code) == []
    phone.context.unroute_all()
    phone.page.reload()
    phone.see_note("Bakom en inloggningssida")
    assert hall.stored(code) == ["Bakom en inloggningssida"]


def test_a_server_that_is_busy_is_told_calmly_and_gets_everything_later(hall: Hall) -> None:
    code, _ = hall.prepare(make_evening())
    phone = through(Network.PLAIN_HTTP, hall.phone()).scan(code, 1)
    hall.expected.append("503")
    busy = {"error": {"code": "busy", "message": "Inte just nu."}, "retry_after": 2}
    phone.context.route("**/push", lambda route: route.fulfill(status=503, json=busy))
    phone.write("Mitt i rusningen")
    phone.see("Servern har mycket att göra")
    phone.see_note("Mitt i rusningen", "På telefonen")
    phone.check_accessible()
    phone.context.unroute("**/push")
    phone.see_note("Mitt i rusningen")
    phone.see_not("Servern har mycket att göra")
    assert hall.stored(code) == ["Mitt i rusningen"]


def test_what_the_server_chokes_on_stops_nobody_and_can_be_sent_again(hall: Hall) -> None:
    code, _ = hall.prepare(make_evening())
    phone = through(Network.PLAIN_HTTP, hall.phone()).scan(code, 1)

    away = [True]

    def choke(route: Route) -> None:
        if away:
            route.abort()
            return
        sent = sent_with(route)
        bad = next((each for each in sent if each["text"] == "Den svåra"), None)
        if bad is None:
            route.continue_()
            return
        failed = {"id": bad["id"], "status": "rejected", "code": "internal", "message": "Något gick fel hos oss."}
        rest = [each for each in sent if each is not bad]
        answer = pass_on(hall, route, post_data={"mutations": rest}).json()
        route.fulfill(json=answer | {"results": [failed, *answer["results"]]})

    phone.context.route("**/push", choke)
    for text in ("Den svåra", "Den lätta"):
        phone.write(text)
        phone.see_note(text, "På telefonen")
    away.clear()
    phone.see_note("Den lätta")
    phone.see("Något gick fel hos oss.")
    phone.check_accessible()
    phone.context.unroute("**/push")
    phone.press("Försök igen")
    phone.see_not("Något gick fel hos oss.")
    phone.see_note("Den svåra")
    assert hall.stored(code) == ["Den lätta", "Den svåra"]


def test_f31_a_page_goes_on_with_a_server_that_has_learnt_more(hall: Hall) -> None:
    code, _ = hall.prepare(make_evening())
    phone = through(Network.PLAIN_HTTP, hall.phone())

    def newer(route: Route) -> None:
        told = pass_on(hall, route).json()
        notes = [note | {"source": "fax", "mood": {"glad": 1}} for note in told.get("notes", [])]
        route.fulfill(json=told | {"notes": notes, "weather": [{"id": "sol"}], "protocol": 9})

    phone.context.route("**/changes*", newer)
    phone.scan(code, 1)
    phone.write("Till en nyare server")
    phone.see_note("Till en nyare server")
    phone.page.reload()
    phone.see_note("Till en nyare server")
    unknown = {"code": "unknown_kind", "message": "Den här versionen känner inte till det."}

    def forgotten(route: Route) -> None:
        sent = sent_with(route)
        results = [{"id": each["id"], "status": "rejected"} | unknown for each in sent]
        route.fulfill(json={"revision": 1, "results": results})

    phone.context.route("**/push", forgotten)
    phone.write("Av ett slag som inte finns mer")
    phone.see("Den här versionen känner inte till det.")
    expect(phone.page.get_by_text("Av ett slag som inte finns mer")).to_be_visible()
