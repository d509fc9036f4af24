"""Several cases read at once, as far as their needs and buttons ask, in a fixed number of queries whatever the cases hold."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Any, TypeVar
from uuid import UUID

from accounts.models import User
from cases import identity
from cases import models as m
from cases.derive.told_rules import TOLD_KINDS
from cases.listing import running_deadlines
from cases.pages import case_facts
from cases.pages.buttons import Buttons
from cases.pages.facts import suspect_facts
from cases.pages.needs import Finder
from cases.pages.rows import Rows, complainants_shown, happened_in_cases
from cases.querysets import standing_in_for
from cases.settling import targets_in
from core import clock

Row = TypeVar("Row")


def finders_of(cases: Iterable[m.Case], user: User) -> Mapping[UUID, Finder]:
    """Return case → what looks for its needs, in a fixed number of queries. The caller has proved sight; `force` is loaded with each case.

    Crimes, enquiries, notes and access are not read, and of clocks those of telling alone: no need of a row asks for them.
    """
    known = {case.pk: case for case in cases}
    now, loaded = clock.now(), _rows_of(known, user)
    acting = frozenset(standing_in_for(user).values_list("pk", flat=True))
    found = {}
    for key, rows in loaded.items():
        suspects = suspect_facts(rows)
        buttons = Buttons(known[key], user, shown=identity.shown(user, known[key], rows.roles_of(acting)))
        found[key] = Finder(rows, case_facts(rows, tuple(suspects.values())), suspects, buttons, now)
    return found


def _rows_of(known: Mapping[UUID, m.Case], user: User) -> dict[UUID, Rows]:
    own = {"case__in": list(known)}
    suspects = list(m.Suspect.objects.filter(**own, recorded_in_error_at__isnull=True).order_by("number"))
    case_of = {suspect.pk: suspect.case_id for suspect in suspects}
    happened = [row for row in happened_in_cases(list(known)) if row.suspect_id in case_of]
    telling = running_deadlines().filter(**own, kind__in=TOLD_KINDS).order_by("due_at", "id")
    parts: dict[str, Mapping[UUID, list[Any]]] = {
        "suspects": by_case(suspects),
        "happened": _grouped((case_of[row.suspect_id], row) for row in happened if row.suspect_id),
        "bails": by_case(m.Bail.objects.filter(**own).select_related("arrest").order_by("granted_at", "created_at")),
        "bail_events": by_case(m.BailEvent.objects.filter(**own).order_by("at", "created_at")),
        "complainants": by_case(complainants_shown(m.Complainant.objects.filter(**own), user)),
        "deadlines": by_case(telling),
        "people": by_case(m.CasePerson.objects.filter(**own, until__isnull=True).select_related("user").order_by("since")),
        "cannot_be_met": by_case(m.DeadlineOverride.objects.filter(**own, moved_to__isnull=True).order_by("at")),
        "corrections": by_case(m.FactCorrection.objects.filter(**own, answer=m.FactCorrection.Answer.WAITING).order_by("created_at")),
    }
    left_out: dict[str, Any] = {one.name: [] for one in fields(Rows) if one.name not in {"case", "disagreements", "targets", *parts}}
    targets = targets_in(list(known))
    return {
        key: Rows(case=case, disagreements=0, targets=targets, **left_out, **{name: part.get(key, []) for name, part in parts.items()})
        for key, case in known.items()
    }


def by_case(rows: Iterable[Any]) -> dict[UUID, list[Any]]:
    """Return case → its rows, in the order given."""
    return _grouped((row.case_id, row) for row in rows)


def _grouped(pairs: Iterable[tuple[UUID, Row]]) -> dict[UUID, list[Row]]:
    found: dict[UUID, list[Row]] = defaultdict(list)
    for key, row in pairs:
        found[key].append(row)
    return found
