"""The morning shows at once who was not told of a release or of bail, until she or he is told or it is decided otherwise."""

import pytest

from cases import models as m
from cases.services.telling import not_told, tell
from cases.services.telling_before import Before
from core import clock
from tests.factories import World, ago
from tests.integration.cases.making import do, suspect_of
from tests.integration.cases.telling import arrested_case, her, release, things
from tests.integration.reports.test_morning import parts

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(world: World) -> m.Case:
    return arrested_case(world)


def count(world: World) -> int:
    return parts(world.supervisor)["not-told"].count


def test_a_release_to_bail_that_she_was_not_told_of_is_one_row_with_the_act_that_settles_it(world: World, case: m.Case) -> None:
    assert count(world) == 0
    release(world, case, Before(her(case).pk, "tried", how="telephone"))
    (row,) = parts(world.supervisor)["not-told"].entries
    assert row.said.text.startswith("Victim A: release. Tried, not reached, ")
    assert (row.number, row.said.late, [link.text for link in row.links]) == (1, True, ["Tell"])
    told = {"complainant_id": her(case).pk, "told_at": clock.now(), "how": "telephone"}
    do(world.investigator, tell, case, things=things(case, "told_release", "told_bail"), **told)
    assert count(world) == 0


def test_tried_again_it_is_still_one_row_and_decided_it_is_none(world: World, case: m.Case) -> None:
    release(world, case, Before(her(case).pk, "not_told", because="no_safe_channel"))
    both = things(case, "told_release", "told_bail")
    do(world.investigator, not_told, case, complainant_id=her(case).pk, things=both, because="tried", how="telephone")
    assert count(world) == 1
    do(world.investigator, not_told, case, complainant_id=her(case).pk, things=both, because="asked_not")
    assert count(world) == 0


def test_told_before_and_what_does_not_wait_for_the_morning_are_no_rows(world: World, case: m.Case) -> None:
    do(world.investigator, not_told, case, complainant_id=her(case).pk, things=things(case, "told_arrest"), because="tried", how="text")
    release(world, case, Before(her(case).pk, "told", ago(hours=3), "telephone"))
    assert (suspect_of(case).status, count(world)) == ("on_bail", 0)
