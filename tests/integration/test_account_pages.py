"""The way in and the account pages, as somebody without a script meets them."""

from __future__ import annotations

from pathlib import Path

import pytest
from argon2 import PasswordHasher
from flask import Flask

from desks import Desk, Page, make_app
from factories import make_workshop
from verkstad.config import read_config
from verkstad.domain.join_code import spell_join_code
from verkstad.domain.roles import Role
from verkstad.extensions import db
from verkstad.factory import create_app
from verkstad.services import account_links, accounts, passwords
from verkstad.storage import Account
from verkstad.storage.migrate import migrate
from verkstad.web.accounts import own_path

GOOD = "kaffe moln spade"
OTHER = "tre gröna cyklar"


@pytest.fixture(autouse=True)
def _quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "_HASHER", PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1))


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    return make_app(tmp_path)


class Visitor(Desk):
    """A browser in which nobody is signed in."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.client = app.test_client()
        self.client.set_cookie("language", "en")

    def sign_in(self, email: str, password: str, onward: str = "") -> Page:
        return self.post("/login", email=email, password=password, next=onward)


# Only what is asked of the database itself runs in a context of the app: one held over several requests would
# remember who was signed in.
def made(app: Flask, role: Role = Role.FACILITATOR, email: str = "anna@example.se") -> Account:
    with app.app_context():
        return accounts.create_account(db.session(), email, "Anna Berg", role, GOOD)


def opened_code(app: Flask) -> str:
    with app.app_context():
        return make_workshop(db.session()).code


@pytest.mark.parametrize("spelling", ["{0}", "{1}", " {2} ", "{3}"])
def test_a_code_leads_to_the_workshop_however_it_is_typed(app: Flask, spelling: str) -> None:
    code = opened_code(app)
    typed = spelling.format(code, spell_join_code(code), code.lower(), " ".join(code))
    answer = Visitor(app).client.post("/", data={"code": typed})
    assert (answer.status_code, answer.location) == (302, f"/w/{code}")


@pytest.mark.parametrize("typed", ["", "  ", "abc", "KRT-M7W-2", "<script>alert(1)</script>", "KRTM7W", "x" * 500])
def test_a_code_that_leads_nowhere_is_refused_at_the_field_and_still_there(app: Flask, typed: str) -> None:
    page = Visitor(app).post("/", code=typed)
    assert page.status == 200 and page.faults()["code"]
    assert page.form()["code"] == typed.strip()
    assert page.root.findtext(".//title", "").startswith("Error: ")


def test_guessing_codes_has_an_end(tmp_path: Path) -> None:
    app = create_app(read_config({"VERKSTAD_INSTANCE": str(tmp_path)}))
    app.config["WTF_CSRF_ENABLED"] = False
    with app.app_context():
        migrate(db.engine)
    code, visitor = opened_code(app), Visitor(app)
    guesses = [visitor.post("/", code="KRTM7" + c).status for c in "23456789CDFHJKLMNPRTVW" * 3]
    assert set(guesses) == {200, 429}
    assert visitor.post("/", code=code).status == 429


def test_signing_in_leads_to_where_one_was_going(app: Flask) -> None:
    made(app, Role.ADMIN)
    visitor = Visitor(app)
    asked = visitor.get("/accounts")
    assert asked.path == "/login"
    assert asked.form()["next"].rstrip("?") == "/accounts"
    assert visitor.sign_in("Anna@Example.se", GOOD, "/accounts").path == "/accounts"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "evil",
        "javascript:0",
    ],
)
def test_signing_in_leads_to_no_other_site(app: Flask, elsewhere: str) -> None:
    made(app)
    assert own_path(elsewhere) is None
    assert Visitor(app).sign_in("anna@example.se", GOOD, elsewhere).path == "/workshops"


def test_a_wrong_password_is_said_at_the_top_and_the_address_is_kept(app: Flask) -> None:
    made(app)
    page = Visitor(app).sign_in("anna@example.se", "wrong")
    assert "do not belong together" in page.words
    assert page.form()["email"] == "anna@example.se" and page.form()["password"] == ""


def test_empty_fields_are_told_one_by_one(app: Flask) -> None:
    page = Visitor(app).sign_in("", "")
    assert page.faults() == {"email": "Write the e-mail address.", "password": "Write your password."}
    assert {"#email", "#password"} <= set(page.links().values())


def test_signing_out_needs_a_post_and_closes_the_door(app: Flask) -> None:
    made(app)
    visitor = Visitor(app)
    visitor.sign_in("anna@example.se", GOOD)
    assert visitor.client.get("/logout").status_code == 405
    assert visitor.post("/logout").path == "/"
    assert visitor.get("/account").path == "/login"


def test_the_setup_link_makes_the_first_admin_and_then_is_gone(app: Flask) -> None:
    with app.app_context():
        token = account_links.setup_link(db.session())
    visitor = Visitor(app)
    weak = visitor.fill_in(f"/setup/{token}", name="Anna Berg", email="anna@example.se", password="Sommaren2026!")
    assert "password" in weak.faults() and weak.form()["name"] == "Anna Berg" and weak.form()["password"] == ""
    assert visitor.fill_in(f"/setup/{token}", name="Anna", email="anna@example.se", password=GOOD).path == "/workshops"
    assert visitor.get("/accounts").status == 200
    assert Visitor(app).get(f"/setup/{token}").status == 404
    assert Visitor(app).get("/setup/guessed").status == 404


def test_an_admin_makes_an_account_and_its_owner_chooses_the_password(app: Flask) -> None:
    desk = Desk(app, "anna", Role.ADMIN)
    page = desk.fill_in("/accounts/new", name="Bo Ek", email="bo@example.se", role="secretary")
    address = page.root.get_element_by_id("address").get("value")
    assert address not in desk.get("/accounts").answer.text
    path = address[address.index("/link/") :]
    bo = Visitor(app)
    assert "bo@example.se" in bo.get(path).words
    assert "password" in bo.fill_in(path, password="kort").faults()
    assert bo.fill_in(path, password=OTHER).path == "/workshops"
    assert bo.get("/accounts").status == 403
    assert Visitor(app).get(path).status == 404
    assert Visitor(app).sign_in("bo@example.se", OTHER).path == "/workshops"


def test_a_second_account_with_the_address_is_refused_at_the_field(app: Flask) -> None:
    desk = Desk(app, "anna", Role.ADMIN)
    page = desk.fill_in("/accounts/new", name="Bo", email="ANNA@example.se", role="admin")
    assert page.faults().keys() == {"email"} and page.form()["name"] == "Bo"


@pytest.mark.parametrize("role", ["", "participant", "root"])
def test_an_account_has_one_of_the_roles(app: Flask, role: str) -> None:
    page = Desk(app, "anna", Role.ADMIN).post("/accounts/new", name="Bo", email="bo@example.se", role=role)
    assert page.status == 200 and page.form()["name"] == "Bo"
    with app.app_context():
        assert len(accounts.all_accounts(db.session())) == 1


def test_signing_out_ends_every_copy_of_the_cookie_and_no_other_device(app: Flask) -> None:
    made(app)
    here, there = Visitor(app), Visitor(app)
    for browser in (here, there):
        browser.sign_in("anna@example.se", GOOD)
    cookie = here.client.get_cookie("session")
    assert cookie is not None
    here.post("/logout")
    thief = Visitor(app)
    thief.client.set_cookie("session", cookie.value)
    assert thief.get("/account").path == "/login"
    assert there.get("/account").path == "/account"


def test_a_shut_account_is_signed_out_at_once(app: Flask) -> None:
    desk = Desk(app, "anna", Role.ADMIN)
    bo = made(app, email="bo@example.se")
    visitor = Visitor(app)
    visitor.sign_in("bo@example.se", GOOD)
    assert visitor.get("/account").path == "/account"
    desk.post(f"/accounts/{bo.id}/shutting")
    assert visitor.get("/account").path == "/login"
    assert "do not belong together" in visitor.sign_in("bo@example.se", GOOD).words
    desk.post(f"/accounts/{bo.id}/opening")
    assert visitor.sign_in("bo@example.se", GOOD).path == "/workshops"


def test_a_new_link_signs_out_who_had_the_old_password(app: Flask) -> None:
    desk = Desk(app, "anna", Role.ADMIN)
    bo = made(app, email="bo@example.se")
    thief, owner = Visitor(app), Visitor(app)
    thief.sign_in("bo@example.se", GOOD)
    address = desk.post(f"/accounts/{bo.id}/link").root.get_element_by_id("address").get("value")
    owner.fill_in(address[address.index("/link/") :], password=OTHER)
    assert thief.get("/account").path == "/login"
    assert owner.get("/account").path == "/account"


def test_changing_the_password_keeps_this_browser_and_signs_out_the_others(app: Flask) -> None:
    made(app)
    here, there = Visitor(app), Visitor(app)
    for browser in (here, there):
        browser.sign_in("anna@example.se", GOOD)
    wrong = here.post("/account/password", current="wrong", password=OTHER)
    assert wrong.faults() == {"current": "That is not the password you have now."}
    assert here.post("/account/password", current=GOOD, password=OTHER).path == "/account"
    assert here.get("/account").path == "/account"
    assert there.get("/account").path == "/login"


def test_the_language_follows_the_account_and_can_be_switched_by_anyone(app: Flask) -> None:
    made(app)
    visitor = Visitor(app)
    visitor.sign_in("anna@example.se", GOOD)
    assert visitor.fill_in("/account", name="Anna B", language="sv").root.get("lang") == "sv"
    elsewhere = Visitor(app)
    elsewhere.sign_in("anna@example.se", GOOD)
    assert elsewhere.get("/account").root.get("lang") == "sv"
    switched = elsewhere.post("/language", language="en", next="/account")
    assert (switched.path, switched.root.get("lang")) == ("/account", "en")
    assert elsewhere.post("/language", language="xx", next="//evil.example").root.get("lang") == "en"
    assert elsewhere.post("/language", language="sv", next="/account/password").path == "/"
    asked = elsewhere.client.post("/language", data={"language": "sv", "next": "/login?next=/accounts"})
    assert asked.location == "/login?next=/accounts"


def test_what_people_typed_is_never_markup(app: Flask) -> None:
    desk = Desk(app, "anna", Role.ADMIN)
    name = "<b>Bo</b> {{ 7*7 }}"
    desk.fill_in("/accounts/new", name=name, email="bo@example.se", role="secretary")
    page = desk.get("/accounts")
    assert name in page.words and not page.root.xpath("//main//b")


@pytest.mark.parametrize("path", ["/", "/login", "/hjalp"])
def test_pages_work_without_anything_inline(app: Flask, path: str) -> None:
    page = Visitor(app).get(path)
    assert page.root.xpath("//script[not(@src)] | //style | //@style | //@*[starts-with(name(), 'on')]") == []
    assert page.root.xpath("count(//h1)") == 1


def test_forms_are_refused_without_their_token(tmp_path: Path) -> None:
    app = create_app(read_config({"VERKSTAD_INSTANCE": str(tmp_path), "VERKSTAD_LIMITS": "off"}))
    with app.app_context():
        migrate(db.engine)
    made(app)
    client = app.test_client()
    fields = {"email": "anna@example.se", "password": GOOD}
    assert client.post("/login", data=fields).status_code == 400
    assert client.get("/account").status_code == 302
    token = Page(client.get("/login")).form()["csrf_token"]
    assert client.post("/login", data=fields | {"csrf_token": token}).status_code == 302
    assert client.get("/account").status_code == 200
    assert client.post("/logout").status_code == 400
