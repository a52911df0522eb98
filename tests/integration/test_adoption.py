"""Adopting a summary: what stands in the way, the files byte for byte, what is refused then, and a new version."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event, select
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from adopting import BASE, LINE, NOTES, adopted, hide, make, make_reviewed
from factories import desk, mutation, outcomes, send
from sorting import act, people, refused
from verkstad.documents import Format, View
from verkstad.domain.errors import Conflict, Forbidden, Invalid, NotFound
from verkstad.domain.roles import Actor, Role
from verkstad.domain.workshop import State
from verkstad.domain.workshop_file import FileLine, FileNote
from verkstad.services.adopted_files import checked, stored_file, verification
from verkstad.services.adoption import Obstacle, adopt, cancel, hindrances, reopen
from verkstad.services.changes import changes
from verkstad.services.exports import evening_of, export_of
from verkstad.services.imports import read_workshop_file
from verkstad.services.ports import NullBroadcaster
from verkstad.services.workshop_import import create_from_file
from verkstad.storage import AdoptedFile, Workshop
from verkstad.storage.adoption import Failure, adoptions_of, attempt_of, files_of, pending
from verkstad.storage.base import begin_write


@pytest.fixture
def workshop(session: Session) -> Workshop:
    return make_reviewed(session)


@pytest.fixture
def anna(session: Session, workshop: Workshop) -> Actor:
    return people(session, workshop)[0]


def in_the_way(session: Session, workshop: Workshop) -> dict[Obstacle, tuple[str, ...]]:
    return {it.obstacle: it.words for it in hindrances(session, session.get_one(Workshop, workshop.id))}


def state(session: Session, workshop: Workshop) -> State:
    return session.get_one(Workshop, workshop.id, populate_existing=True).state


def failure(session: Session, workshop: Workshop) -> Failure | None:
    attempt = attempt_of(session, workshop.id)
    assert attempt is not None
    return attempt.failure


def rewrite(session: Session, workshop: Workshop) -> None:
    """The desk says it in other words."""
    act(session, desk(workshop), "line.edit", line="l", seen=9999, text="Nästan alla vill ses.")
    session.commit()


@contextmanager
def once_stored(engine: Engine, fmt: Format, do: Callable[[], object]) -> Iterator[None]:
    """Something that happens right after a file of this format is in the database."""
    stored: list[str] = []

    def executed(_connection: object, _cursor: object, statement: str, parameters: Any, *_: object) -> None:
        values = parameters.values() if isinstance(parameters, dict) else parameters
        if statement.startswith("INSERT INTO adopted_files") and fmt in values:
            stored.append(statement)

    def committed(_session: Session) -> None:
        if stored:
            stored.clear()
            do()

    event.listen(engine, "after_cursor_execute", executed)
    event.listen(Session, "after_commit", committed)
    try:
        yield
    finally:
        event.remove(engine, "after_cursor_execute", executed)
        event.remove(Session, "after_commit", committed)


def test_what_stands_in_the_way_is_told(session: Session) -> None:
    lines = (
        LINE,
        FileLine(id="m", section="intro", text="Bara min tanke."),
        FileLine(id="n", section="intro", text="En källa av två.", notes=("a", "c")),
        FileLine(id="o", section="intro", text="Fatima Haddad sade det.", notes=("a",)),
        FileLine(id="empty", section="intro", text="  "),
    )
    notes = (*NOTES, FileNote(id="c", group=3, text="Bussar"))
    workshop = make_reviewed(session, lines=lines, notes=notes, state=State.CLOSED)
    hide(session, workshop, "c")
    act(session, desk(workshop), "line.hold", line="l")
    assert in_the_way(session, workshop) == {
        Obstacle.NOT_UNDER_REVIEW: (),
        Obstacle.NO_SOURCE: ("Bara min tanke.",),
        Obstacle.SOURCE_GONE: ("En källa av två.",),
        Obstacle.HELD: ("De flesta vill **ses**.",),
        Obstacle.UNDECIDED: ("Fatima Haddad",),
    }
    with pytest.raises(Conflict, match="hindered"):
        adopt(session, people(session, workshop)[0], [View.FULL], base=BASE)
    assert pending(session) == []


def test_a_line_whose_only_source_has_gone_has_none(session: Session, workshop: Workshop) -> None:
    assert in_the_way(session, workshop) == {}
    hide(session, workshop, "a")
    assert set(in_the_way(session, workshop)) == {Obstacle.SOURCE_GONE}
    hide(session, workshop, "b")
    assert set(in_the_way(session, workshop)) == {Obstacle.NO_SOURCE}


def test_only_accounts_that_lead_or_write_the_summary_adopt(session: Session, workshop: Workshop) -> None:
    for role in set(Role) - {Role.FACILITATOR, Role.SECRETARY}:
        actor = Actor(role, workshop=workshop.id)
        for attempt in (
            lambda who=actor: adopt(session, who, [View.FULL], base=BASE),
            lambda who=actor: cancel(session, who),
            lambda who=actor: reopen(session, who, NullBroadcaster()),
        ):
            with pytest.raises(Exception, match=r"forbidden|unauthorized"):
                attempt()
    assert pending(session) == []


def test_adoption_stores_every_file_and_then_stands(session: Session, workshop: Workshop, anna: Actor) -> None:
    made = adopt(session, anna, [View.GROUPS, View.FULL], base=BASE)
    assert (made.version, made.by, pending(session)) == (1, "Anna", [workshop.id])
    assert state(session, workshop) is State.UNDER_REVIEW  # until the last file is there
    before = changes(session, desk(workshop).room, 0)["revision"]
    make(session, workshop)
    assert state(session, workshop) is State.ADOPTED
    told = changes(session, desk(workshop).room, before)
    assert told["workshop"]["state"] == "adopted"
    files = files_of(session, adoptions_of(session, workshop.id)[0])
    texts = [fmt for fmt in Format if not fmt.is_data]
    views = [(fmt, view) for view in (View.GROUPS, View.FULL) for fmt in texts]
    assert [(f.fmt, f.view) for f in files] == views + [(fmt, View.FULL) for fmt in Format if fmt.is_data]
    assert len({file.name for file in files}) == len(files)
    for file in files:
        assert (len(file.content), hashlib.sha256(file.content).hexdigest()) == (file.size, file.sha256)


def test_documents_say_who_stands_for_them_and_where_they_are_checked(
    session: Session, workshop: Workshop, anna: Actor
) -> None:
    adoption = adopted(session, workshop, anna)
    page = export_of(session, workshop, Format.HTML, View.GROUPS).content.decode()
    assert "av Anna, version 1." in page
    assert adoption.verify == f"{BASE}/verify/{adoption.address}"
    assert adoption.verify in page
    evening = json.loads(export_of(session, workshop, Format.JSON, View.FULL).content)
    assert evening["state"] == "adopted"
    assert evening["adopted"] == {
        "version": 1,
        "at": adoption.at.isoformat().replace("+00:00", "Z"),
        "by": "Anna",
        "verify": adoption.verify,
    }


def test_what_is_handed_out_is_what_was_stored_whatever_makes_files_now(
    session: Session, workshop: Workshop, anna: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    adopted(session, workshop, anna)
    first = {fmt: export_of(session, workshop, fmt, View.GROUPS) for fmt in Format}
    monkeypatch.setattr(sys, "executable", "/no/such/program")  # nothing could be typeset
    begin_write(session)
    session.get_one(Workshop, workshop.id).title = "Något helt annat"  # and it would say something else
    session.commit()
    for fmt, made in first.items():
        again = export_of(session, session.get_one(Workshop, workshop.id), fmt, View.GROUPS)
        assert (again.content, again.filename) == (made.content, made.filename)
        assert stored_file(session, workshop.id, 1, made.filename).content == made.content


def test_a_layout_that_was_not_adopted_claims_no_page_to_check_it_at(
    session: Session, workshop: Workshop, anna: Actor
) -> None:
    adopted(session, workshop, anna, View.GROUPS)
    page = export_of(session, workshop, Format.HTML, View.QUESTIONS).content.decode()
    assert "av Anna, version 1." in page and "/verify/" not in page


def test_a_change_before_the_files_are_made_adopts_nothing(session: Session, workshop: Workshop, anna: Actor) -> None:
    adopt(session, anna, [View.GROUPS], base=BASE)
    rewrite(session, workshop)
    make(session, workshop)
    assert failure(session, workshop) is Failure.CHANGED
    assert (state(session, workshop), adoptions_of(session, workshop.id)) == (State.UNDER_REVIEW, [])
    assert adopted(session, workshop, anna).version == 1


def test_a_change_with_the_last_file_adopts_nothing(
    session: Session, workshop: Workshop, anna: Actor, engine: Engine
) -> None:
    adopt(session, anna, [View.GROUPS], base=BASE)
    with Session(engine) as other, once_stored(engine, Format.JSON, lambda: rewrite(other, workshop)):
        make(session, workshop)
    assert failure(session, workshop) is Failure.CHANGED
    assert state(session, workshop) is State.UNDER_REVIEW


def test_a_file_that_cannot_be_made_adopts_nothing(
    session: Session, workshop: Workshop, anna: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    adopt(session, anna, [View.GROUPS], base=BASE)
    with monkeypatch.context() as patch:
        patch.setattr(sys, "executable", "/no/such/program")  # nothing can be typeset
        make(session, workshop)
    assert failure(session, workshop) is Failure.BROKEN
    assert session.scalars(select(AdoptedFile.name)).all() == []
    assert (pending(session), state(session, workshop)) == ([], State.UNDER_REVIEW)
    assert adopted(session, workshop, anna).version == 1


def test_a_worker_that_dies_midway_is_gone_on_from(
    session: Session, workshop: Workshop, anna: Actor, engine: Engine
) -> None:
    adopt(session, anna, [View.GROUPS], base=BASE)

    def die() -> None:
        raise SystemExit

    with once_stored(engine, Format.PDF, die), pytest.raises(SystemExit):
        make(session, workshop)
    assert pending(session) == [workshop.id]
    first = {file.name: file.sha256 for file in session.scalars(select(AdoptedFile))}
    assert len(first) == 3
    make(session, workshop)
    assert state(session, workshop) is State.ADOPTED
    then = {file.name: file.sha256 for file in files_of(session, adoptions_of(session, workshop.id)[0])}
    assert len(then) == len(Format) and first.items() <= then.items()


def test_one_can_stop_and_an_attempt_is_one_at_a_time(session: Session, workshop: Workshop, anna: Actor) -> None:
    first = adopt(session, anna, [View.GROUPS], base=BASE)
    assert adopt(session, anna, [View.FULL], base=BASE).address == first.address
    cancel(session, anna)
    make(session, workshop)
    assert (pending(session), state(session, workshop)) == ([], State.UNDER_REVIEW)
    adopted(session, workshop, anna)
    cancel(session, anna)  # too late
    assert state(session, workshop) is State.ADOPTED
    with pytest.raises(Conflict, match="adopted"):
        adopt(session, anna, [View.FULL], base=BASE)


def test_what_was_stopped_while_a_file_was_made_is_not_adopted(
    session: Session, workshop: Workshop, anna: Actor, engine: Engine
) -> None:
    adopt(session, anna, [View.GROUPS], base=BASE)
    with Session(engine) as other, once_stored(engine, Format.DOCX, lambda: cancel(other, anna)):
        make(session, workshop)
    assert attempt_of(session, workshop.id) is None
    assert state(session, workshop) is State.UNDER_REVIEW
    assert session.scalars(select(AdoptedFile.name)).all() == []


def test_layouts_are_those_that_there_are(session: Session, workshop: Workshop, anna: Actor) -> None:
    for views in ([], [View.MINUTES]):  # nobody has written minutes
        with pytest.raises(Invalid, match="no_views"):
            adopt(session, anna, views, base=BASE)


def test_reopening_makes_a_new_version_and_the_first_keeps_its_files(
    session: Session, workshop: Workshop, anna: Actor
) -> None:
    first = adopted(session, workshop, anna)
    before = {file.name: (file.sha256, file.content) for file in files_of(session, first)}
    assert refused(session, desk(workshop), "note.add", group=1, text="för sent") == "adopted"
    reopen(session, anna, NullBroadcaster())
    assert state(session, workshop) is State.UNDER_REVIEW
    assert verification(session, str(first.address)).replaced_by is None
    assert "version 1" not in export_of(session, workshop, Format.HTML, View.GROUPS).content.decode()
    rewrite(session, workshop)
    second = adopted(session, workshop, anna)
    assert (second.version, second.address != first.address) == (2, True)
    page = export_of(session, workshop, Format.HTML, View.GROUPS).content.decode()
    assert "av Anna, version 2. Den ersätter version 1." in page
    first = adoptions_of(session, workshop.id)[1]
    assert (first.reopened_by, first.reopened_at is not None) == ("Anna", True)
    assert {file.name: (file.sha256, file.content) for file in files_of(session, first)} == before
    replaced_by = verification(session, str(first.address)).replaced_by
    assert replaced_by is not None and replaced_by.version == 2
    reopen(session, anna, NullBroadcaster())
    with pytest.raises(Conflict, match="not_adopted"):
        reopen(session, anna, NullBroadcaster())


def test_a_file_is_known_by_its_bytes(session: Session, workshop: Workshop, anna: Actor) -> None:
    first = adopted(session, workshop, anna)
    file = files_of(session, first)[0]
    found = checked(session, first, hashlib.sha256(file.content).hexdigest())
    assert (found.adoption and found.adoption.version, found.file and found.file.name) == (1, file.name)
    assert checked(session, first, hashlib.sha256(file.content + b"\n").hexdigest()).file is None
    reopen(session, anna, NullBroadcaster())
    second = adopted(session, workshop, anna)
    found = checked(session, second, file.sha256)
    assert found.adoption is not None and found.adoption.version == 1
    other = make_reviewed(session)
    third = adopted(session, other, Actor(Role.FACILITATOR, workshop=other.id, account=anna.account))
    assert checked(session, third, file.sha256).file is None
    with pytest.raises(NotFound):
        verification(session, "0" * 20)


def test_an_adopted_evening_can_be_kept_elsewhere_and_opened_there(
    session: Session, workshop: Workshop, anna: Actor
) -> None:
    adopted(session, workshop, anna)
    content = export_of(session, workshop, Format.JSON, View.FULL).content
    copy = create_from_file(session, read_workshop_file(content, "kväll.json"))
    assert (copy.state, evening_of(session, copy).adopted) == (
        State.ADOPTED,
        read_workshop_file(content, "k.json").adopted,
    )
    assert refused(session, desk(copy), "note.hide", note="a", reason="x") == "adopted"
    there = Actor(Role.FACILITATOR, workshop=copy.id, account=anna.account)
    reopen(session, there, NullBroadcaster())
    assert adopted(session, copy, there).version == 2


def test_a_theme_team_cannot_reach_it(session: Session, workshop: Workshop) -> None:
    _, bo = people(session, workshop)
    with pytest.raises(Forbidden):
        adopt(session, bo, [View.FULL], base=BASE)


def test_what_the_machine_would_do_is_left_undone(session: Session, workshop: Workshop, anna: Actor) -> None:
    """Not even an act that is in the log already can be taken back."""
    done = act(session, desk(workshop), "theme.add", label="Möten", notes=["a"])
    adopted(session, workshop, anna)
    assert outcomes(send(session, desk(workshop), mutation("action.undo", action=done))) == ["adopted"]
    begin_write(session)
    session.commit()
    assert evening_of(session, workshop).themes[0].notes == ("a",)
