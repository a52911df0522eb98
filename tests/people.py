"""The small vocabulary of the browser tests: who is there and what they do. They wait for things, never for seconds."""

from __future__ import annotations

from typing import Any, TypeVar
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, Request, expect

from running import Server
from verkstad.domain.workshop_file import WorkshopFile
from verkstad.storage import Note, Participant, Workshop

PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
DESK: dict[str, Any] = {"viewport": {"width": 1440, "height": 900}}
PROJECTOR: dict[str, Any] = {"viewport": {"width": 1920, "height": 1080}}
WIDTHS = (320, 1440)
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

# What a browser says when we ourselves have cut the network, and when a poll was under way while its connection was
# closed (Engine.IO answers 400).
_EXPECTED = ("ERR_INTERNET_DISCONNECTED", "ERR_FAILED", "ERR_BLOCKED_BY_CLIENT", "ERR_NETWORK_CHANGED")
_STALE_POLL = ("400 (BAD REQUEST)", "/socket.io/")


P = TypeVar("P", bound="Person")


class Person:
    """Somebody with a browser of their own."""

    def __init__(self, hall: Hall, context: BrowserContext | None = None, **options: Any) -> None:
        self.hall = hall
        self.borrowed = context is not None
        self.context: BrowserContext = context or hall.browser.new_context(locale="sv-SE", **options)
        self.page: Page = self.context.new_page()
        self.context.on("console", self._on_console)
        self.context.on("weberror", lambda error: hall.complaints.append(str(error.error)))
        self.context.on("request", self._on_request)

    def _on_console(self, message: ConsoleMessage) -> None:
        said = f"{message.text} {message.location.get('url', '')}"
        expected = any(word in said for word in (*_EXPECTED, *self.hall.expected))
        expected |= all(word in said for word in _STALE_POLL)
        expected |= message.location.get("url", "").startswith("chrome")  # a page of the browser's own
        if message.type in {"error", "warning"} and not expected:
            self.hall.complaints.append(f"console: {said}")

    def _on_request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in {"http", "https", "ws", "wss"} and parts.netloc != urlsplit(self.hall.base).netloc:
            self.hall.complaints.append(f"a request to another host: {request.url}")

    def see(self, text: str) -> Locator:
        """The first visible place where the text stands."""
        place = self.page.get_by_text(text).filter(visible=True).first
        expect(place).to_be_visible(timeout=10_000)
        return place

    def see_not(self, text: str) -> None:
        expect(self.page.get_by_text(text).filter(visible=True)).to_have_count(0, timeout=10_000)

    def press(self, name: str, *, exact: bool = True) -> None:
        self.page.get_by_role("button", name=name, exact=exact).filter(visible=True).first.click()

    def check_accessible(self) -> None:
        """No violation of any rule, narrow and wide, and nothing that has to be scrolled sideways."""
        before = self.page.viewport_size
        assert before is not None
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": before["height"]})
            results = Axe().run(self.page, options={"runOnly": {"type": "tag", "values": TAGS}})
            found = [(v["id"], [n["html"][:160] for n in v["nodes"]]) for v in results.response["violations"]]
            assert found == [], (self.page.url, width, found)
            sideways = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert sideways <= 0, f"{self.page.url} scrolls sideways at {width} px"
        self.page.set_viewport_size(before)


class Phone(Person):
    """A group member."""

    def __init__(self, hall: Hall, context: BrowserContext | None = None, **options: Any) -> None:
        super().__init__(hall, context, **(PHONE | options))

    def scan(self, code: str, group: int) -> Phone:
        """Scan the QR on a table's sheet."""
        self.page.goto(f"{self.hall.base}/q#{code}.{group}.{self.hall.secret(code)}")
        self.field.wait_for()
        return self

    @property
    def field(self) -> Locator:
        return self.page.get_by_label("Din lapp", exact=True)

    def write(self, text: str) -> None:
        self.field.fill(text)
        self.press("Skicka lappen")

    def note(self, text: str) -> Locator:
        return self.page.get_by_role("listitem").filter(has_text=text)

    def see_note(self, text: str, state: str = "Hos servern") -> None:
        expect(self.note(text)).to_contain_text(state, timeout=15_000)


class Desk(Person):
    """Somebody with an account, at a laptop."""

    def __init__(self, hall: Hall) -> None:
        super().__init__(hall, **DESK)

    def sign_in(self) -> Desk:
        self.page.goto(f"{self.hall.base}/login")
        self.page.get_by_label("E-postadress").fill(self.hall.email)
        self.page.get_by_label("Lösenord", exact=True).fill(self.hall.password)
        self.press("Logga in")
        self.page.wait_for_url(lambda url: "/login" not in url)
        return self

    def open_studio(self, workshop_id: int) -> Desk:
        self.page.goto(f"{self.hall.base}/workshops/{workshop_id}/studio")
        self.see("Ansluten")
        return self


class Hall:
    """The room, its server, and everybody in it."""

    def __init__(self, browser: Browser, server: Server, email: str, password: str) -> None:
        self.browser, self.server, self.email, self.password = browser, server, email, password
        self.base = server.settings["VERKSTAD_PUBLIC_URL"]
        self.complaints: list[str] = []
        self.expected: list[str] = []  # what a browser may say of the faults that a test makes
        self.people: list[Person] = []

    def phone(self, context: BrowserContext | None = None, **options: Any) -> Phone:
        return self._enter(Phone(self, context, **options))

    def desk(self) -> Desk:
        return self._enter(Desk(self))

    def projector(self, token: str) -> Person:
        person = self._enter(Person(self, **PROJECTOR))
        person.page.goto(f"{self.base}/screen#{token}")
        return person

    def _enter(self, person: P) -> P:
        self.people.append(person)
        return person

    def prepare(self, evening: WorkshopFile, *, opened: bool = True) -> tuple[str, int]:
        """A workshop of the facilitator's; its code and its key."""
        return self.server.import_evening(evening, opened=opened, owner=self.email)

    def secret(self, code: str) -> str:
        return self.server.join_secret(code)

    def stored(self, code: str) -> list[str]:
        """The texts that the server has, in the order they came."""
        with self.server.database() as session:
            notes = session.query(Note).join(Workshop, Workshop.id == Note.workshop_id).filter(Workshop.code == code)
            return [note.text for note in notes.order_by(Note.created_revision)]

    def seats(self, code: str) -> int:
        """How many have joined."""
        with self.server.database() as session:
            people = session.query(Participant).join(Workshop, Workshop.id == Participant.workshop_id)
            return people.filter(Workshop.code == code).count()

    def close(self) -> None:
        for person in self.people:
            if not person.borrowed:
                person.context.close()
