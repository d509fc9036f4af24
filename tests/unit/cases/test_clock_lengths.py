"""How long each clock runs, whom it reminds when, and when it is critical, written down a second time by hand."""

from cases.derive.clock_table_victims import _told
from cases.derive.clocks import CLOCKS
from cases.derive.kinds import Clock, Kind, Length, Owes, days, working_days
from core.calendar import Unit

TOLD = ({"enhanced": "1 working_days", "standard": "5 working_days"}, "police", (1,), 3, (False, False, False))
ROWS = {
    # kind: lengths, who owes, reminders in days before, critical after days, (movable, before going live, outlives the case)
    "arrest": ({"high": "1 days", "medium": "7 days", "standard": "28 days"}, "police", (7, 2, 1), 7, (False, True, False)),
    "interview_by": ({"": "28 days"}, "police", (7, 2), 7, (False, False, False)),
    "situation_review": ({"wanted": "7 days", "abroad": "28 days", "prison": "28 days"}, "police", (2,), 7, (False, False, False)),
    "bail_expiry": ({}, "police", (28, 14, 7, 2), 0, (False, True, False)),
    "rui_review": ({"": "28 days"}, "police", (2,), 7, (False, True, False)),
    "supervisor_review": ({"first": "72 hours", "second": "7 days", "later": "28 days"}, "police", (2,), 7, (True, False, False)),
    "detention": ({}, "police", (), 0, (False, False, False)),
    "break_glass_review": ({"": "2 working_days"}, "audit", (1,), 7, (False, False, True)),
    "told_crime_recorded": TOLD,
    "told_arrest": TOLD,
    "told_interview": TOLD,
    "told_release": TOLD,
    "told_bail": TOLD,
    "told_bail_ended": TOLD,
    "told_nfa": TOLD,
    "told_charge": TOLD,
    "told_hearing": ({"enhanced": "1 working_days", "standard": "1 working_days"}, "police", (1,), 3, (False, False, False)),
    "told_closed": TOLD,
    "told_new_officer": TOLD,
    "victim_contact": ({}, "police", (2, 1), 7, (False, True, False)),
    "agreement_again": ({"": "90 days"}, "police", (7,), 7, (False, False, False)),
    "safe_channel_review": ({"": "7 days"}, "police", (2,), 7, (False, False, False)),
    "needs_assessment": ({"": "2 working_days"}, "police", (1,), 3, (False, False, False)),
    "support_referral": ({"": "2 working_days", "again": "28 days"}, "police", (1,), 3, (False, False, False)),
    "isva_link": ({"": "2 working_days"}, "police", (1,), 2, (False, False, False)),
    "isva_question": ({"": "2 working_days"}, "police", (1,), 2, (False, False, False)),
    "heard_nothing": ({"": "1 working_days"}, "police", (1,), 1, (False, False, False)),
    "tell_request": ({"": "2 working_days", "unread": "4 hours"}, "isva", (1,), 2, (False, False, False)),
    "device_return": ({}, "police", (7, 2), 7, (False, False, False)),
    "early_advice_considered": ({"": "21 days"}, "police", (7, 2), 7, (False, False, False)),
    "triage": ({"red": "30 minutes", "other": "1 working_days"}, "cps", (), 1, (False, False, False)),
    "early_advice_response": ({"": "21 days"}, "cps", (7, 2), 7, (False, False, False)),
    "resubmission": ({}, "police", (2,), 7, (False, False, False)),
    "charging_review": ({"red": "3 hours", "five_days": "5 days", "28_days": "28 days"}, "cps", (7, 2), 7, (False, False, False)),
    "threshold_review": ({}, "cps", (7, 2), 7, (False, False, False)),
    "action_item": ({}, "police", (7, 2), 28, (False, False, False)),
    "action_challenge": ({"": "5 working_days"}, "cps", (1,), 7, (False, False, False)),
    "second_check": ({"": "5 working_days"}, "cps", (1,), 7, (False, False, False)),
    "finalise_proposed": ({"": "90 days"}, "cps", (7, 2), 7, (False, False, False)),
    "reopening_review": ({"": "28 days"}, "police", (7, 2), 7, (False, False, False)),
    "nfa_check": ({"": "5 working_days"}, "police", (1,), 7, (False, False, False)),
    "written_reasons": ({"": "5 working_days"}, "police", (1,), 7, (False, False, False)),
    "vrr_acknowledge": ({"": "10 working_days"}, "police", (2,), 7, (False, False, False)),
    "vrr_complete": ({"": "30 working_days", "expedited": "20 working_days"}, "police", (10, 5, 2), 7, (False, False, False)),
    "panel_finding": ({"": "10 working_days"}, "panel", (2,), 7, (False, False, False)),
}


def written(row: Clock) -> tuple[object, ...]:
    lengths = {variant: f"{length.amount} {length.unit.value}" for variant, length in row.lengths.items()}
    return lengths, str(row.owes), row.reminders, row.critical_after, (row.movable, row.before_live, row.outlives)


def test_every_clock_runs_as_long_as_promised() -> None:
    assert {str(kind): written(CLOCKS[kind]) for kind in CLOCKS} == ROWS
    assert all(row.kind == kind for kind, row in CLOCKS.items())


def test_lengths_are_what_they_say() -> None:
    assert days(3) == Length(3, Unit.DAYS)
    assert working_days(4) == Length(4, Unit.WORKING_DAYS)


def test_a_duty_to_tell_is_due_in_one_working_day_or_five() -> None:
    """Made now, and not only when the table was loaded."""
    row = _told(Kind.TOLD_ARREST, "arrest")
    assert row == Clock(
        Kind.TOLD_ARREST,
        starts="arrest",
        stops="told, or not told with the reason",
        lengths={"enhanced": Length(1, Unit.WORKING_DAYS), "standard": Length(5, Unit.WORKING_DAYS)},
        owes=Owes.POLICE,
        source="Victims’ Code 2020, Right 6",
        reminders=(1,),
        critical_after=3,
    )
