"""Fixtures of the tests of the extract reader."""

import pytest

from cases.extract.records import Record, Refused, read_record
from tests.unit.extract.support import AS_OF, Read, row


@pytest.fixture
def read() -> Read:
    """Read one record: a good one with the cells given instead."""

    def read_one(**cells: str) -> Record | Refused:
        return read_record(row(**cells), 1, 2, AS_OF)

    return read_one
