"""Contact in the demonstration: some overdue, one without a safe channel, one who opted out; made once."""

from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from accounts.demonstration import FORCE, make_sign_ins
from cases import models as m
from cases.demonstration import make_cases
from core import clock
from core.scope import scope, system
from core.seen import Seen
from victims.demonstration.contact import STORIES, make_contact
from victims.models import Contact, ContactAgreement
from victims.reports import Reach, late

pytestmark = pytest.mark.django_db


def test_contact_is_made_once_with_some_overdue(settings: Any) -> None:
    settings.DEMO = True
    make_sign_ins()
    make_cases()
    counts = []
    for _ in range(2):
        make_contact()
        with scope(system(FORCE)):
            counts.append((ContactAgreement.objects.count(), Contact.objects.count()))
    assert counts[0] == counts[1]
    assert counts[0][0] == len(STORIES)
    with scope(system(FORCE)):
        assert late(Reach.of_force(FORCE), Seen.now()).count() >= 3
        assert ContactAgreement.objects.filter(opted_out=True).count() == 1
        review = m.Deadline.objects.filter(kind="safe_channel_review", met_at__isnull=True, cancelled=False)
        assert [one.due_at > clock.now() for one in review] == [True]


def test_none_is_made_outside_the_demonstration(settings: Any) -> None:
    settings.DEMO = False
    with pytest.raises(ImproperlyConfigured):
        make_contact()
