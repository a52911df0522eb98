"""Signing in and out, one's own account, and the accounts of others."""

from __future__ import annotations

import re

from flask import Blueprint, current_app, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_login import current_user, login_user, logout_user
from werkzeug.wrappers import Response

from verkstad.domain.errors import Busy, DomainError
from verkstad.domain.roles import Right, Role
from verkstad.extensions import db
from verkstad.language import COOKIE
from verkstad.services import account_links, accounts
from verkstad.storage import Account
from verkstad.web.account_forms import (
    ROLE_NAMES,
    ChangePasswordForm,
    DetailsForm,
    NewAccountForm,
    NewPasswordForm,
    SetupForm,
    SignInForm,
    place,
    typed,
)
from verkstad.web.guard import door
from verkstad.web.qr import public_base
from verkstad.web.sessions import SignedIn

bp = Blueprint("accounts", __name__)

_YEAR = 365 * 24 * 3600
# A path of this site: no second slash and no backslash, which browsers read as one, nor anything they leave out.
_OWN_PATH = re.compile(r"/(?!/)[!-\[\]-~]*")


def own_path(typed: str | None) -> str | None:
    """The path to go on to, if it leads nowhere else than here."""
    return typed if typed and _OWN_PATH.fullmatch(typed) else None


@bp.route("/login", methods=["GET", "POST"])
@door(Right.VISIT)
def login() -> ResponseReturnValue:
    onward = own_path(request.values.get("next")) or url_for("workshops.index")
    if current_user.is_authenticated:
        return redirect(onward)
    form, status = SignInForm(), 200
    if form.validate_on_submit():
        failures = current_app.extensions["sign_ins"]
        try:
            account = accounts.sign_in(db.session(), typed(form.email), typed(form.password), failures)
        except DomainError as error:
            place(form, error)
            status = 429 if isinstance(error, Busy) else 200
        else:
            return _enter(account, onward)
    return render_template("accounts/login.html", form=form, onward=onward), status


def _enter(account: Account, onward: str) -> Response:
    """Sign in, in the account's own language, and go on."""
    login_user(SignedIn(account))
    answer = make_response(redirect(onward))
    if account.language:
        speak(answer, account.language)
    return answer


def speak(answer: Response, language: str) -> None:
    """Remember the language of the pages on this device."""
    answer.set_cookie(
        COOKIE, language, max_age=_YEAR, samesite="Lax", secure=current_app.config["SESSION_COOKIE_SECURE"]
    )


@bp.post("/logout")
@door(Right.VISIT)
def logout() -> ResponseReturnValue:
    if current_user.is_authenticated:
        accounts.sign_out(db.session(), current_user.get_id())
    logout_user()
    flash(_("You are signed out."))
    return redirect(url_for("pages.start"))


@bp.route("/setup/<token>", methods=["GET", "POST"])
@door(Right.VISIT)
def setup(token: str) -> ResponseReturnValue:
    account_links.check_setup(db.session(), token)
    form = SetupForm()
    if form.validate_on_submit():
        try:
            admin = account_links.set_up(db.session(), token, typed(form.email), typed(form.name), typed(form.password))
        except DomainError as error:
            place(form, error)
        else:
            flash(_("Verkstad is set up, and you are signed in. Your first workshop can be made now."))
            return _enter(admin, url_for("workshops.index"))
    return render_template("accounts/setup.html", form=form)


@bp.route("/link/<token>", methods=["GET", "POST"])
@door(Right.VISIT)
def link(token: str) -> ResponseReturnValue:
    """Choosing a password through a link that was handed over."""
    account = account_links.account_of_link(db.session(), token)
    form = NewPasswordForm()
    if form.validate_on_submit():
        try:
            account_links.choose_password(db.session(), token, typed(form.password))
        except DomainError as error:
            place(form, error)
        else:
            flash(_("Your password is saved, and you are signed in."))
            return _enter(account, url_for("workshops.index"))
    return render_template("accounts/choose_password.html", form=form, account=account)


@bp.route("/account", methods=["GET", "POST"])
@door(Right.SIGNED_IN)
def account() -> ResponseReturnValue:
    """One's own name and language."""
    mine: Account = current_user.account
    form = DetailsForm(data=_details(mine))
    if form.validate_on_submit():
        try:
            accounts.change_details(db.session(), mine.id, typed(form.name), typed(form.language))
        except DomainError as error:
            place(form, error)
        else:
            answer = make_response(redirect(url_for(".account")))
            speak(answer, typed(form.language))
            flash(_("Saved."))
            return answer
    return _account_page(form, ChangePasswordForm(formdata=None))


@bp.post("/account/password")
@door(Right.SIGNED_IN)
def password() -> ResponseReturnValue:
    """Another password for oneself. It ends every session but this one."""
    mine: Account = current_user.account
    form, status = ChangePasswordForm(), 200
    if form.validate_on_submit():
        try:
            changed = accounts.change_password(
                db.session(), mine.id, typed(form.current), typed(form.password), current_app.extensions["sign_ins"]
            )
        except DomainError as error:
            place(form, error, at="current")
            status = 429 if isinstance(error, Busy) else 200
        else:
            login_user(SignedIn(changed))
            flash(_("Your password is changed. On other devices you are signed out."))
            return redirect(url_for(".account"))
    return _account_page(DetailsForm(formdata=None, data=_details(mine)), form), status


def _details(account: Account) -> dict[str, str]:
    return {"name": account.name, "language": account.language or str(get_locale())}


def _account_page(details: DetailsForm, change: ChangePasswordForm) -> str:
    return render_template("accounts/account.html", details=details, change=change, role=_role(current_user.account))


def _role(account: Account) -> object:
    return ROLE_NAMES[account.role]


@bp.get("/accounts")
@door(Right.MANAGE_ACCOUNTS)
def index() -> ResponseReturnValue:
    return render_template("accounts/index.html", accounts=accounts.all_accounts(db.session()), role_of=_role)


@bp.route("/accounts/new", methods=["GET", "POST"])
@door(Right.MANAGE_ACCOUNTS)
def new() -> ResponseReturnValue:
    form = NewAccountForm()
    if form.validate_on_submit():
        try:
            made = accounts.create_account(db.session(), typed(form.email), typed(form.name), Role(form.role.data))
        except DomainError as error:
            place(form, error)
        else:
            return _hand_over(made)
    return render_template("accounts/new.html", form=form)


@bp.post("/accounts/<int:account_id>/link")
@door(Right.MANAGE_ACCOUNTS)
def new_link(account_id: int) -> ResponseReturnValue:
    return _hand_over(accounts.find_account(db.session(), account_id))


def _hand_over(account: Account) -> ResponseReturnValue:
    """Show a new link, this once: it is kept nowhere, so it cannot be shown again."""
    token, kind = account_links.password_link(db.session(), account.id)
    address = public_base() + url_for(".link", token=token)
    return render_template("accounts/hand_over.html", account=account, address=address, kind=kind)


@bp.post("/accounts/<int:account_id>/shutting")
@door(Right.MANAGE_ACCOUNTS)
def shut(account_id: int) -> ResponseReturnValue:
    shut = accounts.disable(db.session(), account_id)
    flash(_("%(name)s can no longer sign in, and is signed out everywhere.", name=shut.name))
    return redirect(url_for(".index"))


@bp.post("/accounts/<int:account_id>/opening")
@door(Right.MANAGE_ACCOUNTS)
def reopen(account_id: int) -> ResponseReturnValue:
    opened = accounts.enable(db.session(), account_id)
    flash(_("%(name)s can sign in again.", name=opened.name))
    return redirect(url_for(".index"))
