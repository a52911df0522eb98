"""What can be counted of an evening, each thing as a picture and as a table of the same numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from verkstad.documents.charts import bars, dots
from verkstad.documents.parts import Parts
from verkstad.documents.tree import Block, Chart, Heading, Inlines, Link, Table, Text
from verkstad.domain.workshop_file import FileGroup, FileTheme

# A page holds the first column, the sum and about this many questions between them.
MAX_QUESTION_COLUMNS = 6
# So many groups have a column each in a table, and in a picture.
_MAX_TABLE_COLUMNS, _MAX_PICTURE_COLUMNS = 12, 30
# So many rows of a picture stay on one page.
_MAX_BARS, _MAX_THEMES = 30, 15


def group_anchor(group: FileGroup) -> str:
    return f"group-{group.number}"


def notes_by_group(parts: Parts) -> list[Block]:
    """How many notes each group has, as bars, and how many under each question, as a table."""
    groups = parts.summary.groups
    if not groups:
        return []
    heading = Heading(2, (Text(parts.gettext("Group by group")),))
    if not parts.summary.visible:
        return [heading, _nothing(parts), _group_table(parts)]
    return [heading, *_group_bars(parts), _group_table(parts)]


def _nothing(parts: Parts) -> Block:
    return parts.paragraph(parts.gettext("There is nothing to draw a picture of yet."))


def _group_bars(parts: Parts) -> list[Block]:
    sums = Counter(n.note.group for n in parts.summary.visible)
    rows = [(parts.phrases.group(g), sums[g.number]) for g in parts.summary.groups]
    title = parts.gettext("Notes by group")
    told = parts.gettext("Bar chart: %(rows)s. The same numbers are in the table after it.")
    charts: list[Block] = []
    for start in range(0, len(rows), _MAX_BARS):
        shown = rows[start : start + _MAX_BARS]
        description = told % {"rows": "; ".join(f"{label}, {n}" for label, n in shown)}
        charts.append(bars(f"notes-by-group-{start + 1}", title, description, shown))
    return charts


def _group_table(parts: Parts) -> Table:
    summary = parts.summary
    asked: list[str | None] = [q.id for q in summary.questions]
    titles = [parts.gettext("Question %(number)d") % {"number": i} for i, _ in enumerate(asked, 1)]
    if asked and summary.of_question(None):
        asked.append(None)
        titles.append(parts.gettext("No question"))
    if not 1 < len(asked) <= MAX_QUESTION_COLUMNS:
        asked, titles = [], []
    counts = {g.number: [len(summary.of_group(g.number, q)) for q in asked] for g in summary.groups}
    sums = Counter(n.note.group for n in summary.visible)
    rows = [
        ((Link(parts.phrases.group(g), group_anchor(g)),), *_figures([*counts[g.number], sums[g.number]]))
        for g in summary.groups
    ]
    totals = [sum(column) for column in zip(*counts.values(), strict=True)]
    rows.append(((Text(parts.gettext("Total")),), *_figures([*totals, len(summary.visible)])))
    header = [parts.gettext("Group"), *titles, parts.gettext("Notes")]
    caption = parts.gettext("Notes in this summary, by group")
    return Table(caption, tuple((Text(h),) for h in header), tuple(rows), total=True)


def _figures(numbers: Sequence[int]) -> list[Inlines]:
    return [(Text(str(n)),) for n in numbers]


def themes_by_group(parts: Parts) -> list[Block]:
    """Which groups raised which themes, the same ways; nothing before notes are sorted."""
    themes = [*parts.summary.themes, *parts.summary.single_voices]
    if not parts.evening.themes:
        return []
    heading = Heading(2, (Text(parts.gettext("Themes by group")),))
    if not themes:
        return [heading, _nothing(parts)]
    return [heading, *_theme_dots(parts, themes), _theme_table(parts, themes)]


def theme_counts(parts: Parts, theme: FileTheme) -> list[int]:
    """How many notes of the theme each group has, in the groups' order."""
    counts = Counter(n.note.group for n in parts.summary.of_theme(theme))
    return [counts[g.number] for g in parts.summary.groups]


def _theme_dots(parts: Parts, themes: Sequence[FileTheme]) -> list[Chart]:
    groups = parts.summary.groups
    if len(groups) > _MAX_PICTURE_COLUMNS:
        return []
    shown = [(parts.theme_label(t), theme_counts(parts, t)) for t in themes[:_MAX_THEMES]]
    if len(themes) > len(shown):
        title = parts.gettext("Notes in the first %(num)d themes, by group") % {"num": len(shown)}
    else:
        title = parts.gettext("Notes in themes, by group")
    told = parts.gettext("A row for each theme with a dot for each group that raised it, larger for more notes. ")
    told += parts.gettext("The same numbers are in the table after it.")
    return [dots("themes-by-group", title, told, [f"G{g.number}" for g in groups], shown)]


def _theme_table(parts: Parts, themes: Sequence[FileTheme]) -> Table:
    """A column a group while a page holds them; else each theme's groups in words."""
    groups, gettext = parts.summary.groups, parts.gettext
    caption = gettext("Notes in each theme, by group")
    if len(groups) > _MAX_TABLE_COLUMNS:
        told = [(parts.theme_name(t), (Text(_in_words(parts, t)),)) for t in themes]
        names = ((Text(gettext("Theme")),), (Text(gettext("Notes of each group")),))
        return Table(caption, names, tuple(told), words=True)
    header = [gettext("Theme"), *(f"G{g.number}" for g in groups), gettext("All")]
    rows = []
    for theme in themes:
        counts = theme_counts(parts, theme)
        rows.append((parts.theme_name(theme), *_figures([*counts, sum(counts)])))
    return Table(caption, tuple((Text(h),) for h in header), tuple(rows))


def _in_words(parts: Parts, theme: FileTheme) -> str:
    """``G1: 3, G4: 2``."""
    counted = zip(parts.summary.groups, theme_counts(parts, theme), strict=True)
    return ", ".join(f"G{group.number}: {n}" for group, n in counted if n)
