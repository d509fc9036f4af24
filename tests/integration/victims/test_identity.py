"""Entering and correcting who a victim is: sealed, indexed, kept in versions, and told nowhere else."""

from datetime import date

import pytest
from django.apps import apps
from django.http import Http404

from cases import models as m
from core.exceptions import Conflict, NotAllowed, NotPossible
from core.scope import scope, system
from core.sealedfield import NotOpened, opening
from tests.factories import AVON, World, ago
from tests.integration.cases.making import do, fresh, make_case, timeline
from tests.integration.victims.knowing import CANARIES, WHO, complainant_of, known_case, sealed
from victims.indexes import indexes_of
from victims.services.identity import age_group, keep_identity

pytestmark = pytest.mark.django_db


def test_what_is_entered_stands_sealed_and_is_found_by_its_indexes(world: World) -> None:
    case, _ = known_case(world)
    row = sealed(case)
    with pytest.raises(NotOpened):
        _ = row.surname
    with opening("test"):
        assert {name: getattr(row, name) for name in WHO} == WHO
        assert {name: getattr(row, name) for name in indexes_of(row)} == indexes_of(row)
    assert all(getattr(row, name) for name in ("name_key", "surname_key", "born_key", "home_key", "mobile_key", "email_key"))


def test_the_timeline_says_that_it_was_done_and_not_what(world: World) -> None:
    case, complainant = known_case(world)
    do(world.investigator, keep_identity, case, complainant_id=complainant.pk, **{**WHO, "surname": "Otherwise"})
    assert [kind for kind in timeline(case) if kind.startswith("identity")] == ["identity_entered", "identity_corrected"]
    with scope(system(AVON)):
        texts = " ".join(m.TimelineEvent.objects.filter(case=case).values_list("text", flat=True))
        corrections = str(list(m.FactCorrection.objects.filter(case=case).values_list("old", "new", "reason")))
    assert not [one for one in (*CANARIES, "Otherwise") if one in texts + corrections]


def test_every_version_is_kept_and_a_correction_changes_the_indexes(world: World) -> None:
    case, complainant = known_case(world)
    before = sealed(case)
    do(world.supervisor, keep_identity, case, complainant_id=complainant.pk, **{**WHO, "surname": "Otherwise", "email": ""})
    after = sealed(case)
    assert (after.email_key, before.home_key) == ("", after.home_key)
    assert before.surname_key != after.surname_key != ""
    versions = apps.get_model("victims", "VictimVersion")._default_manager
    with scope(system(AVON)), opening("test"):
        kept = [row.surname for row in versions.filter(case=case).order_by("pgh_id")]
    assert kept == [WHO["surname"], "Otherwise"]


def test_what_is_emptied_stands_no_longer(world: World) -> None:
    case, complainant = known_case(world)
    do(world.investigator, keep_identity, case, complainant_id=complainant.pk, surname="Quillfeather-Test")
    with opening("test"):
        row = sealed(case)
        assert (row.forenames, row.date_of_birth, row.notes) == ("", None, "")
    assert row.born_key == row.name_key == ""


@pytest.mark.parametrize(
    ("given", "field"),
    [({}, "surname"), ({"surname": ""}, "surname"), ({"surname": "A", "date_of_birth": date(2035, 1, 1)}, "date_of_birth")],
    ids=["nothing", "an empty name", "born after the crime"],
)
def test_what_cannot_be_is_refused_beside_its_field(world: World, given: dict[str, object], field: str) -> None:
    case = make_case(world.investigator)
    with pytest.raises(NotPossible) as refused:
        do(world.investigator, keep_identity, case, complainant_id=complainant_of(case).pk, **given)
    assert refused.value.field == field


def test_the_same_again_changes_nothing(world: World) -> None:
    case, complainant = known_case(world)
    with pytest.raises(NotPossible, match="Nothing was changed"):
        do(world.investigator, keep_identity, case, complainant_id=complainant.pk, **WHO)


def test_who_is_shown_nothing_enters_nothing(world: World) -> None:
    case = make_case(world.investigator)
    with pytest.raises(NotAllowed):
        do(world.colleague, keep_identity, case, complainant_id=complainant_of(case).pk, **WHO)
    with pytest.raises(Http404):
        do(world.kent, keep_identity, case, complainant_id=complainant_of(case).pk, **WHO)


def test_a_complainant_of_another_case_is_nothing_here(world: World) -> None:
    case, other = make_case(world.investigator), make_case(world.investigator, reference="52/TEST/2")
    with pytest.raises(Http404):
        do(world.investigator, keep_identity, case, complainant_id=complainant_of(other).pk, **WHO)


def test_somebody_else_was_first(world: World) -> None:
    case, complainant = known_case(world)
    version = fresh(case).version
    do(world.supervisor, keep_identity, case, complainant_id=complainant.pk, **{**WHO, "notes": "x"}, version=version)
    with pytest.raises(Conflict) as conflict:
        do(world.investigator, keep_identity, case, complainant_id=complainant.pk, **{**WHO, "notes": "y"}, version=version)
    assert (conflict.value.change.who, conflict.value.change.what) == (world.supervisor.name, "corrected who a complainant is")


def test_an_age_that_was_not_known_follows_from_the_date_of_birth(world: World) -> None:
    case, complainant = known_case(world)
    assert complainant_of(case).age_group == m.AgeGroup.ADULT
    do(world.investigator, keep_identity, case, complainant_id=complainant.pk, **{**WHO, "date_of_birth": ago(days=4_000).date()})
    assert complainant_of(case).age_group == m.AgeGroup.ADULT, "what is recorded stands"
    assert timeline(case).count("fact_corrected") == 1


@pytest.mark.parametrize(
    ("born", "on", "group"),
    [
        (date(2013, 6, 2), date(2026, 6, 1), "under_13"),
        (date(2013, 6, 1), date(2026, 6, 1), "13_to_17"),
        (date(2008, 6, 2), date(2026, 6, 1), "13_to_17"),
        (date(2008, 6, 1), date(2026, 6, 1), "adult"),
        (date(2008, 2, 29), date(2026, 2, 28), "13_to_17"),
        (date(2008, 2, 29), date(2026, 3, 1), "adult"),
    ],
    ids=["a day short of 13", "13", "a day short of 18", "18", "born on a leap day, 28 February", "born on a leap day, 1 March"],
)
def test_the_age_group_of_a_day(born: date, on: date, group: str) -> None:
    assert age_group(born, on) == group
