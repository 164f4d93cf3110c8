"""Text that is safe for a terminal: no character in it moves the cursor, sets colours, rings, or changes the writing direction."""

from __future__ import annotations

import sys

_COMMANDS = {
    code: "?" for code in (*range(0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)) if chr(code) not in "\n\t"
}


def printable(text: str) -> str:
    """The text with a question mark for every control character; its length does not change.

    >>> printable("a\\x1b[31mb.pdf"), printable("区级\\u202e报告.pdf")
    ('a?[31mb.pdf', '区级?报告.pdf')
    """
    return text.translate(_COMMANDS)


def tell(text: str) -> None:
    """A line for people on stderr."""
    print(printable(text), file=sys.stderr)  # noqa: T201
