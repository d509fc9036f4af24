"""The demonstration's cases: invented from end to end, made by the services that the screens use, dated back from today."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction

from accounts.acting import context_of
from accounts.demonstration import DOMAIN, FORCE, OTHER_FORCE
from accounts.models import Agency, Unit, User
from accounts.scopes import scope_of
from audit import context as audit_context
from cases import models as m
from cases.derive.states import OPEN_STAGES
from cases.services.abstraction import answer_plan, enter_abstraction, plans_to_answer
from cases.services.logging import NewCrime, NewSuspect, log_case
from cases.services.reviews import review_case
from core import clock
from core.scope import scope, system

MONTHS_LIVE = timedelta(days=365)
EVENT = "Harbour Lights festival (invented)"
MATCH = "Football match at the Harbour Ground (invented)"
NOT_REVIEWED = {"52/DEMO/08", "52/DEMO/19", "52/DEMO/25", "52/DEMO/34", "46/DEMO/02"}
"""Cases whose supervisor's review is owed, so that lists of what is owed show some and not all."""
FIRST_REVIEW = 4.0
"""Days after which a case of the demonstration has had its review: younger ones wait for their first."""
NOT_INFORMED = {f"52/DEMO/{number}" for number in ("01", "02", "03", "06", "11", "19", "20", "21", "22", "28", "29", "30", "38", "40")}
"""Cases whose stories say what complainants were told and what not, and some in which they are still to be told."""
DIRECTIONS = (
    "Follow every line about the suspect first. Tell me on Friday what is left.",
    "Contact with the victim is up to date. Agree the next call with her adviser.",
    "Ask the prosecutor for early advice when the first account is summarised.",
    "Chase the laboratory in writing, and put the answer on the case.",
    "Check the safety plan again before the next step against the suspect.",
)


class People:
    """The demonstration's people by the first part of their address, read once."""

    def __init__(self) -> None:
        found = User.objects.filter(email__endswith=f"@{DOMAIN}").select_related("unit")
        self._by_key = {str(user.email).partition("@")[0]: user for user in found}

    def __getitem__(self, key: str) -> User:
        return self._by_key[key]


@dataclass(slots=True)
class Told:
    """A case as far as it has been told: what steps act on."""

    people: People
    case: m.Case
    lead: str
    now: datetime
    suspects: list[m.Suspect] = field(default_factory=list)

    def ago(self, days: float) -> datetime:
        """Return the moment so many days before now, to the minute."""
        return (self.now - timedelta(days=days)).replace(second=0, microsecond=0)

    def do(self, who: str, service: Callable[..., Any], /, **arguments: Any) -> Any:
        """Call a service on the case as one of the demonstration's people ("" stands for who leads the case)."""
        actor = self.people[who or self.lead]
        with acting(actor):
            return service(actor=actor, case_id=self.case.pk, **arguments)

    def to(self, number: int, who: str, service: Callable[..., Any], /, **arguments: Any) -> Any:
        """Call a service on a suspect by number."""
        return self.do(who, service, suspect_id=self.suspects[number - 1].pk, **arguments)


Step = Callable[[Told], object]
"""One thing that happened on a case."""


@dataclass(frozen=True, slots=True)
class Named:
    """A suspect of a story: an invented name, identified so many days ago."""

    surname: str
    forenames: str
    identified: float
    relationship: str = m.Relationship.ACQUAINTANCE
    born: int = 34


def one(surname: str, forenames: str, identified: float, relationship: str = m.Relationship.ACQUAINTANCE) -> tuple[Named, ...]:
    """Return one suspect."""
    return (Named(surname, forenames, identified, relationship),)


@dataclass(frozen=True, slots=True)
class Story:
    """One case: its reference, who logged it for which unit, how long ago, the risk, its suspects, and what happened."""

    reference: str
    recorded: float
    risk: str
    suspects: tuple[Named, ...] = ()
    steps: tuple[Step, ...] = ()
    lead: str = "investigator"
    logged_by: str = ""
    unit: str = ""
    named: str = m.Named.NOT_KNOWN
    codes: tuple[str, ...] = ("19C",)
    works_in_justice: bool = False
    urn: str = ""
    lived: bool = False
    """Logged when its suspects were identified, and not today: what follows happens at its own time too (`at_time`)."""


@contextmanager
def acting(user: User) -> Iterator[None]:
    """Run the block as a person: her or his scope in the database and in the access log."""
    with audit_context.acting(context_of(user, route="demonstration")), scope(scope_of(user)):
        yield


def make_cases() -> None:
    """Make the cases that are not there yet. Safe to run again, and never stale: every date counts back from today.

    Raises ImproperlyConfigured unless settings.DEMO is on.
    """
    from cases.demonstration.stories import STORIES

    if not settings.DEMO:
        raise ImproperlyConfigured("The demonstration's cases are made only where RASSO_DEMO is on.")
    with audit_context.acting_as_system(reason="demonstration"):
        people, there = People(), references()
        for force_id in (FORCE, OTHER_FORCE):
            set_live(force_id)
        for story in STORIES:
            if story.reference not in there:
                with transaction.atomic():
                    tell(story, people)
        take_officers(people)


def references() -> set[str]:
    """Return the references of the cases that are there already, of both forces."""
    found: set[str] = set()
    for force_id in (FORCE, OTHER_FORCE):
        with scope(system(force_id)):
            found |= set(m.Case.objects.filter(force_id=force_id).values_list("crime_reference", flat=True))
    return found


def set_live(force_id: int) -> None:
    """Let the force have gone live twelve months ago, so that the demonstration's past is known to the tracker."""
    with scope(system(force_id)):
        Agency.objects.filter(pk=force_id, live_from__isnull=True).update(live_from=clock.today() - MONTHS_LIVE)


def tell(story: Story, people: People) -> None:
    """Log one case and let happen what happened."""
    actor, now = people[story.logged_by or story.lead], clock.now()
    told = Told(people=people, case=m.Case(), lead=story.lead, now=now)
    with acting(actor), at_time(told, logged(story)) if story.lived else nullcontext():
        told.case = log_case(
            actor=actor,
            crime_reference=story.reference,
            urn=story.urn,
            recorded_at=told.ago(story.recorded),
            risk=story.risk,
            unit_id=unit_id(actor.agency_id, story.unit) if story.unit else None,
            officer_id=people[story.lead].pk if story.lead else None,
            named=m.Named.YES if story.suspects else story.named,
            works_in_justice=story.works_in_justice,
            complainants=len(story.codes),
            age_groups=[m.AgeGroup.ADULT] * len(story.codes),
            crimes=[crime(code, place, told, story) for place, code in enumerate(story.codes)],
            suspects=[suspect(one, told) for one in story.suspects],
        )
        told.suspects = list(m.Suspect.objects.filter(case=told.case).order_by("number"))
    for step in story.steps:
        step(told)
    review(story, told)
    inform(story, told)


def logged(story: Story) -> float:
    """Return how many days ago a case that was lived through was logged: as soon as its suspects were identified."""
    return min([story.recorded, *(one.identified for one in story.suspects)])


def at_time(told: Told, days: float) -> AbstractContextManager[None]:
    """Let what happens in the block happen so many days ago, and be written down then."""
    return clock.telling_of(told.ago(days))


def review(story: Story, told: Told) -> None:
    """Let the inspector of the force have reviewed the case, unless its review is owed or the story tells one."""
    with scope(system(told.case.force_id)):
        stands = m.Case.objects.filter(pk=told.case.pk, stage__in=OPEN_STAGES).exists()
        done = m.SupervisorReview.objects.filter(case=told.case, suspect__isnull=True).exists()
    if stands and not done and story.recorded >= FIRST_REVIEW and story.reference not in NOT_REVIEWED:
        who = "supervisor" if told.case.force_id == FORCE else "other-supervisor"
        told.do(who, review_case, direction=DIRECTIONS[int(story.reference[-2:]) % len(DIRECTIONS)])


def inform(story: Story, told: Told) -> None:
    """Let the complainants have been told in time, unless the story tells that itself or is one of those where nobody thought of it."""
    from cases.demonstration.telling import keep_told

    if story.lead and story.reference not in NOT_INFORMED:
        keep_told(told)


def crime(code: str, place: int, told: Told, story: Story) -> NewCrime:
    """Return a crime committed some days before it was recorded."""
    day = clock.london_day(told.ago(story.recorded + 3 + 2 * place))
    return NewCrime(code=code, from_on=day, to_on=day, complainant=place)


def suspect(one: Named, told: Told) -> NewSuspect:
    """Return a suspect as typed."""
    return NewSuspect(
        surname=one.surname,
        forenames=one.forenames,
        date_of_birth=clock.london_day(told.ago(one.born * 365.25)),
        relationship=one.relationship,
        identified_at=told.ago(one.identified),
    )


def unit_id(agency_id: int, name: str) -> Any:
    """Return the key of a unit by its name."""
    return Unit.objects.values_list("pk", flat=True).get(agency_id=agency_id, name=name)


def take_officers(people: People) -> None:
    """Enter two events that take officers, once: arrests planned in the first are answered for, one in the second is not."""
    supervisor = people["supervisor"]
    with acting(supervisor):
        if m.Abstraction.objects.filter(force_id=FORCE, event=EVENT).exists():
            return
        both = [people["investigator"].pk, people["investigator2"].pk]
        event = enter_abstraction(actor=supervisor, event=EVENT, starts_at=at(2, 6), ends_at=at(4, 22), officer_ids=both)
        answers: list[dict[str, Any]] = [{"answer": "moved", "moved_to": at(7, 6)}, {"answer": "cancelled"}, {"answer": "kept"}]
        for plan, answer in zip(plans_to_answer(event, supervisor), answers, strict=False):
            answer_plan(actor=supervisor, case_id=plan.case_id, abstraction_id=event.pk, plan_id=plan.pk, **answer)
        enter_abstraction(actor=supervisor, event=MATCH, starts_at=at(6, 6), ends_at=at(6, 20), officer_ids=both[:1])


def at(days: int, hour: int) -> datetime:
    """Return an hour of a London day counted from today."""
    return clock.day_start(clock.today() + timedelta(days=days)) + timedelta(hours=hour)
