"""Support services in the demonstration: made once, by the services of the screens, with something of each kind going on."""

from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from accounts.demonstration import FORCE, make_sign_ins
from cases.demonstration import People, acting, make_cases
from core.scope import scope, system
from victims.demonstration.isva import make_support
from victims.models import IsvaMessage, LinkMatch, SupportReferral, TellRequest

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def counted() -> list[int]:
    with scope(system(FORCE)):
        return [model.objects.count() for model in (SupportReferral, IsvaMessage, TellRequest, LinkMatch)]


def test_it_is_made_once_and_each_service_sees_its_own(settings: Any) -> None:
    settings.DEMO = True
    make_sign_ins()
    make_cases()
    make_support()
    first = counted()
    assert first[0] >= 8
    assert first[1] == 5
    assert first[2] == 1
    assert first[3] >= 1
    make_support()
    assert counted() == first

    people = People()
    sees = {}
    for key in ("isva", "isva-manager", "isva2"):
        with acting(people[key]):
            sees[key] = SupportReferral.objects.visible_to(people[key]).count()
    assert sees == {"isva": 6, "isva-manager": 7, "isva2": 0}


def test_it_is_refused_outside_the_demonstration(settings: Any) -> None:
    settings.DEMO = False
    with pytest.raises(ImproperlyConfigured):
        make_support()
