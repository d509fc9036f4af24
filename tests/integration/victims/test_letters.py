"""Letters: nothing goes that nobody else read, or by a route nobody checked."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from accounts.models import User
from cases import models as m
from cases.models import CaseRole
from core import clock
from core.exceptions import NotAllowed
from core.scope import scope, system
from core.sealedfield import opening
from tests.factories import AVON, World, acting_as, ago
from tests.integration.cases.asking import refused, texts
from tests.integration.cases.making import do
from tests.integration.victims.booking import CANARY, case_of, fresh, join, letter, victim_of
from victims.models import Letter, SafeContact
from victims.services import letters as services

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
ROUTE = f"To the {CANARY} centre, sealed"


@pytest.fixture
def case(world: World) -> m.Case:
    made = case_of(world)
    join(world, made, world.colleague, CaseRole.SECOND_OFFICER)
    return made


def ready(world: World, case: m.Case) -> Letter:
    """Read by the supervisor and its route checked by the officer."""
    row = letter(world, case)
    do(world.supervisor, services.second_read, case, letter_id=row.pk)
    do(world.investigator, services.check_route, case, letter_id=row.pk, route=ROUTE)
    return row


def test_a_letter_is_entered_once_written(world: World, case: m.Case) -> None:
    row = letter(world, case)
    assert (row.kind, row.reference, row.sent_on) == ("update", "L/7", None)
    with refused("in the past", "written_at"):
        do(
            world.investigator, services.enter_letter, case, complainant_id=victim_of(case).pk, kind="update",
            written_at=clock.now() + timedelta(hours=3),
        )  # fmt: skip
    with refused("what the letter says", "kind"):
        do(world.investigator, services.enter_letter, case, complainant_id=victim_of(case).pk, kind="poem", written_at=ago(hours=1))


def test_nobody_reads_the_own_letter_as_second_person(world: World, case: m.Case) -> None:
    row = letter(world, case)
    with refused("somebody else has to read"):
        do(world.investigator, services.second_read, case, letter_id=row.pk)
    do(world.colleague, services.second_read, case, letter_id=row.pk)
    with refused("has read this letter"):
        do(world.supervisor, services.second_read, case, letter_id=row.pk)


@pytest.mark.parametrize(("read", "checked", "words"), [
    (False, False, "second reading and check of the route"),
    (True, False, "Still open: check of the route"),
    (False, True, "Still open: second reading"),
])  # fmt: skip
def test_it_is_not_sent_while_a_step_is_open(world: World, case: m.Case, read: bool, checked: bool, words: str) -> None:
    row = letter(world, case)
    if read:
        do(world.supervisor, services.second_read, case, letter_id=row.pk)
    if checked:
        do(world.investigator, services.check_route, case, letter_id=row.pk, route=ROUTE)
    with refused(words):
        do(world.investigator, services.send_letter, case, letter_id=row.pk, sent_on=clock.today())
    with scope(system(AVON)), pytest.raises(IntegrityError), transaction.atomic():
        Letter.objects.filter(pk=row.pk).update(sent_on=clock.today())


def test_sent_when_both_are_done_and_never_changed_again(world: World, case: m.Case) -> None:
    row = ready(world, case)
    for day in (clock.today() + timedelta(days=1), clock.today() - timedelta(days=1)):
        with refused("Enter a day", "sent_on"):
            do(world.investigator, services.send_letter, case, letter_id=row.pk, sent_on=day)
    do(world.investigator, services.send_letter, case, letter_id=row.pk, sent_on=clock.today())
    assert fresh(Letter, row).sent_on == clock.today()
    with refused("was sent"):
        do(world.investigator, services.check_route, case, letter_id=row.pk, route="Another")
    assert not [text for kind in ("letter_route_checked", "letter_sent") for text in texts(case, kind) if CANARY in text]


def test_the_route_is_sealed_and_only_for_those_who_are_shown_identity(world: World, case: m.Case, sign_in: SignIn) -> None:
    row = letter(world, case)
    with refused("the route by which", "route"):
        do(world.investigator, services.check_route, case, letter_id=row.pk, route=" ")
    with pytest.raises(NotAllowed):
        do(world.sergeant, services.check_route, case, letter_id=row.pk, route=ROUTE)
    assert sign_in(world.sergeant).get(f"/cases/{case.pk}/check-letter-route/{row.pk}/").status_code == 403
    do(world.investigator, services.check_route, case, letter_id=row.pk, route=ROUTE)
    html = sign_in(world.investigator).get(f"/victims/{victim_of(case).pk}/").content.decode()
    assert CANARY not in html
    with scope(system(AVON)), opening("test"):
        assert Letter.objects.get().route == ROUTE


def test_the_form_is_filled_from_the_latest_safe_contact_card(world: World, case: m.Case, sign_in: SignIn) -> None:
    row = letter(world, case)
    with acting_as(world.investigator):
        facts: dict[str, Any] = {"case": case, "force_id": AVON, "complainant": victim_of(case), "created_by": world.investigator}
        SafeContact(**{**facts, "at": ago(days=2), "safe_route_for_letters": "The old way"}).save()
        SafeContact(**{**facts, "at": ago(days=1), "safe_route_for_letters": ROUTE}).save()
    html = sign_in(world.investigator).get(f"/cases/{case.pk}/check-letter-route/{row.pk}/").content.decode()
    assert ROUTE in html
    assert "The old way" not in html


def test_the_buttons_say_which_step_is_open(world: World, case: m.Case, sign_in: SignIn) -> None:
    letter(world, case)
    here = f"/victims/{victim_of(case).pk}/"
    html = sign_in(world.investigator).get(here).content.decode()
    assert "Still open before it can be marked as sent: second reading and check of the route." in html
    assert "Mark as sent" not in html
    with scope(system(AVON)):
        row = Letter.objects.get()
    do(world.supervisor, services.second_read, case, letter_id=row.pk)
    do(world.investigator, services.check_route, case, letter_id=row.pk, route=ROUTE)
    assert "Mark as sent" in sign_in(world.investigator).get(here).content.decode()
