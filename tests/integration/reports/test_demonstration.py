"""What waits for people in the demonstration: made once, by the services, and seen by whom it is for."""

from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from accounts.demonstration import FORCE, OTHER_FORCE, make_sign_ins
from accounts.models import User
from accounts.saved_filters import filters_of
from cases import models as m
from cases.demonstration import MATCH, make_cases
from cases.services.abstraction import plans_to_answer
from core.scope import scope, system
from notifications.models import Notice
from reports.auditing.home import waiting_for
from reports.demonstration import make_what_waits
from reports.models import DailyRun, Pattern
from reports.morning.look import Look
from reports.morning.page import morning_of
from tests.factories import acting_as


def notices(key: str) -> int:
    """Return how many notices somebody has."""
    user = User.objects.get(email=f"{key}@demo.example")
    with acting_as(user):
        return int(Notice.objects.visible_to(user).count())


def test_everything_waits_for_somebody_and_is_made_once(db: None, settings: Any) -> None:
    settings.DEMO = True
    make_sign_ins()
    make_cases()
    for _ in range(2):
        make_what_waits()
        auditor = User.objects.get(email="auditor@demo.example")
        with acting_as(auditor):
            assert [one.number for one in waiting_for(auditor)] == [1, 2]
            assert Pattern.objects.filter(agency_id=FORCE, reviewed_at__isnull=False).count() == 1
        with scope(system(OTHER_FORCE)):
            assert sorted(m.IncomingOffer.objects.filter(force_id=OTHER_FORCE).values_list("state", flat=True)) == ["declined", "offered"]
        with scope(system(FORCE)):
            assert m.EmergencyAccess.objects.filter(force_id=FORCE).count() == 2
            assert DailyRun.objects.filter(force_id=FORCE).count() == 1
        inspector = User.objects.get(email="supervisor@demo.example")
        with acting_as(inspector):
            assert [part.count for part in morning_of(Look.of(inspector)) if part.section.slug == "away"] == [1]
            assert filters_of(inspector).count() == 3
            event = m.Abstraction.objects.get(force_id=FORCE, event=MATCH)
            assert plans_to_answer(event, inspector).count() == 1
        assert notices("prosecutor") >= 2
        assert notices("supervisor") >= 4
        assert notices("isva") == 0


def test_nothing_is_made_outside_the_demonstration(db: None, settings: Any) -> None:
    settings.DEMO = False
    with pytest.raises(ImproperlyConfigured):
        make_what_waits()
