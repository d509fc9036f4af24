"""Triage of a referral: accepted, returned and sent again, rejected as red, given to another; and every state × service from the table."""

from datetime import timedelta
from typing import Any

import pytest
from django.http import Http404

from accounts import holdings
from accounts.models import User
from accounts.roles import Role
from cases import models as m
from cases.services.access import exclude
from core import clock
from core.exceptions import Conflict, NotAllowed, NotPossible
from core.scope import scope, system
from prosecution import states
from prosecution.choosing import prosecutors
from prosecution.models import Referral, ReferralState, ReturnReason, Submission
from prosecution.services import direct, referral_file, referral_triage, referrals
from prosecution.services.referral_file import Ticked
from prosecution.services.submissions import Reason
from tests.factories import AVON, SOUTH_WEST, World, acting_as, ago, make_user
from tests.integration.cases.asking import refused
from tests.integration.cases.making import sees, timeline
from tests.integration.prosecution import making
from tests.integration.prosecution.making import do, fresh
from tests.integration.prosecution.test_referrals import act, again, bail_events, bailed, positions, told

pytestmark = pytest.mark.django_db
SOON = timedelta(days=3)


def returned(world: World, case: m.Case, row: Referral, *reasons: Reason) -> None:
    """Return it for these reasons, else for a missing MG3."""
    given = reasons or (Reason("mg3", "Not attached"),)
    act(world.cps_manager, referral_triage.return_referral, case, row, reasons=given, respond_by=clock.today() + SOON)


def sent_again(world: World, case: m.Case, row: Referral) -> None:
    act(world.investigator, referrals.ready_referral, case, row)
    act(world.sergeant, referrals.send_referral, case, row, supervisor_comments="Put right")


def test_accepted_it_has_a_prosecutor_who_is_told(world: World) -> None:
    case = making.police_case(world)
    row = making.accepted_referral(world, case)
    now = again(row)
    assert (now.state, now.prosecutor_id) == ("accepted", world.prosecutor.pk)
    assert (told(world.prosecutor, "referral_assigned"), told(world.investigator, "referral_accepted")) == (1, 1)
    with scope(system(AVON)):
        role = m.CasePerson.objects.get(case=case, role=m.CaseRole.PROSECUTOR, until__isnull=True)
        assert role.user_id == world.prosecutor.pk
    assert positions(case) == [(1, "with_cps")]


def test_the_prosecutor_is_of_the_own_area_and_not_excluded(world: World) -> None:
    case = making.police_case(world)
    row = making.sent_referral(world, case)
    for person in (world.other_area, world.vlo, world.investigator):
        with refused("Choose a prosecutor of this Area", "prosecutor_id"):
            act(world.cps_manager, referral_triage.accept_referral, case, row, prosecutor_id=person.pk)
    do(world.supervisor, exclude, case, user_id=world.prosecutor.pk, reason="Knows the suspect")
    with refused("Choose a prosecutor of this Area", "prosecutor_id"):
        act(world.cps_manager, referral_triage.accept_referral, case, row, prosecutor_id=world.prosecutor.pk)


def test_who_has_the_role_already_is_named_again(world: World) -> None:
    case = making.brought_case(world)
    making.accepted_referral(world, case)
    with scope(system(AVON)):
        assert m.CasePerson.objects.filter(case=case, role=m.CaseRole.PROSECUTOR).count() == 1


def test_two_managers_the_second_is_told(world: World) -> None:
    case = making.police_case(world)
    row = making.sent_referral(world, case)
    version = fresh(case).version
    given = {"prosecutor_id": world.prosecutor.pk, "version": version}
    act(world.cps_manager, referral_triage.accept_referral, case, row, **given)
    second = make_user(SOUTH_WEST, Role.CPS_MANAGER)
    with pytest.raises(Conflict):
        act(second, referral_triage.accept_referral, case, row, **given)
    with refused("with a prosecutor already"):
        act(second, referral_triage.accept_referral, case, row, prosecutor_id=second.pk)


def test_returned_the_police_have_it_and_bail_runs_until_it_is_sent_again(world: World) -> None:
    case = making.police_case(world, suspects=2)
    bailed(world, case, 1)
    row = making.sent_referral(world, case)
    returned(world, case, row)
    assert (again(row).state, positions(case)) == ("returned", [])
    assert bail_events(case) == ["suspended", "running_again"]
    assert told(world.investigator, "referral_returned") == 1
    assert fresh(case).cps_area_scope == SOUTH_WEST
    sent_again(world, case, row)
    assert positions(case) == [(1, "with_cps"), (2, "with_cps")]
    assert bail_events(case) == ["suspended", "running_again", "suspended"]
    act(world.cps_manager, referral_triage.accept_referral, case, row, prosecutor_id=world.prosecutor.pk)
    with acting_as(world.cps_manager):
        assert list(Submission.objects.filter(referral=row).order_by("number").values_list("triage", flat=True)) == ["returned", "accepted"]


def test_age_counts_from_the_first_submission(world: World) -> None:
    case = making.police_case(world)
    row = making.sent_referral(world, case)
    first = again(row).first_submitted_at
    returned(world, case, row)
    sent_again(world, case, row)
    assert again(row).first_submitted_at == first


@pytest.mark.parametrize(
    ("more", "words", "field"),
    [
        ({"reasons": ()}, "at least one reason", "reasons"),
        ({"reasons": (Reason("custody"),)}, "at least one reason", "reasons"),
        ({"reasons": (Reason("mg3"), Reason("mg3"))}, "each reason once", "reasons"),
        ({"reasons": (Reason("mg3", "x" * 251),)}, "250 characters", "mg3_detail"),
        ({"respond_by": None}, "from today on", "respond_by"),
        ({"respond_by": clock.today() - timedelta(days=2)}, "from today on", "respond_by"),
    ],
)
def test_a_return_that_does_not_fit(world: World, more: dict[str, Any], words: str, field: str) -> None:
    case = making.police_case(world)
    row = making.sent_referral(world, case)
    given = {"reasons": (Reason("mg3"),), "respond_by": clock.today() + SOON, **more}
    with refused(words, field):
        act(world.cps_manager, referral_triage.return_referral, case, row, **given)
    assert again(row).state == "sent"


def test_red_is_rejected_for_its_own_two_reasons(world: World) -> None:
    case = making.police_case(world)
    row = making.sent_referral(world, case, review_type="red")
    given = {"respond_by": clock.today() + SOON}
    with refused("at least one reason", "reasons"):
        act(world.cps_manager, referral_triage.reject_red, case, row, reasons=[Reason("mg3")], **given)
    act(world.cps_manager, referral_triage.reject_red, case, row, reasons=[Reason("custody", "Released at noon")], **given)
    with scope(system(AVON)):
        assert Submission.objects.get(referral=row).triage == "red_rejected"
    assert (again(row).state, positions(case)) == ("returned", [])
    assert "referral_red_rejected" in timeline(case)


def test_what_is_not_red_is_not_rejected_as_red(world: World) -> None:
    case = making.police_case(world)
    row = making.sent_referral(world, case)
    with refused("not red"):
        act(world.cps_manager, referral_triage.reject_red, case, row, reasons=[Reason("custody")], respond_by=clock.today())


def test_a_late_return_and_a_reason_there_the_first_time_are_kept(world: World) -> None:
    case = making.police_case(world)
    row = making.sent_referral(world, case)
    with scope(system(AVON)):
        Submission.objects.filter(referral=row).update(at=ago(days=6))
    returned(world, case, row, Reason("mg3", present_before=True))
    sent_again(world, case, row)
    returned(world, case, row, Reason("mg11", present_before=True), Reason("exhibits"))
    with scope(system(AVON)):
        late = list(Submission.objects.filter(referral=row).order_by("number").values_list("late", flat=True))
        before = dict(ReturnReason.objects.filter(submission__referral=row).values_list("code", "present_before"))
    assert late == [True, False]
    assert before == {"mg3": False, "mg11": True, "exhibits": False}, "of the first submission nothing was there before"


def test_given_to_another_prosecutor(world: World) -> None:
    case = making.police_case(world)
    row = making.accepted_referral(world, case)
    other = make_user(SOUTH_WEST, Role.PROSECUTOR)
    with refused("has this referral already", "prosecutor_id"):
        act(world.cps_manager, referral_triage.reallocate_referral, case, row, prosecutor_id=world.prosecutor.pk, reason="Leave")
    with pytest.raises(NotAllowed):
        act(world.prosecutor, referral_triage.reallocate_referral, case, row, prosecutor_id=other.pk, reason="Leave")
    act(world.cps_manager, referral_triage.reallocate_referral, case, row, prosecutor_id=other.pk, reason="Leave")
    assert (again(row).prosecutor_id, told(other, "referral_assigned")) == (other.pk, 1)
    with acting_as(world.cps_manager):
        words = dict(prosecutors(fresh(case), world.cps_manager))
    assert "1 open" in words[str(other.pk)]
    assert "0 open" in words[str(world.prosecutor.pk)]


def test_nobody_leaves_while_a_referral_names_her_or_him(world: World) -> None:
    case = making.police_case(world)
    row = making.accepted_referral(world, case)
    words = "1 open referral names her or him as prosecutor."
    with scope(system(SOUTH_WEST)):
        assert words in holdings.of(world.prosecutor)
        assert words not in holdings.of(world.cps_manager)
    given = {"prosecutor_id": world.cps_manager.pk, "reason": "Leaves"}
    act(world.cps_manager, referral_triage.reallocate_referral, case, row, **given)
    with scope(system(SOUTH_WEST)):
        assert words not in holdings.of(world.prosecutor)


def test_who_may_triage(world: World) -> None:
    case = making.police_case(world)
    row = making.sent_referral(world, case)
    given = {"reasons": [Reason("mg3")], "respond_by": clock.today() + SOON}
    for person in (world.prosecutor, world.vlo, world.investigator, world.supervisor):
        with pytest.raises(NotAllowed):
            act(person, referral_triage.return_referral, case, row, **given)
    for person in (world.other_area, world.cps_direct, world.kent_supervisor):
        assert not sees(person, case)
        with pytest.raises(Http404):
            act(person, referral_triage.return_referral, case, row, **given)


def services(world: World) -> dict[str, tuple[User, Any, dict[str, Any], str]]:
    """Return every act on a referral: who does it, its service, what it is given, and the state it leads to ("" for the same)."""
    back = {"reasons": [Reason("mg3")], "respond_by": clock.today() + SOON}
    texts = {**making.FILE_TEXTS, "file_sent_on": clock.today(), "review_type": "red", "suspects": [], "crimes": []}
    return {
        "change": (world.investigator, referrals.change_referral, texts, ""),
        "tick": (world.investigator, referral_file.set_file_items, {"items": [Ticked("mg3", "not_applicable", because="x")]}, ""),
        "ready": (world.investigator, referrals.ready_referral, {}, "ready"),
        "send": (world.supervisor, referrals.send_referral, {"supervisor_comments": "Read"}, "sent"),
        "send back": (world.supervisor, referrals.return_referral_draft, {"reason": "x"}, "draft"),
        "withdraw": (world.investigator, referrals.withdraw_referral, {"reason": "x"}, "withdrawn"),
        "accept": (world.cps_manager, referral_triage.accept_referral, {"prosecutor_id": world.prosecutor.pk}, "accepted"),
        "return": (world.cps_manager, referral_triage.return_referral, back, "returned"),
        "reject": (world.cps_manager, referral_triage.reject_red, {**back, "reasons": [Reason("custody")]}, "returned"),
        "reallocate": (world.cps_manager, referral_triage.reallocate_referral, {"prosecutor_id": world.prosecutor.pk, "reason": "x"}, ""),
        "direct": (world.cps_manager, direct.pass_to_direct, {"reason": "x"}, ""),
        "area": (world.cps_manager, direct.return_to_area, {"reason": "x"}, ""),
    }


@pytest.mark.parametrize("state", list(ReferralState))
def test_every_act_that_the_table_does_not_know_is_refused_and_changes_nothing(world: World, state: ReferralState) -> None:
    case = making.police_case(world)
    row = making.sent_referral(world, case, review_type="red")
    with scope(system(AVON)):
        Referral.objects.filter(pk=row.pk).update(state=state, prosecutor=world.cps_manager)
    version = fresh(case).version
    tried = 0
    for name, (person, service, given, after) in services(world).items():
        by_table = after and states.leads(states.REFERRAL, state, after)
        within = {
            "change": state in {"draft", "returned"},
            "tick": state in states.OPEN_REFERRAL and state != "ready",
            "reallocate": state in {"accepted", "on_plan"},
            "direct": state == "sent",
        }.get(name, False)
        # a plan answered and a finalisation reopened lead to "accepted" too, by acts of their own
        if (by_table and not (name == "accept" and state != "sent")) or within:
            continue
        with pytest.raises(NotPossible) as refusal:
            act(person, service, case, row, **given)
        assert refusal.value.reason
        tried += 1
    assert tried >= 6
    assert (again(row).state, fresh(case).version) == (state, version)
