"""The same hall as the browser tests', and the networks that phones find there."""

from __future__ import annotations

import pytest

from chromium import browser_type_launch_args, hall, own_chromium, server
from faults.browser.networks import Network, Reach, through

__all__ = ["browser_type_launch_args", "hall", "network", "own_chromium", "server"]


@pytest.fixture(
    params=[Network.OPEN, Network.NO_WEBSOCKET, pytest.param(Network.HUNG_WEBSOCKET, marks=pytest.mark.long)],
    ids=lambda network: network.name.lower(),
)
def network(request: pytest.FixtureRequest) -> Reach:
    """Puts a phone on each kind of network in turn."""
    return lambda phone: through(request.param, phone)
