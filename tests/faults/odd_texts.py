"""Texts that people paste, that scripts send, and that have broken programs before: over two hundred of them."""

from __future__ import annotations

from unit.documents.evenings import HOSTILE

_MARKS = [chr(c) for c in range(0x300, 0x340)]
_CONTROLS = [chr(c) for c in (*range(0x20), *range(0x7F, 0xA0)) if chr(c) not in "\t\n\r"]
_INVISIBLE = [*map(chr, range(0x200B, 0x2010)), *map(chr, range(0x202A, 0x202F)), *map(chr, range(0x2060, 0x2070))]
_SCRIPTS = (
    "Vi behöver fler mötesplatser.", "مرحبا بالعالم", "שלום עולם", "ሰላም ዓለም", "สวัสดีชาวโลก", "Καλημέρα κόσμε",
    "Здравствуй, мир", "नमस्ते दुनिया", "你好，世界", "こんにちは世界", "안녕하세요",
    "Buorre beaivi", "Dzień dobry", "Chào thế giới", "ﬁn ﬂod ½ № ™", "Å (Ångström) ≠ Å",
    "ǅ ŉ ß ẞ ſ", "𝕳𝖊𝖏 𝓱𝓮𝓳", "ᚺᛖᛁ", "𐍈𐌴𐌹",
)  # fmt: skip
_PICTURES = ("👩‍👩‍👧‍👦", "🇸🇪", "👍🏽", "❤️", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "1️⃣", "🫠", "☃", "⁉️", "🧑🏿‍🚀")
_WORDS_OF_PROGRAMS = (
    "null", "undefined", "NaN", "-0", "1e400", "0x41", "true", "None", "nil", "[object Object]", "__proto__",
    "constructor", "CON", "../../etc/passwd", "C:\\Windows", "'; DROP TABLE notes; --", "\" OR 1=1", "${jndi:ldap://x}",
    "{{7*7}}", "<%= 7*7 %>", "%n%n%s", "\\u0000", "\\x00", "&#0;", "<!--", "]]>", "=cmd|' /C calc'!A0", "@SUM(1)", "+1",
    "-1", "\tcell", "data:text/html,x", "javascript:alert(1)", "//example.org", "mailto:a@b.se", "#REF!", "1/2",
    "2026-11-22",
)  # fmt: skip
_LONG = (
    "x" * 1000, "x" * 1001, "å" * 1000, "a\u030a" * 1000, "a\u030a" * 1001, "👍" * 1000, "👍" * 1001, "\n" * 999 + "x",
    "rad\n" * 250, "ord " * 250, "e" + "\u0301" * 999, "e" + "".join(_MARKS) * 15, "\u0344" * 500,
    " " * 500, "\u3000", "\ufdfa" * 50,
)  # fmt: skip
_HALVES = ("\ud800", "före\udfffefter", "\udc00\ud800", "\ufffe", "\uffff", "x\U0010ffff", "\ufffd", "\ufeffmed märke")
_SPACES = (
    "",
    " ",
    "\n",
    "\t\r\n",
    "\u00a0",
    " inledande och avslutande ",
    "\r\n rad \r",
    "a\u2028b\u2029c",
    "a\x85b",
    "\u200b",
)

ODD_TEXTS: tuple[str, ...] = (
    *HOSTILE,
    *_SCRIPTS,
    *_PICTURES,
    *_WORDS_OF_PROGRAMS,
    *_LONG,
    *_HALVES,
    *_SPACES,
    *(f"före{c}efter" for c in (*_CONTROLS, *_INVISIBLE)),
)
