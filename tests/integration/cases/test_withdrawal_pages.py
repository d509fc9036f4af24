"""The pages of withdrawal: the need with its button, the form of the talk, what the form of an outcome leads to first."""

import html
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from cases import models as m
from core import clock
from core.scope import scope, system
from tests.factories import AVON, World
from tests.integration.cases.asking import count
from tests.integration.cases.making import fresh, make_case, plan_tellings, suspect_of
from tests.integration.cases.withdrawing import complainant_of, said, talk

SignIn = Callable[[User], Client]
pytestmark = pytest.mark.django_db
NEED = "A supervisor speaks with Victim A before an outcome says that she or he does not support the prosecution"
LEAD = "a supervisor who is not the officer in the case speaks with Victim A"


@pytest.fixture
def case(world: World) -> m.Case:
    made = make_case(world.investigator, "Invented")
    plan_tellings(made)
    return made


def address(case: m.Case, slug: str = "record-withdrawal-talk", key: Any = None) -> str:
    return f"/cases/{case.pk}/{slug}/{key or complainant_of(case).pk}/"


def text(browser: Client, path: str) -> str:
    """Return a page as it is read."""
    return html.unescape(browser.get(path).content.decode())


def posted(case: m.Case, **more: Any) -> dict[str, Any]:
    """Return what the form sends: spoken with her at a moment of today."""

    return {
        "version": str(fresh(case).version), "spoke_with": "her", "how": "in_person", "supports": "does_not", "reasons": ["court"],
        "statement": "no", **more,
    }  # fmt: skip


def test_the_case_page_says_so_with_a_button_for_a_supervisor(world: World, case: m.Case, sign_in: SignIn) -> None:
    page = f"/cases/{case.pk}/"
    assert NEED not in text(sign_in(world.supervisor), page)
    said(world.investigator, case)
    for who, button in ((world.investigator, False), (world.supervisor, True)):
        shown = text(sign_in(who), page)
        assert NEED in shown
        assert (address(case) in shown) is button
    talk(world.supervisor, case)
    assert NEED not in text(sign_in(world.supervisor), page)


def test_a_closed_case_does_not_ask(world: World, case: m.Case, sign_in: SignIn) -> None:
    said(world.investigator, case)
    with scope(system(AVON)):
        m.Case.objects.filter(pk=case.pk).update(stage="no_further_action")
    assert NEED not in text(sign_in(world.supervisor), f"/cases/{case.pk}/")


def test_the_form_is_sent_and_said_to_be_recorded(world: World, case: m.Case, sign_in: SignIn) -> None:
    said(world.investigator, case)
    browser = sign_in(world.supervisor)
    shown = text(browser, address(case))
    for words in ("Whom did you speak with?", "What are her or his reasons?", "Was a statement taken?", "Did not want to say"):
        assert words in shown
    names = set(re.findall(r'name="(at[_-][a-z0-9]+)"', shown))
    answer = browser.post(address(case), _with_moment(posted(case), names), follow=True)
    assert answer.status_code == 200, answer.content.decode()[:2000]
    assert count(m.WithdrawalTalk, case) == 1


def _with_moment(data: dict[str, Any], names: set[str]) -> dict[str, Any]:
    """Name the parts of the moment as this form does."""
    now = clock.now().astimezone(clock.LONDON)
    parts = {"day": now.day, "month": now.month, "year": now.year, "hour": now.hour, "minute": now.minute, "time": f"{now:%H:%M}"}
    by_place = [now.day, now.month, now.year, f"{now:%H:%M}"]
    for name in names:
        part = re.split("[_-]", name)[-1]
        data[name] = str(parts[part] if part in parts else by_place[int(part)])
    return data


def test_what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost(world: World, case: m.Case, sign_in: SignIn) -> None:
    said(world.investigator, case)
    browser = sign_in(world.supervisor)
    names = set(re.findall(r'name="(at[_-][a-z0-9]+)"', text(browser, address(case))))
    data = _with_moment(posted(case, reasons=["fear"], note=""), names)
    answer = browser.post(address(case), data)
    shown = html.unescape(answer.content.decode())
    assert "Enter what is done about her or his safety" in shown
    assert re.search(r'value="fear"[^>]*checked', shown)
    assert count(m.WithdrawalTalk, case) == 0


def test_whoever_may_not_is_told_who_may(world: World, case: m.Case, sign_in: SignIn) -> None:
    said(world.investigator, case)
    answer = sign_in(world.investigator).get(address(case))
    assert answer.status_code == 403
    assert "Only a supervisor can" in answer.content.decode()
    assert sign_in(world.kent_supervisor).get(address(case)).status_code == 404


def test_the_form_of_an_outcome_leads_to_the_talk(world: World, case: m.Case, sign_in: SignIn, nfa_at_once: None) -> None:
    form = address(case, "record-outcome", suspect_of(case).pk)
    assert LEAD not in text(sign_in(world.supervisor), form)
    said(world.investigator, case)
    assert LEAD in text(sign_in(world.investigator), form)
    assert address(case) not in text(sign_in(world.investigator), form)
    assert address(case) in text(sign_in(world.supervisor), form)
    talk(world.supervisor, case)
    assert LEAD not in text(sign_in(world.supervisor), form)


def test_chosen_without_her_words_it_leads_to_recording_them(world: World, case: m.Case, sign_in: SignIn, nfa_at_once: None) -> None:
    form = address(case, "record-outcome", suspect_of(case).pk)
    browser = sign_in(world.investigator)
    names = set(re.findall(r'name="(on[_-][a-z0-9]+)"', text(browser, form)))
    today = clock.today()
    parts = {"day": today.day, "month": today.month, "year": today.year, "0": today.day, "1": today.month, "2": today.year}
    data: dict[str, Any] = {name: str(parts[re.split("[_-]", name)[-1]]) for name in names}
    data |= {"version": str(fresh(case).version), "code": "16", "reasons": "She rang"}
    shown = html.unescape(browser.post(form, data).content.decode())
    assert "Record first that Victim A does not support the prosecution" in shown
    assert address(case, "record-support") in shown


def test_her_page_shows_the_talk(world: World, case: m.Case, sign_in: SignIn) -> None:
    said(world.investigator, case)
    talk(world.supervisor, case)
    shown = text(sign_in(world.supervisor), f"/victims/{complainant_of(case).pk}/")
    assert "A supervisor about not supporting the prosecution" in shown
    assert "How long it takes" in shown


def test_it_stands_in_the_worklist_of_a_supervisor(world: World, case: m.Case, sign_in: SignIn) -> None:
    said(world.investigator, case)
    assert NEED in text(sign_in(world.supervisor), "/?view=force") or NEED in text(sign_in(world.supervisor), "/")
    talk(world.supervisor, case)
    assert NEED not in text(sign_in(world.supervisor), "/?view=force")
