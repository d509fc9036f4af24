"""`python -m bench [--cases N] [--repeats N]`: make a database, fill it, time the pages, drop it."""

import argparse
import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rasso.settings.local")
django.setup()

from bench import overdue  # noqa: E402  # needs Django set up


def main() -> None:
    """Read the arguments and run the measurements."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--cases", type=int, default=20_000, help="how many cases; half of them in one force (default 20000)")
    parser.add_argument("--repeats", type=int, default=40, help="how often each page is asked for (default 40)")
    parser.add_argument("--keep", action="store_true", help="leave the database standing, to look at query plans")
    chosen = parser.parse_args()
    overdue.run(cases=max(chosen.cases, 100), repeats=max(chosen.repeats, 5), keep=chosen.keep)


if __name__ == "__main__":
    main()
