"""A panel member reaches own packs and nothing else: every address, about cases in every relation, about packs of every panel."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from accounts.scopes import scope_of
from core.scope import Kind, scope, system
from prosecution.models import Pack, Panel
from tests.architecture.grants import GRANTS
from tests.authorisation.addresses import addresses
from tests.authorisation.house import House, build
from tests.authorisation.table import OPEN, PAGES, SIGN_IN
from tests.factories import AVON, World
from tests.integration.prosecution import panelling

pytestmark = pytest.mark.django_db

REACHES = frozenset({
    "home", "keep_alive", "inbox", "inbox_settings", "help", "filter_list", "drafts", "away_list", "away", "meeting_list", "meeting",
    "meeting_declare", "pack", "pack_finding", "pack_step_back", "pack_conclude", "read_all_notices",
})  # fmt: skip
"""What answers a panel member with anything but 404: the own account, and own meetings."""


def ask(house: House, name: str, places: dict[str, Any]) -> int:
    """Return the status of one page for the panel member."""
    return int(house.browser("panel").get(reverse(name, kwargs=places)).status_code)


def test_the_written_table_lets_a_panel_member_reach_no_more() -> None:
    reached = {name for name, (who, _) in PAGES.items() if "panel" in who}
    assert reached - REACHES <= {"open_notice", "read_notice", "filter_save", "filter_rename", "filter_delete", "draft_discard"}, (
        "rows of the own account alone, which are nobody else’s"
    )


def test_every_address_about_a_case_leads_nowhere(world: World) -> None:
    house = build()
    me = house.people["panel"]
    own = panelling.opened(world, me)
    other = panelling.opened(world, panelling.member(), cases=(panelling.decided(world, reference="52/PANEL/2", name="Another"),))
    unsent = panelling.chosen(world, None, panelling.decided(world, reference="52/PANEL/3", name="Third"))
    panelling.with_member(world, unsent, me)
    panelling.confirm(world, unsent)
    reached: dict[str, set[int]] = {}
    keys: list[UUID] = [own.pk, other.pk, *(row.case_id for row in panelling.rows_of(own)), *house.cases.values()]
    for one in addresses():
        if one.name in OPEN | SIGN_IN:
            continue
        for key in keys:
            values = {"slug": "change", "kind": "wanted", "uidb36": "1", "key": "x-y", "pk": 1, "year": 2026}
            places = {place: values.get(place, key) for place in one.places}
            reached.setdefault(one.name, set()).add(ask(house, one.name, places))
            if not one.places:
                break
    wrong = {name: statuses for name, statuses in reached.items() if name not in REACHES and statuses - {404, 405}}
    assert wrong == {}
    assert ask(house, "meeting", {"panel_id": own.pk}) == 200
    assert ask(house, "meeting", {"panel_id": other.pk}) == 404
    with scope(system(AVON)):
        packs = {str(panel): pack for panel, pack in Pack.objects.values_list("panel", "pk")}
    names = ("pack", "pack_finding", "pack_step_back", "pack_conclude")
    statuses = {panel.pk: {ask(house, name, {"pack_id": packs[str(panel.pk)]}) for name in names} for panel in (own, other, unsent)}
    assert statuses[own.pk] == {200}
    assert statuses[other.pk] == {404}, "a pack of somebody else’s meeting"
    assert statuses[unsent.pk] == {404}, "a pack of an own meeting that was not sent"
    assert ask(house, "pack", {"pack_id": uuid4()}) == 404


def test_the_kind_of_panels_reads_no_table_of_a_case(world: World) -> None:
    """By the database itself: what the kind may read at all, and of it nothing of another's panel."""
    me = panelling.member()
    panelling.opened(world, me)
    panelling.opened(world, panelling.member(), cases=(panelling.decided(world, reference="52/PANEL/2", name="Another"),))
    allowed = {table for table, rules in GRANTS.items() if str(Kind.PANEL) in rules}
    with scope(scope_of(me, Kind.PANEL)):
        assert Panel.objects.count() == 1
        assert Pack.objects.count() == 1
        for table in GRANTS:
            if table in allowed:
                continue
            with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(f'SELECT 1 FROM "{table}" LIMIT 1')
    assert {table for table in allowed if table.startswith(("cases_", "victims_"))} == set()
