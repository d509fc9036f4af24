"""The demonstration's cases: made once, complete, and seen by whom they should be."""

from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from accounts.demonstration import FORCE, OTHER_FORCE, make_sign_ins
from accounts.models import User
from cases import models as m
from cases.demonstration import make_cases
from cases.demonstration.stories import STORIES
from cases.derive.states import Stage, Status
from core import clock
from core.scope import scope, system
from tests.factories import acting_as

LATER = {Status.WITH_CPS, Status.ACTION_PLAN, Status.ADMINISTRATIVELY_FINALISED}
"""Statuses that only the prosecution's part of the tracker gives."""


@pytest.fixture
def demonstration(db: None, settings: Any) -> None:
    settings.DEMO = True
    make_sign_ins()
    make_cases()


def test_the_cases_show_everything_and_are_made_once(demonstration: None) -> None:
    with scope(system(FORCE)):
        counts = (m.Case.objects.count(), m.TimelineEvent.objects.count(), m.Abstraction.objects.count())
        statuses = set(m.Suspect.objects.values_list("status", flat=True))
        stages = set(m.Case.objects.values_list("stage", flat=True))
        overdue = m.Deadline.objects.filter(
            kind="arrest", met_at__isnull=True, ended_at__isnull=True, cancelled=False, paused_since__isnull=True, due_at__lte=clock.now()
        )
        assert set(overdue.values_list("case__risk", flat=True)) == {"high", "medium", "standard"}
        assert set(m.AbstractionAnswer.objects.values_list("answer", flat=True)) == {"kept", "moved", "cancelled"}
        assert m.ArrestDelay.objects.filter(event__startswith="Harbour Lights").exists()
        assert m.FactCorrection.objects.filter(answer="waiting").exists()
        assert m.ArrestDecision.objects.filter(answer="waiting").exists()
        assert m.Case.objects.filter(restricted=True).exists()
        assert m.Case.objects.exclude(pk__in=m.CasePerson.objects.filter(role="officer", until__isnull=True).values("case")).count() >= 2
    assert {str(status) for status in Status} - statuses <= {str(status) for status in LATER}
    assert {Stage.RECORDED, Stage.INVESTIGATING, Stage.CHARGED, Stage.NO_FURTHER_ACTION} <= stages
    make_cases()
    with scope(system(FORCE)):
        assert (m.Case.objects.count(), m.TimelineEvent.objects.count(), m.Abstraction.objects.count()) == counts
    with scope(system(OTHER_FORCE)):
        assert m.Case.objects.count() == 6


def test_each_sees_what_was_brought_and_no_more(demonstration: None) -> None:
    def seen(key: str) -> set[str]:
        user = User.objects.get(email=f"{key}@demo.example")
        with acting_as(user):
            return set(m.Case.objects.visible_to(user).values_list("crime_reference", flat=True))

    assert {"52/DEMO/01", "52/DEMO/20"} <= seen("prosecutor")
    assert seen("prosecutor") == seen("vlo")
    assert all(reference.startswith("52/") for reference in seen("prosecutor"))
    assert seen("other-area") == {"46/DEMO/01", "46/DEMO/03", "46/DEMO/06"}
    assert seen("other-force") == {story.reference for story in STORIES if story.reference.startswith("46/")}
    assert "52/DEMO/36" in seen("supervisor")
    assert "52/DEMO/36" not in seen("reviewer")
    with acting_as(vlo := User.objects.get(email="vlo@demo.example")):
        assert m.CasePerson.objects.filter(user=vlo, until__isnull=True).count() == 2


def test_nothing_is_made_outside_the_demonstration(db: None, settings: Any) -> None:
    settings.DEMO = False
    with pytest.raises(ImproperlyConfigured):
        make_cases()
