#!/usr/bin/env python
"""Django's command line for the RASSO case tracker. `make run` and `make test` call it for you."""

import os
import sys
from pathlib import Path


def use_what_is_running() -> None:
    """Let a command in another terminal work on what `make run` serves, unless the environment names a database itself."""
    from rasso.launcher import standing

    if "DATABASE_URL" not in os.environ:
        os.environ.update(standing.read(Path(__file__).resolve().parent))


def main() -> None:
    """Run one management command with the settings named by DJANGO_SETTINGS_MODULE (local by default)."""
    if os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rasso.settings.local") == "rasso.settings.local":
        use_what_is_running()
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
