"""Corrections: made at once or waiting, the old value kept, and the rules that keep a late arrest late."""

from datetime import timedelta
from typing import Any

import pytest
from django.http import Http404

from accounts.models import User
from cases import models as m
from cases.services.corrections import answer_correction, correct_fact, correct_facts
from cases.services.named import answer_named
from cases.services.outcomes import record_outcome, reopen
from core import clock
from core.exceptions import Conflict, NotAllowed, NotPossible
from core.scope import scope, system
from tests.factories import AVON, World, acting_as, ago
from tests.integration.cases.making import arrest, do, fresh, make_case, plan_tellings, sees, suspect_of, timeline

pytestmark = pytest.mark.usefixtures("nfa_at_once")


def correct(actor: User, case: m.Case, table: str, row_id: Any, field: str, new: Any, **more: Any) -> m.FactCorrection:
    return do(
        actor, correct_fact, case, table=table, row_id=row_id, field=field, new=new, reason=more.pop("reason", "Typed wrongly"), **more
    )


def arrest_clock(case: m.Case) -> m.Deadline:
    with scope(system(AVON)):
        return m.Deadline.objects.get(case=case, kind="arrest")


def test_a_name_is_corrected_found_under_the_new_one_and_kept_on_the_timeline(world: World) -> None:
    case = make_case(world.investigator, "Wronglyspelt")
    made = correct(world.investigator, case, "suspect", suspect_of(case).pk, "surname", "Rightlyspelt")
    assert (made.answer, made.old, made.new) == ("made", "Wronglyspelt", "Rightlyspelt")
    with acting_as(world.investigator):
        assert m.SuspectNameKey.objects.filter(key="n:rightlyspelt").exists()
        assert not m.SuspectNameKey.objects.filter(key="n:wronglyspelt").exists()
        event = m.TimelineEvent.objects.get(kind="fact_corrected")
        assert event.text == "The surname: from Wronglyspelt to Rightlyspelt. Typed wrongly"
        assert event.suspect_id == suspect_of(case).pk


def test_several_facts_are_corrected_at_once_and_the_unchanged_left_out(world: World) -> None:
    case = make_case(world.investigator, "Invented")
    made = do(
        world.investigator, correct_facts, case, table="suspect", row_id=suspect_of(case).pk, reason="From the custody record",
        changes={"surname": "Invented", "forenames": "Other", "pnc_id": "00/1X", "date_of_birth": "1990-02-03"},
    )  # fmt: skip
    assert [one.field for one in made] == ["forenames", "pnc_id", "date_of_birth"]


def test_risk_raised_is_made_at_once_and_brings_the_date_forward(world: World) -> None:
    case = make_case(world.investigator, "Invented", identified_days=3)
    before = arrest_clock(case).due_at
    correct(world.investigator, case, "case", case.pk, "risk", "high")
    assert fresh(case).risk == "high"
    assert arrest_clock(case).due_at < before


def test_risk_lowered_while_an_arrest_clock_runs_waits_for_a_supervisor(world: World) -> None:
    case = make_case(world.investigator, "Invented")
    due = arrest_clock(case).due_at
    waiting = correct(world.investigator, case, "case", case.pk, "risk", "standard")
    assert waiting.answer == "waiting"
    assert fresh(case).risk == "medium"
    assert arrest_clock(case).due_at == due
    do(world.supervisor, answer_correction, case, correction_id=waiting.pk, approve=True)
    clock_now = arrest_clock(case)
    assert fresh(case).risk == "standard"
    assert clock_now.due_at > due
    assert clock_now.first_due_at == due
    assert clock_now.eased_at is not None
    assert timeline(case)[-2:] == ["correction_proposed", "fact_corrected"]


def test_risk_lowered_behind_an_outcome_waits_for_a_supervisor_all_the_same(world: World) -> None:
    """Otherwise: no further action, risk lowered by nobody else's leave, investigation reopened."""
    case = make_case(world.investigator, "Invented")
    due, key = arrest_clock(case).due_at, suspect_of(case).pk
    plan_tellings(case)
    do(world.investigator, record_outcome, case, suspect_id=key, code=15, on=clock.today(), reasons="Invented")
    assert correct(world.investigator, case, "case", case.pk, "risk", "standard").answer == "waiting"
    do(world.investigator, reopen, case, suspect_id=key, basis="review", reason="Invented")
    assert (fresh(case).risk, arrest_clock(case).due_at, arrest_clock(case).ended_at) == ("medium", due, None)


def test_that_somebody_was_named_is_taken_back_only_by_a_supervisor(world: World) -> None:
    case = make_case(world.investigator, named="yes")
    with pytest.raises(NotPossible) as refused:
        do(world.investigator, answer_named, case, named="no")
    assert refused.value.field == "named"
    assert correct(world.investigator, case, "case", case.pk, "named", "no").answer == "waiting"
    assert fresh(case).named == "yes"
    do(world.supervisor, answer_named, case, named="no")
    assert fresh(case).named == "no"
    do(world.investigator, answer_named, case, named="yes")
    assert fresh(case).named == "yes"


def test_risk_lowered_after_the_arrest_waits_for_nobody(world: World) -> None:
    case = make_case(world.investigator, "Invented")
    arrest(world.investigator, case)
    assert correct(world.investigator, case, "case", case.pk, "risk", "standard").answer == "made"


def test_a_supervisor_lowers_the_risk_at_once_and_the_first_due_date_stays(world: World) -> None:
    case = make_case(world.investigator, "Invented")
    due = arrest_clock(case).due_at
    assert correct(world.supervisor, case, "case", case.pk, "risk", "standard").answer == "made"
    assert arrest_clock(case).first_due_at == due


@pytest.mark.parametrize("arrested", [False, True])
def test_identification_moved_later_waits_whether_or_not_the_clock_runs(world: World, arrested: bool) -> None:
    case = make_case(world.investigator, "Invented")
    if arrested:
        arrest(world.investigator, case)
    suspect = suspect_of(case)
    assert (
        correct(world.investigator, case, "suspect", suspect.pk, "identified_at", suspect.identified_at + timedelta(days=2)).answer
        == "waiting"
    )
    assert suspect_of(case).identified_at == suspect.identified_at


def test_identification_moved_earlier_is_made_at_once(world: World) -> None:
    case = make_case(world.investigator, "Invented")
    suspect = suspect_of(case)
    assert correct(world.sergeant, case, "suspect", suspect.pk, "identified_at", suspect.identified_at - timedelta(days=2)).answer == "made"


def test_a_refused_correction_changes_nothing_and_says_why(world: World) -> None:
    case = make_case(world.investigator, "Invented")
    waiting = correct(world.investigator, case, "case", case.pk, "risk", "standard")
    with pytest.raises(NotPossible) as refused:
        do(world.supervisor, answer_correction, case, correction_id=waiting.pk, approve=False)
    assert refused.value.field == "note"
    do(world.supervisor, answer_correction, case, correction_id=waiting.pk, approve=False, note="The risk stands")
    assert fresh(case).risk == "medium"
    assert timeline(case)[-1] == "correction_refused"
    with pytest.raises(NotPossible):
        do(world.supervisor, answer_correction, case, correction_id=waiting.pk, approve=True)
    assert correct(world.investigator, case, "case", case.pk, "risk", "standard").answer == "waiting"


def test_only_a_supervisor_other_than_who_asked_answers(world: World) -> None:
    case = make_case(world.investigator, "Invented")
    waiting = correct(world.investigator, case, "case", case.pk, "risk", "standard")
    for who in (world.investigator, world.sergeant):
        with pytest.raises(NotAllowed):
            do(who, answer_correction, case, correction_id=waiting.pk, approve=True)
    with scope(system(AVON)):
        m.FactCorrection.objects.filter(pk=waiting.pk).update(created_by=world.supervisor)
    with pytest.raises(NotAllowed):
        do(world.supervisor, answer_correction, case, correction_id=waiting.pk, approve=True)


def test_one_correction_of_a_fact_waits_at_a_time(world: World) -> None:
    case = make_case(world.investigator, "Invented")
    correct(world.investigator, case, "case", case.pk, "risk", "standard")
    with pytest.raises(NotPossible) as refused:
        correct(world.colleague, case, "case", case.pk, "risk", "standard")
    assert refused.value.field == "risk"


def test_a_fact_changed_meanwhile_is_not_overwritten_by_approval(world: World) -> None:
    case = make_case(world.investigator, "Invented")
    waiting = correct(world.investigator, case, "case", case.pk, "risk", "standard")
    correct(world.colleague, case, "case", case.pk, "risk", "high")
    with pytest.raises(NotPossible):
        do(world.supervisor, answer_correction, case, correction_id=waiting.pk, approve=True)
    assert fresh(case).risk == "high"


@pytest.mark.parametrize(
    ("table", "field", "new"),
    [
        ("case", "risk", "enormous"),
        ("case", "risk", ""),
        ("case", "urn", "nonsense"),
        ("case", "crime_reference", "x"),
        ("case", "recorded_at", "9999-01-01T00:00:00+00:00"),
        ("case", "recorded_at", "yesterday"),
        ("case", "recorded_at", "2026-01-01T00:00:00"),
        ("case", "named", "no"),
        ("case", "force", "46"),
        ("case", "stage", "charged"),
        ("suspect", "surname", " "),
        ("suspect", "surname", "x" * 101),
        ("suspect", "date_of_birth", "2099-01-01"),
        ("suspect", "date_of_birth", "0001-01-01"),
        ("suspect", "status", "charged"),
        ("user", "role", "supervisor"),
    ],
)
def test_what_is_no_real_value_or_no_correctable_fact_is_refused(world: World, table: str, field: str, new: str) -> None:
    case = make_case(world.investigator, "Invented")
    row_id = case.pk if table == "case" else suspect_of(case).pk
    with pytest.raises(NotPossible):
        correct(world.investigator, case, table, row_id, field, new)
    assert fresh(case).version == 1


def test_a_correction_needs_a_reason_and_a_change(world: World) -> None:
    case = make_case(world.investigator, "Invented")
    with pytest.raises(NotPossible) as refused:
        correct(world.investigator, case, "case", case.pk, "risk", "high", reason=" ")
    assert refused.value.field == "reason"
    with pytest.raises(NotPossible):
        correct(world.investigator, case, "case", case.pk, "risk", "medium")


def test_a_reference_of_another_case_is_refused_beside_the_field(world: World) -> None:
    make_case(world.investigator)
    case = make_case(world.investigator, reference="52/TEST/2")
    with pytest.raises(NotPossible) as refused:
        correct(world.investigator, case, "case", case.pk, "crime_reference", "52/TEST/1")
    assert refused.value.field == "crime_reference"


def test_nothing_happens_before_what_it_follows(world: World) -> None:
    case = make_case(world.investigator, "Invented")
    made = arrest(world.investigator, case, days=5)
    suspect = suspect_of(case)
    with pytest.raises(NotPossible) as refused:
        correct(world.supervisor, case, "suspect", suspect.pk, "identified_at", ago(days=2))
    assert refused.value.field == "identified_at"
    with pytest.raises(NotPossible) as refused:
        correct(world.investigator, case, "arrest", made.pk, "at", ago(days=20))
    assert refused.value.field == "at"
    assert correct(world.investigator, case, "arrest", made.pk, "at", ago(days=4)).answer == "made"
    with pytest.raises(NotPossible):
        correct(world.investigator, case, "arrest", made.pk, "released_at", ago(days=1))


def test_a_corrected_arrest_moves_the_moment_its_clock_stopped(world: World) -> None:
    case = make_case(world.investigator, "Invented")
    made = arrest(world.investigator, case, days=1)
    correct(world.investigator, case, "arrest", made.pk, "at", ago(days=4))
    assert arrest_clock(case).met_at == fresh_arrest(case).at


def fresh_arrest(case: m.Case) -> m.Arrest:
    with scope(system(AVON)):
        return m.Arrest.objects.get(case=case)


def test_an_offence_is_corrected_with_its_words(world: World) -> None:
    case = make_case(world.investigator)
    with acting_as(world.investigator):
        crime = m.Offence.objects.get(case=case)
    correct(world.investigator, case, "offence", crime.pk, "code", "19F")
    with acting_as(world.investigator):
        assert m.Offence.objects.get(case=case).description == "Rape of a male aged 16 or over"


def test_another_cases_row_is_nothing_and_the_loser_of_a_race_hears_who_won(world: World) -> None:
    case, other = make_case(world.investigator, "Invented"), make_case(world.investigator, "Other", reference="52/TEST/2")
    with pytest.raises(Http404):
        correct(world.investigator, case, "suspect", suspect_of(other).pk, "surname", "Stolen")
    with pytest.raises(Http404):
        correct(world.investigator, case, "case", other.pk, "risk", "high")
    correct(world.colleague, case, "case", case.pk, "risk", "high", version=1)
    with pytest.raises(Conflict) as lost:
        correct(world.investigator, case, "case", case.pk, "urn", "52AB1234526", version=1)
    assert lost.value.change.who == world.colleague.name
    assert lost.value.change.what == "corrected a fact"


def test_nobody_outside_the_case_corrects_it(world: World) -> None:
    case = make_case(world.investigator)
    for who in (world.other_unit, world.kent, world.prosecutor, world.analyst):
        assert not sees(who, case)
        with pytest.raises(Http404):
            correct(who, case, "case", case.pk, "risk", "high")


def test_a_late_arrest_is_made_timely_only_by_a_supervisor(world: World) -> None:
    case = make_case(world.investigator, "Invented", risk="high", identified_days=9)
    late = arrest(world.investigator, case, days=2)
    moved = correct(world.investigator, case, "arrest", late.pk, "at", ago(days=8, hours=20))
    assert moved.answer == m.FactCorrection.Answer.WAITING
    assert fresh_arrest(case).at == late.at
