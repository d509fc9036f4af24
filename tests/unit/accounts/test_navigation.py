"""The navigation bar: each role's own entries, in order, the present one marked."""

import pytest

from core import navigation
from core.navigation import Item


@pytest.fixture(autouse=True)
def _items(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(navigation, "_items", {})
    navigation.register(Item("Password", "account_change_password", ("a", "b"), 20))
    navigation.register(Item("Home", "home", ("a",), 10))
    navigation.register(Item("Not mounted", "no_such_address", ("a",), 5))


def test_a_role_sees_its_entries_in_order_and_none_that_leads_nowhere() -> None:
    assert [link.text for link in navigation.links_for("a", "/")] == ["Home", "Password"]
    assert [link.text for link in navigation.links_for("b", "/")] == ["Password"]
    assert navigation.links_for("c", "/") == []


def test_the_entry_that_the_page_lies_under_is_active() -> None:
    under = {link.text: link.active for link in navigation.links_for("a", "/accounts/password/change/more/")}
    assert under == {"Home": False, "Password": True}
    assert [link.active for link in navigation.links_for("a", "/")] == [True, False]


def test_registering_the_same_address_again_replaces_it() -> None:
    navigation.register(Item("Start", "home", ("a",), 30))
    assert [link.text for link in navigation.links_for("a", "/x")] == ["Password", "Start"]


def test_an_entry_is_active_on_the_further_addresses_that_lie_under_it() -> None:
    navigation.register(Item("Home", "home", ("a",), 10, also="/worklist/"))
    assert [link.active for link in navigation.links_for("a", "/worklist/cases/")] == [True, False]
    assert [link.active for link in navigation.links_for("a", "/help/")] == [False, False]
