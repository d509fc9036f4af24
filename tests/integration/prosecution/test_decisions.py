"""A decision on a suspect from draft to published: what is missing is named, telling is planned first, everything follows at once."""

from typing import Any

import pytest
from django.http import Http404

from cases import models as m
from core import clock
from core.exceptions import NotAllowed
from core.scope import scope, system
from prosecution.models import ProposedState as D
from prosecution.services.decisions import change_decision, discard_decision
from prosecution.services.publishing import publish_decision
from tests.factories import World, acting_as
from tests.integration.cases.asking import refused
from tests.integration.cases.making import timeline
from tests.integration.prosecution import deciding
from tests.integration.prosecution.deciding import CHARGE, DISPOSAL, act, prepared
from tests.integration.prosecution.making import brought_case, fresh, suspect_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(world: World) -> m.Case:
    return deciding.with_cps(world)


def outcome_of(case: m.Case, number: int = 1) -> m.SuspectOutcome | None:
    with scope(system(case.force_id)):
        return m.SuspectOutcome.objects.filter(suspect=suspect_of(case, number), reopened_at__isnull=True).first()


def test_a_draft_is_kept_unfinished_and_leaves_no_trace_for_the_police(world: World, case: m.Case) -> None:
    version, before = fresh(case).version, timeline(case)
    row = prepared(world, case, test="full_code", decision="charge")
    act(world.prosecutor, change_decision, case, row, **CHARGE)
    row = deciding.again(row)
    assert (row.state, row.charges, row.principal_offence, row.reason_code) == (D.DRAFT, ["19C", "20A"], "19C", "A")
    assert row.referral_id is not None
    assert fresh(case).version == version
    assert timeline(case) == before


def test_the_police_cannot_read_what_is_prepared(world: World, case: m.Case) -> None:
    from django.db import ProgrammingError, transaction

    from prosecution.models import ProposedDecision

    prepared(world, case)
    with acting_as(world.supervisor), pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        ProposedDecision.objects.count()
    with acting_as(world.other_area):
        assert ProposedDecision.objects.count() == 0


@pytest.mark.parametrize(
    ("said", "field", "words"),
    [
        ({"test": ""}, "test", "which test"),
        ({"decision": "acquit"}, "decision", "the decision"),
        ({"reason_code": "K"}, "reason_code", "another decision"),
        ({"charges": ["ZZZ"], "principal_offence": ""}, "charges", "from the list"),
        ({"principal_offence": "19F"}, "principal_offence", "one of the offences"),
        ({"disposal": 2}, "disposal", "non-conviction"),
        ({"undermining": "perhaps"}, "undermining", "yes or no"),
        ({"review_on": clock.today()}, "review_on", "Threshold"),
        ({"conditions": ("x", "", "", "", "")}, "condition_1", "Threshold"),
        ({"decision": "nfa_evidential"}, "charges", "to charge"),
        ({"decision": "nfa_evidential", "charges": [], "principal_offence": "19C"}, "principal_offence", "to charge"),
        ({"decision": "non_conviction", "charges": [], "principal_offence": "", "disposal": 1}, "disposal", "a disposal"),
    ],
)
def test_what_contradicts_itself_is_refused_beside_its_field(
    world: World, case: m.Case, said: dict[str, Any], field: str, words: str
) -> None:
    with refused(words, field):
        prepared(world, case, **CHARGE | said)


@pytest.mark.parametrize(
    ("said", "lacks"),
    [
        *((CHARGE | {name: empty}, words) for name, empty, words in (
            ("undermining", "", "undermining"), ("views_considered", "  ", "views"),
        )),
        (CHARGE | {"charges": [], "principal_offence": ""}, "offences"),
        (CHARGE | {"principal_offence": ""}, "principal"),
        (CHARGE | {"test": "threshold"}, "condition 1"),
        (CHARGE | {"test": "threshold", "conditions": ("a", "b", "", "d", "e"), "review_on": deciding.today()}, "condition 3"),
        (CHARGE | {"test": "threshold", "conditions": deciding.CONDITIONS}, "day on which"),
        (DISPOSAL | {"disposal": None}, "disposal"),
        (DISPOSAL | {"reasons_for_victim": ""}, "plain words"),
    ],
)  # fmt: skip
def test_what_is_missing_keeps_it_from_being_published(world: World, case: m.Case, said: dict[str, Any], lacks: str) -> None:
    row = prepared(world, case, **said)
    with refused(f"not complete yet.*{lacks}"):
        act(world.prosecutor, publish_decision, case, row)
    assert deciding.again(row).state == D.DRAFT
    assert outcome_of(case) is None


def test_nobody_decides_on_a_suspect_who_is_not_with_the_cps(world: World) -> None:
    with refused("not with the CPS"):
        prepared(world, brought_case(world))


def test_only_prosecutors_decide(world: World, case: m.Case) -> None:
    for person in (world.investigator, world.supervisor, world.vlo):
        with pytest.raises(NotAllowed):
            prepared(world, case, by=person)
    with pytest.raises(Http404):
        prepared(world, case, by=world.other_area)


def test_one_prepares_one_decision_on_a_suspect(world: World, case: m.Case) -> None:
    row = prepared(world, case)
    with refused("already"):
        prepared(world, case)
    act(world.prosecutor, discard_decision, case, row)
    assert prepared(world, case).pk != row.pk


def test_nobody_works_on_what_another_prepares(world: World, case: m.Case) -> None:
    row = prepared(world, case)
    for service, more in ((change_decision, CHARGE), (discard_decision, {}), (publish_decision, {})):
        with refused(f"{world.prosecutor.name} prepared this"):
            act(world.cps_manager, service, case, row, **more)
