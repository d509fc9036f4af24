"""Support for the prosecution as an extract tells it, against what an officer recorded."""

import pytest

from cases import models as m
from cases.importing.answers import answer_disagreement, open_disagreements
from core import clock
from core.scope import scope, system
from tests.factories import AVON, World, acting_as, ago
from tests.integration.importing.support import record, take

pytestmark = pytest.mark.django_db


def said() -> list[tuple[str, bool]]:
    """What stands in order of time: the word, and whether an extract said it."""
    with scope(system(AVON)):
        return list(m.SupportChange.objects.order_by("at", "created_at").values_list("supports", "imported"))


def say_here(world: World, supports: str) -> None:
    """Record on screen what she said yesterday."""
    with acting_as(world.investigator):
        case = m.Case.objects.get()
        keys = {"case": case, "force_id": case.force_id, "cps_area_scope": case.cps_area_scope, "created_by": world.investigator}
        complainant = m.Complainant.objects.get()
        m.SupportChange.objects.create(complainant=complainant, supports=supports, words="Her words", at=ago(days=1), **keys)


def test_the_first_word_counts_from_the_recording_and_a_changed_one_from_the_extract() -> None:
    """Each is a further row: nothing is lost. The same file adds none."""
    take(record())
    tally = take(record(supports_prosecution="no"))
    take(record(supports_prosecution="no"))
    assert said() == [("supports", True), ("does_not", True)]
    assert (tally.cases.updated, tally.complainants.updated) == (1, 1)
    with scope(system(AVON)):
        first, second = m.SupportChange.objects.order_by("at")
        assert first.at == m.Case.objects.get().recorded_at
        assert clock.now() >= second.at > ago(minutes=5)
        event = m.TimelineEvent.objects.get(kind="extract_changed")
        assert (event.complainant_id, event.text) == (
            first.complainant_id,
            "Support for the prosecution: Does not support the prosecution",
        )


def test_a_word_recorded_here_stands_and_the_difference_is_listed(world: World) -> None:
    """An extract has no day for it, so it overtakes nobody; taking it is a further row of the supervisor's."""
    take(record(supports_prosecution=""))
    say_here(world, "undecided")
    take(record(supports_prosecution="undecided"))
    assert said() == [("undecided", False)]
    take(record(supports_prosecution="yes"))
    assert said() == [("undecided", False)]
    with acting_as(world.supervisor):
        one = open_disagreements(world.supervisor).get()
        assert (one.here, one.extract, one.complainant.label) == ("Undecided", "Supports the prosecution", "A")
        answer_disagreement(actor=world.supervisor, disagreement_id=one.pk, take=True, note="She told the ISVA")
    assert said() == [("undecided", False), ("supports", True)]


def test_what_was_recorded_here_later_than_the_first_extract_stands(world: World) -> None:
    """And keeping it leaves it alone."""
    take(record())
    say_here(world, "does_not")
    take(record(supports_prosecution="undecided"))
    with acting_as(world.supervisor):
        one = open_disagreements(world.supervisor).get()
        answer_disagreement(actor=world.supervisor, disagreement_id=one.pk, take=False, note="Asked again today")
    assert said() == [("supports", True), ("does_not", False)]
