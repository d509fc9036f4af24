"""The record of contact: what the forms begin with and refuse, what the log says of itself, and that nothing in it is ever changed."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import User
from cases import models as m
from core import clock
from core.components import day_text
from core.scope import scope, system
from tests.factories import AVON, World, ago
from tests.integration.cases.asking import live_since
from tests.integration.victims.contacting import agree, log
from tests.integration.victims.knowing import known_case
from tests.integration.victims.test_contact_pages import address, count, typed
from victims.models import Contact

SignIn = Callable[[User], Client]
pytestmark = pytest.mark.django_db


@pytest.fixture
def case(world: World) -> m.Case:
    """A case recorded ten days ago, its victim entered."""
    live_since(AVON, days=100)
    return known_case(world)[0]


def test_a_contact_later_today_is_refused_beside_the_time(world: World, case: m.Case, sign_in: SignIn) -> None:
    """The day is today's and may be sent; the time has not come."""
    later = (clock.now() + timedelta(minutes=5)).astimezone(clock.LONDON)
    if later.date() != clock.today():
        pytest.skip("five minutes from now is tomorrow")
    answer = sign_in(world.investigator).post(address(case), typed(case, hours=-5 / 60))
    assert answer.status_code == 400
    assert "Enter a date and time in the past" in answer.content.decode()
    assert count(case) == 0


def test_the_log_says_when_a_contact_was_entered_on_another_day(world: World, case: m.Case, sign_in: SignIn) -> None:
    """Whoever reads that she was reached in time also reads that it was said afterwards."""
    log(world.investigator, case, hours=30)
    page = sign_in(world.investigator).get(address(case, "victim_contacts")).content.decode()
    assert f"<dt>Entered</dt><dd>{day_text(clock.today())}" in page
    log(world.investigator, case, hours=0.001)
    assert sign_in(world.investigator).get(address(case, "victim_contacts")).content.decode().count("<dt>Entered</dt>") == 1


def test_the_first_agreement_begins_with_28_days_and_a_later_one_with_what_stands(world: World, sign_in: SignIn) -> None:
    made, complainant = known_case(world, reference="52/KNOWN/2")
    place = reverse("case_act_on", kwargs={"case_id": made.pk, "slug": "agree-contact", "target_id": complainant.pk})
    browser = sign_in(world.investigator)

    def stands() -> tuple[Any, ...]:
        form = browser.get(place).context["form"]
        return tuple(form[name].value() for name in ("interval_days", "channel", "by"))

    assert stands() == (28, None, "officer")
    agree(world.investigator, made, 14, channel="text", by="solo")
    assert stands() == (14, "text", "solo")
    agree(world.investigator, made, opted_out=True, own_reason="Enough", channel="text", by="solo")
    assert stands() == (28, "text", "solo")


@pytest.mark.parametrize("change", [{"reached": False}, {"at": ago(days=1)}, {"channel": "text"}])
def test_no_contact_is_changed_or_deleted_whoever_asks(world: World, case: m.Case, change: dict[str, Any]) -> None:
    """The database itself refuses: a contact is corrected by another row."""
    row = log(world.investigator, case)
    with scope(system(AVON)), pytest.raises(DatabaseError), transaction.atomic():
        Contact.objects.filter(pk=row.pk).update(**change)
    with scope(system(AVON)), pytest.raises(DatabaseError), transaction.atomic():
        Contact.objects.filter(pk=row.pk).delete()
    with scope(system(AVON)):
        assert Contact.objects.get(pk=row.pk).reached
