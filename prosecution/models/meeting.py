"""A meeting or call between investigator and prosecutor: when, who, what was agreed."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from cases.models.base import LINE, TEXT, CaseRow


class Meeting(CaseRow):
    """One meeting, recorded by whoever of the two sides entered it. Append-only."""

    class How(models.TextChoices):
        CALL = "call", "By telephone"
        VIDEO = "video", "By video"
        IN_PERSON = "in_person", "In person"
        MESSAGES = "messages", "By messages"

    at = models.DateTimeField()
    how = models.CharField(max_length=9, choices=How)
    who = models.CharField(max_length=LINE, help_text="Who took part, by name or post.")
    agreed = models.CharField(max_length=TEXT)

    class Meta(CaseRow.Meta):
        constraints: ClassVar = [
            *CaseRow.Meta.constraints,
            models.CheckConstraint(condition=~Q(agreed=""), name="a_meeting_says_what_was_agreed"),
        ]
