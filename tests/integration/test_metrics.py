"""The figures: who may read them, that they count, and that they hold nothing of anybody's."""

from __future__ import annotations

import urllib.request
from collections.abc import Callable

import pytest
from flask import Flask
from prometheus_client.parser import text_string_to_metric_families

from desks import make_app
from factories import mutation
from running import Server
from verkstad.domain.errors import Invalid
from verkstad.domain.mutations import AnyMutation, parse_batch
from verkstad.services import metrics

Figures = dict[tuple[str, frozenset[tuple[str, str]]], float]


def figures(text: str | None = None) -> Figures:
    """Every figure of this process, or of an answer."""
    families = text_string_to_metric_families(metrics.render().decode() if text is None else text)
    return {(s.name, frozenset(s.labels.items())): s.value for family in families for s in family.samples}


def grown(act: Callable[[], object]) -> dict[str, float]:
    """How much each of our figures grew: ``name{label,label}`` and by what."""
    before = figures()
    act()
    return {
        name.removeprefix("verkstad_") + "{" + ",".join(sorted(value for _, value in labels)) + "}": value - was
        for (name, labels), value in figures().items()
        if name.startswith("verkstad_") and (was := before.get((name, labels), 0)) != value
    }


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return make_app(tmp_path_factory.mktemp("metrics"))


@pytest.mark.parametrize("address", ["127.0.0.1", "127.0.0.9", "::1", "::ffff:127.0.0.1"])
def test_monitoring_on_the_same_machine_reads_them(app: Flask, address: str) -> None:
    answer = app.test_client().get("/metrics", environ_base={"REMOTE_ADDR": address})
    assert answer.status_code == 200
    assert answer.content_type.startswith("text/plain; version=")
    read = figures(answer.text)
    assert read["process_resident_memory_bytes", frozenset()] > 1e6
    assert read["process_cpu_seconds_total", frozenset()] > 0


@pytest.mark.parametrize("address", ["192.0.2.7", "10.0.0.2", "::ffff:192.0.2.7", "2001:db8::1", "", "unix:"])
def test_other_machines_do_not(app: Flask, address: str) -> None:
    assert app.test_client().get("/metrics", environ_base={"REMOTE_ADDR": address}).status_code == 403


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "X-Real-IP", "X-Forwarded-Proto", "Via"])
def test_nor_does_anybody_through_a_proxy_on_the_machine(app: Flask, header: str) -> None:
    assert app.test_client().get("/metrics", headers={header: "127.0.0.1"}).status_code == 403


def test_every_kind_and_answer_is_counted_and_strangers_kinds_are_one() -> None:
    known = {kind.__struct_config__.tag for kind in AnyMutation.__args__}
    labels = {dict(labels)["kind"] for name, labels in figures() if name == "verkstad_mutations_total"}
    assert labels == known | {"unknown"}
    wild = [mutation(kind) for kind in ("note.add", "x" * 1000, 'a"b', "\u202e", "")]
    series = len(figures())

    def answer() -> None:
        for _, parsed in parse_batch({"mutations": [*wild, mutation("group.done", done=True)]}):
            metrics.answered(parsed, "rejected" if isinstance(parsed, Invalid) else "ok")

    assert grown(answer) == {"mutations_total{rejected,unknown}": 5, "mutations_total{group.done,ok}": 1}
    assert len(figures()) == series


def test_refusals_are_counted_by_their_code(app: Flask) -> None:
    client = app.test_client()

    def strangers() -> None:
        client.get("/api/v1/workshops/KRTM7W")
        client.get("/api/v1/workshops/KRTM7W/changes", headers={"Authorization": "Bearer x"})
        client.post("/api/v1/workshops/KRTM7W/push", data=b"x" * 300_000)

    assert grown(strangers) == {f"refused_total{{http,{code}}}": 1 for code in ("unauthorized", "too_large")} | {
        "refused_total{http,unknown_code}": 1
    }


def test_the_rest_is_told_by_those_who_do_it() -> None:
    def evening() -> None:
        metrics.pushed()
        metrics.wrote(20, 0.003)
        metrics.told(60)
        metrics.told(2)
        metrics.cut_off()
        metrics.refused("busy", "socket", busy=True)

    said = {name: growth for name, growth in grown(evening).items() if "bucket" not in name}
    assert said == pytest.approx(
        {
            "pushes_total{}": 1,
            "batch_mutations_count{}": 1,
            "batch_mutations_sum{}": 20,
            "commit_seconds_count{}": 1,
            "commit_seconds_sum{}": 0.003,
            "messages_total{}": 2,
            "deliveries_total{}": 62,
            "cut_off_total{}": 1,
            "refused_total{busy,socket}": 1,
            "busy_total{}": 1,
        }
    )


def test_what_stands_and_waits_is_asked_for_when_somebody_looks() -> None:
    waiting = [3]
    metrics.watch_queue(lambda: waiting[0])
    metrics.watch_connections("websocket", lambda: 60)
    metrics.watch_feed(lambda: 1.5)
    waiting[0] = 7
    read = figures()
    assert read["verkstad_queue_mutations", frozenset()] == 7
    assert read["verkstad_connections", frozenset({("transport", "websocket")})] == 60
    assert read["verkstad_feed_silence_seconds", frozenset()] == 1.5


def test_what_people_do_is_counted_and_nothing_of_theirs_is_in_the_figures(server: Server, code: str) -> None:
    seat = server.join(code, 1)
    note = mutation("note.add", question="q1", text="hemligt innehåll")
    odd = mutation("min egen sort", text="hemligt innehåll")
    server.request("POST", f"/api/v1/workshops/{code}/push", {"mutations": [note, odd]}, token=seat["token"])
    server.request("GET", "/api/v1/workshops/KRTM7W")
    server.request("GET", f"/api/v1/workshops/{code}/hemlig-sida")
    with urllib.request.urlopen(server.base + "/metrics", timeout=10) as answer:
        read = figures(answer.read().decode())
    assert read["verkstad_refused_total", frozenset({("code", "unknown_code"), ("door", "http")})] >= 1
    for kind, status in (("note.add", "ok"), ("unknown", "rejected")):
        assert read["verkstad_mutations_total", frozenset({("kind", kind), ("status", status)})] == 1
    assert read["verkstad_pushes_total", frozenset()] == 1
    assert read["verkstad_batch_mutations_sum", frozenset()] == 2
    assert read["verkstad_commit_seconds_sum", frozenset()] > 0
    words = {word for name, labels in read for word in (name, *dict(labels).values())}
    for secret in (code, "KRTM7W", seat["token"], seat["participant"], note["id"], "hemlig", "min egen", "127.0.0.1"):
        assert not [word for word in words if secret in word]
