"""The networks that phones find in a hall."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Any

from playwright.sync_api import APIResponse, Route

from people import Hall, Phone

Reach = Callable[[Phone], Phone]


class Network(StrEnum):
    """What a phone's network lets through."""

    OPEN = "everything"
    NO_WEBSOCKET = "no WebSocket"
    HUNG_WEBSOCKET = "a WebSocket that never says anything"
    PLAIN_HTTP = "nothing live"


def through(network: Network, phone: Phone) -> Phone:
    """The phone, on such a network from its next page on."""
    context = phone.context
    if network in {Network.NO_WEBSOCKET, Network.PLAIN_HTTP}:
        context.route_web_socket("**/*", lambda socket: socket.close())
    if network is Network.HUNG_WEBSOCKET:
        context.route_web_socket("**/*", lambda socket: None)
    if network is Network.PLAIN_HTTP:
        context.route("**/socket.io/**", lambda route: route.abort("blockedbyclient"))
    return phone


def pass_on(hall: Hall, route: Route, **changes: Any) -> APIResponse:
    """What the server answers to a phone's request; this side of the browser does not know the hall's name."""
    return route.fetch(url=route.request.url.replace(hall.base, hall.server.base), **changes)
