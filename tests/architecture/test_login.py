"""What the application's login is, and is not, in the database that the tests use: the same as in production."""

from uuid import uuid4

import pytest
from django.db import ProgrammingError, connection, transaction

from cases.models import EmergencyReview
from core.roles import unsafe_rights
from core.scope import Kind, Scope, scope, system
from tests.architecture import catalogue
from tests.architecture.filled import fill
from tests.architecture.grants import OF_A_FORCE as GRANTS
from tests.factories import AVON, KENT, SERVICE, SOUTH_WEST, World

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


FOR_AUDITORS = {"cases_emergencyaccess": {"SELECT"}, "cases_emergencyreview": {"SELECT", "INSERT"}}
"""What auditors have of case tables: the uses of emergency access in their own force, and their reviews of them; nothing else."""


def of_services(table: str) -> set[str]:
    """Return what a support service has of a table, of its own clients' rows alone (tests/architecture/test_rows_of_a_service.py)."""
    return set(GRANTS[table][str(Kind.ISVA)].commands) if str(Kind.ISVA) in GRANTS[table] else set()


@pytest.mark.parametrize("kind", [Kind.ISVA, Kind.PANEL, Kind.OVERSIGHT])
@pytest.mark.parametrize("table", sorted(GRANTS))
def test_kinds_that_work_no_cases_are_denied_every_case_table(kind: Kind, table: str) -> None:
    agency = SERVICE if kind is Kind.ISVA else AVON
    granted = FOR_AUDITORS.get(table, set()) if kind is Kind.OVERSIGHT else of_services(table) if kind is Kind.ISVA else set()
    statements = {
        "SELECT": f"SELECT 1 FROM {table}",
        "INSERT": f"INSERT INTO {table} DEFAULT VALUES",
        "UPDATE": f"UPDATE {table} SET force_id = 1",
        "DELETE": f"DELETE FROM {table}",
    }
    with scope(Scope(kind=kind, agency_id=agency)):
        for command, statement in statements.items():
            if command not in granted:
                refused(statement)


def test_auditors_read_and_review_emergency_access_of_their_own_force_only(world: World) -> None:
    for force, officer, supervisor in ((AVON, world.investigator, world.supervisor), (KENT, world.kent, world.kent_supervisor)):
        fill(force_id=force, area=0, officer=officer, supervisor=supervisor, prosecutor=None, reference=f"{force}/AUDIT/1")
    for agency, forces in ((AVON, [AVON]), (KENT, [KENT]), (SOUTH_WEST, []), (SERVICE, [])):
        with scope(Scope(kind=Kind.OVERSIGHT, agency_id=agency)):
            for table in FOR_AUDITORS:
                assert [row[0] for row in catalogue.rows(f"SELECT force_id FROM {table}")] == forces
    with scope(system(KENT)):
        theirs = EmergencyReview.objects.get(force_id=KENT)
    theirs.pk = uuid4()
    with (
        scope(Scope(kind=Kind.OVERSIGHT, agency_id=AVON)),
        pytest.raises(ProgrammingError, match="row-level security"),
        transaction.atomic(),
    ):
        theirs.save(force_insert=True)


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
