"""What a referral is made of: its suspects and crimes, the tick list of the file standard, and what is still missing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db.models import Q

from accounts.models import User
from cases import models as m
from cases.services.changing import Changing, changing
from core import clock
from core.components import day_text
from core.exceptions import NotPossible
from prosecution import permissions as p
from prosecution.models import FileItem, FileItemCode, FileItemState, Referral, ReferralOffence, ReferralSuspect
from prosecution.policies_referral import WITH_CPS, file_may_be_ticked
from prosecution.services.as_sent import keep_ticks
from prosecution.states import OPEN_REFERRAL

TEXTS: Final[Mapping[str, str]] = {
    "reference": "the reference under which the file was sent",
    "summary": "the summary",
    "victim_views": "the victim’s views",
    "victim_needs": "the victim’s needs",
}


@dataclass(frozen=True, slots=True)
class Ticked:
    """One item of the file as typed. `state` blank: nothing said of it."""

    code: str
    state: str
    follows_on: date | None = None
    because: str = ""


def suspects_of(referral: Referral) -> list[m.Suspect]:
    """Return the suspects of a referral, in order. The caller has proved sight of the case. One query."""
    rows = ReferralSuspect.objects.filter(referral=referral, removed_at__isnull=True, suspect__recorded_in_error_at__isnull=True)
    return [row.suspect for row in rows.select_related("suspect").order_by("suspect__number")]


def crimes_of(referral: Referral) -> list[m.Offence]:
    """Return the recorded crimes of a referral, in order. One query."""
    rows = ReferralOffence.objects.filter(referral=referral, removed_at__isnull=True).select_related("offence__complainant")
    return [row.offence for row in rows.order_by("offence__created_at", "offence_id")]


def referred_elsewhere(case: m.Case, but: Referral | None = None) -> set[UUID]:
    """Return the suspects who are in an open referral of the case already, but for one referral. One query."""
    rows = ReferralSuspect.objects.filter(case=case, removed_at__isnull=True, referral__state__in=OPEN_REFERRAL)
    return set((rows.exclude(referral=but) if but else rows).values_list("suspect_id", flat=True))


def check_suspects(change: Changing, keys: Iterable[UUID], but: Referral | None = None) -> list[m.Suspect]:
    """Return the suspects named: of this case, without an outcome, in no other open referral. Raises NotPossible beside `suspects`."""
    elsewhere, found = referred_elsewhere(change.case, but), []
    for key in dict.fromkeys(keys):
        suspect, facts = change.suspect(key)
        if facts.standing_outcome() is not None:
            raise NotPossible(f"{suspect} has an outcome. Reopen the investigation first, or leave her or him out", field="suspects")
        if suspect.pk in elsewhere:
            raise NotPossible(f"{suspect} is in another open referral", field="suspects")
        found.append(suspect)
    return found


def put_in(change: Changing, referral: Referral, suspects: Sequence[m.Suspect], crimes: Sequence[m.Offence]) -> bool:
    """Write who and what is in a referral; whoever is not named is taken out. Says whether anything changed."""
    kept = _keep(change, ReferralSuspect, referral, "suspect", suspects)
    return _keep(change, ReferralOffence, referral, "offence", crimes) or kept


def _keep(change: Changing, model: type[Any], referral: Referral, name: str, wanted: Sequence[m.CaseRow]) -> bool:
    rows = {getattr(row, f"{name}_id"): row for row in model.objects.filter(referral=referral)}
    keys, changed = {one.pk for one in wanted}, False
    for key, row in rows.items():
        if (key in keys) == (row.removed_at is None):
            continue
        row.removed_at = None if key in keys else change.now
        row.save(update_fields=["removed_at"])
        changed = True
    for one in wanted:
        if one.pk not in rows:
            change.add(model, referral=referral, **{name: one})
            changed = True
    return changed


def set_file_items(
    *, actor: User, case_id: UUID, charging_referral_id: UUID, items: Sequence[Ticked], version: int | None = None
) -> Referral:
    """Say of each item of the file standard that it was sent, does not apply because, or follows on a day because.

    An item of which nothing is said stays as it is. Raises NotAllowed, NotPossible beside the item (no reason, no day, a day
    that has passed; nothing said at all), Conflict.
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(p.REFER)
        referral = change.get(Referral, charging_referral_id)
        file_may_be_ticked(referral)
        there = {row.code: row for row in FileItem.objects.filter(referral=referral)}
        said = [one for one in items if one.state]
        changed = [one for one in said if not _same(one, there.get(one.code))]
        if not changed:
            raise NotPossible("Nothing was changed" if said else "Say of at least one item whether it was sent")
        for one in changed:
            _check_item(change, one)
            _write_item(change, referral, one, there.get(one.code))
        verb = "referral_file_drafted"
        if referral.state in WITH_CPS:
            keep_ticks(referral, change.now)
            verb = "referral_file_changed"
        sent = sum(one.state == FileItemState.SENT for one in changed)
        change.put_in_timeline(verb, text=f"Referral {referral.number}: {len(changed)} changed, {sent} of them sent")
        return referral


def _same(one: Ticked, row: FileItem | None) -> bool:
    return row is not None and (one.state, one.follows_on, one.because.strip()) == (row.state, row.follows_on, row.because)


def _check_item(change: Changing, one: Ticked) -> None:
    if one.code not in FileItemCode.values or one.state not in FileItemState.values:
        raise NotPossible("Select sent, not applicable or to follow", field=f"{one.code}_state")
    label = FileItemCode(one.code).label
    if one.state != FileItemState.SENT and not one.because.strip():
        raise NotPossible(f"{label}: enter why", field=f"{one.code}_because")
    if one.state == FileItemState.TO_FOLLOW:
        if one.follows_on is None:
            raise NotPossible(f"{label}: enter the day on which it follows", field=f"{one.code}_follows_on")
        if one.follows_on < clock.today(change.now):
            raise NotPossible(f"{label}: enter a day from today on", field=f"{one.code}_follows_on")


def _write_item(change: Changing, referral: Referral, one: Ticked, row: FileItem | None) -> None:
    """Write one item: what does not belong to its state (a reason for what was sent, a day for what does not apply) is left out."""
    values: dict[str, Any] = {
        "state": one.state,
        "follows_on": one.follows_on if one.state == FileItemState.TO_FOLLOW else None,
        "because": "" if one.state == FileItemState.SENT else one.because.strip(),
    }
    if row is None:
        change.add(FileItem, referral=referral, code=one.code, **values)
        return
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=list(values))


def missing_of(
    referral: Referral, suspects: Sequence[m.Suspect], crimes: Sequence[m.Offence], items: Iterable[FileItem], today: date
) -> list[str]:
    """Return what a referral lacks before it can be sent, in words. One query, for who is named by the crimes."""
    found = [] if suspects else ["at least one suspect"]
    if not crimes:
        found.append("at least one recorded crime")
    named = set(
        m.Allegation.objects.filter(
            Q(suspect__in=[one.pk for one in suspects]), offence__in=[one.pk for one in crimes], withdrawn_at__isnull=True
        ).values_list("suspect_id", flat=True)
    )
    found += [f"a crime that names {str(one).lower()}" for one in suspects if crimes and one.pk not in named]
    found += [words for name, words in TEXTS.items() if not getattr(referral, name)]
    if referral.file_sent_on is None:
        found.append("the day on which the file was sent")
    return found + _missing_items({row.code: row for row in items}, today)


def _missing_items(there: Mapping[str, FileItem], today: date) -> list[str]:
    if not there:
        return [f"what was sent of the file: nothing is said yet of its {len(FileItemCode)} items"]
    found = []
    for code in FileItemCode:
        row, label = there.get(code), str(code.label)
        if row is None:
            found.append(f"whether this was sent: {label}")
        elif row.state == FileItemState.TO_FOLLOW and row.follows_on is not None and row.follows_on < today:
            found.append(f"{label}, which was to follow on {day_text(row.follows_on)}")
    return found


def check_complete(change: Changing, referral: Referral) -> list[m.Suspect]:
    """Return the suspects of a referral that may go to the CPS. Raises NotPossible with all that is missing, or who cannot be referred."""
    suspects = suspects_of(referral)
    items = FileItem.objects.filter(referral=referral)
    lacking = missing_of(referral, suspects, crimes_of(referral), items, clock.today(change.now))
    if lacking:
        raise NotPossible(f"Still missing: {'; '.join(lacking)}.")
    return check_suspects(change, [one.pk for one in suspects], referral)
