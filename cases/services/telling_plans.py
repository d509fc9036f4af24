"""Before a decision is published: who tells each complainant, how and when. After it: when the suspect was told, and hearings."""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings

from accounts.models import User
from cases import models as m
from cases import permissions, policies
from cases.derive.facts import CaseFacts
from cases.derive.planning import OLDEST, names
from cases.listing import is_cps
from cases.models.telling import Channel, ToldAbout
from cases.selectors import working_days_of
from cases.selectors_telling import complainants_of, telling_facts
from cases.services.changing import Changing, changing
from core import clock
from core.calendar import WorkingDays
from core.components import london_text
from core.exceptions import NotPossible
from core.words import inside

DECISIONS = frozenset({ToldAbout.NFA, ToldAbout.CHARGE})
FURTHEST = timedelta(days=366)


def plan_telling(
    *,
    actor: User,
    case_id: UUID,
    complainant_id: UUID,
    suspect_id: UUID | None,
    about: str,
    teller_id: UUID,
    how: str,
    planned_at: datetime,
    her_choice: bool = False,
    isva_warned: bool = False,
    letter_after: bool = True,
    arranged: bool = False,
    version: int | None = None,
) -> m.TellingPlan:
    """Plan how a complainant is told of a charge or of no further action; without a suspect, that nobody was identified.

    `arranged` says that who is with her or him and the letter's route are kept where identity is: no outcome is recorded
    before that. Raises what `plan_in` raises, NotAllowed, Conflict, Http404.
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(permissions.TELL)
        return plan_in(
            change,
            complainant=change.get(m.Complainant, complainant_id),
            decision=(about, suspect_id),
            teller_id=teller_id,
            how=how,
            planned_at=planned_at,
            her_choice=her_choice,
            isva_warned=isva_warned,
            letter_after=letter_after,
            arranged=arranged,
        )


def plan_in(
    change: Changing,
    *,
    complainant: m.Complainant,
    decision: tuple[str, UUID | None],
    teller_id: UUID,
    how: str,
    planned_at: datetime,
    her_choice: bool,
    isva_warned: bool,
    letter_after: bool,
    arranged: bool,
) -> m.TellingPlan:
    """Write a plan inside a change; it takes the place of one before. The caller has asked the permission.

    `decision` is what is told, and of which suspect. One person who works on the case tells. Not late on a Friday nor late on
    the day before a bank holiday, unless she or he chose it (settings). Raises NotPossible (nothing that waits to be decided
    about her or his crimes, somebody who does not work on the case, no way, a time that cannot be).
    """
    about, suspect_id = decision
    if about not in DECISIONS:
        raise NotPossible("Select what she or he is told", field="decision")
    suspect = change.suspect(suspect_id)[0] if suspect_id is not None else None
    _check_waits(change, complainant, about, suspect)
    if how not in Channel.values:
        raise NotPossible("Select how she or he is told", field="how")
    teller = _teller(change, teller_id)
    _check_time(change, planned_at, her_choice)
    plan = change.add(
        m.TellingPlan,
        complainant=complainant,
        suspect=suspect,
        about=about,
        teller=teller,
        how=how,
        planned_at=planned_at,
        her_choice=her_choice,
        isva_warned=isva_warned,
        letter_after=letter_after,
        arranged=arranged,
        side=m.Side.CPS if change.user is not None and is_cps(change.user) else m.Side.POLICE,
        at=change.now,
    )
    words = f"{ToldAbout(about).label}: {teller.name}, {inside(Channel(how).label)}, {london_text(planned_at)}"
    change.put_in_timeline("telling_planned", suspect=suspect, complainant=complainant, text=words)
    return plan


def _check_waits(change: Changing, complainant: m.Complainant, about: str, suspect: m.Suspect | None) -> None:
    """Raise NotPossible unless this decision about her or his crimes is still to be published."""
    theirs = next(one for one in complainants_of(change.case) if one.id == complainant.pk)
    if suspect is None:
        if about != ToldAbout.NFA or all(crime.outcome_code is not None for crime in theirs.nameless):
            raise NotPossible("No recorded crime of this complainant is without a suspect and without an outcome", field="decision")
    elif suspect.pk not in theirs.suspects:
        raise NotPossible("No recorded crime of this complainant names the suspect", field="decision")
    elif change.suspect(suspect.pk)[1].standing_outcome() is not None:
        raise NotPossible("This suspect has an outcome already. Reopen the investigation first.", field="decision")


def _teller(change: Changing, teller_id: UUID) -> User:
    """Return who tells: exactly one person, with a role on this case."""
    rows = m.CasePerson.objects.filter(case=change.case, user=teller_id, until__isnull=True, user__is_active=True)
    row = rows.select_related("user").first()
    if row is None:
        raise NotPossible("Choose somebody who has a role on this case", field="teller_id")
    return row.user


def _check_time(change: Changing, planned_at: datetime, her_choice: bool) -> None:
    if not change.now - OLDEST <= planned_at <= change.now + FURTHEST:
        raise NotPossible("Enter a time from a week ago to a year ahead", field="planned_at")
    if not her_choice and too_late(planned_at, working_days_of(change.case.force_id)):
        raise NotPossible(
            f"Support is closed afterwards: choose a time before {latest_hour()}, or another day, unless she or he chose this one",
            field="planned_at",
        )


def latest_hour() -> str:
    """Return the hour from which it is late, by the settings, as people say it: "3pm"."""
    hour = settings.TELLING_LATEST_HOUR
    return f"{(hour - 1) % 12 + 1}{'am' if hour % 24 < 12 else 'pm'}"


def too_late(planned_at: datetime, working: WorkingDays) -> bool:
    """Say whether a time is late on a Friday, or late on the day before a bank holiday, by the settings. London time; pure."""
    local = planned_at.astimezone(clock.LONDON)
    if local < local.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(hours=settings.TELLING_LATEST_HOUR):
        return False
    before_holiday = settings.TELLING_BEFORE_HOLIDAYS and local.date() + timedelta(days=1) in working.holidays
    return local.weekday() in settings.TELLING_LATEST_DAYS or before_holiday


def tell_suspect(
    *, actor: User, case_id: UUID, suspect_id: UUID, at: datetime, before_her_because: str = "", version: int | None = None
) -> m.SuspectTold:
    """Record when a suspect was told her or his outcome. Before a complainant was told: an inspector's decision with the reason.

    Raises NotAllowed, Conflict, NotPossible (no outcome, told already, in the future or before the day of the outcome,
    before the complainant without a supervisor's reason).
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(permissions.TELL)
        suspect, found = change.suspect(suspect_id)
        policies.has_an_outcome(found)
        outcome = m.SuspectOutcome.objects.get(case=change.case, suspect=suspect, reopened_at__isnull=True)
        if m.SuspectTold.objects.filter(case=change.case, outcome=outcome).exists():
            raise NotPossible("When the suspect was told this is on record already.")
        change.not_in_future(at)
        if clock.london_day(at) < outcome.on:
            raise NotPossible("Enter a time on or after the day of the outcome", field="at")
        waiting = untold(telling_facts(change.case), outcome, at)
        if waiting and not (before_her_because.strip() and permissions.SUPERVISE.holds(actor)):
            raise NotPossible(_first_words(waiting), field="before_her_because")
        row = change.add(
            m.SuspectTold,
            suspect=suspect,
            outcome=outcome,
            at=at,
            before_her_because=before_her_because if waiting else "",
            decided_by=actor if waiting else None,
        )
        change.put_in_timeline(
            "suspect_told", at=at, suspect=suspect, text=f"Before {names(waiting)}: {before_her_because}" if waiting else ""
        )
        return row


def untold(facts: CaseFacts, outcome: m.SuspectOutcome, at: datetime) -> list[str]:
    """Return the labels of the complainants whose crimes name the suspect and who had not been told of the outcome by then."""
    found = []
    for one in facts.complainants:
        told = [row.at for row in one.told if row.fact_id == outcome.pk and (row.was_told or row.was_decided)]
        if outcome.suspect_id in one.suspects and not any(moment <= at for moment in told):
            found.append(one.label)
    return found


def _first_words(labels: list[str]) -> str:
    return f"{names(labels)} had not been told by then. Only an inspector can decide that, and enters why"


def record_hearing(
    *, actor: User, case_id: UUID, suspect_id: UUID, at: datetime, court: str, received_at: datetime, version: int | None = None
) -> m.Hearing:
    """Record a court hearing of a charged suspect, or its new date as a further one: complainants are told of each.

    Raises NotAllowed, Conflict, NotPossible (not charged, no court, a date received in the future, a hearing recorded already).
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(permissions.HEARING)
        suspect, facts = change.suspect(suspect_id)
        policies.is_charged(facts)
        if not court.strip():
            raise NotPossible("Enter the court", field="court")
        change.not_in_future(received_at, field="received_at")
        if m.Hearing.objects.filter(case=change.case, suspect=suspect, at=at, court=court).exists():
            raise NotPossible("This hearing is recorded already", field="at")
        row = change.add(m.Hearing, suspect=suspect, at=at, court=court, received_at=received_at)
        change.put_in_timeline("hearing_recorded", at=received_at, suspect=suspect, text=f"{court}, {london_text(at)}")
        return row
