"""Voting with dots: opened and closed by the facilitator, cast by phones, counted once.

Who laid which dots is kept only as long as it is needed to count them: the ballots of a closed voting are gone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping

from sqlalchemy import func, select

from verkstad.domain import vote_mutations as m
from verkstad.domain.errors import N_, Conflict, Forbidden, Invalid, NotFound
from verkstad.domain.vote import MAX_CHOICES, VoteEach, VoteOn, check_dots, check_people
from verkstad.domain.workshop import check_takes_notes
from verkstad.services.context import Context
from verkstad.services.push import handles
from verkstad.storage import Ballot, Group, Note, Participant, Round, Voting
from verkstad.storage.theme import themes_of
from verkstad.storage.vote import ballots_of, forget_ballots, merged_themes, open_voting, turnout


@handles(m.VoteOpen)
def open_vote(context: Context, mutation: m.VoteOpen) -> None:
    workshop = context.workshop
    check_takes_notes(workshop.state)
    if open_voting(context.session, workshop.id) is not None:
        raise Conflict("vote_open", N_("Another voting is open. Close it first."))
    if context.session.get(Voting, (workshop.id, mutation.id)) is not None:
        raise Invalid("id_taken", N_("That id is already in use."))
    choices = _themes(context) if mutation.on is VoteOn.THEMES else _notes(context, mutation.question)
    if not choices:
        raise Conflict("no_choices", N_("There is nothing to vote on yet."))
    if len(choices) > MAX_CHOICES:
        raise Conflict("too_many_choices", N_("One can vote on at most %(limit)s things at a time."), limit=MAX_CHOICES)
    revision = context.bump()
    voting = Voting(
        workshop_id=workshop.id,
        id=mutation.id,
        on=mutation.on,
        each=mutation.each,
        dots=mutation.dots,
        question_id=mutation.question if mutation.on is VoteOn.NOTES else None,
        choices=choices,
        opened_at=context.at,
        is_open=True,
        revision=revision,
        cast_revision=revision,
    )
    context.session.add(voting)
    context.session.flush()
    if voting.each is VoteEach.TABLE:
        context.session.add_all(_blank(context, voting, number) for number in _tables(context))


@handles(m.VoteClose)
def close_vote(context: Context, mutation: m.VoteClose) -> None:
    close_voting(context, _voting(context, mutation.voting))


@handles(m.VoteCast)
def cast(context: Context, mutation: m.VoteCast) -> None:
    voting = _voting(context, mutation.voting)
    ballot = _own_ballot(context, voting)
    there = _still_there(context, voting)
    if mutation.dots and mutation.target not in there:
        raise NotFound("unknown_target", N_("What the dots were meant for is not among the choices any more."))
    # Dots on what has been taken away are one's own again.
    dots = {target: laid for target, laid in ballot.dots.items() if target in there and target != mutation.target}
    if mutation.dots:
        dots[mutation.target] = mutation.dots
    check_dots(sum(dots.values()), voting.dots * ballot.people)
    ballot.dots, ballot.laid = dots, sum(dots.values())
    _keep(context, voting, ballot)


@handles(m.VotePeople)
def count_people(context: Context, mutation: m.VotePeople) -> None:
    voting = _voting(context, mutation.voting)
    if voting.each is not VoteEach.TABLE:
        raise Conflict("not_by_table", N_("In this voting everybody lays dots for themselves."))
    ballot = _own_ballot(context, voting)
    check_people(ballot.laid, voting.dots * mutation.people)
    ballot.people = mutation.people
    _keep(context, voting, ballot)


def close_voting(context: Context, voting: Voting) -> None:
    """Count the dots, tell everybody, and forget who laid them."""
    voting.voters = turnout(context.session, voting)
    sums: Counter[str] = Counter()
    for ballot in ballots_of(context.session, voting):
        sums.update(ballot.dots)
    words = dict(voting.choices)
    if voting.on is VoteOn.THEMES:
        sums, words = _follow_merges(context, sums, words)
    there = _still_there(context, voting) if voting.on is VoteOn.NOTES else words.keys()
    counted = [[target, text, sums[target]] for target, text in words.items() if target in there]
    voting.result = sorted(counted, key=lambda each: -each[2])
    voting.lost = sum(sums.values()) - sum(dots for *_, dots in counted)
    forget_ballots(context.session, voting)
    voting.is_open = False
    voting.closed_at = context.at
    voting.revision = voting.cast_revision = context.bump()


def _follow_merges(
    context: Context, sums: Counter[str], words: Mapping[str, str]
) -> tuple[Counter[str], dict[str, str]]:
    """The dots where their themes are now, and the words of every theme that there still is."""
    into = merged_themes(context.session, context.workshop_id)
    live = {theme.id: theme.label for theme in themes_of(context.session, context.workshop_id)}
    found: Counter[str] = Counter()
    left: dict[str, str] = {}
    for theme in words:
        now = theme
        for _ in into:  # merged again and again, at most as often as anything was
            now = now if now in live else into.get(now, now)
        if now in live:
            left[now] = words.get(now, live[now])
        found[now] += sums[theme]
    return found, left


def _themes(context: Context) -> list[list[str]]:
    return [[theme.id, theme.label] for theme in themes_of(context.session, context.workshop_id)]


def _notes(context: Context, question: str | None) -> list[list[str]]:
    """The notes of a question that everybody can see; their words stay with them."""
    round_ = context.session.get(Round, (context.workshop_id, question)) if question else None
    if round_ is None or round_.shared_at is None:
        raise Conflict("not_shared", N_("Share the question's notes first, so that everybody can read them."))
    query = select(Note.id).where(Note.workshop_id == context.workshop_id, Note.question_id == question)
    query = query.where(Note.withdrawn_at.is_(None), Note.hidden_at.is_(None)).order_by(Note.created_revision)
    return [[note, ""] for note in context.session.scalars(query)]


def _voting(context: Context, voting_id: str) -> Voting:
    voting = context.session.get(Voting, (context.workshop.id, voting_id))
    if voting is None:
        raise NotFound("unknown_voting", N_("There is no such voting."))
    if not voting.is_open:
        raise Conflict("vote_closed", N_("The voting had closed."))
    return voting


def _still_there(context: Context, voting: Voting) -> Collection[str]:
    """What can take dots: of the notes, those that nobody has taken away; a theme until it is all counted."""
    choices = [target for target, _ in voting.choices]
    if voting.on is VoteOn.THEMES:
        return choices
    query = select(Note.id).where(Note.workshop_id == context.workshop_id, Note.id.in_(choices))
    return set(context.session.scalars(query.where(Note.withdrawn_at.is_(None), Note.hidden_at.is_(None))))


def _own_ballot(context: Context, voting: Voting) -> Ballot:
    """The caller's, or the table's when the caller writes for it."""
    actor = context.actor
    assert actor.participant is not None and actor.group is not None
    voter = actor.participant
    if voting.each is VoteEach.TABLE:
        group = context.session.get(Group, (context.workshop_id, actor.group))
        if group is None or group.scribe_id != actor.participant:
            raise Forbidden("not_scribe", N_("The table's scribe lays the dots of the table."))
        voter = str(actor.group)
    ballot = context.session.get(Ballot, (context.workshop_id, voting.id, voter))
    if ballot is None:
        ballot = _blank(context, voting, actor.group)
        ballot.voter = voter
        context.session.add(ballot)
    return ballot


def _blank(context: Context, voting: Voting, table: int) -> Ballot:
    """A ballot that nobody has laid a dot on; a table's, for as many as have joined there."""
    people = 1
    if voting.each is VoteEach.TABLE:
        seats = select(func.count()).where(Participant.workshop_id == context.workshop_id)
        people = max(1, context.session.scalar(seats.where(Participant.group_number == table)) or 0)
    return Ballot(
        workshop_id=context.workshop_id,
        voting_id=voting.id,
        voter=str(table),
        people=people,
        dots={},
        laid=0,
        revision=context.revision,
    )


def _tables(context: Context) -> list[int]:
    return list(context.session.scalars(select(Group.number).where(Group.workshop_id == context.workshop_id)))


def _keep(context: Context, voting: Voting, ballot: Ballot) -> None:
    """The desk is told how many have laid dots; a table, where its own lie."""
    table = context.actor.group if voting.each is VoteEach.TABLE else None
    ballot.revision = voting.cast_revision = context.bump(tables=[] if table is None else [table])
