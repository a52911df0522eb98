"""Once a summary is adopted, no change of any kind that the wire knows changes anything."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import inspect
from sqlalchemy.orm import Session

from adopting import adopted, make_reviewed
from factories import desk, empty_database, mutation, outcomes, send, sit_down
from sorting import act, people
from verkstad.domain.mutations import AnyMutation
from verkstad.domain.workshop import State
from verkstad.domain.workshop_file import WorkshopFile
from verkstad.services.changes import changes
from verkstad.services.exports import evening_of
from verkstad.storage import Workshop
from verkstad.storage.base import begin_write

SECTIONS = ["intro", "theme:t", "question:q1", "group:1"]
IDS = ["a", "b", "l", "t", "q1", "q2", "gone"]  # of notes, a line, a theme, questions


def values(kind: inspect.Type) -> st.SearchStrategy[Any]:
    """What the wire takes for a field of this type, of things that there are where it can be one."""
    match kind:
        case inspect.BoolType():
            return st.booleans()
        case inspect.IntType():
            return st.integers(max(kind.ge or 0, 0), min(kind.le or 9, 9))
        case inspect.StrType(pattern=None):
            return st.text(st.characters(codec="utf-8", categories=["L", "P", "Zs"]), max_size=8)
        case inspect.StrType(pattern=pattern):
            return st.sampled_from(SECTIONS if "intro" in str(pattern) else IDS)
        case inspect.EnumType(cls=words):
            return st.sampled_from([word.value for word in words])
        case inspect.NoneType():
            return st.none()
        case inspect.UnionType(types=types):
            return st.one_of([values(each) for each in types])
        case inspect.VarTupleType(item_type=item):
            return st.lists(values(item), max_size=3)
        case inspect.DictType(key_type=key, value_type=value):
            return st.dictionaries(values(key), values(value), max_size=3)
    raise AssertionError(f"say here what a field of {kind} can be")


def changes_of(kind: type) -> st.SearchStrategy[dict[str, Any]]:
    """Changes of one kind."""
    info = inspect.type_info(kind)
    assert isinstance(info, inspect.StructType)
    fields = {field.encode_name: values(field.type) for field in info.fields if field.name != "id"}
    return st.fixed_dictionaries(fields).map(lambda given: mutation(str(info.tag), **given))


def everything(session: Session, workshop: Workshop) -> tuple[WorkshopFile, dict[str, Any]]:
    """The evening as a file and as the studio has it, but for the moment that each is told."""
    told = changes(session, desk(workshop).room, 0)
    evening = msgspec.structs.replace(evening_of(session, workshop), exported_at=None)
    return evening, {name: value for name, value in told.items() if name != "now"}


@pytest.fixture(scope="module")
def evening() -> Iterator[tuple[Session, Workshop]]:
    """An evening with something of everything, adopted."""
    with Session(empty_database(), expire_on_commit=False) as session:
        workshop = make_reviewed(session, state=State.OPEN)
        anna, _ = people(session, workshop)
        sit_down(session, workshop)
        act(session, desk(workshop), "theme.add", label="Möten", notes=["a"])
        act(session, desk(workshop), "workshop.state", state="closed")
        act(session, desk(workshop), "workshop.state", state="under_review")
        adopted(session, workshop, anna)
        yield session, workshop


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_kind_of_change_changes_anything(evening: tuple[Session, Workshop], data: st.DataObject) -> None:
    session, workshop = evening
    before = everything(session, workshop)
    batch = [data.draw(changes_of(kind)) for kind in AnyMutation.__args__]
    found = outcomes(send(session, desk(workshop), *batch[:50]))
    assert len(batch) <= 50 and set(found) <= {"adopted", "forbidden", "malformed"}
    assert found.count("adopted") > len(batch) // 2
    assert everything(session, workshop) == before


def test_the_same_changes_do_something_before(evening: tuple[Session, Workshop]) -> None:
    """The property above would hold of changes that never did anything."""
    session, workshop = evening
    begin_write(session)
    session.get_one(Workshop, workshop.id).state = State.UNDER_REVIEW
    session.commit()
    before = everything(session, workshop)
    assert outcomes(send(session, desk(workshop), mutation("note.side", notes=["a"], side="for"))) == ["ok"]
    assert everything(session, workshop) != before
