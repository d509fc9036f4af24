"""The months as due dates say them, and the units as settings store them."""

from datetime import date

from core.calendar import Unit, due_in_words

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def test_every_month_has_its_name() -> None:
    said = [due_in_words(date(2026, number, 2), date(2026, number, 1)) for number in range(1, 13)]
    assert said == [f"2 {month} (1 day)" for month in MONTHS]


def test_units_as_they_are_stored() -> None:
    assert [unit.value for unit in Unit] == ["minutes", "hours", "days", "working_days", "months"]
