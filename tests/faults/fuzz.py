"""What no honest client sends, made from a seed: broken WebSocket frames, odd packets, odd bodies, odd requests."""

from __future__ import annotations

import json
import struct
from random import Random
from typing import Any

TEXT, BINARY, CLOSE, PING, PONG = 1, 2, 8, 9, 10
EVENTS = ("push", "sync", "connect", "disconnect", "changes", "unreadable", "*", "message", "no.such", "")
KINDS = (
    "note.add",
    "note.edit",
    "note.withdraw",
    "round.open",
    "round.share",
    "workshop.state",
    "scribe.take",
    "no.such",
)
WORDS = (
    "q1",
    "hej",
    "",
    "\ud800",
    "a\0b",
    "é" * 300,
    "\u202e",
    "__proto__",
    "../..",
    "%s%n",
    "1e999",
    "NaN",
    "x" * 5000,
)
NUMBERS: tuple[Any, ...] = (0, -1, 1, 2**31, 2**53 + 1, 10**30, 1.5, float("nan"), float("inf"), True, None)


def value(rng: Random, depth: int = 3) -> Any:
    """Something that JSON, or what Python takes for it, can say."""
    kind = rng.random()
    if depth == 0 or kind < 0.35:
        return rng.choice(WORDS)
    if kind < 0.6:
        return rng.choice(NUMBERS)
    if kind < 0.8:
        return [value(rng, depth - 1) for _ in range(rng.randrange(4))]
    return {rng.choice(("id", "kind", "text", "since", *WORDS)): value(rng, depth - 1) for _ in range(rng.randrange(4))}


def push(rng: Random) -> Any:
    """The payload of a push that is nearly right."""
    mutations = [
        {
            "id": rng.choice((f"f{rng.getrandbits(40)}", value(rng, 1))),
            "kind": rng.choice((*KINDS, value(rng, 1))),
            "question": rng.choice(("q1", value(rng, 1))),
            "text": rng.choice(("hej", value(rng, 1))),
            rng.choice(("note", "state", "shared", "extra")): value(rng, 2),
        }
        for _ in range(rng.choice((0, 1, 2, 60)))
    ]
    return rng.choice(({"mutations": mutations}, {"mutations": value(rng)}, mutations, value(rng)))


def packet(rng: Random) -> str:
    """One Engine.IO packet as text."""
    event = rng.choice(EVENTS)
    payload = push(rng) if event == "push" else rng.choice(({"since": value(rng, 1), "check": True}, value(rng)))
    said = json.dumps([event, payload, *[value(rng, 1) for _ in range(rng.choice((0, 0, 2)))]])
    ours = f"42{rng.choice(('', '1', '77', '9' * 30))}{said}"
    return rng.choice(
        (
            ours,
            ours,
            ours,
            "42/other,1" + said,
            f"4{rng.randrange(10)}{rng.choice(('', '-', '5-', '99999-'))}{said}",
            f"{rng.randrange(10)}{said}",
            "42" + "[" * rng.choice((3, 5000)),
            mangled(rng, ours.encode()).decode(errors="replace"),
            '40{"token":"' + "x" * rng.choice((3, 43)) + '"}',
            "41",
            "1",
            "2probe",
            "3",
            "5",
            "6",
            "b" + "QUJD" * rng.randrange(4),
            "",
        )
    )


def mangled(rng: Random, data: bytes) -> bytes:
    """The same with something changed, gone, doubled or cut off."""
    changed = bytearray(data)
    for _ in range(rng.randrange(1, 4)):
        at = rng.randrange(len(changed) + 1)
        match rng.randrange(4):
            case 0:
                changed[at:at] = rng.randbytes(rng.randrange(1, 9))
            case 1:
                del changed[at : at + rng.randrange(1, 9)]
            case 2:
                changed[at:at] = changed[: rng.randrange(20)]
            case _:
                del changed[at:]
    return bytes(changed)


def frame(
    payload: bytes,
    opcode: int = TEXT,
    *,
    fin: bool = True,
    reserved: int = 0,
    mask: bytes | None = b"mask",
    size: int = 0,
) -> bytes:
    """A client's WebSocket frame; ``size`` is what it says of itself when that is a lie."""
    said = size or len(payload)
    head = bytes([fin << 7 | reserved << 4 | opcode])
    masked = (mask is not None) << 7
    if said < 126:
        head += bytes([masked | said])
    else:
        head += (
            bytes([masked | 126]) + struct.pack(">H", said)
            if said < 65536
            else bytes([masked | 127]) + struct.pack(">Q", said)
        )
    if mask is not None:
        head += mask
        payload = bytes(byte ^ mask[n % 4] for n, byte in enumerate(payload))
    return head + payload


def frames(rng: Random) -> bytes:
    """One message, or what somebody takes for one. Most are sound, so that what is in them is read too."""
    text = packet(rng).encode(errors="surrogatepass")
    if rng.random() < 0.75:
        return frame(text) if rng.random() < 0.8 else _in_parts(rng, text)
    control = rng.choice((CLOSE, PING, PONG))
    return rng.choice(
        (
            frame(text, mask=None),
            frame(text, reserved=rng.randrange(1, 8)),
            frame(text, opcode=rng.choice((3, 4, 5, 6, 7, 11, 15))),
            frame(text, opcode=0),  # goes on with what never began
            frame(text, fin=False) + frame(text),  # begins anew in the middle
            frame(b"x" * 126, opcode=control),
            frame(b"x", opcode=control, fin=False),
            frame(struct.pack(">H", rng.choice((0, 999, 1000, 1005, 1006, 5000))) + b"\xff", opcode=CLOSE),
            frame(b"\x03", opcode=CLOSE),
            frame(b"\xff\xfe\x80" + text),
            frame(text, opcode=BINARY),
            frame(text, size=rng.choice((2**63, 2**63 - 1, 2**32, 400_000))),
            b"\x81\xff" + b"\xff" * 8,
            b"\x81\xfe\x00\x05mask" + text[:5],  # a length that is longer than it need be
            frame(b"4" + b"x" * 330_000),
            mangled(rng, frame(text)),
            rng.randbytes(rng.randrange(200)),
            frame(b"", opcode=control) * 50,
        )
    )


def _in_parts(rng: Random, text: bytes) -> bytes:
    """A message in several frames, with a ping between them."""
    cut = rng.randrange(len(text) + 1)
    return frame(text[:cut], fin=False) + frame(b"", opcode=PING) + frame(b"", 0, fin=False) + frame(text[cut:], 0)


def body(rng: Random) -> bytes:
    """What a polling client posts."""
    packets = "\x1e".join(packet(rng) for _ in range(rng.choice((1, 1, 3, 40))))
    said = packets.encode(errors="surrogatepass")
    return rng.choice((said, said, mangled(rng, said), rng.randbytes(50), b"\x1e" * 300, b"b!!!", b""))


def api_body(rng: Random) -> bytes:
    """What a script posts to the API."""
    said = json.dumps(push(rng)).encode(errors="surrogatepass")
    deep = b'{"mutations":' + b"[" * 100_000
    return rng.choice(
        (said, said, said, mangled(rng, said), deep, b"\xff\xfe" + said, b"NaN", b'{"mutations":[NaN]}', b"")
    )


def request(rng: Random, path: str, token: str) -> bytes:
    """A whole HTTP request; what follows it on its connection is nobody's business."""
    method = rng.choice(("GET", "POST", "PUT", "OPTIONS", "HEAD", "PATCH", "G\0T", "POST"))
    target = path + rng.choice(
        ("", "/push", "/changes?since=" + "9" * rng.choice((1, 15, 400)), "/join", "/%00", "/..", "?x")
    )
    said = api_body(rng)
    length = rng.choice((str(len(said)), str(len(said)), "-1", "1e3", "9" * 30, "0x10"))
    lines = [
        f"{method} {target} HTTP/{rng.choice(('1.1', '1.1', '1.1', '1.0', '9.9'))}",
        "Host: x",
        f"Authorization: {rng.choice(('Bearer ' + token, 'Bearer', 'Basic eDp5', 'Bearer ' + 'é' * 50))}",
        f"Content-Length: {length}",
        rng.choice(
            ("Content-Type: application/json", "Transfer-Encoding: chunked", "Expect: 100-continue", "X" * 9000)
        ),
        rng.choice(
            ("Accept-Language: sv", "Cookie: session=" + "x" * 300, "Upgrade: websocket", "no colon", "A: b\0c")
        ),
        "Connection: close",
    ]
    whole = "\r\n".join(lines).encode("latin-1", "replace") + b"\r\n\r\n" + said
    return whole if rng.random() < 0.9 else mangled(rng, whole)
