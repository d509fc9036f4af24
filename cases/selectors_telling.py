"""Readers of what complainants are owed and were told, and of everything that the clocks of a case are derived from."""

from collections import defaultdict
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef

from cases import models as m
from cases.derive.clocks import beside
from cases.derive.facts import CaseFacts, ComplainantFacts, CrimeFact, HearingFact, OfficerFact, PlanFact, ToldFact
from cases.selectors import Rows, emergencies_of, facts_of
from core import clock


def everything_of(case: m.Case) -> CaseFacts:
    """Return all facts that clocks are derived from, those of the apps above included. Called in the system scope of the case's force."""
    return replace(
        telling_facts(case),
        emergencies=emergencies_of(case),
        went_on_at=went_on_at(case),
        beside=beside(case),
        as_of=clock.now(),
    )


def went_on_at(case: m.Case) -> datetime | None:
    """Return when another force took the case over, or None."""
    rows = m.CaseLink.objects.filter(case=case, way=m.CaseLink.Way.TO).order_by("since")
    return rows.values_list("since", flat=True).first()


def telling_facts(case: m.Case) -> CaseFacts:
    """Return the facts of a case with all that telling is about. The caller has proved sight of the case."""
    return replace(
        facts_of(case),
        complainants=complainants_of(case),
        officers=_officers(case),
        hearings=_hearings(case),
        as_of=clock.now(),
    )


def complainants_of(case: m.Case) -> tuple[ComplainantFacts, ...]:
    """Return the complainants, in order of their labels, with what each was told and what was planned, in five queries."""
    named: dict[UUID, set[UUID]] = defaultdict(set)
    alleged = m.Allegation.objects.filter(case=case, withdrawn_at__isnull=True)
    naming = set()
    for complainant_id, offence_id, suspect_id in alleged.values_list("offence__complainant_id", "offence_id", "suspect_id"):
        named[complainant_id].add(suspect_id)
        naming.add(offence_id)
    nameless: dict[UUID, list[CrimeFact]] = defaultdict(list)
    crimes = m.Offence.objects.filter(case=case).exclude(pk__in=naming).order_by("created_at", "id")
    closed: Rows = crimes.values_list("complainant_id", "id", "outcome_code", "outcome_on")
    for key, *crime in closed:
        nameless[key].append(CrimeFact(*crime))
    told: dict[UUID, list[ToldFact]] = defaultdict(list)
    rows = m.Told.objects.filter(case=case, withdrawn_at__isnull=True).order_by("at", "created_at")
    said: Rows = rows.values_list("complainant_id", "about", "fact_id", "at", "not_told_because", "before_release")
    for key, *one in said:
        told[key].append(ToldFact(*one))
    planned: dict[UUID, list[PlanFact]] = defaultdict(list)
    there = m.CasePerson.objects.filter(case=OuterRef("case"), user=OuterRef("teller"), until__isnull=True, user__is_active=True)
    plans = m.TellingPlan.objects.filter(case=case).annotate(there=Exists(there)).order_by("at", "created_at")
    found: Rows = plans.values_list("complainant_id", "about", "suspect_id", "at", "planned_at", "arranged", "there")
    for key, *one in found:
        planned[key].append(PlanFact(*one))
    labels = m.Complainant.objects.filter(case=case).order_by("created_at", "label")
    return tuple(
        ComplainantFacts(
            key,
            label,
            entitlement,
            case.recorded_at,
            frozenset(named[key]),
            tuple(told[key]),
            tuple(planned[key]),
            tuple(nameless[key]),
        )
        for key, label, entitlement in labels.values_list("id", "label", "entitlement")
    )


def _officers(case: m.Case) -> tuple[OfficerFact, ...]:
    """Return who became the officer in the case after another: the first one is no new officer, unless the case came from another force."""
    came_from = Exists(m.CaseLink.objects.filter(case=OuterRef("case"), way=m.CaseLink.Way.FROM))
    rows = m.CasePerson.objects.filter(case=case, role=m.CaseRole.OFFICER).annotate(came=came_from).order_by("since", "created_at")
    return tuple(
        OfficerFact(key, since) for number, (key, since, came) in enumerate(rows.values_list("id", "since", "came")) if number or came
    )


def _hearings(case: m.Case) -> tuple[HearingFact, ...]:
    rows = m.Hearing.objects.filter(case=case).order_by("received_at", "created_at")
    return tuple(HearingFact(*row) for row in rows.values_list("id", "suspect_id", "received_at"))
