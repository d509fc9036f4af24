"""Ciphertext that was changed, or moved to another row or column, opens nowhere: every sealed column about victims."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.db import models, transaction
from django.test import Client
from django.urls import reverse

from core.sealedfield import SealBroken, Sealed, SealedField, opening
from tests.canary.planted import Planted
from tests.canary.words import find
from victims.models import Victim

pytestmark = [pytest.mark.django_db(databases=["default", "owner"]), pytest.mark.slow]
CHANGED = "set_byte({column}, length({column}) / 2, get_byte({column}, length({column}) / 2) # 1)"


def fields() -> Iterator[tuple[type[models.Model], SealedField]]:
    """Yield every sealed field of this app's tables, versions left aside: they are sealed for the row they are of."""
    for model in apps.get_app_config("victims").get_models():
        if not hasattr(model, "pgh_tracked_model"):
            yield from ((model, one) for one in model._meta.concrete_fields if isinstance(one, SealedField))


def filled(model: type[models.Model], field: SealedField) -> list[UUID]:
    """Return the rows that hold something in a sealed column, two at most."""
    with opening("test"):
        return [row.pk for row in model._default_manager.using("owner") if getattr(row, field.name)][:2]


def opens(model: type[models.Model], field: SealedField, key: UUID) -> bool:
    """Say whether a column of a row opens."""
    row = model._default_manager.using("owner").get(pk=key)
    try:
        with opening("test"):
            getattr(row, field.name)
    except SealBroken:
        return False
    return True


def instead(owner: Any, model: type[models.Model], field: SealedField, key: UUID, expression: str, *given: Any) -> bool:
    """Write something else into a column, as who owns the table can, and say whether it opens; then put it back."""
    table, column = model._meta.db_table, field.column
    with transaction.atomic(using="owner"):
        owner.execute(f'alter table "{table}" disable trigger user')
        owner.execute(f'update "{table}" set "{column}" = {expression} where id = %s', [*given, key])
        found = opens(model, field, key)
        transaction.set_rollback(True, using="owner")
    return found


def test_nothing_changed_or_moved_opens(planted: Planted, owner: Any) -> None:
    wrong, tried = [], set()
    for model, field in fields():
        rows, column = filled(model, field), f'"{field.column}"'
        others = [one for other, one in fields() if other is model and one is not field]
        ways: dict[str, tuple[str, list[Any]]] = {"changed": (CHANGED.format(column=column), []), "planted": ("'Plain'::bytea", [])}
        if len(rows) == 2:
            ways["another row"] = (f'(select {column} from "{model._meta.db_table}" where id = %s)', [rows[1]])
        if others:
            ways["another column"] = (f'"{others[0].column}"', [])
        assert opens(model, field, rows[0])
        for way, (expression, given) in ways.items():
            tried.add(way)
            if instead(owner, model, field, rows[0], expression, *given):
                wrong.append((model.__name__, field.name, way))
    assert wrong == []
    assert tried == {"changed", "planted", "another row", "another column"}


def test_a_page_that_meets_it_fails_and_shows_nothing(planted: Planted, monkeypatch: pytest.MonkeyPatch) -> None:
    """The surname of A in the row of B: neither is shown, to nobody, and the page says nothing but that it failed."""

    def moved(seen: Any) -> Any:
        victims: Any = Victim.objects.filter(case=seen.case)
        row, other = victims.get(complainant=seen.complainant), victims.exclude(complainant=seen.complainant)[0]
        row.surname_sealed = Sealed(other.surname_sealed.raw, bound=row.pk)
        return row

    browser: Client = planted.house.browser("supervisor")
    path = reverse("victim_shown", args=[planted.complainants["a"]])
    assert browser.post(path, {"reason": "contact"}).status_code == 200
    monkeypatch.setattr("victims.identity_page.victim_of", moved)
    answer: Any = browser.post(path, {"reason": "contact"})
    assert answer.status_code == 500
    assert type(answer.exc_info[1]) is SealBroken
    assert find(answer.content.decode()) == set()
