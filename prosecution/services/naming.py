"""Who is the prosecutor of a case: named by triage, by a reallocation, and by nothing else in this app."""

from accounts.models import User
from cases import models as m
from cases.services.changing import Changing
from cases.services.roles import current, give_role


def name_prosecutor(change: Changing, person: User) -> None:
    """Give somebody the role of prosecutor on the case, unless she or he has it."""
    if not current(change.case).filter(role=m.CaseRole.PROSECUTOR, user=person).exists():
        give_role(change, person, m.CaseRole.PROSECUTOR)
