"""Keeping the table that says across forces that a person is known: it follows the PNC ids of a force's suspects, and says no more."""

import re
from collections.abc import Iterable
from typing import Final

from cases import models as m
from core.blindindex import blind_index, blind_indexes
from core.scope import scope, system

EVERYWHERE: Final = 0
"""In the place of a force: the same person has the same key in all of them."""
_COLUMN: Final = "PNC id"


def keys_of(pnc_id: str) -> tuple[str, ...]:
    """Return what a PNC id is found by, under every key in use; () for none."""
    return blind_indexes(_plain(pnc_id), column=_COLUMN, force_id=EVERYWHERE)


def add(force_id: int, pnc_ids: Iterable[str]) -> None:
    """Say that a force knows these PNC ids. One statement, none for none. Called in a system scope of the force."""
    keys = {blind_index(_plain(one), column=_COLUMN, force_id=EVERYWHERE) for one in pnc_ids if _plain(one)}
    if keys:
        m.KnownSuspect.objects.bulk_create([m.KnownSuspect(key=key, agency_id=force_id) for key in sorted(keys)], ignore_conflicts=True)


def follow(force_id: int, *pnc_ids: str) -> None:
    """Let the table follow the suspects of a force after something about these PNC ids changed: two or three queries for each."""
    with scope(system(force_id)):
        for pnc_id in dict.fromkeys(one for one in pnc_ids if _plain(one)):
            known = m.Suspect.objects.filter(force_id=force_id, pnc_id=pnc_id, recorded_in_error_at__isnull=True).exists()
            if known:
                add(force_id, [pnc_id])
            else:
                m.KnownSuspect.objects.filter(key__in=keys_of(pnc_id), agency_id=force_id).delete()


def fill(force_id: int) -> None:
    """Fill the table for a force that has none of its suspects in it yet: after an upgrade. Called in a transaction, by night."""
    with scope(system(force_id)):
        if not m.KnownSuspect.objects.filter(agency_id=force_id).exists():
            rows = m.Suspect.objects.filter(force_id=force_id, recorded_in_error_at__isnull=True).exclude(pnc_id="")
            add(force_id, rows.values_list("pnc_id", flat=True).distinct().iterator())


def _plain(pnc_id: str) -> str:
    """Return a PNC id without blanks, whatever the case of its letters: "12/345678a" is "12/345678A"."""
    return re.sub(r"\s+", "", pnc_id).upper()
