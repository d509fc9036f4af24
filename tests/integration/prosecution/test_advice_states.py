"""Every pair of states of a request for early advice × every act, drawn from the table: what it allows succeeds, the rest is refused."""

import pytest
from django.http import Http404

from accounts.models import User
from accounts.roles import WORKS_CASES_CPS
from cases.acts import ACTS as TABLE_OF_ACTS
from core.exceptions import NotAllowed, NotPossible
from prosecution import states
from prosecution.models import AdviceState as S
from tests.factories import World
from tests.integration.prosecution import advising
from tests.integration.prosecution.making import brought_case, do, fresh

pytestmark = pytest.mark.django_db


def test_the_acts_cover_the_table() -> None:
    pairs = {(one.before, one.after) for one in states.ADVICE if one.before is not None}
    assert pairs == {pair for _, led in advising.ACTS.values() for pair in led}


def test_every_act_asks_the_permission_of_the_table() -> None:
    of_pair = {(one.before, one.after): one.permission for one in states.ADVICE}
    for name, (_, pairs) in advising.ACTS.items():
        assert {of_pair[pair] for pair in pairs} == {TABLE_OF_ACTS[name.partition(":")[0]].permission}


@pytest.mark.parametrize("state", list(S))
def test_what_the_table_does_not_allow_is_refused_with_the_reason(world: World, state: S) -> None:
    case = brought_case(world)
    row = advising.in_state(world, case, state)
    version = fresh(case).version
    for slug, (act, pairs) in advising.ACTS.items():
        if any(before == state for before, _ in pairs):
            continue
        unseen = state in {S.DRAFT, S.READY} and TABLE_OF_ACTS[slug.partition(":")[0]].permission.roles & WORKS_CASES_CPS
        with pytest.raises(Http404 if unseen else NotPossible) as refused:
            act(world, case, row)
        assert unseen or str(refused.value), slug
    assert advising.again(row).state == state
    assert fresh(case).version == version


ALLOWED = [(slug, *pair) for slug, (_, pairs) in advising.ACTS.items() for pair in sorted(pairs)]


@pytest.mark.parametrize(("slug", "before", "after"), ALLOWED)
def test_what_the_table_allows_is_done_once(world: World, slug: str, before: S, after: S) -> None:
    """Sent twice, as by a double click, it is refused in words the second time and changes nothing."""
    case = brought_case(world)
    row = advising.in_state(world, case, before)
    act = advising.ACTS[slug][0]
    act(world, case, row)
    assert advising.again(row).state == after
    version = fresh(case).version
    with pytest.raises(NotPossible):
        act(world, case, row)
    assert fresh(case).version == version


ROLES = ("investigator", "sergeant", "supervisor", "prosecutor", "cps_manager", "vlo")


@pytest.mark.parametrize("slug", sorted({name.partition(":")[0] for name in advising.ACTS}))
def test_who_may_not_is_refused_by_name_of_the_act(world: World, slug: str) -> None:
    """Every role that sees the case and may not by the table is refused by the service itself."""
    act = TABLE_OF_ACTS[slug]
    before = {name.partition(":")[0]: min(pairs)[0] for name, (_, pairs) in advising.ACTS.items()}[slug]
    case = brought_case(world)
    row = advising.in_state(world, case, S(before))
    for name in ROLES:
        person: User = getattr(world, name)
        if act.permission.holds(person):
            continue
        with pytest.raises(NotAllowed):
            do(person, act.service, case, early_advice_id=row.pk, **ARGUMENTS.get(slug, {}))
    assert advising.again(row).state == before


ARGUMENTS: dict[str, dict[str, object]] = {
    "return-advice-draft": {"reason": "x"},
    "accept-advice": {"prosecutor_id": None},
    "return-advice": {"reasons": [], "respond_by": None},
    "refuse-advice": {"reason": "too_early"},
    "challenge-refusal": {"because": "x"},
    "answer-challenge": {"accept": True},
    "give-advice": {"answers": {}, "result": "advised"},
    "withdraw-advice": {"reason": "x"},
}
