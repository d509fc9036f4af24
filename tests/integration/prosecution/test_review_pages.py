"""The pages of the review unit, the request form on the case, and what an ISVA passes on."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from cases import models as m
from core import clock
from core.scope import scope, system
from core.sealedfield import opening
from prosecution.models import ReviewRequest
from prosecution.models import ReviewState as V
from tests.factories import AVON, World
from tests.integration.prosecution import reviewing as r
from tests.integration.prosecution.making import police_case
from tests.integration.prosecution.reviewing import GROUNDS, ReviewUnit
from tests.integration.victims.supporting import allocate, make_manager, name_victim, refer

pytestmark = pytest.mark.django_db
LIST = reverse("review_list")


@pytest.fixture
def unit(world: World) -> ReviewUnit:
    return r.make_review_unit("police")


@pytest.fixture
def case(world: World) -> m.Case:
    return r.decided_case(world)


def get(client: Client, person: User, address: str, **query: str) -> Any:
    """Return a page as a person gets it."""
    client.force_login(person)
    return client.get(address, query)


def lodge_address(case: m.Case) -> str:
    """Return the address of the form on the case."""
    target = r.complainant_of(case).pk
    return reverse("case_act_on", kwargs={"case_id": case.pk, "slug": "lodge-review", "target_id": target})


def typed(case: m.Case, **more: str) -> dict[str, str]:
    """Return what an officer types."""
    today = clock.today()
    said = {
        "decision_id": str(r.outcome_of(case).pk), "received_on_day": str(today.day), "received_on_month": str(today.month),
        "received_on_year": str(today.year), "asked_by": "solicitor", "own_words": "no", "grounds": GROUNDS,
    }  # fmt: skip
    return said | more


def test_an_officer_passes_it_on_and_sees_it_no_more(client: Client, world: World, case: m.Case, unit: ReviewUnit) -> None:
    page = get(client, world.investigator, reverse("case_page", args=[case.pk])).content.decode()
    assert lodge_address(case) in page
    assert "The time to ask has not begun" in page
    form = client.get(lodge_address(case))
    assert form.status_code == 200
    answer = client.post(lodge_address(case), typed(case, version=str(case.version)))
    assert answer.status_code == 302, answer.content.decode()
    page = client.get(reverse("case_page", args=[case.pk])).content.decode()
    assert "A review was asked for" in page
    assert GROUNDS not in page
    with scope(system(AVON)):
        row = ReviewRequest.objects.get(case=case)
    for person in (world.investigator, world.supervisor):
        assert get(client, person, reverse("review_request", args=[row.pk])).status_code == 404
    assert GROUNDS in get(client, unit.reviewer, reverse("review_request", args=[row.pk])).content.decode()


def test_the_end_of_her_time_stands_on_the_case(client: Client, world: World, case: m.Case) -> None:
    r.reasons_reached(case, 10)
    page = get(client, world.investigator, reverse("case_page", args=[case.pk])).content.decode()
    assert "She or he can ask until" in page


def test_late_without_why_comes_back_beside_the_field_with_what_was_typed(client: Client, world: World, unit: ReviewUnit) -> None:
    case = r.decided_case(world, days=5)
    client.force_login(world.investigator)
    answer = client.post(lodge_address(case), typed(case, version=str(case.version), asked_by=""))
    assert answer.status_code == 400
    assert GROUNDS in answer.content.decode()


def test_the_list_shows_what_waits_to_the_unit_and_nothing_to_others(client: Client, world: World, case: m.Case, unit: ReviewUnit) -> None:
    r.lodged(world, case)
    assert case.crime_reference in get(client, unit.reviewer, LIST).content.decode()
    page = get(client, world.supervisor, LIST)
    assert page.status_code == 200
    assert case.crime_reference not in page.content.decode()
    assert "You are not in it" in page.content.decode()
    assert get(client, world.investigator, LIST).status_code == 404
    assert "None was completed yet" in get(client, unit.reviewer, LIST, show="completed").content.decode()


@pytest.mark.parametrize("state", list(V))
def test_the_page_in_every_state(client: Client, world: World, case: m.Case, unit: ReviewUnit, state: V) -> None:
    row = r.in_state(world, case, unit, state)
    for person in (unit.reviewer, unit.second):
        page = get(client, person, reverse("review_request", args=[row.pk]))
        assert page.status_code == 200
        assert str(V(state).label) in page.content.decode()
    assert get(client, unit.reviewer, LIST, show="completed" if row.completed_at else "").status_code == 200


@pytest.mark.parametrize(
    ("slug", "state"),
    [
        ("acknowledge-review", V.ASKED), ("allocate-review", V.ACKNOWLEDGED), ("lengthen-review", V.ALLOCATED),
        ("decide-review", V.ALLOCATED), ("propose-out-of-scope", V.ASKED), ("answer-out-of-scope", V.OUT_PROPOSED),
        ("withdraw-review", V.ALLOCATED),
    ],
)  # fmt: skip
def test_every_form_opens_for_the_unit_and_is_nothing_for_who_took_part(
    client: Client, world: World, case: m.Case, unit: ReviewUnit, slug: str, state: V
) -> None:
    row = r.in_state(world, case, unit, state)
    address = reverse("case_act_on", kwargs={"case_id": case.pk, "slug": slug, "target_id": row.pk})
    assert get(client, unit.second, address).status_code == 200
    assert get(client, world.supervisor, address).status_code == 404
    assert get(client, world.supervisor2, address).status_code == 404


def test_a_fixed_number_of_queries(client: Client, world: World, case: m.Case, unit: ReviewUnit) -> None:
    r.lodged(world, case)
    client.force_login(unit.reviewer)
    client.get(LIST)
    with CaptureQueriesContext(connection) as one:
        client.get(LIST)
    for number in range(3):
        r.lodged(world, r.decided_case(world, reference=f"52/TEST/{number + 10}"))
    with CaptureQueriesContext(connection) as many:
        client.get(LIST)
    assert len(one) == len(many)


def client_of(world: World, case: m.Case) -> m.Complainant:
    """Make complainant A a client of the ISVA."""
    name_victim(case)
    referral = refer(world, case)
    allocate(make_manager(), referral.complainant_id, world.isva)
    return r.complainant_of(case)


@pytest.fixture
def served(world: World, case: m.Case) -> m.Complainant:
    """Complainant A as a client of the ISVA."""
    return client_of(world, case)


def test_an_isva_passes_on_what_a_client_asks(client: Client, world: World, case: m.Case, unit: ReviewUnit, served: m.Complainant) -> None:
    address = reverse("client_review", args=[served.pk])
    assert address in get(client, world.isva, reverse("client", args=[served.pk])).content.decode()
    page = client.get(address).content.decode()
    assert "Decision of the police" in page
    assert "Suspect" not in page
    said = typed(case)
    del said["asked_by"]
    answer = client.post(address, said)
    assert answer.status_code == 302, answer.content.decode()
    with scope(system(AVON)):
        row = ReviewRequest.objects.get(case=case)
        with opening("test"):
            assert (row.asked_by, row.grounds, row.created_by_id) == ("isva", GROUNDS, world.isva.pk)
    assert "Asked for already" in client.get(address).content.decode()


def test_somebody_elses_client_is_nothing(client: Client, world: World, case: m.Case) -> None:
    address = reverse("client_review", args=[r.complainant_of(case).pk])
    assert get(client, world.isva, address).status_code == 404
    assert client.post(address, typed(case)).status_code == 404
    assert get(client, world.investigator, address).status_code == 404


def test_without_a_decision_there_is_nothing_to_ask(client: Client, world: World) -> None:
    case = police_case(world, reference="52/TEST/20")
    served = client_of(world, case)
    page = get(client, world.isva, reverse("client_review", args=[served.pk])).content.decode()
    assert "No decision that ended the investigation" in page


@pytest.mark.parametrize("side", ["police", "cps"])
def test_the_first_page_of_whoever_works_the_case_bears_a_request_and_says_nothing_of_it(client: Client, world: World, side: str) -> None:
    case, unit = r.decided_case(world, side, reference="52/TEST/30"), r.make_review_unit(side)
    row = r.lodged(world, case, by=world.prosecutor if side == "cps" else world.investigator, days_ago=19)
    for person in (world.investigator, world.supervisor, world.prosecutor, world.cps_manager, unit.reviewer):
        page = get(client, person, reverse("home"))
        assert page.status_code == 200, person
        text = page.content.decode()
        assert GROUNDS not in text
        assert "acknowledge-review" not in text
    assert get(client, unit.reviewer, reverse("case_page", args=[case.pk])).status_code == 200
    assert row.number == 1
