"""The clocks between police and CPS: early advice, triage, charging review, action plan, second check, finalisation."""

from cases.derive.kinds import Clock, Kind, Length, Owes, days, working_days
from core.calendar import Unit

_LOCAL = "Local policy, to be confirmed by force and Area"

PROSECUTION_CLOCKS: tuple[Clock, ...] = (
    Clock(
        Kind.EARLY_ADVICE_CONSIDERED,
        starts="first suspect identified",
        stops="early advice asked for, or the reason for not asking recorded; a referral answers it too",
        lengths={"": days(21)},
        owes=Owes.POLICE,
        source="CPS to inspectors, 2021: considered in every rape case and the reason for not asking recorded; "
        "the time is local policy, to be confirmed by the force",
    ),
    Clock(
        Kind.TRIAGE,
        starts="each submission of a request for early advice or a referral",
        stops="accepted, returned or refused",
        lengths={"red": Length(30, Unit.MINUTES), "other": working_days(1)},
        owes=Owes.CPS,
        source=_LOCAL,
        reminders=(),
        critical_after=1,
    ),
    Clock(
        Kind.EARLY_ADVICE_RESPONSE,
        starts="the compliant request: the submission that triage accepted",
        stops="advised",
        lengths={"": days(21)},
        owes=Owes.CPS,
        source="CPS National Operating Model for Adult Rape Prosecution, July 2023: early advice within 21 days; from when is local policy",
    ),
    Clock(
        Kind.RESUBMISSION,
        starts="returned by triage",
        stops="submitted again or withdrawn",
        lengths={},
        owes=Owes.POLICE,
        source="The day that triage sets",
        reminders=(2,),
    ),
    Clock(
        Kind.CHARGING_REVIEW,
        starts="red: submission; else accepted by triage; again when an action plan was answered",
        stops="decision, or an action plan set",
        lengths={"red": Length(3, Unit.HOURS), "five_days": days(5), "28_days": days(28)},
        owes=Owes.CPS,
        source="Director’s Guidance on Charging, 6th edition: red 3 hours, green priority 5 and green 28 calendar days",
    ),
    Clock(
        Kind.THRESHOLD_REVIEW,
        starts="charge on the Threshold Test",
        stops="Full Code Test applied, or discontinued",
        lengths={},
        owes=Owes.CPS,
        source="Code for Crown Prosecutors, Threshold Test: the Full Code Test as soon as practicable, by the day the prosecutor sets",
    ),
    Clock(
        Kind.ACTION_ITEM,
        starts="the item is set",
        stops="accepted by the CPS as done, 3 working days after it was said to be done, or agreed not to do",
        lengths={},
        owes=Owes.POLICE,
        source="CPS rape guidance: the prosecutor agrees a realistic timescale with the police and records it in the plan",
        reminders=(7, 2),
        critical_after=28,
        chasers=(1, 2),
        escalations=(56,),
    ),
    Clock(
        Kind.ACTION_CHALLENGE,
        starts="the police challenge an item",
        stops="agreed, amended, insisted on, or resolved between inspector and District Crown Prosecutor",
        lengths={"": working_days(5)},
        owes=Owes.CPS,
        source=_LOCAL,
        reminders=(1,),
    ),
    Clock(
        Kind.SECOND_CHECK,
        starts="a decision proposed for a second check",
        stops="confirmed or sent back by another prosecutor",
        lengths={"": working_days(5)},
        owes=Owes.CPS,
        source=_LOCAL,
        reminders=(1,),
    ),
    Clock(
        Kind.FINALISE_PROPOSED,
        starts="action plan set",
        stops="every item settled, finalised administratively, or kept open with the reason",
        lengths={"": days(90)},
        owes=Owes.CPS,
        source="Local policy, to be confirmed by the Area: the 90 days are general knowledge",
    ),
    Clock(
        Kind.REOPENING_REVIEW,
        starts="administratively finalised",
        stops="reopened, or confirmed by a supervisor",
        lengths={"": days(28)},
        owes=Owes.POLICE,
        source=_LOCAL,
    ),
)
