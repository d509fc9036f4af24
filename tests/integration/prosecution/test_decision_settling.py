"""What follows from a published decision, all at once: outcome, crimes, custody, bail, position, referral, clocks; who was second."""

from datetime import timedelta
from typing import Any

import pytest
from django.http import Http404

from cases import models as m
from cases.derive.states import Stage, Status
from cases.services.outcomes import reopen
from core import clock
from core.exceptions import Conflict
from core.scope import scope, system
from notifications.models import Notice
from prosecution.models import ProposedState as D
from prosecution.models import Referral, ReferralState
from prosecution.services.decisions import change_decision, prepare_decision
from prosecution.services.publishing import publish_decision
from tests.factories import AVON, SOUTH_WEST, World, ago
from tests.integration.cases.asking import refused, status, texts
from tests.integration.cases.making import arrest, plan_tellings, timeline
from tests.integration.cases.withdrawing import said, talk
from tests.integration.prosecution import deciding
from tests.integration.prosecution.deciding import CHARGE, DISPOSAL, FURTHER, NFA, PUBLIC_INTEREST, act, prepared
from tests.integration.prosecution.making import do, fresh, suspect_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(world: World) -> m.Case:
    return deciding.with_cps(world)


def outcome_of(case: m.Case, number: int = 1) -> m.SuspectOutcome | None:
    with scope(system(case.force_id)):
        return m.SuspectOutcome.objects.filter(suspect=suspect_of(case, number), reopened_at__isnull=True).first()


def crime_codes(case: m.Case) -> list[int | None]:
    with scope(system(case.force_id)):
        return list(m.Offence.objects.filter(case=case).order_by("created_at").values_list("outcome_code", flat=True))


def told(user: Any, subject: str) -> int:
    with scope(system(user.agency_id)):
        return int(Notice.objects.filter(user=user, subject=subject).count())


def test_a_charge_settles_everything_at_once(world: World, case: m.Case) -> None:
    arrest(world.investigator, case, days=2)
    row = prepared(world, case)
    made = act(world.prosecutor, publish_decision, case, row, also_crimes=True)
    outcome = outcome_of(case)
    assert outcome is not None
    assert (outcome.code, outcome.side, made.outcome_id) == (1, "cps", outcome.pk)
    assert (status(case), deciding.position(case), crime_codes(case)) == (Status.CHARGED, "", [1])
    assert fresh(case).stage == Stage.CHARGED
    assert deciding.again(row).state == D.PUBLISHED
    assert {"decision_published", "outcome_recorded", "crime_outcome"} <= set(timeline(case))
    assert "released" not in timeline(case), "she or he may be held for court"
    assert texts(case, "decision_published") == [f"Charge. Full Code Test. 19C, 20A. Decided by {world.prosecutor.name}"]
    with scope(system(AVON)):
        assert Referral.objects.get(case=case).state == ReferralState.DECIDED
        assert m.Arrest.objects.get(case=case).released_to == m.ReleasedTo.CHARGED
        open_clocks = m.Deadline.objects.filter(case=case, met_at__isnull=True, ended_at__isnull=True, cancelled=False)
        assert not open_clocks.filter(kind__in=("arrest", "charging_review", "detention", "triage")).exists()
        assert open_clocks.filter(kind="told_charge", owes="cps").count() == 1
        assert not m.Deadline.objects.filter(case=case, kind="told_release").exists()
    assert told(world.investigator, "decision_published") == 1


def test_custody_without_a_charge_ends_in_a_release_that_is_told(world: World, case: m.Case) -> None:
    arrest(world.investigator, case, days=2)
    act(world.prosecutor, publish_decision, case, deciding.confirmed(world, case), code=15)
    assert "released" in timeline(case)
    with scope(system(AVON)):
        assert m.Arrest.objects.get(case=case).released_to == m.ReleasedTo.OUTCOME
        kinds = m.Deadline.objects.filter(case=case, kind__in=("told_release", "told_nfa")).values_list("kind", flat=True)
        assert sorted(kinds) == ["told_nfa", "told_release"]


@pytest.mark.parametrize("code", [15, 13])
def test_no_further_action_on_the_evidence_says_which_outcome(world: World, case: m.Case, code: int) -> None:
    row = deciding.confirmed(world, case)
    for wrong in (None, 9, 1):
        with refused("whether the victim supports", "code"):
            act(world.prosecutor, publish_decision, case, row, code=wrong)
    made = act(world.prosecutor, publish_decision, case, row, code=code)
    outcome = outcome_of(case)
    assert outcome is not None
    assert (outcome.code, outcome.reasons) == (code, NFA["reasons_for_victim"])
    assert made.checked_by_name == world.cps_manager.name
    assert status(case) == Status.NO_FURTHER_ACTION
    assert crime_codes(case) == [None]


def test_not_supported_says_what_the_victim_said(world: World, case: m.Case) -> None:
    row = deciding.confirmed(world, case)
    with refused("what the victim said", "reasons"):
        act(world.prosecutor, publish_decision, case, row, code=16)
    given = {"code": 16, "reasons": "She told DC Smith on 3 May that she does not want a trial"}
    with refused("Record first that Victim A does not support", "code"):
        act(world.prosecutor, publish_decision, case, row, **given)
    said(world.prosecutor, case)
    with refused("A supervisor who is not the officer in the case speaks with Victim A", "code"):
        act(world.prosecutor, publish_decision, case, row, **given)
    talk(world.supervisor, case)
    act(world.prosecutor, publish_decision, case, row, **given)
    outcome = outcome_of(case)
    assert outcome is not None
    assert outcome.reasons.startswith("She told")


@pytest.mark.parametrize(
    ("said", "code", "after"),
    [
        (PUBLIC_INTEREST, 9, Status.NO_FURTHER_ACTION),
        *((DISPOSAL | {"disposal": one}, one, Status.OTHER_DISPOSAL) for one in (2, 3, 6, 8, 22)),
    ],
)
def test_each_decision_gives_its_own_outcome(world: World, case: m.Case, said: dict[str, Any], code: int, after: Status) -> None:
    row = deciding.confirmed(world, case, **said) if said is PUBLIC_INTEREST else prepared(world, case, **said)
    with refused("Leave this empty", "code"):
        act(world.prosecutor, publish_decision, case, row, code=15)
    act(world.prosecutor, publish_decision, case, row)
    outcome = outcome_of(case)
    assert outcome is not None
    assert (outcome.code, outcome.side, status(case)) == (code, "cps", after)


def test_further_evidence_gives_no_outcome(world: World, case: m.Case) -> None:
    made = deciding.published(world, case, **FURTHER)
    assert (made.outcome_id, made.reason_code, outcome_of(case)) == (None, "H", None)
    assert (status(case), deciding.position(case)) == (Status.WITH_CPS, m.Position.WITH_CPS)
    assert deciding.published(world, case).decision == "charge"


@pytest.mark.parametrize("said", [CHARGE, NFA, PUBLIC_INTEREST])
def test_nothing_is_published_before_telling_is_planned(world: World, said: dict[str, Any]) -> None:
    case = deciding.with_cps(world, planned=False)
    row = prepared(world, case) if said is CHARGE else deciding.confirmed(world, case, **said)
    code = {"code": 15} if said is NFA else {}
    with refused("First plan how Victim A is told", "code"):
        act(world.prosecutor, publish_decision, case, row, **code)
    assert (outcome_of(case), deciding.decisions(case)) == (None, [])
    plan_tellings(case)
    act(world.prosecutor, publish_decision, case, row, **code)
    assert len(deciding.decisions(case)) == 1


def test_what_blocks_closing_blocks_no_further_action_and_no_charge(world: World, case: m.Case, monkeypatch: pytest.MonkeyPatch) -> None:
    from cases import blocks

    monkeypatch.setitem(blocks._closing, "test", lambda case, complainants: ["The victim disputes that support was withdrawn"])
    row = deciding.confirmed(world, case)
    with refused("disputes", "code"):
        act(world.prosecutor, publish_decision, case, row, code=15)
    act(world.prosecutor, change_decision, case, row, **CHARGE)
    act(world.prosecutor, publish_decision, case, row)
    assert status(case) == Status.CHARGED


def test_suspects_with_different_fates_do_not_move_one_another(world: World) -> None:
    case = deciding.with_cps(world, suspects=3)
    deciding.published(world, case, number=1)
    assert [status(case, number) for number in (1, 2, 3)] == [Status.CHARGED, Status.WITH_CPS, Status.WITH_CPS]
    assert crime_codes(case) == [None]
    row = prepared(world, case, number=2, **DISPOSAL)
    act(world.prosecutor, publish_decision, case, row, also_crimes=True)
    with scope(system(AVON)):
        assert Referral.objects.get(case=case).state == ReferralState.ACCEPTED
    assert [deciding.position(case, number) for number in (1, 2, 3)] == ["", "", m.Position.WITH_CPS]
    assert crime_codes(case) == [None], "the crime is alleged against others too"
    deciding.published(world, case, number=3)
    with scope(system(AVON)):
        assert Referral.objects.get(case=case).state == ReferralState.DECIDED
    assert [status(case, number) for number in (1, 2, 3)] == [Status.CHARGED, Status.OTHER_DISPOSAL, Status.CHARGED]


def test_whoever_is_second_sees_who_decided_and_keeps_the_text(world: World, case: m.Case) -> None:
    own = prepared(world, case, **NFA)
    other = prepared(world, case, by=world.cps_manager)
    made = act(world.cps_manager, publish_decision, case, other)
    for service, more in ((publish_decision, {"code": 15}), (change_decision, NFA)):
        with refused(f"{world.cps_manager.name} decided on this suspect, .*: charge"):
            act(world.prosecutor, service, case, own, **more)
    kept = deciding.again(own)
    assert (kept.state, kept.reasons_for_victim) == (D.OVERTAKEN, NFA["reasons_for_victim"])
    assert [one.pk for one in deciding.decisions(case)] == [made.pk]
    assert told(world.prosecutor, "decision_overtaken") == 1
    with refused(f"{world.cps_manager.name} decided on this suspect"):
        prepared(world, case)


def test_a_published_decision_stays_and_a_reopened_suspect_is_decided_again(world: World, case: m.Case) -> None:
    from django.db import DatabaseError, transaction

    from prosecution.models import ChargingDecision

    first = deciding.published(world, case)
    with scope(system(AVON)), pytest.raises(DatabaseError), transaction.atomic():
        ChargingDecision.objects.filter(pk=first.pk).update(decision="nfa_evidential")
    do(world.supervisor, reopen, case, suspect_id=suspect_of(case).pk, basis="new_evidence", reason="A witness came forward")
    with refused("not with the CPS"):
        prepared(world, case)


def test_an_older_page_gets_a_conflict_and_a_second_click_a_reason(world: World, case: m.Case) -> None:
    row, version = prepared(world, case), fresh(case).version
    act(world.prosecutor, publish_decision, case, row, version=version)
    with pytest.raises(Conflict):
        act(world.prosecutor, publish_decision, case, row, version=version)
    with refused("published already"):
        act(world.prosecutor, publish_decision, case, row)
    assert len(deciding.decisions(case)) == 1


def test_bail_ends_with_the_decision(world: World, case: m.Case) -> None:
    from cases.services.arrests import record_release

    arrest(world.investigator, case, days=2)
    do(world.supervisor, record_release, case, suspect_id=suspect_of(case).pk, at=ago(days=1), to="bail", authority="custody_officer",
       victim_views_sought=True)  # fmt: skip
    deciding.published(world, case, **CHARGE | {"return_bail_on": clock.today() + timedelta(days=20)})
    with scope(system(AVON)):
        assert m.BailEvent.objects.get(case=case, kind="ended").ended_to == m.EndedTo.OUTCOME


def test_a_decision_on_another_case_is_nothing_here(world: World, case: m.Case) -> None:
    other = deciding.with_cps(world, reference="52/OTHER/1")
    row = prepared(world, other)
    with pytest.raises(Http404):
        act(world.prosecutor, publish_decision, case, row)
    with pytest.raises(Http404):
        do(world.prosecutor, prepare_decision, case, suspect_id=suspect_of(other).pk, **CHARGE)
    assert fresh(case).cps_area_scope == SOUTH_WEST
