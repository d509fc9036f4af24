"""The safe-contact card: what must never be done reads the same way round, however it was typed."""

import pytest

from victims.contact_page import never_sentence


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("ring the landline", "Never ring the landline"),
        ("Ring the landline", "Never ring the landline"),
        ("Never ring the landline", "Never ring the landline"),
        ("  NEVER: ring before 10, and never the landline ", "Never ring before 10, and never the landline"),
        ("never", ""),
        ("nevertheless ring", "Never nevertheless ring"),
        (" ", ""),
        ("", ""),
    ],
)
def test_what_must_never_be_done_is_a_sentence_that_begins_with_never(typed: str, shown: str) -> None:
    assert never_sentence(typed) == shown
