"""Row-level security of withdrawal and written reasons, and of the clocks of what the police propose (cases/grants.py)."""

from typing import ClassVar

from django.db import migrations

from core.appendonly import AppendOnly
from core.rls import OWN_AREA, OWN_FORCE, Grant, Protect, Readmit, rule
from core.scope import Kind

POLICE, CPS, SYSTEM = str(Kind.POLICE), str(Kind.CPS), str(Kind.SYSTEM)


class Migration(migrations.Migration):
    dependencies: ClassVar = [("cases", "0010_withdrawal_and_written_reasons")]
    operations: ClassVar = [
        Protect(
            "cases_withdrawaltalk",
            {POLICE: rule("SELECT INSERT", OWN_FORCE), CPS: rule("SELECT", OWN_AREA), SYSTEM: rule("SELECT INSERT", OWN_FORCE)},
        ),
        Protect(
            "cases_writtenreasons",
            {
                POLICE: rule("SELECT INSERT UPDATE", OWN_FORCE),
                CPS: rule("SELECT INSERT UPDATE", OWN_AREA),
                SYSTEM: rule("SELECT INSERT UPDATE", OWN_FORCE),
            },
        ),
        Protect(
            "cases_writtenreasonsversion",
            {POLICE: rule("INSERT", OWN_FORCE), CPS: rule("INSERT", OWN_AREA), SYSTEM: rule("INSERT", OWN_FORCE)},
        ),
        Grant("cases_knownsuspect", {POLICE: "SELECT", CPS: "SELECT", SYSTEM: "SELECT INSERT DELETE"}),
        AppendOnly("cases_withdrawaltalk"),
        AppendOnly("cases_writtenreasonsversion"),
        # What the police propose is their own until it is confirmed: so is the clock that says it is there.
        Readmit(
            "cases_deadline",
            before={CPS: rule("SELECT", OWN_AREA)},
            after={CPS: rule("SELECT", f"{OWN_AREA} AND kind <> 'nfa_check'")},
        ),
    ]
