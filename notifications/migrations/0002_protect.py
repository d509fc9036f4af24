"""Row-level security and grants of notices and choices (notifications/grants.py), and of the sign of life."""

from typing import ClassVar

from django.db import migrations

from core.rls import APP, EVERYTHING, OWN_USER, Grant, Protect, rule
from core.scope import Kind

SYSTEM = str(Kind.SYSTEM)
PEOPLE = tuple(str(kind) for kind in (Kind.POLICE, Kind.CPS, Kind.ISVA, Kind.PANEL, Kind.OVERSIGHT))


class Migration(migrations.Migration):
    dependencies: ClassVar = [("notifications", "0001_initial")]
    operations: ClassVar = [
        Protect(
            "notifications_notice",
            {**dict.fromkeys(PEOPLE, rule("SELECT UPDATE", OWN_USER)), SYSTEM: rule("SELECT INSERT UPDATE", EVERYTHING)},
        ),
        Protect(
            "notifications_subscription",
            {**dict.fromkeys(PEOPLE, rule("SELECT INSERT UPDATE", OWN_USER)), SYSTEM: rule("SELECT", EVERYTHING)},
        ),
        Grant("notifications_heartbeat", {APP: "SELECT", SYSTEM: "SELECT INSERT UPDATE"}),
    ]
