"""A plugin of pytest for mutation testing, where the same tests run a thousand times.

hypothesis looks as often each time, at the same values, and does not make what it finds small. One test database is made and
serves every mutant: tests roll back what they do, and those that commit ask for a copy of their own.
"""

import os

import pytest
from hypothesis import Phase, settings

settings.register_profile(
    "mutation", max_examples=60, phases=[Phase.explicit, Phase.generate], derandomize=True, database=None, deadline=None
)
settings.load_profile("mutation")
os.environ["RASSO_KEEP_TEST_TEMPLATE"] = "1"


def pytest_collection_finish(session: pytest.Session) -> None:
    """Make the test database once for all mutants of these migrations, and drop it for none."""
    from tests import database

    def create(worker: str) -> database.Names:
        template = database.names_of(worker).template
        names = database.Names(f"{template}_mutants", template)
        if not database._exists(template):
            database._make(template, database._migrate)
        if not database._exists(names.database):
            database._copy(template, names.database)
        database.point_at(names.database)
        return names

    def drop(names: database.Names) -> None:
        database.close()

    database.create, database.drop = create, drop
