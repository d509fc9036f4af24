"""Overdue contact in the two extracts that ship with the tests, against an independent reading of the files: each victim."""

import csv
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db.models import Q

from accounts.models import Agency
from cases import models as m
from cases.derive.states import OPEN_STAGES
from core import clock
from core.scope import scope, system
from tests.factories import AVON, KENT
from victims.report_figures import figures_of
from victims.reports import Reach

DATA = Path(__file__).parents[2] / "data"
SEEN_FROM = date(2026, 11, 22)
Victims = set[tuple[str, str]]
"""(crime reference, label of the complainant)."""


def read_day(cell: str) -> date | None:
    """A day however the extract writes it."""
    iso = re.match(r"(\d{4})-(\d\d)-(\d\d)", cell)
    british = re.match(r"(\d\d)/(\d\d)/(\d{4})", cell)
    if iso:
        return date(*map(int, iso.groups()))
    return date(*map(int, reversed(british.groups()))) if british else None


@dataclass
class OfFile:
    """What the accepted records say: each case's victims in order, each with her or his cells, and the cases with an outcome."""

    cases: dict[str, dict[str, Mapping[str, str]]]
    settled: set[str]

    def victims(self) -> Iterator[tuple[str, str, Mapping[str, str]]]:
        """Every victim: the case's reference, the label, the cells."""
        for reference, victims in self.cases.items():
            for place, said in enumerate(victims.values()):
                yield reference, "ABCDEFGH"[place], said


def read(path: Path, refused: set[int]) -> OfFile:
    """Read a file by the csv module alone; a later record of a victim completes an earlier one."""
    cases: dict[str, dict[str, Mapping[str, str]]] = {}
    settled: set[str] = set()
    with path.open(encoding="utf-8-sig", newline="") as stream:
        for number, row in enumerate(csv.DictReader(stream), start=1):
            if number in refused:
                continue
            trimmed = {name: cell.strip(" \t\u00a0") for name, cell in row.items()}
            cells = {name: "" if cell.upper() in ("NULL", "N/A") else cell for name, cell in trimmed.items()}
            reference = cells["crime_reference"].upper()
            if cells["outcome_code"]:
                settled.add(reference)
            known = cases.setdefault(reference, {})
            known[cells["victim_nominal"]] = {**known.get(cells["victim_nominal"], {}), **{k: v for k, v in cells.items() if v}}
    return OfFile(cases, settled)


def overdue_by_the_file(path: Path, refused: set[int]) -> Victims:
    """Last contact, or the recording without one, plus the days agreed: past before the day it is seen from."""
    file = read(path, refused)
    found = set()
    for reference, label, said in file.victims():
        since = read_day(said.get("last_contact_at", "")) or read_day(said["recorded_at"])
        days = said.get("contact_interval_days")
        if reference not in file.settled and days and since and since + timedelta(days=int(days)) < SEEN_FROM:
            found.add((reference, label))
    return found


def turns_by_the_file(path: Path, refused: set[int]) -> tuple[int, list[int]]:
    """In time, and the days late of the rest, of the turns whose day came in the 365 days before: whatever became of the case."""
    in_time, late = 0, []
    for _, _, said in read(path, refused).victims():
        days = int(said.get("contact_interval_days") or 0)
        recorded, last = read_day(said["recorded_at"]), read_day(said.get("last_contact_at", ""))
        if not days or recorded is None:
            continue
        turns: list[tuple[date, date | None]] = [(recorded, last), (last, None)] if last else [(recorded, None)]
        for since, met in turns:
            due = since + timedelta(days=days)
            if not SEEN_FROM - timedelta(days=365) <= due < SEEN_FROM:
                continue
            if met is not None and met <= due:
                in_time += 1
            else:
                late.append(((met or SEEN_FROM) - due).days)
    return in_time, sorted(late)


def overdue_here(force_id: int) -> Victims:
    """Contact overdue as seen from the start of the day, by the rows of deadlines alone."""
    at = clock.seen_from(SEEN_FROM)
    running = (Q(met_at__isnull=True) | Q(met_at__gte=at)) & (Q(ended_at__isnull=True) | Q(ended_at__gte=at))
    with scope(system(force_id)):
        rows = m.Deadline.objects.filter(
            running, force_id=force_id, kind="victim_contact", started_at__lt=at, due_at__lte=at, cancelled=False
        )
        return set(rows.filter(case__stage__in=OPEN_STAGES).values_list("case__crime_reference", "complainant__label"))


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize(("name", "force", "overdue"), [("rms-extract.csv", AVON, 335), ("rms-extract-dirty.csv", KENT, 113)])
def test_the_extracts_give_the_overdue_contacts_of_an_independent_reading(name: str, force: int, overdue: int) -> None:
    """335 and 113, and the same victims."""
    errors = StringIO()
    call_command("import_rms", str(DATA / name), force=str(force), as_of=SEEN_FROM, stdout=StringIO(), stderr=errors)
    refused = {int(number) for number in re.findall(r"(?im)^record (\d+)", errors.getvalue())}
    expected = overdue_by_the_file(DATA / name, refused)
    assert len(expected) == overdue
    assert overdue_here(force) == expected


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize(("name", "force", "overdue"), [("rms-extract.csv", AVON, 335), ("rms-extract-dirty.csv", KENT, 113)])
def test_the_command_lists_the_overdue_contacts_of_an_independent_reading(name: str, force: int, overdue: int) -> None:
    """`--force 52` and `--force 46` seen from the day, as CSV: 335 and 113, row by row, each victim once."""
    errors, listed = StringIO(), StringIO()
    call_command("import_rms", str(DATA / name), force=str(force), as_of=SEEN_FROM, stdout=StringIO(), stderr=errors)
    refused = {int(number) for number in re.findall(r"(?im)^record (\d+)", errors.getvalue())}
    call_command("overdue_contacts", "--force", str(force), "--as-of", SEEN_FROM.isoformat(), "--csv", stdout=listed)
    rows = list(csv.DictReader(StringIO(listed.getvalue())))
    assert len(rows) == overdue
    assert {row["force"] for row in rows} == {str(force)}
    assert sorted((row["crime_reference"], row["victim"]) for row in rows) == sorted(overdue_by_the_file(DATA / name, refused))

    # The report says the same of the same cases, and counts every turn as the file has it.
    with scope(system(force)):
        figures = figures_of(Reach.of_force(force), clock.seen_from(SEEN_FROM))
        Agency.objects.filter(pk=force).update(live_from=None)
        turns = figures_of(Reach.of_force(force), clock.seen_from(SEEN_FROM)).contact
    assert figures.overdue == overdue
    for column, places in (("unit", figures.by_unit), ("officer", figures.by_officer or [])):
        assert Counter(row[column] for row in rows) == _by_name({one.name: one.overdue or 0 for one in places})
    in_time, late = turns_by_the_file(DATA / name, refused)
    assert (turns.in_time, turns.late) == (in_time, len(late))
    assert (turns.median, turns.ninetieth) == (late[(len(late) + 1) // 2 - 1], late[-(-9 * len(late) // 10) - 1])


def _by_name(counted: Mapping[str, int]) -> Counter[str]:
    """Add up under the bare name: two of one name stand apart in the report, and in the list they do not."""
    found: Counter[str] = Counter()
    for name, number in counted.items():
        found[re.sub(r" \([^)]*\)$", "", name)] += number
    return +found
