"""What is kept of each sending: every part as it was sent, so that the CPS goes on seeing that while the police change it."""

from datetime import datetime
from typing import Any, Final

from prosecution.models import (
    AdviceQuestion,
    AdviceSuspect,
    EarlyAdvice,
    FileItem,
    Referral,
    ReferralOffence,
    ReferralSuspect,
    Submission,
)
from prosecution.policies_advice import PARTS

ADVICE_COLUMNS: Final = ("method", *PARTS)
REFERRAL_COLUMNS: Final = (
    "review_type", "reference", "file_sent_on", "summary", "victim_views", "victim_needs", "supervisor_comments",
)  # fmt: skip


def send_parts(what: EarlyAdvice | Referral, at: datetime) -> dict[str, Any]:
    """Let every part of a request or a referral be the CPS's to read from here on, and return them all as they stand now.

    Suspects and crimes are kept by their keys: who they are is read from the record, never from here.
    """
    of_advice = isinstance(what, EarlyAdvice)
    for model in (AdviceSuspect, AdviceQuestion) if of_advice else (ReferralSuspect, ReferralOffence, FileItem):
        new = model._default_manager.filter(**{"advice" if of_advice else "referral": what}, sent_at__isnull=True)
        new.update(sent_at=at)
    return _of_advice(what) if isinstance(what, EarlyAdvice) else _of_referral(what)


def keep_ticks(referral: Referral, at: datetime) -> None:
    """Keep with the last sending what was ticked while the CPS has the referral: the CPS sees that at once."""
    last = Submission.objects.filter(referral=referral).order_by("-number").first()
    if last is not None:
        last.as_sent = send_parts(referral, at)
        last.save(update_fields=["as_sent"])


def _of_advice(row: EarlyAdvice) -> dict[str, Any]:
    here = {"advice": row, "removed_at__isnull": True}
    return {
        "columns": {name: getattr(row, name) for name in ADVICE_COLUMNS},
        "suspects": _keys(AdviceSuspect.objects.filter(**here).values_list("suspect", flat=True)),
        "questions": [list(one) for one in AdviceQuestion.objects.filter(**here).order_by("number").values_list("number", "text")],
    }


def _of_referral(row: Referral) -> dict[str, Any]:
    here = {"referral": row, "removed_at__isnull": True}
    items = FileItem.objects.filter(referral=row).order_by("code").values("code", "state", "follows_on", "because")
    return {
        "columns": {name: _plain(getattr(row, name)) for name in REFERRAL_COLUMNS},
        "suspects": _keys(ReferralSuspect.objects.filter(**here).values_list("suspect", flat=True)),
        "crimes": _keys(ReferralOffence.objects.filter(**here).values_list("offence", flat=True)),
        "items": [{name: _plain(value) for name, value in one.items()} for one in items],
    }


def _keys(found: Any) -> list[str]:
    return sorted(str(one) for one in found)


def _plain(value: Any) -> str | None:
    """Return a column as JSON has it: a day in ISO form."""
    return None if value is None else str(value)
