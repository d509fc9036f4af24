"""Rows of one moment stand in the order in which they were written down, on the disclosure print and on the timeline."""

from typing import Any

import pytest

from cases.disclosure import entries
from cases.pages.timeline import timeline_page
from cases.services.changing import changing
from core import clock
from tests.factories import World, acting_as, ago
from tests.integration.prosecution.making import police_case

pytestmark = pytest.mark.django_db
WORDS = [f"Thing {number}" for number in range(12)]


def test_events_of_one_moment_keep_the_order_written(world: World, settings: Any) -> None:
    """Twelve events of one change, told at one moment: their keys are random, and would give another order."""
    settings.DEMO = True
    case, at = police_case(world), ago(hours=1)
    with acting_as(world.investigator):
        with clock.telling_of(at), changing(case.pk, actor=world.investigator) as change:
            for text in WORDS:
                change.put_in_timeline("reviewed", text=text)
        shown = [entry.what for entry in entries(case, world.investigator)]
        events = timeline_page(case, world.investigator).rows
    assert [text for what in shown for text in WORDS if f"{text}|" in f"{what}|".replace(" Written", "|")] == WORDS
    assert [event.text for event in events if event.text in WORDS] == WORDS[::-1], "the timeline is read newest first"
