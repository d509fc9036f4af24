"""What the facts allow now, whoever asks: pure functions that raise NotPossible with the reason shown to the person.

The importer does not ask these: it records what happened, in whatever order (data rules of the extract).
"""

from datetime import datetime

from cases.derive.facts import BailFact, CaseFacts, Position, SuspectFacts
from cases.derive.pace import next_step
from cases.derive.states import SETTLED, Status, case_stage
from cases.models import Case, CaseLink
from core.exceptions import NotPossible


def case_takes_changes(case: Case) -> None:
    """A merged case, one recorded in error or one that went on in another force stays as it is."""
    if case.merged_into_id is not None:
        raise NotPossible("This case was merged into another. Work on that one.")
    if case.recorded_in_error_at is not None:
        raise NotPossible("This case was recorded in error and takes no further changes.")
    # Only a case that was closed can have gone on elsewhere, so work on an open one costs no query here.
    if not case.open and CaseLink.objects.filter(case=case, way=CaseLink.Way.TO).exists():
        raise NotPossible("This case went on in another force. The record here ended then and takes no further changes.")


def may_be_offered(case: CaseFacts) -> None:
    """Another force takes over an open case with a recorded crime, none of whose suspects is with the CPS or on an action plan."""
    if not case_stage(case, case.recorded_at).is_open:
        raise NotPossible("This case is closed, so there is nothing for another force to take over.")
    if case.offered:
        raise NotPossible("This case is offered to another force already.")
    if not case.offences:
        raise NotPossible("Add the recorded crime first: it is what the other force takes over.")
    if any(suspect.position != Position.NONE for suspect in case.suspects):
        raise NotPossible("A suspect is with the CPS or on an action plan. Settle that first.")


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
    """Only somebody in custody has a detention clock."""
    arrest = suspect.latest_arrest()
    if arrest is None or not arrest.in_custody:
        raise NotPossible("This suspect is not in custody.")


def may_be_released(suspect: SuspectFacts) -> None:
    """Somebody in custody is released; and an arrest from an extract may say afterwards how it ended."""
    not_settled(suspect)
    arrest = suspect.latest_arrest()
    if arrest is None or arrest.released_at is not None:
        raise NotPossible("This suspect is not in custody.")
    if not arrest.in_custody and any(bail.granted_at >= arrest.at for bail in suspect.bails):
        raise NotPossible("The extract gave this suspect’s bail. Record what happens to that.")


def outcome_may_be_recorded(suspect: SuspectFacts) -> None:
    """One outcome at a time; from custody it is recorded with the release, so that the release says to what."""
    if suspect.standing_outcome() is not None:
        raise NotPossible("This suspect has an outcome already. Reopen the investigation first.")
    arrest = suspect.latest_arrest()
    if arrest and arrest.in_custody:
        raise NotPossible("This suspect is in custody: record the release, and the outcome with it.")


def has_an_outcome(suspect: SuspectFacts) -> None:
    """Only an outcome is reopened."""
    if suspect.standing_outcome() is None:
        raise NotPossible("This suspect has no outcome to reopen.")


def arrest_is_owed(suspect: SuspectFacts) -> None:
    """A reason for delay belongs to an arrest clock that runs, or stands in the list of those who cannot be arrested."""
    not_settled(suspect)
    if suspect.stopped_arrest_clock_at() is not None:
        raise NotPossible("The clock of this arrest has stopped: there is an arrest, an interview or an approved decision.")


def no_arrest_may_be_proposed(suspect: SuspectFacts) -> None:
    """A decision not to arrest is about somebody neither arrested nor interviewed, nor decided on already."""
    not_settled(suspect)
    if suspect.no_arrest_approved_at() is not None:
        raise NotPossible("A decision not to arrest this suspect was approved already.")
    if suspect.stopped_arrest_clock_at() is not None:
        raise NotPossible("This suspect has been arrested or interviewed already.")


def situation_may_begin(suspect: SuspectFacts) -> None:
    """Wanted, abroad or in prison elsewhere: one at a time, and not while in custody here."""
    may_be_arrested(suspect)
    if suspect.live_situation() is not None:
        raise NotPossible("This suspect is on record as wanted, abroad or in prison elsewhere already.")


def situation_may_end(suspect: SuspectFacts) -> None:
    """Only a situation that holds is ended."""
    if suspect.live_situation() is None:
        raise NotPossible("This suspect is not on record as wanted, abroad or in prison elsewhere.")


def bail_may_be_granted(suspect: SuspectFacts) -> None:
    """Bail follows an arrest; somebody in custody gets it with the release, somebody on bail has it extended or ended."""
    not_settled(suspect)
    arrest = suspect.latest_arrest()
    if arrest is None:
        raise NotPossible("Pre-charge bail follows an arrest, and none is recorded.")
    if arrest.in_custody:
        raise NotPossible("This suspect is in custody: record the release, and the bail with it.")
    if suspect.live_bail() is not None:
        raise NotPossible("This suspect is on bail already.")


def not_before_identified(suspect: SuspectFacts, at: datetime, *, field: str = "at") -> None:
    """Nobody is arrested or interviewed as a suspect before being identified as one."""
    if at < suspect.identified_at:
        raise NotPossible("Enter a time after the suspect was identified", field=field)


def bail_runs(bail: BailFact) -> None:
    """Something can happen only to bail that has not ended, and whose end at import was answered for."""
    if bail.ended is not None:
        raise NotPossible("This bail has ended.")
    if bail.passed_not_known:
        raise NotPossible("First say what happened when the date of this bail passed.")


def bail_may_be_extended(bail: BailFact) -> None:
    """Bail is extended before it ends and while it runs (PACE ss.47ZD to 47ZF)."""
    bail_runs(bail)
    if bail.suspended_since is not None:
        raise NotPossible("This bail stands still while with the CPS. Let it run again first.")
    if next_step(bail) is None:
        raise NotPossible("The law knows no longer bail than this.")


def bail_may_be_suspended(bail: BailFact) -> None:
    """Bail stands still once at a time."""
    bail_runs(bail)
    if bail.suspended_since is not None:
        raise NotPossible("This bail stands still already.")


def with_the_cps(case: Case) -> None:
    """Bail stands still only while the CPS decides, which it cannot before the case is brought (PACE s.47ZL)."""
    if not case.brought:
        raise NotPossible("Bail stands still only while with the CPS, and this case has not been brought.")


def bail_may_run_again(bail: BailFact) -> None:
    """Only bail that stands still runs again."""
    bail_runs(bail)
    if bail.suspended_since is None:
        raise NotPossible("This bail is running.")


def passed_bail_is_asked(bail: BailFact) -> None:
    """The question is asked of imported bail whose end had passed, once."""
    if not bail.passed_not_known:
        raise NotPossible("What happened to this bail is on record.")


def is_charged(suspect: SuspectFacts) -> None:
    """Hearings recorded here are those that follow a charge."""
    outcome = suspect.standing_outcome()
    if outcome is None or SETTLED[outcome.code] != Status.CHARGED:
        raise NotPossible("This suspect is not charged.")
