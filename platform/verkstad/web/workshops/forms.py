"""The forms of the workshop pages."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import (
    DateField,
    EmailField,
    Field,
    IntegerField,
    RadioField,
    SelectField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import InputRequired, NumberRange, Optional

from verkstad.domain.errors import Invalid
from verkstad.domain.expected import read_expected
from verkstad.language import say
from verkstad.services.groups import MAX_GROUPS, MAX_NAME
from verkstad.services.workshops import Details
from verkstad.storage import Group, Workshop
from verkstad.web.account_forms import LANGUAGE_NAMES
from verkstad.web.texts import choices, line, one_line, printable, several_lines
from verkstad.web.workshops.blueprint import ROLES

DEFAULT_TABLES = 8


class _Day(DateField):
    """A date. One that is no date is shown again as text: a date control would throw away what was typed."""

    def __call__(self, **settings: Any) -> Any:
        if self.errors:
            settings["type"] = "text"
        return super().__call__(**settings)


class DetailsForm(FlaskForm):
    """What a workshop says of itself."""

    title = line(_l("Title"), limit=200, required=_l("Give the workshop a title."))
    held_on = _Day(  # type: ignore[call-arg]  # the stubs are older than the library
        _l("Date"),
        [InputRequired(_l("Give the date of the workshop."))],
        invalid_value_message=_l("Write the date as year-month-day, such as 2026-03-06."),
    )
    place = line(_l("Place"), limit=200, description=_l("Shown in the summary."))
    language = SelectField(
        _l("Language"),
        [InputRequired()],
        choices=choices(LANGUAGE_NAMES),
        description=_l("The language of the table sheets and the summary."),
    )

    expected_themes = TextAreaField(
        _l("Themes that you expect"),
        filters=[several_lines],
        description=_l(
            "What you think the notes will be about, one theme a line: “Meeting places: somewhere to meet, a café”. "
            "The next suggestion of themes makes use of it. What somebody has placed or named does not move."
        ),
        render_kw={"rows": 5},
    )

    def validate_expected_themes(self, field: Field) -> None:
        try:
            self.expected()
        except Invalid as error:
            raise ValidationError(say(error)) from error

    def details(self) -> Details:
        return Details(
            self.title.data or "", self.held_on.data, self.place.data or "", self.language.data, self.expected()
        )

    def expected(self) -> tuple[str, ...]:
        """The themes that are expected. Raises Invalid ``bad_expected``."""
        return read_expected((self.expected_themes.data or "").split("\n"))

    def let_date_be_empty(self) -> None:
        """An imported evening may lack its date, and must not get a made-up one when something else is corrected."""
        self.held_on.validators = [Optional()]


class TablesForm(DetailsForm):
    """The same, with the tables as long as they can be changed freely."""

    tables = IntegerField(  # type: ignore[call-arg]  # the stubs are older than the library
        _l("Number of tables"),
        [
            InputRequired(_l("Say how many tables there are.")),
            NumberRange(1, MAX_GROUPS, _l("Choose a number from %(min)s to %(max)s.")),
        ],
        default=DEFAULT_TABLES,
        invalid_value_message=_l("Write the number of tables in digits, such as 8."),
    )
    names = TextAreaField(
        _l("Names of the tables"),
        [printable],
        filters=[several_lines],
        description=_l("One name a line; the first line is table 1. Without names the numbers do."),
        render_kw={"rows": 4},
    )

    def validate_names(self, field: Field) -> None:
        names = _lines(field.data)
        too_long = [n for n, name in enumerate(names, 1) if len(name) > MAX_NAME]
        if too_long:
            raise ValidationError(
                _("Line %(line)s: a name has at most %(limit)s characters.", line=too_long[0], limit=MAX_NAME)
            )
        if self.tables.data is not None and not self.tables.errors and len(names) > self.tables.data:
            raise ValidationError(
                _(
                    "There are more names (%(names)s) than tables (%(tables)s). Take a name away, or add a table.",
                    names=len(names),
                    tables=self.tables.data,
                )
            )

    def groups(self) -> list[str]:
        """One name a table; an empty line leaves its table without."""
        names = _lines(self.names.data)
        assert self.tables.data is not None
        return names + [""] * (self.tables.data - len(names))


class NewForm(TablesForm):
    """A workshop from a question set of the library, or from none."""

    question_set = SelectField(
        _l("Question set"),
        description=_l("The workshop gets a copy of the questions. You can change them until you open it."),
    )


class ShareForm(FlaskForm):
    """A colleague to let in."""

    email = EmailField(
        _l("E-mail address of your colleague"),
        [InputRequired(_l("Write the address your colleague signs in with.")), printable],
        filters=[one_line],
        render_kw={"autocomplete": "off"},
    )
    role = RadioField(
        _l("Role"),
        [InputRequired(_l("Choose what your colleague is to do."))],
        choices=choices(ROLES),
    )


class InviteForm(FlaskForm):
    """Somebody without an account who is to sort the themes."""

    name = line(
        _l("Who is to sort the notes?"),
        limit=MAX_NAME,
        required=_l("Write a name, so that everybody sees who did what."),
        description=_l("Everybody who sorts sees the name beside what was done."),
        render_kw={"autocomplete": "off"},
    )


class ImportForm(FlaskForm):
    """A whole evening as a file."""

    file = FileField(
        _l("File"),
        [FileRequired(_l("Choose a file first."))],
        description=_l("A workshop file from Verkstad (json), or a summary written by hand (txt, md or docx)."),
        render_kw={"accept": ".json,.txt,.md,.docx"},
    )


def filled_in(workshop: Workshop, groups: list[Group], *, held_on: date | None) -> dict[str, Any]:
    """What a form shows of a workshop that is there already."""
    by_number = {group.number: group.name for group in groups}
    tables = max(by_number, default=0)
    names = "\n".join(by_number.get(n, "") for n in range(1, tables + 1)).rstrip("\n")
    return {
        "title": workshop.title,
        "held_on": held_on,
        "place": workshop.place,
        "language": workshop.language,
        "expected_themes": workshop.expected_themes,
        "tables": tables or None,
        "names": names,
    }


def _lines(text: str | None) -> list[str]:
    return [one_line(name) for name in (text or "").split("\n")] if text else []
