"""The database's own catalogue against the written table of grants, both ways."""

import re

import pytest
from django.apps import apps
from django.db import connection, models

from cases.models import Case, CaseRow
from core.scope import Kind
from tests.architecture import catalogue
from tests.architecture.grants import APPEND_ONLY, GRANTS

pytestmark = pytest.mark.django_db

KINDS = {str(kind) for kind in Kind}
APP = "the application's login"
READERS = {(kind, "SELECT") for kind in KINDS}
WRITERS = {(str(Kind.SYSTEM), right) for right in ("SELECT", "INSERT", "UPDATE")}
SETTING_READERS = {(str(kind), "SELECT") for kind in (Kind.POLICE, Kind.CPS, Kind.ISVA, Kind.OVERSIGHT, Kind.SYSTEM)}
PERSON = "agency_id,away_from,away_to,collar_number,covered_by_id,created_at,email,grade,id,is_active,last_login,name,role,unit_id"

OUTSIDE_ROW_LEVEL_SECURITY: dict[str, set[tuple[str, str]]] = {
    # reference data and people: no case in them
    "accounts_agency": {(APP, "SELECT"), *READERS, *WRITERS},
    "accounts_unit": {(APP, "SELECT"), *READERS, *WRITERS},
    "accounts_accreditation": {(APP, "SELECT"), *READERS, *WRITERS},
    "accounts_user": {
        (APP, "SELECT"),
        (APP, "UPDATE(last_login,password)"),
        *((kind, f"SELECT({PERSON})") for kind in KINDS),
        (str(Kind.SYSTEM), "INSERT"),
        (str(Kind.SYSTEM), f"UPDATE({PERSON})"),
    },
    "cases_clocksetting": {*SETTING_READERS, (str(Kind.SYSTEM), "INSERT")},
    # that a force knows a PNC id: keyed hash and agency, for all who work cases
    "cases_knownsuspect": {
        *((str(kind), "SELECT") for kind in (Kind.POLICE, Kind.CPS, Kind.SYSTEM)),
        *((str(Kind.SYSTEM), right) for right in ("INSERT", "DELETE")),
    },
    "cases_bankholiday": {*SETTING_READERS, (str(Kind.SYSTEM), "INSERT")},
    "notifications_heartbeat": {(APP, "SELECT"), *((str(Kind.SYSTEM), right) for right in ("SELECT", "INSERT", "UPDATE"))},
    # signing in: the login alone, before anybody acts as a kind
    "accounts_session": {
        *((APP, right) for right in ("SELECT", "INSERT", "UPDATE", "DELETE")),
        *((str(Kind.SYSTEM), right) for right in ("SELECT(user_id)", "DELETE")),
    },
    "account_emailaddress": {
        (str(Kind.OVERSIGHT), "SELECT"),
        *((who, right) for who in (APP, str(Kind.SYSTEM)) for right in ("SELECT", "INSERT", "UPDATE", "DELETE")),
    },
    "account_emailconfirmation": set(),
    "mfa_authenticator": {(APP, right) for right in ("SELECT", "INSERT", "UPDATE", "DELETE")},
    # Django's own
    "django_content_type": {(APP, "SELECT"), *READERS},
    "django_migrations": {(APP, "SELECT")},
    "auth_group": set(),
    "auth_group_permissions": set(),
    "auth_permission": set(),
    "pghistory_context": set(),
}
"""Tables outside row-level security: every one by name, with every grant that it has."""

ACCESS_LOG = "audit_accesslog"
"""Protected by agency and not by force: tests/integration/audit holds its rules."""


def login() -> str:
    """Return the name of the application's login."""
    return str(connection.settings_dict["USER"])


def case_row_models() -> list[type[models.Model]]:
    """Return every model whose rows belong to a case."""
    return [model for model in apps.get_models() if issubclass(model, CaseRow)]


def test_every_table_with_a_force_is_in_the_table_of_grants() -> None:
    assert catalogue.tables_with("force_id") <= set(GRANTS)


def test_every_other_table_is_named_as_outside_row_level_security() -> None:
    assert catalogue.tables() - set(GRANTS) - {ACCESS_LOG} == set(OUTSIDE_ROW_LEVEL_SECURITY)


@pytest.mark.parametrize("table", sorted(OUTSIDE_ROW_LEVEL_SECURITY))
def test_a_table_outside_row_level_security_has_exactly_the_grants_named(table: str) -> None:
    written = {(login() if who == APP else who, right) for who, right in OUTSIDE_ROW_LEVEL_SECURITY[table]}
    assert catalogue.grants(table) == written


@pytest.mark.parametrize("table", sorted(GRANTS))
def test_row_level_security_is_enabled_and_forced(table: str) -> None:
    assert catalogue.security()[table] == catalogue.Security(enabled=True, forced=True)


@pytest.mark.parametrize("table", sorted(GRANTS))
def test_policies_and_grants_are_exactly_those_written(table: str) -> None:
    written = {(kind, command) for kind, rule in GRANTS[table].items() for command in rule.commands}
    assert set(catalogue.policies(table)) == written
    assert catalogue.grants(table) == written


@pytest.mark.parametrize("table", sorted(GRANTS))
def test_each_policy_compares_what_is_written(table: str) -> None:
    for (kind, command), (using, check) in catalogue.policies(table).items():
        wanted = plain(GRANTS[table][kind].where)
        assert [plain(part) for part in (using, check) if part is not None] == [wanted] * (2 if command == "UPDATE" else 1)


def plain(expression: str) -> str:
    """Return a policy's expression without the casts, brackets and spaces that PostgreSQL adds."""
    return re.sub(r"::(text|integer|int)\b|[()\s]", "", expression).lower()


@pytest.mark.parametrize("table", sorted(GRANTS))
def test_nothing_is_granted_to_the_login_or_to_everybody(table: str) -> None:
    assert {who for who, _ in catalogue.grants(table)} <= KINDS


@pytest.mark.parametrize("model", case_row_models(), ids=lambda model: model._meta.db_table)
def test_a_row_of_a_case_hangs_on_case_force_and_area_together(model: type[models.Model]) -> None:
    table = model._meta.db_table
    wanted = "FOREIGN KEY (case_id, force_id, cps_area_scope) REFERENCES cases_case(id, force_id, cps_area_scope) ON UPDATE CASCADE"
    assert wanted in catalogue.foreign_keys(table).values()
    assert [field.name for field in model._meta.local_fields if field.name == "cps_area_scope"], f"{table} says which Area holds it"


@pytest.mark.parametrize("table", sorted(name for name in GRANTS if name.endswith("version")))
def test_versions_of_rows_hang_on_the_case_too(table: str) -> None:
    ends = "force_id, cps_area_scope) REFERENCES cases_case(id, force_id, cps_area_scope) ON UPDATE CASCADE"
    assert any(definition.endswith(ends) for definition in catalogue.foreign_keys(table).values())


@pytest.mark.parametrize("model", [Case, *case_row_models()], ids=lambda model: model._meta.db_table)
def test_a_force_never_changes(model: type[models.Model]) -> None:
    found = [definition for _, definition in catalogue.triggers(model._meta.db_table).values() if "a_force_never_changes" in definition]
    assert len(found) == 1
    assert "BEFORE UPDATE" in found[0]
    assert "force_id" in found[0]


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_an_append_only_table_has_both_triggers(table: str) -> None:
    found = [definition for function, definition in catalogue.triggers(table).values() if function == "append_only"]
    assert any("BEFORE DELETE OR UPDATE ON" in definition and "FOR EACH ROW" in definition for definition in found)
    assert any("BEFORE TRUNCATE ON" in definition for definition in found)


def test_no_name_of_a_constraint_or_index_was_cut_short() -> None:
    standing = catalogue.names_of_constraints_and_indexes()
    for model in apps.get_models():
        for one in [*model._meta.constraints, *model._meta.indexes]:
            assert len(one.name) <= catalogue.NAME_LENGTH, f"{one.name} is {len(one.name)} long"
            if model._meta.db_table != ACCESS_LOG:
                assert one.name in standing, f"{model._meta.db_table}: {one.name} does not stand"


OWNERS_FUNCTIONS = {
    "make_partitions": {"the application's login", str(Kind.SYSTEM)},
    "audit_default_partition_is_empty": {"the application's login", str(Kind.SYSTEM)},
    "analyse_case_tables": {str(Kind.SYSTEM)},
}
"""Functions that run with the owner's rights, and who may call them. None takes an argument or returns a row."""


def test_no_view_steps_round_the_policies() -> None:
    assert catalogue.rows("select viewname from pg_views where schemaname = 'public' union select matviewname from pg_matviews") == []


def test_functions_with_the_owners_rights_are_those_named() -> None:
    found = catalogue.rows(
        "select p.oid, proname, pronargs, proretset, proconfig::text from pg_proc p"
        " where pronamespace = 'public'::regnamespace and prosecdef"
    )
    assert {name for _, name, *_ in found} == set(OWNERS_FUNCTIONS)
    for oid, name, arguments, is_set, settings in found:
        callers = catalogue.rows(
            "select coalesce(r.rolname, 'PUBLIC') from pg_proc p cross join lateral aclexplode(p.proacl) x"
            " left join pg_roles r on r.oid = x.grantee where p.oid = %s and x.grantee <> p.proowner",
            oid,
        )
        assert {who for (who,) in callers} == {login() if who == APP else who for who in OWNERS_FUNCTIONS[name]}
        assert (arguments, is_set) == (0, False)
        assert "pg_temp" in settings, f"{name}: a temporary table could stand in for another"
