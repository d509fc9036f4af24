"""What the tests of telling share: a case with an arrest, its complainants, what is still to be told."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from cases import models as m
from cases.services.arrests import record_arrest, record_release
from cases.services.telling import open_to_tell, tell
from cases.services.telling_before import Before
from core.exceptions import NotPossible
from core.scope import scope, system
from tests.factories import World, ago
from tests.integration.cases.asking import live_since
from tests.integration.cases.making import do, make_case, suspect_of

SignIn = Callable[[User], Client]


def arrested_case(world: World) -> m.Case:
    """Return a case whose suspect was arrested yesterday, in a force that went live long ago."""
    live_since(52, days=100)
    made = make_case(world.investigator, "Invented", officer_id=world.investigator.pk)
    do(world.investigator, record_arrest, made, suspect_id=suspect_of(made).pk, at=ago(hours=20))
    return made


def her(case: m.Case, label: str = "A") -> m.Complainant:
    with scope(system(case.force_id)):
        return m.Complainant.objects.get(case=case, label=label)


def things(case: m.Case, *abouts: str) -> list[tuple[str, Any]]:
    with scope(system(case.force_id)):
        return [(one.about, one.fact_id) for one in open_to_tell(case, her(case)) if one.about in abouts]


def deadlines(case: m.Case, kind: str) -> list[m.Deadline]:
    with scope(system(case.force_id)):
        return list(m.Deadline.objects.filter(case=case, kind=kind, cancelled=False).order_by("started_at"))


def told(world: World, case: m.Case, *abouts: str, **more: Any) -> list[m.Told]:
    given = {"told_at": ago(hours=1), "how": "telephone", "complainant_id": her(case).pk, "things": things(case, *abouts), **more}
    return do(world.investigator, tell, case, **given)


@contextmanager
def refused(words: str, field: str | None = None) -> Iterator[None]:
    """Expect NotPossible with these words, beside a field where one is named."""
    with pytest.raises(NotPossible, match=words) as caught:
        yield
    assert field in (None, caught.value.field)


def release(world: World, case: m.Case, *telling: Before, **more: Any) -> m.Arrest:
    key = suspect_of(case).pk
    return do(
        world.investigator, record_release, case, suspect_id=key, at=ago(hours=2), to="bail", conditions="x", victim_views_sought=True,
        telling=telling, **more,
    )  # fmt: skip
