"""The act of handing one's own work on a case to a colleague: a row of the one table in cases/acts/."""

from cases.acts import Act, On, add
from prosecution.forms.handing_on import HandOnForm
from prosecution.permissions import HAND_ON
from prosecution.services import handing_on

add(
    Act(
        "hand-on",
        On.CASE,
        "Hand over",
        "Hand what you have on this case to a colleague",
        HandOnForm,
        handing_on.hand_on,
        HAND_ON,
        done=lambda person: f"Handed over. {person.name} has been told.",
        of_case=handing_on.may_be_handed_on,
        elsewhere=True,
    ),
)
