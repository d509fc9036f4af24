"""Logging contact with a victim: what it meets, what is refused beside which field, corrections, and who hears of attempts in vain."""

from datetime import timedelta
from typing import Any

import pytest
from django.http import Http404

from cases import models as m
from cases.services.reconcile import WRITTEN, keys_of, reconcile
from cases.services.roles import assign_person
from cases.services.sharing import bring_to_area
from cases.services.telling import open_to_tell
from core import clock
from core.exceptions import Conflict, NotAllowed, NotPossible
from core.scope import scope, system
from core.sealedfield import opening
from notifications.models import Notice
from tests.factories import AVON, World, ago
from tests.integration.cases.asking import live_since
from tests.integration.cases.making import arrest, do, fresh, timeline
from tests.integration.victims.contacting import agree, card, clocks, correct, log
from tests.integration.victims.knowing import complainant_of, known_case, person_of, sealed
from victims.models import Contact, ContactSummary
from victims.services.agreements import hand_over_contact
from victims.services.safe_contact import review_safe_channel

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(world: World) -> m.Case:
    """A case recorded ten days ago, its victim entered."""
    live_since(AVON, days=100)
    return known_case(world)[0]


def refused(field: str | None) -> Any:
    """Expect a refusal beside a field."""
    return pytest.raises(NotPossible, check=lambda error: error.field == field)


def things_of(case: m.Case) -> list[tuple[str, Any]]:
    with scope(system(AVON)):
        return [(one.about, one.fact_id) for one in open_to_tell(case, complainant_of(case))]


def test_a_contact_meets_the_clock_and_starts_the_next(world: World, case: m.Case) -> None:
    agree(world.investigator, case)
    row = log(world.investigator, case)
    first, second = clocks(case)
    assert (first.met_at, second.met_at, second.started_at) == (row.at, None, row.at)
    assert second.due_on == clock.london_day(row.at) + timedelta(days=28)
    victim = sealed(case)
    assert (victim.next_contact_due_at, victim.last_reached_at) == (second.due_at, row.at)
    assert timeline(case)[-2:] == ["contact_agreed", "contacted"]


def test_one_contact_tells_several_things_and_a_correction_takes_them_back(world: World, case: m.Case) -> None:
    arrest(world.investigator, case, days=2)
    things = things_of(case)
    assert {about for about, _ in things} == {"told_crime_recorded", "told_arrest"}
    with refused("things"):
        log(world.investigator, case, things=things)  # by telephone: the crime's record is confirmed in writing
    row = log(world.investigator, case, things=things, channel="in_person")
    assert things_of(case) == []
    with scope(system(AVON)):
        assert set(m.Told.objects.filter(contact_id=row.pk).values_list("told_at", "how")) == {(row.at, "in_person")}
    anew = correct(world.investigator, case, row, things=things[:1])
    assert things_of(case) == things[1:]
    assert anew.supersedes_id == row.pk
    with scope(system(AVON)):
        assert Contact.objects.filter(case=case).count() == 2
    assert all(one.met_at is None for one in clocks(case, things[1][0]))


def test_a_corrected_contact_meets_nothing_and_is_corrected_once(world: World, case: m.Case) -> None:
    agree(world.investigator, case)
    row = log(world.investigator, case)
    correct(world.investigator, case, row, reached=False)
    assert [one.met_at for one in clocks(case)] == [None]
    assert sealed(case).last_reached_at is None
    with refused(None):
        correct(world.investigator, case, row)
    with refused("because"):
        correct(world.investigator, case, log(world.investigator, case, hours=3), "  ")


def test_what_cannot_have_been_is_refused_beside_its_field(world: World, case: m.Case) -> None:
    officer = world.investigator
    with refused("at"):
        log(officer, case, at=clock.now() + timedelta(minutes=3))
    with refused("at"):
        log(officer, case, hours=24 * 11)
    with refused("channel"):
        log(officer, case, channel="pigeon")
    with refused("to"):
        log(officer, case, to="neighbour")
    with refused("next_agreed_on"):
        log(officer, case, reached=False, next_agreed_on=clock.today())
    for days in (-1, 366):
        with refused("next_agreed_on"):
            log(officer, case, next_agreed_on=clock.today() + timedelta(days=days))
    with refused("person_id"):
        log(officer, case, to="person")
    assert "contacted" not in timeline(case)
    log(officer, case, next_agreed_on=clock.today())


def test_words_about_the_offence_stand_in_a_statement(world: World, case: m.Case) -> None:
    with refused("summary"):
        log(world.investigator, case, spoke_about_offence=True, summary="He was there", statement_reference="S1")
    with refused("statement_reference"):
        log(world.investigator, case, spoke_about_offence=True, statement_reference=" ")
    row = log(world.investigator, case, spoke_about_offence=True, statement_reference="MG11/4")
    with scope(system(AVON)), opening("test"):
        summary = ContactSummary.objects.get(contact=row)
        assert (summary.text, summary.statement_reference, summary.spoke_about_offence) == ("", "MG11/4", True)


def test_only_what_reached_her_tells_anything(world: World, case: m.Case) -> None:
    things = things_of(case)
    person = person_of(case, world.investigator, may_be_told="arrangements")
    whole = person_of(case, world.investigator, may_be_told="everything", name="Somebody Else-Test")
    with refused("things"):
        log(world.investigator, case, reached=False, things=things)
    with refused("things"):
        log(world.investigator, case, to="isva", things=things)
    with refused("things"):
        log(world.investigator, case, to="person", person_id=person.pk, things=things)
    log(world.investigator, case, to="person", person_id=whole.pk, things=things, channel="letter")
    assert things_of(case) == []


@pytest.mark.parametrize(
    ("may_be_told", "kind", "meets"), [("everything", "parent", True), ("arrangements", "parent", False), ("everything", "carer", False)]
)
def test_a_contact_person_stands_in_by_what_she_or_he_may_be_told_then(
    world: World, case: m.Case, may_be_told: str, kind: str, meets: bool
) -> None:
    agree(world.investigator, case)
    person = person_of(case, world.investigator, may_be_told=may_be_told, kind=kind)
    log(world.investigator, case, to="person", person_id=person.pk)
    assert (clocks(case)[0].met_at is not None) is meets


def test_the_same_contact_logged_by_two_is_asked_about(world: World, case: m.Case) -> None:
    log(world.investigator, case, hours=2)
    with pytest.raises(NotPossible) as caught:
        log(world.supervisor, case, hours=2 - 9 / 60)
    assert caught.value.field == "another_contact"
    assert world.investigator.name in caught.value.reason
    log(world.supervisor, case, hours=2 - 9 / 60, another=True)
    log(world.supervisor, case, hours=2, channel="text")
    log(world.supervisor, case, hours=1)
    with scope(system(AVON)):
        assert Contact.objects.filter(case=case).count() == 4


def test_a_page_opened_before_another_contact_conflicts(world: World, case: m.Case) -> None:
    before = fresh(case).version
    log(world.investigator, case, hours=3)
    with pytest.raises(Conflict) as caught:
        log(world.supervisor, case, hours=1, version=before)
    assert (caught.value.change.who, caught.value.change.what) == (world.investigator.name, "contacted a complainant")


def test_three_attempts_in_a_row_are_told_to_the_supervisor_once_a_series(world: World, case: m.Case) -> None:
    def told() -> int:
        with scope(system(AVON)):
            return int(Notice.objects.filter(subject="attempts_without_reaching").count())

    for hours in (9, 8):
        log(world.investigator, case, hours=hours, reached=False)
    assert told() == 0
    log(world.investigator, case, hours=7, reached=False)
    first = told()
    assert first > 0
    log(world.investigator, case, hours=6, reached=False)
    assert told() == first
    log(world.investigator, case, hours=5)
    for hours in (4, 3, 2):
        log(world.investigator, case, hours=hours, reached=False)
    assert told() == 2 * first


def test_without_a_safe_channel_nobody_tries_and_an_inspector_reviews(world: World, case: m.Case) -> None:
    agree(world.investigator, case)
    card(world.investigator, case, no_safe_channel=True, channels=[])
    assert clocks(case)[0].paused_since is not None
    assert sealed(case).next_contact_due_at is None
    for said in ({"reached": False}, {"channel": "text"}):
        with refused("reached"):
            log(world.investigator, case, **said)
    complainant = complainant_of(case)
    answer = {"complainant_id": complainant.pk, "isva_route_tried": True, "decision": "Ask again on Monday"}
    with pytest.raises(NotAllowed):
        do(world.investigator, review_safe_channel, case, **answer)
    do(world.supervisor, review_safe_channel, case, **answer)
    assert [one.met_at is None for one in clocks(case, "safe_channel_review")] == [False, True]
    card(world.investigator, case)
    assert [one.ended_at is None for one in clocks(case, "safe_channel_review")] == [True, False]
    with refused(None):
        do(world.supervisor, review_safe_channel, case, **answer)
    assert clocks(case)[0].paused_since is None


@pytest.mark.parametrize("facts", [{"no_safe_channel": True}, {"channels": []}, {"channels": ["pigeon"]}])
def test_a_card_that_contradicts_itself_is_refused(world: World, case: m.Case, facts: dict[str, Any]) -> None:
    with refused("channels"):
        card(world.investigator, case, **facts)


@pytest.mark.parametrize("days", [0, -1, 366, 400, None])
def test_an_interval_outside_1_to_365_is_refused(world: World, case: m.Case, days: int | None) -> None:
    with refused("interval_days"):
        agree(world.investigator, case, days)


def test_a_long_interval_and_an_opt_out_need_her_own_reason(world: World, case: m.Case) -> None:
    with refused("own_reason"):
        agree(world.investigator, case, 57)
    with refused("own_reason"):
        agree(world.investigator, case, opted_out=True, own_reason=" ")
    agree(world.investigator, case, 56)
    agree(world.investigator, case, 28, opted_out=True, own_reason="Wants to be left alone")
    assert [one.kind for one in clocks(case, "agreement_again")] == ["agreement_again"]
    assert clocks(case)[-1].ended_at is not None
    with refused("agreed_on"):
        agree(world.investigator, case, agreed_on=clock.today() + timedelta(days=1))
    with refused("starts_on"):
        agree(world.investigator, case, starts_on=clock.today() + timedelta(days=57))


def test_only_who_is_shown_identity_logs_contact(world: World, case: m.Case) -> None:
    with pytest.raises(NotAllowed):
        log(world.colleague, case)
    with pytest.raises(NotAllowed):
        log(world.colleague, case, hours=2)
    for stranger in (world.kent, world.vlo):
        with pytest.raises(Http404):
            log(stranger, case)


def test_contact_is_handed_over_after_a_charge_to_who_is_named(world: World, case: m.Case) -> None:
    agree(world.investigator, case)
    complainant = complainant_of(case)
    said = {"complainant_id": complainant.pk, "to": "vlo", "agreed_on": clock.today(), "agreed_with_victim": True}
    with refused(None):
        do(world.investigator, hand_over_contact, case, **said)
    _charge(world, case)
    with refused("to"):
        do(world.investigator, hand_over_contact, case, **said)
    do(world.investigator, bring_to_area, case)
    do(world.cps_manager, assign_person, case, user_id=world.vlo.pk, role="vlo")
    for days in (1, -400):
        day = {"agreed_on": clock.today() + timedelta(days=days)}
        with refused("agreed_on"):
            do(world.investigator, hand_over_contact, case, **{**said, **day})
    with refused("agreed_with_victim"):
        do(world.investigator, hand_over_contact, case, **{**said, "agreed_with_victim": False})
    assert clocks(case)[-1].owes == "police"
    do(world.investigator, hand_over_contact, case, **said)
    assert clocks(case)[-1].owes == "cps"
    row = log(world.vlo, case, at=clock.now())
    assert row.side == "cps"
    assert clocks(case)[0].owes == "cps"


def _charge(world: World, case: m.Case) -> None:
    with scope(system(AVON)):
        suspect = m.Suspect.objects.get(case=case, number=1)
        m.SuspectOutcome(**keys_of(case), suspect=suspect, code=1, on=clock.today()).save(force_insert=True)
        reconcile(fresh(case), reason="test", actor_name="test")


def test_a_rebuild_equals_what_the_services_left(world: World, case: m.Case) -> None:
    def all_clocks() -> list[Any]:
        return sorted(m.Deadline.objects.filter(case=case).values_list("kind", "sequence", *WRITTEN), key=str)

    agree(world.investigator, case, 7, starts_on=clock.london_day(ago(days=9)), agreed_on=clock.london_day(ago(days=9)))
    row = log(world.investigator, case, hours=100)
    log(world.investigator, case, hours=50, channel="text")
    correct(world.investigator, case, row, at=ago(hours=90))
    agree(world.investigator, case, 14)
    card(world.investigator, case, no_safe_channel=True, channels=[])
    with scope(system(AVON)):
        before = all_clocks()
        m.Deadline.objects.filter(case=case).update(cancelled=True, met_at=None, owes="cps")
        reconcile(fresh(case), reason="test", actor_name="test")
        assert all_clocks() == before


def test_names_stay_out_of_the_timeline(world: World, case: m.Case) -> None:
    log(world.investigator, case, summary="Marigold Test-Canary asked for a letter", not_told_to="Marigold’s brother")
    agree(world.investigator, case, 90, own_reason="Marigold is away")
    with scope(system(AVON)):
        texts = str(list(m.TimelineEvent.objects.filter(case=case).values_list("text", flat=True)))
    assert "Marigold" not in texts
