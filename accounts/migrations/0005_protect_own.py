"""Row-level security and grants of what belongs to one person alone (accounts/grants.py)."""

from typing import ClassVar

from django.db import migrations

from core.rls import EVERYTHING, OWN_USER, Protect, rule
from core.scope import Kind

OWN = {str(kind): rule("SELECT INSERT UPDATE DELETE", OWN_USER) for kind in (Kind.POLICE, Kind.CPS, Kind.ISVA, Kind.PANEL, Kind.OVERSIGHT)}


class Migration(migrations.Migration):
    dependencies: ClassVar = [("accounts", "0004_draft_and_saved_filter")]
    operations: ClassVar = [
        Protect("accounts_savedfilter", OWN),
        Protect("accounts_draft", {**OWN, str(Kind.SYSTEM): rule("SELECT DELETE", EVERYTHING)}),
    ]
