"""Parts of what the police ask of the CPS: theirs alone until they have been sent."""

from django.db import models

from cases.models.base import CaseRow


class SentRow(CaseRow):
    """A part of a request or a referral: a suspect, a crime, a question, an item of the file. The CPS has no row that was never sent."""

    sent_at = models.DateTimeField(null=True, editable=False, help_text="When it first went to the CPS; blank: never yet.")

    class Meta(CaseRow.Meta):
        abstract = True
