"""Referrals in the demonstration: short words for calls of the services. Numbers are days before now."""

from typing import Any

from cases import models as m
from cases.demonstration import Step, Told
from core import clock
from core.scope import scope, system
from prosecution import models as pm
from prosecution.demonstration.times import INSPECTOR, MANAGER, PROSECUTOR, at, day, latest
from prosecution.services import referral_file, referral_triage, referrals
from prosecution.services.submissions import Reason


def referred(
    days: float, review: str = pm.ReviewType.TWENTY_EIGHT_DAYS, *, to: str = referrals.AREA, numbers: tuple[int, ...] = ()
) -> Step:
    """Suspects were referred: drafted by the officer with the file's items, sent by the inspector."""

    def what(told: Told) -> None:
        row = _drafted(told, review, numbers)
        told.do("", referrals.ready_referral, charging_referral_id=row.pk)
        told.do(
            INSPECTOR,
            referrals.send_referral,
            charging_referral_id=row.pk,
            supervisor_comments="Every line about the suspect is done.",
            to=to,
        )

    return at(days, what)


def drafted_referral() -> Step:
    """A referral is drafted and not sent yet."""
    return lambda told: _drafted(told, pm.ReviewType.TWENTY_EIGHT_DAYS, ())


def _drafted(told: Told, review: str, numbers: tuple[int, ...]) -> Any:
    chosen = [told.suspects[number - 1] for number in numbers] if numbers else told.suspects
    with scope(system(told.case.force_id)):
        alleged = m.Offence.objects.filter(case=told.case, allegations__suspect__in=chosen, allegations__withdrawn_at__isnull=True)
        crimes = list(alleged.distinct().values_list("pk", flat=True))
    row = told.do(
        "",
        referrals.draft_referral,
        suspects=[one.pk for one in chosen],
        crimes=crimes,
        review_type=review,
        reference=f"F{told.case.crime_reference[-2:]}/26",
        file_sent_on=clock.today(),
        summary="The account is consistent and was given early. The suspect’s messages of that night contradict what he said.",
        victim_views="Supports the prosecution and wants to be told by telephone.",
        victim_needs="Screens at court; a separate entrance.",
    )
    told.do("", referral_file.set_file_items, charging_referral_id=row.pk, items=_items())
    return row


def _items() -> list[referral_file.Ticked]:
    not_here = {"dv_checklist": "The two were not partners.", "hard_media": "Everything was sent over the link."}
    return [
        referral_file.Ticked(code, "not_applicable", because=not_here[code]) if code in not_here else referral_file.Ticked(code, "sent")
        for code in pm.FileItemCode.values
    ]


def referral_returned(days: float, *codes: str, by_in: int = 5) -> Step:
    """Triage returned the referral as not compliant."""

    def what(told: Told) -> None:
        row = latest(told, pm.Referral)
        reasons = [Reason(code, "Named in the list, not received.") for code in codes]
        told.do(MANAGER, referral_triage.return_referral, charging_referral_id=row.pk, reasons=reasons, respond_by=day(by_in))

    return at(days, what)


def referral_sent_again(days: float) -> Step:
    """The police sent the referral again."""

    def what(told: Told) -> None:
        row = latest(told, pm.Referral)
        told.do("", referrals.ready_referral, charging_referral_id=row.pk)
        told.do(INSPECTOR, referrals.send_referral, charging_referral_id=row.pk, supervisor_comments="The items named are sent now.")

    return at(days, what)


def referral_accepted(days: float, who: str = PROSECUTOR) -> Step:
    """Triage accepted the referral and named a prosecutor."""

    def what(told: Told) -> None:
        row = latest(told, pm.Referral)
        told.do(MANAGER, referral_triage.accept_referral, charging_referral_id=row.pk, prosecutor_id=told.people[who].pk)

    return at(days, what)
