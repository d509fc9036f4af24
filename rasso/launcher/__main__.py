"""`python -m rasso.launcher run | test [arguments for pytest] | with-servers -- command`."""

import os
import signal
import sys
from pathlib import Path

from rasso.launcher.process import end_with_parent
from rasso.launcher.run import run
from rasso.launcher.steps import say
from rasso.launcher.test import test, with_servers

ROOT = Path(__file__).resolve().parent.parent.parent
USAGE = "usage: python -m rasso.launcher run [--with-make] | test [arguments for pytest] | with-servers [--quiet] -- command …"


def main(arguments: list[str]) -> int:
    """Do what the first word says and return the exit status."""
    os.chdir(ROOT)
    match arguments:
        case ["run"]:
            return run(ROOT)
        case ["run", "--with-make"]:
            end_with_parent(signal.SIGTERM)  # when make itself is ended, so are we
            return run(ROOT)
        case ["test", *rest]:
            return test(ROOT, rest)
        case ["with-servers", "--", *command] if command:
            return with_servers(ROOT, command)
        case ["with-servers", "--quiet", "--", *command] if command:
            return with_servers(ROOT, command, quiet=True)
    say(USAGE)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
