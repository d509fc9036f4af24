"""Changing keys: every value that is not under the key that writes is sealed anew. Then, and only then, the old key may go.

Any model with sealed fields, and the model of its versions as well: versions keep the bytes of their time and need the old
key until they are resealed too. `left_under_old_keys` is zero when nothing is left; ask it again when every process has
been started with the new key in front, because an instance read before and saved after writes its bytes back as they were.
"""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from functools import partial, reduce
from operator import or_
from typing import Any

from django.db import DEFAULT_DB_ALIAS, models, transaction
from django.db.models import Q

from core.sealedfield.fields import SealedField
from core.sealedfield.opaque import opening
from core.vault import SealBroken, writing_head

Model = type[models.Model]
Also = Callable[[Any], Mapping[str, Any]]
Within = Callable[[], AbstractContextManager[Any]]

REASON = "keys changed"
NAMED = 20
"""Keys of broken rows that the failure names."""


def sealed_fields(model: Model) -> tuple[SealedField, ...]:
    """Return the sealed fields of a model, in its order."""
    return tuple(field for field in model._meta.concrete_fields if isinstance(field, SealedField))


def left_under_old_keys(model: Model, *, using: str = DEFAULT_DB_ALIAS) -> int:
    """Return how many values (not rows) that the running scope sees are under another key than the one that writes."""
    return sum(_rows(model, using).filter(_old(field)).count() for field in sealed_fields(model))


def reseal(model: Model, *, batch: int = 500, also: Also | None = None, within: Within | None = None, using: str = DEFAULT_DB_ALIAS) -> int:
    """Seal every value that is under an old key under the one that writes, and return how many there were.

    In batches by key, each in a transaction of its own with its rows locked, so it can be stopped, started again and run
    beside people who write. One UPDATE for each row, of its old values and what `also` returns for it: columns that depend
    on the key, such as blind indexes, computed with the gate open. `within` opens each batch's transaction where a scope is
    needed for it: `lambda: scope(system(force_id))`.

    Raises SealBroken at the end, naming their keys, when rows do not open; those are left as they are, the rest is done.
    """
    within = within or partial(transaction.atomic, using=using)
    done, broken = 0, list[Any]()
    last: Any = None
    while True:
        with within():
            rows = _next(model, last, batch, using)
            for row in rows:
                try:
                    done += _reseal_row(row, also, using)
                except SealBroken:
                    broken.append(row.pk)
        if len(rows) < batch:
            break
        last = rows[-1].pk
    if broken:
        named = ", ".join(map(str, broken[:NAMED]))
        raise SealBroken(f"{len(broken)} rows of {model._meta.db_table} do not open and were left as they are: {named}")
    return done


def _next(model: Model, last: Any, batch: int, using: str) -> list[Any]:
    rows = _rows(model, using).filter(reduce(or_, map(_old, sealed_fields(model))))
    if last is not None:
        rows = rows.filter(pk__gt=last)
    return list(rows.order_by("pk").select_for_update(of=("self",))[:batch])


def _reseal_row(row: Any, also: Also | None, using: str) -> int:
    head, fields = writing_head(), sealed_fields(type(row))
    changed: dict[str, Any] = {field.name: field.resealed(row) for field in fields if field.is_headed_otherwise(row, head)}
    values = len(changed)
    if also is not None:
        with opening(REASON):
            changed |= also(row)
    _rows(type(row), using).filter(pk=row.pk).update(**changed)
    return values


def _rows(model: Model, using: str) -> models.QuerySet[Any]:
    return model._base_manager.using(using)


def _old(field: SealedField) -> Q:
    return Q(**{f"{field.name}__not_headed": writing_head()})
