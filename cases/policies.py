"""What the facts allow now, whoever asks: pure functions that raise NotPossible with the reason shown to the person.

The importer does not ask these: it records what happened, in whatever order (data rules of the extract).
"""

from datetime import datetime

from cases.facts import BailFact, SuspectFacts
from cases.models import Case
from core.exceptions import NotPossible


def case_takes_changes(case: Case) -> None:
    """A merged case or one recorded in error stays as it is."""
    if case.merged_into_id is not None:
        raise NotPossible("This case was merged into another. Work on that one.")
    if case.recorded_in_error_at is not None:
        raise NotPossible("This case was recorded in error and takes no further changes.")


def may_be_arrested(suspect: SuspectFacts) -> None:
    """A suspect with an outcome is reopened first; one in custody is not arrested again."""
    not_settled(suspect)
    arrest = suspect.latest_arrest()
    if arrest and arrest.in_custody:
        raise NotPossible("This suspect is in custody: record the release first.")


def not_settled(suspect: SuspectFacts) -> None:
    """Investigation of a suspect with an outcome goes on only after it was reopened (design section 5)."""
    if suspect.standing_outcome() is not None:
        raise NotPossible("This suspect has an outcome. Reopen the investigation first.")


def in_custody(suspect: SuspectFacts) -> None:
    """Only somebody in custody is released."""
    arrest = suspect.latest_arrest()
    if arrest is None or not arrest.in_custody:
        raise NotPossible("This suspect is not in custody.")


def not_before_identified(suspect: SuspectFacts, at: datetime, *, field: str = "at") -> None:
    """Nobody is arrested or interviewed as a suspect before being identified as one."""
    if at < suspect.identified_at:
        raise NotPossible("Enter a time after the suspect was identified", field=field)


def bail_runs(bail: BailFact) -> None:
    """Something can happen only to bail that has not ended."""
    if bail.ended is not None:
        raise NotPossible("This bail has ended.")
