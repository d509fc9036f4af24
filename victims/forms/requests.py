"""Forms about requests to others for information about a victim."""

from typing import Any, Final

from cases import models as m
from cases.forms import fields as f
from cases.forms.base import ActForm
from cases.models.base import LINE
from cases.services.enquiries import ENDS
from core import clock
from core.exceptions import NotAllowed
from victims.models import InformationRequest
from victims.models.request import NoticeTo, RecordsOf
from victims.services.consulting import Reason, consulting
from victims.sight import identity_shown

NOT_SHOWN: Final = "Only people who are shown who the victim is work on a request about her or him."


class ShownForm(ActForm):
    """A form only for those who are shown identity. Raises NotAllowed when it is opened by anybody else."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.user is not None and self.case is not None and not identity_shown(self.user, self.case):
            raise NotAllowed(NOT_SHOWN)


def enquiries_about_the_victim(case: m.Case | None) -> list[tuple[str, str]]:
    """Return the lines of enquiry about the victim that go on, as choices."""
    found = (
        m.LineOfEnquiry.objects.filter(case=case, focus=m.Focus.VICTIM).exclude(state__in=ENDS).order_by("opened_at", "id") if case else []
    )
    return [(str(one.pk), one.what) for one in found]


class WithEnquiry(ShownForm):
    """A form that links to a line of enquiry about the victim."""

    enquiry_id = f.KeyField(
        label="For which line of enquiry about the victim?",
        help_text="If there is none yet, open one first. A line about the suspect comes before.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = enquiries_about_the_victim(self.case)
        field: Any = self.fields["enquiry_id"]
        field.choices = [*f.CHOOSE, *offered]
        if len(offered) == 1:
            field.initial = offered[0][0]


class DraftForm(WithEnquiry):
    """A request as far as it has come. What is empty is a gate still open."""

    says = "Kept as a draft. It can be marked as sent only when everything that the law asks is filled in."
    asked_sometimes = frozenset({
        "reasonable_because", "holder_has_it_because", "necessary_because", "proportionate_because", "less_intrusive_means", "how_handled",
        "substantial_probative_value",
    })  # fmt: skip
    field_order = ("records", "holder", "wanted", "enquiry_id")
    records = f.radios("What records?", RecordsOf.choices)
    holder = f.line("Who holds them?", help_text="A person or an organisation. Kept sealed.")
    wanted = f.text("What exactly is asked for?", help_text="As little as answers the line of enquiry: which matters, from when to when.")
    reasonable_because = f.text("Why is it a reasonable line of enquiry?", required=False)
    holder_has_it_because = f.reason("Why do you believe that the holder has it?", required=False)
    necessary_because = f.text("Why is it necessary?", required=False)
    proportionate_because = f.text("Why is it proportionate?", required=False)
    less_intrusive_means = f.text("Which less intrusive means did you consider, and why are they not enough?", required=False)
    how_handled = f.reason("How will the information be handled?", required=False, help_text="The notice tells her or him.")
    substantial_probative_value = f.text(
        "Counselling records only: why are they likely to have substantial probative value?",
        required=False,
        help_text="The law presumes that asking for counselling records is not necessary and proportionate.",
    )


class ChangeRequestForm(DraftForm):
    """A draft to go on with. Opening it is a look at what is sealed, and is logged."""

    says = "Changing what is asked for takes back the notice, and any change takes back an approval: they were of something else."

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        row = self.target
        if self.is_bound or self.case is None or not isinstance(row, InformationRequest):
            return
        self.initial["enquiry_id"] = row.line_of_enquiry_id
        with consulting(self.case, reason=Reason.REQUEST, what="request for information, form"):
            self.initial.update({name: getattr(row, name) for name in self.fields if name not in {"enquiry_id", "version"}})


class NoticeForm(ShownForm):
    """To whom the written notice was given, or why it is withheld."""

    asked_sometimes = frozenset({"given_at", "withheld_because"})
    notice_to = f.radios(
        "Who was given the written notice?",
        NoticeTo.choices,
        help_text="To a parent or guardian where she or he is a child or cannot decide. Print the notice from the page of the request.",
    )
    given_at = f.past_moment("If it was given: when?", required=False, help_text="On or before the day of the request.")
    withheld_because = f.reason(
        "If it is withheld: why?", max_length=LINE, required=False, help_text="The law allows this in a few cases only."
    )


class AnswerRequestForm(ShownForm):
    """A supervisor's answer to a request for counselling records."""

    asked_sometimes = frozenset({"note"})
    says = "The law presumes that asking for counselling records is not necessary and proportionate. Read the request first."
    approve = f.YesNoField(label="Do you approve asking for these counselling records?")
    note = f.reason("Your reasons", required=False, max_length=LINE, help_text="Needed to refuse.")


class SendRequestForm(ShownForm):
    """When it was sent."""

    sent_at = f.past_moment("When was it sent?", initial=clock.now)


class RequestAnsweredForm(ActForm):
    """When the holder answered."""

    says = "What was received is kept in your own system and never here."
    answered_at = f.past_moment("When did the holder answer?", initial=clock.now)


class WithdrawRequestForm(ActForm):
    """Nothing but yes."""

    says = "If it was sent, tell the holder too, and tell her or him that it is no longer asked for."
