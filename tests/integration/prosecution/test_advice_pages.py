"""The page of a request for early advice and the forms of its acts, in the browser of each side."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Accreditation, Agency, User
from accounts.roles import Role
from cases import models as m
from cases.services.complainants import change_needs
from cases.services.enquiries import end_enquiry, open_enquiry
from core import clock
from core.scope import scope, system
from prosecution.acts.advice import CPS, POLICE
from prosecution.models import AdviceState as S
from prosecution.models import EarlyAdvice
from prosecution.services.advice_answers import keep_answers
from tests.factories import AVON, SOUTH_WEST, World, make_user
from tests.integration.prosecution import advising
from tests.integration.prosecution.making import (
    ADVICE_TEXTS,
    accepted_advice,
    asked,
    brought_case,
    do,
    drafted_advice,
    fresh,
    police_case,
)

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


def page_of(row: EarlyAdvice) -> str:
    return reverse("early_advice", args=[row.pk])


def act(case: m.Case, slug: str, row: EarlyAdvice | None = None) -> str:
    if row is None:
        return reverse("case_act", kwargs={"case_id": case.pk, "slug": slug})
    return reverse("case_act_on", kwargs={"case_id": case.pk, "slug": slug, "target_id": row.pk})


def body(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return answer.content.decode()


def post(client: Client, address: str, **given: Any) -> Any:
    return client.post(address, given)


def test_a_new_request_begins_with_what_the_case_gives(world: World, sign_in: SignIn) -> None:
    case = police_case(world)
    with scope(system(AVON)):
        victim = m.Complainant.objects.get(case=case)
    needs = {"needs_interpreter": True, "needs_intermediary": False, "needs_special_measures": False}
    do(world.investigator, change_needs, case, complainant_id=victim.pk, **needs)
    phone = do(world.investigator, open_enquiry, case, focus="suspect", what="Phone of the suspect", expected_on=clock.today())
    do(world.investigator, open_enquiry, case, focus="circumstances", what="Door staff", state="contemplated")
    done = do(world.investigator, open_enquiry, case, focus="suspect", what="Taxi records")
    do(world.investigator, end_enquiry, case, enquiry_id=done.pk, state="done", result="Journey confirmed")
    shown = sign_in(world.investigator).get(act(case, "draft-advice")).context["form"].initial
    assert "Recorded on" in shown["summary"]
    assert "Suspect 1" in shown["summary"]
    assert "Rape of a female aged 16 or over (19C), Victim A" in shown["summary"]
    assert shown["enquiries_done"] == "- Taxi records: Journey confirmed"
    assert shown["enquiries_going_on"].startswith(f"- {phone.what}. Expected outcome: (say what). By: ")
    assert "(say when)" not in shown["enquiries_going_on"]
    assert shown["enquiries_contemplated"] == "- Door staff. Expected outcome: (say what). By: (say when)."
    assert shown["support_needs"] == "Victim A: interpreter."
    assert shown["explanation"] == "No suspect has been interviewed yet."


def test_from_draft_to_sent_in_the_browser(world: World, sign_in: SignIn) -> None:
    case = police_case(world)
    row = drafted_advice(world, case)
    client = sign_in(world.investigator)
    given = {**advising.form_of(row, world.investigator), "issues": "Consent and identity."}
    back = f"?back={page_of(row)}"
    answer = post(client, act(case, "change-advice", row) + back, **given)
    assert (answer.status_code, answer["Location"]) == (302, page_of(row))
    assert "Consent and identity." in body(client, page_of(row))
    assert post(client, act(case, "ready-advice", row), version=fresh(case).version).status_code == 302
    client = sign_in(world.sergeant)
    assert post(client, act(case, "send-advice", row), version=fresh(case).version).status_code == 302
    assert advising.again(row).state == S.SENT


def test_a_double_click_makes_one_draft(world: World, sign_in: SignIn) -> None:
    case = police_case(world)
    client = sign_in(world.investigator)
    given = {"method": "written", "summary": "x", "version": case.version}
    assert post(client, act(case, "draft-advice"), **given).status_code == 302
    again = post(client, act(case, "draft-advice"), **given)
    assert again.status_code == 409
    with scope(system(AVON)):
        assert EarlyAdvice.objects.filter(case=case).count() == 1
    again = post(client, act(case, "draft-advice"), **{**given, "version": fresh(case).version})
    assert again.status_code == 400
    assert "Request 1 is not sent yet" in again.content.decode()


def test_what_is_missing_stands_on_the_page_and_no_button_to_send(world: World, sign_in: SignIn) -> None:
    case = police_case(world)
    row = drafted_advice(world, case, texts=replace(ADVICE_TEXTS, key_evidence=""))
    client = sign_in(world.investigator)
    shown = body(client, page_of(row))
    assert "<li>Key evidence</li>" in shown
    assert "ready-advice" not in shown
    assert "change-advice" in shown
    refused = post(client, act(case, "ready-advice", row), version=fresh(case).version)
    assert refused.status_code == 400
    assert "Missing: Key evidence." in refused.content.decode()


def test_too_many_questions_are_said_beside_the_field(world: World, sign_in: SignIn) -> None:
    case = police_case(world)
    row = drafted_advice(world, case)
    given = {**advising.form_of(row, world.investigator), "questions": "\n".join("?" * 11)}
    answer = post(sign_in(world.investigator), act(case, "change-advice", row), **given)
    assert answer.status_code == 400
    assert answer.context["form"].errors["questions"] == ["Ask 10 questions or fewer"]


def test_a_metropolitan_case_asks_for_the_area(world: World, sign_in: SignIn) -> None:
    with scope(system(AVON)):
        Agency.objects.filter(pk=AVON).update(cps_area=None)
    case = police_case(world)
    row = drafted_advice(world, case)
    advising.ready(world, case, row)
    client, address = sign_in(world.sergeant), act(case, "send-advice", row)
    answer = post(client, address, version=fresh(case).version)
    assert answer.context["form"].errors["area_id"] == ["Select the CPS Area"]
    assert post(client, address, version=fresh(case).version, area_id=SOUTH_WEST).status_code == 302
    assert fresh(case).cps_area_scope == SOUTH_WEST


def test_the_cps_does_not_read_a_draft_that_was_never_sent(world: World, sign_in: SignIn) -> None:
    case = brought_case(world)
    row = drafted_advice(world, case)
    for person in (world.prosecutor, world.cps_manager, world.vlo, world.kent, world.other_area):
        assert body(sign_in(person), page_of(row), 404)
    assert body(sign_in(world.investigator), page_of(row))
    assert sign_in(world.investigator).get(reverse("early_advice", args=[case.pk])).status_code == 404


def test_choosing_shows_load_leave_and_specialism(world: World, sign_in: SignIn) -> None:
    special = make_user(SOUTH_WEST, Role.PROSECUTOR, name="Ama Special")
    with scope(system(SOUTH_WEST)):
        Accreditation.objects.create(user=special, kind=Accreditation.Kind.RASSO, awarded_on=clock.today())
        User.objects.filter(pk=special.pk).update(away_from=clock.today(), away_to=clock.today())
    accepted_advice(world, police_case(world, reference="52/OTHER/1"))
    case = police_case(world)
    row = asked(world, case)
    choices = dict(sign_in(world.cps_manager).get(act(case, "accept-advice", row)).context["form"].fields["prosecutor_id"].choices)
    assert choices[str(world.prosecutor.pk)].startswith(f"{world.prosecutor.name}: 1 open")
    assert "0 open, away until" in choices[str(special.pk)]
    assert choices[str(special.pk)].endswith("RASSO specialist")
    assert str(world.other_area.pk) not in choices


def test_a_return_in_the_browser_and_what_the_police_read_of_it(world: World, sign_in: SignIn) -> None:
    case = police_case(world)
    row = asked(world, case)
    client, address = sign_in(world.cps_manager), act(case, "return-advice", row)
    assert "present_before" not in client.get(address).context["form"].fields
    day = clock.today()
    given = {"respond_by_day": day.day, "respond_by_month": day.month, "respond_by_year": day.year, "version": fresh(case).version}
    wrong = post(client, address, **given, reasons=["issues"], detail_key_evidence="Which?")
    assert wrong.status_code == 400
    assert "detail_key_evidence" in wrong.context["form"].errors
    answer = post(client, address, **given, reasons=["issues"], detail_issues="Which issues?")
    assert answer.status_code == 302
    shown = body(sign_in(world.investigator), page_of(row))
    assert "Issues or the suspect’s explanation missing" in shown
    assert "Which issues?" in shown
    assert "Police: the officer, to put it right, by" in shown
    advising.ready(world, case, row)
    advising.send(world, case, row)
    assert "present_before" in sign_in(world.cps_manager).get(address).context["form"].fields


def test_a_refusal_says_its_own_reason_and_not_that_of_a_return(world: World, sign_in: SignIn) -> None:
    case = brought_case(world)
    row = advising.in_state(world, case, S.REFUSED)
    shown = sign_in(world.investigator).get(page_of(row)).context["advice"]
    assert [one.reasons for one in shown.sendings] == [[("Too early to advise", "", False)]]


def test_the_police_read_no_kept_answer_anywhere(world: World, sign_in: SignIn) -> None:
    case = police_case(world)
    row = accepted_advice(world, case)
    do(world.prosecutor, keep_answers, case, early_advice_id=row.pk, answers={1: "CANARY kept"})
    assert "CANARY kept" in body(sign_in(world.prosecutor), page_of(row))
    assert "CANARY kept" in body(sign_in(world.prosecutor), act(case, "give-advice", row))
    for person in (world.investigator, world.supervisor):
        for address in (page_of(row), reverse("case_page", args=[case.pk])):
            assert "CANARY" not in body(sign_in(person), address)
            assert "Kept, not given yet" not in body(sign_in(person), address)
        assert sign_in(person).get(act(case, "give-advice", row)).status_code == 403


def test_answers_kept_then_given_in_the_browser(world: World, sign_in: SignIn) -> None:
    case = police_case(world)
    row = accepted_advice(world, case)
    client = sign_in(world.prosecutor)
    kept = client.get(act(case, "keep-answers", row)).context["form"].initial["kept"]
    answer = post(client, act(case, "keep-answers", row), version=case.version, kept=kept, answer_1="First", answer_2="")
    assert answer.status_code == 302
    stale = post(client, act(case, "keep-answers", row), version=case.version, kept=kept, answer_1="Other")
    assert stale.status_code == 400
    assert "Answers were kept meanwhile" in stale.content.decode()
    kept = stale.context["form"]["kept"].value()
    given = {"version": fresh(case).version, "kept": kept, "answer_1": "Other", "result": "advised"}
    missing = post(client, act(case, "give-advice", row), **given)
    assert missing.context["form"].errors["answer_2"] == ["Answer question 2"]
    assert post(client, act(case, "give-advice", row), **given, answer_2="Second").status_code == 302
    shown = body(sign_in(world.investigator), page_of(row))
    assert "Advice given" in shown
    assert "Second" in shown


def test_each_heading_is_copied_for_the_mg3(world: World, sign_in: SignIn) -> None:
    case = police_case(world)
    row = drafted_advice(world, case)
    shown = body(sign_in(world.investigator), page_of(row))
    assert shown.count("Copy for MG3") == 9
    assert 'data-copies="copy-key_evidence"' in shown
    assert "js/copy.js" in shown


OWN = {one.slug for one in (*POLICE, *CPS)}
BUTTONS = {
    ("investigator", S.DRAFT): {"change-advice", "ready-advice", "withdraw-advice"},
    ("sergeant", S.READY): {"send-advice", "return-advice-draft", "withdraw-advice"},
    ("investigator", S.READY): {"withdraw-advice"},
    ("cps_manager", S.SENT): {"accept-advice", "return-advice", "refuse-advice"},
    ("prosecutor", S.SENT): set(),
    ("supervisor", S.REFUSED): {"challenge-refusal", "withdraw-advice"},
    ("sergeant", S.REFUSED): {"withdraw-advice"},
    ("cps_manager", S.CHALLENGED): {"answer-challenge"},
    ("prosecutor", S.ACCEPTED): {"give-advice", "keep-answers"},
    ("cps_manager", S.ACCEPTED): {"give-advice", "keep-answers", "reallocate-advice"},
    ("investigator", S.ADVISED): set(),
    ("vlo", S.ACCEPTED): set(),
}


@pytest.mark.parametrize(("name", "state"), list(BUTTONS))
def test_the_buttons_of_each_reader(world: World, sign_in: SignIn, name: str, state: S) -> None:
    case = brought_case(world)
    row = advising.in_state(world, case, state)
    shown = sign_in(getattr(world, name)).get(page_of(row)).context["advice"]
    assert {button.slug for button in shown.buttons} & OWN == BUTTONS[name, state]


def test_the_page_costs_the_same_whatever_it_holds(world: World, sign_in: SignIn) -> None:
    small = accepted_advice(world, police_case(world, reference="52/SMALL/1"))
    case = police_case(world, suspects=3, reference="52/LARGE/1")
    with scope(system(AVON)):
        suspects = list(m.Suspect.objects.filter(case=case).values_list("pk", flat=True))
    large = drafted_advice(world, case, suspect_ids=suspects, questions=[f"{number}?" for number in range(10)])
    for way in (advising.ready, advising.send, advising.give_back) * 3:
        way(world, case, large)
    for way in (advising.ready, advising.send, advising.refuse, advising.challenge, advising.accept_after_all):
        way(world, case, large)
    do(world.prosecutor, keep_answers, case, early_advice_id=large.pk, answers=dict.fromkeys(range(1, 11), "x"))
    for person in (world.prosecutor, world.investigator):
        client, found = sign_in(person), []
        client.get(page_of(small))
        for row in (small, large):
            with CaptureQueriesContext(connection) as queries:
                assert client.get(page_of(row)).status_code == 200
            found.append(len(queries))
        assert found[0] == found[1], [one["sql"][:150] for one in queries]
