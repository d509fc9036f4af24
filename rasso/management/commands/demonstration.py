"""`manage.py demonstration`: the demonstration's people and cases."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError

from accounts.demonstration import PASSWORD, SIGN_INS, make_sign_ins


class Command(BaseCommand):
    """Make sign-ins, and cases where RASSO_DEMO_CASES is on. Safe to run again."""

    help = "Make the demonstration's sign-ins and invented cases. Refused unless RASSO_DEMO is on."

    def handle(self, *args: Any, **options: Any) -> None:
        """Make them and say whom to sign in as. Raises CommandError outside the demonstration."""
        try:
            make_sign_ins()
        except ImproperlyConfigured as error:
            raise CommandError(str(error)) from error
        if settings.DEMO_CASES:
            from cases.demonstration import make_cases
            from reports.demonstration import make_what_waits

            make_cases()
            make_what_waits()
        self.stdout.write(f"Password of every sign-in: {PASSWORD}")
        for email, who in SIGN_INS:
            self.stdout.write(f"  {email:<30} {who}")
