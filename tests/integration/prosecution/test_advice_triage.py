"""Early advice on the side of the CPS: triage, a challenge answered, reallocated, answers kept and given; what the police never read."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.http import Http404

from accounts.models import User
from accounts.roles import Role
from audit.models import AccessLog
from cases import models as m
from cases.services.roles import current
from cases.services.sharing import bring_to_area
from core import clock
from core.exceptions import Conflict
from core.scope import Kind, Scope, scope, system
from prosecution.models import AdviceAnswer, EarlyAdvice, RefusalChallenge, ReturnReason, Submission
from prosecution.models import AdviceState as S
from prosecution.services.advice_answers import give_advice, keep_answers, kept_of, stamp_of
from prosecution.services.advice_triage import accept_advice, answer_challenge, reallocate_advice, refuse_advice, return_advice
from prosecution.services.submissions import Reason
from tests.factories import AVON, DIRECT, SOUTH_WEST, World, acting_as, make_user
from tests.integration.cases.asking import refused
from tests.integration.cases.making import timeline
from tests.integration.prosecution import advising
from tests.integration.prosecution.making import accepted_advice, asked, brought_case, do, fresh, police_case
from tests.integration.prosecution.test_advice import notices

pytestmark = pytest.mark.django_db
DAY = timedelta(days=3)


def keep(user: User, case: m.Case, row: EarlyAdvice, answers: dict[int, str], **more: Any) -> int:
    return do(user, keep_answers, case, early_advice_id=row.pk, answers=answers, **more)


def give(user: User, case: m.Case, row: EarlyAdvice, **more: Any) -> EarlyAdvice:
    given: dict[str, Any] = {"answers": advising.ANSWERS, "result": "advised", **more}
    return do(user, give_advice, case, early_advice_id=row.pk, **given)


def holder(case: m.Case) -> list[User]:
    with scope(system(AVON)):
        return [one.user for one in current(case).filter(role=m.CaseRole.PROSECUTOR).select_related("user")]


def test_accepted_the_prosecutor_has_the_case_and_both_hear(world: World) -> None:
    case = police_case(world)
    row = advising.again(accepted_advice(world, case))
    assert (row.state, row.prosecutor_id) == (S.ACCEPTED, world.prosecutor.pk)
    assert holder(case) == [world.prosecutor]
    assert notices(world.prosecutor, "advice_assigned") == 1
    assert notices(world.investigator, "advice_accepted") == 1


def test_accepted_with_another_the_role_goes_over(world: World) -> None:
    other = make_user(SOUTH_WEST, Role.PROSECUTOR)
    case = brought_case(world)
    row = asked(world, case)
    do(world.cps_manager, accept_advice, case, early_advice_id=row.pk, prosecutor_id=other.pk)
    assert holder(case) == [other]


def test_nobody_of_another_area_is_named(world: World) -> None:
    case = police_case(world)
    row = asked(world, case)
    for person in (world.other_area, world.vlo, world.investigator):
        with refused("Choose a prosecutor of this Area", "prosecutor_id"):
            do(world.cps_manager, accept_advice, case, early_advice_id=row.pk, prosecutor_id=person.pk)
    assert advising.again(row).state == S.SENT


def test_two_managers_at_once_name_one_prosecutor(world: World) -> None:
    case = police_case(world)
    row = asked(world, case)
    version = fresh(case).version
    do(world.cps_manager, accept_advice, case, early_advice_id=row.pk, prosecutor_id=world.prosecutor.pk, version=version)
    second = make_user(SOUTH_WEST, Role.CPS_MANAGER)
    with pytest.raises(Conflict) as lost:
        do(second, accept_advice, case, early_advice_id=row.pk, prosecutor_id=second.pk, version=version)
    assert lost.value.change.who == world.cps_manager.name
    with refused("already. Nothing was changed"):
        do(second, accept_advice, case, early_advice_id=row.pk, prosecutor_id=second.pk)
    assert holder(case) == [world.prosecutor]


def test_returned_with_reasons_and_a_day(world: World) -> None:
    case = police_case(world)
    row = asked(world, case)
    reasons = [Reason("issues", "Which?"), Reason("key_evidence")]
    do(world.cps_manager, return_advice, case, early_advice_id=row.pk, reasons=reasons, respond_by=clock.today() + DAY)
    with scope(system(AVON)):
        sent = Submission.objects.get(advice=row)
        assert (sent.triage, sent.respond_by, sent.triaged_by_name) == ("returned", clock.today() + DAY, world.cps_manager.name)
        assert set(ReturnReason.objects.filter(submission=sent).values_list("code", "detail")) == {
            ("issues", "Which?"),
            ("key_evidence", ""),
        }


def test_a_return_that_says_too_little_is_refused_beside_the_field(world: World) -> None:
    case = police_case(world)
    row = asked(world, case)
    good: dict[str, Any] = {"early_advice_id": row.pk, "reasons": [Reason("issues")], "respond_by": clock.today() + DAY}
    for words, field, more in (
        ("Select at least one reason", "reasons", {"reasons": []}),
        ("Select reasons of the list", "reasons", {"reasons": [Reason("nonsense")]}),
        ("Select reasons of the list", "reasons", {"reasons": [Reason("issues"), Reason("issues")]}),
        ("Enter the reason", "detail_other", {"reasons": [Reason("other")]}),
        ("250 characters or fewer", "detail_issues", {"reasons": [Reason("issues", "x" * 251)]}),
        ("a day from today", "respond_by", {"respond_by": clock.today() - DAY}),
    ):
        with refused(words, field):
            do(world.cps_manager, return_advice, case, **{**good, **more})
    assert advising.again(row).state == S.SENT


def test_present_before_counts_for_a_second_return_only(world: World) -> None:
    case = police_case(world)
    row = asked(world, case)
    for _ in range(2):
        reasons = [Reason("issues", "", True)]
        do(world.cps_manager, return_advice, case, early_advice_id=row.pk, reasons=reasons, respond_by=clock.today() + DAY)
        advising.ready(world, case, row)
        advising.send(world, case, row)
    with scope(system(AVON)):
        found = ReturnReason.objects.filter(submission__advice=row).order_by("submission__number")
        assert list(found.values_list("present_before", flat=True)) == [False, True]


def test_refused_challenged_and_upheld(world: World) -> None:
    case = police_case(world)
    row = asked(world, case)
    with refused("Enter the reason", "note"):
        do(world.cps_manager, refuse_advice, case, early_advice_id=row.pk, reason="other")
    with refused("Select why it is refused", "reason"):
        do(world.cps_manager, refuse_advice, case, early_advice_id=row.pk, reason="")
    advising.refuse(world, case, row)
    assert notices(world.investigator, "advice_refused") == 1
    advising.challenge(world, case, row)
    assert notices(world.cps_manager, "advice_challenged") == 1
    with refused("Enter why the refusal stands", "note"):
        do(world.cps_manager, answer_challenge, case, early_advice_id=row.pk, accept=False)
    with refused("Name a prosecutor only if you accept", "prosecutor_id"):
        do(world.cps_manager, answer_challenge, case, early_advice_id=row.pk, accept=False, note="No", prosecutor_id=world.prosecutor.pk)
    with refused("Choose a prosecutor of this Area", "prosecutor_id"):
        do(world.cps_manager, answer_challenge, case, early_advice_id=row.pk, accept=True)
    advising.uphold(world, case, row)
    assert notices(world.supervisor, "advice_challenge_answered") == 1
    with scope(system(AVON)):
        challenge = RefusalChallenge.objects.get(advice=row)
    assert (challenge.accepted, challenge.answer) == (False, "It is not")


def test_accepted_after_a_challenge_the_prosecutor_has_it(world: World) -> None:
    case = police_case(world)
    row = asked(world, case)
    for way in (advising.refuse, advising.challenge, advising.accept_after_all):
        way(world, case, row)
    row = advising.again(row)
    assert (row.state, row.prosecutor_id) == (S.ACCEPTED, world.prosecutor.pk)
    assert row.accepted_at is not None
    assert timeline(case)[-1] == "advice_accepted"


def test_reallocated_with_what_was_kept(world: World) -> None:
    other = make_user(SOUTH_WEST, Role.PROSECUTOR)
    case = police_case(world)
    row = accepted_advice(world, case)
    keep(world.prosecutor, case, row, {1: "Half an answer"})
    with refused("already", "prosecutor_id"):
        do(world.cps_manager, reallocate_advice, case, early_advice_id=row.pk, prosecutor_id=world.prosecutor.pk)
    do(world.cps_manager, reallocate_advice, case, early_advice_id=row.pk, prosecutor_id=other.pk)
    assert holder(case) == [other]
    assert notices(other, "advice_assigned") == 1
    with acting_as(other):
        assert [one.text for one in kept_of(row).values()] == ["Half an answer"]


def test_cps_direct_triages_what_is_with_it(world: World) -> None:
    case = police_case(world)
    row = asked(world, case)
    with pytest.raises(Http404):
        do(world.cps_direct, accept_advice, case, early_advice_id=row.pk, prosecutor_id=world.cps_direct.pk)
    with scope(system(AVON)):
        m.Case.objects.filter(pk=case.pk).update(cps_area_scope=DIRECT)
    do(world.cps_direct, accept_advice, case, early_advice_id=row.pk, prosecutor_id=world.cps_direct.pk)
    assert advising.again(row).prosecutor_id == world.cps_direct.pk


def test_kept_answers_leave_no_trace_that_the_police_could_see(world: World) -> None:
    case = police_case(world)
    row = accepted_advice(world, case)
    before, said = fresh(case).version, timeline(case)
    assert keep(world.prosecutor, case, row, {1: "Half an answer"}) == 1
    assert (fresh(case).version, timeline(case)) == (before, said)
    for person in (world.investigator, world.sergeant, world.supervisor):
        with acting_as(person), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            AdviceAnswer.objects.count()
    keys = {"case_id": case.pk, "force_id": AVON, "cps_area_scope": SOUTH_WEST, "question": advising.questions(row)[1]}
    with acting_as(world.investigator), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        AdviceAnswer.objects.create(**keys, text="x")
    kept_rows = AccessLog.objects.filter(what="answers to early advice kept")
    with scope(Scope(kind=Kind.OVERSIGHT, agency_id=AVON)):
        assert kept_rows.count() == 0
    with scope(Scope(kind=Kind.OVERSIGHT, agency_id=SOUTH_WEST)):
        assert kept_rows.count() == 1


def test_two_prosecutors_who_keep_at_once_are_told(world: World) -> None:
    other = make_user(SOUTH_WEST, Role.PROSECUTOR)
    case = police_case(world)
    row = accepted_advice(world, case)
    with acting_as(other):
        stamp = stamp_of(kept_of(row))
    keep(world.prosecutor, case, row, {1: "First"}, kept=stamp)
    with refused("Answers were kept meanwhile"):
        keep(other, case, row, {1: "Second"}, kept=stamp)
    with acting_as(other):
        stamp = stamp_of(kept_of(row))
    keep(other, case, row, {1: "Second"}, kept=stamp)
    with acting_as(other):
        assert [one.text for one in kept_of(row).values()] == ["Second"]


def test_the_same_answers_kept_twice_are_one_row(world: World) -> None:
    case = police_case(world)
    row = accepted_advice(world, case)
    keep(world.prosecutor, case, row, {1: "Once", 7: "To no question"})
    with refused("Nothing was changed"):
        keep(world.prosecutor, case, row, {1: "Once"})
    with acting_as(world.prosecutor):
        assert AdviceAnswer.objects.filter(question__advice=row).count() == 1


def test_every_question_is_answered_to_give_what_was_kept_counts(world: World) -> None:
    case = police_case(world)
    row = accepted_advice(world, case)
    keep(world.prosecutor, case, row, {1: "Kept answer"})
    with refused("Answer question 2", "answer_2"):
        give(world.prosecutor, case, row, answers={})
    with refused("Answer question 1", "answer_1"):
        give(world.prosecutor, case, row, answers={1: "", 2: "Now"})
    with refused("Select what the advice comes to", "result"):
        give(world.prosecutor, case, row, result="")
    with refused("no realistic prospect", "advice"):
        give(world.prosecutor, case, row, result="no_prospect")
    with refused("4000 characters or fewer", "answer_1"):
        give(world.prosecutor, case, row, answers={1: "x" * 4001, 2: "y"})
    give(world.prosecutor, case, row, answers={2: "Now"}, result="refer_now", advice="Refer it")
    row = advising.again(row)
    assert (row.state, row.result, row.advice) == (S.ADVISED, "refer_now", "Refer it")
    assert [one.answer for one in advising.questions(row)] == ["Kept answer", "Now"]
    assert notices(world.investigator, "advice_given") == 1


def test_two_prosecutors_at_once_one_gives(world: World) -> None:
    other = make_user(SOUTH_WEST, Role.PROSECUTOR)
    case = police_case(world)
    row = accepted_advice(world, case)
    version = fresh(case).version
    give(world.prosecutor, case, row, version=version)
    with pytest.raises(Conflict) as lost:
        give(other, case, row, version=version, answers={1: "Else", 2: "Else"})
    assert lost.value.change.who == world.prosecutor.name
    assert [one.answer for one in advising.questions(row)] == ["Yes.", "Not yet."]


def test_withdrawn_while_with_a_prosecutor_she_or_he_hears(world: World) -> None:
    case = police_case(world)
    row = accepted_advice(world, case)
    advising.withdraw(world, case, row)
    assert notices(world.prosecutor, "advice_withdrawn") == 1
    assert fresh(case).brought


def test_a_case_brought_by_hand_asks_for_no_area(world: World) -> None:
    case = police_case(world)
    do(world.supervisor, bring_to_area, case)
    row = asked(world, case)
    assert advising.again(row).state == S.SENT
