"""Real Celery workers and beats, each in a process group of its own, forked from one process that has loaded the project.

A worker that is started anew takes seconds to import everything; twenty of them would take a minute of nothing. Run as a
program it reads one line for each process to start (what celery is to do, as words) and answers with its process id.
"""

import os
import signal
import subprocess
import sys
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[3]
WORKER: Final = "--quiet --skip-checks worker --concurrency 2 --without-gossip --without-mingle --without-heartbeat --loglevel ERROR"
STARTED_WITH: Final = (
    "celery.bin.beat", "celery.bin.worker", "celery.apps.beat", "celery.apps.worker", "celery.concurrency.prefork",
    "celery.worker.components", "celery.worker.consumer", "celery.worker.pidbox", "kombu.transport.redis", "billiard.popen_fork",
)  # fmt: skip
"""What celery would import anew in every process: imported once, before they are forked."""


class Nursery:
    """The parent process, and what it started."""

    def __init__(self, *, database: str, broker: str, log: Path) -> None:
        scheme, _, rest = os.environ["DATABASE_URL"].partition("://")
        environment = {**os.environ, "DATABASE_URL": f"{scheme}://{rest.partition('/')[0]}/{database}", "REDIS_URL": broker}
        environment.pop("DATABASE_OWNER_URL", None)
        command = [sys.executable, "-W", "ignore", "-m", "tests.integration.notifications.nursery"]
        pipe = subprocess.PIPE
        self._log = log.open("w")
        self._parent = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=self._log, env=environment, cwd=ROOT, text=True)
        self._alive: set[int] = set()

    def start(self, words: str = WORKER) -> int:
        """Start a process and return its id, which is that of its group too."""
        assert self._parent.stdin is not None
        assert self._parent.stdout is not None
        self._parent.stdin.write(f"{words}\n")
        self._parent.stdin.flush()
        started = int(self._parent.stdout.readline())
        self._alive.add(started)
        return started

    def kill(self, process: int) -> None:
        """End a process and all its children with signal 9, at once."""
        self._alive.remove(process)
        os.killpg(process, signal.SIGKILL)

    def close(self) -> None:
        """End whatever is left, and the parent."""
        for process in list(self._alive):
            with suppress(ProcessLookupError):
                self.kill(process)
        self._parent.communicate()
        self._log.close()


def main() -> None:
    """Load the project once, then fork a process for each line. Beat rings for the reminders alone, twice a second."""
    import django

    django.setup()
    from rasso.celery import app

    app.loader.import_default_modules()
    for name in STARTED_WITH:
        import_module(name)
    tasks = {entry["task"] for name, entry in app.conf.beat_schedule.items() if "reminders" in name}
    app.conf.beat_schedule = {task: {"task": task, "schedule": 0.5, "options": {"expires": 55}} for task in tasks}
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            os.setsid()
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
            app.start(line.split())
            os._exit(0)
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
