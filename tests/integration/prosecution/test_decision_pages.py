"""The pages and forms of a decision: who sees which, everything on them, bad input beside its field, nothing typed is lost."""

import html
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from accounts.roles import Role
from audit.models import AccessLog
from cases import models as m
from cases.acts import ACTS, On
from cases.services.reconcile import keys_of
from core import clock
from core.scope import scope, system
from prosecution.acts.decision import AFTERWARDS, PREPARING
from prosecution.pages.decision import decisions_of
from prosecution.services.decision_checks import propose_decision
from prosecution.services.decisions import change_decision
from prosecution.services.publishing import publish_decision
from tests.factories import AVON, SOUTH_WEST, World, acting_as, make_user
from tests.integration.cases.making import plan_tellings
from tests.integration.prosecution import deciding
from tests.integration.prosecution.deciding import CHARGE, NFA, act, prepared
from tests.integration.prosecution.making import fresh, suspect_of

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


@pytest.fixture
def case(world: World) -> m.Case:
    return deciding.with_cps(world)


def page_of(row: Any) -> str:
    return reverse("proposed_decision" if hasattr(row, "proposed_at") else "charging_decision", args=[row.pk])


def form_of(case: m.Case, slug: str, key: Any) -> str:
    return reverse("case_act_on", kwargs={"case_id": case.pk, "slug": slug, "target_id": key})


def sent(case: m.Case, said: dict[str, Any], **more: Any) -> dict[str, Any]:
    """What a browser sends of a decision."""
    return {"version": fresh(case).version, **{name: value for name, value in said.items() if value not in (None, "")}, **more}


def test_what_is_prepared_is_shown_to_the_cps_alone(world: World, case: m.Case, sign_in: SignIn) -> None:
    row = deciding.proposed(world, case)
    shown = sign_in(world.cps_manager).get(page_of(row)).content.decode()
    for words in ("Waiting for a second prosecutor", "Confirm or send back", NFA["reasons_for_victim"], "Copy for MG3", "Victim A"):
        assert words in shown
    for person in (world.investigator, world.supervisor, world.vlo, world.other_area, world.isva):
        assert sign_in(person).get(page_of(row)).status_code == 404


def test_its_page_offers_what_each_may_do(world: World, case: m.Case, sign_in: SignIn) -> None:
    row = prepared(world, case, **NFA)
    own = sign_in(world.prosecutor).get(page_of(row)).content.decode()
    assert "Propose for a second check" in own
    assert ">Publish<" not in own
    act(world.prosecutor, propose_decision, case, row)
    assert "Confirm or send back" not in sign_in(world.prosecutor).get(page_of(row)).content.decode()
    assert "Discard" not in sign_in(world.cps_manager).get(page_of(row)).content.decode()


def test_who_is_not_planned_for_is_named_with_the_way_to_the_plan(world: World, sign_in: SignIn) -> None:
    case = deciding.with_cps(world, planned=False)
    row = prepared(world, case)
    shown = sign_in(world.prosecutor).get(page_of(row)).content.decode()
    assert "plan how Victim A is told" in shown
    assert "/plan-telling/" in shown
    assert f"then=publish-decision&amp;on={row.pk}" in shown
    form = sign_in(world.prosecutor).get(form_of(case, "publish-decision", row.pk)).content.decode()
    assert "/plan-telling/" in form


def test_the_way_to_the_plan_has_the_decision_chosen(world: World, sign_in: SignIn) -> None:
    case = deciding.with_cps(world, planned=False)
    row = prepared(world, case)
    browser = sign_in(world.prosecutor)
    for page in (page_of(row), form_of(case, "publish-decision", row.pk)):
        (way,) = re.findall(r'href="([^"]+/plan-telling/[^"]+)"', browser.get(page).content.decode())
        radios = re.findall(r"<input[^>]+name=.decision.[^>]*>", browser.get(html.unescape(way)).content.decode())
        assert [f"told_charge:{row.suspect_id}" in one for one in radios if "checked" in one] == [True]
    address = html.unescape(way).split("?")[0]
    for typed in ("", "?decision=told_charge:nonsense"):
        radios = re.findall(r"<input[^>]+name=.decision.[^>]*>", browser.get(address + typed).content.decode())
        assert radios
        assert not any("checked" in one for one in radios)


def test_looking_at_what_is_prepared_stands_in_the_log_of_the_area_alone(world: World, case: m.Case, sign_in: SignIn) -> None:
    row = prepared(world, case)
    sign_in(world.prosecutor).get(page_of(row))
    of_area = make_user(SOUTH_WEST, Role.AUDITOR)
    for auditor, seen in ((world.auditor, 0), (of_area, 1)):
        with acting_as(auditor):
            rows = AccessLog.objects.of_agency(auditor.agency_id).filter(what="prepared decision", case_ids__contains=[case.pk])
            assert rows.count() == seen


@pytest.mark.parametrize("who", ["investigator", "supervisor", "prosecutor", "cps_manager", "vlo"])
def test_what_is_published_is_shown_to_both_sides(world: World, case: m.Case, sign_in: SignIn, who: str) -> None:
    row = deciding.published(world, case)
    shown = sign_in(getattr(world, who)).get(page_of(row)).content.decode()
    for words in ("Charge", "19C Rape of a female aged 16 or over", world.prosecutor.name, "Victim A", "52AB0000126", "Copy for MG3"):
        assert words in shown
    assert sign_in(world.other_area).get(page_of(row)).status_code == 404
    assert sign_in(world.kent).get(page_of(row)).status_code == 404


def test_an_overtaken_page_says_who_decided_and_keeps_the_text(world: World, case: m.Case, sign_in: SignIn) -> None:
    own, other = prepared(world, case, **NFA), prepared(world, case, by=world.cps_manager)
    made = act(world.cps_manager, publish_decision, case, other)
    shown = sign_in(world.prosecutor).get(page_of(own)).content.decode()
    for words in (f"{world.cps_manager.name} decided on this suspect", NFA["reasons_for_victim"], page_of(made)):
        assert words in shown
    assert "Decision as it was prepared" in shown
    assert "Decision being prepared" not in shown


def test_a_form_sent_too_late_gives_back_what_was_typed(world: World, case: m.Case, sign_in: SignIn) -> None:
    late = sent(case, NFA)
    deciding.published(world, case)
    answer = sign_in(world.cps_manager).post(form_of(case, "prepare-decision", suspect_of(case).pk), late)
    shown = answer.content.decode()
    assert answer.status_code == 400
    assert f"{world.prosecutor.name} decided on this suspect" in shown
    assert NFA["reasons_for_victim"] in shown


def test_what_was_overtaken_is_where_the_next_draft_begins(world: World, case: m.Case, sign_in: SignIn) -> None:
    prepared(world, case, **NFA)
    other = prepared(world, case, by=world.cps_manager, **deciding.FURTHER)
    act(world.cps_manager, publish_decision, case, other)
    form = sign_in(world.prosecutor).get(form_of(case, "prepare-decision", suspect_of(case).pk)).content.decode()
    assert NFA["reasons_for_victim"] in form


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"test": ""}, "Select an option for “Which test was applied?”"),
        ({"decision": "acquit"}, "Select an option for “What is decided?”"),
        ({"charges": ["ZZ"]}, "with which offences"),
        ({"reason_code": "K"}, "This code is that of another decision"),
        ({"principal_offence": "19F"}, "Select one of the offences charged"),
        ({"views_considered": "x" * 300}, "must be 250 characters or fewer"),
        ({"return_bail_on_day": "31", "return_bail_on_month": "2", "return_bail_on_year": "2030"}, "must be a real date"),
        ({"disposal": "2"}, "unless the decision is a non-conviction disposal"),
    ],
)
def test_bad_input_is_answered_beside_the_field(world: World, case: m.Case, sign_in: SignIn, more: dict[str, Any], words: str) -> None:
    answer = sign_in(world.prosecutor).post(form_of(case, "prepare-decision", suspect_of(case).pk), sent(case, CHARGE) | more)
    assert answer.status_code == 400
    assert words in answer.content.decode()


def test_from_the_form_to_published(world: World, case: m.Case, sign_in: SignIn) -> None:
    browser = sign_in(world.prosecutor)
    conditions = {f"condition_{number}": f"Because {number}" for number in range(1, 6)}
    typed = sent(case, CHARGE, test="threshold", review_on_day="1", review_on_month="6", review_on_year="2040", **conditions)
    assert browser.post(form_of(case, "prepare-decision", suspect_of(case).pk), typed).status_code == 302
    with acting_as(world.prosecutor):
        [line] = decisions_of(fresh_in(case), world.prosecutor)[suspect_of(case).pk]
    form = browser.get(line.address)
    assert "Because 3" in form.content.decode()
    key = line.address.rstrip("/").rsplit("/", 1)[-1]
    changing = browser.get(form_of(case, "change-decision", key)).content.decode()
    assert "Because 5" in changing
    answer = browser.post(form_of(case, "publish-decision", key), {"version": fresh(case).version, "also_crimes": "on"})
    assert answer.status_code == 302
    [made] = deciding.decisions(case)
    assert (made.test, made.charges, str(made.review_on)) == ("threshold", ["19C", "20A"], "2040-06-01")


def fresh_in(case: m.Case) -> m.Case:
    return m.Case.objects.get(pk=case.pk)


def test_sent_a_second_time_it_says_once_that_nothing_was_changed(world: World, case: m.Case, sign_in: SignIn) -> None:
    row, browser = deciding.proposed(world, case), sign_in(world.prosecutor)
    answer = browser.post(form_of(case, "propose-decision", row.pk), {"version": fresh(case).version})
    assert answer.status_code == 400
    assert answer.content.decode().count("Nothing was changed") == 1


def test_the_forms_ask_only_for_what_the_decision_needs(world: World, case: m.Case, sign_in: SignIn) -> None:
    row = deciding.confirmed(world, case)
    form = sign_in(world.prosecutor).get(form_of(case, "publish-decision", row.pk)).content.decode()
    assert 'name="code"' in form
    assert re.search(r'<input[^>]*name="also_crimes"[^>]*checked', form), (
        "a decision settles the crime with the suspect, unless told not to"
    )
    answer = sign_in(world.prosecutor).post(form_of(case, "publish-decision", row.pk), {"version": fresh(case).version})
    assert answer.status_code == 400
    assert "Select whether the victim supports" in answer.content.decode()
    act(world.prosecutor, change_decision, case, row, **deciding.FURTHER)
    form = sign_in(world.prosecutor).get(form_of(case, "publish-decision", row.pk)).content.decode()
    assert 'name="code"' not in form
    assert 'name="also_crimes"' not in form


def test_cps_direct_entered_in_one_short_form(world: World, case: m.Case, sign_in: SignIn) -> None:
    browser, address = sign_in(world.investigator), form_of(case, "enter-direct-decision", suspect_of(case).pk)
    assert browser.get(address).status_code == 200
    now = sent(case, {"decided_by": "Petra Nightingdale", "decision": "charge", "test": "full_code", "charges": ["19C"]})
    missing = browser.post(address, now)
    assert missing.status_code == 400
    assert "When did CPS Direct decide?" in missing.content.decode()
    day = clock.today()
    typed = now | {
        "decided_at_day": str(day.day),
        "decided_at_month": str(day.month),
        "decided_at_year": str(day.year),
        "decided_at_time": "00:01",
    }
    answer = browser.post(address, typed)
    assert answer.status_code == 302
    assert [one.by_direct for one in deciding.decisions(case)] == [True]


def test_a_suspects_decisions_in_lines(world: World, case: m.Case) -> None:
    prepared(world, case, by=world.cps_manager, **NFA)
    deciding.published(world, case)
    for person, states in ((world.prosecutor, ["Published", "Overtaken by another decision"]), (world.investigator, ["Published"])):
        with acting_as(person):
            found = decisions_of(fresh_in(case), person, {suspect_of(case).pk})
        assert [one.state for one in found[suspect_of(case).pk]] == states


@pytest.mark.parametrize("is_published", [True, False])
def test_a_fixed_number_of_queries(world: World, sign_in: SignIn, is_published: bool) -> None:
    small, large = (deciding.with_cps(world, reference=f"52/Q/{number}", suspects=number) for number in (1, 3))
    with scope(system(AVON)):
        for label in ("B", "C", "D"):
            row = m.Complainant.objects.create(**keys_of(large), label=label)
            crime = m.Offence.objects.create(**keys_of(large), complainant=row, code="19C")
            for suspect in m.Suspect.objects.filter(case=large):
                m.Allegation.objects.create(**keys_of(large), offence=crime, suspect=suspect)
    plan_tellings(large)
    counted = []
    for case in (small, large):
        decision: Any = deciding.published(world, case) if is_published else prepared(world, case)
        browser = sign_in(world.prosecutor)
        browser.get(page_of(decision))
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(page_of(decision)).status_code == 200
        counted.append(len(queries))
    assert counted[0] == counted[1]


NONSENSE = {"reason": "\u202e", "note": "x" * 5_000, "decided_at_day": "31", "code": "99", "charges": "nobody", "confirm": "perhaps"}


@pytest.mark.parametrize("slug", [act.slug for act in (*PREPARING, *AFTERWARDS)])
def test_every_act_answers_nonsense_without_a_fault(world: World, case: m.Case, sign_in: SignIn, slug: str) -> None:
    made = deciding.published(world, case) if slug in {"review-threshold", "record-court-outcome"} else None
    row = None if made else prepared(world, case, **NFA)
    if row is not None and slug == "check-decision":
        act(world.prosecutor, propose_decision, case, row)
    target = {On.SUSPECT: suspect_of(case), On.PROPOSED_DECISION: row, On.CHARGING_DECISION: made}[ACTS[slug].on]
    assert target is not None
    browser = sign_in(world.cps_manager if slug == "check-decision" else world.prosecutor)
    for answer in (
        browser.get(form_of(case, slug, target.pk)),
        browser.post(form_of(case, slug, target.pk), {"version": fresh(case).version, **NONSENSE}),
    ):
        assert answer.status_code in {200, 302, 400}, answer.content.decode()


def test_the_page_of_the_referral_leads_to_the_decision(world: World, case: m.Case, sign_in: SignIn) -> None:
    row = prepared(world, case, by=world.cps_manager)
    address = reverse("referral", args=[row.referral_id])
    shown = sign_in(world.prosecutor).get(address).content.decode()
    assert "/prepare-decision/" in shown
    assert page_of(row) in shown
    police = sign_in(world.investigator).get(address).content.decode()
    assert "/prepare-decision/" not in police
    assert page_of(row) not in police
    made = act(world.cps_manager, publish_decision, case, row)
    assert page_of(made) in sign_in(world.investigator).get(address).content.decode()
