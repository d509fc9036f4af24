"""What the charging decision adds to the floors below: acts, what settles its clocks, what stands beside its forms."""

from cases import back, settling
from cases.acts import On
from cases.derive.clocks import Kind
from cases.pages.about import ABOUT, IN_VIEW
from core import clock


def register() -> None:
    """Called once from AppConfig.ready()."""
    from prosecution import models as m
    from prosecution.about import decision as about
    from prosecution.acts import decision  # noqa: F401 - the acts add themselves
    from prosecution.pages import decision as pages

    about.register()
    ABOUT[On.PROPOSED_DECISION] = pages.about_words
    ABOUT[On.CHARGING_DECISION] = pages.about_words
    IN_VIEW[On.PROPOSED_DECISION] = pages.in_view
    IN_VIEW[On.CHARGING_DECISION] = pages.in_view
    now = clock.now()
    settling.settles(Kind.SECOND_CHECK, "check-decision")
    settling.on_subject(Kind.SECOND_CHECK, On.PROPOSED_DECISION, m.ProposedDecision(state=m.ProposedState.WAITS, proposed_at=now))
    settling.settles(Kind.THRESHOLD_REVIEW, "review-threshold")
    charged = m.ChargingDecision(test=m.Test.THRESHOLD, decision=m.DecisionType.CHARGE, review_on=clock.london_day(now))
    charged.was_reviewed = False  # type: ignore[attr-defined]
    settling.on_subject(Kind.THRESHOLD_REVIEW, On.CHARGING_DECISION, charged)
    back.allow_page("proposed_decision", "the decision")
    back.allow_page("charging_decision", "the decision")
