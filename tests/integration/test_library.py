"""The library of question sets, as somebody uses it."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from desks import Desk, Page, make_app
from verkstad.domain.question_set import QuestionSet, SetQuestion, read_question_set, write_question_set
from verkstad.extensions import db
from verkstad.services import question_sets

SHIPPED = QuestionSet(
    id="shipped",
    title="Kommer med",
    language="sv",
    questions=(SetQuestion(id="a", prompt="Vad fungerar?", help="Tänk på året.", easy="Vad är bra?"),),
)


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Flask:
    monkeypatch.setattr(question_sets, "shipped_files", lambda: [SHIPPED])
    app = make_app(tmp_path)
    with app.app_context():
        question_sets.seed_shipped(db.session())
    return app


@pytest.fixture
def anna(app: Flask) -> Desk:
    return Desk(app, "anna")


def two_questions(**changes: Any) -> dict[str, str]:
    fields = {
        "title": "Höstens kväll",
        "description": "",
        "language": "sv",
        "questions-0-prompt": "Vad vill vi?",
        "questions-0-help": "En sak räcker.",
        "questions-1-prompt": "Vad hindrar oss?",
        "questions-1-easy": "Vad är svårt?",
    }
    return fields | changes


def stored(app: Flask, desk: Desk, page: Page) -> QuestionSet:
    """The set whose page it is."""
    answer = desk.client.get(f"{page.path}/file")
    assert answer.status_code == 200
    return read_question_set(answer.data)


def prompts(page: Page) -> list[str]:
    form = page.form()
    return [form[name] for name in sorted(form) if name.endswith("-prompt") and name.startswith("questions")]


def test_a_set_is_written_and_can_be_read_and_fetched_as_a_file(app: Flask, anna: Desk) -> None:
    page = anna.post("/library/new", **two_questions())
    assert "The question set is saved." in page.words
    assert "1. Vad vill vi?" in page.words
    content = stored(app, anna, page)
    assert [(q.prompt, q.help, q.easy) for q in content.questions] == [
        ("Vad vill vi?", "En sak räcker.", ""),
        ("Vad hindrar oss?", "", "Vad är svårt?"),
    ]
    assert "Höstens kväll" in anna.get("/library").links()


def test_editing_a_set_keeps_the_ids_of_its_questions(app: Flask, anna: Desk) -> None:
    page = anna.post("/library/new", **two_questions())
    before = stored(app, anna, page)
    page = anna.fill_in(f"{page.path}/edit", title="Vårens kväll", **{"questions-1-prompt": "Vad stoppar oss?"})
    after = stored(app, anna, page)
    assert after.id == before.id
    assert after.title == "Vårens kväll"
    assert [q.id for q in after.questions] == [q.id for q in before.questions]
    assert after.questions[1].prompt == "Vad stoppar oss?"


def test_a_copy_has_an_id_of_its_own_and_the_same_question_ids(app: Flask, anna: Desk) -> None:
    page = anna.post("/library/shipped/copy")
    assert page.path.endswith("/edit")
    content = stored(app, anna, anna.post(page.path, **page.form()))
    assert content.id != "shipped"
    assert content.title == "Kommer med (copy)"
    assert content.questions == SHIPPED.questions


def test_buttons_add_move_take_away_and_put_back_without_storing(app: Flask, anna: Desk) -> None:
    page = anna.post("/library/new", **two_questions(act="add"))
    assert prompts(page) == ["Vad vill vi?", "Vad hindrar oss?", ""]
    page = anna.post("/library/new", **(page.form() | {"questions-2-prompt": "Vad mer?", "act": "up-2"}))
    assert prompts(page) == ["Vad vill vi?", "Vad mer?", "Vad hindrar oss?"]
    page = anna.post("/library/new", **(page.form() | {"act": "down-0"}))
    assert prompts(page) == ["Vad mer?", "Vad vill vi?", "Vad hindrar oss?"]
    page = anna.post("/library/new", **(page.form() | {"act": "remove-1"}))
    assert prompts(page) == ["Vad mer?", "Vad hindrar oss?"]
    assert "Question 2 was taken away." in page.words
    page = anna.post("/library/new", **(page.form() | {"act": "restore"}))
    assert prompts(page) == ["Vad mer?", "Vad vill vi?", "Vad hindrar oss?"]
    assert page.form()["questions-1-help"] == "En sak räcker."
    assert page.form()["title"] == "Höstens kväll"
    assert anna.get("/library").words.count("Höstens kväll") == 0


def test_the_page_goes_on_from_where_the_button_was(anna: Desk) -> None:
    def focused(page: Page) -> list[str]:
        return [e.get("value") or e.get("id") for e in page.root.xpath("//*[@autofocus]")]

    added = anna.post("/library/new", **two_questions(act="add"))
    assert focused(added) == ["questions-2-prompt"]
    moved = anna.post("/library/new", **(added.form() | {"act": "up-2"}))
    assert focused(moved) == ["up-1"]
    # At the top there is no button upwards any more.
    assert focused(anna.post("/library/new", **(moved.form() | {"act": "up-1"}))) == ["down-0"]
    assert focused(anna.post("/library/new", **two_questions(act="remove-0"))) == ["restore"]


def test_enter_in_a_line_of_text_saves_and_moves_nothing(anna: Desk) -> None:
    page = anna.post("/library/new", **two_questions(act="add"))
    [form] = page.root.get_element_by_id("main").forms
    assert next(form.iter("button")).get("value") == "save"


@pytest.mark.parametrize("act", ["up-0", "down-9", "remove-9", "up-x", "down-", "restore", "add-7", "nonsense"])
def test_a_button_that_no_longer_fits_the_form_harms_nothing(anna: Desk, act: str) -> None:
    page = anna.post("/library/new", **two_questions(act=act))
    assert page.status == 200
    assert "Vad vill vi?" in page.words + "".join(prompts(page) if page.path == "/library/new" else [])


def test_faults_are_told_at_their_fields_and_what_was_typed_stays(anna: Desk) -> None:
    typed = two_questions(title=" ", **{"questions-0-prompt": "x" * 501, "questions-1-prompt": ""})
    page = anna.post("/library/new", **typed)
    assert page.faults() == {
        "title": "Give the question set a title.",
        "questions-0-prompt": "Write at most 500 characters.",
        "questions-1-prompt": "Write the question, or take it away.",
    }
    assert page.form()["questions-0-prompt"] == "x" * 501
    assert page.form()["questions-1-easy"] == "Vad är svårt?"
    summary = page.root.xpath("//*[@role='alert']//a/@href")
    assert summary == ["#title", "#questions-0-prompt", "#questions-1-prompt"]


def test_control_characters_are_refused_and_a_set_needs_a_question(anna: Desk) -> None:
    page = anna.post("/library/new", **two_questions(title="Kväll\x07"))
    assert "invisible control characters" in page.faults()["title"]
    page = anna.post("/library/new", title="Tom", language="sv", act="save")
    assert "Add at least one question." in page.words


def test_texts_are_stored_in_nfc_with_the_line_breaks_that_were_written(app: Flask, anna: Desk) -> None:
    fields = two_questions(
        **{"questions-0-prompt": "Va\u030ad vill\r\n vi? ", "questions-0-help": "Ett.\r\nTva\u030a."}
    )
    question = stored(app, anna, anna.post("/library/new", **fields)).questions[0]
    assert (question.prompt, question.help) == ("Våd vill vi?", "Ett.\nTvå.")


def test_nothing_that_is_typed_becomes_markup(anna: Desk) -> None:
    page = anna.post("/library/new", **two_questions(title="<script>alert(1)</script>{{7*7}}"))
    assert "<script>alert(1)</script>{{7*7}}" in page.words
    assert b"<script>alert" not in page.answer.data


def test_a_shipped_set_can_be_used_and_copied_and_never_changed(app: Flask, anna: Desk) -> None:
    page = anna.get("/library/shipped")
    assert "Edit" not in page.links()
    assert "Take it away" not in page.buttons()
    assert "Vad är bra?" in page.words
    page = anna.get("/library/shipped/edit")
    assert page.path == "/library/shipped"
    assert "Copy it and change the copy." in page.words
    assert anna.post("/library/shipped/edit", **two_questions()).path == "/library/shipped"
    assert anna.post("/library/shipped/removal").status == 403
    assert stored(app, anna, anna.get("/library/shipped")) == SHIPPED


def test_a_set_of_one_s_own_can_be_taken_away(anna: Desk) -> None:
    page = anna.post("/library/new", **two_questions())
    address = page.path
    assert "gone from the library" in anna.post(f"{address}/removal").words
    assert anna.get(address).status == 404


def test_nobody_sees_or_changes_a_set_of_somebody_else(app: Flask, anna: Desk) -> None:
    address = anna.post("/library/new", **two_questions()).path
    bo = Desk(app, "bo")
    assert "Höstens kväll" not in bo.get("/library").words
    assert bo.get(address).status == 404
    assert bo.get(f"{address}/file").status == 404
    assert bo.post(f"{address}/edit", **two_questions(title="Bos")).status == 404
    assert bo.post(f"{address}/copy").status == 404
    assert bo.post(f"{address}/removal").status == 404
    assert "Höstens kväll" in anna.get(address).words


def test_a_file_becomes_a_set_of_one_s_own_and_replaces_nothing(app: Flask, anna: Desk) -> None:
    data = write_question_set(SHIPPED)
    for _ in range(2):
        page = anna.post("/library/import", file=(BytesIO(data), "kväll.yaml"))
        assert "The question set is in your library." in page.words
        content = stored(app, anna, page)
        assert content.id != "shipped"
        assert content.questions == SHIPPED.questions
    assert list(anna.get("/library").links()).count("Kommer med") == 1  # by name: three sets, one name
    assert anna.get("/library").words.count("Kommer med") == 3


def test_a_file_that_is_no_set_is_refused_with_its_line(anna: Desk) -> None:
    page = anna.post("/library/import", file=(BytesIO(b"format: verkstad-questions/1\ntitel: x\n"), "a.yaml"))
    assert "Line 2" in page.faults()["file"]
    assert anna.post("/library/import").faults() == {"file": "Choose a file first."}


def test_seeding_again_changes_nothing_and_follows_the_files(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    with app.app_context():
        session = db.session()
        question_sets.seed_shipped(session)
        changed = QuestionSet(id="shipped", title="Nytt namn", questions=SHIPPED.questions)
        other = QuestionSet(id="other", title="En till", questions=SHIPPED.questions)
        monkeypatch.setattr(question_sets, "shipped_files", lambda: [changed, other])
        question_sets.seed_shipped(session)
        anna = Desk(app, "anna")
        words = anna.get("/library").words
        assert "Nytt namn" in words
        assert "En till" in words
        assert "Kommer med" not in words
        monkeypatch.setattr(question_sets, "shipped_files", lambda: [other])
        question_sets.seed_shipped(session)
        assert anna.get("/library/shipped").status == 404


def test_the_files_that_ship_can_all_be_read() -> None:
    titles = {s.title for s in question_sets.shipped_files()}
    assert "Överenskommelsens relevans 2024–2027" in titles
    assert len(titles) == 4
