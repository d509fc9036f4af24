"""A referral from draft to triage and back: what is missing is named, bail stands still and runs again, sharing is undone."""

from collections.abc import Callable
from typing import Any

import pytest

from accounts.models import User
from cases import models as m
from cases.models import BailEventKind
from core import clock
from core.exceptions import NotAllowed, NotPossible
from core.scope import scope, system
from prosecution.models import Referral, Submission
from prosecution.services import referral_file, referral_triage, referrals
from prosecution.services.referral_file import Ticked
from prosecution.services.submissions import Reason
from tests.factories import AVON, SOUTH_WEST, World
from tests.integration.cases.asking import refused
from tests.integration.prosecution import making
from tests.integration.prosecution.making import do, fresh

pytestmark = pytest.mark.django_db


def act(person: User, service: Any, case: m.Case, row: Referral, **more: Any) -> Any:
    return do(person, service, case, charging_referral_id=row.pk, **more)


def test_smoke(world: World) -> None:
    case = making.police_case(world, suspects=2)
    row = making.accepted_referral(world, case)
    assert fresh(case).cps_area_scope == SOUTH_WEST
