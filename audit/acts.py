"""What may be recorded: the six acts that section 62 of the Data Protection Act 2018 names, and a refusal."""

from django.db import models


class Act(models.TextChoices):
    """One word for what was done with personal data."""

    COLLECTION = "collection", "Collection"
    ALTERATION = "alteration", "Alteration"
    CONSULTATION = "consultation", "Consultation"
    DISCLOSURE = "disclosure", "Disclosure"
    COMBINATION = "combination", "Combination"
    ERASURE = "erasure", "Erasure"
    DENIAL = "denial", "Denial"
