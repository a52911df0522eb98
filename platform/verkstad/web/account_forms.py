"""The forms of the account pages."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import EmailField, Field, Form, PasswordField, RadioField
from wtforms.validators import DataRequired, InputRequired

from verkstad.domain.errors import DomainError
from verkstad.domain.roles import Role
from verkstad.extensions import db
from verkstad.language import say
from verkstad.services.accounts import MAX_EMAIL, MAX_NAME
from verkstad.web.texts import choices, line, one_line, printable, refuse

LANGUAGE_NAMES = {"sv": "Svenska", "en": "English"}
ROLE_NAMES = {
    Role.FACILITATOR: _l("Facilitator"),
    Role.SECRETARY: _l("Secretary"),
    Role.ADMIN: _l("Admin"),
}

_FIELDS = {
    "bad_email": "email",
    "email_taken": "email",
    "bad_name": "name",
    "bad_role": "role",
    "bad_language": "language",
    "short_password": "password",
    "long_password": "password",
    "weak_password": "password",
}


def _email() -> EmailField:
    return EmailField(
        _l("E-mail address"),
        [DataRequired(_l("Write the e-mail address.")), printable],
        filters=[one_line],
        render_kw={"maxlength": MAX_EMAIL, "spellcheck": "false", "autocapitalize": "none"},
    )


def _new_password() -> PasswordField:
    return PasswordField(
        _l("New password"),
        [InputRequired(_l("Write a password."))],
        description=_l("At least 12 characters, such as three or four words that do not belong together."),
        render_kw={"autocomplete": "new-password"},
    )


class SignInForm(FlaskForm):
    """Who one is. The address is not checked for its form: a wrong one is simply unknown."""

    email = _email()
    password = PasswordField(
        _l("Password"),
        [InputRequired(_l("Write your password."))],
        render_kw={"autocomplete": "current-password"},
    )


class SetupForm(FlaskForm):
    """The first admin."""

    name = line(_l("Name"), limit=MAX_NAME, required=_l("Write your name."))
    email = _email()
    password = _new_password()


class NewPasswordForm(FlaskForm):
    """A password through a link."""

    password = _new_password()


class ChangePasswordForm(FlaskForm):
    """Another password for oneself."""

    current = PasswordField(
        _l("Current password"),
        [InputRequired(_l("Write the password you have now."))],
        render_kw={"autocomplete": "current-password"},
    )
    password = _new_password()


class DetailsForm(FlaskForm):
    """What one is called, and the language of the pages."""

    name = line(_l("Name"), limit=MAX_NAME, required=_l("Write your name."))
    language = RadioField(_l("Language"), choices=choices(LANGUAGE_NAMES))


class NewAccountForm(FlaskForm):
    """A colleague's account."""

    name = line(_l("Name"), limit=MAX_NAME, required=_l("Write a name."))
    email = _email()
    role = RadioField(
        _l("What they do"),
        [InputRequired(_l("Choose what they do."))],
        choices=choices(ROLE_NAMES),
    )


def typed(field: Field) -> str:
    """What stands in a text field; nothing typed is the empty text."""
    return field.data or ""


def place(form: Form, error: DomainError, at: str | None = None) -> None:
    """Put a refusal at the field it is about, else at ``at``, else at the top of the form."""
    name = _FIELDS.get(error.code, at)
    if name is not None and name in form:
        refuse(form[name], error)
    else:
        db.session.rollback()
        form.form_errors.append(say(error))
