"""Forms of a referral for a charging decision, as the police draft it and sign it off."""

from typing import Any

from django import forms

from accounts.models import Agency
from accounts.roles import AgencyKind
from cases import models as m
from cases.forms import fields as f
from cases.forms.base import ActForm
from cases.selectors import facts_of
from cases.services.sharing import mapped_area_id
from core import clock
from core.exceptions import NotPossible
from prosecution.models import Referral, ReviewType
from prosecution.referral_words import bail_words
from prosecution.services.referral_file import crimes_of, referred_elsewhere, suspects_of
from prosecution.services.referrals import AREA, DIRECT

BRING_IN = "Beside each name stands how bail is now. Change bail on the case; it stands still by itself while the case is with the CPS."


def suspect_choices(case: m.Case, referral: Referral | None = None) -> list[tuple[str, str]]:
    """Return the suspects who may be referred, as choices with how bail stands: without an outcome, in no other open referral."""
    facts, elsewhere, now = {one.id: one for one in facts_of(case).suspects}, referred_elsewhere(case, referral), clock.now()
    rows = m.Suspect.objects.filter(case=case, recorded_in_error_at__isnull=True).order_by("number")
    return [
        (str(one.pk), f"{one}, {one.full_name}. {bail_words(facts[one.pk], now)}")
        for one in rows
        if one.pk in facts and one.pk not in elsewhere and facts[one.pk].standing_outcome() is None
    ]


def crime_choices(case: m.Case) -> list[tuple[str, str]]:
    """Return the recorded crimes of a case, as choices."""
    rows = m.Offence.objects.filter(case=case).select_related("complainant").order_by("created_at", "id")
    return [(str(one.pk), f"{one.code}, against Victim {one.complainant.label}. {one.description}".rstrip(". ")) for one in rows]


class ReferralForm(ActForm):
    """A referral as far as it has come. What is empty is named when it is marked as ready."""

    says = "Kept as a draft: save it whenever you like. The file itself goes in your force’s own way; here are its reference and its day."

    suspects = f.KeysField(label="Which suspects?", required=False, help_text=BRING_IN)
    crimes = f.KeysField(label="Which recorded crimes?", required=False)
    review_type = f.radios(
        "How soon is the review needed?",
        ReviewType.choices,
        initial=ReviewType.TWENTY_EIGHT_DAYS,
        help_text="Red is for custody and priority.",
    )
    reference = f.line("Reference under which the file was sent", max_length=30, required=False)
    file_sent_on = f.past_day("Day on which the file was sent", required=False)
    summary = f.text("Summary, as for the MG3", required=False, help_text="Typed once: copy it from the referral’s page for the MG3.")
    victim_views = f.text("The victim’s views", required=False, help_text="In her or his own words where you can. No name, no address.")
    victim_needs = f.text("What the victim needs", required=False, help_text="Special measures, interpreter, support. No name, no address.")
    asked_sometimes = frozenset({"suspects", "crimes", "reference", "file_sent_on", "summary", "victim_views", "victim_needs"})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.case is None:
            return
        people, crimes = suspect_choices(self.case, self.referral), crime_choices(self.case)
        self._offer("suspects", people)
        self._offer("crimes", crimes)
        if not self.is_bound and self.referral is None:
            if not people:
                raise NotPossible("Every suspect without an outcome is in a referral that is open. Go on with that one.")
            self.initial["suspects"], self.initial["crimes"] = [key for key, _ in people], [key for key, _ in crimes]

    @property
    def referral(self) -> Referral | None:
        """The referral that is changed; None for a new one."""
        return self.target if isinstance(self.target, Referral) else None

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]


class ChangeReferralForm(ReferralForm):
    """A draft, or what triage returned, to go on with."""

    says = "Whoever is not ticked is taken out of the referral."

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.is_bound or self.referral is None:
            return
        names = ("review_type", "reference", "file_sent_on", "summary", "victim_views", "victim_needs")
        for name in names:
            self.initial[name] = getattr(self.referral, name)
        self.initial["suspects"] = [str(one.pk) for one in suspects_of(self.referral)]
        self.initial["crimes"] = [str(one.pk) for one in crimes_of(self.referral)]


class ReadyForm(ActForm):
    """Nothing but yes."""

    says = "The sergeant and the inspector of the case are told. Nothing goes to the CPS before one of them sends it."


class SendReferralForm(ActForm):
    """The supervisor's comments; where a red one goes; the Area where the force works with several."""

    says = (
        "The CPS Area sees the whole case from now on, but for police notes. Each suspect of the referral stands with the CPS, and bail "
        "stands still until the case comes back."
    )
    button = "Send to the CPS"

    supervisor_comments = f.text("Your comments as supervisor")
    to = f.radios(
        "Where does this red referral go?",
        [(AREA, "The CPS Area"), (DIRECT, "CPS Direct, outside the Area’s hours")],
        initial=AREA,
    )
    area_id = forms.TypedChoiceField(
        label="Which CPS Area?", coerce=int, empty_value=None, error_messages={"required": "Select the CPS Area"}
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        row = self.target
        if self.case is None or not isinstance(row, Referral):
            return
        if not self.is_bound:
            self.initial["supervisor_comments"] = row.supervisor_comments
            if row.direct_since is not None:
                self.initial["to"] = DIRECT
        if row.review_type != ReviewType.RED:
            del self.fields["to"]
        if self.case.brought or mapped_area_id(self.case) is not None:
            del self.fields["area_id"]
            return
        areas = Agency.objects.filter(kind=AgencyKind.CPS_AREA).order_by("name").values_list("pk", "name")
        self.fields["area_id"].choices = [*f.CHOOSE, *areas]  # type: ignore[attr-defined]


class BecauseForm(ActForm):
    """A reason that the other side or a colleague reads."""

    reason = f.reason("Why", help_text="It stands on the timeline, which both agencies read.")


class SendBackForm(ActForm):
    """Why the draft goes back to the officer."""

    reason = f.reason("Why", help_text="Only the police read it.")


class WithdrawReferralForm(BecauseForm):
    """Why it is withdrawn."""

    says = (
        "Bail runs again and the suspects stand with the CPS no longer. If nothing else was ever asked of the CPS, the Area sees the case "
        "no more."
    )


class ToDirectForm(BecauseForm):
    """Why it goes to CPS Direct."""

    says = (
        "The case goes to CPS Direct with everything in it. Your Area keeps its reference and since when, and sees the case again when "
        "CPS Direct has decided or gives it back. The roles of your Area’s people on it end."
    )


class BackToAreaForm(BecauseForm):
    """Why it goes back to the Area."""

    says = "The case is its Area’s again, and you see it no longer. Your roles on it end; the Area’s legal managers are told."
