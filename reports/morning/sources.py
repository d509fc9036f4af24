"""The rows behind each part of the morning, as querysets: one query a part, each with `sort_at`, the moment it is ordered by."""

from datetime import timedelta
from typing import Any

from django.db.models import CharField, Count, DateTimeField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from accounts.models import User
from cases import models as m
from cases.derive.clocks import Kind, Owes
from cases.derive.states import OPEN_STAGES
from cases.models.telling import ToldAbout
from cases.services.telling import AT_ONCE
from reports.arrests import late, named_without_suspect
from reports.bail import clocks as bail
from reports.describing import with_who
from reports.morning.look import Look

LAST_HOURS = 24
"""How long emergency access stays in the morning."""
NO_TEXT = Value("", output_field=CharField())


def overdue_arrests(look: Look) -> QuerySet[Any]:
    """Return arrest clocks that are late, as the report of overdue arrests counts them."""
    found: QuerySet[Any] = late(look.reach, look.seen).annotate(sort_at=F("first_due_at"))
    return found


def in_custody(look: Look) -> QuerySet[Any]:
    """Return arrests with no release after them, whose suspect has no outcome; those without a detention clock first."""
    settled = m.SuspectOutcome.objects.filter(suspect=OuterRef("suspect"), reopened_at__isnull=True)
    later = m.Arrest.objects.filter(suspect=OuterRef("suspect"), at__gt=OuterRef("at"))
    ends = m.Deadline.objects.filter(case=OuterRef("case"), kind=Kind.DETENTION, subject_id=OuterRef("pk"), cancelled=False)
    held = m.Arrest.objects.filter(look.reach.owner, released_at__isnull=True, imported=False, case__in=look.reach.cases)
    held = held.filter(suspect__recorded_in_error_at__isnull=True, case__stage__in=OPEN_STAGES).exclude(Exists(settled) | Exists(later))
    described: QuerySet[Any] = with_who(held).annotate(
        due_at=Subquery(ends.values("due_at")[:1]),
        sort_at=Coalesce(Subquery(ends.values("due_at")[:1]), F("at"), output_field=DateTimeField()),
        hours=F("detention__hours"),
    )
    return described


def not_told(look: Look) -> QuerySet[Any]:
    """Return what complainants were recorded as not told of a release or of bail, and are still owed; of one act a row."""
    rows = m.Told.objects.filter(look.reach.owner, withdrawn_at__isnull=True, about__in=AT_ONCE, case__in=look.reach.cases)
    owed = look.running().filter(case=OuterRef("case"), complainant=OuterRef("complainant"), kind=OuterRef("about")).order_by()
    since = m.Told.objects.filter(case=OuterRef("case"), complainant=OuterRef("complainant"), fact_id=OuterRef("fact_id"))
    said = since.filter(about=OuterRef("about"), withdrawn_at__isnull=True)
    later = said.filter(Q(told_at__isnull=False) | Q(created_at__gt=OuterRef("created_at")))
    with_release = rows.filter(case=OuterRef("case"), complainant=OuterRef("complainant"), at=OuterRef("at"))
    beside = ~Q(about=ToldAbout.RELEASE) & Exists(with_release.filter(about=ToldAbout.RELEASE))
    found = rows.filter(~Q(not_told_because=""), Exists(owed)).exclude(Exists(later)).exclude(beside)
    described: QuerySet[Any] = with_who(found).annotate(sort_at=F("at"), label=F("complainant__label"))
    return described


def bail_soon(look: Look) -> QuerySet[Any]:
    """Return bail that answers today or in the 14 days after."""
    found: QuerySet[Any] = bail.answering(look.reach).annotate(sort_at=F("due_at"))
    return found


def bail_lapsed(look: Look) -> QuerySet[Any]:
    """Return bail whose last day is over with nothing recorded."""
    found: QuerySet[Any] = bail.lapsed(look.reach).annotate(sort_at=F("due_at"))
    return found


def bail_passed(look: Look) -> QuerySet[Any]:
    """Return imported bail whose day had passed, and nobody has said what happened."""
    found: QuerySet[Any] = bail.passed(look.reach).annotate(sort_at=F("at"))
    return found


def reviews(look: Look) -> QuerySet[Any]:
    """Return supervisors' reviews that are due today or late: of the case, of a situation, of a release under investigation."""
    due = look.running(Kind.SUPERVISOR_REVIEW, Kind.SITUATION_REVIEW, Kind.RUI_REVIEW).filter(due_on__lte=look.today)
    found: QuerySet[Any] = with_who(due).annotate(sort_at=F("due_at"))
    return found


def decisions(look: Look) -> QuerySet[Any]:
    """Return decisions not to arrest that wait for a second person."""
    rows = m.ArrestDecision.objects.filter(look.reach.owner, answer=m.ArrestDecision.Answer.WAITING, case__in=look.reach.cases)
    found: QuerySet[Any] = with_who(rows).annotate(sort_at=F("proposed_at"), asked_by=F("created_by__name"))
    return found


def corrections(look: Look) -> QuerySet[Any]:
    """Return corrections that wait for a supervisor: risk lowered, identification moved later, an act made timely."""
    rows = m.FactCorrection.objects.filter(look.reach.owner, answer=m.FactCorrection.Answer.WAITING, case__in=look.reach.cases)
    found: QuerySet[Any] = with_who(rows, suspect="row_id").annotate(sort_at=F("created_at"), asked_by=F("created_by__name"))
    return found


def away(look: Look) -> QuerySet[Any]:
    """Return officers away at any time this week with nobody covering, whose cases have something due by its end."""
    mine = m.CasePerson.objects.filter(user=OuterRef(OuterRef("pk")), role=m.CaseRole.OFFICER, until__isnull=True)
    due = look.running().filter(owes=Owes.POLICE, due_on__lte=look.week_end, case__in=mine.values("case")).order_by()
    number = due.values("owes").annotate(number=Count("pk")).values("number")
    soonest = due.order_by("due_at").values("due_at")[:1]
    this_week = Q(away_from__lte=look.week_end) & (Q(away_to__isnull=True) | Q(away_to__gte=look.today))
    cover_gone = Q(covered_by__isnull=True) | Q(covered_by__is_active=False) | _away("covered_by__", look)
    people = User.objects.visible_to(look.user).active().filter(this_week & cover_gone)
    described: QuerySet[Any] = people.annotate(sort_at=Subquery(soonest), things_due=Subquery(number))
    return described.filter(sort_at__isnull=False)


def _away(who: str, look: Look) -> Q:
    """Return the condition that the person a column leads to is away today as well."""
    return Q(**{f"{who}away_from__lte": look.today}) & (Q(**{f"{who}away_to__isnull": True}) | Q(**{f"{who}away_to__gte": look.today}))


def named(look: Look) -> QuerySet[Any]:
    """Return open cases where somebody has been named and no suspect is recorded."""
    return _cases(named_without_suspect(look.reach))


def unallocated(look: Look) -> QuerySet[Any]:
    """Return open cases without an officer in the case."""
    officer = m.CasePerson.objects.filter(case=OuterRef("pk"), role=m.CaseRole.OFFICER, until__isnull=True)
    return _cases(look.reach.cases.filter(~Exists(officer), stage__in=OPEN_STAGES))


def _cases(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Describe rows that are cases themselves, and so have no suspect."""
    officer = m.CasePerson.objects.filter(case=OuterRef("pk"), role=m.CaseRole.OFFICER, until__isnull=True)
    described: QuerySet[Any] = rows.annotate(
        case_id=F("pk"),
        reference=F("crime_reference"),
        surname=NO_TEXT,
        forenames=NO_TEXT,
        officer=Subquery(officer.values("user__name")[:1]),
        sort_at=F("recorded_at"),
    )
    return described


def emergencies(look: Look) -> QuerySet[Any]:
    """Return emergency access taken in the last 24 hours: to cases in sight, and for a supervisor of the force to others too.

    Of a case out of sight it is said only that access was taken, by whom and when: `visible` is false. Whoever is excluded
    from a case hears nothing of it.
    """
    since = look.now - timedelta(hours=LAST_HOURS)
    excluded = m.Exclusion.objects.filter(case=OuterRef("case"), user=look.user, lifted_at__isnull=True)
    rows = m.EmergencyAccess.objects.filter(look.reach.owner, created_at__gte=since).exclude(Exists(excluded))
    rows = rows.annotate(visible=Exists(look.reach.cases.filter(pk=OuterRef("case_id"))))
    if not look.over_force:
        rows = rows.filter(visible=True)
    found: QuerySet[Any] = with_who(rows, suspect="pk").annotate(sort_at=F("created_at"), asked_by=F("user__name"))
    return found
