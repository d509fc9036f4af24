"""People: known, and invited to sign in."""

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.mail import send_mail
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string

from accounts.models import Agency, Unit, User
from accounts.permissions import check_may_administer, check_not_oneself, check_role_fits
from accounts.roles import Grade, Role
from accounts.services.writing import locked, record_change, writing
from core.exceptions import NotPossible

INVITATION_SUBJECT = "You have been given access to the case tracker"


def create_person(
    *,
    actor: User | None,
    agency: Agency,
    name: str,
    role: Role,
    email: str | None = None,
    unit: Unit | None = None,
    grade: Grade = Grade.NONE,
    collar_number: str = "",
) -> User:
    """Add a person. With an e-mail address she or he can choose a password through "Forgotten password"; nobody sets it for others.

    `actor` None is the system, which needs a reason (audit.context.acting_as_system). Raises NotAllowed, and NotPossible
    when the role or unit does not belong to the agency, or the address or collar number is taken.
    """
    check_may_administer(actor, agency.id)
    check_role_fits(role, agency)
    check_unit_fits(unit, agency.id)
    person = User(agency=agency, name=name, role=role, unit=unit, grade=grade, collar_number=collar_number, email=normal_address(email))
    person.set_unusable_password()
    with writing(agency.id):
        try:
            with transaction.atomic():
                person.save(force_insert=True)
                keep_address(person)
        except IntegrityError as error:
            raise taken(error) from error
        record_change(person, "person added")
    return person


def invite(*, actor: User | None, person: User, email: str, sign_in_url: str, seen: str = "") -> User:
    """Give a person an e-mail address to sign in with, and send word. Choosing a password is done from the sign-in page.

    The message holds no secret, only where to go. An address given before is replaced, and sessions under it end.
    Raises NotAllowed, Conflict when what the page showed (`seen`) has changed, and NotPossible for somebody who has left
    or an address that is taken.
    """
    from accounts.services.sessions import delete_sessions

    check_may_administer(actor, person.agency_id)
    with writing(person.agency_id):
        person = locked(person, seen)
        if not person.is_active:
            raise NotPossible("This person has left. Reactivate her or him first.")
        person.email = normal_address(email)
        try:
            with transaction.atomic():
                person.save(update_fields=["email"])
                keep_address(person)
        except IntegrityError as error:
            raise taken(error) from error
        delete_sessions(person_id=person.id)
        record_change(person, "person invited")
        transaction.on_commit(lambda: send_invitation(address=str(person.email), sign_in_url=sign_in_url), robust=True)
    return person


def change_details(*, actor: User | None, person: User, name: str, grade: Grade, collar_number: str, seen: str = "") -> User:
    """Change a person's name, grade and collar number. A rank decides what somebody may authorise, so nobody changes the own.

    Raises NotAllowed, Conflict when what the page showed (`seen`) has changed, NotPossible for a collar number that is taken.
    """
    check_may_administer(actor, person.agency_id)
    check_not_oneself(actor, person)
    with writing(person.agency_id):
        person = locked(person, seen)
        person.name, person.grade, person.collar_number = name, grade, collar_number
        try:
            with transaction.atomic():
                person.save(update_fields=["name", "grade", "collar_number"])
        except IntegrityError as error:
            raise taken(error) from error
        record_change(person, "name, grade or collar number changed")
    return person


def send_invitation(*, address: str, sign_in_url: str) -> None:
    """Send the invitation: a constant subject, no name, no secret."""
    body = render_to_string("account/email/invitation.txt", {"sign_in_url": sign_in_url})
    send_mail(INVITATION_SUBJECT, body, settings.DEFAULT_FROM_EMAIL, [address])


def normal_address(email: str | None) -> str | None:
    """Return an address in small letters without spaces around it; None for none."""
    return (email or "").strip().lower() or None


def check_unit_fits(unit: Unit | None, agency_id: int) -> None:
    """Raise NotPossible, beside the field `unit`, for a unit of another agency."""
    if unit is not None and unit.agency_id != agency_id:
        raise NotPossible("Choose a unit of the person’s own agency.", field="unit")


def keep_address(person: User) -> None:
    """Keep what sign-in looks people up by equal to the person's address. An administrator vouches for it, so it is verified."""
    others = EmailAddress.objects.filter(user_id=person.id).exclude(email=person.email or "")
    others._raw_delete(others.db)  # without a look at django-allauth's table of confirmations, which stays empty here
    if person.email:
        EmailAddress.objects.update_or_create(user_id=person.id, email=person.email, defaults={"verified": True, "primary": True})


def taken(error: IntegrityError) -> NotPossible:
    """Return the refusal for a unique value that somebody else has."""
    if "collar_number" in str(error):
        return NotPossible("Somebody in this agency has this collar number.", field="collar_number")
    return NotPossible("This e-mail address cannot be used.", field="email")
