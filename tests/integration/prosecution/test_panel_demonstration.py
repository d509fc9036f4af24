"""The demonstration's panels: made once, with packs at the panel member who signs in, and nothing said of the others."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from pytest_django import Settings

from accounts.demonstration import DOMAIN, FORCE, make_sign_ins
from accounts.models import User
from cases.demonstration import make_cases
from core.scope import scope, system
from prosecution.demonstration import make_passage
from prosecution.demonstration.panels import make_panels
from prosecution.models import Panel, SharedFinding

pytestmark = pytest.mark.django_db


@pytest.mark.slow
def test_it_is_made_once(settings: Settings) -> None:
    settings.DEMO = True
    make_sign_ins()
    make_cases()
    make_passage()
    make_panels()
    make_panels()
    with scope(system(FORCE)):
        assert sorted(Panel.objects.values_list("state", flat=True)) == ["chosen", "open"]
        assert SharedFinding.objects.count() == 1
    browser = Client()
    browser.force_login(User.objects.get(email=f"panel@{DOMAIN}"))
    page = browser.get("/panels/").content.decode()
    assert "pack" in page
    assert "to find on" in page


def test_none_is_made_outside_the_demonstration(settings: Settings) -> None:
    settings.DEMO = False
    with pytest.raises(ImproperlyConfigured):
        make_panels()
