"""How the victim is reached safely, what contact was agreed, and every contact there was. Rows are only added."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from cases.models import Channel
from cases.models.base import LINE, TEXT
from core import clock
from core.sealedfield import SealedTextField
from victims.models.base import VictimRow


class Voicemail(models.TextChoices):
    """What to do when voicemail answers."""

    NO = "no", "Leave no message"
    NAME_ONLY = "name_only", "Leave a first name and number only"
    YES = "yes", "A message may be left"


class SafeContact(VictimRow):
    """The safe-contact card: what never to do, when, code word, voicemail, who may pick up. The latest card stands."""

    no_safe_channel = models.BooleanField(default=False, help_text="No safe way to reach her or him at present.")
    channels = models.JSONField(default=list, help_text="The channels that are safe, the preferred one first.")
    never = SealedTextField(max_length=LINE, blank=True, default="")
    times = SealedTextField(max_length=LINE, blank=True, default="")
    code_word = SealedTextField(max_length=60, blank=True, default="")
    voicemail = models.CharField(max_length=9, choices=Voicemail, default=Voicemail.NO)
    who_may_pick_up = SealedTextField(max_length=LINE, blank=True, default="")
    safe_route_for_letters = SealedTextField(max_length=LINE, blank=True, default="")
    at = models.DateTimeField(default=clock.now)

    class Meta(VictimRow.Meta):
        indexes: ClassVar = [models.Index(fields=["complainant", "at"], name="safe_contact_of_a_victim")]


class SafeChannelReview(VictimRow):
    """An inspector's review while there is no safe channel: whether the way through the ISVA was tried, and what was decided."""

    at = models.DateTimeField(default=clock.now)
    isva_route_tried = models.BooleanField(default=False)
    decision = SealedTextField(max_length=LINE)


class AgreedBy(models.TextChoices):
    """Who keeps in contact, as agreed."""

    OFFICER = "officer", "Officer in the case"
    LIAISON = "solo", "Sexual offences liaison officer"
    WITNESS_CARE = "witness_care", "Witness Care officer"
    VICTIM_LIAISON = "vlo", "Victim liaison officer (CPS)"
    ISVA = "isva", "Through the ISVA"


class ContactAgreement(VictimRow):
    """How often, by which channel and by whom contact was agreed with the victim, from when. The latest agreement stands.

    There is no national rule that names a number of days (Victims' Code 2020, Right 6): it is what was agreed.
    """

    interval_days = models.PositiveSmallIntegerField(null=True, help_text="1 to 365; empty where she or he opted out.")
    opted_out = models.BooleanField(default=False)
    own_reason = SealedTextField(
        max_length=LINE, blank=True, default="", help_text="Her or his own reason for more than 56 days or for opting out."
    )
    channel = models.CharField(max_length=9, choices=Channel, blank=True)
    by = models.CharField(max_length=12, choices=AgreedBy, default=AgreedBy.OFFICER)
    starts_on = models.DateField()
    agreed_on = models.DateField()
    imported = models.BooleanField(default=False)

    class Meta(VictimRow.Meta):
        constraints: ClassVar = [
            *VictimRow.Meta.constraints,
            models.CheckConstraint(
                condition=Q(opted_out=True, interval_days__isnull=True) | Q(opted_out=False, interval_days__range=(1, 365)),
                name="an_agreement_has_1_to_365_days_or_is_an_opt_out",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["complainant", "created_at"], name="agreements_of_a_victim")]


class ContactHandover(VictimRow):
    """Who is the victim's contact from here on, agreed with her or him. Until one is agreed after charge, police owe it."""

    to = models.CharField(max_length=12, choices=AgreedBy)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    agreed_on = models.DateField()
    at = models.DateTimeField(default=clock.now)


class To(models.TextChoices):
    """Whom a contact was with."""

    VICTIM = "victim", "The victim"
    PERSON = "person", "A contact person"
    ISVA = "isva", "The ISVA"


class BySide(models.TextChoices):
    """Who made a contact. One of the ISVA's never meets a clock of police or CPS."""

    POLICE = "police", "Police"
    CPS = "cps", "CPS"
    ISVA = "isva", "ISVA"


class Contact(VictimRow):
    """One contact or attempt: when, by which channel, with whom, whether it reached her or him. A correction supersedes; both stay."""

    at = models.DateTimeField()
    channel = models.CharField(max_length=9, choices=Channel)
    to = models.CharField(max_length=7, choices=To, default=To.VICTIM)
    person = models.ForeignKey("victims.ContactPerson", null=True, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    reached = models.BooleanField()
    side = models.CharField(max_length=6, choices=BySide, default=BySide.POLICE)
    next_agreed_on = models.DateField(null=True, help_text="The day agreed for the next contact, where one was.")
    supersedes = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="corrections", db_constraint=False)
    corrected_because = models.CharField(max_length=LINE, blank=True)
    imported = models.BooleanField(default=False)

    class Meta(VictimRow.Meta):
        constraints: ClassVar = [
            *VictimRow.Meta.constraints,
            models.UniqueConstraint(fields=["supersedes"], name="a_contact_is_corrected_once"),
            models.CheckConstraint(condition=Q(supersedes__isnull=True) | ~Q(corrected_because=""), name="a_corrected_contact_says_why"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["complainant", "at"], name="contacts_of_a_victim"),
            models.Index(fields=["force", "at"], name="contacts_of_a_force"),
        ]


class ContactSummary(VictimRow):
    """What was said in a contact, for police and CPS alone: an ISVA reads that there was a contact, never this."""

    contact = models.OneToOneField(Contact, on_delete=models.PROTECT, related_name="summary", db_constraint=False)
    text = SealedTextField(max_length=TEXT, blank=True, default="")
    not_told_to = SealedTextField(max_length=LINE, blank=True, default="")
    spoke_about_offence = models.BooleanField(default=False)
    statement_reference = models.CharField(max_length=60, blank=True)

    class Meta(VictimRow.Meta):
        constraints: ClassVar = [
            *VictimRow.Meta.constraints,
            models.CheckConstraint(
                condition=Q(spoke_about_offence=False) | ~Q(statement_reference=""),
                name="words_about_the_offence_are_in_a_statement_not_here",
            ),
        ]
