"""`manage.py overdue_arrests`: the list by force, as table and as CSV, and what it says to arguments that cannot be used."""

import csv
import io
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from cases import models as m
from core.scope import scope, system
from tests.factories import AVON, KENT
from tests.integration.reports.making import add_suspect, make_case, overdue_suspect

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parent.parent.parent.parent


def printed(*arguments: str) -> str:
    out = io.StringIO()
    call_command("overdue_arrests", *arguments, stdout=out)
    return out.getvalue()


def records(*arguments: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(printed("--csv", *arguments))))


@pytest.fixture
def two_forces() -> None:
    case = make_case(crime_reference="52/CMD/1")
    first = add_suspect(case, "2026-01-01 12:00", number=1)
    add_suspect(case, "2026-02-01 12:00", number=2)
    with scope(system(AVON)):
        person = m.Person.objects.create(force_id=AVON, nominal="N1234567")
        m.Suspect.objects.filter(pk=first.pk).update(person=person)
    overdue_suspect("2026-03-01 12:00", force_id=KENT, crime_reference="46/CMD/1")


@pytest.mark.usefixtures("two_forces")
def test_csv_names_force_case_and_suspect_by_the_forces_own_number() -> None:
    found = records("--force", "52", "--as-of", "2026-02-10")
    assert [(row["force"], row["crime_reference"], row["suspect_nominal"], row["suspect_number"], row["days_over"]) for row in found] == [
        ("52", "52/CMD/1", "N1234567", "1", "39"),
        ("52", "52/CMD/1", "", "2", "8"),
    ]
    assert {row["marking"] for row in found} == {"OFFICIAL-SENSITIVE"}


@pytest.mark.usefixtures("two_forces")
def test_all_forces_are_worked_through_one_at_a_time() -> None:
    assert [row["force"] for row in records()] == ["46", "52", "52"]
    assert [row["force"] for row in records("--force", "46")] == ["46"]
    assert records("--force", "1") == []


@pytest.mark.usefixtures("two_forces")
def test_the_table_is_for_reading() -> None:
    text = printed("--as-of", "2026-02-10")
    assert "Avon and Somerset Police (52), OFFICIAL-SENSITIVE" in text
    assert "2 overdue" in text
    assert "Kent" not in text
    assert "0 overdue" in printed("--force", "46", "--as-of", "2026-02-10")
    assert "No arrest is overdue in any force." in printed("--as-of", "2019-02-10")


@pytest.mark.usefixtures("two_forces")
def test_each_listing_goes_into_the_log_of_its_force(monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[dict[str, Any]] = []
    monkeypatch.setattr("audit.services.record", lambda **facts: written.append(facts))
    printed()
    assert [(entry["act"], entry["owners"], entry["row_count"], len(entry["case_ids"])) for entry in written] == [
        ("disclosure", [46], 1, 1),
        ("disclosure", [52], 2, 1),
    ]


@pytest.mark.parametrize("code", ["99", "110", "avon", "", "-1", "52.0", "５２", "9" * 30])
def test_an_unknown_force_is_said_in_words(code: str) -> None:
    with pytest.raises(CommandError, match="No police force has the code") as refused:
        printed(f"--force={code}")
    assert refused.value.returncode == 2


@pytest.mark.parametrize("day", ["yesterday", "22/11/2026", "2026-02-30", "", "2026-13-01", "10000-01-01"])
def test_a_day_that_is_none_is_said_in_words(day: str) -> None:
    with pytest.raises(CommandError, match="is no day") as refused:
        printed(f"--as-of={day}")
    assert refused.value.returncode == 2


@pytest.mark.parametrize("day", ["0001-01-01", "1900-01-01", "9999-12-31"])
@pytest.mark.usefixtures("two_forces")
def test_the_first_and_last_day_there_is_are_days(day: str) -> None:
    assert len(records("--as-of", day)) == (3 if day.startswith("9") else 0)


def test_a_wrong_argument_ends_with_status_2_and_no_traceback() -> None:
    ended = subprocess.run(
        [sys.executable, "manage.py", "overdue_arrests", "--force", "52", "--as-of", "soon"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 2
    assert "Traceback" not in ended.stderr
    assert "is no day" in ended.stderr


def test_a_suspect_due_on_the_day_before_is_overdue() -> None:
    overdue_suspect("2026-11-20 12:00")
    assert records("--as-of", "2026-11-21") == []
    assert len(records("--as-of", "2026-11-22")) == 1
