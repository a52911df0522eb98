"""Planning an evening on the pages: making it, copying it, changing it, and its files."""

from __future__ import annotations

import pytest
from flask import Flask

from desks import Desk, Page, made, planned, push
from factories import mutation
from verkstad.domain.question_set import QuestionSet, SetQuestion
from verkstad.domain.roles import Role
from verkstad.domain.workshop import State
from verkstad.extensions import db
from verkstad.services import question_sets, workshops
from verkstad.services.memberships import share
from verkstad.storage import Workshop
from verkstad.storage.workshop import groups_of, questions_of

QUESTIONS = (SetQuestion(id="year-1", prompt="Vad fungerar?"), SetQuestion(id="year-2", prompt="Vad saknas?"))


@pytest.fixture
def set_id(app: Flask, anna: Desk) -> str:
    """A set of Anna's own."""
    content = QuestionSet(id="", title="Höstens frågor", questions=QUESTIONS)
    with app.app_context():
        return question_sets.create(db.session(), anna.stored(), content).id


def prompts(app: Flask, workshop: Workshop) -> list[tuple[str, str]]:
    with app.app_context():
        return [(q.id, q.prompt) for q in questions_of(db.session(), workshop.id)]


def tables(app: Flask, workshop: Workshop) -> list[tuple[int, str]]:
    with app.app_context():
        return [(g.number, g.name) for g in groups_of(db.session(), workshop.id)]


def test_a_workshop_is_made_from_a_set_in_one_form(app: Flask, anna: Desk, set_id: str) -> None:
    page = anna.fill_in(f"/workshops/new?set={set_id}", **planned())
    assert page.status == 200
    workshop = made(app, page)
    assert (workshop.title, str(workshop.held_on), workshop.place, workshop.language, workshop.state) == (
        "Dialogkväll",
        "2026-12-03",
        "Folkets hus",
        "sv",
        State.DRAFT,
    )
    assert prompts(app, workshop) == [("year-1", "Vad fungerar?"), ("year-2", "Vad saknas?")]
    assert tables(app, workshop) == [(1, "Fönstret"), (2, ""), (3, "Scenen")]
    assert f"{workshop.code[:3]}-{workshop.code[3:]}" in page.words
    assert "December 3, 2026" in page.words
    assert "Dialogkväll" in anna.get("/workshops").links()


def test_without_a_set_the_questions_are_written_next(app: Flask, anna: Desk) -> None:
    page = anna.fill_in("/workshops/new", **planned())
    assert page.path.endswith("/questions")
    page = anna.fill_in(page.path, **{"questions-0-prompt": "Vad gör vi nu?"})
    assert [prompt for _, prompt in prompts(app, made(app, page))] == ["Vad gör vi nu?"]


@pytest.mark.parametrize(
    ("field", "typed", "message"),
    [
        ("title", "  ", "Give the workshop a title."),
        ("title", "x" * 201, "Write at most 200 characters."),
        ("held_on", "", "Give the date of the workshop."),
        ("held_on", "31 februari", "Write the date as year-month-day, such as 2026-03-06."),
        ("held_on", "2026-02-31", "Write the date as year-month-day, such as 2026-03-06."),
        ("tables", "", "Say how many tables there are."),
        ("tables", "åtta", "Write the number of tables in digits, such as 8."),
        ("tables", "0", "Choose a number from 1 to 200."),
        ("tables", "201", "Choose a number from 1 to 200."),
        ("names", "a\nb\nc\nd", "There are more names (4) than tables (3). Take a name away, or add a table."),
        ("names", "a\n" + "b" * 101, "Line 2: a name has at most 100 characters."),
        ("place", "Sal\x00en", "The text has invisible control characters. Type it again instead of pasting it."),
        ("question_set", "nobody's", "Not a valid choice."),
        ("language", "tlh", "Not a valid choice."),
    ],
)
def test_a_fault_is_told_at_its_field_and_what_was_typed_stays(
    app: Flask, anna: Desk, field: str, typed: str, message: str
) -> None:
    page = anna.fill_in("/workshops/new", **planned(**{field: typed}))
    assert page.faults() == {field: message}
    kept = page.form()
    others = planned().keys() - {field}
    assert {name: kept[name] for name in others} == {name: planned()[name] for name in others}
    if field in {"held_on", "tables", "names"}:
        assert kept[field] == typed
    with app.app_context():
        assert db.session().query(Workshop).count() == 0


def test_a_date_that_is_none_is_shown_as_it_was_typed(anna: Desk) -> None:
    def control(page: Page) -> tuple[str, str]:
        field = page.root.get_element_by_id("held_on")
        return field.get("type"), field.get("value")

    assert control(anna.get("/workshops/new")) == ("date", "")
    # A date control would show nothing of it.
    assert control(anna.fill_in("/workshops/new", **planned(held_on="3/12"))) == ("text", "3/12")


def test_changing_the_set_afterwards_changes_no_workshop(app: Flask, anna: Desk, set_id: str) -> None:
    workshop = made(app, anna.fill_in(f"/workshops/new?set={set_id}", **planned()))
    before = prompts(app, workshop)
    anna.fill_in(f"/library/{set_id}/edit", **{"questions-0-prompt": "Något annat?"})
    anna.post(f"/library/{set_id}/removal")
    assert prompts(app, workshop) == before


def test_changing_the_workshop_s_questions_changes_no_set(app: Flask, anna: Desk, set_id: str) -> None:
    page = anna.fill_in(f"/workshops/new?set={set_id}", **planned())
    anna.fill_in(f"{page.path}/questions", **{"questions-0-prompt": "Vad gick bra?"})
    assert prompts(app, made(app, page)) == [("year-1", "Vad gick bra?"), ("year-2", "Vad saknas?")]
    assert "1. Vad fungerar?" in anna.get(f"/library/{set_id}").words


def test_last_time_s_evening_is_copied_with_a_new_date_and_code(app: Flask, anna: Desk, set_id: str) -> None:
    first = anna.fill_in(f"/workshops/new?set={set_id}", **planned())
    address = anna.get("/workshops").links()["Copy last time's evening"]
    form = anna.get(address).form()
    assert form["held_on"] == ""
    assert {k: form[k] for k in ("title", "place", "tables", "names", "language")} == {
        k: v for k, v in planned().items() if k != "held_on"
    }
    assert anna.post(address, **form).faults() == {"held_on": "Give the date of the workshop."}
    second = anna.fill_in(address, held_on="2027-12-02")
    old, new = made(app, first), made(app, second)
    assert new.id != old.id
    assert new.code != old.code
    assert new.join_secret != old.join_secret
    assert (new.title, new.place, new.state, str(new.held_on)) == ("Dialogkväll", "Folkets hus", "draft", "2027-12-02")
    assert prompts(app, new) == prompts(app, old)
    assert tables(app, new) == tables(app, old)


def test_a_draft_can_be_changed_in_everything(app: Flask, anna: Desk, set_id: str) -> None:
    page = anna.fill_in(f"/workshops/new?set={set_id}", **planned())
    revision = made(app, page).revision
    anna.fill_in(f"{page.path}/edit", title="Vinterkväll", tables="2", names="Dörren")
    workshop = made(app, page)
    assert workshop.title == "Vinterkväll"
    assert tables(app, workshop) == [(1, "Dörren"), (2, "")]
    assert workshop.revision > revision
    assert workshop.meta_revision == workshop.revision


def test_questions_are_reordered_and_added_and_taken_away(app: Flask, anna: Desk, set_id: str) -> None:
    page = anna.fill_in(f"/workshops/new?set={set_id}", **planned())
    editor = f"{page.path}/questions"
    moved = anna.fill_in(editor, act="up-1")
    added = anna.post(editor, **(moved.form() | {"act": "add"}))
    anna.post(editor, **(added.form() | {"questions-2-prompt": "Vad mer?", "act": "save"}))
    asked = prompts(app, made(app, page))
    assert asked[:2] == [("year-2", "Vad saknas?"), ("year-1", "Vad fungerar?")]
    assert asked[2][1] == "Vad mer?"
    taken = anna.fill_in(editor, act="remove-0")
    anna.post(editor, **(taken.form() | {"act": "save"}))
    assert [prompt for _, prompt in prompts(app, made(app, page))] == ["Vad fungerar?", "Vad mer?"]


def test_once_opened_its_questions_and_tables_stay(app: Flask, anna: Desk, set_id: str) -> None:
    page = anna.fill_in(f"/workshops/new?set={set_id}", **planned())
    workshop = made(app, page)
    push(app, workshop, mutation("workshop.state", state="open"))
    assert "tables" not in anna.get(f"{page.path}/edit").form()
    anna.fill_in(f"{page.path}/edit", place="Biblioteket", tables="1", names="")
    assert made(app, page).place == "Biblioteket"
    assert len(tables(app, workshop)) == 3
    answer = anna.post(f"{page.path}/questions", **{"questions-0-prompt": "Annat", "act": "save"})
    assert "The workshop has opened." in answer.words
    assert len(prompts(app, workshop)) == 2


def test_what_has_notes_is_not_taken_away_from_a_reopened_draft(app: Flask, anna: Desk, set_id: str) -> None:
    page = anna.fill_in(f"/workshops/new?set={set_id}", **planned())
    workshop = made(app, page)
    push(app, workshop, mutation("workshop.state", state="open"), mutation("round.open", question="year-2"))
    push(app, workshop, mutation("note.add", question="year-2", text="En lapp"), table=3)
    push(app, workshop, mutation("workshop.state", state="draft"))
    editor = f"{page.path}/questions"
    taken = anna.fill_in(editor, act="remove-1")
    answer = anna.post(editor, **(taken.form() | {"act": "save"}))
    assert "A question that has notes cannot be removed." in answer.words
    assert len(prompts(app, workshop)) == 2
    answer = anna.fill_in(f"{page.path}/edit", title="Annan titel", tables="2", names="")
    assert answer.faults() == {"tables": "Table 3 is in use and cannot be removed."}
    assert answer.form()["title"] == "Annan titel"
    assert made(app, page).title == "Dialogkväll"
    assert len(tables(app, workshop)) == 3


def test_a_settled_workshop_is_not_changed(app: Flask, anna: Desk, set_id: str) -> None:
    page = anna.fill_in(f"/workshops/new?set={set_id}", **planned())
    for state in ("open", "closed", "under_review"):
        push(app, made(app, page), mutation("workshop.state", state=state))
    assert "Change title, date and place" not in anna.get(page.path).links()
    answer = anna.post(f"{page.path}/edit", **planned(title="Efteråt"))
    assert "It can no longer be changed here." in answer.words
    assert made(app, page).title == "Dialogkväll"


def test_two_workshops_never_get_the_same_code(
    app: Flask, anna: Desk, set_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    codes = iter(["KRTM7W", "KRTM7W", "KRTM7X"])
    monkeypatch.setattr(workshops, "new_join_code", lambda: next(codes))
    pages = [anna.fill_in(f"/workshops/new?set={set_id}", **planned()) for _ in range(2)]
    assert [made(app, page).code for page in pages] == ["KRTM7W", "KRTM7X"]


def test_a_secretary_has_fewer_buttons_and_a_theme_team_fewer_still(app: Flask, anna: Desk, set_id: str) -> None:
    page = anna.fill_in(f"/workshops/new?set={set_id}", **planned())
    secretary, sorter = Desk(app, "bo", Role.SECRETARY), Desk(app, "cim")
    with app.app_context():
        share(db.session(), made(app, page).id, secretary.email, Role.SECRETARY)
        share(db.session(), made(app, page).id, sorter.email, Role.THEME_TEAM)
    whole = anna.get(page.path)
    assert {"Go to the studio", "Table sheets (PDF)", "Change the questions"} <= set(whole.links())
    assert "Open the projector page" in whole.buttons()
    push(app, made(app, page), mutation("workshop.state", state="open"))
    links = set(secretary.get(page.path).links())
    assert "Word, Full summary" in links
    assert {"Go to the studio", "Table sheets (PDF)"} <= links
    assert "Change the questions" not in links
    assert not {"Share", "Open the projector page"} & set(secretary.get(page.path).buttons())
    links = set(sorter.get(page.path).links())
    assert "Go to the studio" in links
    assert not [link for link in links if link.startswith(("Table sheets", "Word"))]
    for path in ("edit", "questions"):
        assert secretary.get(f"{page.path}/{path}").status == 403
    assert sorter.get(f"{page.path}/export?as=md").status == 403


def test_an_account_of_any_role_can_plan_an_evening_and_lead_it(app: Flask) -> None:
    bo = Desk(app, "bo", Role.SECRETARY)
    page = bo.fill_in("/workshops/new", **planned())
    assert page.path.endswith("/questions")
    assert "You: facilitator" in bo.get("/workshops").words


def test_expected_themes_are_kept_copied_and_a_faulty_line_loses_nothing(app: Flask, anna: Desk) -> None:
    typed = "Mötesplatser: kafé,  lokal\r\n\r\nBussar"
    page = anna.fill_in("/workshops/new", **planned(expected_themes=typed))
    assert made(app, page).expected_themes == "Mötesplatser: kafé, lokal\nBussar"
    address = f"/workshops/{made(app, page).id}"
    faulty = anna.fill_in(f"{address}/edit", expected_themes="Bussar\nBussar: tider")
    assert faulty.faults() == {"expected_themes": "Line 2: the theme “Bussar” is on a line above already."}
    assert faulty.form()["expected_themes"] == "Bussar\nBussar: tider"
    copied = anna.fill_in(f"{address}/copy", held_on="2026-12-24")
    assert made(app, copied).expected_themes == made(app, page).expected_themes
    anna.fill_in(f"{address}/edit", expected_themes="")
    assert made(app, page).expected_themes == ""
