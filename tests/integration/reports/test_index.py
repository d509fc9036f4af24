"""The list of reports: what a role opens and no other, and the bar that leads there."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from core import navigation
from core.navigation import MOST, Item, foot_links_for, links_for
from reports import registry
from reports.registry import Report, reports_for
from tests.factories import World

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


@pytest.mark.parametrize("who", ["investigator", "supervisor", "analyst", "prosecutor"])
def test_every_report_that_is_listed_opens(world: World, sign_in: SignIn, who: str) -> None:
    browser = sign_in(getattr(world, who))
    listed = reports_for(getattr(world, who).role)
    assert "/reports/overdue-arrests/" in [one.href for one in listed]
    html = browser.get("/reports/").content.decode()
    for one in listed:
        assert f'href="{one.href}">{one.title}</a>' in html
        assert browser.get(one.href).status_code == 200


def test_a_report_that_is_not_mounted_or_not_for_the_role_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_reports", dict(registry._reports))
    registry.register(Report("no_such_address", "Nowhere", "Leads nowhere.", 1))
    registry.register(Report("import_list", "Imports", "For supervisors only.", 2))
    assert "Nowhere" not in [one.title for one in reports_for("supervisor")]
    assert reports_for("supervisor")[0].title == "Imports"
    assert "Imports" not in [one.title for one in reports_for("investigator")]


def test_an_entry_gives_way_only_where_the_bar_is_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    everybody = ("supervisor",)
    names = ("case_list", "reports", "help", "filter_list", "home", "import_list")
    items = {name: Item(name, name, everybody, order) for order, name in enumerate(names)}
    items["overdue_arrests"] = Item("overdue", "overdue_arrests", everybody, 3, gives_way=True)
    monkeypatch.setattr(navigation, "_items", items)
    assert [link.text for link in links_for("supervisor", "/")] == list(names)
    assert "overdue" in [link.text for link in foot_links_for("supervisor")], "it stands at the foot of every page instead"
    assert len(names) == MOST
    del items["home"]
    assert "overdue" in [link.text for link in links_for("supervisor", "/")]
    assert "overdue" not in [link.text for link in foot_links_for("supervisor")]
    items["overdue_arrests"] = Item("overdue", "overdue_arrests", everybody, 3)
    items["home"] = Item("home", "home", everybody, 9)
    assert len(links_for("supervisor", "/")) == MOST + 1, "nothing that does not give way is ever left out"


@pytest.mark.parametrize("who", ["investigator", "sergeant", "supervisor", "prosecutor", "analyst", "auditor", "administrator", "isva"])
def test_no_bar_is_longer_than_that(world: World, who: str) -> None:
    assert len(links_for(getattr(world, who).role, "/")) <= MOST
