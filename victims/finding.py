"""Finding a victim by whole values inside one force, among the cases that the searcher sees and no others.

What is looked for is hashed before the database is asked; while keys are changed, every key is tried. Nothing says how
many there are beyond what the searcher sees.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from accounts.models import User
from cases import models as cases
from core.blindindex import normal_email, normal_name, normal_telephone
from victims.indexes import born_text, keys_to_find
from victims.models import Victim

MOST = 50


@dataclass(frozen=True, slots=True)
class Terms:
    """What is looked for. Everything given must hold."""

    surname: str = ""
    forenames: str = ""
    born: date | None = None
    telephone: str = ""
    email: str = ""

    def as_word(self) -> dict[str, Any]:
        """Return it as JSON takes it, to be sealed."""
        return {**asdict(self), "born": self.born.isoformat() if self.born else ""}

    @classmethod
    def from_word(cls, word: Mapping[str, Any]) -> "Terms":
        """Return what was sealed."""
        return cls(**{**word, "born": date.fromisoformat(word["born"]) if word["born"] else None})

    def text(self) -> str:
        """Return it as the one text whose hash the access log keeps."""
        parts = (
            normal_name(self.forenames),
            normal_name(self.surname),
            self.born.isoformat() if self.born else "",
            normal_telephone(self.telephone),
            normal_email(self.email),
        )
        return " | ".join(parts)


def is_enough(terms: Terms) -> bool:
    """Say whether there is a whole value to find by: a surname alone is none, and nothing else of a name counts without it."""
    surname = bool(normal_name(terms.surname))
    named = bool(normal_name(terms.forenames) or terms.born)
    reached = bool(normal_telephone(terms.telephone) or normal_email(terms.email))
    return (named and surname) or (reached and not named)


def find(user: User, terms: Terms) -> list[Victim]:
    """Return who is found among the cases this person sees, still sealed, at most 50, by reference and label. One query.

    Raises ValueError for terms that `is_enough` refuses: they would list everybody.
    """
    if not is_enough(terms):
        raise ValueError("nothing whole to find by")
    rows: QuerySet[Victim] = Victim.objects.filter(*_conditions(terms, user.agency_id), force_id=user.agency_id)
    rows = rows.filter(case__in=cases.Case.objects.visible_to(user)).select_related("case", "complainant")
    return list(rows.order_by("case__crime_reference", "complainant__label")[:MOST])


def _conditions(terms: Terms, force_id: int) -> list[Q]:
    """Return a condition for each whole value given."""
    found: list[Q] = []

    def add(text: str, *columns: str) -> None:
        condition = Q()
        for column in columns:
            condition |= Q(**{f"{column}__in": keys_to_find(column, text, force_id=force_id)})
        found.append(condition)

    forenames, surname = normal_name(terms.forenames), normal_name(terms.surname)
    if forenames and surname:
        add(f"{forenames} {surname}", "name_key")
    if terms.born and surname:
        add(born_text(terms.surname, terms.born), "born_key")
    if surname:
        add(surname, "surname_key")
    if telephone := normal_telephone(terms.telephone):
        add(telephone, "home_key", "mobile_key")
    if email := normal_email(terms.email):
        add(email, "email_key")
    return found
