"""A letter of no further action that reached her: the written reasons for the decision with it, and nothing of the letter below."""

from datetime import timedelta
from typing import Any

import pytest
from django.http import Http404

from accounts.models import User
from cases import models as m
from cases.models import CaseRole
from cases.services.outcomes import record_outcome
from core import clock
from core.scope import scope, system
from tests.factories import AVON, World, ago
from tests.integration.cases.asking import deadline, live_since, refused
from tests.integration.cases.making import do, plan_tellings, suspect_of
from tests.integration.victims.booking import case_of, join, victim_of
from victims.models import Letter
from victims.services import letters as services

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nfa_at_once")]
ON = "Signed for"


@pytest.fixture
def case(world: World) -> m.Case:
    """A case whose suspect got no further action two days ago."""
    made = case_of(world)
    live_since(AVON, days=30)
    join(world, made, world.colleague, CaseRole.SECOND_OFFICER)
    plan_tellings(made)
    day = clock.today() - timedelta(days=2)
    do(world.investigator, record_outcome, made, suspect_id=suspect_of(made).pk, code=15, on=day, reasons="Tested")
    return made


def outcome_of(case: m.Case) -> m.SuspectOutcome:
    with scope(system(AVON)):
        return m.SuspectOutcome.objects.get(case=case)


def letter(world: World, case: m.Case, kind: str = "no_further_action", *, sent: bool = True) -> Letter:
    """Return a letter of a sort, sent today unless told otherwise."""
    given = {"complainant_id": victim_of(case).pk, "kind": kind, "written_at": ago(hours=2)}
    row = do(world.investigator, services.enter_letter, case, **given)
    do(world.supervisor, services.second_read, case, letter_id=row.pk)
    do(world.investigator, services.check_route, case, letter_id=row.pk, route="By hand")
    if sent:
        do(world.investigator, services.send_letter, case, letter_id=row.pk, sent_on=clock.today())
    return row


def reached(person: User, case: m.Case, row: Letter, **more: Any) -> list[m.WrittenReasons]:
    given = {"facts": [outcome_of(case).pk], "reached_on": clock.today(), "known_by": ON, **more}
    return do(person, services.letter_reached, case, letter_id=row.pk, **given)


def test_it_meets_the_clock_and_keeps_the_plain_key_of_the_letter(world: World, case: m.Case) -> None:
    row = letter(world, case)
    (written,) = reached(world.investigator, case, row)
    assert (written.letter_id, written.how, written.fact_id) == (row.pk, "letter", outcome_of(case).pk)
    assert deadline(case, "written_reasons").met_at is not None
    with refused("recorded already", "facts"):
        reached(world.investigator, case, row)


def test_only_a_letter_of_no_further_action_that_was_sent(world: World, case: m.Case) -> None:
    with refused("no reasons"):
        reached(world.investigator, case, letter(world, case, "update"))
    with refused("has not been sent"):
        reached(world.investigator, case, letter(world, case, sent=False))
    with refused("after the letter was sent", "reached_on"):
        reached(world.investigator, case, letter(world, case), reached_on=clock.today() - timedelta(days=1))


def test_who_does_not_see_the_case_finds_nothing(world: World, case: m.Case) -> None:
    row = letter(world, case)
    for person in (world.kent, world.prosecutor, world.isva):
        with pytest.raises(Http404):
            reached(person, case, row)
