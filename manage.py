#!/usr/bin/env python
"""Django's command line for the RASSO case tracker. `make run` and `make test` call it for you."""

import os
import sys


def main() -> None:
    """Run one management command with the settings named by DJANGO_SETTINGS_MODULE (local by default)."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rasso.settings.local")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
