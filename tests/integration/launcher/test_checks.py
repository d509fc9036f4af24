"""What only a connection can tell: the login's rights, and sign-ins that anyone could use."""

from typing import Any

import pytest
from django.core.checks import run_checks

from accounts.demonstration import make_sign_ins
from rasso.checks import database_is_safe, demonstration_sign_ins

pytestmark = pytest.mark.django_db


def test_the_applications_login_is_safe() -> None:
    """The suite itself runs under a login with nothing to spare."""
    assert database_is_safe("default") == []


def test_demonstration_sign_ins_are_found(settings: Any) -> None:
    """A database that was once a demonstration's is refused elsewhere, and named by `check --database default`."""
    make_sign_ins()
    assert demonstration_sign_ins("default") > 5
    assert database_is_safe("default") == []
    settings.DEMO = False
    assert [error.id for error in database_is_safe("default")] == ["rasso.E002"]
    assert "rasso.E002" in [found.id for found in run_checks(tags=["database"], databases=["default"])]
    assert "rasso.E002" not in [found.id for found in run_checks(tags=["database"], databases=["owner"])]
