"""Confirming a pack: a person read every free text, took out who, where and when, and says so. Nothing unconfirmed is ever kept."""

from collections.abc import Mapping
from typing import Final
from uuid import UUID

from django.db.models import Max

from accounts.models import User
from cases.timeline import VERBS
from core.exceptions import NotPossible
from prosecution.models import Pack, PanelCase
from prosecution.panels.knowing import known_of
from prosecution.panels.pack import body_of
from prosecution.panels.packing import counted, texts_of
from prosecution.panels.redaction import Known, says
from prosecution.panels.services.changing import ChangingPanel, changing_panel

SUMMARY: Final = "summary"
SUMMARY_HEADING: Final = "In short"
LONGEST: Final = 4_000


def confirm_pack(*, actor: User, panel_id: UUID, panel_case_id: UUID, texts: Mapping[str, str], version: int | None = None) -> Pack:
    """Confirm the redacted texts of a case, by the names of `packing.texts_of` and "summary"; one that is empty is left out of the pack.

    Facts are read anew. Confirming again takes the place of what was confirmed before. Raises Http404, NotAllowed, Conflict, NotPossible
    (took part in the case; beside the field: a name, a place, a date, a reference or a number still stands in a text).
    """
    with changing_panel(panel_id, actor=actor, what="confirm-pack", version=version) as change:
        row = change.case_of(panel_case_id)
        known = known_of(row.case)
        headings = {SUMMARY: SUMMARY_HEADING, **{one.name: one.heading for one in texts_of(row)}}
        said = {name: texts.get(name, "").strip() for name in headings}
        for name, text in said.items():
            _check(name, text, known)
        pack = row.pack or _new(change, row)
        pack.body = body_of(counted(row), VERBS, [(headings[name], text) for name, text in said.items()])
        pack.confirmed_at, pack.confirmed_by = change.now, actor
        pack.save()
        return pack


def _check(name: str, text: str, known: Known) -> None:
    """Refuse a text that says who, where or when. What it says is repeated: the person has it before her or him."""
    if len(text) > LONGEST:
        raise NotPossible(f"Must be {LONGEST} characters or fewer", field=name)
    found = says(text, known)
    if found:
        listed = "; ".join(f"“{piece}” is {why}" for piece, why in found[:8])
        raise NotPossible(f"Take out what says who, where or when: {listed}", field=name)


def _new(change: ChangingPanel, row: PanelCase) -> Pack:
    """Return a pack with the next number of the panel, and put it on the case."""
    highest = Pack.objects.filter(panel=change.panel).aggregate(Max("number"))["number__max"] or 0
    pack = Pack(**change.keys(), panel=change.panel, number=highest + 1)
    pack.save(force_insert=True)
    row.pack = pack
    row.save(update_fields=["pack"])
    return pack
