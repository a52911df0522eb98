"""Evenings to make documents of."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from gettext import NullTranslations
from itertools import cycle

import msgspec

from verkstad.domain.minutes import Attendance, Item, Minutes, Occasion, Part, WorkGroup
from verkstad.domain.note import Source
from verkstad.domain.theme import Asks, Side
from verkstad.domain.workshop_file import (
    FORMAT,
    FileGroup,
    FileHidden,
    FileLine,
    FileNote,
    FileQuestion,
    FileTheme,
    WorkshopFile,
)

ENGLISH = NullTranslations()
AT = datetime(2024, 5, 14, 18, 30, tzinfo=UTC)

HOSTILE = (
    "=1+1",
    "+46 19 21 10 00",
    "-1+cmd|' /C calc'!A0",
    '@SUM(A1:A9)*HYPERLINK("https://example.org","click")',
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "{{7*7}} ${7*7} {% raw %} #{1} %(x)s {0}",
    '#include("/etc/passwd") #import "x.typ" $x^2$ @ref <label> `raw` \\ ~ --- // not a comment',
    "[a](javascript:x) ![b](https://example.org/x.png) [c]: https://example.org [^1] [[wiki]]",
    "https://www.example.org/a_b?x=1&y=2#z www.example.org anna@example.org <https://example.org> mailto:a@example.org",
    "# not a heading #",
    "- not a list",
    "1. nor this",
    "12) nor this",
    "> no quote",
    "+ no plus",
    "*bold* _italic_ **strong** __strong__ ~~gone~~ ^up^ ~down~ ==marked== :smile: a\\*b",
    "&amp; &lt;b&gt; &#65; &copy; AT&T",
    "| a | b |\n|---|---|\n| 1 | 2 |",
    "```\ncode\n```",
    "Setext\n===\nor\n---",
    "    four spaces first, two  inside, one last ",
    "First line\nSecond line\n\nAfter an empty line",
    "tab\tinside",
    "\\\\server\\share\\n \\u0041 \\textbf{x} \\end{document}",
    "مرحبا بالعالم، كيف الحال؟",
    "left \u202eoverride \u2067isolate stays in its note",
    "family 👩‍👩‍👧‍👦 flag 🇸🇪 thumb 👍🏽",
    "zero\u200bwidth\u200cand\u200djoiner\ufeff",
    "å ä ö é ñ ß ø æ þ Ž ł “curly” ‘quotes’ … – — ½ € № ™",
    "Ελληνικά Русский עברית ትግርኛ ไทย",
    "_x0041_ &#x0; %00 \\x00 ]]> <!-- --> <?php ?> <![CDATA[x]]>",
    "MERGEFIELD { PAGE } «field» DDEAUTO c:\\\\windows",
    "::: {.div}\n::::\n: definition",
    "x" * 1000,
    "ord " * 250,
)


_SECTIONS = ("intro", "tensions", "answers", "voices", "theme:t1", "question:q", "group:3", "theme:gone")

QUESTIONS = (FileQuestion("q1", "What works?"), FileQuestion("q2", "What is missing?"))


def plain_evening(
    texts: Sequence[str], questions: tuple[FileQuestion, ...] = QUESTIONS, **changes: object
) -> WorkshopFile:
    """The texts dealt out over three groups and the questions, with some under none."""
    asked = (None, *(q.id for q in questions))
    given: dict[str, object] = {
        "title": "An evening of dialogue",
        "held_on": date(2024, 5, 14),
        "place": "The library",
        "questions": questions,
        "groups": tuple(FileGroup(n, f"Bord {n}") for n in (1, 2, 3)),
        "notes": tuple(
            FileNote(f"n{i}", i % 3 + 1, text, asked[i // 3 % len(asked)], Source.PHONE, AT)
            for i, text in enumerate(texts)
        ),
    }
    return WorkshopFile(format=FORMAT, **(given | changes))  # type: ignore[arg-type]


def hostile_evening() -> WorkshopFile:
    """Each of the hostile texts wherever somebody can write one: a note, a theme, a line, a group, the minutes."""
    sides = (Side.FOR, Side.AGAINST, None)
    notes = tuple(
        FileNote(f"n{i}", i + 1, text, "q", side=sides[i % 3], asks=Asks.YES) for i, text in enumerate(HOSTILE)
    )
    each = tuple(text[:300] for text in HOSTILE)
    return plain_evening(
        [],
        title=HOSTILE[6],
        place=HOSTILE[4],
        preface="\n".join(HOSTILE),
        questions=(FileQuestion("q", HOSTILE[9], easy=HOSTILE[7]),),
        groups=tuple(FileGroup(i + 1, text[:100]) for i, text in enumerate(HOSTILE)),
        notes=notes,
        themes=tuple(FileTheme(f"t{i}", text[:100], (f"n{i}",)) for i, text in enumerate(HOSTILE)),
        lines=tuple(
            FileLine(f"l{i}", section, text, (f"n{i}",), by=text[:200])
            for i, (text, section) in enumerate(zip(HOSTILE, cycle(_SECTIONS), strict=False))
        ),
        minutes=Minutes(
            called=HOSTILE[0],
            time=HOSTILE[2],
            present=tuple(Attendance(text, each) for text in each[:2]),
            absent=each,
            items=tuple(Item(text, "\n\n".join(HOSTILE), part) for text, part in zip(each, Part, strict=False)),
            work_groups=tuple(WorkGroup(text, (text,)) for text in each),
            calendar=tuple(Occasion(text, text, text, text) for text in each),
            watch_list=each,
            taken_by=HOSTILE[3],
        ),
    )


def full_evening() -> WorkshopFile:
    """An evening with something of everything: themes, a single voice, late and paper, hidden and withdrawn."""
    texts = [f"Thought number {i} of the evening" for i in range(12)]
    evening = plain_evening(texts)
    changes: dict[int, dict[str, object]] = {
        2: {"source": Source.PAPER},
        3: {"late": True},
        4: {"hidden": FileHidden("names a person"), "text": "SECRET about a person"},
        5: {"withdrawn_at": AT, "text": "REGRETTED"},
    }
    notes = tuple(msgspec.structs.replace(note, **changes.get(i, {})) for i, note in enumerate(evening.notes))
    themes = (
        FileTheme("t1", "One group's own", ("n0", "n3")),
        FileTheme("t2", "Two groups and four notes", ("n1", "n4", "n7", "n2")),
        FileTheme("t3", "Three groups", ("n6", "n10", "n8")),
    )
    return plain_evening(
        texts,
        notes=notes,
        themes=themes,
        groups=(FileGroup(1, "Bord 1"), FileGroup(2, "The youth council"), FileGroup(3), FileGroup(4, "Table 4")),
        participants=17,
        exported_at=AT,
    )
