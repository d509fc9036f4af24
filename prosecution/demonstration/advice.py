"""Early advice in the demonstration: short words for calls of the services. Numbers are days before now."""

from cases.demonstration import Step, Told
from prosecution import models as pm
from prosecution.demonstration.times import INSPECTOR, MANAGER, PROSECUTOR, at, day, latest, signer
from prosecution.services import advice, advice_answers, advice_sending, advice_triage
from prosecution.services.submissions import Reason


def asked(days: float, *questions: str) -> Step:
    """Early advice was drafted and marked as ready by the officer, and sent by the sergeant."""

    def what(told: Told) -> None:
        row = told.do("", advice.draft_advice, asked=_asked(told, questions))
        told.do("", advice.ready_advice, early_advice_id=row.pk)
        told.do(signer(told), advice_sending.send_advice, early_advice_id=row.pk)

    return at(days, what)


def _asked(told: Told, questions: tuple[str, ...]) -> advice.Asked:
    return advice.Asked(
        suspect_ids=[one.pk for one in told.suspects],
        method=pm.Method.WRITTEN,
        texts=advice.AdviceTexts(
            summary="Reported the day after. The two had met twice before. The suspect was identified from messages.",
            enquiries_done="First account; scene; messages of the week before.",
            enquiries_going_on="Cameras of the street, expected within two weeks: who came and left, and when.",
            enquiries_contemplated="Earlier partners of the suspect, within a month: how he behaved before.",
            issues="Consent; whether the suspect believed that there was consent.",
            explanation="Says that it was agreed.",
            key_evidence="First account by video; messages; a friend who was told that night.",
            may_need_disclosing="Messages that were deleted, and restored from the suspect’s telephone.",
            support_needs="An intermediary is not needed; screens at court are wanted.",
        ),
        questions=questions or ("Is the suspect’s earlier behaviour admissible?", "Which of the two telephones should be looked at first?"),
    )


def drafted_advice() -> Step:
    """Early advice is drafted and not sent yet."""
    return lambda told: told.do("", advice.draft_advice, asked=_asked(told, ()))


def not_sought(days: float, reason: str, text: str) -> Step:
    """Early advice was considered and not asked for."""
    return at(days, lambda told: told.do("", advice.advice_not_sought, reason=reason, text=text))


def advice_returned(days: float, *codes: str, by_in: int = 5) -> Step:
    """Triage returned the request."""

    def what(told: Told) -> None:
        row = latest(told, pm.EarlyAdvice)
        reasons = [Reason(code, "See DG6, paragraph 7.8.") for code in codes]
        told.do(MANAGER, advice_triage.return_advice, early_advice_id=row.pk, reasons=reasons, respond_by=day(by_in))

    return at(days, what)


def advice_sent_again(days: float) -> Step:
    """The police sent the request again."""

    def what(told: Told) -> None:
        row = latest(told, pm.EarlyAdvice)
        told.do("", advice.ready_advice, early_advice_id=row.pk)
        told.do(signer(told), advice_sending.send_advice, early_advice_id=row.pk)

    return at(days, what)


def advice_refused(days: float) -> Step:
    """Triage refused the request."""

    def what(told: Told) -> None:
        row = latest(told, pm.EarlyAdvice)
        told.do(MANAGER, advice_triage.refuse_advice, early_advice_id=row.pk, reason="not_needed", note="The law is settled on this point.")

    return at(days, what)


def refusal_challenged(days: float) -> Step:
    """The inspector challenged the refusal."""

    def what(told: Told) -> None:
        row = latest(told, pm.EarlyAdvice)
        told.do(INSPECTOR, advice_sending.challenge_refusal, early_advice_id=row.pk, because="The second question is not settled.")

    return at(days, what)


def advice_accepted(days: float, who: str = PROSECUTOR) -> Step:
    """Triage accepted the request and named a prosecutor."""

    def what(told: Told) -> None:
        row = latest(told, pm.EarlyAdvice)
        told.do(MANAGER, advice_triage.accept_advice, early_advice_id=row.pk, prosecutor_id=told.people[who].pk)

    return at(days, what)


def advised(days: float, result: str = pm.AdviceResult.ADVISED, who: str = PROSECUTOR) -> Step:
    """The prosecutor answered each question."""

    def what(told: Told) -> None:
        row = latest(told, pm.EarlyAdvice)
        answers = {1: "Yes, if it is shown by somebody who was there.", 2: "The newer one; the older adds nothing."}
        told.do(
            who,
            advice_answers.give_advice,
            early_advice_id=row.pk,
            answers=answers,
            result=result,
            advice="Refer when the cameras are seen.",
        )

    return at(days, what)
