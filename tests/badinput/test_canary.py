"""No suspect's name of force 46 reaches anybody of force 52, on any page; and no name reaches the log, whatever fails."""

import json
import logging
from io import StringIO
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.urls import reverse
from pytest_django import Settings

from cases.acts import ACTS, On
from core.logs import JsonFormatter
from tests.authorisation import table
from tests.authorisation.addresses import addresses
from tests.authorisation.house import CANARY, OURS, House, build

pytestmark = pytest.mark.django_db
FORCE_52 = sorted(table.POLICE_52 | {"analyst", "auditor", "administrator"})


@pytest.fixture
def house() -> House:
    """People, and cases in every relation to them."""
    return build()


def paths(house: House, *, forms: bool = True) -> list[str]:
    """Return every address that can be asked for, about the own case and about Kent's; with the forms of every act or without."""
    found = [reverse(one.name) for one in addresses() if not one.places and one.name != "account_logout"]
    for relation in ("own", "other_force", "nonexistent"):
        case_id = house.cases[relation]
        found += [reverse(name, kwargs={"case_id": case_id}) for name in ("case_page", "case_timeline")]
        found.append(
            reverse("case_act_on", kwargs={"case_id": case_id, "slug": "record-arrest", "target_id": house.suspects["other_force"]})
        )
    acts = [slug for slug, act in ACTS.items() if act.on is On.CASE] if forms else ["add-note"]
    found += [reverse("case_act", kwargs={"case_id": house.cases["own"], "slug": slug}) for slug in acts]
    found += [f"{reverse('case_list')}?{query}" for query in ("overdue=any", "only=no_decision", "sort=risk", "after=x", "risk=high")]
    found += [f"/cases/{uuid4()}/", "/nowhere/", f"/cases/?search={CANARY}", reverse("held_up_arrests", kwargs={"kind": "wanted"})]
    return found


@pytest.mark.slow
def test_no_name_of_another_force_reaches_any_page(house: House) -> None:
    leaks = []
    for who in FORCE_52:
        browser = house.browser(who)
        for path in paths(house, forms=who in {"investigator", "supervisor"}):
            answer = browser.get(path)
            if CANARY.lower() in answer.content.decode("utf-8", "replace").lower() and CANARY not in path:
                leaks.append((who, path))
        if who in table.ON_CASES:
            # what was typed is shown again; the other force's first name and reference are not
            found = browser.post(reverse("case_list"), {"terms": CANARY}, follow=True).content.decode()
            if "Otto" in found.replace(f"Otto {OURS}", "").replace(f"{OURS}, Otto", "") or "46/OTHER/1" in found:
                leaks.append((who, "search"))
    assert leaks == []


def test_the_canary_is_seen_where_it_should_be(house: House) -> None:
    """Without this the test above could pass on pages that show no names at all."""
    path = reverse("case_page", kwargs={"case_id": house.cases["other_force"]})
    assert CANARY in house.browser("other-force").get(path).content.decode()
    assert OURS in house.browser("investigator").get(reverse("case_page", kwargs={"case_id": house.cases["own"]})).content.decode()


def test_every_page_carries_the_headers(house: House) -> None:
    wrong = []
    for who in ("anonymous", "supervisor", "auditor"):
        for path in paths(house, forms=who == "supervisor"):
            headers = house.browser(who).get(path).headers
            policy = headers.get("Content-Security-Policy", "")
            held = {
                "policy": "default-src 'none'" in policy
                and "frame-ancestors 'none'" in policy
                and "unsafe" not in policy
                and "http" not in policy,
                "no-store": "no-store" in headers.get("Cache-Control", ""),
                "opener": headers.get("Cross-Origin-Opener-Policy") == "same-origin",
                "resource": headers.get("Cross-Origin-Resource-Policy") == "same-origin",
                "sniff": headers.get("X-Content-Type-Options") == "nosniff",
                "frame": headers.get("X-Frame-Options") == "DENY",
                "permissions": "camera=()" in headers.get("Permissions-Policy", ""),
                "referrer": headers.get("Referrer-Policy") in {"same-origin", "no-referrer"},
            }
            wrong += [(who, path, name) for name, good in held.items() if not good]
    assert wrong == []


def test_no_address_or_title_names_anybody(house: House) -> None:
    for path in paths(house, forms=False):
        answer = house.browser("investigator").get(path)
        _, _, rest = answer.content.decode("utf-8", "replace").partition("<title>")
        title = rest.partition("</title>")[0]
        assert OURS not in title
        assert "52/OWN/1" not in title
        assert OURS not in answer.headers.get("Location", "")


def test_nothing_typed_and_no_name_is_logged_even_when_a_page_fails(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """The log's own format over every logger, through a search, a refused form, a 404 and a fault with the name in it."""
    written = StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(JsonFormatter())
    root = logging.getLogger()
    root.addHandler(handler)
    try:
        browser, own = house.browser("supervisor"), house.cases["own"]
        browser.post(reverse("case_list"), {"terms": OURS}, follow=True)
        browser.get(reverse("case_page", kwargs={"case_id": own}))
        browser.get(f"/nowhere/{OURS}/?q={OURS}")
        browser.post(reverse("case_act", kwargs={"case_id": own, "slug": "add-suspect"}), {"surname": OURS + "\x00", "version": "0"})

        def fails(*_: object, **__: object) -> None:
            raise RuntimeError(f"{OURS} of {own}")

        monkeypatch.setattr("cases.views.page.case_page", fails)
        assert browser.get(reverse("case_page", kwargs={"case_id": own})).status_code == 500
    finally:
        root.removeHandler(handler)
    log = written.getvalue()
    assert OURS not in log
    assert any("RuntimeError" in line for line in log.splitlines())
    assert all(json.loads(line) for line in log.splitlines())


def test_nothing_is_cached_under_a_name(house: House, settings: Settings) -> None:
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "canary"}}
    house.browser("supervisor").post(reverse("case_list"), {"terms": OURS}, follow=True)
    kept = f"{getattr(cache, '_cache', {})}".lower()
    assert OURS.lower() not in kept
