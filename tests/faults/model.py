"""What the server promises, in plain Python: which mutation is taken, and what each room may see afterwards.

Written from docs/wire.md and the rules of the evening, not from the code that is judged by it.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]

QUESTIONS = ("q1", "q2")
GROUPS = (1, 2)
THEMES = ("t1", "t2")
TRANSITIONS = {
    "draft": {"open"},
    "open": {"closed", "draft"},
    "closed": {"open", "under_review"},
    "under_review": {"closed"},
}


@dataclass(frozen=True)
class Who:
    """A caller: a phone at a table, or the desk (no table)."""

    name: str
    group: int | None = None


@dataclass
class Note:
    author: str
    group: int
    question: str | None
    text: str
    late: bool
    source: str
    withdrawn: bool = False
    hidden: str | None = None
    theme: str | None = None


@dataclass
class Round:
    opened: bool = False
    open: bool = False
    shared: bool = False


class Refused(Exception):
    """A final no; the code is its only argument."""


def kept(text: str) -> str:
    """The text as it must come back, whatever happens.

    Raises:
        Refused: nobody may keep it.
    """
    text = unicodedata.normalize("NFC", text)
    if not text.strip():
        raise Refused("empty_text")
    if len(text) > 1000:
        raise Refused("text_too_long")
    if any((unicodedata.category(c) in {"Cc", "Cs"} and c not in "\n\r\t") or c in "\ufffe\uffff" for c in text):
        raise Refused("control_characters")
    return text


@dataclass
class Evening:
    """One workshop as it should be: every mutation that was committed, and nothing else."""

    state: str = "open"
    rounds: dict[str, Round] = field(default_factory=lambda: {"q1": Round(opened=True, open=True)})
    notes: dict[str, Note] = field(default_factory=dict)
    done: set[int] = field(default_factory=set)
    scribes: dict[int, str] = field(default_factory=dict)
    joined: dict[int, int] = field(default_factory=lambda: dict.fromkeys(GROUPS, 0))
    message: str = ""
    public: set[str] = field(default_factory=set)  # notes whose going away the whole hall may be told of
    answered: dict[str, tuple[str, str]] = field(default_factory=dict)  # mutation → who sent it, what it was told

    def take(self, who: Who, mutation: Json) -> str:
        """The answer to one mutation that reached the database: ``ok``, ``duplicate``, or the code of the refusal."""
        sender, told = self.answered.get(mutation["id"], (who.name, ""))
        if sender != who.name:
            return "id_taken"
        if told:
            return "duplicate" if told == "ok" else told
        try:
            getattr(self, "_" + mutation["kind"].replace(".", "_"))(who, mutation)
        except Refused as refused:
            told = str(refused)
        else:
            told = "ok"
        self.answered[mutation["id"]] = (who.name, told)
        self.public |= {key for key, note in self.notes.items() if self._is_shared(note)}
        return told

    def took(self, mutation: str) -> bool:
        """Whether a mutation is in the database."""
        return self.answered.get(mutation, ("", ""))[1] == "ok"

    def sees(self, who: Who | None) -> dict[str, Json]:
        """The notes, with their texts, in the room of this caller; None is the screen."""
        return {key: self._shown(note, who) for key, note in self.notes.items() if self._may_see(note, who)}

    def rounds_seen(self) -> dict[str, tuple[str, bool]]:
        """Every question's state and whether it is shared, as everybody is told."""
        states = {(False, False): "waiting", (True, True): "open", (True, False): "closed"}
        return {key: (states[round_.opened, round_.open], round_.shared) for key, round_ in self.rounds.items()}

    def _may_see(self, note: Note, who: Who | None) -> bool:
        if note.withdrawn:
            return False
        if who is not None and who.group is None:
            return True
        own = who is not None and who.group == note.group
        return note.hidden is None and (own or self._is_shared(note))

    def _is_shared(self, note: Note) -> bool:
        return note.question is not None and self.rounds.get(note.question, Round()).shared

    @staticmethod
    def _shown(note: Note, who: Who | None) -> Json:
        shown = {"group": note.group, "question": note.question, "text": note.text}
        shown |= {"late": note.late, "source": note.source}
        if who is not None and who.group is None:
            shown |= {"theme": note.theme, "hidden": note.hidden}
        return shown

    def _note_add(self, who: Who, wanted: Json) -> None:
        self._check_open()
        text = kept(wanted["text"])
        group = who.group or wanted["group"]
        question = wanted["question"]
        if question is not None and question not in QUESTIONS:
            raise Refused("unknown_question")
        round_ = self.rounds.get(question, Round())
        if question is not None and who.group and not round_.opened:
            raise Refused("not_open")
        source = "paper" if who.group is None else "scribe" if self.scribes.get(group) == who.name else "phone"
        late = round_.opened and not round_.open
        self.notes[wanted["id"]] = Note(who.name, group, question, text, late, source)

    def _note_edit(self, who: Who, wanted: Json) -> None:
        note = self._own(who, wanted)
        note.text = kept(wanted["text"])

    def _note_withdraw(self, who: Who, wanted: Json) -> None:
        self._own(who, wanted).withdrawn = True

    def _own(self, who: Who, wanted: Json) -> Note:
        self._check_open()
        note = self._present(wanted)
        if note.source != "paper" if who.group is None else note.author != who.name:
            raise Refused("not_yours")
        return note

    def _present(self, wanted: Json) -> Note:
        note = self.notes.get(wanted["note"])
        if note is None:
            raise Refused("unknown_note")
        if note.withdrawn:
            raise Refused("withdrawn")
        return note

    def _check_open(self) -> None:
        if self.state == "draft":
            raise Refused("not_open")
        if self.state == "under_review":
            raise Refused("closed")

    def _note_hide(self, who: Who, wanted: Json) -> None:
        self._at_desk(who)
        self._present(wanted).hidden = wanted["reason"]

    def _note_unhide(self, who: Who, wanted: Json) -> None:
        self._at_desk(who)
        self._present(wanted).hidden = None

    def _theme_move(self, who: Who, wanted: Json) -> None:
        self._at_desk(who)
        note = self._present(wanted)
        if wanted["theme"] not in (None, *THEMES):
            raise Refused("unknown_theme")
        note.theme = wanted["theme"]

    def _round_open(self, who: Who, wanted: Json) -> None:
        self._at_desk(who)
        if self.state != "open":
            raise Refused("workshop_not_open")
        round_ = self.rounds.setdefault(wanted["question"], Round())
        if not round_.open:
            self.done.clear()
        self._close_all()
        round_.opened = round_.open = True

    def _round_close(self, who: Who, wanted: Json) -> None:
        self._at_desk(who)
        round_ = self.rounds.get(wanted["question"], Round())
        if not round_.open:
            raise Refused("not_open")
        round_.open = False

    def _round_share(self, who: Who, wanted: Json) -> None:
        self._at_desk(who)
        self.rounds.setdefault(wanted["question"], Round()).shared = wanted["shared"]

    def _workshop_state(self, who: Who, wanted: Json) -> None:
        self._at_desk(who)
        if wanted["state"] not in TRANSITIONS[self.state]:
            raise Refused("bad_transition")
        if wanted["state"] == "closed" and self.state == "open":
            self._close_all()
        self.state = wanted["state"]

    def _close_all(self) -> None:
        for round_ in self.rounds.values():
            round_.open = False

    def _message_send(self, who: Who, wanted: Json) -> None:
        self._at_desk(who)
        self.message = wanted["text"]

    def _group_done(self, who: Who, wanted: Json) -> None:
        assert who.group is not None
        (self.done.add if wanted["done"] else self.done.discard)(who.group)

    def _scribe_take(self, who: Who, wanted: Json) -> None:
        assert who.group is not None
        if self.scribes.get(who.group, who.name) != who.name and not wanted["take_over"]:
            raise Refused("scribe_taken")
        self.scribes[who.group] = who.name

    def _scribe_leave(self, who: Who, _wanted: Json) -> None:
        assert who.group is not None
        if self.scribes.get(who.group) == who.name:
            del self.scribes[who.group]

    @staticmethod
    def _at_desk(who: Who) -> None:
        if who.group is not None:
            raise Refused("forbidden")
