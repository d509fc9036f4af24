"""What early advice adds to the floors below: acts, the buttons of its clocks, the page to come back to, texts."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from cases import back, settling
from cases.acts import On
from cases.derive.clocks import Kind
from prosecution.models import AdviceState, EarlyAdvice


def register() -> None:
    """Called once from AppConfig.ready()."""
    from prosecution.about import advice as about
    from prosecution.acts import advice  # noqa: F401 - the acts add themselves

    about.register()
    settling.settles(Kind.EARLY_ADVICE_CONSIDERED, "draft-advice", "advice-not-sought")
    settling.settles(Kind.EARLY_ADVICE_CONSIDERED, "send-advice", "return-advice-draft", "change-advice", "ready-advice", "withdraw-advice")
    settling.find_targets("advice begun", begun, Kind.EARLY_ADVICE_CONSIDERED)
    settling.in_words(Kind.EARLY_ADVICE_CONSIDERED, words)
    settling.opens(Kind.EARLY_ADVICE_CONSIDERED, page)
    settling.settles(Kind.EARLY_ADVICE_RESPONSE, "give-advice", "keep-answers")
    settling.on_subject(Kind.EARLY_ADVICE_RESPONSE, On.EARLY_ADVICE, EarlyAdvice(state=AdviceState.ACCEPTED))
    back.allow_page("early_advice", "the request")


def begun(cases: Collection[UUID]) -> dict[UUID, tuple[str, Any]]:
    """Return case → its request that was begun and never sent: what the question is about then. One query; the CPS reads no such row."""
    states = (AdviceState.DRAFT, AdviceState.READY)
    rows = EarlyAdvice.objects.filter(case__in=list(cases), state__in=states, first_submitted_at__isnull=True)
    return {row.case_id: (On.EARLY_ADVICE, row) for row in rows}


def words(row: EarlyAdvice) -> str:
    """Return what a request that was begun waits for."""
    what = f"equest {row.number} for early advice"
    return f"R{what} waits for the sergeant" if row.state == AdviceState.READY else f"Finish r{what}"


def page(row: EarlyAdvice) -> tuple[str, str]:
    """Return the link to a request that was begun."""
    from prosecution.pages.places import place

    return f"Open request {row.number}", place("early_advice", row.pk)
