"""From a person to the scope in the database that she or he acts under."""

from accounts.models import User
from accounts.roles import KIND_OF_ROLE
from core.scope import Kind, Scope


def scope_of(user: User, kind: Kind | None = None) -> Scope:
    """Return the scope of a person: the kind follows the role, the keys follow the agency. Raises KeyError for no role.

    `kind`: another kind that the page is answered under: that of panels, for a member whatever her or his role.
    """
    kind = kind or KIND_OF_ROLE[user.role]
    return Scope(
        kind=kind,
        force_id=user.agency_id if kind is Kind.POLICE else 0,
        cps_area_id=user.agency_id if kind is Kind.CPS else 0,
        agency_id=user.agency_id,
        user_id=user.id,
    )
