"""Forms of a victim's request for a review: as it is received, and what the review unit does with it."""

from typing import Any, Final

from django import forms

from cases import models as m
from cases.forms import fields as f
from cases.forms.base import ActForm
from core import clock
from core.components import day_text
from prosecution.eligibility import BY_CODE
from prosecution.models import AskedBy, ReviewRequest
from prosecution.models import ReviewState as V
from prosecution.models.review import GROUNDS
from prosecution.selectors_part import agency_of, parts_in, reviewers_of
from prosecution.selectors_review import Reviewable, pilot, reviewable

TEXT: Final = 4_000
NO_IDENTITY: Final = "Nothing that says who she or he is, or where."


def grounds_field() -> forms.CharField:
    """Return the field for what she or he said."""
    return f.text(
        "What did she or he say or write?",
        required=False,
        max_length=GROUNDS,
        help_text="The whole of it. Sealed: only the review unit of the side that decided reads it. She or he need give no reasons.",
    )


def late_field() -> forms.CharField:
    """Return the field for why a request came after the window."""
    return f.reason(
        "If it came after the last day on which she or he could ask: why?", required=False, help_text="It is taken all the same."
    )


class LodgeForm(ActForm):
    """A request as it was received, by whoever received it."""

    says = (
        "Only her or his own request opens a review. It goes to the review unit of the side that decided; you do not see it again. "
        "The case says that a review is asked for, and how it ended."
    )
    button = "Pass it on"
    asked_sometimes = frozenset({"grounds", "late_because", "expedited"})
    decision_id = f.KeyField(label="Of which decision?", widget=forms.RadioSelect)
    received_on = f.past_day(
        "Day on which it was received", initial=clock.today, help_text="By anybody of police or CPS. Its time counts from that day."
    )
    asked_by = f.radios("Who asked?", AskedBy.choices)
    own_words = f.YesNoField(label="Is what follows in her or his own words?", help_text="“No”: somebody wrote it for her or him.")
    grounds = grounds_field()
    late_because = late_field()
    expedited = forms.BooleanField(label="It is asked before the prosecution offers no evidence", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = reviewable(self.case, self.target.pk) if self.case is not None and isinstance(self.target, m.Complainant) else []
        field: Any = self.fields["decision_id"]
        field.choices = [(str(one.key), choice_words(one, one.words)) for one in found]
        if self.case is None or not pilot(self.case.cps_area_scope, clock.today()):
            del self.fields["expedited"]


def choice_words(one: Reviewable, words: str) -> str:
    """Return a decision as a choice, with the end of its window."""
    return f"{words}. {window_words(one)}"


def window_words(one: Reviewable) -> str:
    """Return until when she or he can ask, in words."""
    if one.window is None:
        return "The time to ask has not begun: no written reasons have reached her or him"
    usual = f", normally until {day_text(one.window.usual)}" if one.window.usual else ""
    return f"She or he can ask until {day_text(one.window.until)}{usual}"


class AcknowledgeForm(ActForm):
    """When it was acknowledged to her or him."""

    says = "She or he is told, by the safe route, that the request is here, who works on it, and by when it is decided."
    at = f.past_moment("When was it acknowledged?", initial=clock.now)


class AllocateForm(ActForm):
    """Who reviews: of the unit, and no part taken."""

    says = "Only people of the review unit who took no part in the case are listed."
    reviewer_id = f.KeyField(label="Who reviews the decision?")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if isinstance(self.target, ReviewRequest):
            people = reviewers_of(agency_of(self.target), parts_in(self.target.case_id, self.target.side))
            field: Any = self.fields["reviewer_id"]
            field.choices = [*f.CHOOSE, *((str(one.pk), one.name) for one in people)]


class LengthenForm(ActForm):
    """A complex case: the day she or he was told of."""

    says = "For a complex case, once she or he was told. Whether it is late still counts from the first day, which stands beside it."
    longer_until = f.coming_day("Until which day, as she or he was told?")
    longer_because = f.reason("Why, as she or he was told", help_text=NO_IDENTITY)


class DecideReviewForm(ActForm):
    """What the review came to."""

    says = (
        "Overturned, the investigation is open again at once: the suspect is back with the police, or with the CPS if it decided. "
        "A new decision is planned and told to her or him anew. Both sides see the result; your reasons stay with the review unit."
    )
    result = f.radios("What did the review come to?", [(V.UPHELD.value, V.UPHELD.label), (V.OVERTURNED.value, V.OVERTURNED.label)])
    result_note = f.text("Your reasons", max_length=TEXT, help_text=f"For the review unit. {NO_IDENTITY}")
    reasons_for_victim = f.text(
        "The reasons for the victim, in plain words", max_length=TEXT, help_text=f"For the letter and the conversation. {NO_IDENTITY}"
    )


class OutOfScopeForm(ActForm):
    """Why the scheme does not cover it, and what is left to her or him."""

    says = "A second person of the review unit confirms it, or sends it back. Until then nothing is told to her or him."
    result_note = f.text("Why does the scheme not cover it?", max_length=TEXT, help_text=NO_IDENTITY)
    way_left = f.reason("Which way is left to her or him?", help_text="As she or he is told.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if isinstance(self.target, ReviewRequest):
            row = BY_CODE.get(self.target.eligibility_code)
            outside = row is not None and not row.eligible
            self.initial.update({"way_left": self.target.way_left, "result_note": row.words if row is not None and outside else ""})


class AnswerOutOfScopeForm(ActForm):
    """The answer of a second person."""

    asked_sometimes = frozenset({"note", "reasons_for_victim"})
    only_if = {  # noqa: RUF012 - read only
        "reasons_for_victim": ("confirm", ("yes",)),
        "note": ("confirm", ("no",)),
    }
    confirm = f.YesNoField(label="Is it out of scope?", help_text="“No” sends it back to where it stood.")
    reasons_for_victim = f.text(
        "If it is: the reasons for the victim, in plain words, and the way that is left", required=False, max_length=TEXT,
        help_text=NO_IDENTITY,
    )  # fmt: skip
    note = f.reason("If it is not: why do you send it back?", required=False)


class WithdrawReviewForm(ActForm):
    """What she or he said."""

    says = "Only on her or his own word. She or he can ask again as long as the time to ask lasts."
    result_note = f.text("What did she or he say, when and to whom?", max_length=TEXT, help_text=NO_IDENTITY)
