"""Accounts: who gets in, what a link is worth, and that changing one's mind ends old sessions."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Literal

import pytest
from argon2 import PasswordHasher, extract_parameters
from sqlalchemy import select, update
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from verkstad.domain.errors import Busy, Conflict, DomainError, Invalid, NotFound, Unauthorized
from verkstad.domain.roles import Role
from verkstad.services import account_links, accounts, passwords
from verkstad.services.accounts import SignIns
from verkstad.services.budgets import limiter
from verkstad.storage import Account, OneTimeLink
from verkstad.storage.base import begin_write, now

HASHER = passwords._HASHER
GOOD = "kaffe moln spade"
OTHER = "tre gröna cyklar"


def anna(session: Session, role: Role = Role.ADMIN, password: str | None = GOOD) -> Account:
    return accounts.create_account(session, "Anna.Berg@Example.se", "Anna  Berg", role, password)


@pytest.fixture(autouse=True)
def _quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """The real settings cost a quarter of a second a password; one test uses them."""
    monkeypatch.setattr(passwords, "_HASHER", PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1))


@pytest.fixture
def failures() -> SignIns:
    return SignIns(limiter(None, enabled=True))


def test_an_account_signs_in_with_its_address_in_any_case(session: Session, failures: SignIns) -> None:
    made = anna(session)
    assert (made.email, made.name) == ("anna.berg@example.se", "Anna Berg")
    assert accounts.sign_in(session, " ANNA.berg@example.se", GOOD, failures).id == made.id


def test_a_password_is_kept_as_argon2id_of_today_and_an_older_hash_is_made_anew(
    session: Session, failures: SignIns, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = anna(session)
    older = made.password_hash
    monkeypatch.setattr(passwords, "_HASHER", HASHER)
    accounts.sign_in(session, made.email, GOOD, failures)
    assert made.password_hash is not None and made.password_hash != older
    assert made.password_hash.startswith("$argon2id$v=19$m=65536,t=3,p=1$")
    assert accounts.sign_in(session, made.email, GOOD, failures)


@pytest.mark.parametrize("typed", ["kaffe moln spad", "KAFFE MOLN SPADE", "", "x" * 5000])
def test_another_password_does_not_open(session: Session, failures: SignIns, typed: str) -> None:
    anna(session)
    with pytest.raises(Unauthorized):
        accounts.sign_in(session, "anna.berg@example.se", typed, failures)


def test_an_ö_opens_however_the_keyboard_makes_it(session: Session, failures: SignIns) -> None:
    anna(session, password="tre gro\u0308na cyklar")
    assert accounts.sign_in(session, "anna.berg@example.se", "tre gröna cyklar", failures)


def test_unknown_shut_and_unfinished_accounts_get_the_answer_of_a_wrong_password(
    session: Session, failures: SignIns
) -> None:
    shut = anna(session)
    accounts.create_account(session, "bo@example.se", "Bo", Role.ADMIN, GOOD)
    accounts.create_account(session, "cia@example.se", "Cia", Role.SECRETARY)
    accounts.disable(session, shut.id)
    answers = set()
    for email, password in [("anna.berg@example.se", GOOD), ("cia@example.se", ""), ("nobody@example.se", GOOD)]:
        with pytest.raises(Unauthorized) as refused:
            accounts.sign_in(session, email, password, failures)
        answers.add((refused.value.code, refused.value.message))
    assert len(answers) == 1


class WatchedHasher(PasswordHasher):
    """The real hasher, with today's settings, and the hashes that it was put to check."""

    def __init__(self) -> None:
        super().__init__(HASHER.time_cost, HASHER.memory_cost, HASHER.parallelism)
        self.checked: list[str] = []

    def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:  # noqa: A002  (the library's name)
        self.checked.append(str(hash))
        return super().verify(hash, password)


def test_an_unknown_account_costs_as_much_work_as_a_known_one(
    session: Session, failures: SignIns, monkeypatch: pytest.MonkeyPatch
) -> None:
    hasher = WatchedHasher()
    monkeypatch.setattr(passwords, "_HASHER", hasher)
    known = anna(session)
    for email in (known.email, "nobody@example.se"):
        with pytest.raises(Unauthorized):
            accounts.sign_in(session, email, "wrong", failures)
    of_anna, of_nobody = hasher.checked
    assert of_anna == known.password_hash != of_nobody
    assert extract_parameters(of_anna) == extract_parameters(of_nobody)


def test_the_sixth_failure_has_to_wait_and_other_accounts_do_not(session: Session, failures: SignIns) -> None:
    anna(session)
    accounts.create_account(session, "bo@example.se", "Bo", Role.SECRETARY, GOOD)
    for _ in range(6):  # five that are free, and the first of the slow ones
        with pytest.raises(Unauthorized):
            accounts.sign_in(session, "anna.berg@example.se", "wrong", failures)
    with pytest.raises(Busy) as refused:
        accounts.sign_in(session, "anna.berg@example.se", GOOD, failures)
    assert 0 < refused.value.retry_after <= 20
    assert accounts.sign_in(session, "bo@example.se", GOOD, failures)


@pytest.mark.parametrize("email", ["anna", "anna@", "@example.se", "anna@ex ample.se", "a" * 250 + "@example.se", ""])
def test_an_address_has_the_form_of_one(session: Session, email: str) -> None:
    with pytest.raises(Invalid) as refused:
        accounts.create_account(session, email, "Anna", Role.SECRETARY)
    assert refused.value.code == "bad_email"


@pytest.mark.parametrize("email", ["anna@kommun.local", "anna@example.test", "anna@intern"])
def test_an_address_on_an_inner_network_will_do(session: Session, email: str) -> None:
    assert accounts.create_account(session, email, "Anna", Role.SECRETARY).email == email


@pytest.mark.parametrize("name", ["", "  ", "x" * 101, "Anna\x00", "Anna\ud800"])
def test_a_name_can_be_shown(session: Session, name: str) -> None:
    with pytest.raises(Invalid) as refused:
        accounts.create_account(session, "anna@example.se", name, Role.SECRETARY)
    assert refused.value.code == "bad_name"


@pytest.mark.parametrize("role", [Role.PARTICIPANT, Role.STUDIO, Role.ACCOUNT, Role.VISITOR, Role.THEME_TEAM])
def test_only_three_roles_are_an_accounts(session: Session, role: Role) -> None:
    with pytest.raises(Invalid) as refused:
        accounts.create_account(session, "anna@example.se", "Anna", role)
    assert refused.value.code == "bad_role"


def test_an_address_has_one_account(session: Session) -> None:
    anna(session)
    with pytest.raises(Invalid) as refused:
        anna(session)
    assert refused.value.code == "email_taken"
    assert len(accounts.all_accounts(session)) == 1


def test_changing_the_password_ends_every_session(session: Session, failures: SignIns) -> None:
    made = anna(session)
    key = made.session_key
    with pytest.raises(Unauthorized):
        accounts.change_password(session, made.id, "wrong", OTHER, failures)
    assert made.session_key == key
    changed = accounts.change_password(session, made.id, GOOD, OTHER, failures)
    assert changed.session_key != key
    assert accounts.sign_in(session, made.email, OTHER, failures)


def test_shutting_an_account_ends_its_sessions_and_opening_it_does_not_bring_them_back(session: Session) -> None:
    anna(session)
    bo = accounts.create_account(session, "bo@example.se", "Bo", Role.ADMIN, GOOD)
    key = bo.session_key
    accounts.disable(session, bo.id)
    opened = accounts.enable(session, bo.id)
    assert opened.disabled_at is None and opened.session_key != key


def test_the_last_admin_cannot_be_shut_out(session: Session) -> None:
    made = anna(session)
    accounts.create_account(session, "bo@example.se", "Bo", Role.ADMIN)  # has not chosen a password: cannot help
    with pytest.raises(Conflict) as refused:
        accounts.disable(session, made.id)
    assert refused.value.code == "last_admin"


def test_a_link_chooses_a_password_once(session: Session, failures: SignIns) -> None:
    made = anna(session, Role.SECRETARY, password=None)
    token, kind = account_links.password_link(session, made.id)
    assert kind == "invite" and len(token) >= 43
    assert account_links.account_of_link(session, token).id == made.id
    account_links.choose_password(session, token, GOOD)
    assert accounts.sign_in(session, made.email, GOOD, failures)
    with pytest.raises(NotFound):
        account_links.choose_password(session, token, OTHER)


def test_a_refused_password_leaves_the_link_working(session: Session) -> None:
    token, _ = account_links.password_link(session, anna(session, password=None).id)
    with pytest.raises(Invalid):
        account_links.choose_password(session, token, "Sommaren2026!")
    account_links.choose_password(session, token, GOOD)


def test_a_link_is_kept_as_a_hash_only(session: Session) -> None:
    token, _ = account_links.password_link(session, anna(session).id)
    [row] = session.scalars(select(OneTimeLink))
    assert token not in row.token_hash and len(row.token_hash) == 64


@pytest.mark.parametrize(("password", "minutes"), [(None, 7 * 24 * 60), (GOOD, 30)], ids=["invite", "reset"])
def test_a_link_lives_its_time(session: Session, password: str | None, minutes: int) -> None:
    token, _ = account_links.password_link(session, anna(session, password=password).id)
    [row] = session.scalars(select(OneTimeLink))
    assert abs(row.expires_at - now() - timedelta(minutes=minutes)) < timedelta(minutes=1)
    begin_write(session)
    session.execute(update(OneTimeLink).values(expires_at=now() - timedelta(seconds=1)))
    session.commit()
    with pytest.raises(NotFound):
        account_links.choose_password(session, token, OTHER)


def test_a_new_link_replaces_the_old_one_and_a_shut_account_has_none(session: Session) -> None:
    anna(session)
    bo = accounts.create_account(session, "bo@example.se", "Bo", Role.SECRETARY, GOOD)
    old, _ = account_links.password_link(session, bo.id)
    new, _ = account_links.password_link(session, bo.id)
    with pytest.raises(NotFound):
        account_links.account_of_link(session, old)
    accounts.disable(session, bo.id)
    with pytest.raises(NotFound):
        account_links.choose_password(session, new, OTHER)


def test_a_setup_link_is_no_password_link_nor_the_other_way_about(session: Session) -> None:
    setup = account_links.setup_link(session)
    assert setup is not None
    with pytest.raises(NotFound):
        account_links.account_of_link(session, setup)
    invite, _ = account_links.password_link(session, anna(session, Role.SECRETARY, None).id)
    with pytest.raises(NotFound):
        account_links.set_up(session, invite, "bo@example.se", "Bo", GOOD)


def test_setting_up_makes_one_admin_and_closes_the_door(session: Session) -> None:
    first = account_links.setup_link(session)
    token = account_links.setup_link(session)
    assert first is not None and token is not None
    with pytest.raises(NotFound):
        account_links.set_up(session, first, "bo@example.se", "Bo", GOOD)
    assert account_links.set_up(session, token, "anna@example.se", "Anna", GOOD).role is Role.ADMIN
    with pytest.raises(NotFound):
        account_links.set_up(session, token, "bo@example.se", "Bo", GOOD)
    assert account_links.setup_link(session) is None


def test_an_admin_from_the_command_line_closes_the_setup(session: Session) -> None:
    token = account_links.setup_link(session)
    assert token is not None
    anna(session)
    with pytest.raises(NotFound):
        account_links.check_setup(session, token)


def test_of_many_who_set_up_at_once_one_succeeds(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("verkstad.services.account_links.hash_password", lambda _password: "$argon2id$unused")
    with Session(engine) as session:
        token = account_links.setup_link(session)
    assert token is not None
    together, outcomes = threading.Barrier(8), []

    def set_up(number: int) -> None:
        together.wait()
        with Session(engine) as session:
            try:
                account_links.set_up(session, token, f"a{number}@example.se", "Anna", GOOD)
                outcomes.append("made")
            except DomainError as error:
                outcomes.append(error.code)

    threads = [threading.Thread(target=set_up, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["link_gone"] * 7 + ["made"]
    with Session(engine) as session:
        assert len(accounts.all_accounts(session)) == 1
