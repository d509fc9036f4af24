"""The victim's page takes the same queries whatever it holds."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from tests.factories import World
from tests.integration.victims.knowing import known_case, person_of

SignIn = Callable[[User], Client]
pytestmark = pytest.mark.django_db
MOST = 63
"""What is still to be told follows from all the facts of the case: they are half of it."""


def test_the_page_takes_the_same_queries_whatever_it_holds(world: World, sign_in: SignIn) -> None:
    case, complainant = known_case(world)
    browser, address = sign_in(world.investigator), f"/victims/{complainant.pk}/"
    counts = []
    for number in range(3):
        browser.get(address)
        with CaptureQueriesContext(connection) as queries:
            browser.get(address)
        counts.append(len(queries))
        for again in range(3):
            person_of(case, world.investigator, name=f"Somebody {number} {again}", never_tell="x" if again else "")
    assert len(set(counts[1:])) == 1
    assert counts[0] <= counts[1] <= MOST
