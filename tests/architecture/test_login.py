"""What the application's login is, and is not, in the database that the tests use: the same as in production."""

import pytest
from django.db import ProgrammingError, connection, transaction

from cases.grants import GRANTS
from core.roles import unsafe_rights
from core.scope import Kind, Scope, scope
from tests.architecture import catalogue
from tests.factories import AVON, SERVICE

pytestmark = pytest.mark.django_db


def refused(statement: str) -> None:
    """Run a statement in a savepoint and want "permission denied"."""
    with pytest.raises(ProgrammingError, match=r"permission denied|must be owner"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_login_has_no_right_beyond_its_need() -> None:
    assert unsafe_rights(connection) == []


def test_the_login_owns_nothing() -> None:
    owned = catalogue.rows("select relname from pg_class where pg_get_userbyid(relowner) = session_user")
    assert owned == []


def test_the_login_belongs_to_the_kinds_and_inherits_none() -> None:
    query = (
        "select r.rolname, pg_has_role(session_user, r.oid, 'USAGE') from pg_auth_members m"
        " join pg_roles r on r.oid = m.roleid join pg_roles me on me.oid = m.member where me.rolname = session_user"
    )
    found = dict(catalogue.rows(query))
    assert found == dict.fromkeys((str(kind) for kind in Kind), False)


def test_no_kind_can_sign_in_or_has_any_attribute() -> None:
    query = (
        "select rolname from pg_roles where rolname = any(%s)"
        " and (rolcanlogin or rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication)"
    )
    assert catalogue.rows(query, [str(kind) for kind in Kind]) == []


@pytest.mark.parametrize("table", sorted(GRANTS))
@pytest.mark.parametrize(
    "statement", ["SELECT 1 FROM {}", "INSERT INTO {} DEFAULT VALUES", "UPDATE {} SET force_id = 1", "DELETE FROM {}", "TRUNCATE {}"]
)
def test_without_a_kind_a_case_table_answers_permission_denied(table: str, statement: str) -> None:
    refused(statement.format(table))


@pytest.mark.parametrize("kind", [Kind.ISVA, Kind.PANEL, Kind.OVERSIGHT])
@pytest.mark.parametrize("table", sorted(GRANTS))
def test_kinds_that_work_no_cases_are_denied_every_case_table(kind: Kind, table: str) -> None:
    agency = SERVICE if kind is Kind.ISVA else AVON
    with scope(Scope(kind=kind, agency_id=agency)):
        refused(f"SELECT 1 FROM {table}")
        refused(f"INSERT INTO {table} DEFAULT VALUES")


def test_no_kind_may_create_anything() -> None:
    for kind in Kind:
        with scope(Scope(kind=kind, force_id=AVON, agency_id=AVON)):
            refused("CREATE TABLE public.sly (id int)")


def test_a_kind_cannot_switch_row_level_security_off() -> None:
    with scope(Scope(kind=Kind.POLICE, force_id=AVON, agency_id=AVON)):
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT set_config('row_security', 'off', true); SELECT 1 FROM cases_case")
        refused("ALTER TABLE cases_case NO FORCE ROW LEVEL SECURITY")
        refused("ALTER TABLE cases_case DISABLE TRIGGER USER")


def test_a_kind_reads_no_session_and_no_password_hash() -> None:
    for kind in Kind:
        with scope(Scope(kind=kind, force_id=AVON, agency_id=AVON)):
            refused("SELECT password FROM accounts_user")
            refused("SELECT session_data FROM accounts_session")
