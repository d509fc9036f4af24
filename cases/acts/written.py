"""The acts of written reasons. They stand with the clock that they stop, and on the page of letters."""

from cases.acts import Act, On, add
from cases.forms import written as forms
from cases.permissions import TELL
from cases.services import written_reasons

add(
    Act(
        "reasons-reached",
        On.COMPLAINANT,
        "Written reasons reached her",
        "Record that written reasons reached a victim",
        forms.ReasonsReachedForm,
        written_reasons.reasons_reached,
        TELL,
        done="Recorded. The time to ask for a review runs from that day.",
        named=lambda row: f"Written reasons reached Victim {row.label}",
        elsewhere=True,
    ),
    Act(
        "reasons-back",
        On.COMPLAINANT,
        "They did not reach her after all",
        "Take back that written reasons reached a victim",
        forms.ReasonsBackForm,
        written_reasons.take_back_reasons,
        TELL,
        done="Taken back. The clock runs again.",
        elsewhere=True,
    ),
)
