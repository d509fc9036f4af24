"""`make run`: everything on this machine, ready to be signed in to."""

import http.client
import json
import os
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

from rasso.launcher import secrets, servers, standing
from rasso.launcher.identity import Busy, Lock, clear
from rasso.launcher.process import Child, Children, LauncherError, Spec, StopAsked, heed_signals, pause
from rasso.launcher.servers import Addresses, Place
from rasso.launcher.steps import Steps, say

SETTINGS = "rasso.settings.local"
FIRST_PORT = 8000
SIGN_INS = """
import json, django
django.setup()
try:
    from accounts import demonstration
    rows = [[str(part) for part in row] for row in demonstration.SIGN_INS]
    print(json.dumps([getattr(demonstration, "PASSWORD", ""), rows]))
except (ImportError, AttributeError, TypeError):
    print(json.dumps(["", []]))
"""


def run(root: Path) -> int:
    """Start everything, say where it is, and serve until asked to stop. Return the exit status."""
    data = root / ".data"
    for folder in (data, data / "run", data / "logs", data / "mail"):
        folder.mkdir(mode=0o700, exist_ok=True)
    lock = Lock(data / "run" / "lock")
    try:
        lock.take()
    except Busy as busy:
        say(f"Another one is running already: {busy.about or 'it is still starting'}. Stop it first, or use that one.")
        return 1
    heed_signals()
    children = Children(data / "run")
    try:
        _serve(root, children, lock)
    except StopAsked:
        say("Stopping.")
        return 0
    except LauncherError as error:
        say(str(error))
        return 1
    finally:
        standing.forget(root)
        children.stop_all()
        lock.release()
    return 0


def _serve(root: Path, children: Children, lock: Lock) -> None:
    """Start everything in order, then watch it until a stop is asked for."""
    data, steps = root / ".data", Steps()
    if left := clear(data / "run"):
        say(f"    An interrupted run had left {', '.join(left)}; stopped.")
    addresses = servers.start(children, Place(data, data / "logs", durable=True), steps, os.environ)
    environment = _environment(data, addresses)
    _prepare(root, children, steps, {**environment, **addresses.everything()})
    port = _free_port()
    with steps.step("Web, worker and beat", f"starts them and waits until port {port} answers"):
        web = _start_all(root, children, environment, port)
        sign_ins = _sign_ins(root, environment)
        _wait_until_it_answers(web, port)
    standing.write(root, {**environment, **addresses.everything()})
    lock.write(f"http://localhost:{port}/ (process {os.getpid()})")
    _welcome(port, sign_ins, steps)
    _watch(children)


def _environment(data: Path, addresses: Addresses) -> dict[str, str]:
    """Return the environment of web, worker and beat: ours, the addresses, the secrets' files; no owner's login."""
    kept = {name: value for name, value in os.environ.items() if name not in {"DATABASE_OWNER_URL", "DATABASE_ADMIN_URL"}}
    demo = {"RASSO_DEMO": os.environ.get("RASSO_DEMO") or "1"}
    names = secrets.environment(data / "secrets", kept)
    return {**kept, **demo, **names, **addresses.served(), "DJANGO_SETTINGS_MODULE": SETTINGS, "PYTHONUNBUFFERED": "1"}


def _prepare(root: Path, children: Children, steps: Steps, environment: dict[str, str]) -> None:
    """Bring the database up to date and put the demonstration in it."""
    with steps.step("Migrations", "brings the tables up to date, as their owner"):
        children.run(_manage(root, environment, "migrate", "--database", "owner", "--no-input", "--skip-checks"))
    if environment["RASSO_DEMO"].lower() not in {"0", "false", "no", "off"}:
        with steps.step("Demonstration", "makes the sign-ins, and made-up cases unless RASSO_DEMO_CASES=0"):
            children.run(_manage(root, environment, "demonstration"))


def _manage(root: Path, environment: dict[str, str], *words: str) -> Spec:
    """Return how to run one management command."""
    command = [sys.executable, str(root / "manage.py"), *words]
    return Spec(words[0], command, environment, root, root / ".data" / "logs" / f"{words[0]}.log")


def _start_all(root: Path, children: Children, environment: dict[str, str], port: int) -> Child:
    """Start web, worker and beat, and return the web server."""
    logs = root / ".data" / "logs"
    celery = [sys.executable, "-m", "celery", "--quiet", "-A", "rasso"]
    web = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--workers", "1",
        "--blocking-threads", "4", "--no-ws", "--log-level", "warning", "rasso.wsgi:application",
    ]  # fmt: skip
    worker = [*celery, "worker", "--concurrency", "2", "--loglevel", "WARNING", "--without-gossip", "--without-mingle"]
    beat = [*celery, "beat", "--loglevel", "WARNING", "--schedule", str(root / ".data" / "beat"), "--pidfile="]
    unpacked = {**environment, "PYTHONWARNINGS": "ignore:No directory at"}  # static files are served from where they are
    served = children.start(Spec("web", web, unpacked, root, logs / "web.log", echo=True))
    mailed = {"RASSO_ADDRESS": f"http://localhost:{port}", **environment}  # what an e-mail says of where to sign in
    quiet = {**mailed, "PYTHONWARNINGS": "ignore:You're running the worker"}  # as root, which a container may be
    children.start(Spec("worker", worker, quiet, root, logs / "worker.log", echo=True))
    children.start(Spec("beat", beat, environment, root, logs / "beat.log", echo=True))
    return served


def _free_port() -> int:
    """Return port 8000 (RASSO_PORT), or the next one that is free on this machine, saying so."""
    first = int(os.environ.get("RASSO_PORT") or FIRST_PORT)
    for port in range(first, min(first + 100, 65_536)):
        if _is_free(port):
            if port != first:
                say(f"    Port {first} is taken; port {port} is used.")
            return port
    raise LauncherError(f"No port from {first} to {first + 99} is free. Set RASSO_PORT to another one.")


def _is_free(port: int) -> bool:
    """Say whether nobody listens on the port, under either form of "localhost"."""
    for family, host in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
        try:
            with socket.socket(family) as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind((host, port))
        except OSError:
            if family == socket.AF_INET or _answers_on_ipv6(port):
                return False
    return True


def _answers_on_ipv6(port: int) -> bool:
    """Say whether somebody listens there; a machine without IPv6 refuses the address, which takes nothing."""
    try:
        socket.create_connection(("::1", port), timeout=1).close()
    except OSError:
        return False
    return True


def _wait_until_it_answers(web: Child, port: int, seconds: float = 60) -> None:
    """Wait until a page comes back without a fault. Raises LauncherError."""
    until = time.monotonic() + seconds
    while time.monotonic() < until and not web.ended():
        if any(_answer(port, path) < 500 for path in ("/health/live", "/accounts/login/")):
            return
        pause(0.1)
    raise LauncherError(f"The web server does not answer. The end of {web.spec.log.name}:\n{web.last_lines()}")


def _answer(port: int, path: str) -> int:
    """Return the status of a page, 599 when there is no answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return 599
    finally:
        connection.close()


def _sign_ins(root: Path, environment: dict[str, str]) -> tuple[str, list[list[str]]]:
    """Return the demonstration's password and its sign-ins; none when there is no demonstration."""
    if environment["RASSO_DEMO"].lower() in {"0", "false", "no", "off"}:
        return "", []
    told = subprocess.run([sys.executable, "-c", SIGN_INS], cwd=root, env=environment, capture_output=True, text=True, check=False)
    try:
        password, rows = json.loads(told.stdout.splitlines()[-1])
    except (ValueError, IndexError):
        return "", []
    return password, rows


def _welcome(port: int, sign_ins: tuple[str, list[list[str]]], steps: Steps) -> None:
    """Say where it is and who can sign in. These are the last lines, so that they are in sight."""
    password, rows = sign_ins
    say(f"\nReady after {steps.total():.1f} s. Logs are in .data/logs. Ctrl-C stops everything that was started here.")
    say(f"\nThe case tracker: http://localhost:{port}/")
    if not rows:
        return
    say(f"Sign in with the password “{password}” as:" if password else "Sign in as:")
    widths = [max(len(row[column]) for row in rows if column < len(row)) for column in range(max(map(len, rows)))]
    room = shutil.get_terminal_size((140, 24)).columns
    for row in rows:
        say(("  " + "  ".join(part.ljust(width) for part, width in zip(row, widths, strict=False))).rstrip()[: max(room, 80)])


def _watch(children: Children) -> None:
    """Start again whatever ends by itself. Leaves by StopAsked, or LauncherError when something keeps ending."""
    while True:
        pause(0.3)
        if child := children.dead():
            say(f"{child.spec.name} ended by itself; it is started again (log: .data/logs/{child.spec.log.name}).")
            children.restart(child)
