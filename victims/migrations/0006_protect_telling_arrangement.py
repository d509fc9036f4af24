"""Row-level security of what stands beside a plan of telling (the written table is victims/grants.py)."""

from typing import ClassVar

from django.db import migrations

from core.appendonly import AppendOnly
from core.rls import OWN_AREA, OWN_FORCE, Protect, rule
from core.scope import Kind

POLICE, CPS, SYSTEM = str(Kind.POLICE), str(Kind.CPS), str(Kind.SYSTEM)


class Migration(migrations.Migration):
    dependencies: ClassVar = [("victims", "0005_telling_arrangement")]
    operations: ClassVar = [
        Protect(
            "victims_tellingarrangement",
            {
                POLICE: rule("SELECT INSERT", OWN_FORCE),
                CPS: rule("SELECT INSERT", OWN_AREA),
                SYSTEM: rule("SELECT INSERT UPDATE", OWN_FORCE),
            },
        ),
        AppendOnly("victims_tellingarrangement", ("companion", "letter_route")),
    ]
