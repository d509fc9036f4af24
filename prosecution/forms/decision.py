"""Forms of a decision on a suspect: prepared, checked, published; and after a charge."""

from typing import Any, Final

from django import forms

from cases import models as m
from cases.extract.columns import OFFENCES
from cases.forms import fields as f
from cases.forms.base import ActForm
from cases.forms.leading import plan_leads
from cases.forms.leading_withdrawal import talk_leads
from cases.forms.outcome import code_field
from cases.models.base import LINE
from cases.outcome_codes import CHARGED, OUTCOMES
from core import clock
from prosecution.decision_said import DISPOSALS, EVIDENTIAL, NFA_DECISIONS, code_of, said_by
from prosecution.forms.nfa import beside_fields
from prosecution.models import DecisionType, ProposedDecision, ProposedState, ReasonCode, Test, ThresholdReview, Undermining
from prosecution.nfa_said import BESIDE
from prosecution.threshold_conditions import CONDITIONS, LONGEST

NO_IDENTITY: Final = "Nothing that says who she or he is, or where."
CONDITION_NAMES: Final = tuple(f"condition_{number}" for number in range(1, len(CONDITIONS) + 1))
CROWN: Final = "Police see nothing of this until it is published."


def disposals() -> dict[int, str]:
    """Return the Home Office outcomes of a non-conviction disposal with their words."""
    return {code: OUTCOMES[code] for code in DISPOSALS}


def offences_of(case: m.Case | None) -> list[tuple[str, str]]:
    """Return the offences to choose among: those recorded in the case before the others. One query."""
    recorded = set(m.Offence.objects.filter(case=case).values_list("code", flat=True)) if case is not None else set()
    named = sorted(OFFENCES.items(), key=lambda one: one[0] not in recorded)
    return [(code, f"{code} {title}{', recorded in this case' if code in recorded else ''}") for code, title in named]


class OffencesForm(ActForm):
    """Base of the forms that choose the offences of a charge."""

    charges = forms.MultipleChoiceField(
        label="If it is a charge: with which offences?", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = offences_of(self.case)
        ticks: Any = self.fields["charges"]
        ticks.choices = offered
        if "principal_offence" in self.fields:
            principal: Any = self.fields["principal_offence"]
            principal.choices = [*f.CHOOSE, *offered]


class DecisionForm(OffencesForm):
    """A decision as far as it has come: only test and decision are asked at once, the rest before it is proposed or published."""

    says = f"Kept as a draft: what is still missing is asked for when you propose or publish it. {CROWN}"
    asked_sometimes = frozenset({
        "charges", "principal_offence", *CONDITION_NAMES, "review_on", "disposal", "undermining", "views_considered",
        "reasons_for_victim", *BESIDE,
    })  # fmt: skip
    only_if = {  # noqa: RUF012 - read only
        **dict.fromkeys(("charges", "principal_offence"), ("decision", (DecisionType.CHARGE.value,))),
        **dict.fromkeys((*CONDITION_NAMES, "review_on"), ("test", (Test.THRESHOLD.value,))),
        "disposal": ("decision", (DecisionType.NON_CONVICTION.value,)),
        **dict.fromkeys(BESIDE, ("decision", tuple(sorted(NFA_DECISIONS)))),
    }
    field_order = ("version", "test", "decision", "charges", "principal_offence", *CONDITION_NAMES, "review_on", "disposal", "reason_code")
    test = f.radios("Which test was applied?", Test.choices)
    decision = f.radios("What is decided?", DecisionType.choices)
    principal_offence = forms.ChoiceField(label="If it is a charge: the principal offence", required=False)
    review_on = f.coming_day(
        "Charge on the Threshold Test: the Full Code Test is applied by", required=False, help_text="Its clock runs from publication."
    )
    disposal = code_field(disposals(), "If it is a non-conviction disposal: which?", required=False)
    reason_code = forms.ChoiceField(
        label="Reason code",
        choices=[("", "As the decision says"), *ReasonCode.choices],
        required=False,
        help_text="Left as it is, the one that goes with the decision.",
    )
    undermining = f.radios("Was undermining unused material a key factor?", Undermining.choices, required=False)
    views_considered = f.reason("How were the victim’s views considered?", required=False, help_text=NO_IDENTITY)
    reasons_for_victim = f.text(
        "The reasons for the victim, in plain words",
        required=False,
        help_text=f"For the letter and the conversation. Needed unless it is a charge or further evidence. {NO_IDENTITY}",
    )
    return_bail_on = f.coming_day("Return bail day", required=False)
    cps_reference = f.line("CPS reference", max_length=30, required=False)
    analysis_in_cms = forms.BooleanField(label="The analysis is held in CMS", required=False)
    analysis = f.text("Analysis, if it is kept here", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, heading in zip(CONDITION_NAMES, CONDITIONS, strict=True):
            self.fields[name] = f.text(
                f"Charge on the Threshold Test: {heading[:1].lower()}{heading[1:]}. Why?", required=False, max_length=LONGEST
            )
            self.prepare(name)
        for name, one in beside_fields("No further action: ").items():
            self.fields[name] = one
            self.prepare(name)
        self.order_fields(self.field_order)
        if self.is_bound:
            self.data = self.normalised(self.data)
        elif (row := self.before()) is not None:
            said = said_by(row)
            found = {name: getattr(said, name) for name in self.fields if name != "version" and name not in CONDITION_NAMES}
            self.initial.update({**found, **dict(zip(CONDITION_NAMES, said.conditions, strict=False))})

    def before(self) -> ProposedDecision | None:
        """Return what the fields begin with: what the person prepared on the suspect before and somebody else overtook."""
        if not isinstance(self.target, m.Suspect) or self.user is None:
            return None
        rows = ProposedDecision.objects.filter(case=self.case, suspect=self.target, by=self.user, state=ProposedState.OVERTAKEN)
        return rows.order_by("-created_at").first()

    def service_arguments(self) -> dict[str, Any]:
        """Hand the five conditions out as one."""
        given = super().service_arguments()
        conditions = tuple(given.pop(name) for name in CONDITION_NAMES)
        return {**given, "conditions": conditions}


class ChangeDecisionForm(DecisionForm):
    """The same for a decision that is there already."""

    says = f"A change takes a second check back, whether it waits or was confirmed. {CROWN}"

    def before(self) -> ProposedDecision | None:
        """Return the decision that is changed."""
        return self.target if isinstance(self.target, ProposedDecision) else None


class ProposeForm(ActForm):
    """Nothing but yes."""

    says = "Another prosecutor reads it, then confirms it or sends it back. Until then it cannot be published."


class DiscardForm(ActForm):
    """Nothing but yes."""

    says = "It stays on its page as it is, for the CPS alone. You can prepare another one."


class CheckForm(ActForm):
    """The answer of the second prosecutor, to the very text that was read."""

    asked_sometimes = frozenset({"note"})
    says = "Read the decision above. What you confirm is this text: changed later, it comes to a second prosecutor again."
    confirm = f.YesNoField(label="Do you confirm this decision?", help_text="“No” sends it back to whoever prepared it.")
    note = f.reason("Note", required=False, help_text="Needed to send it back. For the CPS alone.")
    seen = forms.CharField(widget=forms.HiddenInput, max_length=40, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if isinstance(self.target, ProposedDecision) and self.target.proposed_at is not None:
            self.initial["seen"] = self.target.proposed_at.isoformat()


class PublishForm(ActForm):
    """What the record needs beside the decision itself; only what this decision asks for."""

    button = "Publish"
    asked_sometimes = frozenset({"code", "reasons"})
    code = code_field({code: OUTCOMES[code] for code in EVIDENTIAL}, "Home Office outcome", required=False)
    reasons = f.reason(
        "The reasons in a line, for the record of both agencies",
        required=False,
        help_text="Left empty, the reasons for the victim. For outcome 16: what the victim said, when and to whom.",
    )
    also_crimes = forms.BooleanField(
        label="Give the same outcome to the recorded crimes alleged against this suspect alone",
        help_text="The case closes only when every suspect and every recorded crime has an outcome.",
        required=False,
        initial=True,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        row = self.target
        if not isinstance(row, ProposedDecision):
            return
        decision = row.decision
        self.says = SAID_OF_PUBLISHING.get(decision, SETTLES)  # type: ignore[misc]
        if decision != DecisionType.NFA_EVIDENTIAL:
            del self.fields["code"]
        if decision in {DecisionType.CHARGE, DecisionType.FURTHER_EVIDENCE}:
            del self.fields["reasons"]
        if decision == DecisionType.FURTHER_EVIDENCE:
            del self.fields["also_crimes"]
            return
        code = code_of(said_by(row), EVIDENTIAL[0] if decision == DecisionType.NFA_EVIDENTIAL else None)
        if code is not None:
            words = "a charge" if code == CHARGED else "no further action"
            self.leads = plan_leads(self.case, [row.suspect_id], "publish-decision", row.pk, {words: code})
        if decision == DecisionType.NFA_EVIDENTIAL:
            self.leads = [*self.leads, *talk_leads(self, suspect_id=row.suspect_id)]


SETTLES: Final = "Both agencies see it at once and nobody changes it afterwards. The suspect gets the outcome; bail and clocks end with it."
SAID_OF_PUBLISHING: Final[dict[str, str]] = {
    DecisionType.FURTHER_EVIDENCE: "Both agencies see it at once. It gives no outcome: set an action plan next, which says what is needed.",
}


class ThresholdForm(ActForm):
    """What the Full Code Test came to."""

    says = (
        "Its clock ends. The charge stays as history either way. If it is discontinued, the suspect’s outcome is opened again only when "
        "the police reopen the investigation; a decision of no further action is then prepared, and the victim told of it, as any other."
    )
    result = f.radios("What did the Full Code Test come to?", ThresholdReview.Result.choices)
    note = f.reason("The reasons in a line", help_text=f"Both agencies see it. {NO_IDENTITY}")


class CourtOutcomeForm(ActForm):
    """How a charge ended at court."""

    on = f.past_day("Day", initial=clock.today)
    result = f.line(
        "How it ended", max_length=LINE, help_text="For example: found guilty, sentence on 3 March. Nothing that says who anybody is."
    )
