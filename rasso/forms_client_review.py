"""The form by which an ISVA passes on that a client asks for a review."""

from collections.abc import Sequence
from typing import Any

from django import forms

from cases.forms import fields as f
from core import clock
from prosecution.forms.review_request import choice_words, grounds_field, late_field
from prosecution.selectors_review import Reviewable
from victims.forms.clients import ClientForm


class ClientReviewForm(ClientForm):
    """A client's own request. Nothing here says about which suspect a decision was."""

    says = (
        "Only your client’s own request opens a review. It goes to the review unit of the side that decided, never to the officer. "
        "What is written here may have to be disclosed to the defence."
    )
    discloses = True
    decision_id = f.KeyField(label="Of which decision?", widget=forms.RadioSelect)
    received_on = f.past_day("Day on which your client asked you", initial=clock.today)
    own_words = f.YesNoField(label="Is what follows in your client’s own words?")
    grounds = grounds_field()
    late_because = late_field()

    def __init__(self, *args: Any, found: Sequence[Reviewable] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["decision_id"]
        field.choices = [(str(one.key), choice_words(one, one.plain)) for one in found]
