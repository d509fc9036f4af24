"""Contact in the demonstration: some overdue, one without a safe channel, one who opted out; made once."""

from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from accounts.demonstration import FORCE, make_sign_ins
from cases import models as m
from cases.demonstration import People, acting, make_cases
from cases.derive.told_rules import TOLD_KINDS
from cases.listing import running_deadlines
from core import clock
from core.scope import scope, system
from core.seen import Seen
from victims.demonstration.contact import HANDED_OVER, LIAISON, STORIES, make_contact
from victims.demonstration.telling import make_arrangements
from victims.models import Contact, ContactAgreement, TellingArrangement
from victims.reports import Reach, late
from victims.sight import identity_shown

pytestmark = pytest.mark.django_db


def test_contact_and_arrangements_are_made_once_with_some_overdue_and_most_victims_told(settings: Any) -> None:
    settings.DEMO = True
    make_sign_ins()
    make_cases()
    counts = []
    for _ in range(2):
        make_contact()
        make_arrangements()
        with scope(system(FORCE)):
            counts.append((ContactAgreement.objects.count(), Contact.objects.count(), TellingArrangement.objects.count()))
    assert counts[0] == counts[1]
    assert counts[0][0] == len(STORIES)
    with scope(system(FORCE)):
        assert late(Reach.of_force(FORCE), Seen.now()).count() >= 3
        assert ContactAgreement.objects.filter(opted_out=True).count() == 1
        review = m.Deadline.objects.filter(kind="safe_channel_review", met_at__isnull=True, cancelled=False)
        assert [one.due_at > clock.now() for one in review] == [True]
        assert counts[0][2] == m.TellingPlan.objects.count() > 0
        owed = running_deadlines().filter(kind__in=TOLD_KINDS, due_at__lte=clock.now())
        assert 5 <= owed.values("case").distinct().count() <= 15
    for who, reference, owes in (("investigator2", LIAISON, "police"), ("vlo", HANDED_OVER, "cps")):
        person = People()[who]
        with scope(system(FORCE)):
            case = m.Case.objects.get(force_id=FORCE, crime_reference=reference)
            clocks = m.Deadline.objects.filter(case=case, kind="victim_contact", met_at__isnull=True, cancelled=False)
            assert [one.owes for one in clocks] == [owes]
        with acting(person):
            row = m.Case.objects.visible_to(person).get(pk=case.pk)
            assert identity_shown(person, row), "the button is there for her or him"


def test_none_is_made_outside_the_demonstration(settings: Any) -> None:
    settings.DEMO = False
    for make in (make_contact, make_arrangements):
        with pytest.raises(ImproperlyConfigured):
            make()
