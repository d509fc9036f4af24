"""When an act on the case as a whole is possible: pure policies for the table of acts, on the case's facts or the row itself."""

from typing import Any

from cases import models as m
from cases.derive.facts import CaseFacts
from cases.services.enquiries import ENDS
from core.exceptions import NotPossible


def not_brought(facts: CaseFacts) -> None:
    """A case is brought once."""
    if facts.brought:
        raise NotPossible("This case has been brought to the CPS already.")


def brought(facts: CaseFacts) -> None:
    """Only a case that was brought has people of the CPS, or is taken back."""
    if not facts.brought:
        raise NotPossible("This case has not been brought to the CPS.")


def not_restricted(facts: CaseFacts) -> None:
    """A case is restricted once."""
    if facts.restricted:
        raise NotPossible("This case is restricted already.")


def restricted(facts: CaseFacts) -> None:
    """Only a restriction is lifted."""
    if not facts.restricted:
        raise NotPossible("This case is not restricted.")


def nobody_on_record(facts: CaseFacts) -> None:
    """Whether anyone has been named is asked until a suspect is on record, which answers it."""
    if facts.suspects:
        raise NotPossible("There is a suspect on this case, so somebody has been named.")


def going(row: m.LineOfEnquiry) -> None:
    """A line of enquiry that has ended stays as it is."""
    if row.state in ENDS:
        raise NotPossible("This line of enquiry has ended.")


def waits(row: m.FactCorrection) -> None:
    """A correction is answered once."""
    if row.answer != m.FactCorrection.Answer.WAITING:
        raise NotPossible("This correction has been answered already.")


def police_role(row: m.CasePerson) -> None:
    """The police end police roles that go on."""
    if row.role in m.CPS_CASE_ROLES or row.until is not None:
        raise NotPossible("This is not a role that the police end.")


def cps_role(row: m.CasePerson) -> None:
    """The Area ends its own roles."""
    if row.role not in m.CPS_CASE_ROLES or row.until is not None:
        raise NotPossible("This is not a role that the CPS ends.")


def touched(plan: m.PlannedArrest) -> None:
    """A planned arrest is answered for where an event takes its officer."""
    if plan.state != m.PlannedArrest.State.PLANNED:
        raise NotPossible("This arrest is no longer planned.")


def standing(row: Any) -> None:
    """Only access or an exclusion that stands is taken away."""
    if getattr(row, "revoked_at", None) is not None or getattr(row, "lifted_at", None) is not None:
        raise NotPossible("This has ended already.")
