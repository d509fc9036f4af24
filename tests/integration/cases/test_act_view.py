"""The one view of every act: the order of what is proved, what each refusal looks like, the loser of a race, every act's page."""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID, uuid4

import pytest
from django import forms
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from cases import acts, permissions
from cases import models as m
from cases.acts import ACTS, Act, On
from cases.derive.facts import SuspectFacts
from cases.forms.base import ActForm
from cases.services.changing import changing
from cases.targets import MODELS
from core.exceptions import NotPossible
from core.scope import scope, system
from tests.architecture.filled_victims import fill_victim
from tests.factories import AVON, World, acting_as, ago
from tests.integration.cases.making import arrest, fresh, make_case, suspect_of, timeline
from tests.integration.cases.test_queries import _grow

SignIn = Callable[[User], Client]


class WordForm(ActForm):
    """A form of one word."""

    word = forms.CharField(max_length=20)


def write_word(*, actor: User, case_id: UUID, suspect_id: UUID, word: str, version: int | None = None) -> None:
    """Put the word in the timeline, unless it is the wrong one."""
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(permissions.SUPERVISE)
        suspect, _ = change.suspect(suspect_id)
        if word == "wrong":
            raise NotPossible("Not that word", field="word")
        if word == "never":
            raise NotPossible("Not today")
        change.put_in_timeline("note_added", suspect=suspect, text=word)


def not_arrested(facts: SuspectFacts) -> None:
    """A policy for the test."""
    if facts.arrests:
        raise NotPossible("Too late for words.")


@pytest.fixture(autouse=True)
def word_act() -> Iterator[None]:
    """Add a small act to the table."""
    acts.add(Act("say-word", On.SUSPECT, "Say", "Say a word", WordForm, write_word, permissions.SUPERVISE, not_arrested, "Said."))
    yield
    del ACTS["say-word"]


@pytest.fixture
def case(world: World) -> m.Case:
    return make_case(world.investigator, "Quillfeather")


def address(case: m.Case, key: Any = None, slug: str = "say-word") -> str:
    """Return the address of the act on the case's suspect."""
    return f"/cases/{case.pk}/{slug}/{key or suspect_of(case).pk}/"


def test_an_act_is_done_and_the_page_comes_back_to_its_place(world: World, sign_in: SignIn, case: m.Case) -> None:
    client = sign_in(world.supervisor)
    shown = client.get(address(case)).content.decode()
    assert "Say a word" in shown
    assert "Suspect 1: Test Quillfeather" in shown
    assert "<title>Say a word - RASSO" in shown
    answer = client.post(address(case), {"word": "yes", "version": case.version})
    assert answer.status_code == 302
    assert answer["Location"] == f"/cases/{case.pk}/#suspect-{suspect_of(case).pk}"
    assert "Said." in client.get(answer["Location"]).content.decode()
    assert fresh(case).version == case.version + 1


@pytest.mark.parametrize(
    ("word", "beside"),
    [
        ("wrong", "Not that word"),
        ("never", "Not today"),
        ("", "Enter word"),
        ("x" * 21, "20 characters or fewer"),
        ("a\x00b", "cannot be stored"),
    ],
)
def test_what_is_declined_stands_beside_the_field_with_what_was_typed(
    world: World, sign_in: SignIn, case: m.Case, word: str, beside: str
) -> None:
    answer = sign_in(world.supervisor).post(address(case), {"word": word, "version": case.version})
    text = answer.content.decode()
    assert answer.status_code == 400
    assert beside in text
    assert "There is a problem" in text
    assert f'value="{word}"' in text or not word.isalnum()
    assert fresh(case).version == case.version


@pytest.mark.parametrize("version", ["", "-1", "banana", "99999999999999999999"])
def test_a_page_without_its_version_is_asked_to_start_afresh(world: World, sign_in: SignIn, case: m.Case, version: str) -> None:
    answer = sign_in(world.supervisor).post(address(case), {"word": "yes", "version": version})
    assert answer.status_code == 400
    assert "open it again" in answer.content.decode()


def test_the_loser_of_a_race_sees_who_was_first_and_may_choose_to_go_on(world: World, sign_in: SignIn, case: m.Case) -> None:
    with acting_as(world.sergeant), changing(case.pk, actor=world.sergeant) as change:
        change.put_in_timeline("enquiry_opened")
    client = sign_in(world.supervisor)
    lost = client.post(address(case), {"word": "mine", "version": case.version})
    text = lost.content.decode()
    assert lost.status_code == 409
    assert world.sergeant.name in text
    assert "opened a line of enquiry" in text
    assert 'value="mine"' in text
    again = client.post(address(case), {"word": "mine", "version": lost.context["form"]["version"].value()})
    assert again.status_code == 302
    assert "note_added" in timeline(case)


def test_who_may_not_is_told_who_may(world: World, sign_in: SignIn, case: m.Case) -> None:
    for method in ("get", "post"):
        answer = getattr(sign_in(world.investigator), method)(address(case), {"word": "yes", "version": case.version})
        assert answer.status_code == 403
        assert "Only a supervisor can" in answer.content.decode()


def test_what_the_facts_do_not_allow_is_explained(world: World, sign_in: SignIn, case: m.Case) -> None:
    arrest(world.investigator, case)
    for method in ("get", "post"):
        answer = getattr(sign_in(world.supervisor), method)(address(case), {"word": "yes", "version": 2})
        assert answer.status_code == 400
        assert "Too late for words." in answer.content.decode()


def test_another_cases_suspect_is_nothing_here(world: World, sign_in: SignIn, case: m.Case) -> None:
    other = make_case(world.investigator, "Other", reference="52/OTHER/1")
    client = sign_in(world.supervisor)
    for where in (
        address(case, suspect_of(other).pk), address(case, uuid4()), address(case, slug="no-such-act"), f"/cases/{case.pk}/say-word/",
        f"/cases/{case.pk}/add-note/{case.pk}/", f"/cases/{case.pk}/NO%20SLUG/",
    ):  # fmt: skip
        assert client.get(where).status_code == 404, where
        assert client.post(where, {"word": "yes", "version": case.version}).status_code == 404, where


@pytest.mark.parametrize("who", ["other_unit", "kent_supervisor", "prosecutor", "analyst"])
def test_an_act_on_a_case_outside_sight_is_the_same_404_as_on_none(world: World, sign_in: SignIn, case: m.Case, who: str) -> None:
    client = sign_in(getattr(world, who))
    target = suspect_of(case).pk
    client.get(f"/cases/{uuid4()}/say-word/{target}/")
    seen = []
    for key in (uuid4(), case.pk):
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(f"/cases/{key}/say-word/{target}/")
        seen.append((answer.status_code, answer.content, len(queries)))
    assert seen[0] == seen[1]
    assert seen[0][0] == 404


def test_an_act_that_takes_the_case_out_of_sight_leads_to_the_list(world: World, sign_in: SignIn, case: m.Case) -> None:
    answer = sign_in(world.sergeant).post(
        f"/cases/{case.pk}/move-to-unit/", {"unit_id": str(world.south.pk), "keep_officer": "no", "version": case.version}
    )
    assert answer.status_code == 302, answer.content.decode()
    assert answer["Location"] == "/cases/"
    assert sign_in(world.sergeant).get(answer["Location"]).status_code == 200


@pytest.fixture
def rich(world: World, case: m.Case) -> m.Case:
    """A case with a row of everything an act is done to."""
    with scope(system(AVON)):
        m.Case.objects.filter(pk=case.pk).update(cps_area_scope=110)
    _grow(world, case)
    keys = {"case": case, "force_id": AVON, "cps_area_scope": 110, "created_by": world.investigator}
    with scope(system(AVON)):
        m.Exclusion.objects.create(**keys, user=world.other_unit, reason="Knows somebody")
        m.CaseOffer.objects.create(**keys, to_force_id=46, reason="Happened there", state="declined", answered_at=ago(days=1))
        m.FactCorrection.objects.create(
            **keys, table="case", row_id=case.pk, field="risk", old="medium", new="standard", reason="Wrong", answer="waiting"
        )
        m.SuspectOutcome.objects.create(**keys, suspect=suspect_of(case, 2), code=15, on=ago(days=1).date(), side="police")
        her = m.Complainant.objects.filter(case=case).order_by("label")[0]
        m.Bail.objects.create(
            **keys,
            suspect=suspect_of(case, 3),
            granted_at=ago(days=200),
            authority="not_recorded",
            own_end_on=ago(days=100).date(),
            imported=True,
            passed_at_import=True,
        )
    fill_victim(keys, her, world.investigator)
    return fresh(case)


@pytest.mark.parametrize("who", ["supervisor", "investigator", "cps_manager"])
def test_every_act_the_page_offers_has_a_page_of_its_own(world: World, sign_in: SignIn, rich: m.Case, who: str) -> None:
    user = getattr(world, who)
    client = sign_in(user)
    page = client.get(f"/cases/{rich.pk}/")
    assert page.status_code == 200
    offered = {where.split("/")[3]: where for where in _addresses(page.content.decode(), rich)}
    assert {"add-note"} < set(offered)
    for where in offered.values():
        answer = client.get(where)
        assert answer.status_code == 200, (where, answer.content.decode())


def _addresses(text: str, case: m.Case) -> Iterator[str]:
    start = f'href="/cases/{case.pk}/'
    for piece in text.split(start)[1:]:
        rest = piece.split('"', 1)[0]
        if rest and not rest.startswith("#"):
            yield f"/cases/{case.pk}/{rest}"


def _rows_here(act: Act) -> bool:
    """Whether the case of these tests holds a row for an act. Rows between police and CPS are asked for in tests/badinput."""
    return act.on is On.CASE or MODELS[act.on]._meta.app_label != "prosecution"


@pytest.mark.parametrize("slug", sorted(slug for slug, act in ACTS.items() if _rows_here(act)))
def test_every_act_answers_nonsense_without_a_fault(world: World, sign_in: SignIn, rich: m.Case, slug: str) -> None:
    act = ACTS[slug]
    user = next(one for one in (world.supervisor, world.cps_manager, world.investigator) if act.permission.holds(one))
    target = _target(rich, act)
    where = f"/cases/{rich.pk}/{slug}/" + (f"{target}/" if target else "")
    client = sign_in(user)
    sent = {"version": rich.version, "reason": "\u202e", "note": "x" * 5_000, "at_day": "31", "suspect_id": "nobody"}
    for answer in (client.get(where), client.post(where, sent)):
        assert answer.status_code in {200, 302, 400}, answer.content.decode()


def _target(case: m.Case, act: Act) -> UUID | None:
    if act.on is On.CASE:
        return None
    with scope(system(AVON)):
        row = MODELS[act.on]._default_manager.filter(case=case).first()
    assert row is not None, act.on
    return row.pk
