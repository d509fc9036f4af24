"""The frame of every page, and the pages for what went wrong."""

from types import SimpleNamespace
from typing import Any

import pytest
from django import forms
from django.template.loader import render_to_string
from django.test import RequestFactory, override_settings

STATIC = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
STATIC_PAGES = ["400.html", "403_csrf.html", "404.html", "429.html", "500.html", "503.html"]

pytestmark = pytest.mark.usefixtures("plain_static")


@pytest.fixture
def plain_static() -> Any:
    """Addresses of static files without hashes, so that no collectstatic is needed."""
    with override_settings(STORAGES=STATIC):
        yield


def page(name: str = "base.html", **context: Any) -> str:
    """Render a page, without the context processors, for a user who is signed in unless `user` says otherwise."""
    request = RequestFactory().get("/")
    user = context.pop("user", SimpleNamespace(is_authenticated=True, name="Alex <b>", get_username="a@example.com"))
    return render_to_string(name, {"request": SimpleNamespace(user=user, GET=request.GET), **context})


@pytest.mark.parametrize("name", [*STATIC_PAGES, "403.html", "base.html"])
def test_every_page_is_marked_has_a_skip_link_one_main_and_a_title(name: str) -> None:
    html = page(name)

    assert html.count('<p class="rasso-marking">OFFICIAL-SENSITIVE</p>') == 1
    assert html.count('<a href="#main-content" class="govuk-skip-link"') == 1
    assert html.count('<main class="govuk-main-wrapper" id="main-content">') == 1
    assert "<title>" in html
    assert "crown" not in html


@pytest.mark.parametrize("name", STATIC_PAGES)
def test_a_page_for_what_went_wrong_depends_on_nothing(name: str) -> None:
    html = page(name, demo=True, navigation=[{"text": "N", "href": "/"}], messages=["m"], exception="secret")

    assert html == render_to_string(name)
    assert "<form" not in html
    assert "secret" not in html


def test_403_gives_the_reason_escaped() -> None:
    assert "&lt;b&gt;closed" in page("403.html", exception="<b>closed")
    assert "Your role does not allow this" in page("403.html")


def test_the_users_name_is_escaped_and_the_role_shown() -> None:
    html = page(user_role="Sergeant")

    assert "<bdi>Alex &lt;b&gt;</bdi>" in html
    assert "Sergeant" in html


def test_a_visitor_sees_no_account() -> None:
    assert "rasso-account" not in page(user=SimpleNamespace(is_authenticated=False))


def test_the_demonstration_says_so_and_others_do_not() -> None:
    assert "Demonstration: every person and case here is invented" in page(demo=True)
    assert "Demonstration" not in page()


def test_navigation_marks_where_the_user_is() -> None:
    here = SimpleNamespace(text="Cases", href="/cases/", active=True)
    there = SimpleNamespace(text="Inbox", href="/i/", active=False)
    html = page(navigation=[here, there])

    assert 'href="/cases/" aria-current="true"' in html
    assert html.count("aria-current") == 1


def test_the_session_script_comes_only_with_its_settings() -> None:
    html = page(idle_seconds=900, keepalive_url="/session/")

    assert 'data-idle-seconds="900" data-keepalive-url="/session/"' in html
    assert "js/session.js" in html
    assert "js/session.js" not in page()
    visitor = SimpleNamespace(is_authenticated=False)
    assert "js/session.js" not in page(idle_seconds=900, keepalive_url="/s/", user=visitor)


def test_the_title_says_that_there_are_errors() -> None:
    class Short(forms.Form):
        name = forms.CharField(max_length=5)

    assert "<title>Error: " in page(form=Short({}))
    assert "<title>Error: " not in page(form=Short())


class Message:
    """A message as Django gives it to templates."""

    def __init__(self, text: str, level_tag: str) -> None:
        self.text = text
        self.level_tag = level_tag

    def __str__(self) -> str:
        return self.text


def test_messages_of_success_are_banners_and_others_alerts() -> None:
    html = page(messages=[Message("Done <b>", "success"), Message("Careful", "warning"), Message("By the way", "info")])

    assert "govuk-notification-banner--success" in html
    assert "Done &lt;b&gt;" in html
    assert "moj-alert--warning" in html
    assert "moj-alert--information" in html
