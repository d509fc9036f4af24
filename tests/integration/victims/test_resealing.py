"""Changing keys: everything is sealed anew while people write, indexes follow, no version is made, and the old key may go."""

from concurrent.futures import ThreadPoolExecutor
from io import StringIO
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection
from pytest_django import Settings

from audit.models import AccessLog
from cases import models as m
from core.scope import Kind, Scope, scope, system
from core.sealedfield import SealBroken, opening, sealed_fields
from tests.factories import AVON, KENT, World, acting_as
from tests.integration.cases.making import do
from tests.integration.victims.knowing import WHO, known_case, person_of, sealed
from tests.sealed import NEW, OLD
from victims.finding import Terms, find
from victims.grants import RESEALED, VERSIONS
from victims.resealing import left_in, sealed_models
from victims.services.identity import keep_identity

FORCES = (AVON, KENT)


def reseal() -> str:
    """Run the command and return what it says."""
    said = StringIO()
    call_command("reseal_victims", stdout=said)
    return said.getvalue()


def version_model() -> Any:
    """Return the table of kept versions of who victims are."""
    return apps.get_model("victims", "VictimVersion")


def read_everything() -> int:
    """Open every sealed value of every table in both forces; return how many there were."""
    values = 0
    for force_id in FORCES:
        with scope(system(force_id)), opening("test"):
            for model in sealed_models():
                for row in model._default_manager.all():
                    values += len([getattr(row, field.name) for field in sealed_fields(model)])
    return values


@pytest.mark.django_db
def test_every_sealed_table_is_resealed_and_the_system_may() -> None:
    tables = {model._meta.db_table for model in sealed_models()}
    assert {"victims_victim", "victims_victimversion", "victims_contactsummary", "victims_linkrequest"} <= tables
    assert {table for table, columns in RESEALED.items() if columns} <= tables
    assert {f"{model._meta.db_table}version" for model in sealed_models() if f"{model._meta.db_table}version" in VERSIONS} <= tables


@pytest.mark.django_db
def test_after_the_command_the_old_key_may_go(world: World, settings: Settings) -> None:
    settings.FIELD_KEYS = [OLD]
    case, complainant = known_case(world)
    do(world.investigator, keep_identity, case, complainant_id=complainant.pk, **{**WHO, "notes": "second"})
    person_of(case, world.investigator, never_tell="x")
    known_case(world, world.kent, reference="46/KNOWN/1")
    values, before = read_everything(), sealed(case)
    settings.FIELD_KEYS = [NEW, OLD]
    assert sum(left_in(AVON).values()) + sum(left_in(KENT).values()) > 30
    said = reseal()
    assert "Force 52, victims_victimversion: 16 values sealed anew" in said
    assert "Nothing is left under old keys." in said
    settings.FIELD_KEYS = [NEW]
    assert read_everything() == values
    after = sealed(case)
    assert after.name_key != before.name_key
    with acting_as(world.investigator):
        (found,) = find(world.investigator, Terms(email="zephyrine@demo.example"))
    assert found.case_id == case.pk
    assert "sealed anew" not in reseal(), "a second time there is nothing to do"


@pytest.mark.django_db
def test_a_change_of_key_is_no_change_of_a_fact(world: World, settings: Settings) -> None:
    settings.FIELD_KEYS = [OLD]
    case, _ = known_case(world)
    settings.FIELD_KEYS = [NEW, OLD]
    with scope(system(AVON)):
        versions, number = version_model()._default_manager.count(), m.Case.objects.get(pk=case.pk).version
    reseal()
    with scope(system(AVON)):
        assert (version_model()._default_manager.count(), m.Case.objects.get(pk=case.pk).version) == (versions, number)
    with scope(Scope(kind=Kind.OVERSIGHT, agency_id=AVON)):
        (row,) = [row for row in AccessLog.objects.of_agency(AVON) if row.what == "keys changed"]
    assert (row.act, row.actor_id, row.row_count) == ("alteration", None, 16)


@pytest.mark.django_db
def test_a_version_is_kept_again_afterwards(world: World, settings: Settings) -> None:
    settings.FIELD_KEYS = [OLD]
    case, complainant = known_case(world)
    settings.FIELD_KEYS = [NEW, OLD]
    reseal()
    do(world.investigator, keep_identity, case, complainant_id=complainant.pk, **{**WHO, "notes": "second"})
    with scope(system(AVON)):
        assert version_model()._default_manager.filter(case=case).count() == 2


@pytest.mark.django_db
def test_without_the_old_key_the_command_fails_and_names_no_value(world: World, settings: Settings) -> None:
    settings.FIELD_KEYS = [OLD]
    case, _ = known_case(world)
    settings.FIELD_KEYS = [NEW]
    with pytest.raises(CommandError, match="do not open and were left as they are") as fault:
        reseal()
    assert str(WHO["surname"]) not in str(fault.value)
    settings.FIELD_KEYS = [OLD]
    with opening("test"):
        assert sealed(case).surname == WHO["surname"]


def test_people_write_meanwhile_and_nothing_is_lost(committed: str, settings: Settings) -> None:
    settings.FIELD_KEYS = [OLD]
    world = World.make()
    known = [known_case(world, reference=f"52/KNOWN/{number}") for number in range(8)]
    settings.FIELD_KEYS = [NEW, OLD]

    def write(number: int) -> None:
        try:
            case, complainant = known[number % len(known)]
            do(world.investigator, keep_identity, case, complainant_id=complainant.pk, **{**WHO, "notes": f"note {number}"})
        finally:
            connection.close()

    def change_keys(_: int) -> None:
        try:
            reseal()
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        rotating = [pool.submit(change_keys, number) for number in range(2)]
        writing = [pool.submit(write, number) for number in range(24)]
        for one in (*rotating, *writing):
            one.result()
    reseal()
    settings.FIELD_KEYS = [NEW]
    assert sum(left_in(AVON).values()) == 0
    with opening("test"):
        notes = [sealed(case).notes for case, _ in known]
    assert [int(note.removeprefix("note ")) % len(known) for note in notes] == list(range(len(known)))
    settings.FIELD_KEYS = [OLD]
    with pytest.raises(SealBroken), opening("test"):
        _ = sealed(known[0][0]).notes
