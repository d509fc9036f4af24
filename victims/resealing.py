"""Changing the keys of everything that is sealed about victims: sealed anew under the first key, blind indexes with it.

One force after the other under the system's scope, in batches with their rows locked, so that people write meanwhile and
it can be stopped and started again. A change of key is no change of a fact: it makes no version and moves no case.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import partial
from typing import Any, Final

import pgtrigger
from django.apps import apps
from django.db import models
from pgtrigger import registry

from accounts.models import Agency
from accounts.roles import AgencyKind
from core.scope import scope, system
from core.sealedfield import left_under_old_keys, reseal, sealed_fields
from victims.indexes import indexes_of
from victims.models import Victim

VERSION_TRIGGER: Final = "update_update"
"""The trigger that pghistory gives a table to keep versions."""

ALSO: Final = {Victim: indexes_of}
"""What depends on the key beside the sealed values."""


def sealed_models() -> list[type[models.Model]]:
    """Return every table of this app that holds sealed values, those of kept versions included."""
    return [model for model in apps.get_app_config("victims").get_models() if sealed_fields(model)]


def forces() -> list[Agency]:
    """Return the police forces, in order of their numbers."""
    return list(Agency.objects.filter(kind=AgencyKind.POLICE).order_by("pk"))


def reseal_force(force_id: int) -> dict[str, int]:
    """Seal anew what is under old keys in one force; return how many values there were, by table.

    Raises SealBroken, naming keys of rows, when some do not open; the others of that table are done.
    """
    return {model._meta.db_table: _reseal(model, force_id) for model in sealed_models()}


def _reseal(model: type[Any], force_id: int) -> int:
    return reseal(model, also=ALSO.get(model), within=partial(_batch, model, force_id))


@contextmanager
def _batch(model: type[models.Model], force_id: int) -> Iterator[None]:
    kept = f"{model._meta.label}:{VERSION_TRIGGER}"
    registered: list[tuple[Any, Any]] = list(registry.registered())
    tracked = (model, VERSION_TRIGGER) in [(owner, trigger.name) for owner, trigger in registered]
    quietly: AbstractContextManager[None] = pgtrigger.ignore(kept) if tracked else nullcontext()
    with scope(system(force_id)), quietly:
        yield


def left_in(force_id: int) -> dict[str, int]:
    """Return how many values of one force are still under an old key, by table."""
    with scope(system(force_id)):
        return {model._meta.db_table: left_under_old_keys(model) for model in sealed_models()}
