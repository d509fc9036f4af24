"""Folding the records of one case."""

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases.extract.fold import Entity, column_values, fold
from cases.extract.records import Record, read_record
from tests.unit.extract.support import AS_OF, row


def records(*rows: dict[str, str]) -> list[Record]:
    read = [read_record(cells, n, n + 1, AS_OF) for n, cells in enumerate(rows, 1)]
    assert all(isinstance(record, Record) for record in read), read
    return [record for record in read if isinstance(record, Record)]


def test_the_last_value_wins_and_a_blank_never_erases() -> None:
    folded = fold(
        records(
            row(unit="North", arrested_at="2026-09-08", victim_phone="1", bail_status="bail"),
            row(unit="", arrested_at="2026-09-09", victim_phone="", bail_status="RUI"),
        )
    )
    assert folded.facts.unit == "North"
    (suspect,) = folded.suspects
    assert suspect.facts.arrested_at is not None
    assert suspect.facts.arrested_at.day.isoformat() == "2026-09-09"
    assert suspect.facts.bail_status == "rui"
    assert folded.complainants[0].facts.victim_phone == "1"
    assert folded.pairs == (("nominal:N1", "nominal:N2"),)
    assert not folded.assumed


def test_people_in_order_of_first_appearance_and_their_pairs() -> None:
    folded = fold(
        records(
            row(suspect_nominal="S2", victim_nominal="V9"),
            row(suspect_nominal="S1", victim_nominal="V9"),
            row(suspect_nominal="s2", victim_nominal="V1"),
            row(suspect_nominal="S2", victim_nominal="v9"),
        )
    )
    assert [s.key for s in folded.suspects] == ["nominal:S2", "nominal:S1"]
    assert [c.key for c in folded.complainants] == ["nominal:V9", "nominal:V1"]
    assert folded.pairs == (
        ("nominal:S2", "nominal:V9"),
        ("nominal:S1", "nominal:V9"),
        ("nominal:S2", "nominal:V1"),
    )
    assert folded.assumed


@pytest.mark.parametrize("person", ["suspect", "victim"])
def test_without_a_nominal_the_name_and_day_of_birth(person: str) -> None:
    nominal, surname = f"{person}_nominal", f"{person}_surname"
    bare = row(**{nominal: ""})
    people = "suspects" if person == "suspect" else "complainants"

    def keys(*rows: dict[str, str]) -> list[str]:
        return [one.key.partition(":")[0] for one in getattr(fold(records(*rows)), people)]

    assert keys(bare, bare | {surname: bare[surname].upper()}) == ["name"]
    assert keys(bare, bare | {surname: "Nunn"}) == ["name", "name"]
    assert keys(bare, row(**{nominal: "X1"})) == ["nominal"]
    assert keys(bare, row(**{nominal: "X1"}), row(**{nominal: "X2"})) == ["name"] + ["nominal"] * 2
    partly = {f"{person}_dob": ""}
    assert keys(bare | partly, row(**{nominal: "X1"} | partly)) == ["name", "nominal"]


def test_column_values_are_the_same_however_written() -> None:
    one = records(row(recorded_at="2026-09-06T20:42", risk="HIGH", offence_from="01/09/2026"))
    other = records(row(recorded_at="06/09/2026 20:42", risk="high ", offence_from="2026-09-01"))
    values = column_values(fold(one))
    assert values == column_values(fold(other))
    assert values[Entity("case", ""), "recorded_at"] == "2026-09-06T19:42:00+00:00"
    assert values[Entity("suspect", "nominal:N1"), "suspect_surname"] == "Fenwick"
    assert (Entity("complainant", "nominal:N2"), "victim_phone") not in values
    day_only = column_values(fold(records(row(recorded_at="2026-09-06"))))
    assert day_only[Entity("case", ""), "recorded_at"] == "2026-09-06"


some_rows = st.lists(
    st.fixed_dictionaries(
        {
            "suspect_nominal": st.sampled_from(["S1", "S2", "S3"]),
            "victim_nominal": st.sampled_from(["V1", "V2", "", ""]),
            "victim_phone": st.sampled_from(["", "1", "2"]),
            "unit": st.sampled_from(["", "North"]),
        }
    ).map(lambda cells: row(**cells)),
    min_size=1,
    max_size=8,
)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(some_rows, st.randoms(use_true_random=False))
def test_who_and_with_whom_do_not_depend_on_the_order(rows: list[dict[str, str]], chance: random.Random) -> None:
    one = fold(records(*rows))
    chance.shuffle(rows)
    other = fold(records(*rows))
    assert {s.key for s in one.suspects} == {s.key for s in other.suspects}
    assert {c.key for c in one.complainants} == {c.key for c in other.complainants}
    assert set(one.pairs) == set(other.pairs)
    assert one.assumed == other.assumed
    assert column_values(one).keys() == column_values(other).keys()
    assert one.facts == other.facts  # case-level facts never disagree


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(some_rows)
def test_folding_the_same_records_again_changes_nothing(rows: list[dict[str, str]]) -> None:
    assert fold(records(*rows, *rows)) == fold(records(*rows))
