"""The form of the minutes: lists of rows that a button adds to, and whose emptied rows go when it is saved."""

from __future__ import annotations

from typing import Any

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import Field, FieldList, Form, FormField, IntegerField, SelectField, TextAreaField, ValidationError
from wtforms.validators import Optional
from wtforms.widgets import HiddenInput

from verkstad.domain.minutes import (
    MAX_ENTRIES,
    MAX_ITEMS,
    MAX_LINE,
    MAX_TEXT,
    Attendance,
    Item,
    Minutes,
    Occasion,
    Part,
    WorkGroup,
)
from verkstad.web.texts import choices, line, one_line, paragraph, printable, several_lines

PARTS = {
    "": _l("Nothing more"),
    Part.DIALOGUE.value: _l("The dialogue: what each group wrote"),
    Part.WORK_GROUPS.value: _l("The work groups"),
    Part.CALENDAR.value: _l("The calendar"),
    Part.WATCH_LIST.value: _l("The list of things to keep an eye on"),
}


def _entries(label: Any, **settings: Any) -> TextAreaField:
    """A list with one entry a line."""
    return TextAreaField(label, [printable, _short_lines], filters=[several_lines], **settings)


def _short_lines(_form: Form, field: Field) -> None:
    entries = _lines(field.data)
    if len(entries) > MAX_ENTRIES:
        raise ValidationError(_("Write at most %(limit)s lines.", limit=MAX_ENTRIES))
    for number, entry in enumerate(entries, 1):
        if len(entry) > MAX_LINE:
            message = _("Line %(line)s: a line has at most %(limit)s characters.", line=number, limit=MAX_LINE)
            raise ValidationError(message)


def _lines(text: str | None) -> tuple[str, ...]:
    return tuple(filter(None, map(one_line, (text or "").split("\n"))))


class AttendanceFields(Form):
    """Those who came from one body."""

    body = line(_l("Council, office or association"), limit=MAX_LINE)
    people = _entries(_l("Who came, one name a line"), render_kw={"rows": 4})


class ItemFields(Form):
    """A point of the agenda."""

    heading = line(_l("Heading"), limit=MAX_LINE)
    text = paragraph(_l("Text"), limit=MAX_TEXT, render_kw={"rows": 4})
    part = SelectField(_l("Below the text"), [Optional()], choices=choices(PARTS))

    def validate_heading(self, field: Field) -> None:
        if not field.data and (self.text.data or self.part.data):
            raise ValidationError(_("Give the item a heading."))


class WorkGroupFields(Form):
    """A task and those who took it on."""

    task = line(_l("Task"), limit=MAX_LINE)
    members = _entries(_l("Members, one name a line"), render_kw={"rows": 2})

    def validate_task(self, field: Field) -> None:
        if not field.data and self.members.data:
            raise ValidationError(_("Say what the group is to do."))


class OccasionFields(Form):
    """A row of the calendar."""

    date = line(_l("Date"), limit=MAX_LINE)
    time = line(_l("Time"), limit=MAX_LINE)
    place = line(_l("Place"), limit=MAX_LINE)
    what = line(_l("What"), limit=MAX_LINE)


class MinutesForm(FlaskForm):
    """All of the minutes. ``seen`` is the revision that it was filled in from."""

    seen = IntegerField(widget=HiddenInput(), default=0)
    called = line(_l("Called"), limit=MAX_LINE, description=_l("Who were called to the meeting."))
    time = line(_l("Time"), limit=MAX_LINE, description=_l("For example 4 pm to 6 pm."))
    present = FieldList(FormField(AttendanceFields), _l("Present"), max_entries=MAX_ITEMS)
    absent = _entries(_l("Absent, one name a line"), render_kw={"rows": 3})
    items = FieldList(FormField(ItemFields), _l("The agenda"), max_entries=MAX_ITEMS)
    work_groups = FieldList(FormField(WorkGroupFields), _l("Work groups"), max_entries=MAX_ENTRIES)
    calendar = FieldList(FormField(OccasionFields), _l("Calendar"), max_entries=MAX_ENTRIES)
    watch_list = _entries(_l("To keep an eye on, one thing a line"), render_kw={"rows": 4})
    taken_by = line(_l("Notes taken by"), limit=MAX_LINE)

    def validate_items(self, field: FieldList[FormField[ItemFields]]) -> None:
        seen: dict[str, int] = {}
        for number, entry in enumerate(field.entries, 1):
            part = entry.form.part
            if part.data and part.data in seen:
                message = _("Item %(number)s has this already. It can stand in one place.", number=seen[part.data])
                part.errors = [*part.errors, message]
                raise ValidationError(message)
            seen.setdefault(part.data or "", number)

    def faults(self) -> list[tuple[str, str]]:
        """Every fault with the id of its field, in the order of the page."""
        found = []
        for field in self:
            rows = field.entries if isinstance(field, FieldList) else ()
            inside = [part for row in rows for part in row.form if part.errors]
            found += [(part.id, str(part.errors[0])) for part in inside]
            if field.errors and not inside:
                found.append(("" if rows else field.id, str(field.errors[0])))
        return found

    def minutes(self) -> Minutes:
        """What the form holds, without its empty rows."""
        present = (Attendance(x["body"], _lines(x["people"])) for x in self.present.data)
        items = (Item(x["heading"], x["text"], Part(x["part"]) if x["part"] else None) for x in self.items.data)
        groups = (WorkGroup(x["task"], _lines(x["members"])) for x in self.work_groups.data)
        calendar = (Occasion(x["date"], x["time"], x["place"], x["what"]) for x in self.calendar.data)
        return Minutes(
            called=self.called.data or "",
            time=self.time.data or "",
            present=tuple(x for x in present if x != Attendance()),
            absent=_lines(self.absent.data),
            items=tuple(x for x in items if x.heading),
            work_groups=tuple(x for x in groups if x.task),
            calendar=tuple(x for x in calendar if x != Occasion()),
            watch_list=_lines(self.watch_list.data),
            taken_by=self.taken_by.data or "",
        )


def filled_in(minutes: Minutes, seen: int) -> dict[str, Any]:
    """What the form shows of minutes, with a row to begin on in each list that has none."""
    return {
        "seen": seen,
        "called": minutes.called,
        "time": minutes.time,
        "present": [{"body": x.body, "people": "\n".join(x.people)} for x in minutes.present] or [{}],
        "absent": "\n".join(minutes.absent),
        "items": [{"heading": x.heading, "text": x.text, "part": x.part or ""} for x in minutes.items] or [{}],
        "work_groups": [{"task": x.task, "members": "\n".join(x.members)} for x in minutes.work_groups] or [{}],
        "calendar": [{"date": x.date, "time": x.time, "place": x.place, "what": x.what} for x in minutes.calendar]
        or [{}],
        "watch_list": "\n".join(minutes.watch_list),
        "taken_by": minutes.taken_by,
    }


def usual_agenda() -> Minutes:
    """What most meetings go through, to begin on where nobody has written yet."""
    return Minutes(
        items=(
            Item(_("Welcome")),
            Item(_("The dialogue"), part=Part.DIALOGUE),
            Item(_("Work groups"), part=Part.WORK_GROUPS),
            Item(_("Calendar"), part=Part.CALENDAR),
            Item(_("To keep an eye on"), part=Part.WATCH_LIST),
            Item(_("Other matters")),
        )
    )


def rearranged(form: MinutesForm) -> tuple[MinutesForm, str] | None:
    """The form as one of its own buttons makes it, and the element to go on from; None when it is to be saved."""
    verb, _dash, where = request.form.get("act", "").partition("-")
    name, _dash, number = where.partition("-")
    data = form.data
    rows = data.get(name) if isinstance(form._fields.get(name), FieldList) else None
    at = int(number) if number.isdecimal() and number.isascii() and len(number) < 4 else 0
    if rows is None or verb not in {"add", "up", "down"}:
        return None
    focus = f"{verb}-{name}-{at}"
    if verb == "add":
        if len(rows) < (form[name].max_entries or MAX_ENTRIES):
            rows.append({})
        focus = f"{name}-{len(rows) - 1}"
    else:
        there = at + (-1 if verb == "up" else 1)
        if at < len(rows) and 0 <= there < len(rows):
            rows.insert(there, rows.pop(at))
            verb = {0: "down", len(rows) - 1: "up"}.get(there, verb)  # at an end only the other button is left
            focus = f"{verb}-{name}-{there}"
    return MinutesForm(formdata=None, data=data), focus
