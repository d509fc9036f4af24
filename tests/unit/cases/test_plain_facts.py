"""What a fact says when nothing more is known of it, and the values that rows, addresses and words of one word are kept as."""

from uuid import UUID

from cases.derive.clocks import CLOCKS, Urgency, Wanted
from cases.derive.facts import (
    ArrestFact,
    CaseFacts,
    ComplainantFacts,
    CrimeFact,
    EmergencyFact,
    OutcomeFact,
    PlanFact,
    Position,
    ReviewFact,
    SituationFact,
    SuspectFacts,
    ToldFact,
)
from cases.derive.kinds import Clock, Kind, Length, Owes
from cases.derive.planning import Hears
from cases.derive.told_facts import NOT_REACHED
from cases.derive.told_rules import Duty
from core import calendar
from core.calendar import Unit
from tests.unit.cases.support import DAY0, day

KEY = UUID(int=5)
ON = DAY0.date()


def test_what_a_fact_of_a_suspect_says_when_nothing_more_is_known() -> None:
    assert ArrestFact(KEY, DAY0) == ArrestFact(KEY, DAY0, False, None, "", None, None)
    assert SituationFact(KEY, "wanted", DAY0) == SituationFact(KEY, "wanted", DAY0, None)
    assert OutcomeFact(15, ON) == OutcomeFact(15, ON, None, None, "")
    assert ReviewFact("case", None, DAY0) == ReviewFact("case", None, DAY0, None)
    assert SuspectFacts(KEY, DAY0) == SuspectFacts(KEY, DAY0, (), (), (), (), (), (), (), Position.NONE, None, None)


def test_what_a_fact_of_a_case_or_a_complainant_says_when_nothing_more_is_known() -> None:
    assert EmergencyFact(KEY, DAY0) == EmergencyFact(KEY, DAY0, None)
    assert ToldFact("told_arrest", KEY, DAY0) == ToldFact("told_arrest", KEY, DAY0, "", False)
    assert PlanFact("told_nfa", None, DAY0, day(1)) == PlanFact("told_nfa", None, DAY0, day(1), True, True)
    assert CrimeFact(KEY) == CrimeFact(KEY, None, None)
    assert ComplainantFacts(KEY, "A", "standard", DAY0) == ComplainantFacts(KEY, "A", "standard", DAY0, frozenset(), (), (), ())
    bare = CaseFacts(KEY, 52, DAY0, "high", None)
    assert (bare.suspects, bare.offences, bare.offences_closed_on, bare.has_enquiries, bare.beside, bare.as_of) == (
        (),
        (),
        None,
        False,
        {},
        None,
    )
    assert (bare.reviews, bare.corrections, bare.overrides, bare.emergencies) == ((), (), (), ())
    assert (bare.complainants, bare.officers, bare.hearings, bare.went_on_at) == ((), (), (), None)
    assert (bare.recorded_in_error, bare.merged, bare.brought, bare.restricted, bare.offered) == (False,) * 5


def test_what_a_clock_and_a_duty_say_when_nothing_more_is_known() -> None:
    due = calendar.due_by_end_of(ON)
    assert Wanted("arrest", KEY, DAY0, due, "police") == Wanted(
        "arrest", KEY, DAY0, due, "police", None, None, 0, 1, None, None, None, None, None
    )
    assert Duty(Kind.TOLD_NFA, KEY, DAY0) == Duty(Kind.TOLD_NFA, KEY, DAY0, None, Owes.POLICE, None, False)
    lengths = {"": Length(2, Unit.DAYS)}
    assert Clock(Kind.ARREST, "from", "until", lengths, Owes.POLICE, "law") == Clock(
        Kind.ARREST, "from", "until", lengths, Owes.POLICE, "law", (7, 2), 7, False, False, (), (), False
    )
    assert Hears(KEY, "A") == Hears(KEY, "A", "")


def test_the_values_that_are_kept() -> None:
    assert [(str(one), one.label) for one in Kind if " " not in one.label] == [
        ("arrest", "Arrest"),
        ("detention", "Detention"),
        ("triage", "Triage"),
        ("resubmission", "Resubmission"),
    ]
    assert Urgency.OVERDUE.label == "Overdue"
    assert Urgency.values == ["critical", "overdue", "today", "soon", "upcoming"]
    assert [one.value for one in Position] == ["none", "with_cps", "action_plan", "finalised"]
    assert Owes.choices == [
        ("police", "Police"),
        ("cps", "CPS"),
        ("isva", "ISVA"),
        ("audit", "Auditor"),
        ("panel", "Scrutiny panel"),
    ]
    assert sorted(NOT_REACHED) == ["no_safe_channel", "tried"]


def test_what_starts_and_stops_a_clock_in_one_word() -> None:
    words = {str(kind): [word for word in (row.starts, row.stops) if " " not in word] for kind, row in CLOCKS.items()}
    assert {kind: found for kind, found in words.items() if found} == {
        "supervisor_review": ["recorded"],
        "told_arrest": ["arrest"],
        "told_release": ["release"],
        "told_charge": ["charge"],
        "needs_assessment": ["recorded", "assessed"],
        "isva_question": ["asked", "answered"],
        "device_return": ["returned"],
        "early_advice_response": ["advised"],
    }
