"""The list of cases, a case and the report of overdue arrests, timed through the whole of the application but the network."""

import os
import platform
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from psycopg import sql
from psycopg.conninfo import make_conninfo

from accounts.models import User
from bench.filling import FORCE, fill
from cases import models as m
from core.scope import scope, system

WARM_UP = 3
REPORT = "/reports/overdue-arrests/"


def run(*, cases: int, repeats: int, keep: bool) -> None:
    """Make the database, time the pages, and print a table. The database is dropped at the end unless it is to be kept."""
    settings.ALLOWED_HOSTS = ["testserver"]
    with throw_away(keep=keep):
        began = time.monotonic()
        supervisor, investigator, prosecutor = fill(cases)
        with connections["owner"].cursor() as cursor:
            cursor.execute("ANALYZE")
        print(f"{cases:,} cases, half in force {FORCE}, made in {time.monotonic() - began:.0f} s. {machine()}\n")
        print(f"{'page':<44}{'queries':>8}{'median':>10}{'p95':>10}")
        for who, user in (("supervisor", supervisor), ("investigator", investigator), ("prosecutor", prosecutor)):
            pages(who, user, repeats)


def pages(who: str, user: User, repeats: int) -> None:
    """Time each page for one reader."""
    client = Client()
    client.force_login(user)
    measure(f"list of cases, {who}", client, ["/cases/"], repeats)
    measure(f"case page, {who}", client, [f"/cases/{key}/" for key in some_cases(user)], repeats)
    measure(f"overdue arrests, {who}", client, [REPORT], repeats)
    measure(f"overdue arrests as of a year ago, {who}", client, [f"{REPORT}?as_of_day=1&as_of_month=11&as_of_year=2025"], repeats)
    measure(f"overdue arrests, every row as CSV, {who}", client, ["/reports/overdue-arrests.csv"], repeats)


def some_cases(user: User) -> list[str]:
    """Return the keys of open cases that the reader sees."""
    with scope(system(FORCE)):
        return [str(key) for key in m.Case.objects.visible_to(user).filter(stage="investigating").values_list("pk", flat=True)[:50]]


def measure(what: str, client: Client, addresses: list[str], repeats: int) -> None:
    """Ask for addresses in turn and print queries, median and 95th percentile in milliseconds. Stops at an answer that is not 200."""
    times = []
    for number in range(WARM_UP + repeats):
        began = time.perf_counter()
        answer = client.get(addresses[number % len(addresses)])
        taken = (time.perf_counter() - began) * 1000
        if answer.status_code != 200:
            raise SystemExit(f"{what}: answered {answer.status_code}")
        if number >= WARM_UP:
            times.append(taken)
    with CaptureQueriesContext(connection) as queries:
        client.get(addresses[0])
    print(f"{what:<44}{len(queries):>8}{statistics.median(times):>7.0f} ms{statistics.quantiles(times, n=20)[-1]:>7.0f} ms")


@contextmanager
def throw_away(*, keep: bool) -> Iterator[None]:
    """Point both logins at a new, migrated database; drop it afterwards."""
    name = f"{connections['owner'].settings_dict['NAME']}_bench"
    maintain("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)
    maintain("CREATE DATABASE {}", name)
    for alias in ("default", "owner"):
        connections[alias].close()
        connections[alias].settings_dict["NAME"] = name
        connections[alias].settings_dict["OPTIONS"]["options"] = "-c TimeZone=UTC"
    try:
        call_command("migrate", database="owner", verbosity=0, skip_checks=True)
        yield
    finally:
        for alias in ("default", "owner"):
            connections[alias].close()
        if keep:
            print(f"\nThe database {name} was kept.")
        else:
            maintain("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


def maintain(statement: str, name: str) -> None:
    """Run one statement about a database as its owner, from outside it."""
    found: dict[str, Any] = connections["owner"].settings_dict
    keep = {key: str(found[key.upper()]) for key in ("host", "port", "user", "password") if found.get(key.upper())}
    with psycopg.connect(make_conninfo(dbname="postgres", **keep), autocommit=True) as outside:
        outside.execute(sql.SQL(statement).format(sql.Identifier(name)))


def machine() -> str:
    """Return what the numbers were taken on."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("show server_version")
        version = cursor.fetchone()[0].split()[0]
    return f"{os.cpu_count()} cores, Python {platform.python_version()}, PostgreSQL {version}."
