"""Whatever an auditor's browser sends to the audit screens, and a police browser to emergency access: an answer that is meant."""

import pytest
from django.urls import reverse

from tests.authorisation.house import House, build
from tests.badinput.corpus import BODIES, PARAMETERS, QUERIES, VALUES
from tests.badinput.test_corpus import meant

pytestmark = pytest.mark.django_db
OWN_PARAMETERS = ("person", "act", "route", "case", "show", "kind", "since_day", "since_month", "since_year", "until_day", "until_year")
LISTS = ("access_log", "access_log_export", "audit_emergencies", "audit_patterns")


@pytest.fixture
def house() -> House:
    """People, and cases in every relation to them."""
    return build()


def test_values_and_queries(house: House) -> None:
    browser, wrong, values = house.browser("auditor"), [], list(VALUES.items())
    for number, name in enumerate(LISTS):
        path = reverse(name)
        for place, parameter in enumerate((*OWN_PARAMETERS, *PARAMETERS)):
            for step in range(3):
                kind, value = values[(number * 3 + place + step * 11) % len(values)]
                wrong += meant(browser.get(path, {parameter: value}), (path, parameter, kind))
        for query in QUERIES:
            wrong += meant(browser.generic("GET", path, QUERY_STRING=query), (path, query[:40]))
    assert wrong == []


def test_bodies(house: House) -> None:
    wrong = []
    for who, name in (("auditor", "access_log"), ("auditor", "access_log_export"), ("investigator", "emergency_access")):
        for kind, body, content_type in BODIES:
            wrong += meant(house.browser(who).generic("POST", reverse(name), body, content_type=content_type), (name, kind))
        for kind, value in VALUES.items():
            sent = dict.fromkeys(("crime_reference", "why", "words", "purpose"), value)
            wrong += meant(house.browser(who).post(reverse(name), sent), (name, kind))
    assert wrong == []


def test_paths(house: House) -> None:
    for row in ("-1", "1e9", "%00", "٣", "9" * 300, "..%2f"):
        assert house.browser("auditor").get(f"/audit/rows/{row}/").status_code in {400, 404}, row
