"""The models of a case, one file a concept."""

from cases.models.arrest import (
    Arrest,
    ArrestAttempt,
    ArrestDecision,
    ArrestDelay,
    DelayReason,
    Detention,
    Interview,
    InterviewManner,
    PlannedArrest,
    ReleasedTo,
)
from cases.models.bail import Authority, Bail, BailEvent, BailEventKind, EndedTo
from cases.models.base import NOT_BROUGHT, CaseRow
from cases.models.case import (
    CPS_CASE_ROLES,
    NOTHING_DUE,
    Case,
    CaseAccess,
    CasePerson,
    CaseRole,
    Exclusion,
    FactCorrection,
    Named,
    StatusChange,
    TimelineEvent,
)
from cases.models.deadline import BankHoliday, ClockSetting, Deadline, DeadlineOverride
from cases.models.extract import Disagreement, ExtractEntry, ImportRun
from cases.models.looking import CaseLook, EmergencyAccess, EmergencyReview
from cases.models.offence import Allegation, Offence
from cases.models.offers import CaseLink, CaseOffer, IncomingOffer, OfferState
from cases.models.outcome import CpsPosition, Position, ReopenBasis, Side, SuspectOutcome
from cases.models.people import (
    AgeGroup,
    Complainant,
    Entitlement,
    Person,
    Relationship,
    SituationKind,
    Suspect,
    SuspectNameKey,
    SuspectSituation,
)
from cases.models.work import (
    Abstraction,
    AbstractionAnswer,
    AbstractionOfficer,
    BaseNote,
    CpsNote,
    Focus,
    Gate,
    LineOfEnquiry,
    Note,
    PoliceNote,
    ReviewOf,
    SupervisorReview,
)

__all__ = [
    "CPS_CASE_ROLES", "NOTHING_DUE", "NOT_BROUGHT", "Abstraction", "AbstractionAnswer", "AbstractionOfficer", "AgeGroup", "Allegation",
    "Arrest", "ArrestAttempt", "ArrestDecision", "ArrestDelay", "Authority", "Bail", "BailEvent", "BailEventKind", "BankHoliday",
    "BaseNote", "Case", "CaseAccess", "CaseLink", "CaseLook", "CaseOffer", "CasePerson", "CaseRole", "CaseRow", "ClockSetting",
    "Complainant", "CpsNote", "CpsPosition", "Deadline", "DeadlineOverride", "DelayReason", "Detention", "Disagreement",
    "EmergencyAccess", "EmergencyReview", "EndedTo", "Entitlement", "Exclusion", "ExtractEntry", "FactCorrection", "Focus", "Gate",
    "ImportRun", "IncomingOffer", "Interview", "InterviewManner", "LineOfEnquiry", "Named", "Note", "Offence", "OfferState", "Person",
    "PlannedArrest", "PoliceNote", "Position", "Relationship", "ReleasedTo", "ReopenBasis", "ReviewOf", "Side", "SituationKind",
    "StatusChange", "SupervisorReview", "Suspect", "SuspectNameKey", "SuspectOutcome", "SuspectSituation", "TimelineEvent",
]  # fmt: skip
