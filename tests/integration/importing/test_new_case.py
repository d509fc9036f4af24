"""What a case that is new here becomes."""

from datetime import UTC, date, datetime

import pytest

from accounts.models import Agency, User
from cases import models as m
from core import clock
from core.scope import scope, system
from tests.factories import AVON
from tests.integration.importing.support import AS_OF, mentions, record, take

pytestmark = pytest.mark.django_db


def status_after(**cells: str) -> str:
    """The suspect's status after one record with these cells."""
    take(record(**cells))
    with scope(system(AVON)):
        return m.Suspect.objects.get().status


def test_every_stored_fact_stands_where_it_belongs() -> None:
    """Case, officers, complainant, crime, suspect; the victim's identity nowhere as text, in no table."""
    take(record(urn="52ab1234526", suspect_pnc_id="10/1A", offence_from="2026-09-30", offence_to="2026-09-30"))
    with scope(system(AVON)):
        case = m.Case.objects.get()
        assert (case.crime_reference, case.urn, case.risk, case.imported, case.named) == ("52TEST/1", "52AB1234526", "medium", True, "yes")
        assert case.recorded_at == datetime(2026, 10, 1, 8, 0, tzinfo=UTC)
        assert case.unit is not None
        assert case.unit.name == "RASSO North"
        assert dict(m.CasePerson.objects.values_list("role", "user__name")) == {"officer": "DC Fenwick", "inspector": "DI Ibrahim"}
        suspect = m.Suspect.objects.get()
        assert (suspect.number, suspect.full_name, suspect.date_of_birth, suspect.pnc_id) == (1, "Toby Invented", date(1980, 5, 4), "10/1A")
        assert suspect.relationship == m.Relationship.EX_PARTNER
        assert suspect.person is not None
        assert suspect.person.nominal == "N1"
        crime = m.Offence.objects.get()
        assert (crime.code, crime.from_on, crime.complainant.label) == ("19C", date(2026, 9, 30), "A")
        assert m.Allegation.objects.get().assumed is False
        assert m.SuspectNameKey.objects.filter(key="n:invented").exists()
        assert len(m.Complainant.objects.get().source_key) == 64
        assert m.ExtractEntry.objects.filter(complainant__isnull=False).count() == 1
    assert mentions("Invented") != mentions("Madeup") == mentions("Amelia") == []


def test_officers_of_an_extract_cannot_sign_in() -> None:
    """They have no address and no usable password until an administrator invites them."""
    take(record())
    with scope(system(AVON)):
        for officer in User.objects.filter(agency_id=AVON):
            assert not officer.may_sign_in


@pytest.mark.parametrize(
    ("cells", "status"),
    [
        ({}, "identified"),
        ({"interviewed_at": "2026-10-03T09:00"}, "interviewed"),
        ({"arrested_at": "2026-10-03T09:00"}, "released_not_known"),
        ({"arrested_at": "2026-10-03T09:00", "interviewed_at": "2026-10-03T15:00", "bail_status": "RUI"}, "under_investigation"),
        ({"arrested_at": "2026-10-03T09:00", "bail_status": "bail", "bail_expires_on": "2027-01-02"}, "on_bail"),
        ({"arrested_at": "2026-10-03T09:00", "bail_status": "bail", "bail_expires_on": "2026-11-21"}, "bail_passed_not_known"),
        ({"arrested_at": "2026-10-03T09:00", "bail_status": "bail"}, "released_not_known"),
        ({"arrested_at": "2026-10-30T09:00", "outcome_code": "16", "outcome_on": "2026-10-20"}, "no_further_action"),
        ({"outcome_code": "1", "outcome_on": "2026-10-20"}, "charged"),
    ],
)
def test_where_a_suspect_stands(cells: dict[str, str], status: str) -> None:
    """By what the extract says of arrest, interview, release and outcome; an act after the outcome does not reopen it."""
    assert status_after(**cells) == status


def test_bail_has_its_own_day_and_was_granted_after_the_interview() -> None:
    """The extract tells neither who authorised it nor when: the last of arrest and interview stands for the grant."""
    take(record(arrested_at="2026-10-03T09:00", interviewed_at="2026-10-03T15:00", bail_status="bail", bail_expires_on="2027-01-02"))
    with scope(system(AVON)):
        bail = m.Bail.objects.get()
        assert (bail.authority, bail.own_end_on, bail.passed_at_import) == ("not_recorded", date(2027, 1, 2), False)
        assert bail.granted_at == datetime(2026, 10, 3, 14, 0, tzinfo=UTC)
        arrest = m.Arrest.objects.get()
        assert (arrest.imported, arrest.released_to, arrest.released_at) == (True, "bail", bail.granted_at)
        assert m.Interview.objects.get().manner == "after_arrest"
        assert m.Deadline.objects.get(kind="bail_expiry").due_on == date(2027, 1, 2)


def test_bail_that_had_passed_opens_no_clock() -> None:
    """Somebody is asked what happened first."""
    take(record(arrested_at="2026-10-03T09:00", bail_status="bail", bail_expires_on="2026-11-21"))
    with scope(system(AVON)):
        assert m.Bail.objects.get().passed_at_import
        assert not m.Deadline.objects.filter(kind="bail_expiry").exists()


def test_complainants_are_labelled_in_order_of_first_appearance_and_never_again() -> None:
    """A new one in a later file comes after those known, wherever she stands in it."""
    first, second, third = (record(victim_nominal=f"V{n}", victim_surname=f"Madeup{n}") for n in (1, 2, 3))
    take(second, first)
    with scope(system(AVON)):
        before = dict(m.Complainant.objects.values_list("source_key", "label"))
    take(third, first, second)
    with scope(system(AVON)):
        after = dict(m.Complainant.objects.values_list("source_key", "label"))
        assert m.Offence.objects.count() == 3
    assert sorted(after.values()) == ["A", "B", "C"]
    assert before.items() <= after.items()


def test_the_same_woman_in_two_cases_is_two_complainants_that_nothing_links() -> None:
    """The keyed hash of her nominal is another in each case."""
    take(record(), record(crime_reference="52TEST/2"))
    with scope(system(AVON)):
        assert len(set(m.Complainant.objects.values_list("source_key", flat=True))) == 2


def test_a_nominal_shared_by_cases_links_suspects_and_overwrites_neither() -> None:
    """Each case keeps name and day of birth as it gives them."""
    take(record(), record(crime_reference="52TEST/2", suspect_surname="Spelt-Otherwise"))
    with scope(system(AVON)):
        assert set(m.Suspect.objects.values_list("surname", flat=True)) == {"Invented", "Spelt-Otherwise"}
        assert m.Person.objects.count() == 1


def test_several_of_either_make_links_assumed() -> None:
    """Two suspects and two complainants: which crime is against whom must be confirmed."""
    take(*(record(suspect_nominal=s, suspect_surname=s, victim_nominal=v, victim_surname=v) for s in ("S1", "S2") for v in ("V1", "V2")))
    with scope(system(AVON)):
        assert m.Allegation.objects.filter(assumed=True).count() == 4


def test_an_outcome_closes_a_case_without_suspect() -> None:
    """Outcomes 14 and 18 need none."""
    nobody = dict.fromkeys((column for column in record() if column.startswith("suspect_")), "")
    take(record(**nobody, outcome_code="18", outcome_on="2026-10-20"))
    with scope(system(AVON)):
        case = m.Case.objects.get()
        assert (case.stage, case.named) == ("no_further_action", "not_known")
        assert not case.open


def test_a_file_without_any_victim_still_tells_of_a_crime() -> None:
    """Its complainant is known by the label alone, and is named when a later file names her."""
    nobody = dict.fromkeys((column for column in record() if column.startswith("victim_")), "")
    take(record(**nobody, supports_prosecution="", contact_interval_days=""))
    take(record())
    with scope(system(AVON)):
        assert m.Complainant.objects.get().source_key
        assert m.Offence.objects.count() == 1


def test_the_first_import_sets_the_day_the_force_went_live_and_no_later_one_moves_it() -> None:
    """Whatever --as-of says: it replaces today in the future-date checks only."""
    take(record(), as_of=AS_OF)
    with scope(system(AVON)):
        assert Agency.objects.get(pk=AVON).live_from == clock.today()
        Agency.objects.filter(pk=AVON).update(live_from=date(2025, 1, 1))
    take(record(risk="high"))
    with scope(system(AVON)):
        assert Agency.objects.get(pk=AVON).live_from == date(2025, 1, 1)


def test_text_is_kept_as_written() -> None:
    """Markup and formulas are text; Null is a surname."""
    take(record(suspect_surname="Null", suspect_forenames="<script>alert(1)</script>", suspect_relationship="=HYPERLINK(1)"))
    with scope(system(AVON)):
        suspect = m.Suspect.objects.get()
        assert (suspect.surname, suspect.forenames, suspect.relationship) == ("Null", "<script>alert(1)</script>", "=HYPERLINK(1)")
