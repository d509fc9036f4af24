"""The blind indexes of who a victim is: what each column holds, set with the row and searched by whole values in one force."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from core.blindindex import blind_index, blind_indexes, normal_email, normal_name, normal_telephone
from victims.models import Victim


def _name(victim: Victim) -> str:
    both = (normal_name(victim.forenames), normal_name(victim.surname))
    return " ".join(both) if all(both) else ""


def _born(victim: Victim) -> str:
    return born_text(victim.surname, victim.date_of_birth)


def born_text(surname: str, born: date | None) -> str:
    """Return the text by which a surname with a date of birth is indexed, "" unless both are known."""
    return f"{surname} {born.isoformat()}" if normal_name(surname) and born is not None else ""


TEXTS: Final[Mapping[str, Callable[[Victim], str]]] = {
    "name_key": _name,
    "surname_key": lambda victim: victim.surname,
    "born_key": _born,
    "home_key": lambda victim: normal_telephone(victim.home_telephone),
    "mobile_key": lambda victim: normal_telephone(victim.mobile_telephone),
    "email_key": lambda victim: normal_email(victim.email),
}
"""Column of the index → the text it is made of. Read with the gate open, or of values just assigned."""


def indexes_of(victim: Victim) -> dict[str, str]:
    """Return every blind index of a victim under the key that writes. The sealed values must be open to be read."""
    return {column: blind_index(text(victim), column=column, force_id=victim.force_id) for column, text in TEXTS.items()}


def keys_to_find(column: str, text: str, *, force_id: int) -> tuple[str, ...]:
    """Return what to look for in an index's column, under every key; () for a text that normalises to nothing.

    A telephone or an e-mail address goes through its normaliser first, a name and date of birth through `born_text`.
    Raises KeyError for a column that is no index.
    """
    TEXTS[column]
    return blind_indexes(text, column=column, force_id=force_id)
