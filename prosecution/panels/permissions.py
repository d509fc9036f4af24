"""Who organises panels and who answers what they learned. Members need no role: being on a panel is what lets them read."""

from accounts.roles import Role
from cases.permissions import EVERYONE_ON_CASES, Permission

ORGANISERS = frozenset({Role.SUPERVISOR, Role.CPS_MANAGER})
ORGANISE = Permission("organise", ORGANISERS, "organise a scrutiny panel")
RECONSIDER = Permission("reconsider", ORGANISERS, "reconsider a decision that a scrutiny panel disagrees with")
LEARN = Permission("learn", EVERYONE_ON_CASES, "say what was done about something a scrutiny panel learned")

PERMISSIONS = (ORGANISE, RECONSIDER, LEARN)
