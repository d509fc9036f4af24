"""The written table of grants of notices, choices and reminders: a person reads and marks the own, the system writes and sends.

The system sees every row: the sweep sends for all agencies (design section 3: reminders).
"""

from core.rls import EVERYTHING, OWN_USER, Rule, rule
from core.scope import Kind

Table = dict[str, Rule]
PEOPLE = (Kind.POLICE, Kind.CPS, Kind.ISVA, Kind.PANEL, Kind.OVERSIGHT)


def own(commands: str) -> Table:
    """Return a rule for every kind of person: the own rows."""
    return {str(kind): rule(commands, OWN_USER) for kind in PEOPLE}


GRANTS: dict[str, Table] = {
    "notifications_notice": {**own("SELECT UPDATE"), str(Kind.SYSTEM): rule("SELECT INSERT UPDATE", EVERYTHING)},
    "notifications_subscription": {**own("SELECT INSERT UPDATE"), str(Kind.SYSTEM): rule("SELECT", EVERYTHING)},
    "notifications_reminder": {str(Kind.SYSTEM): rule("SELECT INSERT UPDATE", EVERYTHING)},
}
