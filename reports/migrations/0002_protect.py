"""Row-level security and grants of what reports save (reports/grants.py)."""

from typing import ClassVar

from django.db import migrations

from core.rls import OWN_AGENCY, OWN_FORCE, Protect, rule
from core.scope import Kind

POLICE, OVERSIGHT, SYSTEM = str(Kind.POLICE), str(Kind.OVERSIGHT), str(Kind.SYSTEM)


class Migration(migrations.Migration):
    dependencies: ClassVar = [("reports", "0001_initial")]
    operations: ClassVar = [
        Protect("reports_dailyrun", {POLICE: rule("SELECT", OWN_FORCE), SYSTEM: rule("SELECT INSERT UPDATE", OWN_FORCE)}),
        Protect("reports_pattern", {OVERSIGHT: rule("SELECT UPDATE", OWN_AGENCY), SYSTEM: rule("SELECT INSERT", OWN_AGENCY)}),
    ]
