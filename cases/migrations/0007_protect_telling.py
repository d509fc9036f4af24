"""Row-level security of what complainants were told, the plans for telling, support and hearings (cases/grants.py)."""

from typing import ClassVar

from django.db import migrations

from core.appendonly import AppendOnly
from core.rls import OWN_AREA, OWN_FORCE, Protect, rule
from core.scope import Kind

POLICE, CPS, SYSTEM = str(Kind.POLICE), str(Kind.CPS), str(Kind.SYSTEM)


def both(commands: str) -> dict:
    """Return the rules of a table that either side and the system may use alike."""
    return {POLICE: rule(commands, OWN_FORCE), CPS: rule(commands, OWN_AREA), SYSTEM: rule(commands, OWN_FORCE)}


ADDED = ("tellingplan", "suspecttold", "supportchange", "hearing")


class Migration(migrations.Migration):
    dependencies: ClassVar = [("cases", "0006_telling")]
    operations: ClassVar = [
        *(Protect(f"cases_{name}", both("SELECT INSERT")) for name in ADDED),
        Protect("cases_told", both("SELECT INSERT UPDATE")),
        Protect("cases_toldversion", both("INSERT")),
        *(AppendOnly(f"cases_{name}") for name in (*ADDED, "toldversion")),
    ]
