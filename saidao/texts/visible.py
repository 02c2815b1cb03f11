"""Signs that nobody sees: what they do to a terminal, a workbook or the order of a line is kept out, in one place.

A line break of any kind (a vertical tab, as Word writes it, a form feed, the line separators of Unicode) is read as a
line break, and marks of the direction of writing are left out. Other control signs, halves of a pair (surrogates) and
what is no sign at all belong in no text: checks of a case refuse them, and the command line shows them as escapes.
"""

from __future__ import annotations

import re

_BREAKS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_DIRECTIONS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


def straight(text: str) -> str:
    r"""Return a text with plain line breaks, without marks of direction.

    >>> straight("one\x0btwo"), straight("a\u202eb"), straight("plain")
    ('one\ntwo', 'ab', 'plain')
    """
    return _DIRECTIONS.sub("", _BREAKS.sub("\n", text)) if _UNSEEN.search(text) else text


def unseen(text: str) -> str:
    r"""Return the names of the signs in a text that belong in none; nothing where all can be seen.

    >>> unseen("\x1b[31mred"), unseen("two\nlines"), unseen("\ud800")
    ('U+001B', '', 'U+D800')
    """
    return ", ".join(dict.fromkeys(f"U+{ord(sign):04X}" for sign in _UNSEEN.findall(text)))


def visible(text: str) -> str:
    r"""Return a text with such signs as escapes.

    >>> visible("\x1b[31mred"), visible("two\nlines")
    ('\\x1b[31mred', 'two\nlines')
    """
    return _UNSEEN.sub(lambda found: ascii(found[0])[1:-1], text)


def in_json(document: str) -> str:
    """Return JSON with such signs as JSON escapes them: they stand in its texts only."""
    return _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", document)
