"""Row-level security and grants of looks, emergency access, offers between forces and bank holidays (cases/grants.py)."""

from typing import ClassVar

from django.db import migrations

from core.appendonly import AppendOnly
from core.rls import AUDITED_FORCE, OWN_AREA, OWN_FORCE, OWN_USER, Grant, Protect, rule
from core.scope import Kind

POLICE, CPS, OVERSIGHT, SYSTEM = str(Kind.POLICE), str(Kind.CPS), str(Kind.OVERSIGHT), str(Kind.SYSTEM)
LOOK = rule("SELECT INSERT UPDATE", OWN_USER)
RULES = {
    "caselook": {POLICE: LOOK, CPS: LOOK},
    "emergencyaccess": {
        POLICE: rule("SELECT", OWN_FORCE),
        SYSTEM: rule("SELECT INSERT", OWN_FORCE),
        OVERSIGHT: rule("SELECT", AUDITED_FORCE),
    },
    "emergencyreview": {
        POLICE: rule("SELECT", OWN_FORCE),
        SYSTEM: rule("SELECT INSERT", OWN_FORCE),
        OVERSIGHT: rule("SELECT INSERT", AUDITED_FORCE),
    },
    "caseoffer": {POLICE: rule("SELECT INSERT UPDATE", OWN_FORCE), CPS: rule("SELECT", OWN_AREA), SYSTEM: rule("SELECT INSERT UPDATE", OWN_FORCE)},
    "caseofferversion": {POLICE: rule("INSERT", OWN_FORCE), CPS: rule("INSERT", OWN_AREA), SYSTEM: rule("INSERT", OWN_FORCE)},
    "incomingoffer": {POLICE: rule("SELECT", OWN_FORCE), SYSTEM: rule("SELECT INSERT UPDATE", OWN_FORCE)},
    "caselink": {POLICE: rule("SELECT", OWN_FORCE), CPS: rule("SELECT", OWN_AREA), SYSTEM: rule("SELECT INSERT", OWN_FORCE)},
}
ONLY_ADDED = ("emergencyaccess", "emergencyreview", "caseofferversion", "caselink")
READERS = {str(kind): "SELECT" for kind in (Kind.POLICE, Kind.CPS, Kind.ISVA, Kind.OVERSIGHT)}


class Migration(migrations.Migration):
    dependencies: ClassVar = [("cases", "0003_looking_and_offers")]
    operations: ClassVar = [
        *(Protect(f"cases_{name}", rules) for name, rules in RULES.items()),
        *(AppendOnly(f"cases_{name}") for name in ONLY_ADDED),
        Grant("cases_bankholiday", {**READERS, SYSTEM: "SELECT INSERT"}),
        Grant("cases_clocksetting", {SYSTEM: "INSERT"}),
    ]
