"""The number of queries of list and case page: fixed, whatever they show."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from cases import models as m
from core.scope import scope, system
from tests.factories import AVON, World, ago
from tests.integration.cases.making import make_case

SignIn = Callable[[User], Client]
LIST_BUDGET, PAGE_BUDGET = 14, 44
"""Statements a page. Of the case page’s, seven are what one app above shows beside each complainant, two what passed to the CPS, one
the right to review."""


def count(client: Client, address: str) -> int:
    """Return how many statements a page takes, savepoints of the test's own transaction left out."""
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len([query for query in queries if "SAVEPOINT" not in query["sql"]])


@pytest.mark.parametrize("who", ["investigator", "supervisor", "prosecutor"])
def test_the_list_takes_the_same_few_queries_for_3_rows_as_for_60(world: World, sign_in: SignIn, who: str) -> None:
    client = sign_in(getattr(world, who))
    client.get("/cases/")
    taken = set()
    for total in (3, 60):
        _cases(world, total)
        taken.add(count(client, "/cases/?only=no_decision&stage=investigating"))
        taken.add(count(client, "/cases/"))
    assert len(taken) == 1
    assert taken.pop() <= LIST_BUDGET


def _cases(world: World, total: int) -> None:
    with scope(system(AVON)):
        have = m.Case.objects.count()
        for number in range(have, total):
            case = m.Case.objects.create(
                force_id=AVON,
                cps_area_scope=110,
                crime_reference=f"MANY/{number}",
                recorded_at=ago(days=9),
                risk="high",
                unit=world.north,
                stage="investigating",
            )
            keys = {"case": case, "force_id": AVON, "cps_area_scope": 110}
            m.Suspect.objects.create(**keys, number=1, surname="Invented", identified_at=ago(days=9))
            m.CasePerson.objects.create(**keys, user=world.investigator, role="officer")


@pytest.mark.parametrize("who", ["investigator", "supervisor", "prosecutor"])
def test_the_case_page_takes_the_same_few_queries_whatever_the_case_holds(world: World, sign_in: SignIn, who: str) -> None:
    case = make_case(world.investigator, "Invented")
    with scope(system(AVON)):
        m.Case.objects.filter(pk=case.pk).update(cps_area_scope=110)
    client = sign_in(getattr(world, who))
    client.get(f"/cases/{case.pk}/")
    small = count(client, f"/cases/{case.pk}/")
    _grow(world, case)
    assert count(client, f"/cases/{case.pk}/") == small
    assert small <= PAGE_BUDGET


def _grow(world: World, case: m.Case) -> None:
    keys = {"case": case, "force_id": AVON, "cps_area_scope": 110, "created_by": world.investigator}
    with scope(system(AVON)):
        for number in range(2, 9):
            suspect = m.Suspect.objects.create(**keys, number=number, surname=f"Invented {number}", identified_at=ago(days=9))
            arrest = m.Arrest.objects.create(**keys, suspect=suspect, at=ago(days=5), released_at=ago(days=4), released_to="bail")
            m.Detention.objects.create(**keys, arrest=arrest, began_at=ago(days=5), hours=24)
            m.ArrestAttempt.objects.create(**keys, suspect=suspect, at=ago(days=6), what_happened="Not at home")
            m.ArrestDelay.objects.create(**keys, suspect=suspect, at=ago(days=6), reason="no_officers")
            m.Interview.objects.create(**keys, suspect=suspect, at=ago(days=5), manner="after_arrest")
            m.PlannedArrest.objects.create(**keys, suspect=suspect, planned_for=ago(days=-1), officer=world.investigator)
            bail = m.Bail.objects.create(**keys, suspect=suspect, arrest=arrest, granted_at=ago(days=4), authority="custody_officer")
            m.BailEvent.objects.create(**keys, bail=bail, kind="varied", at=ago(days=3))
            m.SuspectSituation.objects.create(**keys, suspect=suspect, kind="abroad", since=ago(days=2), note="Seen leaving")
            m.ArrestDecision.objects.create(**keys, suspect=suspect, proposed_at=ago(days=1), rationale="Invented")
            m.SupervisorReview.objects.create(
                **keys, suspect=suspect, of="situation", at=ago(days=1), direction="Go on", direction_to=world.investigator
            )
            m.CpsPosition.objects.create(**keys, suspect=suspect, position="with_cps", since=ago(days=1))
            complainant = m.Complainant.objects.create(**keys, label=chr(66 + number))
            offence = m.Offence.objects.create(**keys, complainant=complainant, code="19C")
            m.Allegation.objects.create(**keys, offence=offence, suspect=suspect, assumed=True)
            m.LineOfEnquiry.objects.create(**keys, focus="suspect", what=f"Enquiry {number}")
            m.CaseAccess.objects.create(**keys, user=world.colleague, purpose="Reads", until=ago(days=-9).date())
            m.TimelineEvent.objects.create(
                **keys, suspect=suspect, kind="arrested", happened_at=ago(days=5), actor_name="X", case_version=number
            )
            m.Deadline.objects.create(
                **keys, suspect=suspect, kind="arrest", subject_id=suspect.pk, owes="police", started_at=ago(days=9), due_at=ago(days=2),
                due_on=ago(days=3).date(), first_due_at=ago(days=2), first_due_on=ago(days=3).date(), setting_version=1,
            )  # fmt: skip
