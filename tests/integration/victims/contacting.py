"""Contact to test on, logged and agreed by the services that the screens use."""

from typing import Any

from accounts.models import User
from cases import models as m
from core import clock
from core.scope import scope, system
from tests.factories import ago
from tests.integration.cases.making import do
from tests.integration.victims.knowing import complainant_of
from victims.models import Contact, ContactAgreement
from victims.services.agreements import agree_contact
from victims.services.contacts import Logged, correct_contact, log_contact
from victims.services.safe_contact import keep_safe_contact

CARD: dict[str, Any] = {
    "no_safe_channel": False,
    "channels": ["telephone"],
    "never": "Never ring the landline",
    "times": "Weekdays 10 to 12",
    "code_word": "Heron",
    "voicemail": "no",
    "who_may_pick_up": "Her sister",
}


def agree(actor: User, case: m.Case, days: int | None = 28, **facts: Any) -> ContactAgreement:
    """Agree contact with complainant A, since five days ago."""
    since = clock.london_day(ago(days=5))
    given = {"interval_days": days, "channel": "", "by": "officer", "starts_on": since, "agreed_on": since, **facts}
    return do(actor, agree_contact, case, complainant_id=complainant_of(case).pk, **given)


def log(actor: User, case: m.Case, *, hours: float = 1, another: bool = False, version: int | None = None, **said: Any) -> Contact:
    """Log a contact with complainant A this many hours ago: by telephone, reached."""
    given = {"at": ago(hours=hours), "channel": "telephone", "reached": True, **said}
    return do(
        actor, log_contact, case, complainant_id=complainant_of(case).pk, said=Logged(**given), another_contact=another, version=version
    )


def correct(actor: User, case: m.Case, row: Contact, because: str = "Typed wrongly", **said: Any) -> Contact:
    """Correct a contact."""
    given = {"at": row.at, "channel": row.channel, "reached": row.reached, **said}
    return do(actor, correct_contact, case, contact_id=row.pk, because=because, said=Logged(**given))


def card(actor: User, case: m.Case, **facts: Any) -> Any:
    """Enter the safe-contact card of complainant A."""
    return do(actor, keep_safe_contact, case, complainant_id=complainant_of(case).pk, **{**CARD, **facts})


def clocks(case: m.Case, kind: str = "victim_contact") -> list[m.Deadline]:
    """Return the clocks of a kind, in order of their turns."""
    with scope(system(case.force_id)):
        return list(m.Deadline.objects.filter(case=case, kind=kind, cancelled=False).order_by("started_at", "sequence"))
