"""Finding a case: by crime reference or URN exactly, by a suspect's name nearly right. Equality only, never a pattern.

Pattern matching cannot use an index under row-level security; the name keys are made in Python and compared for equality.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Count, Q

from accounts.models import User
from cases import models as m
from cases import names
from cases.listing import Filters, seen
from core.keyset import Page

CANDIDATES = 200
SHOWN = 50
NOT_IN_A_URN = re.compile(r"[\s/-]+")


@dataclass(frozen=True, slots=True)
class Matches(Page[m.Case]):
    """The cases found, with the name of the suspect by which each was. `cut` when there are more."""

    matched: Mapping[UUID, str] = field(default_factory=dict)
    cut: bool = False


def find(user: User, filters: Filters, terms: str) -> Matches:
    """Return the cases found among those this person sees, the nearest first, on one page of at most 50.

    Two queries: who matches by name, and the cases. Text with a digit is a reference or a URN, never a name.
    """
    matched = {} if any(letter.isdigit() for letter in terms) else _by_name(user, terms)
    rows = seen(user, filters).filter(_exactly(terms) | Q(pk__in=matched)).select_related("unit", "force")
    order = {key: place for place, key in enumerate(matched)}
    found = sorted(rows[: CANDIDATES + 1], key=lambda case: order.get(case.pk, -1))
    return Matches(found[:SHOWN], matched=matched, cut=len(found) > SHOWN)


def _exactly(terms: str) -> Q:
    reference = "".join(terms.upper().split())
    return Q(crime_reference=reference) | Q(urn=NOT_IN_A_URN.sub("", reference), urn__gt="")


def _by_name(user: User, terms: str) -> dict[UUID, str]:
    """Return case → name of the suspect who matches best, nearest first."""
    keys = names.keys_of_query(terms)
    if not keys:
        return {}
    hits = m.SuspectNameKey.objects.filter(key__in=keys, case__in=m.Case.objects.visible_to(user)).values("suspect")
    # A common surname has more bearers than are ranked: those who share most keys with what was typed come first.
    matching = hits.annotate(shared=Count("key")).order_by("-shared", "suspect").values("suspect")[:CANDIDATES]
    rows = m.Suspect.objects.filter(pk__in=matching, recorded_in_error_at__isnull=True).values_list("case_id", "forenames", "surname")[
        :CANDIDATES
    ]
    candidates = [(case_id, f"{forenames} {surname}".strip()) for case_id, forenames, surname in rows]
    found: dict[UUID, str] = {}
    for case_id, name in names.rank(terms, candidates):
        found.setdefault(case_id, name)
    return found
