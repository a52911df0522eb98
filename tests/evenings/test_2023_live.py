"""The evening of 6 March 2023 as it would have come in, a note at a time, with the machine beside it."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

import pytest
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from encoders import needs_e5
from evenings.seeds import needs_seeds
from evenings.test_2023 import read
from factories import make_workshop, mutation, outcomes, send, sit_down
from sorting import log, places, seen
from verkstad.clustering.concepts import shipped
from verkstad.clustering.encoder import best_encoder
from verkstad.services.machine import Machine
from verkstad.services.ports import NullBroadcaster

pytestmark = [needs_seeds, needs_e5]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_most_notes_have_a_theme_at_the_end_and_stay_with_those_they_were_with(
    engine: Engine, session: Session
) -> None:
    texts = [note.text for note in read().notes]
    workshop = make_workshop(session)
    phone = sit_down(session, workshop)
    machine = Machine(engine, NullBroadcaster(), best_encoder, shipped())
    early: dict[str, str | None] = {}
    for number, text in enumerate(texts, 1):
        assert outcomes(send(session, phone, mutation("note.add", question="q1", text=text))) == ["ok"]
        session.commit()
        assert machine.look(workshop.id)
        session.expire_all()
        if number == len(texts) * 3 // 4:
            early = {note: theme for note, theme in places(session, workshop).items() if theme}
    late = places(session, workshop)
    assert sum(theme is None for theme in late.values()) <= len(texts) / 5
    pairs = [pair for pair in combinations(early, 2) if early[pair[0]] == early[pair[1]]]
    assert sum(late[one] == late[other] is not None for one, other in pairs) >= 0.85 * len(pairs)
    told = seen(session, workshop)
    held = Counter(late.values())
    assert all(held[theme["id"]] >= 2 for theme in told["themes"])
    assert [act["kind"] for act in log(session, workshop)].count("machine.sort") > 1
