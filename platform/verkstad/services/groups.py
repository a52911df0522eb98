"""The tables: how many, their names, whether they are done, and who writes for them."""

from __future__ import annotations

from sqlalchemy import func, select

from verkstad.domain import mutations as m
from verkstad.domain.errors import N_, Conflict, Invalid, NotFound
from verkstad.domain.note import check_printable
from verkstad.services.context import Context
from verkstad.services.push import handles
from verkstad.storage import Group

MAX_GROUPS = 200
MAX_NAME = 100


@handles(m.GroupDone)
def done(context: Context, mutation: m.GroupDone) -> None:
    group = _own_group(context)
    group.done_at = (group.done_at or context.at) if mutation.done else None
    group.revision = context.bump(tables=[group.number])


@handles(m.ScribeTake)
def take_scribe(context: Context, mutation: m.ScribeTake) -> None:
    group = _own_group(context)
    if group.scribe_id not in {None, context.actor.participant} and not mutation.take_over:
        raise Conflict("scribe_taken", N_("Another phone is already the table's scribe. You can take over."))
    group.scribe_id = context.actor.participant
    group.revision = context.bump(tables=[group.number])


@handles(m.ScribeLeave)
def leave_scribe(context: Context, mutation: m.ScribeLeave) -> None:
    group = _own_group(context)
    if group.scribe_id == context.actor.participant:
        group.scribe_id = None
    group.revision = context.bump(tables=[group.number])


@handles(m.GroupAdd)
def add(context: Context, mutation: m.GroupAdd) -> None:
    name = check_name(mutation.name)
    last = context.session.scalar(select(func.max(Group.number)).where(Group.workshop_id == context.workshop.id)) or 0
    count = context.session.scalar(select(func.count()).where(Group.workshop_id == context.workshop.id)) or 0
    if count >= MAX_GROUPS:
        raise Conflict("too_many_groups", N_("A workshop has at most %(limit)s tables."), limit=MAX_GROUPS)
    revision = context.bump()
    context.session.add(Group(workshop_id=context.workshop.id, number=last + 1, name=name, revision=revision))


@handles(m.GroupRename)
def rename(context: Context, mutation: m.GroupRename) -> None:
    group = context.session.get(Group, (context.workshop.id, mutation.group))
    if group is None:
        raise NotFound("unknown_group", N_("There is no such table."))
    group.name = check_name(mutation.name)
    group.revision = context.bump(tables=[group.number])


def check_name(name: str) -> str:
    """A table's name, trimmed; empty means that its number is enough."""
    name = " ".join(name.split())
    if len(name) > MAX_NAME:
        raise Invalid("name_too_long", N_("A name has at most %(limit)s characters."), limit=MAX_NAME)
    return check_printable(name)


def _own_group(context: Context) -> Group:
    group = context.session.get(Group, (context.workshop.id, context.actor.group))
    if group is None:
        raise NotFound("unknown_group", N_("There is no such table."))
    return group
