"""The clocks of contact whole: every field of what is wanted, and what is known of safe channels and of who was reached."""

from datetime import date
from uuid import UUID

import pytest

from cases.derive.clocks import Edition, Editions, Kind, Length, Wanted
from cases.derive.facts import CaseFacts
from core import calendar, clock
from core.calendar import Due, Unit
from tests.unit.cases.support import case, day
from victims.derive import contact_facts, contact_rules, contact_turns
from victims.derive.contact_facts import AgreementFact, CardFact, ContactFact, HandoverFact, VictimContact
from victims.derive.contact_rules import contact_clocks
from victims.derive.contact_turns import Turn, in_effect, turns_of

HER, OTHER = UUID(int=99), UUID(int=98)
ON = day(0).date()
LATER = Editions(
    [
        Edition(kind, "", None, 2, Length(days, Unit.DAYS), date(2026, 1, 1))
        for kind, days in ((Kind.AGREEMENT_AGAIN, 100), (Kind.SAFE_CHANNEL_REVIEW, 10))
    ]
)


def on(number: float) -> date:
    return day(number).date()


def by(number: float) -> Due:
    """Due by the end of that day."""
    return calendar.due_by_end_of(on(number))


def agreed(days: int | None, made: float = 0, *, key: int = 1, starts: float | None = None, of: float | None = None) -> AgreementFact:
    return AgreementFact(UUID(int=key), day(made), on(made if starts is None else starts), on(made if of is None else of), days)


def contact(at: float, *, key: int = 50, to: str = "victim", reached: bool = True, side: str = "police", **more: object) -> ContactFact:
    return ContactFact(UUID(int=key), day(at), str(more.pop("channel", "telephone")), to, reached, side, **more)  # type: ignore[arg-type]


def wanted(known: VictimContact, editions: Editions | None = None, **facts: object) -> list[Wanted]:
    found: CaseFacts = case(beside={"victims": {HER: known}}, **facts)  # type: ignore[arg-type]
    return list(contact_clocks(found, editions or Editions()))


# --- clocks, every field -----------------------------------------------------------------------------------------------


def test_a_turn_that_was_met_and_the_one_that_runs_without_a_safe_channel() -> None:
    known = VictimContact((agreed(28),), (contact(10),), (CardFact(day(4), False),))
    assert [one for one in wanted(known) if one.kind == Kind.VICTIM_CONTACT] == [
        Wanted(Kind.VICTIM_CONTACT, HER, day(0), by(28), "police", complainant_id=HER, met_at=day(10)),
        Wanted(Kind.VICTIM_CONTACT, HER, day(10), by(38), "police", complainant_id=HER, sequence=1, paused_since=day(10)),
    ]


def test_a_turn_that_was_eased_and_ended_while_there_was_no_safe_channel_is_not_paused() -> None:
    agreements = (agreed(28), agreed(56, 3, key=2), agreed(None, 10, key=3))
    first, again = wanted(VictimContact(agreements, cards=(CardFact(day(4), False),)))[:2]
    assert first == Wanted(
        Kind.VICTIM_CONTACT,
        HER,
        day(0),
        by(56),
        "police",
        complainant_id=HER,
        first_due=by(28),
        eased_at=day(3),
        ended_at=day(10),
    )
    assert again.kind == Kind.AGREEMENT_AGAIN


def test_asked_again_after_a_long_interval_and_answered_by_the_next_agreement_whatever_it_says() -> None:
    """Agreed on day 2 and on day 1, entered the other way round: what answers it is never before its start."""
    long, out = agreed(57, 3, key=7, of=2), agreed(None, 4, key=8, of=1)
    found = [one for one in wanted(VictimContact((out, long)), LATER) if one.kind == Kind.AGREEMENT_AGAIN]
    starts, then = clock.day_start(on(2)), clock.day_start(on(1))
    assert found == [
        Wanted(Kind.AGREEMENT_AGAIN, long.id, starts, by(102), "police", complainant_id=HER, setting_version=2, met_at=starts),
        Wanted(Kind.AGREEMENT_AGAIN, out.id, then, by(101), "police", complainant_id=HER, setting_version=2),
    ]


def test_each_is_answered_by_the_one_after_it() -> None:
    known = VictimContact((agreed(None, 3), agreed(None, 9, key=2), agreed(28, 15, key=3)))
    answered = [one.met_at for one in wanted(known) if one.kind == Kind.AGREEMENT_AGAIN]
    assert answered == [clock.day_start(on(9)), clock.day_start(on(15))]


def test_of_agreements_entered_in_one_moment_the_later_key_answers_the_earlier() -> None:
    pair = (agreed(None, 3, key=9), agreed(28, 3, key=8))
    assert [one.met_at for one in wanted(VictimContact(pair)) if one.kind == Kind.AGREEMENT_AGAIN] == [None]


def test_the_review_of_no_safe_channel_counts_its_turns_through_all_spells() -> None:
    cards = (CardFact(day(1), False), CardFact(day(30), True), CardFact(day(40), False))
    found = wanted(VictimContact(cards=cards, reviews=(day(8),)), LATER)
    review, key = Kind.SAFE_CHANNEL_REVIEW, HER
    assert found == [
        Wanted(review, key, day(1), by(11), "police", complainant_id=HER, sequence=0, setting_version=2, met_at=day(8)),
        Wanted(review, key, day(8), by(18), "police", complainant_id=HER, sequence=1, setting_version=2, ended_at=day(30)),
        Wanted(review, key, day(40), by(50), "police", complainant_id=HER, sequence=2, setting_version=2),
    ]


def test_each_complainant_has_clocks_of_her_or_his_own() -> None:
    known = {HER: VictimContact((agreed(28),)), OTHER: VictimContact((agreed(7),))}
    found = list(contact_clocks(case(beside={"victims": known}), Editions()))
    assert [(one.subject_id, one.complainant_id, one.due) for one in found] == [(HER, HER, by(28)), (OTHER, OTHER, by(7))]


def test_a_contact_at_the_moment_of_the_handover_is_the_liaison_officers() -> None:
    known = VictimContact((agreed(28),), (contact(10),), handovers=(HandoverFact(day(10), "vlo"),))
    assert [one.owes for one in wanted(known, brought=True)] == ["cps", "cps"]


# --- turns -------------------------------------------------------------------------------------------------------------


def test_the_facts_of_a_turn() -> None:
    turn = Turn(day(0), by(28))
    assert (turn.promised, turn.first_due, turn.eased_at, turn.met_at, turn.ended_at, turn.running) == (None,) * 5 + (True,)
    promise = contact(5, next_agreed_on=on(8))
    assert turns_of(day(0), VictimContact((agreed(28),), (promise,))) == (Turn(day(0), by(28), met_at=day(5)), Turn(day(5), by(8), by(8)))


def test_an_agreement_holds_before_a_contact_of_the_same_moment() -> None:
    named = AgreementFact(UUID(int=60), day(5), on(5), on(5), 14, "text")
    found = turns_of(day(0), VictimContact((agreed(28), named), (contact(5, key=1, channel="text"),)))
    assert [(one.due, one.met_at) for one in found] == [(by(19), day(5)), (by(19), None)]


def test_of_contacts_in_one_moment_the_later_key_is_the_later_contact() -> None:
    pair = (contact(5, key=2, next_agreed_on=on(9)), contact(5, key=1))
    assert [one.due for one in turns_of(day(0), VictimContact((agreed(28),), pair))] == [by(28), by(33), by(9)]


def test_which_agreement_holds_from_when() -> None:
    first, coming, soon = agreed(28, 2, key=3, starts=-9), agreed(7, 3, key=2, starts=12), agreed(14, 4, key=1)
    assert in_effect(day(0), (coming, first)) == ((day(0), first), (clock.day_start(on(12)), coming))
    assert in_effect(day(0), (soon, coming, first)) == ((day(0), first), (day(4), soon))
    assert in_effect(day(0), ()) == ()
    late = agreed(28, 2, key=3, starts=4)
    assert in_effect(day(0), (late,)) == ((clock.day_start(on(4)), late),)


def test_of_agreements_that_would_hold_from_one_moment_the_last_does() -> None:
    one, other = agreed(28, 2, key=1, starts=12), agreed(7, 3, key=2, starts=12)
    assert in_effect(day(0), (one, other)) == ((clock.day_start(on(12)), other),)
    same = agreed(28, 2, key=4, starts=12), agreed(7, 2, key=3, starts=12)
    assert in_effect(day(0), same)[-1][1].id == UUID(int=4)


def test_without_a_number_of_days_and_without_a_promise_no_turn_begins() -> None:
    assert turns_of(day(0), VictimContact((agreed(None),), (contact(3),))) == ()
    assert turns_of(day(0), VictimContact((agreed(None),), (contact(3, next_agreed_on=on(7)),))) == (Turn(day(3), by(7), by(7)),)


def test_agreed_again_as_it_was_eases_nothing() -> None:
    assert turns_of(day(0), VictimContact((agreed(28), agreed(28, 3, key=2)))) == (Turn(day(0), by(28)),)


def test_the_earliest_day_it_ever_was_due_stays_beside_it() -> None:
    eased = (agreed(28), agreed(56, 3, key=2))
    assert turns_of(day(0), VictimContact(eased)) == (Turn(day(0), by(56), None, by(28), day(3)),)
    fewer = (*eased, agreed(40, 5, key=3))
    assert turns_of(day(0), VictimContact(fewer)) == (Turn(day(0), by(45), None, by(28), day(3)),)
    sooner = (*eased, agreed(7, 6, key=3))
    assert turns_of(day(0), VictimContact(sooner)) == (Turn(day(0), by(13), None, by(13), day(3)),)


def test_through_the_isva_to_a_contact_person_meets_nothing() -> None:
    how = AgreementFact(UUID(int=1), day(0), ON, ON, 28, "via_isva")
    assert [one.met_at for one in turns_of(day(0), VictimContact((how,), (contact(5, channel="via_isva", to="person"),)))] == [None]


# --- what is known -----------------------------------------------------------------------------------------------------


def test_the_spells_without_a_safe_channel() -> None:
    assert VictimContact().without_safe_channel() == ()
    assert VictimContact(cards=(CardFact(day(1), True),)).without_safe_channel() == ()
    still = (CardFact(day(8), False), CardFact(day(5), True), CardFact(day(2), False), CardFact(day(1), False), CardFact(day(6), True))
    assert VictimContact(cards=still).without_safe_channel() == ((day(1), day(5)), (day(8), None))
    assert VictimContact(cards=still[1:]).without_safe_channel() == ((day(1), day(5)),)


def test_of_cards_in_one_moment_the_safe_one_is_last() -> None:
    pair = (CardFact(day(1), True), CardFact(day(1), False))
    assert VictimContact(cards=pair).without_safe_channel() == ((day(1), day(1)),)


def test_since_when_there_is_no_safe_channel() -> None:
    cards = (CardFact(day(1), False), CardFact(day(5), True), CardFact(day(8), False))
    assert VictimContact(cards=cards).no_safe_channel_since() == day(8)
    assert VictimContact(cards=cards[:2]).no_safe_channel_since() is None
    assert VictimContact().no_safe_channel_since() is None


@pytest.mark.parametrize(
    ("facts", "counts"),
    [
        ({}, True),
        ({"side": "cps"}, True),
        ({"side": "isva"}, False),
        ({"reached": False}, False),
        ({"reached": False, "side": "isva"}, False),
        ({"to": "person"}, False),
        ({"to": "person", "stands_in": True}, True),
        ({"to": "person", "stands_in": True, "side": "isva"}, False),
    ],
)
def test_who_reached_her_or_him_last(facts: dict[str, object], counts: bool) -> None:
    known = VictimContact(contacts=(contact(9, **facts), contact(3)))  # type: ignore[arg-type]
    assert known.last_reached_at() == day(9 if counts else 3)
    assert VictimContact(contacts=(contact(9, **facts),)).last_reached_at() == (day(9) if counts else None)  # type: ignore[arg-type]


def test_what_is_decided_once() -> None:
    assert contact_facts.NAME == "victims"
    assert sorted(contact_facts.ONE_WAY) == ["email", "letter", "text"]
    assert (contact_rules.LONG_INTERVAL, contact_rules.CPS_CONTACT, contact_turns.COMES_BACK.days) == (56, "vlo", 28)


def test_what_a_fact_says_when_nothing_more_is_known() -> None:
    assert contact(1) == ContactFact(UUID(int=50), day(1), "telephone", "victim", True, "police", False, False, None)
    assert agreed(28) == AgreementFact(UUID(int=1), day(0), ON, ON, 28, "", "")
