"""Every form of what goes between police and CPS, on rows that are there: nonsense is answered beside its field, and nothing fails."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from django.urls import reverse

from cases.acts import ACTS, Act, On
from cases.models import Offence
from core.scope import scope, system
from tests.authorisation import table
from tests.authorisation.house import build
from tests.authorisation.passage import ROWS_OF, Passage, pass_between
from tests.authorisation.test_url_table import path_of_act
from tests.badinput.corpus import BODIES, VALUES
from tests.badinput.one_field import Form, bad_values, beside, read
from tests.badinput.test_corpus import filled, meant
from tests.badinput.test_review import STATES as OF_REVIEWS
from tests.factories import AVON

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
WHO = ("supervisor", "prosecutor", "cps-manager", "prosecutor2")
"""Who is tried for an act, one after another, until its form is open to somebody."""
FEWEST_FORMS, FEWEST_POSTS = 65, 600


@pytest.fixture
def made() -> Passage:
    """The house with a row of each kind on its own case."""
    return pass_between(build())


def places(made: Passage, act: Act) -> Iterator[str]:
    """Yield the addresses at which an act may be open."""
    own = made.house.cases["own"]
    for case in (own, *made.house.cases.values()) if act.on is On.CASE else ():  # a request that is begun shuts its form on the first
        yield path_of_act(act.on, case, act.slug)
    for suspect in made.suspects if act.on is On.SUSPECT else ():
        yield path_of_act(act.on, own, act.slug, suspect.pk)
    for crime in crimes(own) if act.on is On.OFFENCE else ():
        yield path_of_act(act.on, own, act.slug, crime)
    for row in ROWS_OF.get(act.on, ()):
        yield path_of_act(act.on, own, act.slug, made.rows[row])


def crimes(case_id: UUID) -> list[UUID]:
    """Return the keys of the crimes recorded in a case."""
    with scope(system(AVON)):
        return list(Offence.objects.filter(case=case_id).order_by("created_at", "pk").values_list("pk", flat=True))


def opened(made: Passage, act: Act) -> tuple[str, str, Form] | None:
    """Return who, address and form of the first place at which an act is open; None for one that is open nowhere."""
    for path in places(made, act):
        for who in WHO:
            if who in table.ACTS[act.slug]:
                answer: Any = made.house.browser(who).get(path)
                if answer.status_code == 200 and (form := read(answer.content.decode())).sent:
                    return who, path, form
    return None


def forms(made: Passage) -> Iterator[tuple[Act, str, str, Form]]:
    """Yield every form of this floor that is open to somebody."""
    for act in ACTS.values():
        if act.service.__module__.startswith("prosecution") and (found := opened(made, act)):
            yield act, *found


def post(made: Passage, who: str, path: str, sent: dict[str, Any]) -> Any:
    """Send a form, take back whatever came of it, and return the answer."""
    with transaction.atomic():
        answer = made.house.browser(who).post(path, sent)
        transaction.set_rollback(True)
    return answer


def test_what_cannot_be_is_answered_beside_its_field(made: Passage) -> None:
    wrong, tried, posts = [], set(), 0
    for act, who, path, form in forms(made):
        tried.add(act.slug)
        for bad in bad_values(form):
            posts += 1
            answer = post(made, who, path, {**form.sent, **bad})
            if answer.status_code != 400 or not beside(answer.content.decode(), next(iter(bad))):
                wrong.append((act.slug, {name: value[:12] for name, value in bad.items()}, answer.status_code))
    assert wrong == []
    mine = {act.slug for act in ACTS.values() if act.service.__module__.startswith("prosecution")}
    assert mine - tried - set(OF_REVIEWS) == set(), "every form of this floor is open to somebody on some row of the house"
    assert len(tried) >= FEWEST_FORMS
    assert posts >= FEWEST_POSTS


def test_the_same_value_in_every_field_and_bodies_that_are_no_form(made: Passage) -> None:
    """Each value goes to a few forms, with the version right, so that the service is reached where it can be."""
    wrong: list[object] = []
    values = list(VALUES.items())
    for number, (act, who, path, form) in enumerate(forms(made)):
        fields = [*form.sent, *form.texts, *form.choices]
        for place in range(5):
            name, value = values[(number * 5 + place) % len(values)]
            sent = {**filled(fields, value), "version": form.sent.get("version", "1")}
            wrong += meant(post(made, who, path, sent), (act.slug, name))
            wrong += meant(post(made, who, path, {key: [value, value] for key in sent}), (act.slug, name, "twice"))
        body, sort = BODIES[number % len(BODIES)][1:]
        wrong += meant(made.house.browser(who).generic("POST", path, body, content_type=sort), (act.slug, sort))
    assert wrong == []


def test_the_answers_to_an_offer_of_another_area(made: Passage) -> None:
    wrong: list[object] = []
    for name in ("transfer_accept", "transfer_decline"):
        path = reverse(name, args=[made.rows["incoming"]])
        for value in VALUES.values():
            wrong += meant(post(made, "cps-manager", path, {"prosecutor_id": value, "reason": value}), (name, value[:12]))
    assert wrong == []


def test_what_the_queues_and_the_report_are_asked_for(made: Passage) -> None:
    wrong: list[object] = []
    queues = ("prosecution_mine", "prosecution_triage", "prosecution_overview", "transfer_list", "with_direct", "review_list")
    reports = ("turns_report", "returns_report", "nfa_report", "attrition_report")
    files = [f"export_{name}" for name in reports]
    for path in [*map(reverse, (*queues, *reports, *files)), reverse("disclosure_print", args=[made.house.cases["own"]])]:
        who = "supervisor" if "disclosure" in path else "cps-manager"
        for value in VALUES.values():
            sent = dict.fromkeys(("prosecutor", "after", "before", "from", "first", "last", "unit", "part", "show"), value)
            wrong += meant(made.house.browser(who).get(path, sent), (path, value[:12]))
            wrong += meant(made.house.browser(who).get(path, {"prosecutor": value}), (path, value[:12]))
    assert wrong == []
