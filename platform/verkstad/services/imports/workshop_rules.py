"""What must hold within a workshop file beyond its types: ids, references, texts and one place a note."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

import msgspec
from msgspec.structs import replace

from verkstad.domain.errors import N_, Invalid
from verkstad.domain.expected import read_expected
from verkstad.domain.line import MAX_LINE
from verkstad.domain.minutes import MAX_TEXT, Minutes
from verkstad.domain.note import check_id
from verkstad.domain.theme import MAX_KEYWORD, MAX_KEYWORDS
from verkstad.domain.workshop_file import (
    FileAdopted,
    FileGroup,
    FileHidden,
    FileLine,
    FileNote,
    FileQuestion,
    FileSum,
    FileTheme,
    FileVoting,
    WorkshopFile,
)
from verkstad.services.imports.checks import (
    HELP,
    MAX_GROUP,
    NAME,
    PREFACE,
    PROMPT,
    REASON,
    TITLE,
    note_text,
    plain_text,
)
from verkstad.services.imports.json_lines import JsonLines, Step


class WorkshopRules:
    """One file under examination; ``lines`` tells where in it a value stands."""

    def __init__(self, evening: WorkshopFile, lines: JsonLines) -> None:
        self._evening = evening
        self._lines = lines
        self._questions = self._unique_ids("questions", [q.id for q in evening.questions])
        self._notes = self._unique_ids("notes", [n.id for n in evening.notes])
        self._themes = self._unique_ids("themes", [t.id for t in evening.themes])
        self._groups = self._unique_groups(evening.groups)
        self._unique_ids("votings", [v.id for v in evening.votings])
        self._unique_ids("lines", [line.id for line in evening.lines])

    def checked(self) -> WorkshopFile:
        """The evening as it may be stored: texts in NFC, times in UTC.

        Raises:
            Invalid: the first thing that does not hold.
        """
        evening = self._evening
        self._check_places()
        return replace(
            evening,
            title=self._filled(evening.title, TITLE, "title"),
            place=self._text(evening.place, TITLE, "place"),
            expected_themes=self._expected(evening.expected_themes),
            preface=self._text(evening.preface, PREFACE, "preface"),
            questions=tuple(self._question(i, q) for i, q in enumerate(evening.questions)),
            groups=tuple(
                replace(g, name=self._text(g.name, NAME, "groups", i, "name")) for i, g in enumerate(evening.groups)
            ),
            notes=tuple(self._note(i, n) for i, n in enumerate(evening.notes)),
            themes=tuple(self._theme(i, t) for i, t in enumerate(evening.themes)),
            votings=tuple(self._voting(i, v) for i, v in enumerate(evening.votings)),
            minutes=evening.minutes and self._minutes(evening.minutes),
            lines=tuple(self._line(i, line) for i, line in enumerate(evening.lines)),
            adopted=evening.adopted and self._adopted(evening.adopted),
            exported_at=_utc(evening.exported_at),
        )

    def _expected(self, lines: tuple[str, ...]) -> tuple[str, ...]:
        try:
            return read_expected(lines)
        except Invalid as error:
            which = int(str(error.params["line"])) - 1
            raise Invalid(
                error.code, error.message, **{**error.params, "line": self._lines.of("expected_themes", which)}
            ) from error

    def _question(self, i: int, question: FileQuestion) -> FileQuestion:
        return replace(
            question,
            prompt=self._filled(question.prompt, PROMPT, "questions", i, "prompt"),
            help=self._text(question.help, HELP, "questions", i, "help"),
            easy=self._text(question.easy, HELP, "questions", i, "easy"),
            opened_at=_utc(question.opened_at),
            closed_at=_utc(question.closed_at),
        )

    def _note(self, i: int, note: FileNote) -> FileNote:
        if note.group not in self._groups:
            message = N_("Line %(line)s: note %(number)s is from group %(group)s, which is not in the file.")
            line = self._lines.of("notes", i, "group")
            raise Invalid("unknown_group", message, line=line, number=i + 1, group=note.group)
        self._check_question(note.question, "notes", i)
        # A withdrawn note keeps its place in the numbering and has no text left.
        withdrawn = note.withdrawn_at is not None
        return replace(
            note,
            text="" if withdrawn else note_text(note.text, self._lines.of("notes", i, "text")),
            created_at=_utc(note.created_at),
            edited_at=_utc(note.edited_at),
            withdrawn_at=_utc(note.withdrawn_at),
            hidden=note.hidden and self._hidden(i, note.hidden),
        )

    def _hidden(self, i: int, hidden: FileHidden) -> FileHidden:
        reason = self._text(hidden.reason, REASON, "notes", i, "hidden", "reason")
        return FileHidden(reason, self._text(hidden.by, TITLE, "notes", i, "hidden", "by"), _utc(hidden.at))

    def _theme(self, i: int, theme: FileTheme) -> FileTheme:
        if len(theme.keywords) > MAX_KEYWORDS:
            message = N_("Line %(line)s: a theme has at most %(limit)s keywords.")
            line = self._lines.of("themes", i, "keywords")
            raise Invalid("too_many_keywords", message, line=line, limit=MAX_KEYWORDS)
        if theme.quotation is not None and theme.quotation not in self._notes:
            raise self._unknown_note(theme.quotation, "themes", i, "quotation")
        keywords = (self._text(k, MAX_KEYWORD, "themes", i, "keywords", j) for j, k in enumerate(theme.keywords))
        label = self._filled(theme.label, TITLE, "themes", i, "label")
        return replace(theme, label=label, keywords=tuple(keywords))

    def _line(self, i: int, line: FileLine) -> FileLine:
        """A theme that it stood under may have gone, and is in no file then."""
        for j, note in enumerate(line.notes):
            if note not in self._notes:
                raise self._unknown_note(note, "lines", i, "notes", j)
        if line.theme is not None and line.theme not in self._themes:
            message = N_("Line %(line)s: the theme “%(theme)s” is not in the file.")
            raise Invalid("unknown_theme", message, line=self._lines.of("lines", i, "theme"), theme=line.theme)
        text, by = self._text(line.text, MAX_LINE, "lines", i, "text"), self._text(line.by, TITLE, "lines", i, "by")
        return replace(line, text=text, notes=tuple(dict.fromkeys(line.notes)), by=by, at=_utc(line.at))

    def _voting(self, i: int, voting: FileVoting) -> FileVoting:
        self._check_question(voting.question, "votings", i)
        result = (
            FileSum(each.id, self._text(each.text, TITLE, "votings", i, "result", j, "text"), each.dots)
            for j, each in enumerate(voting.result)
        )
        return replace(
            voting,
            opened_at=_utc(voting.opened_at) or voting.opened_at,
            closed_at=_utc(voting.closed_at) or voting.closed_at,
            result=tuple(result),
        )

    def _minutes(self, minutes: Minutes) -> Minutes:
        """The same with every text as it may be stored; their lengths are checked already."""

        def checked(value: object, *path: Step) -> object:
            match value:
                case str():
                    return self._text(value, MAX_TEXT, *path)
                case tuple():
                    return [checked(each, *path, i) for i, each in enumerate(value)]
                case dict():
                    return {key: checked(each, *path, key) for key, each in value.items()}
                case _:
                    return value

        return msgspec.convert(checked(msgspec.to_builtins(minutes), "minutes"), Minutes)

    def _adopted(self, adopted: FileAdopted) -> FileAdopted:
        return replace(
            adopted,
            at=_utc(adopted.at) or adopted.at,
            by=self._text(adopted.by, TITLE, "adopted", "by"),
            verify=self._text(adopted.verify, PROMPT, "adopted", "verify"),
        )

    def _unknown_note(self, note: str, *path: Step) -> Invalid:
        message = N_("Line %(line)s: the note “%(note)s” is not in the file.")
        return Invalid("unknown_note", message, line=self._lines.of(*path), note=note)

    def _check_places(self) -> None:
        """A note has one place: it stands in one theme at most, and once. Its second theme is another one."""
        placed: dict[str, str] = {}
        for i, theme in enumerate(self._evening.themes):
            self._check_question(theme.question, "themes", i)
            for j, note in enumerate(theme.notes):
                line = self._lines.of("themes", i, "notes", j)
                if note not in self._notes:
                    raise self._unknown_note(note, "themes", i, "notes", j)
                if note in placed:
                    message = N_("Line %(line)s: the note “%(note)s” is in a theme already. A note has one place.")
                    raise Invalid("two_places", message, line=line, note=note)
                placed[note] = theme.id
        for i, each in enumerate(self._evening.notes):
            if each.second is not None and (each.second not in self._themes or placed.get(each.id) == each.second):
                message = N_("Line %(line)s: the note's second theme “%(theme)s” is not another theme of the file.")
                line = self._lines.of("notes", i, "second")
                raise Invalid("unknown_theme", message, line=line, theme=each.second)

    def _check_question(self, question: str | None, *path: Step) -> None:
        if question is not None and question not in self._questions:
            message = N_("Line %(line)s: the question “%(question)s” is not in the file.")
            line = self._lines.of(*path, "question")
            raise Invalid("unknown_question", message, line=line, question=question)

    def _unique_ids(self, noun: str, ids: Iterable[str]) -> frozenset[str]:
        seen: set[str] = set()
        for i, found in enumerate(ids):
            line = self._lines.of(noun, i, "id")
            try:
                check_id(found)
            except Invalid as error:
                message = N_(
                    "Line %(line)s: an id has at most 64 letters, digits, hyphens, underscores, dots and colons."
                )
                raise Invalid(error.code, message, line=line) from error
            if found in seen:
                message = N_("Line %(line)s: the id “%(id)s” is used a second time.")
                raise Invalid("duplicate_id", message, line=line, id=found)
            seen.add(found)
        return frozenset(seen)

    def _unique_groups(self, groups: Iterable[FileGroup]) -> frozenset[int]:
        seen: set[int] = set()
        for i, group in enumerate(groups):
            line = self._lines.of("groups", i, "number")
            if not 1 <= group.number <= MAX_GROUP:
                message = N_("Line %(line)s: groups are numbered from 1 to %(limit)s.")
                raise Invalid("bad_group", message, line=line, limit=MAX_GROUP)
            if group.number in seen:
                message = N_("Line %(line)s: there is already a group %(group)s.")
                raise Invalid("duplicate_group", message, line=line, group=group.number)
            seen.add(group.number)
        return frozenset(seen)

    def _text(self, text: str, limit: int, *path: Step) -> str:
        return plain_text(text, self._lines.of(*path), limit)

    def _filled(self, text: str, limit: int, *path: Step) -> str:
        if not text.strip():
            message = N_("Line %(line)s: “%(field)s” must not be empty.")
            raise Invalid("empty_field", message, line=self._lines.of(*path), field=path[-1])
        return self._text(text, limit, *path)


def _utc(time: datetime | None) -> datetime | None:
    """The moment in UTC; a time that names no zone is taken to be in UTC, as the format says."""
    if time is None:
        return None
    try:
        return time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)
    except OverflowError:  # the zone leads out of the calendar, to where nobody held a workshop
        return time.replace(tzinfo=UTC)
