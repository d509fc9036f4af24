"""States and how they follow from facts. Pure: tables and functions, no database. docs/states.md is generated from here.

Nobody sets a status. A suspect's status is the first line of `SUSPECT_STATUS` whose condition holds; a case's stage is
that of its least finished suspect (design section 5).
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import models

from cases.derive.facts import CaseFacts, Position, SuspectFacts
from core.words import inside


class Risk(models.TextChoices):
    """The risk of a suspect at large, as the force assesses it. `[DESIGN]`: it sets how long an arrest may take."""

    STANDARD = "standard", "Standard"
    MEDIUM = "medium", "Medium"
    HIGH = "high", "High"


RISK_ORDER: tuple[str, ...] = (Risk.STANDARD, Risk.MEDIUM, Risk.HIGH)


class Status(models.TextChoices):
    """Where a suspect stands."""

    CHARGED = "charged", "Charged"
    NO_FURTHER_ACTION = "no_further_action", "No further action"
    OTHER_DISPOSAL = "other_disposal", "Other disposal"
    CANNOT_PROCEED = "cannot_proceed", "Died, under age or too ill"
    ADMINISTRATIVELY_FINALISED = "administratively_finalised", "Administratively finalised"
    WITH_CPS = "with_cps", "With the CPS"
    ACTION_PLAN = "action_plan", "Action plan with police"
    WANTED = "wanted", "Wanted"
    ABROAD = "abroad", "Abroad"
    PRISON = "prison", "In prison elsewhere"
    IN_CUSTODY = "in_custody", "In custody"
    ON_BAIL = "on_bail", "On bail"
    BAIL_LAPSED = "bail_lapsed", "Bail lapsed"
    BAIL_PASSED_NOT_KNOWN = "bail_passed_not_known", "Bail date passed, not known"
    UNDER_INVESTIGATION = "under_investigation", "Released under investigation"
    RELEASED_NOT_KNOWN = "released_not_known", "Released, how not known"
    INTERVIEWED = "interviewed", "Interviewed, not arrested"
    NOT_TO_BE_ARRESTED = "not_to_be_arrested", "Not to be arrested"
    IDENTIFIED = "identified", "Identified, not arrested"


class Stage(models.TextChoices):
    """Where a case stands as a whole."""

    RECORDED = "recorded", "Recorded"
    INVESTIGATING = "investigating", "Investigating"
    AWAITING_POLICE = "awaiting_police", "Action plan with police"
    WITH_CPS = "with_cps", "With the CPS"
    ADMINISTRATIVELY_FINALISED = "administratively_finalised", "Administratively finalised"
    CHARGED = "charged", "Charged"
    NO_FURTHER_ACTION = "no_further_action", "No further action"
    FINALISED = "finalised", "Finalised at court"
    RECORDED_IN_ERROR = "recorded_in_error", "Recorded in error"
    MERGED = "merged", "Merged into another case"

    @property
    def is_open(self) -> bool:
        """Open: recorded, investigating, with the CPS, action plan with police."""
        return self in OPEN_STAGES


OPEN_STAGES = frozenset({Stage.RECORDED, Stage.INVESTIGATING, Stage.WITH_CPS, Stage.AWAITING_POLICE})

SETTLED: dict[int, Status] = {
    1: Status.CHARGED,
    **dict.fromkeys((2, 3, 4, 6, 7, 8, 19, 20, 22), Status.OTHER_DISPOSAL),
    **dict.fromkeys((5, 11, 12), Status.CANNOT_PROCEED),
    **dict.fromkeys((9, 10, 13, 14, 15, 16, 17, 18, 21), Status.NO_FURTHER_ACTION),
}
"""Home Office outcome → status (design section 5; codes in domain.md section 4)."""

SETTLED_STATUSES = frozenset(SETTLED.values())
OUTCOMES_WITHOUT_SUSPECT = frozenset({14, 18})
OUTCOMES_NOT_SUPPORTED = frozenset({14, 16})


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the derivation: the status, when it applies, and the words that docs/states.md prints for it."""

    applies: Callable[[SuspectFacts, datetime], Status | None]
    words: str


def _settled(suspect: SuspectFacts, at: datetime) -> Status | None:
    outcome = suspect.standing_outcome()
    return SETTLED[outcome.code] if outcome else None


def _with_cps(suspect: SuspectFacts, at: datetime) -> Status | None:
    names = {
        Position.FINALISED: Status.ADMINISTRATIVELY_FINALISED,
        Position.WITH_CPS: Status.WITH_CPS,
        Position.ACTION_PLAN: Status.ACTION_PLAN,
    }
    return names.get(suspect.position)


def _situation(suspect: SuspectFacts, at: datetime) -> Status | None:
    live = suspect.live_situation()
    return Status(live.kind) if live else None


def _in_custody(suspect: SuspectFacts, at: datetime) -> Status | None:
    arrest = suspect.latest_arrest()
    return Status.IN_CUSTODY if arrest and arrest.in_custody else None


def _bail(suspect: SuspectFacts, at: datetime) -> Status | None:
    bail = suspect.live_bail()
    if bail is None:
        return None
    if bail.passed_not_known:
        return Status.BAIL_PASSED_NOT_KNOWN
    return Status.BAIL_LAPSED if bail.lapsed(at) else Status.ON_BAIL


def _released(suspect: SuspectFacts, at: datetime) -> Status | None:
    if suspect.under_investigation_since() is not None:
        return Status.UNDER_INVESTIGATION
    return Status.RELEASED_NOT_KNOWN if suspect.arrests else None


def _interviewed(suspect: SuspectFacts, at: datetime) -> Status | None:
    return Status.INTERVIEWED if suspect.interviews else None


def _not_to_be_arrested(suspect: SuspectFacts, at: datetime) -> Status | None:
    return Status.NOT_TO_BE_ARRESTED if suspect.no_arrest_approved_at() else None


SUSPECT_STATUS: tuple[Line, ...] = (
    Line(_settled, "The latest outcome that was not reopened: charged, no further action, other disposal, or died, under age, too ill"),
    Line(_with_cps, "Administratively finalised, with the CPS, or action plan with police"),
    Line(_situation, "A live situation: wanted, abroad, in prison elsewhere"),
    Line(_in_custody, "Arrested, no release recorded"),
    Line(
        _bail,
        "Bail that has not ended: on bail; bail lapsed when its end has passed; bail date passed, not known, when it had passed at import",
    ),
    Line(_released, "Released under investigation; or released, how not known, when an extract gave only the arrest"),
    Line(_interviewed, "Interviewed under caution, never arrested"),
    Line(_not_to_be_arrested, "A decision not to arrest, approved by a second person"),
    Line(lambda suspect, at: Status.IDENTIFIED, "Identified"),
)


def suspect_status(suspect: SuspectFacts, at: datetime) -> Status:
    """Return where the suspect stands at this moment: the first line of SUSPECT_STATUS that applies."""
    return next(status for line in SUSPECT_STATUS if (status := line.applies(suspect, at)) is not None)


def suspect_words(suspect: SuspectFacts, at: datetime) -> str:
    """Return the status in words, with a live situation or lapsed bail added to any open status ("With the CPS, wanted")."""
    status = suspect_status(suspect, at)
    words = str(status.label)
    if status in SETTLED_STATUSES:
        return words
    for extra in (_situation(suspect, at), _bail(suspect, at)):
        if extra in {Status.WANTED, Status.ABROAD, Status.PRISON, Status.BAIL_LAPSED} and extra != status:
            words += f", {extra.label.lower()}"
    return words


STAGE_OF: dict[Status, Stage] = {
    Status.ACTION_PLAN: Stage.AWAITING_POLICE,
    Status.WITH_CPS: Stage.WITH_CPS,
    Status.ADMINISTRATIVELY_FINALISED: Stage.ADMINISTRATIVELY_FINALISED,
}
"""The stage of a case whose least finished suspect has this status; any other open status: investigating."""
_LEAST_FINISHED_FIRST = (Stage.INVESTIGATING, Stage.AWAITING_POLICE, Stage.WITH_CPS, Stage.ADMINISTRATIVELY_FINALISED)


def case_stage(case: CaseFacts, at: datetime) -> Stage:
    """Return the stage of the case: the least finished suspect decides; closed only when every crime has an outcome too."""
    if case.recorded_in_error:
        return Stage.RECORDED_IN_ERROR
    if case.merged:
        return Stage.MERGED
    statuses = [suspect_status(suspect, at) for suspect in case.suspects]
    open_stages = {STAGE_OF.get(status, Stage.INVESTIGATING) for status in statuses if status not in SETTLED_STATUSES}
    for stage in _LEAST_FINISHED_FIRST:
        if stage in open_stages:
            return stage
    return _stage_without_open_suspect(case, statuses)


def _stage_without_open_suspect(case: CaseFacts, statuses: list[Status]) -> Stage:
    """Every suspect (or none) is settled: closed when every recorded crime has its outcome as well."""
    if case.offences_without_outcome or not case.offences:
        return (
            Stage.INVESTIGATING if statuses or case.has_enquiries or len(case.offences) > case.offences_without_outcome else Stage.RECORDED
        )
    charged = Status.CHARGED in statuses or any(code == 1 for code in case.offences)
    return Stage.CHARGED if charged else Stage.NO_FURTHER_ACTION


def standing(case: CaseFacts, at: datetime) -> str:
    """Return where the case stands in words: "1 charged · 1 with the CPS · 1 wanted"."""
    counted = Counter(suspect_words(suspect, at) for suspect in case.suspects)
    if not counted:
        return "No suspect recorded"
    return " · ".join(f"{number} {inside(words)}" for words, number in counted.items())


def turns(case: CaseFacts, at: datetime) -> tuple[int, int]:
    """Return whose move it is as counts (police, CPS): one a suspect who is not settled, or the case itself without one."""
    if not case_stage(case, at).is_open:
        return 0, 0
    statuses = [suspect_status(suspect, at) for suspect in case.suspects]
    with_cps = sum(status == Status.WITH_CPS for status in statuses)
    with_police = sum(
        status not in SETTLED_STATUSES and status not in {Status.WITH_CPS, Status.ADMINISTRATIVELY_FINALISED} for status in statuses
    )
    return (with_police or int(with_cps == 0), with_cps)


def words_for(statuses: Iterable[str]) -> list[str]:
    """Return the labels of statuses given by value."""
    return [str(Status(status).label) for status in statuses]
