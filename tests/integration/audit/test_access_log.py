"""The record of looking: who is entitled to it, that it is one with the act, and that nothing changes it."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, connection, connections, transaction

from audit import context
from audit.acts import Act
from audit.models import AccessLog
from audit.services import record, record_denial, search_hash, session_hash
from audit.tasks import make_partitions
from core.scope import Kind, Scope, scope, system
from tests.factories import World, acting_as

pytestmark = pytest.mark.django_db


def rows(agency_id: int) -> list[AccessLog]:
    """The log as the auditor of an agency reads it."""
    with scope(Scope(kind=Kind.OVERSIGHT, agency_id=agency_id)):
        return list(AccessLog.objects.of_agency(agency_id))


def test_the_owner_of_the_cases_and_the_actors_agency_get_a_row_each(world: World) -> None:
    cases = [uuid4(), uuid4()]
    with acting_as(world.prosecutor):
        record(act=Act.CONSULTATION, what="case page", case_ids=cases, owners=[52, 46], row_count=2, purpose="my queue")
    for agency in (46, 52, 110):
        (row,) = rows(agency)
        assert (row.agency_id, row.actor_id, row.actor_name, row.actor_agency_id, row.actor_role) == (
            agency,
            world.prosecutor.id,
            world.prosecutor.name,
            110,
            "prosecutor",
        )
        assert (row.act, row.what, row.case_ids, row.row_count, row.purpose) == ("consultation", "case page", cases, 2, "my queue")
    assert rows(45) == []


def test_an_owner_who_acts_gets_one_row(world: World) -> None:
    with acting_as(world.investigator):
        record(act=Act.ALTERATION, what="x", owners=[52, 52])
    assert len(rows(52)) == 1


def test_one_statement_whatever_the_number_of_agencies(world: World, django_assert_num_queries: object) -> None:
    with acting_as(world.prosecutor), django_assert_num_queries(1):  # type: ignore[operator]
        record(act=Act.CONSULTATION, what="case page", owners=[52, 46, 45])


@pytest.mark.parametrize("kind", [None, *Kind])
def test_every_kind_and_the_login_may_add_a_row(world: World, kind: Kind | None) -> None:
    with context.acting_as_system(reason="test"), scope(Scope(kind=kind, agency_id=52)):
        record(act=Act.COLLECTION, what="import", owners=[52])
    assert len(rows(52)) == 1


@pytest.mark.parametrize("kind", [None, *[kind for kind in Kind if kind != Kind.OVERSIGHT]])
def test_nobody_but_auditors_reads(world: World, kind: Kind | None) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), scope(Scope(kind=kind, force_id=52, agency_id=52)):
        AccessLog.objects.count()


def test_without_a_person_or_a_reason_nothing_is_recorded(db: None) -> None:
    with pytest.raises(context.AnonymousAct):
        record(act=Act.CONSULTATION, what="x", owners=[52])
    with pytest.raises(context.AnonymousAct):
        record_denial(what="x")
    with pytest.raises(ValueError, match="reason"), context.acting_as_system(reason=" "):
        pass


def test_the_system_says_for_whom_or_the_scope_does(db: None) -> None:
    with context.acting_as_system(reason="nightly"):
        with pytest.raises(ValueError, match="entitled"):
            record(act=Act.CONSULTATION, what="x")
        with pytest.raises(ValueError, match="somebody"):
            record_denial(what="x")
        with scope(system(46)):
            record(act=Act.CONSULTATION, what="x")
    (row,) = rows(46)
    assert (row.actor_id, row.actor_name, row.actor_role, row.actor_agency_id) == (None, "System: nightly", "system", None)


def test_a_row_is_one_with_the_act(world: World) -> None:
    def act() -> None:
        with acting_as(world.investigator):
            record(act=Act.ALTERATION, what="x")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        act()
    assert rows(52) == []


def test_search_terms_are_kept_as_a_hash_only(world: World) -> None:
    with acting_as(world.investigator):
        record(act=Act.CONSULTATION, what="search", search_terms="  Fenwick  JOSÉ ")
    (row,) = rows(52)
    assert row.search_hash == search_hash("fenwick josé")
    assert row.search_hash.startswith("local:")
    assert "enwick" not in repr(row.__dict__)
    assert search_hash("") == search_hash("  ") == ""


def test_a_session_is_known_again_and_cannot_be_used() -> None:
    assert session_hash("abc") == session_hash("abc") != session_hash("abd")
    assert session_hash(None) == ""
    assert "abc" not in session_hash("abc")


def test_a_denial_is_for_the_persons_own_agency(world: World) -> None:
    with acting_as(world.kent):
        record_denial(what="page refused", case_ids=[uuid4()])
    assert [row.act for row in rows(46)] == ["denial"]
    assert rows(52) == []


def test_acts_that_are_not_named_are_refused(world: World) -> None:
    with pytest.raises(IntegrityError), acting_as(world.investigator):
        record(act="glance", what="x")  # type: ignore[arg-type]


CHANGES = [
    "update {} set what = 'x'",
    "delete from {}",
    "truncate {}",
    "insert into {} (agency_id, actor_name) values (52, 'x') on conflict do nothing returning id",
]


@pytest.mark.parametrize("kind", [None, *Kind])
@pytest.mark.parametrize("change", CHANGES)
def test_no_login_and_no_kind_changes_the_log(world: World, kind: Kind | None, change: str) -> None:
    with acting_as(world.investigator):
        record(act=Act.CONSULTATION, what="x")
    for table in ("audit_accesslog", "audit_accesslog_default"):
        with pytest.raises(DatabaseError), transaction.atomic(), scope(Scope(kind=kind, agency_id=52)), connection.cursor() as cursor:
            cursor.execute(change.format(table))
    assert len(rows(52)) == 1


def partitions(alias: str = "default") -> list[str]:
    with connections[alias].cursor() as cursor:
        cursor.execute("select inhrelid::regclass::text from pg_inherits where inhparent = 'audit_accesslog'::regclass order by 1")
        return [row[0] for row in cursor.fetchall()]


@pytest.mark.django_db(databases=["default", "owner"])
@pytest.mark.parametrize("change", CHANGES[:3])
def test_the_owner_does_not_change_it_either(change: str) -> None:
    for table in ("audit_accesslog", *partitions("owner")):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
            cursor.execute(change.format(table))


MONTHS = """
SELECT to_char(date_trunc('month', now() AT TIME ZONE 'UTC') + make_interval(months => n), 'YYYY_MM') FROM generate_series(0, 3) n
"""
MISPLACED = """
INSERT INTO audit_accesslog_default (id, at, agency_id, actor_name, actor_role, act, what, case_ids, route, request_id, session_hash,
    purpose, recipients, search_hash)
OVERRIDING SYSTEM VALUE VALUES (1, %s, 52, 'x', 'system', 'erasure', 'x', '{}', '', gen_random_uuid(), '', '', '', '')
"""


def test_this_month_and_three_more_have_their_partition(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(MONTHS)
        months = [f"audit_accesslog_{row[0]}" for row in cursor.fetchall()]
    assert set(months) <= set(partitions())
    assert "audit_accesslog_default" in partitions()


def test_rows_find_their_month_and_the_default_stays_empty(world: World) -> None:
    from audit.services import default_partition_is_empty

    with acting_as(world.investigator):
        record(act=Act.CONSULTATION, what="x")
    assert default_partition_is_empty()


def test_making_partitions_again_makes_none(db: None) -> None:
    from audit import services

    before = partitions()
    make_partitions()
    assert services.make_partitions() == 0
    assert partitions() == before


@pytest.fixture
def owner(db: None) -> Iterator[None]:
    """Work as the owner in a transaction that is rolled back, so that a partition may be dropped and made."""
    with transaction.atomic(using="owner"):
        yield
        transaction.set_rollback(True, using="owner")


@pytest.mark.django_db(databases=["default", "owner"])
def test_a_missing_month_is_made_with_everything_that_protects_it(owner: None) -> None:
    last = sorted(name for name in partitions("owner") if name[-1].isdigit())[-1]
    with connections["owner"].cursor() as cursor:
        cursor.execute(f"drop table {last}")
        cursor.execute("select make_partitions()")
        assert cursor.fetchone() == (1,)
        cursor.execute("select relrowsecurity, relacl is null from pg_class where relname = %s", [last])
        assert cursor.fetchone() == (True, True)
        cursor.execute("select count(*) from pg_trigger where tgrelid = %s::regclass and tgname = 'refuse_change'", [last])
        assert cursor.fetchone() == (1,)
        cursor.execute("select count(*) from pg_index where indrelid = %s::regclass", [last])
        assert cursor.fetchone() == (3,)


@pytest.mark.django_db(databases=["default", "owner"])
def test_rows_in_the_default_partition_are_seen_and_do_no_harm(owner: None) -> None:
    last = sorted(name for name in partitions("owner") if name[-1].isdigit())[-1]
    year, month = last[-7:].split("_")
    with connections["owner"].cursor() as cursor:
        cursor.execute(f"drop table {last}")
        cursor.execute(MISPLACED, [f"{year}-{month}-15"])
        cursor.execute("select make_partitions()")
        assert cursor.fetchone() == (0,)
        cursor.execute("select audit_default_partition_is_empty()")
        assert cursor.fetchone() == (False,)


def test_partitions_and_functions_are_granted_to_nobody_else(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from pg_class where relname like 'audit_accesslog\\_%%' and relkind = 'r' and relacl is not null")
        assert cursor.fetchone() == (0,)
        cursor.execute(
            "select count(*) from pg_class where relname like 'audit_accesslog%%' and relkind in ('r', 'p') and not relrowsecurity"
        )
        assert cursor.fetchone() == (0,)
        cursor.execute("select has_function_privilege('rasso_police', 'make_partitions()', 'execute')")
        assert cursor.fetchone() == (False,)


def test_a_model_that_is_read_says_what_it_is(world: World) -> None:
    with acting_as(world.investigator):
        record(act=Act.CONSULTATION, what="case page")
    assert str(rows(52)[0]) == "consultation: case page"
