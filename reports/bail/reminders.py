"""Reminders of bail that ends soon: 28, 14, 7 and 2 days before, to the officer in the case, naming the rank needed next.

Told by the daily run, inside its transaction. A notice holds numbers and days only, so there is one subject for each
authority; the key is the bail, its day and the step of reminding, so that a step is told once, and late where a day was missed.
"""

from datetime import date, timedelta
from typing import Final

from accounts.models import User
from accounts.roles import WORKS_CASES_POLICE
from cases.derive import pace
from cases.derive.clocks import CLOCKS, Kind
from cases.models import Authority
from notifications import subjects
from notifications.services import tell
from notifications.subjects import Channel, Subject
from reports.arrests import Reach
from reports.bail.clocks import live
from reports.bail.rows import facts_of

NEEDS: Final = {
    Authority.CUSTODY_OFFICER: "a custody officer",
    Authority.INSPECTOR: "an inspector or above",
    Authority.SUPERINTENDENT: "a superintendent or above",
    Authority.COURT: "a magistrates’ court",
}
NO_LONGER: Final = "bail_ends_for_good"


def subject_of(authority: str) -> str:
    """Return the key of the subject that names this authority."""
    return f"bail_ends_{authority}"


def register() -> None:
    """Add the subjects: one an authority, and one for bail that the law knows no longer."""
    said = "A suspect’s bail ends on {day} (days left: {left}). To go on to {months} months in all needs "
    for authority, who in NEEDS.items():
        subjects.add(_subject(subject_of(authority), f"Bail that ends soon: {who} is needed", f"{said}{who}."))
    text = "A suspect’s bail ends on {day} (days left: {left}). The law knows no longer bail: charge, release or another outcome is needed."
    subjects.add(_subject(NO_LONGER, "Bail that ends soon and cannot be longer", text))


def _subject(key: str, label: str, text: str) -> Subject:
    return Subject(key, label, "Bail ends on {day}", text, "case_page", WORKS_CASES_POLICE, Channel.DIGEST)


def step_reached(left: int) -> int | None:
    """Return the step of reminding that so many days left have reached, or None before the first and after the last day."""
    return min((step for step in CLOCKS[Kind.BAIL_EXPIRY].reminders if 0 <= left <= step), default=None)


def remind(force_id: int, day: date) -> None:
    """Tell each officer in the case of bail that ends soon. Called in the system scope of the force, in the run's transaction."""
    last = day + timedelta(days=max(CLOCKS[Kind.BAIL_EXPIRY].reminders))
    soon = live(Reach.of_force(force_id)).filter(paused_since__isnull=True, due_on__gte=day, due_on__lte=last, officer_id__isnull=False)
    rows = list(soon.order_by("due_at", "id").values_list("case_id", "bail_id", "due_on", "officer_id"))
    facts = facts_of(bail_id for _, bail_id, _, _ in rows)
    people = User.objects.in_bulk({officer for *_, officer in rows})
    for case_id, bail_id, due_on, officer in rows:
        left, step = (due_on - day).days, pace.next_step(facts[bail_id])
        subject = subject_of(step.authority) if step else NO_LONGER
        counts = {"day": due_on, "left": left, "months": step.months if step else 0}
        tell(user=people[officer], subject=subject, key=f"{bail_id}:{due_on}:{step_reached(left)}", case_id=case_id, counts=counts)
