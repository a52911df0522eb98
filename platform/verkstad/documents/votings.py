"""What the votings with dots came to, a table each."""

from __future__ import annotations

from verkstad.documents.parts import Parts
from verkstad.documents.tree import Block, Heading, Inlines, Mark, Said, Table, Text
from verkstad.domain.vote import VoteEach, VoteOn
from verkstad.domain.workshop_file import FileSum, FileVoting


def votings(parts: Parts) -> list[Block]:
    """Nothing when nobody has voted."""
    held = parts.evening.votings
    if not held:
        return []
    blocks: list[Block] = [Heading(2, (Text(parts.gettext("Votings")),))]
    for number, voting in enumerate(held, 1):
        blocks += _voting(parts, number, voting)
    return blocks


def _voting(parts: Parts, number: int, voting: FileVoting) -> list[Block]:
    caption = parts.gettext("Voting %(number)d") % {"number": number}
    about = parts.gettext("Theme") if voting.on is VoteOn.THEMES else parts.gettext("Note")
    header = ((Text(about),), (Text(parts.gettext("Dots")),))
    rows = tuple((_choice(parts, each), (Text(str(each.dots)),)) for each in voting.result)
    return [parts.paragraph(_how(parts, voting)), Table(caption, header, rows)]


def _how(parts: Parts, voting: FileVoting) -> str:
    """Who laid how many dots, and how many were lost."""
    if voting.each is VoteEach.PERSON:
        said = [parts.gettext("Everybody laid dots of their own.")]
    else:
        said = [parts.gettext("Each table laid its dots together.")]
    said.append(parts.gettext("Dots a person: %(num)d.") % {"num": voting.dots})
    said.append(parts.gettext("Ballots: %(num)d.") % {"num": voting.voters})
    if voting.lost:
        said.append(parts.gettext("Dots on what was gone when the voting closed: %(num)d.") % {"num": voting.lost})
    return " ".join(said)


def _choice(parts: Parts, each: FileSum) -> Inlines:
    """A theme by its words; a note by its mark, which leads to them, while it is in the summary."""
    if each.text:
        return (Said(each.text),)
    note = next((n for n in parts.summary.visible if n.note.id == each.id), None)
    return (Mark(note.mark, target=note.anchor),) if note else (Text(parts.gettext("A note that has been taken away")),)
