"""Whole clocks, every field of them: what the facts of one case ask for, in the order of the rules."""

from datetime import date, timedelta
from uuid import UUID

from cases.derive.clock_rules import investigation
from cases.derive.clocks import CLOCKS, Edition, Editions, Kind, Wanted, wanted
from cases.derive.facts import (
    ArrestFact,
    BailFact,
    CorrectionFact,
    EmergencyFact,
    OutcomeFact,
    OverrideFact,
    ReviewFact,
    SituationFact,
    ToldFact,
)
from cases.derive.told_rules import telling, told_subject
from core import calendar, clock
from core.calendar import Due, Unit
from tests.unit.cases.support import CASE, DAY0, SUSPECT, case, clock_of, day, suspect
from tests.unit.cases.telling import FACT, SHE, known, she
from tests.unit.cases.telling import suspect as told_of

TWO, THREE = UUID(int=3), UUID(int=4)
SITUATION, ARREST, BAIL, LOOKED = (UUID(int=60 + number) for number in range(4))
SEVENTH = Editions(
    Edition(kind, variant, None, 7, length, date(2000, 1, 1)) for kind, row in CLOCKS.items() for variant, length in row.lengths.items()
)


def by(number: int) -> Due:
    """The whole of the day this many days after the beginning."""
    return calendar.due_by_end_of(DAY0.date() + timedelta(days=number))


def hours(number: float, amount: int) -> Due:
    return calendar.due(day(number), amount, Unit.HOURS, calendar.england_and_wales())


def test_the_clocks_of_an_investigation() -> None:
    facts = case(
        suspect(situations=(SituationFact(SITUATION, "wanted", day(3)),)),
        suspect(
            1,
            TWO,
            arrests=(ArrestFact(ARREST, day(2), False, day(3), "under_investigation", day(2), 24),),
            bails=(BailFact(BAIL, day(20), "custody_officer", day(2)),),
        ),
        suspect(0, THREE, no_arrest=(day(3),), outcomes=(OutcomeFact(16, day(9).date()),)),
        reviews=(
            ReviewFact("case", None, day(2), day(4).date()),
            ReviewFact("situation", SUSPECT, day(5)),
            ReviewFact("situation", TWO, day(5.5)),
            ReviewFact("under_investigation", TWO, day(10)),
            ReviewFact("under_investigation", SUSPECT, day(10.5)),
        ),
        emergencies=(EmergencyFact(LOOKED, day(4), day(5)),),
        offences=(None,),
    )
    assert list(investigation(facts, SEVENTH)) == [
        Wanted("supervisor_review", CASE, day(0), hours(0, 72), "police", setting_version=7, met_at=day(2)),
        Wanted("supervisor_review", CASE, day(2), by(4), "police", sequence=1, setting_version=7),
        Wanted("break_glass_review", LOOKED, day(4), by(8), "audit", setting_version=7, met_at=day(5)),
        Wanted("arrest", SUSPECT, day(0), by(28), "police", SUSPECT, setting_version=7, first_due=by(28), paused_since=day(3)),
        Wanted("situation_review", SITUATION, day(3), by(10), "police", SUSPECT, setting_version=7, met_at=day(5)),
        Wanted("situation_review", SITUATION, day(5), by(12), "police", SUSPECT, sequence=1, setting_version=7),
        Wanted("arrest", TWO, day(1), by(29), "police", TWO, setting_version=7, first_due=by(29), met_at=day(2)),
        Wanted("bail_expiry", BAIL, day(20), calendar.due_by_end_of(date(2026, 6, 4)), "police", TWO),
        Wanted("rui_review", TWO, day(3), by(31), "police", TWO, setting_version=7, met_at=day(10)),
        Wanted("rui_review", TWO, day(10), by(38), "police", TWO, sequence=1, setting_version=7, ended_at=day(20)),
        Wanted("detention", ARREST, day(2), hours(2, 24), "police", TWO, met_at=day(3)),
        Wanted("arrest", THREE, day(0), by(28), "police", THREE, setting_version=7, first_due=by(28), met_at=day(3)),
        Wanted("interview_by", THREE, day(3), by(31), "police", THREE, setting_version=7, ended_at=clock.day_start(day(9).date())),
    ]


def test_bail_and_detention_that_an_outcome_ended() -> None:
    facts = case(
        suspect(
            arrests=(ArrestFact(UUID(int=90), day(1)), ArrestFact(ARREST, day(2), began_at=day(2), hours=36)),
            bails=(BailFact(BAIL, day(3), "inspector", day(2)),),
            outcomes=(OutcomeFact(15, day(9).date()),),
        ),
        offences=(15,),
    )
    ended = clock.day_start(day(9).date())
    found = [one for one in investigation(facts, SEVENTH) if one.kind in {"bail_expiry", "detention"}]
    assert found == [
        Wanted("bail_expiry", BAIL, day(3), calendar.due_by_end_of(date(2026, 9, 4)), "police", SUSPECT, ended_at=ended),
        Wanted("detention", ARREST, day(2), hours(2, 36), "police", SUSPECT, ended_at=ended),
    ]


def test_detention_needs_its_beginning_and_its_hours() -> None:
    facts = case(
        suspect(
            arrests=(
                ArrestFact(UUID(int=90), day(1), began_at=day(1)),
                ArrestFact(UUID(int=91), day(2), hours=24),
                ArrestFact(ARREST, day(3), began_at=day(3), hours=24),
            )
        )
    )
    assert [one.subject_id for one in investigation(facts, SEVENTH) if one.kind == "detention"] == [ARREST]


def moved(*moves: tuple[int, float]) -> Wanted:
    """The first review of a case, due in 72 hours, with its date moved: (to which day, when)."""
    overrides = tuple(OverrideFact(Kind.SUPERVISOR_REVIEW, CASE, 0, day(to).date(), day(when)) for to, when in moves)
    return clock_of(case(overrides=overrides), Kind.SUPERVISOR_REVIEW)


def test_a_date_moved_later_is_an_easing_and_one_moved_sooner_is_the_first_due() -> None:
    later, sooner = moved((9, 1)), moved((1, 0.5))
    assert later == Wanted("supervisor_review", CASE, day(0), by(9), "police", setting_version=1, first_due=hours(0, 72), eased_at=day(1))
    assert sooner == Wanted("supervisor_review", CASE, day(0), by(1), "police", setting_version=1, first_due=by(1))


def test_a_date_moved_to_the_day_it_was_due_on_is_no_easing() -> None:
    override = OverrideFact(Kind.SUPERVISOR_REVIEW, CASE, 1, day(9).date(), day(3))
    facts = case(reviews=(ReviewFact("case", None, day(2)),), overrides=(override,))
    second = next(one for one in investigation(facts, Editions()) if one.sequence == 1)
    assert (second.due, second.first_due, second.eased_at) == (by(9), by(9), None)


def test_of_two_moves_the_later_made_counts_however_they_stand() -> None:
    assert moved((9, 1), (12, 2)).due == by(12)
    assert moved((12, 2), (9, 1)).due == by(12)
    assert moved((12, 2), (9, 1)).eased_at == day(2)


def test_a_move_is_for_one_turn_of_one_clock() -> None:
    other = OverrideFact(Kind.SUPERVISOR_REVIEW, CASE, 1, day(9).date(), day(1))
    elsewhere = OverrideFact(Kind.SUPERVISOR_REVIEW, TWO, 0, day(9).date(), day(1))
    assert clock_of(case(overrides=(other, elsewhere)), Kind.SUPERVISOR_REVIEW).due == hours(0, 72)


def test_a_telling_with_every_field() -> None:
    changed = CorrectionFact("complainant", SHE, "entitlement", "enhanced", "standard", day(1.1))
    told = ToldFact("told_arrest", FACT, day(4))
    facts = known(she(told, entitlement="standard"), suspects=(told_of(arrests=(ArrestFact(FACT, day(1)),)),), corrections=(changed,))
    assert list(telling(facts, SEVENTH))[1:] == [
        Wanted(
            "told_arrest",
            told_subject(SHE, FACT),
            day(1),
            by(8),
            "police",
            SUSPECT,
            SHE,
            setting_version=7,
            first_due=by(2),
            eased_at=day(1.1),
            met_at=day(4),
        )
    ]


def test_clocks_are_found_by_what_makes_them_one() -> None:
    facts = case(suspect())
    found = wanted(facts, Editions())
    assert all(key == (one.kind, one.subject_id, one.sequence) for key, one in found.items())
    assert (Kind.ARREST, SUSPECT, 0) in found
