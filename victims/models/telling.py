"""What a plan of telling holds that would say who the victim is: who is with her or him, and where a letter goes."""

from typing import ClassVar

from django.db import models

from cases.models import TellingPlan
from cases.models.base import LINE
from core.sealedfield import SealedTextField
from victims.models.base import VictimRow


class TellingArrangement(VictimRow):
    """Who is with her or him when a decision is told, and by which safe route the letter follows. One to one with its plan."""

    plan = models.ForeignKey(TellingPlan, on_delete=models.PROTECT, related_name="+", db_constraint=False, editable=False)
    companion = SealedTextField(max_length=LINE)
    letter_route = SealedTextField(max_length=LINE, blank=True, default="")

    class Meta(VictimRow.Meta):
        constraints: ClassVar = [
            *VictimRow.Meta.constraints,
            models.UniqueConstraint(fields=["plan"], name="a_plan_of_telling_is_arranged_once"),
        ]
