"""Early advice on the side of the police: drafting, missing parts, signing off, sharing and taking back, challenging."""

from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from django.http import Http404

from accounts.models import Agency, User
from cases import models as m
from cases.services.suspects import mark_suspect_in_error
from core.exceptions import Conflict, NotAllowed
from core.scope import scope, system
from notifications.models import Notice
from prosecution.models import AdviceState as S
from prosecution.models import AdviceSuspect, EarlyAdvice, Submission, Triage
from prosecution.services.advice import AdviceTexts, Asked, change_advice, draft_advice, ready_advice
from prosecution.services.advice_sending import return_advice_draft, send_advice, withdraw_advice
from tests.factories import AVON, SOUTH_EAST, SOUTH_WEST, World
from tests.integration.cases.asking import refused
from tests.integration.cases.making import sees, timeline
from tests.integration.prosecution import advising
from tests.integration.prosecution.making import (
    ADVICE_TEXTS,
    QUESTIONS,
    asked,
    brought_case,
    do,
    drafted_advice,
    fresh,
    police_case,
    suspect_of,
)

pytestmark = pytest.mark.django_db


def change(world: World, case: m.Case, row: EarlyAdvice, **more: Any) -> EarlyAdvice:
    given: dict[str, Any] = {"suspect_ids": [suspect_of(case).pk], "texts": ADVICE_TEXTS, "questions": QUESTIONS, **more}
    return do(world.investigator, change_advice, case, early_advice_id=row.pk, asked=Asked(**given))


def notices(user: User, subject: str) -> int:
    with scope(system(user.agency_id)):
        return int(Notice.objects.filter(user=user, subject=subject).count())


def suspects(row: EarlyAdvice) -> list[int]:
    with scope(system(row.force_id)):
        found = AdviceSuspect.objects.filter(advice=row, removed_at__isnull=True).order_by("suspect__number")
        return list(found.values_list("suspect__number", flat=True))


def test_a_draft_is_kept_with_everything_missing(world: World) -> None:
    case = police_case(world)
    row = do(world.investigator, draft_advice, case, asked=Asked())
    assert (row.number, row.state, row.summary) == (1, S.DRAFT, "")
    assert not fresh(case).brought


def test_there_is_one_draft_at_a_time(world: World) -> None:
    case = police_case(world)
    drafted_advice(world, case)
    with refused("Request 1 is not sent yet"):
        drafted_advice(world, case)


def test_a_second_request_may_follow_one_that_is_with_the_cps(world: World) -> None:
    case = police_case(world)
    asked(world, case)
    assert drafted_advice(world, case).number == 2


def test_a_case_without_a_suspect_asks_nothing(world: World) -> None:
    case = police_case(world, suspects=0)
    with refused("Add a suspect first"):
        do(world.investigator, draft_advice, case, asked=Asked())


def test_a_suspect_of_another_case_is_nothing_here(world: World) -> None:
    case = police_case(world)
    with pytest.raises(Http404):
        do(world.investigator, draft_advice, case, asked=Asked(suspect_ids=[uuid4()]))


@pytest.mark.parametrize("name", sorted(AdviceTexts.__dataclass_fields__))
def test_each_part_missing_is_named_and_stops_it(world: World, name: str) -> None:
    from prosecution.policies_advice import PARTS

    case = police_case(world)
    row = drafted_advice(world, case, texts=replace(ADVICE_TEXTS, **{name: "  "}))
    with refused(f"Missing: {PARTS[name]}\\.$"):
        do(world.investigator, ready_advice, case, early_advice_id=row.pk)
    assert advising.again(row).state == S.DRAFT


def test_suspects_questions_and_what_was_left_open_are_missed_too(world: World) -> None:
    case = police_case(world)
    open_text = "- Phone. Expected outcome: (say what). By: 1 March 2027."
    row = drafted_advice(world, case, suspect_ids=[], questions=[" ", ""], texts=replace(ADVICE_TEXTS, enquiries_going_on=open_text))
    with refused("Missing: Which suspects; Lines of enquiry going on: what each is expected to show, and when; The questions"):
        do(world.investigator, ready_advice, case, early_advice_id=row.pk)


def test_a_suspect_recorded_in_error_since_is_missed_when_it_is_sent(world: World) -> None:
    case = police_case(world, suspects=2)
    row = drafted_advice(world, case)
    advising.ready(world, case, row)
    do(world.supervisor, mark_suspect_in_error, case, suspect_id=suspect_of(case).pk, reason="Wrong person")
    with refused("Missing: Which suspects"):
        advising.send(world, case, row)


def test_suspects_and_questions_are_put_in_and_taken_out(world: World) -> None:
    case = police_case(world, suspects=2)
    row = drafted_advice(world, case)
    change(world, case, row, suspect_ids=[suspect_of(case, 2).pk], questions=["One?", "Two?", "Three?"])
    assert suspects(row) == [2]
    change(world, case, row, suspect_ids=[suspect_of(case, 1).pk, suspect_of(case, 2).pk], questions=["One?"])
    assert suspects(row) == [1, 2]
    assert [(one.number, one.text, one.removed_at is None) for one in advising.questions(row)] == [
        (1, "One?", True), (2, "Two?", False), (3, "Three?", False),
    ]  # fmt: skip
    change(world, case, row, suspect_ids=[suspect_of(case, 1).pk], questions=["One?", "Again?"])
    assert suspects(row) == [1]
    assert [(one.text, one.removed_at is None) for one in advising.questions(row)][:2] == [("One?", True), ("Again?", True)]


def test_what_is_not_changed_is_said(world: World) -> None:
    case = police_case(world)
    row = drafted_advice(world, case)
    with refused("Nothing was changed"):
        change(world, case, row)


def test_ten_questions_and_no_more(world: World) -> None:
    case = police_case(world)
    row = drafted_advice(world, case)
    change(world, case, row, questions=[f"{number}?" for number in range(10)])
    with refused("Ask 10 questions or fewer", "questions"):
        change(world, case, row, questions=[f"{number}?" for number in range(11)])


def test_what_waits_for_the_sergeant_stays_as_it_is(world: World) -> None:
    case = police_case(world)
    row = drafted_advice(world, case)
    advising.ready(world, case, row)
    with refused("waits for the sergeant"):
        change(world, case, row, questions=["Another?"])


def test_a_sergeant_sends_it_back_with_the_reason_and_the_officer_hears(world: World) -> None:
    case = police_case(world)
    row = drafted_advice(world, case)
    advising.ready(world, case, row)
    assert notices(world.sergeant, "advice_ready") == 1
    with refused("Enter why you send it back", "reason"):
        do(world.sergeant, return_advice_draft, case, early_advice_id=row.pk, reason=" ")
    advising.send_back(world, case, row)
    assert advising.again(row).sent_back_because == "Say more"
    assert notices(world.investigator, "advice_sent_back") == 1
    advising.ready(world, case, row)
    assert advising.again(row).sent_back_because == ""


def test_a_sergeant_may_send_an_own_draft(world: World) -> None:
    case = police_case(world)
    given = Asked([suspect_of(case).pk], "video", ADVICE_TEXTS, QUESTIONS)
    row = do(world.sergeant, draft_advice, case, asked=given)
    do(world.sergeant, ready_advice, case, early_advice_id=row.pk)
    advising.send(world, case, row)
    assert advising.again(row).state == S.SENT


def test_the_first_request_shares_the_case_and_the_managers_hear(world: World) -> None:
    case = police_case(world)
    assert not sees(world.cps_manager, case)
    row = asked(world, case)
    assert fresh(case).cps_area_scope == SOUTH_WEST
    assert sees(world.cps_manager, case)
    assert advising.again(row).cps_area_scope == SOUTH_WEST
    assert notices(world.cps_manager, "advice_sent") == 1
    assert timeline(case)[-2:] == ["brought_to_area", "advice_sent"]


def test_a_force_with_several_areas_names_the_area(world: World) -> None:
    with scope(system(AVON)):
        Agency.objects.filter(pk=AVON).update(cps_area=None)
    case = police_case(world)
    row = drafted_advice(world, case)
    advising.ready(world, case, row)
    with refused("Select the CPS Area", "area_id"):
        advising.send(world, case, row)
    assert advising.again(row).state == S.READY
    do(world.sergeant, send_advice, case, early_advice_id=row.pk, area_id=SOUTH_EAST)
    assert fresh(case).cps_area_scope == SOUTH_EAST


def test_withdrawn_before_triage_the_case_is_no_longer_shared(world: World) -> None:
    case = police_case(world)
    row = asked(world, case)
    advising.withdraw(world, case, row)
    assert not fresh(case).brought
    assert not sees(world.cps_manager, case)
    assert advising.again(row).state == S.WITHDRAWN
    with scope(system(AVON)):
        assert [one.triage for one in Submission.objects.filter(advice=row)] == [Triage.WITHDRAWN]
        assert not m.TimelineEvent.objects.filter(case=case).exclude(cps_area_scope=0).exists()


def test_withdrawn_after_it_was_returned_once_the_case_stays_shared(world: World) -> None:
    case = police_case(world)
    row = asked(world, case)
    advising.give_back(world, case, row)
    advising.ready(world, case, row)
    advising.send(world, case, row)
    advising.withdraw(world, case, row)
    assert fresh(case).brought


def test_withdrawn_while_another_request_waits_the_case_stays_shared(world: World) -> None:
    case = police_case(world)
    asked(world, case)
    second = asked(world, case)
    advising.withdraw(world, case, second)
    assert fresh(case).brought


def test_a_draft_withdrawn_leaves_sharing_alone(world: World) -> None:
    case = brought_case(world)
    row = drafted_advice(world, case)
    advising.withdraw(world, case, row)
    assert fresh(case).brought


def test_withdrawing_says_why(world: World) -> None:
    case = police_case(world)
    row = drafted_advice(world, case)
    with refused("Enter why it is withdrawn", "reason"):
        do(world.investigator, withdraw_advice, case, early_advice_id=row.pk, reason=" ")


def test_returned_and_sent_again_it_is_counted_and_its_age_goes_on(world: World) -> None:
    case = police_case(world)
    row = asked(world, case)
    first = advising.again(row).first_submitted_at
    advising.give_back(world, case, row)
    assert notices(world.investigator, "advice_returned") == 1
    change(world, case, row, texts=replace(ADVICE_TEXTS, issues="Consent, and nothing else."))
    advising.ready(world, case, row)
    advising.send(world, case, row)
    with scope(system(AVON)):
        assert list(Submission.objects.filter(advice=row).order_by("number").values_list("number", "triage")) == [(1, "returned"), (2, "")]
    assert advising.again(row).first_submitted_at == first


def test_a_page_that_is_old_says_who_was_first(world: World) -> None:
    case = police_case(world)
    row = drafted_advice(world, case)
    version = fresh(case).version
    advising.ready(world, case, row)
    with pytest.raises(Conflict):
        do(world.sergeant, send_advice, case, early_advice_id=row.pk, version=version)


@pytest.mark.parametrize("name", ["prosecutor", "cps_manager", "vlo"])
def test_nobody_of_the_cps_drafts(world: World, name: str) -> None:
    case = brought_case(world)
    with pytest.raises(NotAllowed):
        do(getattr(world, name), draft_advice, case, asked=Asked())


def test_an_officer_does_not_send(world: World) -> None:
    case = police_case(world)
    row = drafted_advice(world, case)
    advising.ready(world, case, row)
    with pytest.raises(NotAllowed):
        do(world.investigator, send_advice, case, early_advice_id=row.pk)


def test_another_force_and_another_area_have_nothing_here(world: World) -> None:
    case = brought_case(world)
    row = drafted_advice(world, case)
    for person in (world.kent_supervisor, world.other_area):
        with pytest.raises(Http404):
            do(person, send_advice, case, early_advice_id=row.pk)
