"""A desk narrowed to the work of one prosecutor."""

import re
from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client

from accounts.models import User
from tests.factories import World

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
LATE = "/prosecution/overview/"


def test_a_look_at_one_prosecutor_says_so_and_one_of_no_area_is_told_of(world: World, sign_in: SignIn) -> None:
    browser = sign_in(world.cps_manager)
    section = f"{LATE}late/"
    for address in (LATE, section):
        assert "Show everybody" not in browser.get(address).content.decode()
        named = browser.get(f"{address}?prosecutor={world.prosecutor.pk}").content.decode()
        unknown = browser.get(f"{address}?prosecutor={uuid4()}").content.decode()
        assert "Everything open of" in named
        assert "This prosecutor is not one of your Area." in unknown
        assert "Everything open of" not in unknown
        for html in (named, unknown):
            assert re.search(rf'href="{address}">Show everybody</a>', html)
