"""Agencies, units, people. Reference data and people are no case rows: row-level security does not apply to them."""

import uuid
from datetime import date
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.db import models
from django.db.models.functions import Lower

from accounts.fields import PasswordHashField
from accounts.querysets import PeopleQuerySet, UnitQuerySet
from accounts.roles import AgencyKind, Grade, Role


class Agency(models.Model):
    """A police force (its number is its 2-digit code), a CPS Area, CPS Direct, a support service or an oversight body."""

    id = models.PositiveIntegerField(primary_key=True)
    kind = models.CharField(max_length=12, choices=AgencyKind)
    name = models.CharField(max_length=100)
    cps_area = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    live_from = models.DateField(
        null=True, blank=True, help_text="The day this force went live; duties dated before it are not known here."
    )

    class Meta:
        verbose_name_plural = "agencies"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "name"], name="an_agency_is_named_once_in_its_kind"),
            models.CheckConstraint(
                condition=models.Q(live_from__isnull=True) | models.Q(kind=AgencyKind.POLICE), name="only_a_force_goes_live"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def code(self) -> str:
        """The 2-digit force code that begins a URN."""
        return f"{self.id:02d}"


class Unit(models.Model):
    """A team of an agency. It names its CPS Area only where the force works with two (Metropolitan, City)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="units")
    name = models.CharField(max_length=80)
    cps_area = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reviews = models.BooleanField(default=False, help_text="The review unit: victims’ requests for a review go to it.")

    objects = UnitQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["agency", "name"], name="a_unit_is_named_once_in_its_agency")]

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    """People are found by e-mail address, in any case of letters. Lists begin with `visible_to(user)`."""

    def get_queryset(self) -> PeopleQuerySet:
        """Return the queryset that knows scopes."""
        return PeopleQuerySet(self.model, using=self._db)

    def visible_to(self, user: "User | AnonymousUser | None") -> PeopleQuerySet:
        """Return the people that somebody sees in lists: those of the own agency."""
        return self.get_queryset().visible_to(user)

    def get_by_natural_key(self, username: str | None) -> "User":
        """Return the person with this e-mail address. Raises User.DoesNotExist."""
        return self.get(email=(username or "").lower())


class User(AbstractBaseUser):
    """A person with one agency and one role. Someone known only from an extract has no e-mail and cannot sign in."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(unique=True, null=True, blank=True)
    password = PasswordHashField("password", max_length=128)
    name = models.CharField(max_length=100)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="people")
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="people")
    role = models.CharField(max_length=20, choices=Role)
    grade = models.CharField(max_length=40, choices=Grade, blank=True, default=Grade.NONE)
    collar_number = models.CharField(max_length=20, blank=True)
    is_active = models.BooleanField(default=True)
    away_from = models.DateField(null=True, blank=True)
    away_to = models.DateField(null=True, blank=True)
    covered_by = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="covers")
    created_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["agency", "collar_number"], condition=~models.Q(collar_number=""), name="a_collar_number_is_used_once_in_its_agency"
            ),
            models.CheckConstraint(
                condition=models.Q(away_to__isnull=True) | models.Q(away_from__isnull=False, away_from__lte=models.F("away_to")),
                name="away_ends_after_it_begins",
            ),
            models.CheckConstraint(condition=~models.Q(covered_by=models.F("id")), name="nobody_covers_herself_or_himself"),
            models.CheckConstraint(
                condition=models.Q(email__isnull=True) | models.Q(email=Lower("email")), name="an_address_is_in_small_letters"
            ),
            models.CheckConstraint(condition=~models.Q(email=""), name="no_address_is_null_not_empty"),
        ]
        indexes: ClassVar = [models.Index(fields=["agency", "name", "id"], name="people_of_an_agency")]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        """Return the name as shown, rank included."""
        return self.name

    @property
    def may_sign_in(self) -> bool:
        """Whether this person has been invited and has not left."""
        return self.is_active and self.email is not None

    def is_away(self, day: date) -> bool:
        """Say whether the person is away on a London day; an absence without an end lasts."""
        return self.away_from is not None and self.away_from <= day and (self.away_to is None or day <= self.away_to)


class Accreditation(models.Model):
    """A qualification held: PIP level, RISDP, SSAIDP, RASSO specialist (domain.md section 9)."""

    class Kind(models.TextChoices):
        PIP1 = "pip1", "PIP level 1"
        PIP2 = "pip2", "PIP level 2"
        PIP3 = "pip3", "PIP level 3"
        RISDP = "risdp", "Rape Investigative Skills Development Programme"
        SSAIDP = "ssaidp", "Specialist Sexual Assault Investigators Development Programme"
        RASSO = "rasso", "RASSO specialist"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="accreditations")
    kind = models.CharField(max_length=10, choices=Kind)
    in_training = models.BooleanField(default=False)
    awarded_on = models.DateField(null=True, blank=True)
    expires_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "kind"], name="an_accreditation_is_held_once"),
            models.CheckConstraint(
                condition=models.Q(in_training=True, awarded_on__isnull=True) | models.Q(in_training=False, awarded_on__isnull=False),
                name="awarded_or_in_training",
            ),
            models.CheckConstraint(
                condition=models.Q(expires_on__isnull=True) | models.Q(expires_on__gt=models.F("awarded_on")),
                name="an_accreditation_expires_after_award",
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class SessionManager(BaseSessionManager):  # type: ignore[type-arg]
    """Sessions by key; ended through accounts.services."""


class Session(AbstractBaseSession):
    """A signed-in browser, with its person, so that it can be ended at once."""

    user_id = models.UUIDField(null=True, db_index=True)
    objects: ClassVar[SessionManager] = SessionManager()

    @classmethod
    def get_session_store_class(cls) -> type:
        """Return the store that reads and writes these rows."""
        from accounts.sessions import SessionStore

        return SessionStore


class SavedFilter(models.Model):
    """A list as one person narrowed it, kept under a name of her or his own. It holds the filter, never a search."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_index=False)
    page = models.CharField(max_length=40, help_text="The name of the list's address.")
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=500, help_text="The filter as the address has it, place in the list and search left out.")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "page", "name"], name="a_person_names_a_filter_once_a_list")]

    def __str__(self) -> str:
        return self.name


class Draft(models.Model):
    """What somebody had typed when the session ran out, sealed, until she or he comes back to that page or a day has passed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_index=False)
    place = models.CharField(max_length=64, help_text="Keyed hash of the page's address.")
    sealed = models.BinaryField()
    saved_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "place"], name="a_person_has_one_draft_a_page")]
        indexes: ClassVar = [models.Index(fields=["saved_at"], name="drafts_by_age")]

    def __str__(self) -> str:
        return "draft"
