"""Readers of what complainants are owed and were told, and of everything that the clocks of a case are derived from."""

from collections import defaultdict
from dataclasses import replace
from uuid import UUID

from cases import models as m
from cases.derive.clocks import beside
from cases.derive.facts import CaseFacts, ComplainantFacts, HearingFact, OfficerFact, ToldFact
from cases.selectors import emergencies_of, facts_of


def everything_of(case: m.Case) -> CaseFacts:
    """Return all facts that clocks are derived from, those of the apps above included. Called in the system scope of the case's force."""
    return replace(
        facts_of(case),
        emergencies=emergencies_of(case),
        complainants=complainants_of(case),
        officers=_officers(case),
        hearings=_hearings(case),
        beside=beside(case),
    )


def complainants_of(case: m.Case) -> tuple[ComplainantFacts, ...]:
    """Return the complainants, in order of their labels, with what each was told, in three queries."""
    named: dict[UUID, set[UUID]] = defaultdict(set)
    alleged = m.Allegation.objects.filter(case=case, withdrawn_at__isnull=True).values_list("offence__complainant_id", "suspect_id")
    for complainant_id, suspect_id in alleged:
        named[complainant_id].add(suspect_id)
    told: dict[UUID, list[ToldFact]] = defaultdict(list)
    rows = m.Told.objects.filter(case=case, withdrawn_at__isnull=True).order_by("at", "created_at")
    for key, about, fact_id, at, told_at in rows.values_list("complainant_id", "about", "fact_id", "at", "told_at"):
        told[key].append(ToldFact(about, fact_id, at, told_at is None))
    labels = m.Complainant.objects.filter(case=case).order_by("created_at", "label")
    return tuple(
        ComplainantFacts(key, label, entitlement, case.recorded_at, frozenset(named[key]), tuple(told[key]))
        for key, label, entitlement in labels.values_list("id", "label", "entitlement")
    )


def _officers(case: m.Case) -> tuple[OfficerFact, ...]:
    """Return who became the officer in the case after another: the first one is no new officer."""
    rows = m.CasePerson.objects.filter(case=case, role=m.CaseRole.OFFICER).order_by("since", "created_at")
    return tuple(OfficerFact(*row) for row in rows.values_list("id", "since")[1:])


def _hearings(case: m.Case) -> tuple[HearingFact, ...]:
    rows = m.Hearing.objects.filter(case=case).order_by("received_at", "created_at")
    return tuple(HearingFact(*row) for row in rows.values_list("id", "suspect_id", "received_at"))
