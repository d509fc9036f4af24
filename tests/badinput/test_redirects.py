"""Where a browser is sent: never to another site, whatever the address, the Host header or a proxy's header says."""

from urllib.parse import urlsplit

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from accounts.demonstration import DOMAIN, PASSWORD, make_sign_ins

pytestmark = pytest.mark.django_db
ELSEWHERE = (
    "//evil.example/",
    "https://evil.example/",
    "javascript:alert(1)",
    "\\\\evil.example",
    "/\\evil.example",
    "https:evil.example",
    "///evil.example",
)


@pytest.fixture(autouse=True)
def _own_cache(settings: Settings) -> None:
    """Keep the counters of attempts in this process."""
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "redirects"}}
    cache.clear()


@pytest.mark.parametrize("elsewhere", ELSEWHERE)
def test_after_signing_in_nobody_is_sent_elsewhere(elsewhere: str) -> None:
    make_sign_ins()
    answer = Client().post(
        f"{reverse('account_login')}?next={elsewhere}", {"login": f"supervisor@{DOMAIN}", "password": PASSWORD, "next": elsewhere}
    )
    assert answer.status_code == 302
    went = urlsplit(answer.headers["Location"])
    assert (went.scheme, went.netloc) == ("", "")
    assert went.path == "/"


def test_another_sites_name_in_the_host_header_is_refused() -> None:
    assert Client().get(reverse("account_login"), headers={"host": "evil.example"}).status_code == 400


def test_a_proxys_header_is_not_believed() -> None:
    answer = Client().get("/cases/", headers={"x-forwarded-host": "evil.example", "x-forwarded-proto": "https"})
    assert answer.status_code == 302
    assert "evil.example" not in answer.headers["Location"]
