"""What a prosecutor still holds beside her or his cases: referrals and requests for early advice that name her or him."""

from accounts.models import User
from accounts.roles import KIND_OF_ROLE
from core.scope import Kind, Scope, scope
from prosecution.choosing import HELD
from prosecution.models import AdviceState, EarlyAdvice, Referral


def open_work_held(person: User) -> list[str]:
    """Return a sentence for each sort of open work, for accounts.holdings. Called in the system scope of the person's agency.

    The system works one force at a time; what an Area holds is read as the Area.
    """
    if KIND_OF_ROLE.get(person.role) is not Kind.CPS:
        return []
    with scope(Scope(kind=Kind.CPS, cps_area_id=person.agency_id, agency_id=person.agency_id)):
        referrals = Referral.objects.filter(prosecutor=person, state__in=HELD).count()
        requests = EarlyAdvice.objects.filter(prosecutor=person, state=AdviceState.ACCEPTED).count()
    found = [
        _sentence(referrals, "referral names", "referrals name"),
        _sentence(requests, "request for early advice names", "requests for early advice name"),
    ]
    return [one for one in found if one]


def _sentence(number: int, one: str, many: str) -> str:
    if not number:
        return ""
    return f"{number} open {one if number == 1 else many} her or him as prosecutor."
