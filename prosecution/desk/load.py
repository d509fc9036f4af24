"""Who has how much, who is away, who is a specialist, who is late: the prosecutors of an Area beside one another."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from accounts.absence import away_words
from accounts.models import User
from accounts.roles import Role
from cases.derive.clocks import Kind
from core import clock
from prosecution.choosing import specialists
from prosecution.desk.look import Look, due_of_subject
from prosecution.desk.sources import REVIEW_DUE, SOON_DAYS
from prosecution.models import ActionPlan, AdviceState, EarlyAdvice, PlanState, Referral, ReferralState

DECIDE = frozenset({Role.PROSECUTOR, Role.CPS_MANAGER, Role.CPS_DIRECT})


@dataclass(slots=True)
class Load:
    """One prosecutor's open work in cases that the reader sees. `late` and `soon` count referrals and requests."""

    key: UUID
    name: str
    unit: str
    away: str
    specialist: bool
    advice: int = 0
    referrals: int = 0
    plans: int = 0
    late: int = 0
    soon: int = 0

    @property
    def all(self) -> int:
        """Everything open."""
        return self.advice + self.referrals + self.plans


@dataclass(frozen=True, slots=True)
class Unit:
    """The prosecutors of one unit, those with something late first."""

    name: str
    people: list[Load] = field(default_factory=list)


def loads(look: Look) -> list[Unit]:
    """Return the prosecutors of the reader's Area by unit; whoever left and holds nothing is left out. Five queries."""
    people = User.objects.visible_to(look.user).filter(role__in=DECIDE).select_related("unit").order_by("name", "id")
    today = clock.london_day(look.now)
    found = {one.pk: Load(one.pk, one.name, one.unit.name if one.unit else "No unit", away_words(one, today), False) for one in people}
    active = {one.pk for one in people if one.is_active}
    for key in specialists(found, today):
        found[key].specialist = True
    advice = EarlyAdvice.objects.filter(state=AdviceState.ACCEPTED, case__in=look.cases())
    _count(found, advice.annotate(due=due_of_subject(Kind.EARLY_ADVICE_RESPONSE)), "advice", look.now)
    referrals = Referral.objects.filter(state=ReferralState.ACCEPTED, case__in=look.cases())
    _count(found, referrals.annotate(due=REVIEW_DUE), "referrals", look.now)
    plans = ActionPlan.objects.filter(state=PlanState.SET, case__in=look.cases()).order_by()
    for of_referral, of_advice, number in plans.values_list("referral__prosecutor", "advice__prosecutor").annotate(number=Count("pk")):
        person = found.get(of_referral or of_advice)
        if person is not None:
            person.plans += number
    return _by_unit([one for one in found.values() if one.key in active or one.all])


def _count(found: dict[UUID, Load], rows: "QuerySet[EarlyAdvice] | QuerySet[Referral]", name: str, now: datetime) -> None:
    """Add up one table by prosecutor: how many, how many late, how many due within a week."""
    late, soon = Q(due__lte=now), Q(due__gt=now, due__lt=now + timedelta(days=SOON_DAYS))
    counted = (
        rows.order_by().values("prosecutor").annotate(number=Count("pk"), late=Count("pk", filter=late), soon=Count("pk", filter=soon))
    )
    for row in counted:
        person = found.get(row["prosecutor"])
        if person is not None:
            setattr(person, name, row["number"])
            person.late += row["late"]
            person.soon += row["soon"]


def _by_unit(people: list[Load]) -> list[Unit]:
    units: dict[str, Unit] = {}
    for one in sorted(people, key=lambda one: (one.unit, -one.late, -one.all, one.name)):
        units.setdefault(one.unit, Unit(one.unit)).people.append(one)
    return list(units.values())
