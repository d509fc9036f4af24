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
from cases.models.deadline import ClockSetting, Deadline, DeadlineOverride
from cases.models.extract import Disagreement, ExtractEntry, ImportRun
from cases.models.offence import Allegation, Offence
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
    "Arrest", "ArrestAttempt", "ArrestDecision", "ArrestDelay", "Authority", "Bail", "BailEvent", "BailEventKind", "BaseNote", "Case",
    "CaseAccess", "CasePerson", "CaseRole", "CaseRow", "ClockSetting", "Complainant", "CpsNote", "CpsPosition", "Deadline",
    "DeadlineOverride", "DelayReason", "Detention", "Disagreement", "EndedTo", "Entitlement", "Exclusion", "ExtractEntry",
    "FactCorrection", "Focus", "Gate", "ImportRun", "Interview", "InterviewManner", "LineOfEnquiry", "Named", "Note", "Offence",
    "Person", "PlannedArrest", "PoliceNote", "Position", "Relationship", "ReleasedTo", "ReopenBasis", "ReviewOf", "Side",
    "SituationKind", "StatusChange", "SupervisorReview", "Suspect", "SuspectNameKey", "SuspectOutcome", "SuspectSituation",
    "TimelineEvent",
]  # fmt: skip
