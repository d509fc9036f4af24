"""The gate before an outcome says that a victim does not support the prosecution: said so, and spoken with by a supervisor since?

One place to ask, whoever records outcome 14 or 16, of a suspect or of a recorded crime. The importer records what was decided long
since and asks nothing; nor is anything asked of an outcome from before the force went live.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery

from cases import models as m
from cases.derive.states import OUTCOMES_NOT_SUPPORTED
from cases.models.telling import Supports
from cases.services.changing import Changing
from core import clock
from core.exceptions import NotPossible

SAID, SPOKEN = "said", "spoken"
"""What is lacking: that she or he said so; that a supervisor spoke with her or him since."""
Lacking = tuple[m.Complainant, str]


def concerned(case: m.Case, crimes: QuerySet[m.Offence]) -> list[m.Complainant]:
    """Return whose support an outcome of the suspect of these crimes speaks of.

    Those of crimes without an outcome, or with one that says the same; where all ended otherwise, those of all of them; of a
    suspect against whom no crime is alleged any longer, everybody in the case.
    """
    rows = list(crimes.values_list("complainant_id", "outcome_code"))
    open_ones = {key for key, code in rows if code is None or code in OUTCOMES_NOT_SUPPORTED}
    keys = open_ones or {key for key, _ in rows}
    found = m.Complainant.objects.filter(case=case)
    return list((found.filter(pk__in=keys) if keys else found).order_by("label"))


def lacking(case: m.Case, complainants: Iterable[m.Complainant]) -> list[Lacking]:
    """Return who of these did not say that she or he does not support the prosecution, or was not spoken with since. One query."""
    wanted = {one.pk: one for one in complainants}
    if not wanted:
        return []
    rows = with_talk(m.Complainant.objects.filter(case=case, pk__in=wanted))
    standing = {key: (supports, talked) for key, supports, talked in rows.values_list("pk", "supports", "talked")}
    found: list[Lacking] = []
    for key, one in wanted.items():
        supports, talked = standing.get(key, ("", False))
        if supports != Supports.DOES_NOT:
            found.append((one, SAID))
        elif not talked:
            found.append((one, SPOKEN))
    return found


def with_talk(rows: QuerySet[m.Complainant]) -> QuerySet[Any]:
    """Annotate complainants with what each last said (`supports`), and whether a supervisor spoke with her or him since (`talked`)."""
    said = m.SupportChange.objects.filter(case=OuterRef("case"), complainant=OuterRef("pk")).order_by("-at", "-created_at")
    return rows.annotate(supports=Subquery(said.values("supports")[:1])).annotate(talked=talked())


def talked() -> Exists:
    """Return whether a supervisor spoke with a complainant, or recorded why not, after she or he last said not to support it."""
    does_not = m.SupportChange.objects.filter(
        case=OuterRef("case"), complainant=OuterRef("complainant"), supports=Supports.DOES_NOT
    ).order_by("-at", "-created_at")
    talks = m.WithdrawalTalk.objects.filter(case=OuterRef("case"), complainant=OuterRef("pk"), still_ends=True)
    return Exists(talks.alias(last_said=Subquery(does_not.values("at")[:1])).filter(at__gte=F("last_said")))


def require_talks(change: Changing, code: int, on: date, complainants: Iterable[m.Complainant], *, field: str = "code") -> None:
    """Refuse outcome 14 or 16 of a day until each of these said so and was spoken with since. Raises NotPossible, beside `field`."""
    if change.user is None or code not in OUTCOMES_NOT_SUPPORTED or _before_live(change, on):
        return
    for one, lacks in lacking(change.case, complainants):
        raise NotPossible(in_words(one, lacks), field=field)


def _before_live(change: Changing, on: date) -> bool:
    return change.facts().before_live(clock.day_start(on))


def in_words(complainant: m.Complainant, lacks: str) -> str:
    """Return what is lacking in words."""
    who = f"Victim {complainant.label}"
    if lacks == SAID:
        return f"Record first that {who} does not support the prosecution: the last that is on record is not that"
    return f"A supervisor who is not the officer in the case speaks with {who} first, or with her or his ISVA, or records why not"


def last_refusal(case: m.Case, complainant_id: UUID) -> m.SupportChange | None:
    """Return when a complainant last said that she or he does not support the prosecution; None where she or he never did."""
    rows = m.SupportChange.objects.filter(case=case, complainant=complainant_id, supports=Supports.DOES_NOT)
    return rows.order_by("-at", "-created_at").first()


def officers_since(case: m.Case, moment: datetime) -> set[UUID]:
    """Return who is officer in the case or second officer now, or was at any time since a moment."""
    rows = m.CasePerson.objects.filter(case=case, role__in=(m.CaseRole.OFFICER, m.CaseRole.SECOND_OFFICER))
    return {user_id for user_id, until in rows.values_list("user_id", "until") if until is None or until > moment}
