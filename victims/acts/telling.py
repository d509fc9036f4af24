"""The act of planning how a victim hears of a decision: a row of the one table in cases/acts/."""

from cases.acts import Act, On, add
from cases.selectors_to_plan import something_to_plan
from victims.forms.telling import PlanTellingForm
from victims.permissions import PLAN_TELLING
from victims.services.telling import plan_telling

add(
    Act(
        "plan-telling",
        On.COMPLAINANT,
        "Plan the telling",
        "Plan how a victim is told of a decision",
        PlanTellingForm,
        plan_telling,
        PLAN_TELLING,
        something_to_plan,
        "Plan saved.",
        shown=True,
    ),
)
