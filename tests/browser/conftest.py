"""A real browser on a real server: granian on a copy of the test database with the demonstration in it.

Chromium is looked for where Debian and Playwright put it. Without one these tests are skipped, and say so loudly;
with RASSO_BROWSER_TESTS=required the lack of one is a failure.
"""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from axe_playwright_python.base import AxeResults
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright
from playwright.sync_api import Error as PlaywrightError
from pytest_django import DjangoDbBlocker

from tests import database

ROOT = Path(__file__).parent.parent.parent
PLACES = ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
PASSWORD = "demonstration-only"


def chromium() -> str | None:
    """Return the path of a Chromium, or None."""
    named = os.environ.get("PLAYWRIGHT_CHROMIUM")
    return next((place for place in (named, *PLACES, shutil.which("chromium")) if place and Path(place).exists()), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start Chromium once. Skips loudly, or fails where it is required."""
    path = chromium()
    if path is None:
        if os.environ.get("RASSO_BROWSER_TESTS") == "required":
            pytest.fail("RASSO_BROWSER_TESTS=required, but no Chromium was found")
        pytest.skip("NO BROWSER TESTS: install Chromium (apt-get install chromium) to run them")
    # Playwright keeps an event loop in this thread; the database is used beside it by the tests that follow.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        yield started
        started.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


def with_name(url: str, name: str) -> str:
    """Return a database address that names another database."""
    scheme, _, rest = url.partition("://")
    place, _, query = rest.partition("?")
    server = place.partition("/")[0]
    return f"{scheme}://{server}/{name}" + (f"?{query}" if query else "")


def free_port() -> int:
    """Return a port nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment_of(name: str) -> dict[str, str]:
    """Return the environment of a process that serves the demonstration from a database."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "rasso.settings.local",
        "RASSO_DEMO": "1",
        "RASSO_DEMO_CASES": "1",
        "DATABASE_URL": with_name(os.environ["DATABASE_URL"], name),
        "DATABASE_OWNER_URL": with_name(os.environ["DATABASE_OWNER_URL"], name),
    }


def demonstrate(name: str) -> None:
    """Fill a database with the demonstration."""
    command = [sys.executable, "manage.py", "demonstration"]
    subprocess.run(command, cwd=ROOT, env=environment_of(name), check=True, capture_output=True, timeout=300)


@pytest.fixture(scope="session")
def site(browser: Browser, django_db_setup: None, django_db_blocker: DjangoDbBlocker, worker_id: str) -> Iterator[str]:
    """Serve the demonstration, each worker one of its own, and return its address."""
    with django_db_blocker.unblock(), database.separate(worker_id, "browser", database.demonstrated(worker_id, demonstrate)) as name:
        env = environment_of(name)
        port = free_port()
        command = [
            sys.executable,
            "-m",
            "granian",
            "--interface",
            "wsgi",
            "--host",
            "127.0.0.1",
            "--port",
            str(port),
            "rasso.wsgi:application",
        ]
        server = subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            wait_for(f"http://127.0.0.1:{port}/health/live")
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(timeout=30)


def wait_for(address: str) -> None:
    """Wait up to 60 seconds until the address answers."""
    for _ in range(120):
        try:
            with urllib.request.urlopen(address, timeout=2):  # noqa: S310 (our own address)
                return
        except OSError:
            time.sleep(0.5)
    raise AssertionError("the server did not come up")


@dataclass
class Visitor:
    """A browser window of one person, with the checks that every page gets."""

    page: Page
    site: str
    passed: int = 0

    def sign_in(self, who: str) -> "Visitor":
        """Sign in through the sign-in page."""
        self.page.goto(f"{self.site}/accounts/login/")
        self.page.get_by_label("Email address").fill(f"{who}@demo.example")
        self.page.locator("#id_password").fill(PASSWORD)
        with self.page.expect_navigation():
            self.page.get_by_role("button", name="Sign in", exact=True).click()
        return self

    def open(self, path: str) -> "Visitor":
        """Open an address of the site and check the page."""
        answer = self.page.goto(f"{self.site}{path}")
        assert answer is not None
        assert answer.status < 400, f"{path}: {answer.status}"
        return self.check()

    def check(self, within: str | None = None) -> "Visitor":
        """Check what holds for every page: axe finds nothing (in a part of it, where one is named), the banner stands.

        A click returns while its answer may still be on the way; axe then loses the page under its feet and is run
        again on the one that came. Three times, then the error is the test's.
        """
        for last in (False, False, True):
            self.page.wait_for_load_state("load")
            try:
                self.look_over(within)
                return self
            except PlaywrightError:
                if last:
                    raise
        return self

    def look_over(self, within: str | None) -> None:
        """Look over the page that stands; one that axe has just passed at this width is not looked over twice."""
        content = self.page.content()
        assert "OFFICIAL-SENSITIVE" in content
        seen = hash((within, str(self.page.viewport_size), content))
        if seen != self.passed:
            found: AxeResults = Axe().run(self.page, within)
            assert found.violations_count == 0, found.generate_report()
            self.passed = seen


@pytest.fixture
def visitor(browser: Browser, site: str) -> Iterator[Visitor]:
    """A fresh window at desktop size."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB", timezone_id="Europe/London")
    yield Visitor(context.new_page(), site)
    context.close()


@pytest.fixture
def in_site(site: str, worker_id: str) -> Callable[[str], None]:
    """Return a function that runs a few lines of Python on the site's own database, as worker and services do."""
    name = f"{database.names_of(worker_id).database}_browser"
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "rasso.settings.test",
        "DATABASE_URL": with_name(os.environ["DATABASE_URL"], name),
        "DATABASE_OWNER_URL": with_name(os.environ["DATABASE_OWNER_URL"], name),
    }

    def run(lines: str) -> None:
        program = f"import django\ndjango.setup()\n{lines}"
        done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, env=environment, check=False, capture_output=True, timeout=120)
        assert done.returncode == 0, done.stderr.decode()[-2000:]

    return run
