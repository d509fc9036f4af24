"""Says what is being done, why, and how long it took."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager


class Steps:
    """Prints each step on standard error (or standard output for `make run`), numbered, with the time it took."""

    def __init__(self, *, quiet: bool = False) -> None:
        self._count = 0
        self._quiet = quiet
        self._began = time.monotonic()

    @contextmanager
    def step(self, title: str, what: str) -> Iterator[None]:
        """Announce a step, run the block, then say how long it took. A block that fails says so on its way out."""
        self._count += 1
        began = time.monotonic()
        self.say(f"{self._count:>2}. {title}: {what}")
        try:
            yield
        except BaseException:
            self.say(f"    stopped after {time.monotonic() - began:.1f} s")
            raise
        self.say(f"    done in {time.monotonic() - began:.1f} s")

    def total(self) -> float:
        """Return the seconds since the first step began."""
        return time.monotonic() - self._began

    def say(self, line: str) -> None:
        """Print one line, unless the steps are meant to be quiet."""
        if not self._quiet:
            say(line)


def say(line: str) -> None:
    """Print one line on standard output at once, so that it also reaches a pipe or a file in order."""
    try:
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()
    except OSError:  # the terminal went away: stopping what was started matters more than saying so
        return
