"""The rule of this app: every clock between police and CPS, from the facts of one case. Pure."""

from collections.abc import Iterator

from cases.derive.clocks import Editions, Wanted
from cases.derive.facts import CaseFacts
from prosecution.derive.facts import NAME, ProsecutionFacts
from prosecution.derive.rules_advice import advice_clocks
from prosecution.derive.rules_decision import decision_clocks
from prosecution.derive.rules_plan import plan_clocks
from prosecution.derive.rules_referral import referral_clocks
from prosecution.derive.rules_review import review_clocks


def prosecution(case: CaseFacts, editions: Editions) -> Iterator[Wanted]:
    """Yield what the facts of this app ask for; of a case of which nothing is known here, whether early advice was considered."""
    facts: ProsecutionFacts = case.beside.get(NAME) or ProsecutionFacts()
    yield from advice_clocks(case, facts, editions)
    yield from referral_clocks(case, facts, editions)
    yield from plan_clocks(case, facts, editions)
    yield from decision_clocks(case, facts, editions)
    yield from review_clocks(case, facts, editions)
