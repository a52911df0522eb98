"""Text fields as these pages want them: cleaned the same way everywhere, and refused in words that say what to do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import Field, Form, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs are older
from wtforms.validators import DataRequired, Length, StopValidation

from verkstad.domain.characters import nfc
from verkstad.domain.errors import DomainError
from verkstad.domain.note import has_unprintable
from verkstad.domain.roles import Role
from verkstad.extensions import db
from verkstad.language import say


def one_line(text: str | None) -> str:
    """NFC, with every run of white space as one space."""
    return " ".join(nfc(text or "").split())


def several_lines(text: str | None) -> str:
    """NFC, with the line breaks of a text and not those of a form."""
    return nfc(text or "").replace("\r\n", "\n").strip()


def printable(_form: Form, field: Field) -> None:
    """Refuses characters that cannot be stored everywhere."""
    if has_unprintable(field.data or ""):
        raise StopValidation(_l("The text has invisible control characters. Type it again instead of pasting it."))


def line(label: Any, *, limit: int, required: Any = None, **settings: Any) -> StringField:
    """A text of one line; ``required`` is what to say when it is missing."""
    return StringField(label, _rules(limit, required), filters=[one_line], **settings)


def prompt(label: Any, *, limit: int, required: Any = None, **settings: Any) -> TextAreaField:
    """A text of one line that is long enough to need several on the screen."""
    return TextAreaField(label, _rules(limit, required), filters=[one_line], **settings)


def paragraph(label: Any, *, limit: int, **settings: Any) -> TextAreaField:
    """A text in which line breaks mean something."""
    return TextAreaField(label, _rules(limit, None), filters=[several_lines], **settings)


def _rules(limit: int, required: Any) -> list[Any]:
    length = Length(max=limit, message=_l("Write at most %(max)d characters."))
    return [*([DataRequired(required)] if required else []), printable, length]


def choices(names: Mapping[str, Any] | Mapping[Role, Any]) -> list[Any]:
    """What a select or radio field offers: each value and what it is called."""
    return [SelectChoice(value=value, label=name) for value, name in names.items()]


def refuse(field: Field, error: DomainError) -> None:
    """Put a refusal at the field it is about, and end the transaction that it stopped."""
    db.session.rollback()
    field.errors = [*field.errors, say(error)]
