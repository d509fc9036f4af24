"""Reviews that victims ask for, in the demonstration: short words for calls of the services. Numbers are days before now."""

from typing import Final

from accounts.demonstration import FORCE
from cases import models as m
from cases.demonstration import Step, Told
from cases.services.written_reasons import reasons_reached
from core import clock
from core.scope import scope, system
from prosecution import models as pm
from prosecution.demonstration.times import PROSECUTOR, at
from prosecution.services.review_requests import lodge_review
from prosecution.services.review_work import acknowledge_review

REVIEWER: Final = "cps-reviewer"
GROUNDS: Final = "Nobody spoke to my neighbour, who heard it through the wall. I told the first officer her name. Please look at it again."


def _decision(told: Told) -> tuple[m.SuspectOutcome, m.Complainant]:
    with scope(system(FORCE)):
        outcome = m.SuspectOutcome.objects.filter(case=told.case, reopened_at__isnull=True).latest("created_at")
        return outcome, m.Complainant.objects.get(case=told.case, label="A")


def reasons_came(days: float) -> Step:
    """The letter with the reasons reached her."""

    def what(told: Told) -> None:
        outcome, victim = _decision(told)
        told.do(
            PROSECUTOR, reasons_reached, complainant_id=victim.pk, facts=[outcome.pk], reached_on=clock.today(),
            how=m.Channel.LETTER, known_by="She said so on the telephone.",
        )  # fmt: skip

    return at(days, what)


def asked(days: float) -> Step:
    """She asked for a review; the officer received it, and passed it on."""

    def what(told: Told) -> None:
        outcome, victim = _decision(told)
        told.do(
            "", lodge_review, complainant_id=victim.pk, decision_id=outcome.pk, received_on=clock.today(),
            asked_by=pm.AskedBy.HERSELF, own_words=True, grounds=GROUNDS,
        )  # fmt: skip

    return at(days, what)


def acknowledged(days: float) -> Step:
    """The review unit acknowledged it."""

    def what(told: Told) -> None:
        with scope(system(FORCE)):
            row = pm.ReviewRequest.objects.filter(case=told.case).latest("number")
        told.do(REVIEWER, acknowledge_review, review_request_id=row.pk)

    return at(days, what)
