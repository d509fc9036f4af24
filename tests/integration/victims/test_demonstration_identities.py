"""The demonstration's identities: invented, reachable by nobody, everybody's own, and made once."""

import re
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from accounts.demonstration import FORCE, OTHER_FORCE, make_sign_ins
from cases.demonstration import make_cases
from core.scope import scope, system
from core.sealedfield import opening
from victims.demonstration.identity import make_identities, who
from victims.models import ContactPerson, NeedsAssessment, Victim

DRAMA = re.compile(r"07700 900\d{3}|0117 496 0\d{3}")
"""What Ofcom keeps for drama."""


def test_numbers_and_addresses_are_of_the_ranges_for_drama_and_nobody_shares_one() -> None:
    made = [who(number) for number in range(1, 1_000)]
    for one in made:
        assert DRAMA.fullmatch(one["mobile_telephone"])
        assert not one["home_telephone"] or DRAMA.fullmatch(one["home_telephone"])
        assert one["email"].endswith("@demo.example")
    for name in ("mobile_telephone", "email", "address"):
        assert len({one[name] for one in made}) == len(made)


def test_nothing_is_made_outside_the_demonstration(settings: Any) -> None:
    settings.DEMO = False
    with pytest.raises(ImproperlyConfigured):
        make_identities()


def test_victims_of_the_demonstration_are_known_and_made_once(db: None, settings: Any) -> None:
    settings.DEMO = True
    make_sign_ins()
    make_cases()
    counts = []
    for _ in range(2):
        make_identities()
        with scope(system(FORCE)), opening("test"):
            rows = list(Victim.objects.filter(force_id=FORCE))
            assert all(DRAMA.fullmatch(row.mobile_telephone) for row in rows)
            people = list(ContactPerson.objects.all())
            counts.append((len(rows), len(people), NeedsAssessment.objects.count()))
            assert any(row.never_tell for row in people)
            assert any(row.near_suspect for row in people)
        with scope(system(OTHER_FORCE)):
            assert Victim.objects.filter(force_id=OTHER_FORCE).exists()
    assert counts[0] == counts[1]
    assert counts[0][0] >= 20
