"""People at the pages without a browser: who is signed in, what a page says, what a form holds."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask, Response
from flask.testing import FlaskClient
from flask_login import FlaskLoginClient
from lxml import html
from lxml.html import HtmlElement
from werkzeug.test import TestResponse

from factories import desk, outcomes, send, sit_down
from verkstad.config import read_config
from verkstad.domain.roles import Role
from verkstad.extensions import db
from verkstad.factory import create_app
from verkstad.services.accounts import create_account
from verkstad.storage import Account, Workshop
from verkstad.storage.migrate import migrate
from verkstad.web.sessions import SignedIn


def make_app(folder: Path) -> Flask:
    """An installation of its own, whose forms can be posted without a token."""
    app = create_app(read_config({"VERKSTAD_INSTANCE": str(folder), "VERKSTAD_LIMITS": "off"}))
    app.config["WTF_CSRF_ENABLED"] = False
    with app.app_context():
        migrate(db.engine)
    return app


@dataclass
class Page:
    """An answer as somebody reads it."""

    answer: TestResponse

    @property
    def status(self) -> int:
        return self.answer.status_code

    @property
    def path(self) -> str:
        return self.answer.request.path

    @property
    def root(self) -> HtmlElement:
        return html.fromstring(self.answer.text)

    @property
    def words(self) -> str:
        """The main part's text, on one line."""
        return " ".join(self.root.get_element_by_id("main").text_content().split())

    def form(self) -> dict[str, Any]:
        """What the page's own form would send as it stands."""
        [form] = [f for f in self.root.get_element_by_id("main").forms if not f.action or f.action == self.path]
        # A browser takes no notice of the line break that a textarea begins with.
        return {name: (value or "").removeprefix("\n") for name, value in form.fields.items() if name}

    def faults(self) -> dict[str, str]:
        """The id of each field that is marked as wrong, and the message that is tied to it."""
        found = {}
        for field in self.root.xpath("//*[@aria-invalid='true']"):
            described = field.get("aria-describedby", "").split()
            messages = [self.root.get_element_by_id(i).text_content().strip() for i in described if "-error" in i]
            found[field.get("id")] = " ".join(messages)
        return found

    def links(self) -> dict[str, str]:
        return {" ".join(a.text_content().split()): a.get("href") for a in self.root.iter("a")}

    def buttons(self) -> dict[str, str | None]:
        return {" ".join(b.text_content().split()): b.get("value") for b in self.root.iter("button")}


class Desk:
    """One signed-in person's browser."""

    def __init__(self, app: Flask, name: str, role: Role = Role.FACILITATOR) -> None:
        self.app = app
        self.email = f"{name}@example.se"
        with app.app_context():
            account = create_account(db.session(), self.email, name.capitalize(), role, None)
        self.account = account.id
        self.client: FlaskClient = FlaskLoginClient(app, Response, user=SignedIn(account))
        self.client.set_cookie("language", "en")

    def stored(self) -> Account:
        """The account, in the session of the app context in force."""
        return db.session().get_one(Account, self.account)

    def get(self, path: str) -> Page:
        return Page(self.client.get(path, follow_redirects=True))

    def post(self, path: str, **fields: Any) -> Page:
        return Page(self.client.post(path, data=fields, follow_redirects=True))

    def fill_in(self, path: str, **fields: Any) -> Page:
        """Open a page, change these fields of its form, and send it."""
        return self.post(path, **(self.get(path).form() | fields))


def planned(**changes: Any) -> dict[str, Any]:
    """The fields of a new workshop's form."""
    fields = {
        "title": "Dialogkväll",
        "held_on": "2026-12-03",
        "place": "Folkets hus",
        "language": "sv",
        "tables": "3",
        "names": "Fönstret\n\nScenen",
    }
    return fields | changes


def made(app: Flask, page: Page) -> Workshop:
    """The workshop whose page it is."""
    with app.app_context():
        return db.session().get_one(Workshop, int(page.path.split("/")[2]))


def push(app: Flask, workshop: Workshop, *changes: dict[str, Any], table: int | None = None) -> None:
    """Changes from the studio, or from a phone at a table."""
    with app.app_context():
        actor = desk(workshop) if table is None else sit_down(db.session(), workshop, table)
        assert set(outcomes(send(db.session(), actor, *changes))) == {"ok"}
