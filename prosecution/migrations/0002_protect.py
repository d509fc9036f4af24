"""Row-level security of this app's tables (the written table is prosecution/grants.py)."""

from typing import ClassVar

from django.db import migrations

from core.appendonly import AppendOnly
from core.rls import Protect
from prosecution.grants import APPEND_ONLY, GRANTS


class Migration(migrations.Migration):
    dependencies: ClassVar = [("prosecution", "0001_initial"), ("cases", "0009_prosecution_kinds")]
    operations: ClassVar = [
        *(Protect(name, rules) for name, rules in GRANTS.items()),
        *(AppendOnly(name) for name in APPEND_ONLY),
    ]
