"""What each login and kind may do with people, sessions and secrets, asked of the database itself."""

import pytest
from django.db import ProgrammingError, connection, transaction

from accounts.answers import INSUFFICIENT_PRIVILEGE, sqlstate
from accounts.models import Agency, User
from core.scope import Kind, Scope, scope
from tests.factories import World

pytestmark = pytest.mark.django_db
READERS = [kind for kind in Kind if kind is not Kind.SYSTEM]
SECRET = ["accounts_session", "mfa_authenticator", "django_migrations"]


def refused(kind: Kind | None, statement: str) -> bool:
    """Whether the database refuses a statement for want of a right."""
    try:
        with transaction.atomic(), scope(Scope(kind=kind, force_id=52, agency_id=52)), connection.cursor() as cursor:
            cursor.execute(statement)
    except ProgrammingError as error:
        if sqlstate(error) != INSUFFICIENT_PRIVILEGE:
            raise
        return True
    return False


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_reads_people_and_agencies(world: World, kind: Kind) -> None:
    with scope(Scope(kind=kind, force_id=52, agency_id=52)):
        assert User.objects.select_related("agency", "unit").get(pk=world.investigator.pk).password == "!"
        assert Agency.objects.count() >= 59


@pytest.mark.parametrize("kind", Kind)
def test_no_kind_reads_a_hash_or_a_secret(db: None, kind: Kind) -> None:
    assert refused(kind, "select password from accounts_user")
    assert refused(kind, "select * from accounts_user")
    assert refused(kind, "update accounts_user set password = 'x'")
    assert refused(kind, "select session_data from accounts_session")
    assert all(refused(kind, f"select * from {table}") for table in SECRET)


@pytest.mark.parametrize("kind", READERS)
@pytest.mark.parametrize("table", ["accounts_user", "accounts_unit", "accounts_agency", "accounts_accreditation"])
def test_kinds_that_do_not_administer_write_no_person(db: None, kind: Kind, table: str) -> None:
    column = "kind" if table.endswith("accreditation") else "name"
    assert refused(kind, f"update {table} set {column} = 'x'")
    assert refused(kind, f"insert into {table} default values")
    assert refused(kind, f"delete from {table}")


@pytest.mark.parametrize("kind", [None, *Kind])
@pytest.mark.parametrize("table", ["accounts_user", "accounts_unit", "accounts_agency", "accounts_accreditation"])
def test_nobody_deletes_or_empties_them(db: None, kind: Kind | None, table: str) -> None:
    assert refused(kind, f"delete from {table}")
    assert refused(kind, f"truncate {table} cascade")


def test_the_login_itself_signs_people_in_and_adds_nobody(db: None) -> None:
    assert not refused(None, "select password from accounts_user")
    assert not refused(None, "update accounts_user set last_login = now() where false")
    assert refused(None, "update accounts_user set role = 'administrator'")
    assert refused(None, "update accounts_user set is_active = true")
    assert refused(None, "insert into accounts_user default values")


@pytest.mark.parametrize("kind", [Kind.SYSTEM])
def test_those_who_end_sessions_can_and_read_none(db: None, kind: Kind) -> None:
    assert not refused(kind, "delete from accounts_session where user_id is null and false")
    assert refused(kind, "update accounts_session set session_data = 'x'")
    assert refused(kind, "insert into accounts_session default values")


def test_the_migration_left_59_agencies(db: None) -> None:
    assert Agency.objects.filter(id__lt=1001).count() == 59
    assert Agency.objects.filter(kind="police", cps_area__isnull=True).count() == 3
    assert Agency.objects.get(pk=52).code == "52"
    assert Agency.objects.get(pk=1).code == "01"
