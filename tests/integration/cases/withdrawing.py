"""Victims who do not support the prosecution, to test on: what she or he said, and the supervisor's talk since."""

from datetime import datetime
from typing import Any

from accounts.models import User
from cases import models as m
from cases.models.telling import Supports
from cases.services.reconcile import keys_of
from cases.services.support import record_support
from cases.services.withdrawal import record_talk
from core.scope import scope, system
from tests.factories import ago
from tests.integration.cases.making import do

HER: dict[str, Any] = {"spoke_with": "her", "how": "in_person", "supports": "does_not", "reasons": ["time"]}
ISVA: dict[str, Any] = HER | {"spoke_with": "isva", "how": "telephone"}
NOBODY: dict[str, Any] = {"spoke_with": "nobody", "not_because": "Three calls and a letter by the safe route, no answer"}


def complainant_of(case: m.Case, label: str = "A") -> m.Complainant:
    """Return a complainant of the case."""
    with scope(system(case.force_id)):
        return m.Complainant.objects.get(case=case, label=label)


def said(actor: User, case: m.Case, supports: str = "does_not", *, label: str = "A", at: datetime | None = None) -> m.SupportChange:
    """Record what a complainant says about the prosecution, three hours ago unless told otherwise."""
    given = {"words": "In her words", "told_to": "DC Invented", "how": "telephone", "at": at or ago(hours=3)}
    return do(actor, record_support, case, complainant_id=complainant_of(case, label).pk, supports=supports, **given)


def talk(actor: User, case: m.Case, *, label: str = "A", at: datetime | None = None, **more: Any) -> m.WithdrawalTalk:
    """Record a supervisor's talk with her, two hours ago unless told otherwise."""
    given = {"at": at or ago(hours=2), **(more or HER)}
    return do(actor, record_talk, case, complainant_id=complainant_of(case, label).pk, **given)


def withdrew(case: m.Case, *, at: datetime | None = None) -> None:
    """Let every complainant have said that she or he does not support it, three hours ago, and a supervisor have spoken with each since."""
    since, spoken = at or ago(hours=3), at or ago(hours=2)
    with scope(system(case.force_id)):
        row = m.Case.objects.get(pk=case.pk)
        by = User.objects.filter(agency_id=case.force_id).order_by("pk")[0]
        for one in m.Complainant.objects.filter(case=row):
            change = m.SupportChange.objects.create(**keys_of(row), complainant=one, supports=Supports.DOES_NOT, at=since)
            m.WithdrawalTalk.objects.create(
                **keys_of(row), complainant=one, support_change=change, by=by, at=spoken, spoke_with="her", how="in_person",
                still_ends=True, statement=False, stage=row.stage, reasons=["time"],
            )  # fmt: skip
