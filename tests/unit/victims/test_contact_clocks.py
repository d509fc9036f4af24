"""The clocks of contact: what meets a turn, what starts the next, what moves it and what does not, at every boundary."""

from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import pairwise, permutations
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.derive.clocks import Editions, Kind, Wanted
from cases.derive.facts import CaseFacts
from core import clock
from tests.unit.cases.support import case, day
from victims.derive.contact_facts import NAME, AgreementFact, CardFact, ContactFact, HandoverFact, VictimContact
from victims.derive.contact_rules import contact_clocks

HER = UUID(int=99)
START = day(0).date()


def on(number: float) -> date:
    return day(number).date()


def agreed(days: int | None = 28, made: float = 0, starts: float | None = None, **facts: object) -> AgreementFact:
    begins = on(made if starts is None else starts)
    return AgreementFact(UUID(int=1000 + int(made * 100)), day(made), begins, on(made), days, **facts)  # type: ignore[arg-type]


def contact(at: float, channel: str = "telephone", *, reached: bool = True, **facts: object) -> ContactFact:
    given_facts = {"to": "victim", "side": "police", **facts}
    return ContactFact(UUID(int=2000 + int(at * 100)), day(at), channel, reached=reached, **given_facts)  # type: ignore[arg-type]


def facts_of(known: VictimContact, **more: object) -> CaseFacts:
    return case(beside={NAME: {HER: known}}, **more)  # type: ignore[arg-type]


def clocks(kind: str = Kind.VICTIM_CONTACT, *contacts: ContactFact, **known: object) -> list[Wanted]:
    known.setdefault("agreements", (agreed(),))
    brought = bool(known.pop("brought", False))
    facts = facts_of(VictimContact(contacts=contacts, **known), brought=brought)  # type: ignore[arg-type]
    return [one for one in contact_clocks(facts, Editions()) if one.kind == kind]


def turns(*contacts: ContactFact, **known: object) -> list[Wanted]:
    return clocks(Kind.VICTIM_CONTACT, *contacts, **known)


# --- turns -------------------------------------------------------------------------------------------------------------


def test_without_an_agreement_there_is_no_clock() -> None:
    assert turns(contact(3), agreements=()) == []
    assert list(contact_clocks(case(), Editions())) == []


def test_each_contact_that_reached_meets_a_turn_and_starts_the_next() -> None:
    found = turns(contact(10), contact(40))
    assert [one.sequence for one in found] == [0, 1, 2]
    assert [one.started_at for one in found] == [day(0), day(10), day(40)]
    assert [one.due.due_on for one in found] == [on(28), on(38), on(68)]
    assert [one.met_at for one in found] == [day(10), day(40), None]
    assert {(one.subject_id, one.complainant_id, one.owes) for one in found} == {(HER, HER, "police")}


def test_the_whole_of_the_last_day_is_in_time() -> None:
    due = turns()[0].due
    assert due.due_at == datetime(2026, 3, 30, 23, 0, tzinfo=UTC), "midnight in London, summer time by then"
    assert due.due_on == date(2026, 3, 30)


def test_an_attempt_meets_nothing() -> None:
    assert [one.met_at for one in turns(contact(10, reached=False))] == [None]


def test_it_runs_from_the_recording_or_from_the_day_agreed_if_that_is_later() -> None:
    assert turns(agreements=(agreed(7, made=5, starts=-3),))[0].started_at == day(0)
    assert turns(agreements=(agreed(7, made=5, starts=9),))[0].due.due_on == on(16)


@pytest.mark.parametrize("channel", ["in_person", "telephone", "video"])
def test_what_lets_both_speak_meets_it_by_any_agreement(channel: str) -> None:
    assert turns(contact(5, channel), agreements=(agreed(channel="letter"),))[0].met_at == day(5)


@pytest.mark.parametrize("channel", ["text", "email", "letter"])
def test_a_one_way_message_meets_only_where_it_was_agreed_and_never_twice_running(channel: str) -> None:
    assert turns(contact(5, channel), agreements=(agreed(channel="telephone"),))[0].met_at is None
    assert turns(contact(5, channel), agreements=(agreed(),))[0].met_at is None
    named = (agreed(channel=channel),)
    assert [one.met_at for one in turns(contact(5, channel), contact(9, channel), agreements=named)] == [day(5), None]
    between = turns(contact(5, channel), contact(7), contact(9, channel), agreements=named)
    assert [one.met_at for one in between] == [day(5), day(7), day(9), None]
    tried = turns(contact(5, channel), contact(7, reached=False), contact(9, channel), agreements=named)
    assert [one.met_at for one in tried] == [day(5), None]


def test_another_channel_agreed_afterwards_makes_no_message_of_before_timely() -> None:
    later = (agreed(channel="telephone"), agreed(made=6, starts=1, channel="text"))
    assert turns(contact(5, "text"), agreements=later)[0].met_at is None
    assert turns(contact(7, "text"), agreements=later)[0].met_at == day(7)


def test_what_the_extract_calls_reached_counts_whatever_the_channel() -> None:
    assert turns(contact(5, "", imported=True), contact(6, "", imported=True))[-1].started_at == day(6)


def test_contact_of_the_isva_meets_nothing() -> None:
    for to in ("victim", "isva"):
        assert turns(contact(5, "via_isva", side="isva", to=to), agreements=(agreed(channel="via_isva"),))[0].met_at is None
    assert turns(contact(5, side="isva"))[0].met_at is None


def test_through_the_isva_meets_only_where_that_was_agreed() -> None:
    assert turns(contact(5, "via_isva", to="isva"))[0].met_at is None
    for how in (agreed(channel="via_isva"), agreed(by="isva")):
        found = turns(contact(5, "via_isva", to="isva"), contact(9, "via_isva"), agreements=(how,))
        assert [one.met_at for one in found] == [day(5), day(9), None]
    assert turns(contact(5, "telephone", to="isva"), agreements=(agreed(by="isva"),))[0].met_at is None


def test_with_a_contact_person_only_where_she_or_he_stood_in() -> None:
    assert turns(contact(5, to="person"))[0].met_at is None
    assert turns(contact(5, to="person", stands_in=True))[0].met_at == day(5)


# --- agreements --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("changed_on", "moved"), [(25, True), (26, False), (28, False), (40, False)])
def test_a_changed_agreement_never_moves_what_is_due_soon_or_overdue(changed_on: int, moved: bool) -> None:
    """Due on day 28: from two days before it stands."""
    one = turns(agreements=(agreed(), agreed(56, made=changed_on)))[0]
    assert one.due.due_on == (on(56) if moved else on(28))
    assert one.eased_at == (day(changed_on) if moved else None)
    assert one.first_due == (None if not moved else replace(one.due, due_at=turns()[0].due.due_at, due_on=on(28)))


def test_fewer_days_count_from_the_change_and_never_make_it_later() -> None:
    assert turns(agreements=(agreed(), agreed(7, made=3)))[0].due.due_on == on(10)
    assert turns(agreements=(agreed(), agreed(7, made=24)))[0].due.due_on == on(28)
    assert turns(agreements=(agreed(), agreed(27, made=3)))[0].due.due_on == on(28)


def test_what_was_agreed_holds_for_the_turns_after_it() -> None:
    found = turns(contact(27), agreements=(agreed(), agreed(7, made=27.5)))
    assert [one.due.due_on for one in found] == [on(28), on(34)]
    frozen = turns(contact(30), agreements=(agreed(), agreed(7, made=27)))
    assert [one.due.due_on for one in frozen] == [on(28), on(37)]


def test_a_beginning_to_come_leaves_the_agreement_before_it_in_force() -> None:
    coming = (agreed(), agreed(7, made=3, starts=12))
    assert [one.due.due_on for one in turns(contact(5), agreements=coming)] == [on(28), on(12 + 7)]
    replaced = (*coming, agreed(14, made=4))
    assert turns(contact(5), agreements=replaced)[1].due.due_on == on(19)


def test_opting_out_ends_the_turn_and_agreeing_again_begins_one() -> None:
    found = turns(contact(2), agreements=(agreed(), agreed(None, made=10), agreed(14, made=50)))
    assert [(one.met_at, one.ended_at) for one in found] == [(day(2), None), (None, day(10)), (None, None)]
    assert found[2].due.due_on == on(64)
    assert turns(contact(20), agreements=(agreed(None),)) == []


def test_a_day_agreed_in_a_contact_is_a_promise() -> None:
    assert turns(contact(5, next_agreed_on=on(8)))[1].due.due_on == on(8)
    assert turns(contact(5, next_agreed_on=on(90)))[1].due.due_on == on(33)
    assert turns(contact(5, next_agreed_on=on(8)), agreements=())[0].due.due_on == on(8)
    assert turns(contact(5, reached=False, next_agreed_on=on(8)))[0].due.due_on == on(28)
    assert turns(contact(5, next_agreed_on=on(20)), agreements=(agreed(), agreed(56, made=6)))[1].due.due_on == on(20)


@pytest.mark.parametrize(("days", "asked_again"), [(56, False), (57, True), (365, True), (None, True)])
def test_more_than_56_days_or_opting_out_is_asked_again_after_90(days: int | None, asked_again: bool) -> None:
    found = clocks(Kind.AGREEMENT_AGAIN, agreements=(agreed(days, made=4),))
    assert [one.due.due_on for one in found] == ([on(94)] if asked_again else [])
    answered = clocks(Kind.AGREEMENT_AGAIN, agreements=(agreed(days, made=4), agreed(28, made=30)))
    assert [one.met_at for one in answered] == ([clock.day_start(on(30))] if asked_again else [])


# --- no safe channel, handover -----------------------------------------------------------------------------------------


def test_no_safe_channel_pauses_contact_without_moving_it_and_opens_a_review_every_7_days() -> None:
    cards = (CardFact(day(4), False),)
    assert (turns(cards=cards)[0].paused_since, turns(cards=cards)[0].due.due_on) == (day(4), on(28))
    found = clocks(Kind.SAFE_CHANNEL_REVIEW, cards=cards, reviews=(day(9),))
    assert [(one.sequence, one.due.due_on, one.met_at) for one in found] == [(0, on(11), day(9)), (1, on(16), None)]
    assert {one.complainant_id for one in found} == {HER}


def test_a_safe_channel_ends_the_review_and_the_clock_stands_where_it_would_have() -> None:
    cards = (CardFact(day(4), False), CardFact(day(6), False), CardFact(day(40), True))
    assert (turns(cards=cards)[0].paused_since, turns(cards=cards)[0].due.due_on) == (None, on(28))
    assert [one.ended_at for one in clocks(Kind.SAFE_CHANNEL_REVIEW, cards=cards)] == [day(40)]
    again = (*cards, CardFact(day(50), False))
    assert [one.sequence for one in clocks(Kind.SAFE_CHANNEL_REVIEW, cards=again)] == [0, 1]
    assert turns(cards=again)[0].paused_since == day(50)
    assert clocks(Kind.SAFE_CHANNEL_REVIEW, cards=(CardFact(day(4), True),)) == []


@pytest.mark.parametrize(
    ("to", "brought", "owes"),
    [("vlo", True, "cps"), ("vlo", False, "police"), ("witness_care", True, "police"), ("officer", True, "police")],
)
def test_police_owe_until_the_named_liaison_officer_of_the_cps_took_over(to: str, brought: bool, owes: str) -> None:
    found = turns(contact(5), handovers=(HandoverFact(day(20), to),), brought=brought)
    assert [one.owes for one in found] == ["police", owes]


def test_handed_back_police_owe_again() -> None:
    back = (HandoverFact(day(20), "vlo"), HandoverFact(day(30), "officer"))
    assert turns(handovers=back, brought=True)[0].owes == "police"
    assert turns(contact(25), handovers=back, brought=True)[0].owes == "cps"


# --- facts in any order ------------------------------------------------------------------------------------------------


def test_closing_the_case_ends_no_contact() -> None:
    known = VictimContact(agreements=(agreed(),))
    closed = facts_of(known, offences=(16,), offences_closed_on=on(3))
    assert [one.ended_at for one in contact_clocks(closed, Editions())] == [None]


def test_the_order_of_the_facts_does_not_matter() -> None:
    agreements = (agreed(), agreed(7, made=3), agreed(None, made=40), agreed(90, made=60))
    contacts = (contact(5), contact(6, "text"), contact(20, next_agreed_on=on(22)), contact(64))
    cards = (CardFact(day(7), False), CardFact(day(9), True))
    wanted = turns(*contacts, agreements=agreements, cards=cards)
    for one in permutations(contacts):
        assert turns(*one, agreements=agreements[::-1], cards=cards[::-1]) == wanted


moments = st.floats(min_value=0, max_value=400, allow_nan=False).map(lambda number: round(number, 2))


@given(
    st.lists(st.tuples(moments, st.sampled_from([None, 1, 7, 28, 56, 90, 365])), max_size=5, unique_by=lambda pair: pair[0]),
    st.lists(
        st.tuples(moments, st.sampled_from(["telephone", "text", "letter", "via_isva"]), st.booleans()),
        max_size=12,
        unique_by=lambda step: step[0],
    ),
    st.randoms(use_true_random=False),
)
def test_turns_follow_one_another_and_only_the_last_runs(agreements: list, contacts: list, chance: object) -> None:  # type: ignore[type-arg]
    said = [agreed(days, made=made, channel="text") for made, days in agreements]
    had = [contact(at, channel, reached=reached) for at, channel, reached in contacts]
    found = turns(*had, agreements=tuple(said))
    assert [one.sequence for one in found] == list(range(len(found)))
    assert all(one.met_at or one.ended_at for one in found[:-1])
    assert all((one.met_at or one.ended_at or one.started_at) >= one.started_at for one in found)
    assert all(before.started_at <= after.started_at for before, after in pairwise(found))
    chance.shuffle(said)  # type: ignore[attr-defined]
    chance.shuffle(had)  # type: ignore[attr-defined]
    assert turns(*had, agreements=tuple(said)) == found


# --- opting out and in again -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("out_on", "in_on", "back"),
    [(26, 26.5, True), (40, 41, True), (26, 54, True), (26, 54.1, False), (25, 25.5, False), (40, 70, False)],
    ids=["soon", "overdue", "at 28 days", "after 28 days", "not soon", "overdue, long ago"],
)
def test_opting_out_and_in_again_moves_no_date_that_was_due_soon_or_overdue(out_on: float, in_on: float, back: bool) -> None:
    """Due on day 28, soon from day 26."""
    found = turns(agreements=(agreed(), agreed(None, made=out_on), agreed(14, made=in_on)))
    if back:
        assert [(one.due.due_on, one.ended_at, one.met_at) for one in found] == [(on(28), None, None)]
    else:
        assert [one.ended_at for one in found] == [day(out_on), None]
        assert found[1].started_at == day(in_on)


def test_a_turn_does_not_come_back_when_she_was_reached_after_opting_out() -> None:
    changed = (agreed(), agreed(None, made=26), agreed(14, made=30))
    assert [one.ended_at for one in turns(contact(27), agreements=changed)] == [day(26), None]
    assert [one.ended_at for one in turns(contact(27, reached=False), agreements=changed)] == [None]


def test_opting_out_twice_brings_nothing_back() -> None:
    twice = (agreed(), agreed(None, made=26), agreed(None, made=27))
    assert [one.ended_at for one in turns(agreements=twice)] == [day(26)]
    assert [one.ended_at for one in turns(agreements=(*twice, agreed(14, made=28)))] == [None]
    assert turns(agreements=(agreed(None), agreed(14, made=3)))[0].started_at == day(3)
