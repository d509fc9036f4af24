"""The same file again, a changed file, and an import that stopped half way."""

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from hypothesis import HealthCheck, given
from hypothesis import settings as with_settings
from hypothesis import strategies as st

from cases import models as m
from cases.extract.reader import Extract
from cases.extract.tally import Tally
from cases.importing.run import Importing, force_of
from core import clock
from core.scope import scope, system
from tests.factories import AVON
from tests.integration.importing.support import AS_OF, csv_of, record, take

pytestmark = pytest.mark.django_db
FULL = {"arrested_at": "2026-10-03T09:00", "interviewed_at": "2026-10-03T15:00", "bail_status": "bail", "bail_expires_on": "2027-01-02"}
SETTLED = {"outcome_code": "16", "outcome_on": "2026-10-20"}
TWO_CASES = (
    record(**FULL),
    record(**FULL, victim_nominal="V2"),
    record(crime_reference="52TEST/2", **SETTLED),
    record(crime_reference="52TEST/3", bail_status="rui", arrested_at="2026-10-03T09:00"),
)


def every_table() -> dict[str, tuple[int, str]]:
    """Row count and checksum of every table of the project, versions included that the system kind reads."""
    found = {}
    with scope(system(AVON)), connection.cursor() as cursor:
        cursor.execute(
            "select relname from pg_class where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace"
            " and has_table_privilege(oid, 'select')"
        )
        for (table,) in cursor.fetchall():
            cursor.execute(f"select count(*), md5(coalesce(string_agg(t::text, chr(10) order by t::text), '')) from \"{table}\" t")
            found[table] = cursor.fetchone()
    return found


def test_the_same_file_twice_changes_nothing_at_all() -> None:
    """No row more in any table, and none that differs; the end of the import says so."""
    take(*TWO_CASES)
    before = every_table()
    tally = take(*TWO_CASES)
    assert every_table() == before
    assert len(before) > 25
    assert (tally.cases.unchanged, tally.suspects.unchanged, tally.complainants.unchanged) == (3, 3, 4)
    assert (tally.cases.created, tally.cases.updated) == (0, 0)


def test_no_history_is_written_for_the_same_file() -> None:
    """The versions, which no kind may read, are counted through the sequence of their keys."""
    take(*TWO_CASES)
    with connection.cursor() as cursor:
        cursor.execute("select sum(last_value) from pg_sequences where sequencename like 'cases_%version%'")
        before = cursor.fetchone()
        take(*TWO_CASES)
        cursor.execute("select sum(last_value) from pg_sequences where sequencename like 'cases_%version%'")
        assert cursor.fetchone() == before


def test_only_what_changed_is_written_as_a_correction_on_the_timeline() -> None:
    """Old and new value are kept; everything else stays as it was."""
    take(record())
    tally = take(record(risk="high", suspect_forenames="Tobias", oic_number="77", oic_name="DS Else", unit="RASSO South"))
    assert (tally.cases.updated, tally.suspects.updated, tally.complainants.unchanged) == (1, 1, 1)
    with scope(system(AVON)):
        corrections = set(m.FactCorrection.objects.values_list("field", "old", "new"))
        assert corrections == {("risk", "medium", "high"), ("forenames", "Toby", "Tobias"), ("unit", "RASSO North", "RASSO South")}
        assert m.TimelineEvent.objects.filter(kind="extract_changed").count() == 3
        assert m.CasePerson.objects.get(role="officer", until__isnull=True).user.name == "DS Else"
        assert m.Case.objects.get().version == 2
        assert m.SuspectNameKey.objects.filter(key="n:tobias").exists()
        assert not m.SuspectNameKey.objects.filter(key="n:toby").exists()


def test_a_blank_erases_nothing_and_the_same_value_afterwards_is_no_change() -> None:
    """A blank says nothing."""
    take(record(urn="52AB1234526", **FULL))
    take(record(suspect_pnc_id="", suspect_dob=""))
    before = every_table()
    take(record(urn="52AB1234526", **FULL))
    assert every_table() == before
    with scope(system(AVON)):
        assert m.Case.objects.get().urn == "52AB1234526"
        assert m.Bail.objects.count() == 1


def test_what_is_new_in_a_later_file_is_added() -> None:
    """A suspect, an arrest, a release, an outcome."""
    take(record())
    take(record(**FULL), record(suspect_nominal="N2", suspect_surname="Second"))
    with scope(system(AVON)):
        assert list(m.Suspect.objects.order_by("number").values_list("status", flat=True)) == ["on_bail", "identified"]
    take(record(**FULL, **SETTLED), record(suspect_nominal="N2", suspect_surname="Second", **SETTLED))
    with scope(system(AVON)):
        case = m.Case.objects.get()
        assert (case.stage, case.standing) == ("no_further_action", "2 no further action")
        assert m.SuspectOutcome.objects.count() == 2


def test_who_had_no_nominal_and_has_one_later_is_the_same_person() -> None:
    """By full name and day of birth, suspect and complainant; afterwards the nominal alone tells who it is."""
    born = {"victim_dob": "1990-02-03"}
    take(record(**born, suspect_nominal="", victim_nominal=""))
    take(record(**born))
    take(record(**born, suspect_surname="Corrected", victim_surname="Corrected"))
    with scope(system(AVON)):
        assert list(m.Suspect.objects.values_list("surname", "person__nominal")) == [("Corrected", "N1")]
        assert m.Complainant.objects.count() == 1


def test_namesakes_who_get_nominals_later_stay_two_people() -> None:
    """Which of them stood there before cannot be told."""
    take(record(suspect_nominal=""))
    take(record(suspect_nominal="N1"), record(suspect_nominal="N2"))
    with scope(system(AVON)):
        assert m.Suspect.objects.count() == 3
    take(record(suspect_nominal="", suspect_surname="Nobirth", suspect_dob=""))
    take(record(suspect_nominal="N9", suspect_surname="Nobirth", suspect_dob=""))
    with scope(system(AVON)):
        assert m.Suspect.objects.filter(surname="Nobirth").count() == 2


def test_a_suspect_who_comes_after_the_outcome_gets_it_too() -> None:
    """The outcome is the case's, and unchanged."""
    take(record(**SETTLED))
    take(record(**SETTLED), record(suspect_nominal="N2", suspect_surname="Second", **SETTLED))
    with scope(system(AVON)):
        assert m.SuspectOutcome.objects.count() == 2


def test_bail_that_the_extract_ends_and_moves() -> None:
    """Another last day is a correction; under investigation ends the bail."""
    take(record(**FULL))
    take(record(**{**FULL, "bail_expires_on": "2027-02-01"}))
    with scope(system(AVON)):
        assert m.Deadline.objects.get(kind="bail_expiry").due_on.isoformat() == "2027-02-01"
    take(record(**{**FULL, "bail_status": "rui", "bail_expires_on": ""}))
    with scope(system(AVON)):
        assert m.Suspect.objects.get().status == "under_investigation"
        assert m.Deadline.objects.filter(kind="rui_review", cancelled=False).exists()


def test_a_column_first_stored_by_a_later_version_is_filled_by_the_same_file() -> None:
    """No hash is kept for what was not stored: so it counts as changed."""
    take(record(suspect_pnc_id="10/1A"))
    with scope(system(AVON)):
        m.Suspect.objects.update(pnc_id="")
        entry = m.ExtractEntry.objects.get(suspect__isnull=False)
        del entry.hashes["suspect_pnc_id"]
        entry.save()
    take(record(suspect_pnc_id="10/1A"))
    with scope(system(AVON)):
        assert m.Suspect.objects.get().pnc_id == "10/1A"


class Stopped(RuntimeError):
    """The worker is gone."""


def test_an_interrupted_import_leaves_whole_cases_and_running_it_again_completes_it() -> None:
    """Stopped inside a case, that case is not there; the ones before are, complete."""
    rows = [record(crime_reference=f"52TEST/{number}", **FULL) for number in range(5)]

    def stop_in_the_third(importing: Importing) -> None:
        if importing.done == 3:
            raise Stopped

    importing = Importing(force=force_of("52"), as_of=AS_OF, in_step=stop_in_the_third)
    with Extract(io.BytesIO(csv_of(*rows)), as_of=AS_OF) as extract, pytest.raises(Stopped):
        importing.run(extract, lambda refused: None)
    with scope(system(AVON)):
        assert m.Case.objects.count() == m.Bail.objects.count() == m.Case.objects.filter(standing="1 on bail").count() == 2
    tally = take(*rows)
    assert (tally.cases.unchanged, tally.cases.created) == (2, 3)
    with scope(system(AVON)):
        assert m.Deadline.objects.filter(kind="bail_expiry").count() == 5


@with_settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(range(4)))
def test_the_order_of_cases_does_not_matter(order: list[int]) -> None:
    """Whatever came in first, the facts are the same, and the file in its own order changes nothing afterwards."""
    rows = list(TWO_CASES)
    take(*(rows[place] for place in order))
    tally = take(*rows)
    assert tally.cases.unchanged == 3
    assert tally.cases.created == tally.cases.updated == 0


def test_a_refused_file_leaves_nothing(tmp_path: Path) -> None:
    """Not even the day the force went live."""
    path = tmp_path / "bad.csv"
    path.write_bytes(b"crime_reference,risk\n52/1/26,high\n")
    before = every_table()
    with pytest.raises(CommandError, match="mandatory column is missing: recorded_at, offence_code"):
        call_command("import_rms", str(path), force="52")
    assert every_table() == before


def test_a_dry_run_counts_and_writes_nothing(tmp_path: Path) -> None:
    """Not even an officer."""
    path = tmp_path / "good.csv"
    path.write_bytes(csv_of(*TWO_CASES))
    before, said = every_table(), io.StringIO()
    call_command("import_rms", str(path), force="52", dry_run=True, stdout=said)
    assert every_table() == before
    assert said.getvalue().splitlines()[:3] == [
        "Dry run: nothing was written",
        "Records read: 4",
        "Cases: 3 created, 0 updated, 0 unchanged",
    ]


def test_refused_records_are_written_mended_and_imported(tmp_path: Path) -> None:
    """In the same columns and four more; formulas cannot run."""
    path, errors = tmp_path / "some.csv", tmp_path / "refused.csv"
    path.write_bytes(csv_of(record(suspect_surname="=1+1", risk="terrible"), record(crime_reference="52TEST/2")))
    said = io.StringIO()
    call_command("import_rms", str(path), force="52", errors=str(errors), stdout=io.StringIO(), stderr=said)
    assert said.getvalue().startswith("Record 1, line 2, risk: is not one of")
    written = errors.read_text(encoding="utf-8-sig")
    assert "'=1+1" in written
    assert errors.stat().st_mode & 0o077 == 0
    errors.write_text(written.replace("terrible", "high"), encoding="utf-8-sig")
    call_command("import_rms", str(errors), force="52", stdout=io.StringIO())
    with scope(system(AVON)):
        assert m.Suspect.objects.filter(surname="=1+1").exists()
        assert m.Case.objects.count() == 2


@pytest.mark.parametrize("code", ["99", "x", "110", "52 or 1=1"])
def test_a_force_that_does_not_exist_is_said(code: str, tmp_path: Path) -> None:
    """CPS Areas import nothing."""
    path = tmp_path / "good.csv"
    path.write_bytes(csv_of(record()))
    with pytest.raises(CommandError, match="no police force"):
        call_command("import_rms", str(path), force=code)


def test_a_tally_goes_into_an_import_run_and_back() -> None:
    """So that an import that goes on counts on."""
    from cases.importing.run import copy_of

    tally = take(record())
    assert copy_of(tally) == tally != Tally()


def test_an_outcome_ends_bail_granted_by_then() -> None:
    """And nobody is asked what happened to it."""
    take(record(**FULL))
    take(record(**FULL, **SETTLED))
    with scope(system(AVON)):
        assert m.BailEvent.objects.get().ended_to == "outcome"
        assert not m.Deadline.objects.filter(kind="bail_expiry", met_at__isnull=True, ended_at__isnull=True, cancelled=False).exists()


def test_a_case_that_went_on_in_another_force_stays_as_it_is() -> None:
    take(record(**SETTLED))
    with scope(system(AVON)):
        case = m.Case.objects.get()
        m.CaseLink.objects.create(case=case, force_id=AVON, way="to", other_force_id=46, other_reference="46/1", since=clock.now())
    take(record(**SETTLED, urn="52AB1234526"), record(suspect_nominal="N2", suspect_surname="Second"))
    with scope(system(AVON)):
        assert (m.Case.objects.get().urn, m.Suspect.objects.count()) == ("", 1)
