"""The figures of this process, for monitoring on the same machine."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address

from flask import Blueprint, Response, request
from prometheus_client import CONTENT_TYPE_LATEST

from verkstad.domain.errors import N_, Forbidden
from verkstad.domain.roles import Right
from verkstad.services import metrics
from verkstad.web.guard import door

bp = Blueprint("metrics", __name__)

# What proxies say of whom they ask for. Any of them means that the asker is somebody else than the near end.
_PASSED_ON = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Via")


@bp.get("/metrics")
@door(Right.VISIT)
def figures() -> Response:
    """All figures in Prometheus' text format; only for who asks on this machine itself, not through a proxy."""
    if not _asked_on_this_machine():
        raise Forbidden("local_only", N_("The figures are read on the server's own machine."))
    return Response(metrics.render(), content_type=CONTENT_TYPE_LATEST)


def _asked_on_this_machine() -> bool:
    if any(name in request.headers for name in _PASSED_ON):
        return False
    try:
        address = ip_address(request.remote_addr or "")
    except ValueError:
        return False
    # A server that listens for IPv6 sees IPv4 as a part of it.
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return (mapped or address).is_loopback
