"""Forms of the police about support services: refer, answer, withdraw, match, ask the ISVA to tell, confirm a link.

A sealed text stands above a form only where the reader is shown who the victim is, and each look is in the access log.
"""

from typing import Any

from django import forms

from cases.forms import fields as f
from cases.forms.base import ActForm
from core import clock
from core.components import day_text
from victims.forms.fields import ServiceField
from victims.messages import choice_words
from victims.models import IsvaMessage, LinkMatch
from victims.models.base import WORDS
from victims.models.isva import MessageKind, ReferralState
from victims.services.consulting import Reason, consulting
from victims.services.tell_requests import told_by_isva
from victims.sight import identity_shown

NOT_SHOWN = "What was written is shown to the officer in the case, whoever covers, and supervisors."
RECORD_FIRST = (
    "Record it first where it belongs: what was agreed about contact, the safe-contact card, or needs. Then say here that it is done"
)
ANSWERS = [(ReferralState.ACCEPTED.value, "She or he accepted, and consents"), (ReferralState.DECLINED.value, "She or he declined for now")]


def short(label: str, **options: Any) -> forms.CharField:
    """Return a field of several lines, at most as long as police and support services write to each other."""
    return f.text(label, **{"max_length": WORDS, **options})


class ConsentForm(ActForm):
    """What she or he said, and to what she or he consented."""

    asked_sometimes = frozenset({"service_id", "consent_scope", "consent_given_on"})
    answer = f.radios("What did she or he say?", ANSWERS)
    service_id = ServiceField(required=False, help_text="Needed where she or he accepted.")
    consent_scope = f.line(
        "What she or he agreed to",
        required=False,
        initial="That the service sees what she or he was told, contacts and appointments",
    )
    consent_given_on = f.past_day("Day of the consent", initial=clock.today, required=False)
    consent_witnessed_by = f.line("Who witnessed it", max_length=150, required=False, help_text="Kept sealed, with the victim’s identity.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["service_id"]
        field.offer()
        if self.target is not None and getattr(self.target, "service_id", None):
            field.initial = str(self.target.service_id)


class ReferForm(ConsentForm):
    """Offering support."""

    says = "Offer support at the first contact. Who declines is asked again after 28 days."
    answer = f.radios("What did she or he say?", [(ReferralState.OFFERED.value, "Offered, no answer yet"), *ANSWERS])


class MatchForm(ActForm):
    """Which service the extract names."""

    service_id = ServiceField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["service_id"]
        field.offer()
        if self.target is not None:
            self.says = f"The extract names: {self.target.service_text}. The service sees nothing until consent is recorded."  # type: ignore[misc]


class NothingAskedForm(ActForm):
    """A confirmation."""


class WithdrawForm(ActForm):
    """Consent withdrawn."""

    says = "The service sees nothing of her or him from its next request on. What it is still asked to tell comes back to you."


class AnswerForm(ActForm):
    """An answer to the ISVA, under what was asked."""

    answer = short("Your answer", help_text="The ISVA reads it. Name no suspect, no witness and no evidence.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if isinstance(self.target, IsvaMessage) and self.case is not None and self.user is not None:
            fixed = choice_words(self.target.kind, self.target.choice, self.target.number)
            what_to_do = RECORD_FIRST if self.target.kind == MessageKind.CHOICE else ""
            parts = (self.target.get_kind_display(), fixed, self._text(), what_to_do)
            self.says = " ".join(part if part[-1] in ".?!" else f"{part}." for part in parts if part)  # type: ignore[misc]

    def _text(self) -> str:
        if self.case is None or self.user is None or not identity_shown(self.user, self.case):
            return NOT_SHOWN
        with consulting(self.case, reason=Reason.REFERRAL, what="message of an ISVA"):
            return str(self.target.text)


class AskToTellForm(ActForm):
    """What the ISVA is asked to tell."""

    says = (
        "Ask for one thing at a time. Telling her or him stays your duty until the ISVA has told it. Unread after 4 working hours it "
        "comes back to you."
    )
    thing = forms.ChoiceField(label="What is to be told", widget=forms.RadioSelect)
    words = short("In your own words, as she or he is to hear it")
    may_be_said = short("What else may be said, if she or he asks", required=False)
    safe_when = short("When and how it is safe to tell", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["thing"]
        found = told_by_isva(self.case, self.target.complainant) if self.case is not None and self.target is not None else []
        field.choices = [(one.key, one.words) for one in found]
        if not found:
            field.help_text = "Nothing waits to be told at present."


class ConfirmLinkForm(ActForm):
    """Which complainant the client of a service is, after asking her or him."""

    complainant_id = f.KeyField(label="Which complainant is the client?")
    asked_victim = forms.BooleanField(label="I have asked her or him, and she or he wants the service to see what she or he is told")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if isinstance(self.target, LinkMatch):
            rows = LinkMatch.objects.filter(case=self.case, request=self.target.request_id).select_related("complainant")
            field: Any = self.fields["complainant_id"]
            field.choices = [(str(row.complainant_id), str(row.complainant)) for row in rows.order_by("complainant__label")]
            field.initial = str(self.target.complainant_id)  # on whose page it was opened
            self.says = asked_for(self)  # type: ignore[misc]


class DeclineLinkForm(ActForm):
    """A link that is not confirmed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if isinstance(self.target, LinkMatch):
            self.says = f"{asked_for(self)} The service is not told that you declined, nor why."  # type: ignore[misc]


def asked_for(form: ActForm) -> str:
    """Return who asks to be linked with whom, the client's name where the reader is shown it."""
    asked = form.target.request
    given = f"{asked.service.name} asks, with consent of {day_text(asked.consent_given_on)} to: {asked.consent_scope}."
    if form.case is None or form.user is None or not identity_shown(form.user, form.case):
        return f"{given} {NOT_SHOWN}"
    with consulting(form.case, reason=Reason.REFERRAL, what="link to a client asked for"):
        return f"{given} The client’s name as the service gives it: {asked.client_name}."
