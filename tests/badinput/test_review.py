"""Every form of the right to review: nonsense is answered beside its field, and nothing fails."""

from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from prosecution.models import ReviewState as V
from tests.badinput.one_field import TOO_LONG, bad_values, beside, read
from tests.factories import World
from tests.integration.prosecution import reviewing as r

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
STATES: dict[str, V | None] = {
    "lodge-review": None,
    "acknowledge-review": V.ASKED,
    "allocate-review": V.ACKNOWLEDGED,
    "lengthen-review": V.ALLOCATED,
    "decide-review": V.ALLOCATED,
    "propose-out-of-scope": V.ASKED,
    "answer-out-of-scope": V.OUT_PROPOSED,
    "withdraw-review": V.ALLOCATED,
}
"""Act → the state of a request in which its form is open."""
FITS = {"grounds"}
"""Texts that take as much as the corpus sends."""


@pytest.mark.parametrize("slug", list(STATES))
def test_what_cannot_be_is_answered_beside_its_field(client: Client, world: World, slug: str) -> None:
    case, unit, state = r.decided_case(world), r.make_review_unit("police"), STATES[slug]
    target = r.complainant_of(case).pk if state is None else r.in_state(world, case, unit, state).pk
    client.force_login(world.investigator if state is None else unit.reviewer if slug == "decide-review" else unit.second)
    path = reverse("case_act_on", kwargs={"case_id": case.pk, "slug": slug, "target_id": target})
    page: Any = client.get(path)
    form, wrong = read(page.content.decode()), []
    for bad in bad_values(form):
        if any(name in FITS and value == TOO_LONG for name, value in bad.items()):
            continue
        with transaction.atomic():
            answer: Any = client.post(path, {**form.sent, **bad})
            transaction.set_rollback(True)
        if answer.status_code != 400 or not beside(answer.content.decode(), next(iter(bad))):
            wrong.append(({name: value[:12] for name, value in bad.items()}, answer.status_code))
    assert form.sent
    assert wrong == []
