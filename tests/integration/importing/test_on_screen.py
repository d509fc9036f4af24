"""What officers entered on screen against what the extract says: the later event wins, nothing is blanked or back-dated."""

import pytest

from accounts.models import User
from cases import models as m
from cases.extract.tally import Tally
from cases.importing import answers
from cases.importing.answers import answer_disagreement, open_disagreements
from cases.importing.words import LABELS
from cases.services.arrests import record_arrest
from cases.services.corrections import correct_fact
from cases.services.logging import NewCrime, NewSuspect, log_case
from core import clock
from core.exceptions import NotAllowed, NotPossible
from core.scope import scope, system
from tests.factories import AVON, World, acting_as, ago
from tests.integration.importing import support
from tests.integration.importing.support import record

pytestmark = pytest.mark.django_db
IDENTIFIED = ago(days=30)


def take(*records: dict[str, str]) -> Tally:
    """Take records in as of today: what they tell counts back from today."""
    return support.take(*records, as_of=clock.today())


def written(**cells: str) -> dict[str, str]:
    """A record whose suspect was identified thirty days ago."""
    return record(suspect_identified_at=IDENTIFIED.strftime("%Y-%m-%dT%H:%M"), recorded_at=ago(days=40).strftime("%Y-%m-%d"), **cells)


def day(moment_days_ago: int) -> str:
    """A day as the extract writes it."""
    return ago(days=moment_days_ago).strftime("%Y-%m-%d")


def suspect() -> m.Suspect:
    """The only suspect."""
    return m.Suspect.objects.get()


def arrest_here(user: User, days: int) -> None:
    """Record an arrest on screen, so many days ago."""
    with acting_as(user):
        row = suspect()
        record_arrest(actor=user, case_id=row.case_id, suspect_id=row.pk, at=ago(days=days))


def listed(user: User) -> list[tuple[str, str]]:
    """What the list "Extract disagrees" shows to somebody: column and the extract's value."""
    with acting_as(user):
        return list(open_disagreements(user).values_list("column", "extract"))


def test_an_unchanged_column_never_overwrites_what_was_corrected_on_screen(world: World) -> None:
    """The same file again, after a correction here."""
    take(written())
    with acting_as(world.supervisor):
        row = suspect()
        correct_fact(
            actor=world.supervisor,
            case_id=row.case_id,
            table="suspect",
            row_id=row.pk,
            field="forenames",
            new="Thomas",
            reason="As he says",
        )
    take(written())
    with scope(system(AVON)):
        assert suspect().forenames == "Thomas"
    assert listed(world.supervisor) == []


def test_a_changed_column_that_was_corrected_on_screen_goes_to_the_list(world: World) -> None:
    """Neither is lost; somebody answers."""
    take(written())
    with acting_as(world.supervisor):
        row = suspect()
        correct_fact(
            actor=world.supervisor,
            case_id=row.case_id,
            table="suspect",
            row_id=row.pk,
            field="forenames",
            new="Thomas",
            reason="As he says",
        )
    take(written(suspect_forenames="Tobias"))
    with scope(system(AVON)):
        assert suspect().forenames == "Thomas"
    assert listed(world.supervisor) == [("suspect_forenames", "Tobias")]
    take(written(suspect_forenames="Tobias"))
    assert len(listed(world.supervisor)) == 1


def test_an_arrest_entered_here_is_not_back_dated(world: World) -> None:
    """The extract's earlier arrest goes to the list; its clock stopped when it was entered here."""
    take(written())
    arrest_here(world.supervisor, days=5)
    take(written(arrested_at=day(9)))
    with scope(system(AVON)):
        assert m.Arrest.objects.count() == 1
    assert [column for column, _ in listed(world.supervisor)] == ["arrested_at"]


def test_a_later_arrest_of_the_extract_is_another_event(world: World) -> None:
    """The later event wins."""
    take(written())
    arrest_here(world.supervisor, days=5)
    take(written(arrested_at=day(2), bail_status="rui"))
    with scope(system(AVON)):
        assert m.Arrest.objects.filter(imported=True).count() == 1
        assert m.Arrest.objects.count() == 2
        assert suspect().status == "under_investigation"
    assert listed(world.supervisor) == []


def test_the_extract_that_tells_the_same_arrest_agrees(world: World) -> None:
    """The same day where it tells only the day."""
    take(written())
    arrest_here(world.supervisor, days=5)
    take(written(arrested_at=day(5)))
    with scope(system(AVON)):
        assert m.Arrest.objects.count() == 1
    assert listed(world.supervisor) == []


def test_a_release_of_the_extract_does_not_undo_custody_entered_here_later(world: World) -> None:
    """In custody since an arrest that the extract does not know."""
    take(written(arrested_at=day(20)))
    arrest_here(world.supervisor, days=1)
    take(written(arrested_at=day(20), bail_status="bail", bail_expires_on="2099-01-01"))
    with scope(system(AVON)):
        assert suspect().status == "in_custody"
    assert listed(world.supervisor) == [("bail_status", "bail 2099-01-01")]


def logged(world: World) -> m.Case:
    """A case that was logged here, with one suspect, before the extract knew it."""
    with acting_as(world.investigator):
        return log_case(
            actor=world.investigator,
            crime_reference="52TEST/1",
            recorded_at=ago(days=40),
            risk="high",
            named="yes",
            crimes=[NewCrime(code="19C")],
            suspects=[NewSuspect(surname="Invented", forenames="Toby", identified_at=IDENTIFIED)],
        )


def test_a_case_logged_here_first_is_known_again(world: World) -> None:
    """Its suspect, complainant and crime are the extract's; blanks are filled, differences listed, nothing doubled."""
    logged(world)
    tally = take(written(suspect_pnc_id="10/1A"))
    assert tally.cases.updated == 1
    with scope(system(AVON)):
        assert (m.Suspect.objects.count(), m.Complainant.objects.count(), m.Offence.objects.count()) == (1, 1, 1)
        assert suspect().pnc_id == "10/1A"
        assert m.Case.objects.get().risk == "high"
        assert not m.Case.objects.get().imported
    assert {column for column, _ in listed(world.supervisor)} >= {"risk", "oic_number", "unit"}
    again = take(written(suspect_pnc_id="10/1A"))
    assert (again.cases.unchanged, again.suspects.unchanged) == (1, 1)


def test_keeping_leaves_the_fact_and_closes_the_question(world: World) -> None:
    """The same file does not ask again."""
    logged(world)
    take(written())
    with acting_as(world.supervisor):
        one = open_disagreements(world.supervisor).get(column="risk")
        answer_disagreement(actor=world.supervisor, disagreement_id=one.pk, take=False, note="Assessed today")
        assert m.Case.objects.get().risk == "high"
        with pytest.raises(NotPossible, match="already"):
            answer_disagreement(actor=world.supervisor, disagreement_id=one.pk, take=True, note="again")
    take(written())
    assert "risk" not in {column for column, _ in listed(world.supervisor)}


def test_taking_writes_the_extracts_value_with_the_old_one_kept(world: World) -> None:
    """Risk, unit, officer: each as a change of the supervisor's own."""
    logged(world)
    take(written(unit="RASSO South"))
    with acting_as(world.supervisor):
        for one in list(open_disagreements(world.supervisor)):
            answer_disagreement(actor=world.supervisor, disagreement_id=one.pk, take=True, note="The extract is right")
        case = m.Case.objects.get()
        assert case.unit is not None
        assert (case.risk, case.unit.name) == ("medium", "RASSO South")
        assert m.CasePerson.objects.get(role="officer", until__isnull=True).user.name == "DC Fenwick"
        assert m.FactCorrection.objects.filter(field="risk", old="high", new="medium", created_by=world.supervisor).exists()
        assert m.TimelineEvent.objects.filter(kind="extract_taken").exists()
    assert listed(world.supervisor) == []


def test_taking_an_arrests_time_moves_the_arrest_and_its_clock(world: World) -> None:
    """The clock is met when the extract says."""
    take(written())
    arrest_here(world.supervisor, days=5)
    take(written(arrested_at=day(9)))
    with acting_as(world.supervisor):
        one = open_disagreements(world.supervisor).get()
        answer_disagreement(actor=world.supervisor, disagreement_id=one.pk, take=True, note="Entered a day late")
        assert m.Deadline.objects.get(kind="arrest").met_at == m.Arrest.objects.get().at
        assert m.Arrest.objects.get().at.date() <= ago(days=8).date()


def test_only_a_supervisor_who_sees_the_case_answers(world: World) -> None:
    """An investigator may not; a restricted case is not on another supervisor's list."""
    logged(world)
    take(written())
    with acting_as(world.investigator):
        one = open_disagreements(world.investigator).first()
        assert one is not None
        with pytest.raises(NotAllowed):
            answer_disagreement(actor=world.investigator, disagreement_id=one.pk, take=True, note="no")
    with scope(system(AVON)):
        m.Case.objects.update(restricted=True)
    assert listed(world.supervisor) == []
    assert listed(world.kent_supervisor) == []


def test_a_reopened_suspect_is_not_closed_again_by_the_old_outcome(world: World) -> None:
    """An outcome dated before the reopening goes to the list; a later one closes."""
    take(written(outcome_code="16", outcome_on=day(20)))
    with scope(system(AVON)):
        m.SuspectOutcome.objects.update(reopened_at=ago(days=10), reopened_basis="new_evidence", reopened_reason="New evidence")
    take(written(outcome_code="15", outcome_on=day(15)))
    assert listed(world.supervisor)[0][0] == "outcome_code"
    take(written(outcome_code="1", outcome_on=day(2)))
    with scope(system(AVON)):
        assert m.SuspectOutcome.objects.get(reopened_at__isnull=True).code == 1


def test_a_case_recorded_in_error_or_merged_stays_as_it_is(world: World) -> None:
    """Whatever the extract goes on saying."""
    take(written())
    with scope(system(AVON)):
        m.Case.objects.update(recorded_in_error_at=ago(days=1))
    tally = take(written(risk="high"))
    assert tally.cases.unchanged == 1
    with scope(system(AVON)):
        assert m.Case.objects.get().risk == "medium"


def test_every_column_that_can_disagree_can_be_taken() -> None:
    """And has words."""
    assert answers.OWN.keys() == LABELS.keys()
