"""What the desks add to the floors below: the section of the case page, the queues, meetings, the disclosure officer's print."""

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from accounts.models import User
from accounts.roles import Role
from cases import models as m
from cases.disclosure import Entry


def register() -> None:
    """Called once from AppConfig.ready()."""
    from cases import back, disclosure, fragments, settling
    from cases.derive.clocks import Kind
    from core import navigation
    from prosecution.about import desk as about
    from prosecution.acts import handing_on, meeting  # noqa: F401 - the acts add themselves
    from prosecution.desk import waiting
    from prosecution.pages.of_case import section

    about.register()
    waiting.register()
    fragments.register_of_case("prosecution", section)
    disclosure.register("meetings", meetings, instead_of=("meeting_recorded",))
    for name, words in (("prosecution_mine", "your queue"), ("prosecution_triage", "triage"), ("prosecution_overview", "late")):
        back.allow(name, words)
    settling.find_targets("submissions", targets, Kind.TRIAGE, Kind.RESUBMISSION)
    settling.settles(Kind.TRIAGE, "accept-advice", "return-advice", "refuse-advice", "accept-referral", "return-referral", "reject-red")
    settling.settles(Kind.RESUBMISSION, "change-advice", "ready-advice", "send-advice", "withdraw-advice")
    settling.settles(Kind.RESUBMISSION, "change-referral", "set-file-items", "ready-referral", "send-referral", "withdraw-referral")
    settling.settles(Kind.CHARGING_REVIEW, "prepare-decision")
    navigation.register(navigation.Item("My queue", "prosecution_mine", (Role.PROSECUTOR, Role.CPS_DIRECT), order=6))
    navigation.register(navigation.Item("Triage", "prosecution_triage", (Role.CPS_MANAGER, Role.CPS_DIRECT), order=7))
    navigation.register(navigation.Item("Late", "prosecution_overview", (Role.CPS_MANAGER,), order=8))


def meetings(case: m.Case, user: User) -> Iterable[Entry]:
    """Give the disclosure officer's print the meetings of a case. One query."""
    from prosecution.models import Meeting
    from prosecution.services.meetings import in_words

    for row in Meeting.objects.filter(case=case).select_related("created_by"):
        yield Entry(row.at, "Meeting", in_words(row), row.created_by.name if row.created_by else "", str(row.pk), row.created_at)


def targets(cases: Collection[UUID]) -> dict[UUID, tuple[str, Any]]:
    """Return sending → the request or referral that was sent: triage and sending again are about the one, done to the other."""
    from cases.acts import On
    from prosecution.models import Submission

    rows = Submission.objects.filter(case__in=list(cases)).select_related("advice", "referral").defer("as_sent")
    return {row.pk: (On.EARLY_ADVICE, row.advice) if row.advice is not None else (On.CHARGING_REFERRAL, row.referral) for row in rows}
