"""A referral from draft to sending and back: what is missing is named, bail stands still and runs again, sharing is undone."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.http import Http404

from accounts.models import User
from cases import models as m
from cases.services.arrests import record_arrest, record_release
from cases.services.outcomes import record_outcome
from cases.services.sharing import bring_to_area
from core import clock
from core.exceptions import Conflict, NotAllowed
from core.scope import scope, system
from notifications.models import Notice
from prosecution.models import FileItem, FileItemCode, Referral, ReferralSuspect, Submission
from prosecution.services import referral_file, referrals
from prosecution.services.referral_file import Ticked
from tests.factories import AVON, SOUTH_WEST, World, ago
from tests.integration.cases.asking import refused, status
from tests.integration.cases.making import plan_tellings, sees, suspect_of, timeline
from tests.integration.prosecution import making
from tests.integration.prosecution.making import do, fresh

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nfa_at_once")]


def act(person: User, service: Any, case: m.Case, row: Referral, **more: Any) -> Any:
    return do(person, service, case, charging_referral_id=row.pk, **more)


def again(row: Referral) -> Referral:
    with scope(system(AVON)):
        return Referral.objects.get(pk=row.pk)


def bailed(world: World, case: m.Case, number: int = 1) -> None:
    """Arrested five days ago, on bail for three months."""
    key = suspect_of(case, number).pk
    do(world.investigator, record_arrest, case, suspect_id=key, at=ago(days=5))
    given = {"to": "bail", "authority": "custody_officer", "conditions": "No contact", "victim_views_sought": True}
    do(world.investigator, record_release, case, suspect_id=key, at=ago(days=4.8), **given)


def bail_events(case: m.Case, number: int = 1) -> list[str]:
    with scope(system(AVON)):
        rows = m.BailEvent.objects.filter(case=case, bail__suspect__number=number).order_by("at", "created_at")
        return list(rows.values_list("kind", flat=True))


def positions(case: m.Case) -> list[tuple[int, str]]:
    with scope(system(AVON)):
        rows = m.CpsPosition.objects.filter(case=case, until__isnull=True).order_by("suspect__number")
        return list(rows.values_list("suspect__number", "position"))


def told(person: User, subject: str) -> int:
    with scope(system(person.agency_id)):
        return int(Notice.objects.filter(user=person, subject=subject).count())


def test_everything_missing_is_named_and_nothing_is_sent_before(world: World) -> None:
    case = making.police_case(world, suspects=2)
    row = do(world.investigator, referrals.draft_referral, case, suspects=[], crimes=[], review_type="28_days")
    with refused(
        "at least one suspect; at least one recorded crime; the reference .*; the summary; the victim’s views; the victim’s needs"
    ):
        act(world.investigator, referrals.ready_referral, case, row)
    with refused("This was draft already"):
        act(world.supervisor, referrals.send_referral, case, row, supervisor_comments="x")
    assert not fresh(case).brought


@pytest.mark.parametrize(
    ("left_out", "words"),
    [
        ({"reference": " "}, "the reference under which the file was sent"),
        ({"file_sent_on": None}, "the day on which the file was sent"),
        ({"summary": ""}, "the summary"),
        ({"victim_views": ""}, "the victim’s views"),
        ({"victim_needs": ""}, "the victim’s needs"),
    ],
)
def test_each_part_left_out_keeps_it_from_being_ready(world: World, left_out: dict[str, Any], words: str) -> None:
    case = making.police_case(world)
    row = making.drafted_referral(world, case, **left_out)
    act(world.investigator, referral_file.set_file_items, case, row, items=[Ticked(code, "sent") for code in FileItemCode.values])
    with refused(f"Still missing: {words}."):
        act(world.investigator, referrals.ready_referral, case, row)


def test_each_item_of_the_file_is_asked(world: World) -> None:
    case = making.police_case(world)
    row = making.drafted_referral(world, case)
    for code in FileItemCode.values:
        words = f"whether this was sent: .*{FileItemCode(code).label}".replace("(", r"\(").replace(")", r"\)")
        with refused("nothing is said yet of its 13 items" if code == FileItemCode.values[0] else words):
            act(world.investigator, referrals.ready_referral, case, row)
        act(world.investigator, referral_file.set_file_items, case, row, items=[Ticked(code, "sent")])
    act(world.investigator, referrals.ready_referral, case, row)
    assert (again(row).state, told(world.sergeant, "referral_ready"), told(world.supervisor, "referral_ready")) == ("ready", 1, 1)


@pytest.mark.parametrize(
    ("item", "words", "field"),
    [
        (Ticked("mg3", "not_applicable"), "MG3: enter why", "mg3_because"),
        (Ticked("mg3", "to_follow", because="Being typed"), "MG3: enter the day", "mg3_follows_on"),
        (Ticked("mg3", "to_follow", clock.today() - timedelta(days=1), "Late"), "from today on", "mg3_follows_on"),
        (Ticked("mg3", "lost"), "Select sent", "mg3_state"),
        (Ticked("mg3", ""), "Say of at least one item", None),
    ],
)
def test_an_item_that_does_not_fit(world: World, item: Ticked, words: str, field: str | None) -> None:
    case = making.police_case(world)
    row = making.drafted_referral(world, case)
    with refused(words, field):
        act(world.investigator, referral_file.set_file_items, case, row, items=[item])


def test_an_item_to_follow_follows_after_sending(world: World) -> None:
    case = making.police_case(world)
    row = making.sent_referral(world, case)
    with refused("Nothing was changed"):
        act(world.investigator, referral_file.set_file_items, case, row, items=[Ticked("mg3", "sent")])
    later = Ticked("exhibits", "to_follow", clock.today() + timedelta(days=3), "With the laboratory")
    act(world.investigator, referral_file.set_file_items, case, row, items=[later])
    act(world.investigator, referral_file.set_file_items, case, row, items=[Ticked("exhibits", "sent")])
    with scope(system(AVON)):
        item = FileItem.objects.get(referral=row, code="exhibits")
    assert (item.state, item.follows_on, item.because) == ("sent", None, "")


def test_suspects_and_crimes_are_put_in_and_taken_out(world: World) -> None:
    case = making.police_case(world, suspects=2)
    row = making.drafted_referral(world, case, numbers=(1,))
    with scope(system(AVON)):
        keys = {one.number: one.pk for one in m.Suspect.objects.filter(case=case)}
        crimes = making.case_crimes(case)
    given = {**making.FILE_TEXTS, "file_sent_on": clock.today(), "review_type": "28_days", "crimes": crimes}
    with refused("Nothing was changed"):
        act(world.investigator, referrals.change_referral, case, row, suspects=[keys[1]], **given)
    act(world.investigator, referrals.change_referral, case, row, suspects=[keys[2]], **given)
    act(world.investigator, referrals.change_referral, case, row, suspects=[keys[1], keys[2]], **given)
    with scope(system(AVON)):
        rows = ReferralSuspect.objects.filter(referral=row, removed_at__isnull=True).values_list("suspect__number", flat=True)
        assert sorted(rows) == [1, 2]
    with pytest.raises(Http404):
        act(world.investigator, referrals.change_referral, case, row, suspects=[uuid4()], **given)
    with refused("how soon", "review_type"):
        act(world.investigator, referrals.change_referral, case, row, suspects=[keys[1]], **{**given, "review_type": "soon"})


def test_a_suspect_is_in_one_open_referral_and_without_an_outcome(world: World) -> None:
    case = making.police_case(world, suspects=2)
    making.drafted_referral(world, case, numbers=(1,))
    with refused("Suspect 1 is in another open referral", "suspects"):
        making.drafted_referral(world, case, numbers=(1, 2))
    row = making.ready_referral_of(world, case, numbers=(2,))
    plan_tellings(case)
    ending = {"code": 15, "on": clock.today(), "reasons": "Evidential difficulties"}
    do(world.investigator, record_outcome, case, suspect_id=suspect_of(case, 2).pk, **ending)
    with refused("Suspect 2 has an outcome", "suspects"):
        act(world.supervisor, referrals.send_referral, case, row, supervisor_comments="Read")


def test_every_suspect_is_named_by_a_crime_of_the_referral(world: World) -> None:
    case = making.police_case(world, suspects=2)
    with scope(system(AVON)):
        m.Allegation.objects.filter(case=case, suspect__number=2).update(withdrawn_at=clock.now())
    row = making.drafted_referral(world, case)
    with refused("a crime that names suspect 2"):
        act(world.investigator, referrals.ready_referral, case, row)


def test_sending_shares_the_case_and_bail_stands_still_for_each_suspect(world: World) -> None:
    case = making.police_case(world, suspects=3)
    bailed(world, case, 1)
    bailed(world, case, 2)
    row = making.sent_referral(world, case, numbers=(1, 3))
    assert fresh(case).cps_area_scope == SOUTH_WEST
    assert sees(world.prosecutor, case)
    assert positions(case) == [(1, "with_cps"), (3, "with_cps")]
    assert (bail_events(case, 1), bail_events(case, 2)) == (["suspended"], [])
    assert status(case, 1) == "with_cps"
    assert (status(case, 2), status(case, 3)) == ("on_bail", "with_cps")
    assert again(row).first_submitted_at is not None
    assert told(world.cps_manager, "referral_sent") == 1
    assert told(world.prosecutor, "referral_sent") == 0


def test_the_area_is_asked_where_none_is_mapped(world: World) -> None:
    case = making.police_case(world)
    row = making.ready_referral_of(world, case)
    with scope(system(AVON)):
        force = type(case.force).objects.get(pk=AVON)
        force.cps_area_id = None
        force.save(update_fields=["cps_area_id"])
    with refused("Select the CPS Area", "area_id"):
        act(world.supervisor, referrals.send_referral, case, row, supervisor_comments="Read")
    act(world.supervisor, referrals.send_referral, case, row, supervisor_comments="Read", area_id=SOUTH_WEST)
    assert fresh(case).cps_area_scope == SOUTH_WEST


def test_who_sends_and_with_what(world: World) -> None:
    case = making.police_case(world)
    row = making.ready_referral_of(world, case)
    with pytest.raises(NotAllowed):
        act(world.investigator, referrals.send_referral, case, row, supervisor_comments="Mine")
    with refused("your comments", "supervisor_comments"):
        act(world.sergeant, referrals.send_referral, case, row, supervisor_comments=" ")
    with refused("Only a red referral", "to"):
        act(world.sergeant, referrals.send_referral, case, row, supervisor_comments="Read", to="direct")
    with refused("where it goes", "to"):
        act(world.sergeant, referrals.send_referral, case, row, supervisor_comments="Read", to="moon")
    with pytest.raises(Conflict):
        act(world.sergeant, referrals.send_referral, case, row, supervisor_comments="Read", version=0)
    sent = act(world.sergeant, referrals.send_referral, case, row, supervisor_comments="Read")
    assert sent.warning == ""
    with refused("waiting for triage already"):
        act(world.sergeant, referrals.send_referral, case, row, supervisor_comments="Read")


def test_a_red_one_with_nobody_in_custody_is_sent_with_a_warning(world: World) -> None:
    case = making.police_case(world)
    row = making.ready_referral_of(world, case, review_type="red")
    sent = act(world.supervisor, referrals.send_referral, case, row, supervisor_comments="Read")
    assert "nobody in it is in custody" in sent.warning
    with scope(system(AVON)):
        assert Submission.objects.get(referral=row).red


def test_a_red_one_with_somebody_in_custody_warns_of_nothing(world: World) -> None:
    case = making.police_case(world)
    do(world.investigator, record_arrest, case, suspect_id=suspect_of(case).pk, at=ago(hours=3))
    row = making.ready_referral_of(world, case, review_type="red")
    assert act(world.supervisor, referrals.send_referral, case, row, supervisor_comments="Read").warning == ""


def test_sent_back_to_the_officer_with_the_reason_that_stays_with_the_police(world: World) -> None:
    case = making.police_case(world)
    row = making.ready_referral_of(world, case)
    with refused("Enter the reason", "reason"):
        act(world.sergeant, referrals.return_referral_draft, case, row, reason=" ")
    act(world.sergeant, referrals.return_referral_draft, case, row, reason="The summary leaves the bus out")
    now = again(row)
    assert (now.state, now.sent_back_because, told(world.investigator, "referral_sent_back")) == (
        "draft",
        "The summary leaves the bus out",
        1,
    )
    with scope(system(AVON)):
        assert not m.TimelineEvent.objects.filter(case=case, text__contains="leaves the bus out").exists()
    act(world.investigator, referrals.ready_referral, case, row)
    assert again(row).sent_back_because == ""


def test_withdrawn_before_triage_the_case_is_taken_back_and_bail_runs_again(world: World) -> None:
    case = making.police_case(world)
    bailed(world, case)
    row = making.sent_referral(world, case)
    act(world.investigator, referrals.withdraw_referral, case, row, reason="The victim asked us to wait")
    assert not fresh(case).brought
    assert not sees(world.cps_manager, case)
    assert positions(case) == []
    assert bail_events(case) == ["suspended", "running_again"]
    with scope(system(AVON)):
        assert Submission.objects.get(referral=row).triage == "withdrawn"
        assert not m.TimelineEvent.objects.filter(case=case).exclude(cps_area_scope=0).exists()
    assert timeline(case)[-1] == "unshared"
    assert told(world.cps_manager, "referral_withdrawn") == 1


def test_withdrawn_before_it_was_sent_nothing_else_changes(world: World) -> None:
    case = making.police_case(world)
    row = making.ready_referral_of(world, case)
    do(world.investigator, bring_to_area, case)
    with refused("Enter the reason", "reason"):
        act(world.investigator, referrals.withdraw_referral, case, row, reason="")
    act(world.investigator, referrals.withdraw_referral, case, row, reason="Referred by mistake")
    assert fresh(case).brought
    assert again(row).ended_at is not None


def test_withdrawn_while_another_is_asked_the_case_stays_shared(world: World) -> None:
    case = making.police_case(world, suspects=2)
    making.sent_referral(world, case, numbers=(1,))
    other = making.sent_referral(world, case, numbers=(2,))
    act(world.investigator, referrals.withdraw_referral, case, other, reason="Not ready")
    assert fresh(case).cps_area_scope == SOUTH_WEST
    assert positions(case) == [(1, "with_cps")]


def test_referrals_are_numbered_within_the_case(world: World) -> None:
    case = making.police_case(world, suspects=2)
    numbers = [making.drafted_referral(world, case, numbers=(one,)).number for one in (1, 2)]
    assert numbers == [1, 2]
