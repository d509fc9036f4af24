"""Text that a spreadsheet would run as a formula, made harmless and brought back.

`harmless` puts one apostrophe before a cell that a spreadsheet could take for a formula, and
before one that already looks so marked; `as_written` takes one such apostrophe away. Together
they lose nothing: ``as_written(harmless(text)) == text`` for every text. A plain negative number
is no formula and stays as it is.
"""

import re

_TRIGGER = r"\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n\x00]"
_RISKY = re.compile(rf"'*(?:{_TRIGGER})")
_MARKED = re.compile(rf"'+(?:{_TRIGGER})")
_NEGATIVE = re.compile(r"-[0-9]+(?:\.[0-9]+)?")


def harmless(text: str) -> str:
    """The text as it may stand in a file that a spreadsheet opens."""
    if _RISKY.match(text) and not _NEGATIVE.fullmatch(text):
        return "'" + text
    return text


def as_written(text: str) -> str:
    """The text that `harmless` was given."""
    return text[1:] if _MARKED.match(text) else text
