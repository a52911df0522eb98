"""The editor of a list of questions: every button is a submit button, so it works without JavaScript.

Adding, moving and taking away change only the form; nothing is stored before the save button.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import FieldList, Form, FormField, HiddenField, SelectField, ValidationError
from wtforms.validators import InputRequired

from verkstad.domain.errors import DomainError
from verkstad.domain.note import check_id
from verkstad.domain.question_set import (
    MAX_DESCRIPTION,
    MAX_HELP,
    MAX_PROMPT,
    MAX_QUESTIONS,
    MAX_TITLE,
    SetQuestion,
)
from verkstad.services.question_sets import fresh_question_id
from verkstad.web.account_forms import LANGUAGE_NAMES
from verkstad.web.texts import choices, line, paragraph, prompt

EMPTY = {"id": "", "prompt": "", "help": "", "easy": ""}


class QuestionFields(Form):
    """One question. The id is empty until a new question is saved for the first time."""

    id = HiddenField()
    prompt = prompt(
        _l("Question"), limit=MAX_PROMPT, required=_l("Write the question, or take it away."), render_kw={"rows": 2}
    )
    help = paragraph(
        _l("Help text"),
        limit=MAX_HELP,
        description=_l("Shown under the question. Leave it empty if the question speaks for itself."),
        render_kw={"rows": 2},
    )
    easy = paragraph(
        _l("Easy to read"),
        limit=MAX_HELP,
        description=_l("The same question in short sentences and everyday words. The participant chooses."),
        render_kw={"rows": 2},
    )


class RemovedFields(Form):
    """The question that was taken away last, so that it can be put back with what was typed."""

    place = HiddenField()
    id = HiddenField()
    prompt = HiddenField()
    help = HiddenField()
    easy = HiddenField()


class QuestionsForm(FlaskForm):
    """Questions in order, and the one that was taken away last."""

    questions = FieldList(FormField(QuestionFields), max_entries=MAX_QUESTIONS)
    removed = FormField(RemovedFields)

    def faults(self) -> list[tuple[str, str]]:
        """Every fault with the id of its field, in the order of the page; no id when it is about the whole list."""
        parts = [part for part in self if part.type not in {"FieldList", "FormField"}]
        parts += [part for entry in self.questions for part in entry.form]
        found = [(part.id, str(part.errors[0])) for part in parts if part.errors]
        return found + [("", str(error)) for error in self.questions.errors if not isinstance(error, dict)]

    def asked(self) -> tuple[SetQuestion, ...]:
        """What the form holds; a new question gets its id here, and so does one whose id cannot be used."""
        seen: set[str] = set()
        questions = []
        for entry in self.questions.data:
            question_id = _usable(entry["id"] or "", seen)
            seen.add(question_id)
            questions.append(
                SetQuestion(
                    id=question_id, prompt=entry["prompt"], help=entry["help"], easy=entry["easy"], kind="notes"
                )
            )
        return tuple(questions)


class QuestionSetForm(QuestionsForm):
    """A whole set, of one question at least."""

    title = line(_l("Title"), limit=MAX_TITLE, required=_l("Give the question set a title."))
    description = paragraph(
        _l("Description"),
        limit=MAX_DESCRIPTION,
        description=_l("When the set is of use, and for whom. Participants do not see it."),
        render_kw={"rows": 2},
    )
    language = SelectField(_l("Language of the questions"), [InputRequired()], choices=choices(LANGUAGE_NAMES))

    def validate_questions(self, field: FieldList[FormField[QuestionFields]]) -> None:
        if not field.entries:
            raise ValidationError(_l("Add at least one question."))


@dataclass(frozen=True, slots=True)
class Act:
    """The button that was pressed, and the question it stands at."""

    verb: str
    place: int = 0


@dataclass(frozen=True, slots=True)
class Changed:
    """What a button did: the form's new content, what to say, and the element to go on from."""

    data: dict[str, Any]
    message: str
    focus: str


def pressed() -> Act:
    """The button of this request: ``save`` unless it is one of the editor's own."""
    verb, _dash, place = request.form.get("act", "save").partition("-")
    if verb not in {"add", "up", "down", "remove", "restore"}:
        return Act("save")
    return Act(verb, int(place) if place.isdecimal() and place.isascii() else 0)


def change(form: QuestionsForm, act: Act) -> Changed:
    """Carry out one of the editor's buttons on what is typed in the form."""
    data = form.data
    questions = data["questions"]
    removed = {**EMPTY, "place": ""}
    if act.verb == "add":
        return _add(data, questions)
    if act.verb == "restore":
        return _restore(data, questions)
    if act.place < len(questions):
        if act.verb == "remove":
            taken = questions.pop(act.place)
            removed = {**taken, "place": str(act.place)}
            message = _("Question %(number)s was taken away.", number=act.place + 1)
            return Changed({**data, "removed": removed}, message, "restore")
        return _move(data, questions, act)
    return Changed(data, "", "")


def _add(data: dict[str, Any], questions: list[dict[str, str]]) -> Changed:
    if len(questions) >= MAX_QUESTIONS:
        return Changed(data, _("A set has at most %(limit)s questions.", limit=MAX_QUESTIONS), "add")
    questions.append(dict(EMPTY))
    return Changed(data, "", f"questions-{len(questions) - 1}-prompt")


def _restore(data: dict[str, Any], questions: list[dict[str, str]]) -> Changed:
    back = data["removed"]
    typed = back["place"] or ""
    place = min(int(typed), len(questions)) if typed.isdecimal() else len(questions)
    questions.insert(place, {key: back[key] or "" for key in EMPTY})
    message = _("Question %(number)s is back.", number=place + 1)
    return Changed({**data, "removed": {**EMPTY, "place": ""}}, message, f"questions-{place}-prompt")


def _move(data: dict[str, Any], questions: list[dict[str, str]], act: Act) -> Changed:
    there = act.place + (-1 if act.verb == "up" else 1)
    if not 0 <= there < len(questions):
        return Changed(data, "", "")
    questions.insert(there, questions.pop(act.place))
    # Going on from the same button lets one press it again; at either end only the other one is left.
    at_end = there == (0 if act.verb == "up" else len(questions) - 1)
    focus = ("down" if act.verb == "up" else "up") if at_end else act.verb
    message = _("The question is now number %(number)s of %(total)s.", number=there + 1, total=len(questions))
    return Changed(data, message, f"{focus}-{there}")


def _usable(question_id: str, taken: set[str]) -> str:
    try:
        return check_id(question_id) if question_id not in taken else fresh_question_id()
    except DomainError:
        return fresh_question_id()
