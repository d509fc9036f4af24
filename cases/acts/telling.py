"""The acts of telling and of support for the prosecution: rows of the one table in cases/acts/. Planning stands in the app above."""

from cases import models as m
from cases import policies
from cases.acts import Act, On, add
from cases.derive.told_rules import TOLD_KINDS
from cases.forms import telling as forms
from cases.forms.withdrawal import WithdrawalTalkForm
from cases.listing import running_deadlines
from cases.permissions import HEARING, SUPPORT, TELL, WITHDRAWAL_TALK
from cases.services import support, telling, telling_plans, withdrawal
from core.exceptions import NotPossible

C, S = On.COMPLAINANT, On.SUSPECT


def something_to_tell(row: m.Complainant) -> None:
    """A policy: a complainant is told what she or he is still owed. Lists say it beforehand as `owed_telling`; asked once a row."""
    known = getattr(row, "owed_telling", None)
    if known is None:
        known = running_deadlines().filter(case=row.case_id, complainant=row.pk, kind__in=TOLD_KINDS).exists()
        row.owed_telling = known  # type: ignore[attr-defined]
    if not known:
        raise NotPossible("There is nothing that this complainant is still to be told.")


TELLING = (
    Act(
        "tell",
        C,
        "Tell",
        "Tell a victim what happened",
        forms.TellForm,
        telling.tell,
        TELL,
        something_to_tell,
        "Recorded as told.",
        named=lambda row: f"Tell Victim {row.label}",
    ),
    Act(
        "not-told",
        C,
        "Not told because",
        "Record why a victim was not told",
        forms.NotToldForm,
        telling.not_told,
        TELL,
        something_to_tell,
        "Recorded.",
    ),
    Act(
        "record-support",
        C,
        "What she says about the prosecution",
        "Record what she or he says about the prosecution",
        forms.SupportForm,
        support.record_support,
        SUPPORT,
        done=support.opened_in_words,
    ),
    Act(
        "supports-again",
        C,
        "She supports again",
        "She or he supports the prosecution again",
        forms.SupportsAgainForm,
        support.supports_again,
        SUPPORT,
        support.said_otherwise,
        support.opened_in_words,
    ),
    Act(
        "record-withdrawal-talk",
        C,
        "Speak about not supporting",
        "A supervisor speaks with her or him about not supporting the prosecution",
        WithdrawalTalkForm,
        withdrawal.record_talk,
        WITHDRAWAL_TALK,
        withdrawal.does_not_support,
        withdrawal.recorded_in_words,
        named=lambda row: f"Speak with Victim {row.label}",
        keeps_typed=True,
    ),
    Act(
        "suspect-told",
        S,
        "When the suspect was told",
        "Record when the suspect was told",
        forms.SuspectToldForm,
        telling_plans.tell_suspect,
        TELL,
        policies.has_an_outcome,
        "Recorded.",
    ),
    Act(
        "record-hearing",
        S,
        "Record a hearing",
        "Record a court hearing",
        forms.HearingForm,
        telling_plans.record_hearing,
        HEARING,
        policies.is_charged,
        "Hearing recorded.",
    ),
)

add(*TELLING)
