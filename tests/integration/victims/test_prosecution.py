"""What a victim says about the prosecution: every record on her page, what is done about fear, one button when she supports again."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from cases import models as m
from cases.services.support import record_support
from core.scope import scope, system
from tests.factories import AVON, World, ago
from tests.integration.cases.asking import live_since
from tests.integration.cases.making import do, make_case
from tests.integration.victims.contacting import agree
from tests.integration.victims.knowing import complainant_of, known_case

SignIn = Callable[[User], Client]
pytestmark = pytest.mark.django_db
FEAR = "Pressure or fear. What is done about her or his safety: "


def said(world: World, case: m.Case, supports: str, *, days: float, **more: Any) -> m.SupportChange:
    """Record what she said some days ago."""
    given = {"words": f"In her words, {days} days ago", "told_to": "DC Invented", "how": "telephone", "pressure": "no", **more}
    return do(
        world.investigator, record_support, case, complainant_id=complainant_of(case).pk, supports=supports, at=ago(days=days), **given
    )


def page_of(browser: Client, case: m.Case) -> str:
    """Return the part of the victim's page about the prosecution."""
    text = browser.get(f"/victims/{complainant_of(case).pk}/").content.decode()
    return text.partition('id="support"')[2].partition("</section>")[0]


def test_every_record_stands_on_the_page_the_latest_first(world: World, sign_in: SignIn) -> None:
    case, _ = known_case(world)
    browser = sign_in(world.investigator)
    assert "Nothing is recorded of what she or he says" in page_of(browser, case)
    said(world, case, "undecided", days=9, pressure="yes", safety_action="Alarm fitted <b>", offered_support_again=True)
    said(world, case, "does_not", days=4, pressure="not_asked")
    text = page_of(browser, case)
    assert text.index("In her words, 4 days ago") < text.index("What she or he said before") < text.index("In her words, 9 days ago")
    for words in (
        "Does not support the prosecution",
        "Undecided",
        "DC Invented",
        "Telephone",
        "Asked: yes",
        "Not asked",
        "Alarm fitted &lt;b&gt;",
    ):
        assert words in text
    assert f"{FEAR}Alarm fitted &lt;b&gt;" in text, "nobody asked again: the fear stands"
    said(world, case, "does_not", days=1)
    assert FEAR not in page_of(browser, case)


@pytest.mark.parametrize("who", ["colleague", "sergeant", "supervisor"])
def test_whoever_works_the_case_reads_it(world: World, sign_in: SignIn, who: str) -> None:
    case = make_case(world.investigator)
    said(world, case, "does_not", days=4)
    assert "In her words, 4 days ago" in page_of(sign_in(getattr(world, who)), case)


def test_she_supports_again_is_one_button_on_her_page(world: World, sign_in: SignIn) -> None:
    case = make_case(world.investigator)
    browser = sign_in(world.investigator)
    assert "She supports again" not in page_of(browser, case)
    said(world, case, "does_not", days=4)
    text = page_of(browser, case)
    action = re.search(r'<form[^>]*action="([^"]+)"', text)
    version = re.search(r'name="version" value="([0-9]+)"', text)
    assert action is not None
    assert version is not None
    answer = browser.post(action[1].replace("&amp;", "&"), {"version": version[1]})
    assert (answer.status_code, answer["Location"]) == (302, f"/victims/{complainant_of(case).pk}/#support")
    text = page_of(browser, case)
    assert "<form" not in text
    assert text.index("Supports the prosecution") < text.index("Does not support the prosecution")


def test_pressed_on_a_page_that_stood_too_long_it_asks_again(world: World, sign_in: SignIn) -> None:
    case = make_case(world.investigator)
    said(world, case, "does_not", days=4)
    address = f"/cases/{case.pk}/supports-again/{complainant_of(case).pk}/"
    answer = sign_in(world.investigator).post(address, {"version": "1"})
    assert answer.status_code == 409
    assert "you changed the case yourself" in answer.content.decode()


def test_withdrawing_ends_no_contact_and_no_duty(world: World) -> None:
    live_since(AVON, days=400)
    case, _ = known_case(world)
    agree(world.investigator, case)

    def running() -> list[tuple[Any, ...]]:
        with scope(system(AVON)):
            rows = m.Deadline.objects.filter(case=case, met_at=None, ended_at=None, cancelled=False)
            return sorted(rows.values_list("kind", "subject_id", "due_at"))

    before = running()
    assert "victim_contact" in {kind for kind, *_ in before}
    said(world, case, "does_not", days=1)
    assert running() == before
