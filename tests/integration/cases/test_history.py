"""The history of facts: every version is kept, says who wrote it, and takes part in no page."""

import json

from django.db import connections, transaction

from cases import models as m
from tests.factories import World
from tests.integration.cases.making import arrest, make_case


def versions(table: str) -> list[tuple[str, dict[str, str] | None]]:
    """Read a table of versions as the owner with its row-level security let go for the length of the look, as nobody else can."""
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
        cursor.execute(f"SELECT pgh_label, pgh_context FROM {table} ORDER BY pgh_id")
        rows = cursor.fetchall()
        transaction.set_rollback(True, using="owner")
    return [(label, json.loads(context) if isinstance(context, str) else context) for label, context in rows]


def test_every_version_of_a_fact_is_kept_and_says_who_wrote_it(committed: str) -> None:
    world = World.make()
    case = make_case(world.investigator, "Invented")
    made = arrest(world.colleague, case)
    written = versions("cases_arrestversion")
    assert [label for label, _ in written] == ["insert"]
    context = written[0][1]
    assert context is not None
    assert (context["actor_id"], context["actor_name"]) == (str(world.colleague.pk), world.colleague.name)
    assert len(versions("cases_caseversion")) >= 2, "the case itself, logged and then changed"
    assert isinstance(made, m.Arrest)
