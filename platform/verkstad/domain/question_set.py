"""A question set: the questions of an evening in order, kept to be used again, and readable as a file.

A question keeps its id when a set is copied, so that the answers of different years can be compared.
"""

from __future__ import annotations

import uuid
from typing import Any, Literal

import msgspec
import yaml

from verkstad.domain.characters import nfc
from verkstad.domain.errors import N_, Invalid
from verkstad.domain.note import check_id, has_unprintable

FORMAT = "verkstad-questions/1"
MAX_BYTES = 300_000  # twice a set with every text at its longest
MAX_QUESTIONS = 50
MAX_TITLE = 200
MAX_DESCRIPTION = 2000
MAX_PROMPT = 500
MAX_HELP = 1000

# Questions that come without an id get one of their own words: the same question in two files is the same question.
_NAMESPACE = uuid.UUID("6b1f7a52-3c0e-5f0a-9a5e-2f6d1c8b4e70")


class SetQuestion(msgspec.Struct, frozen=True):
    """One question; ``easy`` is the same in easy-to-read words (lättläst)."""

    id: str
    prompt: str
    help: str = ""
    easy: str = ""
    kind: Literal["notes"] = "notes"


class QuestionSet(msgspec.Struct, frozen=True):
    """A set; ``description`` tells the one who chooses what it is for."""

    id: str
    title: str
    description: str = ""
    language: Literal["sv", "en"] = "sv"
    questions: tuple[SetQuestion, ...] = ()


def write_question_set(questions: QuestionSet) -> bytes:
    """The set as YAML that people can read and change, and that reads back as the same set."""
    content = {"format": FORMAT} | msgspec.to_builtins(questions)
    text = yaml.dump(content, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=100, indent=2)
    return text.encode()


def read_question_set(data: bytes) -> QuestionSet:
    """The set in a file that `write_question_set` made, or that somebody wrote by hand in the same way.

    Raises:
        Invalid: says what is wrong and on which line.
    """
    if len(data) > MAX_BYTES:
        raise Invalid("file_too_large", N_("The file is larger than %(limit)s kB."), limit=MAX_BYTES // 1000)
    root = _compose(data)
    if not isinstance(root, yaml.MappingNode):
        raise _not_a_set(1)
    fields = _fields(root, {"format", "id", "title", "description", "language", "questions"})
    if "format" not in fields or _scalar(fields["format"]) != FORMAT:
        raise _not_a_set(_line(fields.get("format", root)))
    title = _text(fields, "title", root, MAX_TITLE, required=True)
    return QuestionSet(
        id=_id(fields, title),
        title=title,
        description=_text(fields, "description", root, MAX_DESCRIPTION),
        language=_one_of(fields, "language", ("sv", "en")),
        questions=_questions(fields.get("questions"), root),
    )


def _questions(listed: yaml.Node | None, root: yaml.Node) -> tuple[SetQuestion, ...]:
    if not isinstance(listed, yaml.SequenceNode) or not listed.value:
        message = N_("Line %(line)s: “questions” must be a list of at least one question.")
        raise Invalid("no_questions", message, line=_line(listed or root))
    if len(listed.value) > MAX_QUESTIONS:
        message = N_("Line %(line)s: a set has at most %(limit)s questions.")
        raise Invalid("too_many_questions", message, line=_line(listed.value[MAX_QUESTIONS]), limit=MAX_QUESTIONS)
    seen: set[str] = set()
    questions = []
    for node in listed.value:
        question = _question(node)
        if question.id in seen:
            message = N_("Line %(line)s: the id “%(id)s” is used a second time.")
            raise Invalid("duplicate_id", message, line=_line(node), id=question.id)
        seen.add(question.id)
        questions.append(question)
    return tuple(questions)


def _question(node: yaml.Node) -> SetQuestion:
    fields = _fields(node, {"id", "prompt", "help", "easy", "kind"})
    prompt = _text(fields, "prompt", node, MAX_PROMPT, required=True)
    return SetQuestion(
        id=_id(fields, prompt),
        prompt=prompt,
        help=_text(fields, "help", node, MAX_HELP),
        easy=_text(fields, "easy", node, MAX_HELP),
        kind=_one_of(fields, "kind", ("notes",)),
    )


def _compose(data: bytes) -> yaml.Node | None:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = N_("Line %(line)s: the file is not written in UTF-8. Save it as UTF-8 and try again.")
        raise Invalid("not_utf8", message, line=data.count(b"\n", 0, error.start) + 1) from error
    try:
        node: yaml.Node | None = yaml.compose(text, Loader=_Loader)
    except RecursionError as error:
        raise Invalid("too_deep", N_("The file has lists within lists without end.")) from error
    except yaml.reader.ReaderError as error:
        message = N_("Line %(line)s: the file has invisible control characters that cannot be kept.")
        raise Invalid("control_characters", message, line=text.count("\n", 0, error.position) + 1) from error
    except ValueError as error:  # an escape that stands for no character, such as \U0011FFFF
        message = N_("The file has an escape that stands for no character.")
        raise Invalid("control_characters", message) from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        message = N_("Line %(line)s: the file is broken here. Look at the indentation, the colons and the quotes.")
        raise Invalid("broken_yaml", message, line=mark.line + 1 if mark else 1) from error
    return node


def _not_a_set(line: int) -> Invalid:
    message = N_("Line %(line)s: this is no question set. The file begins with “format: %(format)s”.")
    return Invalid("not_a_question_set", message, line=line, format=FORMAT)


def _fields(node: yaml.Node, known: set[str]) -> dict[str, yaml.Node]:
    if not isinstance(node, yaml.MappingNode):
        message = N_("Line %(line)s: here should be named fields, such as “prompt: …”.")
        raise Invalid("bad_field", message, line=_line(node))
    fields: dict[str, yaml.Node] = {}
    for key, value in node.value:
        name = _scalar(key)
        if name not in known:
            message = N_("Line %(line)s: there is no field “%(field)s” here.")
            raise Invalid("unknown_field", message, line=_line(key), field=name[:40])
        if name in fields:
            message = N_("Line %(line)s: “%(field)s” stands here a second time.")
            raise Invalid("duplicate_field", message, line=_line(key), field=name)
        fields[name] = value
    return fields


def _text(fields: dict[str, yaml.Node], name: str, within: yaml.Node, limit: int, *, required: bool = False) -> str:
    node = fields.get(name)
    text = nfc(_scalar(node)).strip() if node else ""
    line = _line(node or within)
    if required and not text:
        raise Invalid("missing_field", N_("Line %(line)s: “%(field)s” is missing."), line=line, field=name)
    if len(text) > limit:
        message = N_("Line %(line)s: “%(field)s” has %(length)s characters, at most %(limit)s.")
        raise Invalid("text_too_long", message, line=line, field=name, length=len(text), limit=limit)
    if has_unprintable(text):
        message = N_("Line %(line)s: the file has invisible control characters that cannot be kept.")
        raise Invalid("control_characters", message, line=line)
    return text


def _id(fields: dict[str, yaml.Node], words: str) -> str:
    node = fields.get("id")
    if node is None:
        return str(uuid.uuid5(_NAMESPACE, words))
    try:
        return check_id(_scalar(node))
    except Invalid as error:
        message = N_("Line %(line)s: an id has at most 64 letters, digits, hyphens, underscores, dots and colons.")
        raise Invalid(error.code, message, line=_line(node)) from error


def _one_of(fields: dict[str, yaml.Node], name: str, known: tuple[Any, ...]) -> Any:
    node = fields.get(name)
    if node is None:
        return known[0]
    if _scalar(node) not in known:
        message = N_("Line %(line)s: “%(field)s” can be %(known)s.")
        raise Invalid("bad_field", message, line=_line(node), field=name, known=", ".join(known))
    return _scalar(node)


def _scalar(node: yaml.Node) -> str:
    if not isinstance(node, yaml.ScalarNode):
        message = N_("Line %(line)s: here should be text, not a list or named fields.")
        raise Invalid("bad_field", message, line=_line(node))
    return str(node.value)


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1


class _Loader(yaml.BaseLoader):
    """Reads every value as text, *no* and *2024* included, and refuses aliases, with which a small file grows huge."""

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            raise yaml.composer.ComposerError(None, None, "aliases are not allowed", self.get_mark())
        return super().compose_node(parent, index)


class _Dumper(yaml.SafeDumper):
    """Writes texts of several lines as they look, and lists indented below their names."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def _represent_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Dumper.add_representer(str, _represent_text)
