"""`manage.py bootstrap_roles`: prepares a new PostgreSQL server, as its administrator."""

import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from core.roles import RoleProblem, prepare


class Command(BaseCommand):
    """Makes the kinds of user, the owner's and the application's login, and the database. Doing it again changes nothing."""

    help = (
        "Prepares a PostgreSQL server: roles, the owner's login (DATABASE_OWNER_URL), the application's login (DATABASE_URL) and the "
        "database. Needs an administrator's address: --admin-url, or better DATABASE_ADMIN_URL or DATABASE_ADMIN_URL_FILE."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add --admin-url."""
        parser.add_argument("--admin-url", help="the administrator's address (others on this machine may see it: prefer the environment)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Prepare the server and say what was done."""
        if settings.DATABASE_OWNER_URL == "-":
            raise CommandError("DATABASE_OWNER_URL is not set: it names the owner's login and its password.")
        try:
            done = prepare(options["admin_url"] or _admin_url(), settings.DATABASE_OWNER_URL, settings.DATABASE_URL)
        except (RoleProblem, ValueError) as problem:
            raise CommandError(str(problem)) from None
        except psycopg.Error as error:
            raise CommandError(f"The server refused: {error.diag.message_primary or 'no connection'}.") from None
        for line in done or ["nothing to do: everything was as it should be"]:
            self.stdout.write(line)


def _admin_url() -> str:
    """Return the administrator's address from the environment. Raises CommandError when there is none."""
    if url := os.environ.get("DATABASE_ADMIN_URL"):
        return url
    if file := os.environ.get("DATABASE_ADMIN_URL_FILE"):
        try:
            return Path(file).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise CommandError(f"DATABASE_ADMIN_URL_FILE names a file that cannot be read: {error.strerror}") from error
    raise CommandError("DATABASE_ADMIN_URL is not set: it names an administrator of the server. --admin-url does the same.")
