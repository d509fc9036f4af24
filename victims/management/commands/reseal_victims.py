"""`manage.py reseal_victims`: seal everything about victims anew under the first key of RASSO_FIELD_KEYS."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

import audit.services
from audit import context as audit_context
from audit.acts import Act
from core.scope import scope, system
from core.sealedfield import SealBroken
from victims.resealing import forces, left_in, reseal_force

LAST_WORDS = (
    "Nothing is left under old keys. Run this again when every process runs with the new key in front: "
    "if it says so then, the old key may go."
)


class Command(BaseCommand):
    """Change keys: put the new key in front, start every process with it, run this, and again, then take the old key away."""

    help = "Seal every value about victims under the first key, force by force, and say what is left under old keys. Safe to run again."

    def handle(self, *args: Any, **options: Any) -> None:
        """Reseal, then count. Raises CommandError when rows do not open or values are left."""
        with audit_context.acting_as_system(reason="keys changed"):
            broken = [words for force in forces() if (words := self._one(force.pk))]
            left = self._left()
        if broken:
            raise CommandError("\n".join(broken))
        if left:
            raise CommandError(f"{left} values are left under old keys: somebody wrote under one meanwhile. Run this again.")
        self.stdout.write(LAST_WORDS)

    def _one(self, force_id: int) -> str:
        """Reseal one force; return what could not be opened, "" for nothing. A force in which nothing was under an old key is no act."""
        try:
            done = reseal_force(force_id)
        except SealBroken as fault:
            return f"Force {force_id}: {fault}"
        if sum(done.values()):
            with scope(system(force_id)):
                audit.services.record(act=Act.ALTERATION, what="keys changed", owners=[force_id], row_count=sum(done.values()))
        for table, values in done.items():
            if values:
                self.stdout.write(f"Force {force_id}, {table}: {values} values sealed anew")
        return ""

    def _left(self) -> int:
        total = 0
        for force in forces():
            for table, values in left_in(force.pk).items():
                if values:
                    self.stdout.write(f"Force {force.pk}, {table}: {values} values left under old keys")
                total += values
        return total
