"""Whether a contact person stood in for the victim: as she or he was when the contact was entered, whatever changed later."""

from datetime import datetime

import pytest

from tests.unit.cases.support import day
from victims.derive.loading import Person, stood_in
from victims.models import Contact


def person(since: float, may_be_told: str = "everything", kind: str = "parent", ended: datetime | None = None) -> Person:
    return Person(day(since), kind, may_be_told, ended)


def entered(at: float) -> Contact:
    return Contact(at=day(at), created_at=day(at + 1))


@pytest.mark.parametrize("kind", ["parent", "guardian", "nominated", "bereaved"])
def test_who_receives_the_rights_for_her_stands_in_where_everything_may_be_told(kind: str) -> None:
    assert stood_in([person(0, kind=kind)], entered(5))
    assert not stood_in([person(0, "arrangements", kind)], entered(5))
    assert not stood_in([person(0, "nothing", kind)], entered(5))


@pytest.mark.parametrize("kind", ["carer", "social_worker", "interpreter"])
def test_others_never_do(kind: str) -> None:
    assert not stood_in([person(0, kind=kind)], entered(5))


def test_what_changed_after_the_contact_was_entered_changes_nothing() -> None:
    assert stood_in([person(0), person(7, "nothing")], entered(5))
    assert not stood_in([person(0), person(6, "nothing")], entered(5))
    assert not stood_in([person(0, "nothing"), person(7)], entered(5))


def test_one_who_had_ended_does_not_and_the_first_version_stands_for_before_it() -> None:
    assert not stood_in([person(0, ended=day(4))], entered(5))
    assert stood_in([person(0, ended=day(5.5))], entered(5))
    assert stood_in([person(9)], entered(5))
    assert not stood_in([], entered(5))
