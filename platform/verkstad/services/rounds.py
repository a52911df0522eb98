"""The course of the evening: states, rounds, timer, sharing, the screen, a message to all."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import update

from verkstad.domain import mutations as m
from verkstad.domain.errors import N_, Conflict, Invalid, NotFound
from verkstad.domain.note import check_printable
from verkstad.domain.workshop import TAKES_NOTES, ScreenView, State, check_transition
from verkstad.services.context import Context
from verkstad.services.push import handles
from verkstad.services.showing import ranked_themes
from verkstad.services.votes import close_voting
from verkstad.storage import Group, Note, Question, Round
from verkstad.storage.vote import open_voting
from verkstad.storage.workshop import rounds_of

MAX_MINUTES = 240
MAX_MESSAGE = 300


@handles(m.RoundOpen)
def open_round(context: Context, mutation: m.RoundOpen) -> None:
    """Opening one question softly closes the other; a table's "done" was about the other."""
    if context.workshop.state is not State.OPEN:
        raise Conflict("workshop_not_open", N_("Open the workshop first. Then the question can be opened."))
    minutes = _check_minutes(mutation.minutes)
    round_ = _round(context, mutation.question)
    revision = context.bump()
    for other in rounds_of(context.session, context.workshop.id).values():
        if other is not round_ and other.is_open:
            _close(other, context, revision)
    if not round_.is_open:
        _reset_done(context, revision)
    round_.opened_at = round_.opened_at or context.at
    round_.closed_at = None
    round_.ends_at = context.at + timedelta(minutes=minutes) if minutes else None
    round_.revision = revision
    # The hall must see what it is asked, whatever hung on the screen before.
    if context.workshop.screen_view is not ScreenView.QUESTION:
        context.workshop.screen_view = ScreenView.QUESTION
        context.workshop.meta_revision = revision


@handles(m.RoundClose)
def close_round(context: Context, mutation: m.RoundClose) -> None:
    round_ = _opened(context, mutation.question)
    _close(round_, context, context.bump())


@handles(m.RoundTimer)
def set_timer(context: Context, mutation: m.RoundTimer) -> None:
    round_ = _opened(context, mutation.question)
    minutes = _check_minutes(mutation.minutes)
    if minutes is None:
        round_.ends_at = None
    else:
        running = round_.ends_at is not None and round_.ends_at > context.at
        round_.ends_at = (round_.ends_at if running and round_.ends_at else context.at) + timedelta(minutes=minutes)
    round_.revision = context.bump()


@handles(m.RoundShare)
def share_round(context: Context, mutation: m.RoundShare) -> None:
    """Sharing and its end re-send the question's notes to everyone concerned.

    What is hidden or withdrawn is not: tables that never saw it need not learn that it was there.
    """
    round_ = _round(context, mutation.question)
    revision = context.bump()
    if mutation.shared:
        round_.shared_at = round_.shared_at or context.at
    elif round_.shared_at is not None:
        round_.shared_at = None
        round_.unshared_revision = revision
    round_.revision = revision
    context.session.execute(
        update(Note)
        .where(Note.workshop_id == context.workshop.id, Note.question_id == mutation.question)
        .where(Note.withdrawn_at.is_(None), Note.hidden_at.is_(None))
        .values(revision=revision)
    )


@handles(m.WorkshopState)
def set_state(context: Context, mutation: m.WorkshopState) -> None:
    workshop = context.workshop
    check_transition(workshop.state, mutation.state)
    context.bump_meta()
    if mutation.state is State.OPEN:
        workshop.opened_at = workshop.opened_at or context.at
        workshop.closed_at = None
    elif mutation.state is State.CLOSED and workshop.state is State.OPEN:
        workshop.closed_at = context.at
        for round_ in rounds_of(context.session, workshop.id).values():
            if round_.is_open:
                _close(round_, context, workshop.revision)
    voting = open_voting(context.session, workshop.id)
    if voting is not None and mutation.state not in TAKES_NOTES:
        close_voting(context, voting)
    workshop.state = mutation.state


@handles(m.ScreenShow)
def show_on_screen(context: Context, mutation: m.ScreenShow) -> None:
    workshop = context.workshop
    theme = _theme_to_show(context, mutation.theme) if mutation.view is ScreenView.THEME else None
    workshop.screen_view, workshop.screen_theme = mutation.view, theme
    context.bump_meta()


@handles(m.MessageSend)
def send_message(context: Context, mutation: m.MessageSend) -> None:
    text = mutation.text.strip()
    if len(text) > MAX_MESSAGE:
        raise Invalid("message_too_long", N_("A message has at most %(limit)s characters."), limit=MAX_MESSAGE)
    context.workshop.message = check_printable(text)
    context.workshop.message_at = context.at if text else None
    context.bump_meta()


def _theme_to_show(context: Context, wanted: str | None) -> str:
    themes = [theme.id for theme, _ in ranked_themes(context.session, context.workshop)]
    if not themes or (wanted is not None and wanted not in themes):
        raise NotFound("unknown_theme", N_("There is no such theme."))
    return wanted or themes[0]


def _round(context: Context, question_id: str) -> Round:
    """The question's round, made when it is first needed."""
    round_ = _existing(context, question_id)
    if round_ is None:
        round_ = Round(workshop_id=context.workshop.id, question_id=question_id, revision=0)
        context.session.add(round_)
    return round_


def _existing(context: Context, question_id: str) -> Round | None:
    key = (context.workshop.id, question_id)
    if context.session.get(Question, key) is None:
        raise NotFound("unknown_question", N_("There is no such question."))
    return context.session.get(Round, key)


def _opened(context: Context, question_id: str) -> Round:
    round_ = _existing(context, question_id)
    if round_ is None or not round_.is_open:
        raise Conflict("not_open", N_("That question is not open."))
    return round_


def _close(round_: Round, context: Context, revision: int) -> None:
    round_.closed_at = context.at
    round_.ends_at = None
    round_.revision = revision


def _reset_done(context: Context, revision: int) -> None:
    context.session.execute(
        update(Group)
        .where(Group.workshop_id == context.workshop.id, Group.done_at.is_not(None))
        .values(done_at=None, revision=revision)
        .execution_options(synchronize_session="fetch")
    )


def _check_minutes(minutes: int | None) -> int | None:
    if minutes is not None and not 0 < minutes <= MAX_MINUTES:
        raise Invalid("bad_minutes", N_("Give the time in whole minutes, from 1 to %(limit)s."), limit=MAX_MINUTES)
    return minutes
