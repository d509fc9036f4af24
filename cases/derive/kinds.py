"""What a clock is: the kinds there are, who owes, and the shape of a row of the one table of clocks."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import models

from core.calendar import Unit


class Owes(models.TextChoices):
    """Who owes what a clock waits for."""

    POLICE = "police", "Police"
    CPS = "cps", "CPS"
    ISVA = "isva", "ISVA"
    AUDIT = "audit", "Auditor"
    PANEL = "panel", "Scrutiny panel"


class Kind(models.TextChoices):
    """The kinds of clock there are, those of the apps above included: one table, so that no two mean the same."""

    ARREST = "arrest", "Arrest"
    INTERVIEW_BY = "interview_by", "Interview under caution"
    SITUATION_REVIEW = "situation_review", "Review of a suspect who cannot be arrested"
    BAIL_EXPIRY = "bail_expiry", "End of bail"
    RUI_REVIEW = "rui_review", "Review of a release under investigation"
    SUPERVISOR_REVIEW = "supervisor_review", "Supervisor's review"
    DETENTION = "detention", "Detention"
    BREAK_GLASS_REVIEW = "break_glass_review", "Auditor’s review of emergency access"
    TOLD_CRIME_RECORDED = "told_crime_recorded", "Crime recorded: confirm it in writing"
    TOLD_ARREST = "told_arrest", "Arrest: tell the victim"
    TOLD_INTERVIEW = "told_interview", "Interview under caution: tell the victim"
    TOLD_RELEASE = "told_release", "Release: tell the victim"
    TOLD_BAIL = "told_bail", "Bail set or changed: tell the victim"
    TOLD_BAIL_ENDED = "told_bail_ended", "Bail ended: tell the victim"
    TOLD_NFA = "told_nfa", "No further action: tell the victim"
    TOLD_CHARGE = "told_charge", "Charge: tell the victim"
    TOLD_HEARING = "told_hearing", "Court hearing: tell the victim"
    TOLD_CLOSED = "told_closed", "Finalised administratively: tell the victim"
    TOLD_NEW_OFFICER = "told_new_officer", "New officer: tell the victim"
    VICTIM_CONTACT = "victim_contact", "Contact agreed with the victim"
    AGREEMENT_AGAIN = "agreement_again", "Agree contact again"
    SAFE_CHANNEL_REVIEW = "safe_channel_review", "Inspector’s review: no safe channel"
    NEEDS_ASSESSMENT = "needs_assessment", "Assessment of the victim’s needs"
    SUPPORT_REFERRAL = "support_referral", "Referral to support"
    ISVA_LINK = "isva_link", "ISVA asks to be linked"
    ISVA_QUESTION = "isva_question", "Question from the ISVA"
    HEARD_NOTHING = "heard_nothing", "ISVA says: my client has heard nothing"
    TELL_REQUEST = "tell_request", "ISVA asked to tell the victim"
    DEVICE_RETURN = "device_return", "Return of the victim’s device"
    EARLY_ADVICE_CONSIDERED = "early_advice_considered", "Early advice: ask, or say why not"
    TRIAGE = "triage", "Triage"
    EARLY_ADVICE_RESPONSE = "early_advice_response", "Early advice"
    RESUBMISSION = "resubmission", "Resubmission"
    CHARGING_REVIEW = "charging_review", "Charging decision"
    THRESHOLD_REVIEW = "threshold_review", "Review of a charge on the Threshold Test"
    ACTION_ITEM = "action_item", "Action plan item"
    ACTION_CHALLENGE = "action_challenge", "Challenge of an action plan item"
    SECOND_CHECK = "second_check", "Second check of a decision"
    FINALISE_PROPOSED = "finalise_proposed", "Action plan: finalise administratively, or ring the inspector"
    REOPENING_REVIEW = "reopening_review", "Administratively finalised: reopen or confirm"
    NFA_CHECK = "nfa_check", "Second check of no further action"
    WRITTEN_REASONS = "written_reasons", "Written reasons to the victim"
    VRR_ACKNOWLEDGE = "vrr_acknowledge", "Request for a review: acknowledge it"
    VRR_COMPLETE = "vrr_complete", "Review of a decision"
    PANEL_FINDING = "panel_finding", "Finding of a scrutiny panel"


@dataclass(frozen=True, slots=True)
class Length:
    """How long: an amount of a unit (calendar days, working days, hours, months)."""

    amount: int
    unit: Unit


@dataclass(frozen=True, slots=True)
class Clock:
    """One row of the table. `lengths` by variant ('' where there is one); empty where the length is computed."""

    kind: Kind
    starts: str
    stops: str
    lengths: Mapping[str, Length]
    owes: Owes
    source: str
    reminders: tuple[int, ...] = (7, 2)
    critical_after: int = 7
    movable: bool = False
    before_live: bool = False
    chasers: tuple[int, ...] = ()
    """Months after its start at which whoever owes it is chased, however far off its date is."""
    escalations: tuple[int, ...] = ()
    """Days over, beyond `critical_after`, at which it is brought higher still."""
    outlives: bool = False
    """It runs on when the case was recorded in error or merged: it is about somebody who looked, not about the case."""


def days(amount: int) -> Length:
    """Return a length in calendar days."""
    return Length(amount, Unit.DAYS)


def working_days(amount: int) -> Length:
    """Return a length in working days of England and Wales."""
    return Length(amount, Unit.WORKING_DAYS)
