"""`manage.py demonstration`: the demonstration's people and cases."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

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
            from prosecution.demonstration import make_passage
            from prosecution.demonstration.panels import make_panels
            from reports.demonstration import make_what_waits
            from victims.demonstration.appointments import make_appointments
            from victims.demonstration.contact import make_contact
            from victims.demonstration.identity import make_identities
            from victims.demonstration.isva import make_support
            from victims.demonstration.requests import make_requests
            from victims.demonstration.telling import make_arrangements

            make_cases()
            make_passage()
            make_identities()
            make_contact()
            make_arrangements()
            make_appointments()
            make_requests()
            make_support()
            make_panels()
            make_what_waits()
            plan_by_what_is_there()
        self.stdout.write(f"Password of every sign-in: {PASSWORD}")
        for email, who in SIGN_INS:
            self.stdout.write(f"  {email:<30} {who}")


def plan_by_what_is_there() -> None:
    """Let the database count the new rows now: until it does so by itself, a minute later, a worklist takes many times as long."""
    if "owner" in connections:
        with connections["owner"].cursor() as cursor:
            cursor.execute("ANALYZE")
